"""Hybrid genetic search for capacities: giant tours are crossed, cut into routes and improved, overload at a price.

After Vidal (2022, Computers & Operations Research 140). Annealing keeps capacities all the way, and so does not find
solutions in which all slack is on one vehicle; this does. It begins from nothing: among solutions of annealings its own
die out before they are as good. What else differs: routes stand in a giant tour by the mean number of their clients,
which are numbered along a tour of the plane; lists of near clients stay one-sided; fewer solutions to begin with, no
restarts, and a limit on routes.
"""

from math import ceil

import numpy as np

from routewright.solvers.search.arrays import whole
from routewright.solvers.search.flat import joined
from routewright.solvers.search.kernel.chains import COUNTS, Chains
from routewright.solvers.search.kernel.cheapest import PLACES
from routewright.solvers.search.kernel.educate import educate
from routewright.solvers.search.kernel.giant import cross, cut
from routewright.solvers.search.kernel.model import FAR, Int64
from routewright.solvers.search.model import Model
from routewright.solvers.search.phases import CHILD
from routewright.solvers.search.pool import Member
from routewright.solvers.search.population import Individual, Population, individual

REACH = 20
"""Near clients that each client is paired with."""
NEAR_ROUTES = 8
"""Near clients that make two routes candidates for SWAP*."""
FEASIBLE = 0.2
"""Share of children that are to keep capacities; the price of overload follows it."""
PERIOD = 100
"""Children after which the price is set anew."""
DEARER = 1.2
CHEAPER = 0.85
REPAIR = 0.5
"""Share of the others that are improved once more, at ten times the price."""
BEGINNERS = 20
"""Solutions of random giant tours that a population begins with."""
FINE = 1 << 8
"""The price of overload begins at so many of its smallest steps, at least."""


def suits(model: Model, total: int, routes: int) -> bool:
    """Whether capacity is all that the model asks for, and roads are as long there as back.

    Args:
        model: what is asked.
        total: what a solution costs; FAR or more where somebody is on no route.
        routes: that there may be.
    """
    problem = model.problem
    plain = model.fleet is None and model.windows is None and problem.cost is problem.cost_in
    free = min(problem.longest, problem.busiest) >= FAR and problem.fixed == 0 and not model.has_optional
    enough = routes < problem.fleet or routes == model.n_clients
    return plain and free and enough and total < FAR and model.n_clients > REACH


class Genetic:
    """A population, and how it goes on.

    Args:
        model: that ``suits``.
        seed: of the random numbers.
        routes: that there may be.
        population: shared by several.
    """

    def __init__(self, model: Model, seed: int, routes: int, population: Population) -> None:
        problem = model.problem
        self._model = model
        self._population = population
        self._random = np.random.default_rng(seed)
        self._chains = scratch(model, routes)
        self._scratch = np.zeros((3, model.n_nodes), np.int64)
        dearest, heaviest = max(1, int(problem.cost.max())), max(1, int(problem.load.max()))
        self._shift = max(4, (FINE * heaviest // dearest).bit_length())
        self._price = max(1, (dearest << self._shift) // heaviest)
        most = min(1 << 60, FAR << self._shift) // (10 * int(problem.load.sum()) + 1)  # sums of prices stay in bounds
        self._most = max(self._price, min(4 * dearest << self._shift, most))
        self._children = 0
        self._kept = 0  # children of this period that keep capacities

    @property
    def best(self) -> Member | None:
        """The cheapest solution that keeps capacities, 0 after each route; None where there is none yet."""
        best = self._population.best
        return None if best is None else Member(best.cost, joined(np.split(best.tour, best.cuts[1:-1])))

    @property
    def best_total(self) -> int:
        """What it costs; FAR where there is none yet."""
        best = self._population.best
        return FAR if best is None else best.cost

    def step(self) -> int:
        """Add a solution of a random giant tour, or, once there are enough, a child of two; returns iterations."""
        clients = self._model.n_clients
        self._improve(self.child() if self._children >= BEGINNERS else 1 + self._random.permutation(clients))
        self._children += 1
        if self._children % PERIOD == 0:
            self._follow()
        return CHILD * clients

    def child(self) -> Int64:
        """The giant tour of a child of two solutions [n]."""
        one, other = self._population.parents(self._unit_price, self._random)
        size = len(one.tour)
        first, length = int(self._random.integers(size)), int(self._random.integers(1, size))
        child = np.empty(size, np.int64)
        cross(one.tour, other.tour, first, length, child, self._scratch[0])
        return child

    def _improve(self, tour: Int64) -> None:
        cost, begin = self._scratch[1], self._scratch[2]
        routes = cut(self._model.problem, tour, self._price, self._shift, cost, begin)
        limit = len(self._chains.load)
        cuts = np.full(limit + 1, len(tour))
        cuts[0] = 0
        for route in reversed(range(1, min(routes, limit))):  # what is too many is left to the first, overloaded
            cuts[route] = begin[cuts[route + 1]]
        child = self._educated(tour, cuts, self._price)
        self._population.add(child, self._unit_price)
        self._kept += not child.overload
        if child.overload and self._random.random() < REPAIR:
            cuts = np.append(child.cuts, np.full(limit + 1 - len(child.cuts), len(tour)))
            mended = self._educated(child.tour.copy(), cuts, 10 * self._price)
            if not mended.overload:
                self._population.add(mended, self._unit_price)

    @property
    def _unit_price(self) -> float:
        return self._price / (1 << self._shift)

    def _educated(self, tour: Int64, cuts: Int64, price: int) -> Individual:
        problem = self._model.problem
        order = 1 + self._random.permutation(len(tour))
        reach = problem.near.shape[1] - 1
        near = min(REACH, reach), min(NEAR_ROUTES, reach)
        educate(problem, self._chains, order, tour, cuts, price, self._shift, *near)
        return self._made(tour, np.unique(cuts))

    def _made(self, tour: Int64, cuts: Int64) -> Individual:
        """Routes in the order of the mean numbers of their clients."""
        sizes = np.diff(cuts)
        order = np.argsort(np.add.reduceat(tour, cuts[:-1]) / sizes, kind="stable")
        parts = np.split(tour, cuts[1:-1])
        sorted_cuts = np.append(0, np.cumsum(sizes[order]))
        return individual(self._model.problem, np.concatenate([parts[place] for place in order]), sorted_cuts)

    def _follow(self) -> None:
        """Raise or lower the price of overload with the share of children that keep capacities."""
        share, self._kept = self._kept / PERIOD, 0
        factor = DEARER if share < FEASIBLE - 0.05 else CHEAPER if share > FEASIBLE + 0.05 else 1.0
        price = ceil(self._price * factor) if factor > 1.0 else int(self._price * factor)
        self._price = min(self._most, max(1, price))


def scratch(model: Model, routes: int) -> Chains:
    """Chains for so many routes."""
    nodes = model.n_nodes

    ends = nodes + 2 * routes
    return Chains(
        after=whole(ends),
        before=whole(ends),
        route=whole(ends),
        place=whole(ends),
        node=whole(ends),
        carried=whole(ends),
        relief=whole(nodes),
        load=whole(routes),
        size=whole(routes),
        changed=whole(routes),
        tested=whole(nodes),
        matched=whole(routes),
        near_route=whole(routes),
        dear=whole(routes, nodes, PLACES),
        dear_at=whole(routes, nodes, PLACES),
        dear_since=whole(routes, nodes),
        tally=whole(COUNTS),
    )
