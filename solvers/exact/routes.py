"""Branch, price and cut: routes of equal vehicles, and the proof that there are no better ones.

The linear program of all routes is solved column by column (Desrochers, Desrosiers & Solomon 1992) over ng-routes
(Baldacci, Mingozzi & Roberti 2011), tightened by rounded capacity cuts, and where it has no whole solution all
solutions are divided in two, again and again (Fukasawa et al. 2006).
"""

import heapq
from contextlib import suppress
from dataclasses import replace
from itertools import count
from math import ceil, inf

import numpy as np

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.exact.branch import WHOLE, Part, halves
from routewright.solvers.exact.capacity_cuts import violated
from routewright.solvers.exact.column import column
from routewright.solvers.exact.kernel.labels import Floats
from routewright.solvers.exact.master import Master, Shares
from routewright.solvers.exact.network import network
from routewright.solvers.exact.pricing import OutOfTimeError, Pricing
from routewright.solvers.exact.program import NoPricesError
from routewright.solvers.monitor import Monitor

ROUNDS = 30
"""Of cuts in one part."""
SOON = 1e-6
"""A cost that is not whole must be lower by this share to be better."""


GIVEN_UP = OutOfTimeError, NoPricesError
"""Why a part may not have been looked into to its end."""


class Proof:
    """One run.

    Args:
        instance: see ``support.beyond_routes``.
        monitor: an iteration is a part of the solutions that was looked into.
        start: a solution that keeps all rules, or None.
    """

    def __init__(self, instance: Instance, monitor: Monitor, start: Solution | None) -> None:
        self._instance, self._monitor = instance, monitor
        self._network = network(instance)
        self._best, self._cost = Solution(), inf
        self._bound = -inf
        self._done = 0
        routes = [] if start is None else [[self._place(node) for node in route.stops] for route in start]
        if start is not None:
            self._keep(start)
        dear = (2 * self._network.size + 1) * float(self._network.cost.max()) + 1.0
        self._master = Master(self._network, min(self._cost, dear))
        self._master.add(column(route, self._network.cost) for route in routes)
        self._pricing = Pricing(self._network, lambda: monitor.over)

    def root(self) -> float | None:
        """Reported cost that no solution beats, before solutions are divided; None where there was no time for one."""
        with suppress(*GIVEN_UP):
            self._bound = max(self._bound, self._look_into(self._everything())[0])
        return self._reported()

    def finish(self) -> Answer:
        """Divide until nothing is left, or the monitor is done."""
        order = count()
        waiting = [(-inf, next(order), self._everything())]
        while waiting and self._may_be_better(waiting[0][0]) and not self._monitor.done(self._done):
            bound, number, part = heapq.heappop(waiting)
            self._bound = max(self._bound, bound)
            try:
                low, rest = self._look_into(part)
            except GIVEN_UP:
                heapq.heappush(waiting, (bound, number, part))
                break
            self._done += 1
            for half in rest:
                heapq.heappush(waiting, (low, next(order), replace(half, bound=low)))
        self._bound = max(self._bound, waiting[0][0] if waiting else inf)
        return Answer(self._best, self._done, bound=self._reported())

    def _everything(self) -> Part:
        return Part(-inf, np.zeros((self._network.size, self._network.size), dtype=np.bool_))

    def _look_into(self, part: Part) -> tuple[float, list[Part]]:
        """Raw cost that none of a part's solutions beats, and the parts of it that are still open."""
        self._master.restrict(part.rows, part.forbidden)
        for _ in range(ROUNDS):
            low, shares = self._price(part)
            if not self._may_be_better(low):
                return low, []
            flow = shares.flow(self._network.size)
            rows = violated(self._network, flow)
            for row in rows:
                self._master.cut(row)
            if not rows:
                break
        self._follow(flow)
        return low, halves(self._network, self._master, part, flow) if self._may_be_better(low) else []

    def _price(self, part: Part) -> tuple[float, Shares]:
        """A bound on a part, and the shares of routes that lead to it."""
        low = part.bound
        while True:
            shares = self._master.solve(self._monitor.seconds_left())
            columns, saving = self._pricing.columns(shares.reduced)
            low = max(low, shares.value + self._network.vehicles * saving)
            if part.bound == -inf:
                self._bound = max(self._bound, low)
            if not self._master.add(columns) or not self._may_be_better(low):
                return low, shares

    def _follow(self, flow: Floats) -> None:
        """Keep the solution that a flow is, if it is one."""
        if np.abs(flow - np.rint(flow)).max() > WHOLE and not self._network.mutual:
            return
        between = flow + flow.T if self._network.mutual else flow
        if np.abs(between - np.rint(between)).max() > WHOLE:
            return
        left = np.rint(between).astype(int)
        routes: list[list[int]] = []
        while (firsts := np.flatnonzero(left[0])).size:
            node, route = int(firsts[0]), []
            self._take(left, 0, node)
            while node:
                route.append(node)
                onward = int(np.flatnonzero(left[node])[0])
                self._take(left, node, onward)
                node = onward
            routes.append([int(self._network.nodes[node]) for node in route])
        solution = Solution.from_routes(routes)
        if not check(self._instance, solution):
            self._keep(solution)

    def _take(self, left: "np.ndarray[tuple[int, ...], np.dtype[np.int_]]", start: int, end: int) -> None:
        left[start, end] -= 1
        if self._network.mutual:
            left[end, start] -= 1

    def _keep(self, solution: Solution) -> None:
        judged = evaluate(self._instance, solution)
        if judged.raw < self._cost:
            self._best, self._cost = solution, judged.raw
            self._monitor.improved(judged.cost, self._done, solution)

    def _place(self, node: int) -> int:
        return node - self._instance.clients.start + 1

    def _may_be_better(self, bound: float) -> bool:
        """Whether solutions of no less than a raw cost may be better than the best that is known."""
        if inf in (abs(bound), self._cost):
            return bound < self._cost
        if self._network.whole:
            return ceil(bound - WHOLE) < self._cost
        return bound < self._cost - SOON * max(1.0, abs(self._cost))

    def _reported(self) -> float | None:
        bound = min(self._bound, self._cost)
        if abs(bound) == inf:
            return None
        if not self._may_be_better(bound):
            bound = self._cost
        elif self._network.whole:
            bound = float(ceil(bound - WHOLE))
        return bound / self._instance.scale
