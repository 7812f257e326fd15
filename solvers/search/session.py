"""A solution that the kernels work on: their arrays, and routes in and out."""

from typing import Any

import numpy as np

from routewright.solvers.search.arrays import whole
from routewright.solvers.search.flat import Routes, joined, kinds, split
from routewright.solvers.search.kernel import improve as kernels
from routewright.solvers.search.kernel.draw import seeded
from routewright.solvers.search.kernel.kinds import lasting, room
from routewright.solvers.search.kernel.model import (
    ANCHOR,
    BANK,
    BEST_LENGTH,
    COUNTS,
    FAR,
    FOCUS,
    NEVER,
    ROUTES,
    SIZE,
    General,
    Indices,
    Int64,
    Nodes,
    Problem,
    Settings,
    State,
    Times,
)
from routewright.solvers.search.kernel.timing import shortest_duration
from routewright.solvers.search.model import Model

WINDOWS_STRING = 15.0
"""Where windows leave few routes to choose from, longer strings make and empty routes more often."""
STRING_SHARE = 2 / 3
"""Of a mean route, a string takes at most so much, within ``STRINGS``: short ones change little in long routes."""
STRINGS = (10.0, 20.0)


class Session:
    """One annealing state over a model. Nothing is in it before the first ``load``.

    Args:
        model: what is asked.
        seed: of the random numbers.
        max_routes: routes that can exist at once; the fleet at most.
        settings: how an iteration is drawn.
        remember: whether to allocate the memory of insertion costs (a build without routes does not use it).
    """

    def __init__(
        self, model: Model, seed: int, max_routes: int, settings: Settings | None = None, *, remember: bool = True
    ) -> None:
        self.model = model
        self.seed = seed
        self.settings = settings or settings_of(model)
        routes = max(1, min(max_routes, model.problem.fleet))
        self.problem = model.problem._replace(fleet=routes)
        width = model.most_clients + 3
        slots = 2 * routes  # a route has one, and while it changes a second
        self.state = _state(model.n_nodes, routes, slots, width, seed, known=routes if remember else 1)
        self.times = None if model.windows is None else model.windows.beside(slots, width)
        self.general = None if model.fleet is None else model.fleet.beside(slots, width)
        self.focus_everywhere()

    def focus(self, clients: Int64) -> None:
        """Draw ruins around these clients from now on, and now and then around an unserved one."""
        self.state.tally[FOCUS] = self.state.tally[ANCHOR] = len(clients)  # an anchor is drawn at once
        self.state.focus[: len(clients)] = clients

    def focus_everywhere(self) -> None:
        """Draw ruins around all clients."""
        self.focus(np.arange(self.model.first, self.model.n_nodes))

    def load(self, routes: Routes) -> None:
        """Make feasible ``routes`` of kind 0 the current and the best solution."""
        self.load_flat(joined(routes))

    def load_flat(self, flat: Nodes) -> None:
        """Like ``load``, from clients with the kind of the vehicle after each route."""
        kernels.load(self.problem, self.state, self.times, self.general, flat)

    def build(self, clients: Nodes | None = None) -> None:
        """Insert unserved clients greedily, in an order drawn at random; all of them by default."""
        inserted = self.unserved if clients is None else clients
        self.state.removed[: len(inserted)] = inserted
        if len(inserted):
            kernels.improve(*self._arrays, 1, 0.0, len(inserted))

    def improve(self, iterations: int, temperature: float) -> int:
        """Anneal for some iterations; returns the number of accepted changes."""
        return int(kernels.improve(*self._arrays, iterations, temperature, 0))

    @property
    def _arrays(self) -> tuple[Problem, State, Times | None, General | None, Settings]:
        return self.problem, self.state, self.times, self.general, self.settings

    def compile(self) -> None:
        """Compile what improves a solution, or fetch it from disk, without running it."""
        import numba

        arguments = (*self._arrays, 1, 1.0, 0)
        kernels.improve.compile(tuple(map(numba.typeof, arguments)))  # type: ignore[attr-defined]

    @property
    def total(self) -> int:
        """Cost of the current solution in whole units."""
        return int(self.state.total[0])

    @property
    def best_total(self) -> int:
        """Cost of the best solution in whole units."""
        return int(self.state.total[1])

    @property
    def n_routes(self) -> int:
        """Routes of the current solution."""
        return int(self.state.tally[ROUTES])

    @property
    def n_unserved(self) -> int:
        """Unserved clients of the current solution."""
        return int(self.state.tally[BANK])

    @property
    def unserved(self) -> Nodes:
        """Unserved clients of the current solution (a copy)."""
        return self.state.bank[: self.n_unserved].astype(np.uint16)

    @property
    def is_complete(self) -> bool:
        """Whether the best solution serves every client that must be served."""
        return self.best_total < FAR

    @property
    def is_sound(self) -> bool:
        """Whether the current routes keep all limits but capacity.

        A route that loses a client may break one where arcs break the triangle inequality, be it by
        rounding.
        """
        state, problem = self.state, self.problem
        slots = state.slot[state.order[: self.n_routes]]
        left = _plain(room)
        if any(left(problem, state, self.general, s, 0) < 0 for s in slots):
            return False
        return self.times is None or all(self._in_time(self.times, s) for s in slots)

    def _in_time(self, times: Times, slot: int) -> bool:
        size = int(self.state.sums[slot, SIZE])
        stop = self.state.stop[slot, : size + 2]
        arrival = times.leave[slot, : size + 1] + times.travel[stop[:-1], stop[1:]]
        if (arrival > times.latest[slot, 1 : size + 2]).any():
            return False
        longest = _plain(lasting)(times, self.general, slot)
        if longest >= NEVER:
            return True
        # Nobody is inserted: the position lies beyond the end.
        return bool(_plain(shortest_duration)(times, self.state.stop, slot, size - 1, size + 1, 0) <= longest)

    @property
    def best_flat(self) -> Nodes:
        """The best solution: clients with the kind of the vehicle after each route (a copy)."""
        return self.state.best[: self.state.tally[BEST_LENGTH]].copy()

    def current_flat(self) -> Nodes:
        """The current solution: clients with the kind of the vehicle after each route."""
        slots = self.state.slot[self.state.order[: self.n_routes]]
        routes = [self.state.stop[s, 1 : self.state.sums[s, SIZE] + 1] for s in slots]
        return joined(routes, None if self.general is None else self.general.kind[slots])

    def best_routes(self) -> Routes:
        """The best solution, route by route."""
        return split(self.best_flat, self.model.first)


