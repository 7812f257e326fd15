"""Nodes and instances as named numbers of a usual size.

A policy's configuration says which of them it uses, in which order; a new attribute is a new entry. What an instance
does not have is 0.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.policies.frame import Frame, finite, real_doors


def _number(value: Tensor, like: Tensor) -> Tensor:
    return value.to(like.dtype)


def _load(batch: TensorDict, its: Frame, name: str) -> Tensor:
    return finite((batch[name] / its.largest[:, None]).amax(-1))


def _flag(batch: TensorDict, its: Frame, name: str) -> Tensor:
    """1 where a field of a rule that few instances have is not 0."""
    return _number(batch[name] > 0, its.coords) if name in batch else torch.zeros_like(its.coords[..., 0])


def _partner(batch: TensorDict, its: Frame, axis: int) -> Tensor:
    """Where the second node of a pair is, seen from the first one."""
    places = its.coords[..., axis]
    if "second_of" not in batch:
        return torch.zeros_like(places)
    second = batch["second_of"]
    return (places.gather(1, second) - places).masked_fill(second == 0, 0.0)


def _relative_prize(batch: TensorDict, its: Frame) -> Tensor:
    prize: Tensor = batch["prize"]
    return finite(prize / prize.abs().amax(-1, keepdim=True))


def _closes(batch: TensorDict, its: Frame) -> Tensor:
    """Who never closes, or after the depots do, closes with them, or with the last one that does; 0 without windows."""
    closes = batch["windows"][..., 1]
    depots = closes[:, : its.n_doors].amax(-1, keepdim=True)
    last = closes.masked_fill(~closes.isfinite(), 0.0).amax(-1, keepdim=True)
    end = torch.where(depots.isfinite(), depots, torch.where(last > 0, last, torch.inf))
    return finite(torch.minimum(closes, end) / its.time)


Feature = Callable[[TensorDict, Frame], Tensor]

NODES: dict[str, Feature] = {
    "x": lambda batch, its: its.coords[..., 0],
    "y": lambda batch, its: its.coords[..., 1],
    "delivery": lambda batch, its: _load(batch, its, "delivery"),
    "pickup": lambda batch, its: _load(batch, its, "pickup"),
    "opens": lambda batch, its: batch["windows"][..., 0] / its.time,
    "closes": _closes,
    "windowed": lambda batch, its: _number(batch["windows"][..., 1].isfinite(), its.coords),
    "service": lambda batch, its: batch["service"] / its.time,
    "optional": lambda batch, its: _number(batch["clients"] & ~batch["required"], its.coords),
    "prize": _relative_prize,
    "first": lambda batch, its: _flag(batch, its, "second_of"),
    "second": lambda batch, its: _flag(batch, its, "is_second"),
    "partner_x": lambda batch, its: _partner(batch, its, 0),
    "partner_y": lambda batch, its: _partner(batch, its, 1),
}
"""Of nodes, [B, N]."""


def _any(batch: TensorDict, its: Frame, present: Tensor) -> Tensor:
    """[B, D] of [B]."""
    return _number(present, its.coords)[:, None].expand(-1, its.n_doors)


def _collects(batch: TensorDict) -> Tensor:
    collects: Tensor = batch["pickup"] > 0
    return collects.flatten(1).any(-1)


def _fleet(batch: TensorDict, its: Frame) -> Tensor:
    return finite(torch.where(real_doors(batch), batch["vehicles"] / its.clients, 0.0))


def _toll(batch: TensorDict, its: Frame) -> Tensor:
    """What a unit of distance costs, in prizes of the largest kind."""
    return finite(batch["distance_cost"] * its.distance / batch["prize"].amax(-1, keepdim=True))


def _of_type(name: str, unit: str | None = None) -> Feature:
    def read(batch: TensorDict, its: Frame) -> Tensor:
        value = batch[name].to(its.coords.dtype)
        return finite(value if unit is None else value / getattr(its, unit))

    return read


DOORS: dict[str, Feature] = {
    **{name: NODES[name] for name in ("x", "y", "opens", "closes", "windowed")},
    "shift_begins": lambda batch, its: batch["shift"][..., 0] / its.time,
    "shift_ends": lambda batch, its: finite(batch["shift"][..., 1] / its.time),
    "capacity": lambda batch, its: finite((its.capacity / its.largest[:, None]).amin(-1)),
    "limit": _of_type("max_distance", "distance"),
    "limited": lambda batch, its: _number(batch["max_distance"].isfinite(), its.coords),
    "longest_time": _of_type("max_duration", "time"),
    "fixed_cost": _of_type("fixed_cost", "distance"),
    "distance_cost": _of_type("distance_cost"),
    "speed": _of_type("speed"),
    "open": _of_type("open"),
    "classic": lambda batch, its: _any(batch, its, batch["classic"]),
    "mixed": lambda batch, its: _any(batch, its, _collects(batch) & ~batch["classic"]),
    "min_max": lambda batch, its: _any(batch, its, batch["max_route"]),
    "vehicles": _fleet,
    "toll": _toll,
}
"""Of doors and of instances as a whole, [B, D]."""


def known(names: Sequence[str], table: Mapping[str, object], what: str) -> tuple[str, ...]:
    """The names, if the table has all of them.

    Raises:
        RoutewrightError: if it does not.
    """
    for name in names:
        if name not in table:
            raise RoutewrightError(f"{what} feature {name!r} is unknown, must be one of {', '.join(table)}")
    return tuple(names)


def door_features(batch: TensorDict, its: Frame, names: Sequence[str]) -> Tensor:
    """[B, D, names]."""
    return torch.stack([DOORS[name](batch, its)[:, : its.n_doors] for name in names], dim=-1)


def client_features(batch: TensorDict, its: Frame, names: Sequence[str]) -> Tensor:
    """[B, N - D, names]."""
    return torch.stack([NODES[name](batch, its)[:, its.n_doors :] for name in names], dim=-1)
