"""Routes in one array, as the kernels exchange them: after the clients of each the kind of its vehicle."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from routewright.solvers.search.kernel.model import Int64, Nodes

Routes = Sequence[Sequence[int] | Nodes]


class Tour(NamedTuple):
    """A route and its vehicle."""

    clients: Nodes
    kind: int = 0


def joined(routes: Routes, kinds: Iterable[int] | None = None) -> Nodes:
    """One array of all routes, of kind 0 by default."""
    given = [0] * len(routes) if kinds is None else kinds
    flat = [node for route, kind in zip(routes, given, strict=True) for node in (*route, kind)]
    return np.array(flat, dtype=np.uint16)


def split(flat: Nodes, first: int = 1) -> Routes:
    """Routes of a flat array, in which ``first`` is the least number of a client."""
    ends = np.flatnonzero(flat < first)
    return [part[:-1] for part in np.split(flat, ends + 1)[:-1]]


def tours(flat: Nodes, first: int = 1) -> list[Tour]:
    """Routes of a flat array with their vehicles."""
    return [
        Tour(np.asarray(route), int(kind)) for route, kind in zip(split(flat, first), kinds(flat, first), strict=True)
    ]


def kinds(flat: Nodes, first: int = 1) -> Int64:
    """The kind of the vehicle of each route."""
    return flat[flat < first].astype(np.int64)
