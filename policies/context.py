"""The state of an episode as named numbers of a usual size."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from routewright.envs.state import State
from routewright.policies.frame import Frame, finite


def _at_origin(values: Tensor, its: Frame, state: State) -> Tensor:
    """Entries of [B, D, ...] of the doors where routes began, [B, S, ...]."""
    if its.n_doors == 1:
        return values
    rows = (its.first_door + state.fields["origin"]).flatten()
    return values.flatten(0, 1).index_select(0, rows).view(*state.problem.shape, *values.shape[2:])


def _left(its: Frame, state: State, name: str) -> Tensor:
    """Load that still fits, over the largest capacity, the least of all dimensions; 1 where no load is too much."""
    if name not in state.fields:
        return its.coords.new_ones(())
    left = state.fields[name]
    if left.shape[-1] == 1:
        share = left[..., 0] / its.largest
    else:
        share = (left / its.largest[:, None]).nan_to_num(nan=1.0, posinf=1.0).amin(-1)
    return torch.lerp(torch.ones_like(share), share.nan_to_num(nan=1.0, posinf=1.0), its.loaded)


def _field(its: Frame, state: State, name: str, factor: Tensor | float) -> Tensor:
    value = state.fields.get(name)
    return its.coords.new_zeros(()) if value is None else value * factor


def _length_left(its: Frame, state: State) -> Tensor:
    if "length" not in state.fields:
        return its.coords.new_zeros(())
    return finite((_at_origin(its.limit, its, state) - state.fields["length"]) / its.distance)


def _vehicles_left(its: Frame, state: State) -> Tensor:
    if "vehicles" not in state.fields:
        return its.coords.new_zeros(())
    return finite(state.fields["vehicles"].sum(-1) / its.clients) * its.few


Context = Callable[[Frame, State], Tensor]

CONTEXT: dict[str, Context] = {
    "load_left": lambda its, state: _left(its, state, "left"),
    "pickup_left": lambda its, state: _left(its, state, "pickup_left"),
    "clock": lambda its, state: _field(its, state, "clock", its.timed / its.time),
    "length_left": _length_left,
    "span": lambda its, state: _field(its, state, "span", its.spanned / its.time),
    "stage": lambda its, state: _field(its, state, "stage", 0.5),
    "on_board": lambda its, state: _field(its, state, "on_board", 1.0 / its.clients),
    "on_road": lambda its, state: state.fields["on_road"].to(its.coords.dtype),
    "to_serve": lambda its, state: state.fields["to_serve"] / its.required,
    "vehicles_left": _vehicles_left,
    "driven": lambda its, state: _field(its, state, "driven", its.min_max / its.distance),
    "longest": lambda its, state: _field(its, state, "longest", its.min_max / its.distance),
    "open": lambda its, state: _at_origin(its.opened, its, state).to(its.coords.dtype),
}
"""Of states, what broadcasts to [B, S]."""


def context_features(its: Frame, state: State, names: Sequence[str]) -> Tensor:
    """[B, S, names]."""
    shape = state.problem.shape
    if len(names) == 1:
        return CONTEXT[names[0]](its, state).expand(shape)[..., None]
    return torch.stack([CONTEXT[name](its, state).expand(shape) for name in names], dim=-1)
