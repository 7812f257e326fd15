"""Whole episodes: a rule that chooses actions, applied until every row is done."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.envs.env import VRPEnv
from routewright.envs.state import State

CHECK_EVERY = 16
"""Steps between looks at ``done`` on a device that a look would make wait."""


class Rollout(NamedTuple):
    """An episode of each row."""

    actions: Int64[Tensor, "*batch steps"]  # depot 0 after the end
    state: State  # the last one
    cost: Float[Tensor, "*batch"]


class Played(NamedTuple):
    """An episode of each row."""

    actions: Int64[Tensor, "*batch steps"]  # depot 0 after the end
    state: State  # the last one


def rollout(
    env: VRPEnv,
    batch: TensorDict,
    choose: Callable[[State], Int64[Tensor, "*batch"]],
    starts: int | None = None,
) -> Rollout:
    """Step until every row is done.

    Args:
        env: the environment.
        batch: instances.
        choose: gives an action of each row for a state.
        starts: episodes of each instance; see ``VRPEnv.reset``.

    Raises:
        RoutewrightError: if an episode takes more steps than legal actions can.
    """
    played = play(env, env.reset(batch, starts), choose)
    return Rollout(played.actions, played.state, env.cost(played.state))


def play(
    env: VRPEnv,
    state: State,
    choose: Callable[[State], Int64[Tensor, "*batch"]],
    *,
    watch: Callable[[], None] | None = None,
) -> Played:
    """Step on from ``state`` until every row is done; see ``rollout``.

    Args:
        env: the environment.
        state: the first one.
        choose: gives an action of each row for a state.
        watch: called before each step; may end the episode by an exception.
    """
    actions = list[Tensor]()
    device, longest = state.fields["done"].device, state.problem.longest_episode()
    every = 1 if device.type == "cpu" else CHECK_EVERY
    while len(actions) % every or not bool(state.fields["done"].all()):
        if len(actions) > longest + every:
            row = int((~state.fields["done"]).nonzero()[0, 0])
            raise RoutewrightError(
                f"row {row} is not done after {len(actions)} steps: an action was masked, or none was legal"
            )
        if watch is not None:
            watch()
        actions.append(choose(state))
        state = env.step(state, actions[-1])
    taken = torch.stack(actions, dim=-1) if actions else state["node"][..., None][..., :0]
    return Played(taken, state)


def sample(mask: Bool[Tensor, "*batch nodes"], generator: torch.Generator | None = None) -> Int64[Tensor, "*batch"]:
    """One of the true entries of each row, all equally likely.

    The r-th of them is looked up in the running count: ``torch.multinomial`` is ten times slower.

    Args:
        mask: at least one true in each row.
        generator: of the random numbers, on the device of the mask.
    """
    count = mask.cumsum(-1, dtype=torch.int32)
    total = count[..., -1:]
    draw = torch.rand(total.shape, generator=generator, device=mask.device)
    rank = (draw * total).to(torch.int32).clamp_(max=total - 1) + 1
    return torch.searchsorted(count, rank)[..., 0]
