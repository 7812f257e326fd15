"""First actions that make the episodes of an instance differ: each begins at a client of its own."""

import torch
from jaxtyping import Int64
from torch import Tensor

from routewright.envs.state import State


def distinct_starts(state: State, first: int = 0) -> Int64[Tensor, "batch starts forced"]:
    """Forced first actions of each start: Kwon et al. (2020, POMO), section 4.

    Start s begins at the s-th client that can be a first one, over again where there are fewer. With several depots,
    a vehicle of the nearest one that may be chosen goes there. What is different from the paper: tours too leave
    from a depot.

    Args:
        state: the first one, with S starts.
        first: number of the first start, where earlier ones were played before.

    Returns:
        One or two of each start; -1 where the policy may choose.
    """
    doors = state.problem.n_doors
    size, starts = state.problem.shape
    possible = state.fields["mask"] if doors == 1 else state.fields["free"]
    client: Tensor = doors + _in_turn(possible[:, 0, doors:], starts, first)
    if doors == 1:
        return client[..., None]
    places = torch.arange(doors, device=client.device).expand(size, doors)
    ways = (
        state.problem.distances.rows(places, places)
        .written_out()
        .gather(2, client[:, None, :].expand(size, doors, starts))
    )
    here = state.fields["node"][:, :1]
    open_there = state.fields["mask"][:, 0, :doors] | (places == here)
    door = ways.masked_fill(~open_there[..., None], torch.inf).argmin(1)
    stays = door == here
    return torch.stack([torch.where(stays, client, door), torch.where(stays, -1, client)], dim=-1)


def _in_turn(may: Tensor, starts: int, first: int) -> Tensor:
    """True entries of ``may`` [B, n] in order, from the first one on, and from the beginning again after the last."""
    count = may.sum(-1, keepdim=True)
    order = (~may).to(torch.int8).argsort(dim=-1, stable=True)
    turn = torch.arange(first, first + starts, device=may.device) % count.clamp(min=1)
    return order.gather(1, turn)