def begun(model: Model, seed: int, flat: Nodes) -> Session:
    """A session that goes on from a solution, with room for some more routes.

    Args:
        model: what is asked.
        seed: of the random numbers.
        flat: feasible routes: clients, after each route the kind of its vehicle.
    """
    n_routes = len(kinds(flat, model.first))
    settings = settings_of(model, (len(flat) - n_routes) / max(1, n_routes))
    session = Session(model, seed, n_routes + max(10, n_routes // 3), settings)
    session.load_flat(flat)
    return session


def settings_of(model: Model, clients: float = 0.0) -> Settings:
    """How iterations are drawn where a route has so many clients, on average."""
    least, most = STRINGS
    return Settings(string=WINDOWS_STRING if model.is_timed else max(least, min(most, STRING_SHARE * clients)))


def _plain(function: Any) -> Any:
    """A kernel's part as it stands in Python: its use here is too rare to be compiled."""
    return getattr(function, "py_func", function)


def _state(nodes: int, routes: int, slots: int, width: int, seed: int, known: int) -> State:
    def indices(length: int) -> Indices:
        return np.zeros(length, np.uint32)

    return State(
        stop=np.zeros((slots, width), np.uint16),
        arc=np.zeros((slots, width), np.int32),
        sums=whole(slots, 4),
        slot=indices(routes),
        old_slot=whole(routes),
        touched_at=whole(routes),
        version=np.zeros(routes, np.int32),
        order=indices(routes),
        order_spare=whole(routes),
        route_of=whole(nodes),
        place=whole(nodes),
        bank=indices(nodes),
        focus=indices(nodes),
        free=indices(slots),
        removed=indices(nodes),
        key=whole(nodes),
        touched=indices(routes),
        known=np.zeros((nodes, known, 2), np.int32),
        known_at=np.zeros((nodes, known), np.int16),
        best=np.zeros(nodes + routes + 1, np.uint16),
        tally=whole(COUNTS),
        total=whole(2),
        random=seeded(seed),
    )
