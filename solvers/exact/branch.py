"""Parts into which all solutions are divided where shares of routes are not whole."""

from dataclasses import dataclass, field, replace

import numpy as np

from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.master import Master
from routewright.solvers.exact.network import Network
from routewright.solvers.exact.program import Mask, Row

WHOLE = 1e-5
"""How far a whole number may be missed."""


@dataclass(frozen=True)
class Part:
    """Some solutions.

    Attributes:
        bound: raw cost that none of them beats.
        forbidden: [n, n] ways that none of them takes.
        rows: of the master that all of them keep, by number; those that hold for all solutions aside.
    """

    bound: float
    forbidden: Mask
    rows: frozenset[int] = field(default_factory=frozenset)

    def without(self, *ways: tuple[object, object]) -> "Part":
        """Those that do not take some ways, given by rows and columns."""
        forbidden = self.forbidden.copy()
        for start, end in ways:
            forbidden[start, end] = True  # type: ignore[index]
        return replace(self, forbidden=forbidden)

    def keeping(self, row: int) -> "Part":
        """Those that keep a row."""
        return replace(self, rows=self.rows | {row})


def halves(network: Network, master: Master, part: Part, flow: Floats) -> list[Part]:
    """Two parts without the flow: more vehicles or fewer; a way taken or not, in both directions where they are alike.

    Empty where all ways are taken once or never.
    """
    vehicles = float(flow[0].sum())
    if abs(vehicles - round(vehicles)) > WHOLE:
        out = np.zeros_like(part.forbidden)
        out[0] = True
        fewer = master.note(Row(out, 0.0, float(np.floor(vehicles))))
        more = master.note(Row(out, float(np.ceil(vehicles))))
        return [part.keeping(fewer), part.keeping(more)]
    if network.mutual:
        between = np.triu(flow + flow.T, 1)
        between[0] = 0.0
        found = _most_open(between)
        if found is not None:
            i, j = found
            both = np.zeros_like(part.forbidden)
            both[i, j] = both[j, i] = True
            row = master.note(Row(both, 1.0))
            return [part.without((i, j), (j, i)), part.keeping(row)]
    found = _most_open(flow)
    if found is None:
        return []
    i, j = found
    others = np.arange(network.size)
    taken = [] if i == 0 else [(i, others[others != j])]
    taken += [] if j == 0 else [(others[others != i], j)]
    return [part.without((i, j)), part.without(*taken)]


def _most_open(flow: Floats) -> tuple[int, int] | None:
    """The way whose flow is nearest to a half."""
    away = np.abs(flow - np.rint(flow))
    i, j = np.unravel_index(int(away.argmax()), away.shape)
    return (int(i), int(j)) if away[i, j] > WHOLE else None
