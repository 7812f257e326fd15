"""A tour may begin anywhere: the same tour from each of its cities as the depot."""

from collections.abc import Callable

import torch
from jaxtyping import Int64
from tensordict import TensorDict
from torch import Tensor
from torch.nn.functional import pad

from routewright.envs.env import VRPEnv
from routewright.policies.decoding.augment import repeated
from routewright.policies.decoding.choose import greedy
from routewright.policies.policy import Policy
from routewright.policies.rollout import Choose, Rollout, roll_out, stretched

NEUTRAL = {
    "delivery": 0.0, "pickup": 0.0, "service": 0.0, "max_distance": torch.inf, "max_duration": torch.inf,
    "vehicles": 1, "open": False, "fixed_cost": 0.0,
}  # fmt: skip
"""What these fields of a tour say. Costs of distance and speed do not matter."""
OWN = {
    *NEUTRAL, "clients", "doors", "coords", "unit", "required", "prize", "windows", "capacity", "shift", "speed",
    "distance_cost", "profile", "classic", "max_route", "vehicles_first", "exact", "scale", "distances", "variant",
}  # fmt: skip
"""Fields that a batch of tours may have."""


NODES = {"cpu": 60_000, "cuda": 20_000_000}
"""Of all rows that are encoded at once."""


def tours(batch: TensorDict) -> bool:
    """Whether all instances are tours of one vehicle through all places, with no rule beside."""
    if batch["vehicles"].shape[1] != 1 or not {str(name) for name in batch.keys()} <= OWN:  # noqa: SIM118  # no dict
        return False
    if "distances" in batch and batch["distances"].dim() != 3:
        return False
    neutral = [bool((batch[name] == value).all()) for name, value in NEUTRAL.items()]
    windows = bool((batch["windows"][..., 0] <= 0).all() and batch["windows"][..., 1].isinf().all())
    shift = bool((batch["shift"][..., 0] <= 0).all() and batch["shift"][..., 1].isinf().all())
    return all(neutral) and windows and shift and bool((batch["required"] | ~batch["clients"]).all())


def from_roots(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    first: int,
    count: int,
    choose: Choose = greedy,
    watch: Callable[[], None] | None = None,
) -> Rollout:
    """Tours from ``count`` cities as the depot, those numbered from ``first`` on, 0 being the depot itself.

    Kwon et al. (2020, POMO) begin a tour at each city, for networks that do not tell a depot from other cities. Ours
    do, so that each beginning is encoded as an instance of its own.

    Args:
        policy: that scores actions.
        env: the environment.
        batch: [B] tours, see ``tours``.
        first: number of the first city.
        count: S; where there are fewer cities, some come again.
        choose: takes actions by their scores.
        watch: see ``roll_out``.

    Returns:
        Episodes of ``batch``, S of each, that cost what those from the other cities do.
    """
    together = max(1, NODES[batch["clients"].device.type] // batch["clients"].numel())
    parts = [
        _from_some(policy, env, batch, begin, min(together, first + count - begin), choose, watch)
        for begin in range(first, first + count, together)
    ]
    if len(parts) == 1:
        return parts[0]
    steps = max(part.actions.shape[-1] for part in parts)
    return Rollout(
        torch.cat([stretched(part.actions, steps) for part in parts], dim=1),
        torch.cat([part.cost for part in parts], dim=1),
        torch.cat([pad(part.free, (0, steps - part.free.shape[-1])) for part in parts], dim=1),
    )


def _from_some(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    first: int,
    count: int,
    choose: Choose,
    watch: Callable[[], None] | None,
) -> Rollout:
    size = len(batch["clients"])
    root = torch.arange(first, first + count, device=batch["clients"].device)
    root = (root % (1 + batch["clients"].sum(-1, keepdim=True))).flatten()
    played = roll_out(policy, env, exchanged(repeated(batch, count), root), choose, watch=watch)
    actions = _from_depot(played.actions[:, 0], root, batch["clients"].sum(-1).repeat_interleave(count))
    shape = (size, count)
    return Rollout(actions.view(*shape, -1), played.cost.view(shape), played.free.view(*shape, -1))


def exchanged(batch: TensorDict, root: Int64[Tensor, " batch"]) -> TensorDict:
    """Tours whose depot and another city have changed their numbers, a new batch."""
    places = torch.arange(batch["clients"].shape[1], device=root.device).expand(len(root), -1).clone()
    places.scatter_(1, root[:, None], 0)
    places[:, 0] = root
    moved = batch.copy()
    moved["coords"] = batch["coords"].take_along_dim(places[..., None], dim=1)
    if "distances" in batch:
        ways = batch["distances"].take_along_dim(places[:, :, None], dim=1)
        moved["distances"] = ways.take_along_dim(places[:, None, :], dim=2)
    return moved


def _from_depot(actions: Tensor, root: Tensor, cities: Tensor) -> Tensor:
    """Actions [B, T] from a root, which the depot's number stands for, as actions from the depot."""
    named = torch.where(actions == 0, root[:, None], torch.where(actions == root[:, None], 0, actions))
    ring = torch.cat([root[:, None], named], dim=1)  # the first 1 + cities of each row
    steps = torch.arange(actions.shape[1], device=actions.device)
    depot = (ring == 0).to(torch.uint8).argmax(1)
    turned = ring.take_along_dim((depot[:, None] + 1 + steps) % (1 + cities[:, None]), dim=1)
    return torch.where(steps < cities[:, None], turned, 0)
