"""Which nodes keep all bounds: one loop on a CPU, tensor operations elsewhere, the same to the last digit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple, Protocol, no_type_check, runtime_checkable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from routewright.envs.rows import Rows
from routewright.envs.shapes import Flag, Mask, Node

Array = NDArray[Any]


@runtime_checkable
class Ways(Protocol):
    """To all nodes from where vehicles are."""

    def rows(self, *, timed: bool) -> Rows:
        """Distances or travel times."""


@dataclass(frozen=True, eq=False)
class Tables:
    """What stays the same during an episode; R counts the bounds of each sort, and doors that agree are one.

    Attributes:
        needs: [B, 1 or D, R, N].
        reaches: [B, 1 or D, R, N].
        members: [B, R, N] bool.
        timed: of each reach, whether the way there is measured by time.
    """

    needs: Tensor
    reaches: Tensor
    members: Tensor
    timed: tuple[bool, ...]

    @cached_property
    def arrays(self) -> "tuple[Array, Array, Array, Array]":
        """All of them, on a CPU."""
        needs, reaches, members = (each.contiguous().numpy() for each in (self.needs, self.reaches, self.members))
        return needs, reaches, members, np.array(self.timed, dtype=np.bool_)


class Values(NamedTuple):
    """What changes in each step; None without bounds of a sort."""

    left: Tensor | None  # [B, S, R] of what clients need
    used: Tensor | None  # [B, S, R] of what is in reach
    barred: Tensor | None  # [B, S, R] bool


def fitting(free: Mask, tables: Tables, values: Values, legs: Ways, door: Node) -> tuple[Mask, Flag]:
    """Which nodes fit.

    Args:
        free: nodes that may.
        tables: of the bounds.
        values: of the bounds.
        legs: ways from where the vehicles are.
        door: that their routes began at.

    Returns:
        The nodes, fresh, and whether there is any.
    """
    loop = None if free.device.type != "cpu" or torch.compiler.is_compiling() else compiled_loop()
    if loop is None:
        return by_operations(free, tables, values, legs, door)
    return by_loop(loop, free, tables, values, legs, door)


def by_operations(free: Tensor, tables: Tables, values: Values, legs: Ways, door: Tensor) -> tuple[Tensor, Tensor]:
    """``fitting`` in few operations: on a GPU each costs more to begin than to do."""
    mask = free.clone()
    if values.left is not None:
        mask &= (_at(tables.needs, door) <= values.left[..., None]).all(2)
    if values.used is not None:
        rows = [legs.rows(timed=timed) for timed in tables.timed]
        alike = all(each is rows[0] for each in rows)
        ways = torch.stack([each.written_out() for each in (rows[:1] if alike else rows)], dim=2)
        mask &= (ways <= _at(tables.reaches, door) - values.used[..., None]).all(2)
    if values.barred is not None:
        mask &= ~(tables.members[:, None] & values.barred[..., None]).any(2)
    return mask, mask.any(-1)


def by_loop(
    loop: Callable[..., None], free: Tensor, tables: Tables, values: Values, legs: Ways, door: Tensor
) -> tuple[Tensor, Tensor]:
    """``fitting`` with every table read once, and nothing but the mask written."""
    needs, reaches, members, timed = tables.arrays
    nothing, doors = needs[0, :, :, :0], door.numpy()
    left, used = (nothing if given is None else given.numpy() for given in (values.left, values.used))
    barred = members[:, :, :0] if values.barred is None else values.barred.numpy()
    ways = []
    for kind in (False, True):
        rows = legs.rows(timed=kind) if kind in tables.timed else None
        ways += [needs[0, 0], doors] if rows is None else [rows.table.numpy(), rows.which.numpy()]
    mask, anyone = torch.empty(free.shape, dtype=torch.bool), torch.empty(door.shape, dtype=torch.bool)
    loop(
        free.numpy(), needs, reaches, members, timed, left, used, barred, *ways, doors, mask.numpy(), anyone.numpy()
    )  # fmt: skip
    return mask, anyone


@cache
def compiled_loop() -> Callable[..., None] | None:
    """Machine code; None where numba is missing."""
    try:
        from numba import njit
    except ImportError:
        return None
    loop: Callable[..., None] = njit(cache=True, nogil=True)(_loop)
    return loop


@no_type_check  # checks that are wrapped around it cannot be compiled
def _loop(
    free: Array, needs: Array, reaches: Array, members: Array, timed: Array, left: Array, used: Array, barred: Array,
    distances: Array, distance_rows: Array, durations: Array, duration_rows: Array, door: Array,
    mask: Array, anyone: Array,
) -> None:  # fmt: skip
    rows, starts, nodes = free.shape
    for row in range(rows):
        for start in range(starts):
            for node in range(nodes):
                mask[row, start, node] = free[row, start, node]
            at = door[row, start] if needs.shape[1] > 1 else 0
            for bound in range(left.shape[2]):
                most = left[row, start, bound]
                for node in range(nodes):
                    mask[row, start, node] &= needs[row, at, bound, node] <= most
            at = door[row, start] if reaches.shape[1] > 1 else 0
            for bound in range(used.shape[2]):
                gone = used[row, start, bound]
                way = durations[duration_rows[row, start]] if timed[bound] else distances[distance_rows[row, start]]
                for node in range(nodes):
                    mask[row, start, node] &= way[node] <= reaches[row, at, bound, node] - gone
            for bound in range(barred.shape[2]):
                if barred[row, start, bound]:
                    for node in range(nodes):
                        mask[row, start, node] &= not members[row, bound, node]
            any_here = False
            for node in range(nodes):
                any_here |= mask[row, start, node]
            anyone[row, start] = any_here


def _at(table: Tensor, door: Tensor) -> Tensor:
    """[B, S or 1, R, N] of a table [B, 1 or D, R, N]."""
    return table if table.shape[1] == 1 else table[torch.arange(len(table), device=door.device)[:, None], door]
