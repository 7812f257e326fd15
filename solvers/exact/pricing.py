"""Routes that cost less than the prices of their clients."""

from collections.abc import Callable

import numpy as np

from routewright.solvers.exact.column import Column, column
from routewright.solvers.exact.kernel.labels import FULL, Floats, come_back, extend, leave, room_for
from routewright.solvers.exact.network import STEPS, Network

ROOM = 100_000
"""Labels there is room for at first."""
MOST = 12_800_000
"""Labels at most: half a gigabyte."""
WORTH = 1e-6
"""What a route must save, times 1 + the dearest way."""


class OutOfTimeError(Exception):
    """The clock ran out before all labels were looked at."""


class Pricing:
    """Finds routes by labels.

    Args:
        network: whose routes.
        over: asked from time to time whether to give up.
    """

    def __init__(self, network: Network, over: Callable[[], bool]) -> None:
        self._network, self._over = network, over
        self._labels = room_for(ROOM, network.size, STEPS)
        self._best = np.zeros(network.size)
        self._last = np.zeros(network.size, np.int32)
        self._worth = WORTH * (1.0 + float(network.cost.max()))

    def columns(self, reduced: Floats, *, quickly: bool = True) -> tuple[list[Column], float]:
        """Routes that save something, and what each route saves at most (below 0, or 0).

        Routes that forget whom they visited are looked for first, which is quick; the bound comes from those that
        remember, and is -inf as long as the quick ones find something.

        Args:
            reduced: [n, n] cost of each way less its prices; ``NEVER`` where it may not be taken.
            quickly: whether the quick ones are looked for at all.

        Raises:
            OutOfTimeError: if there was no time, or no room, for all labels.
        """
        for remembering in (False, True) if quickly else (True,):
            self._label(reduced, remembering=remembering)
            come_back(self._network.graph, self._labels, reduced, self._best, self._last)
            found = [column(self._route(int(label)), self._network.cost) for label in self._last[self._saving()]]
            if found or remembering:
                break
        bound = min(0.0, float(self._best.min())) if remembering else -np.inf
        return found, bound

    def _saving(self) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        return self._best < -self._worth

    def _label(self, reduced: Floats, *, remembering: bool) -> None:
        while self._fill(reduced, remembering=remembering) == FULL:
            room = 4 * len(self._labels.cost)
            if room > MOST:
                raise OutOfTimeError
            self._labels = room_for(room, self._network.size, STEPS)

    def _fill(self, reduced: Floats, *, remembering: bool) -> int:
        graph, labels = self._network.graph, self._labels
        count = leave(graph, labels, reduced, remembering)
        for step in range(STEPS):
            if count == FULL:
                break
            if self._over():
                raise OutOfTimeError
            count = extend(graph, labels, reduced, step, remembering)
        return int(count)

    def _route(self, label: int) -> list[int]:
        nodes = []
        while label >= 0:
            nodes.append(int(self._labels.node[label]))
            label = int(self._labels.came[label])
        return nodes[::-1]
