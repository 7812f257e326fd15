"""A solution that the kernel works on: its arrays, and routes in and out."""

from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.arrays import whole
from routewright.solvers.search.kernel.draw import seeded
from routewright.solvers.search.kernel.jit import pointer
from routewright.solvers.search.kernel.model import Settings
from routewright.solvers.search.kernel.rich import improve as kernels
from routewright.solvers.search.kernel.rich import state as places
from routewright.solvers.search.kernel.rich.insert import best_route
from routewright.solvers.search.kernel.rich.state import Asked, State
from routewright.solvers.search.kernel.walk import rules as columns
from routewright.solvers.search.kernel.walk.route import walk
from routewright.solvers.search.kernel.walk.rules import Pool, Rules
from routewright.solvers.search.rich.asked import asked_of
from routewright.solvers.search.rich.goal import Goal
from routewright.solvers.search.rich.rules import rules_of
from routewright.solvers.search.rich.visits import Visits

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

LABELS = 4_096
"""Ways of one walk that are looked at."""
MANY_PIECES = 64
FEW_PIECES = 8


class Model(NamedTuple):
    """An instance as the kernel sees it."""

    instance: Instance
    visits: Visits
    goal: Goal
    rules: Rules
    asked: Asked

    @classmethod
    def of(cls, instance: Instance) -> "Model":
        """The arrays of an instance."""
        visits, goal = Visits.of(instance), Goal(instance)
        rules = Rules(*map(_in_order, rules_of(instance, visits, goal)))
        asked = Asked(*map(_in_order, asked_of(instance, visits, rules, goal)))
        return cls(instance, visits, goal, rules, asked)

    @property
    def most_routes(self) -> int:
        """Routes that can be of use at once."""
        return max(1, min(int(self.rules.sort[:, columns.COUNT].sum()), len(self.asked.unit)))


class Session:
    """One annealing state over a model, without a route before the first ``load``.

    Args:
        model: what is asked.
        seed: of the random numbers.
        routes: that can exist at once.
        settings: how an iteration is drawn.
    """

    def __init__(self, model: Model, seed: int, routes: int, settings: Settings | None = None) -> None:
        self.model = model
        self.settings = settings or Settings()
        self.pool = _pool(model)
        self.state = _state(model, routes, seed)
        self.state.tally[places.LIMIT] = routes
        self._load()

    def load(self, flat: Int64) -> None:
        """Make ``flat`` (visits, -1 less its kind after each route) the current and the best solution."""
        self.state.best[: len(flat)] = flat
        self.state.tally[places.BEST_LENGTH] = len(flat)
        self._load()

    def _load(self) -> None:
        self._run(places.LOAD_BEST, 0, 0.0)

    def improve(self, iterations: int, temperature: float) -> int:
        """Anneal for some iterations; returns the number of accepted changes."""
        return self._run(places.IMPROVE, iterations, temperature)

    def _run(self, command: int, iterations: int, temperature: float) -> int:
        given = (*self._handed, *self._arrays, self.settings, command, iterations, temperature)
        return int(kernels.run(*given))

    @property
    def _arrays(self) -> tuple[Rules, Pool, Asked, State]:
        return self.model.rules, self.pool, self.model.asked, self.state

    @cached_property
    def _handed(self) -> tuple[Any, Any]:
        import numba

        return _parts(*map(numba.typeof, self._arrays))

    def limit(self, routes: int) -> None:
        """Allow so many routes from now on."""
        self.state.tally[places.LIMIT] = min(routes, len(self.state.order))

    @property
    def energy(self) -> float:
        """What annealing compares, of the current solution."""
        return float(self.state.total[places.ENERGY])

    @property
    def best_rank(self) -> tuple[int, float]:
        """Required items that the best solution lacks, and what else ranks it."""
        return int(self.state.tally[places.BEST_ABSENT]), float(self.state.total[places.BEST])

    @property
    def n_absent(self) -> int:
        """Required items that the current solution lacks."""
        return int(self.state.tally[places.ABSENT])

    @property
    def n_routes(self) -> int:
        """Routes of the current solution."""
        return int(self.state.tally[places.ROUTES])

    @property
    def distance(self) -> float:
        """Driven by the routes of the current solution."""
        slots = self.state.slot[self.state.order[: self.n_routes]]
        return float(self.state.far[slots].sum())

    @property
    def best_flat(self) -> Int64:
        """The best solution: visits, -1 less its kind after each route (a copy)."""
        return self.state.best[: self.state.tally[places.BEST_LENGTH]].copy()

    def trace(self, kind: int, visits: Int64) -> list[tuple[int, int, float]]:
        """What a route decides on its way: (node, event, energy taken), in order."""
        self.pool.route[: len(visits)] = visits
        count = self._run(places.TRACE, len(visits), float(kind))
        found = zip(
            self.state.nodes[:count].tolist(),
            self.state.events[:count].tolist(),
            self.state.charges[:count].tolist(),
            strict=True,
        )
        return list(found)[::-1]


@cache
def _parts(*given: Any) -> tuple[Any, Any]:
    """What the kernel is handed, compiled for arrays of these types; there are no others."""
    walks, places_units = _signatures(*given)
    return pointer(walk, walks), pointer(best_route, places_units)


def _signatures(rules: Any, pool: Any, asked: Any, state: Any) -> tuple[Any, Any]:
    """Of the walk, and of what finds a place."""
    from numba import types

    number, whole = types.float64, types.int64
    walks = types.UniTuple(number, 2)(rules, pool, whole, whole, number)  # type: ignore[no-untyped-call]
    found = types.Tuple((number, whole, whole, whole))  # type: ignore[no-untyped-call]
    return walks, found(types.FunctionType(walks), rules, pool, asked, state, number, whole, number)


def compile_parts(instance: Instance) -> None:
    """Compile what the kernel is handed, or fetch it from disk."""
    import numba

    model = Model.of(instance)
    _parts(*map(numba.typeof, (model.rules, _pool(model), model.asked, _state(model, 1, 0))))


def compile_search(instance: Instance) -> None:
    """Compile the kernel, or fetch it from disk; its parts are not needed for that."""
    import numba
    from numba import types

    model = Model.of(instance)
    given = tuple(map(numba.typeof, (model.rules, _pool(model), model.asked, _state(model, 1, 0))))
    handed = tuple(map(types.FunctionType, _signatures(*given)))
    rest = tuple(map(numba.typeof, (Settings(), 0, 1, 1.0)))
    kernels.run.compile((*handed, *given, *rest))  # type: ignore[attr-defined]


def _pool(model: Model) -> Pool:
    rules = model.rules
    length = len(rules.release) + 3
    sort, kind = rules.sort, rules.kind
    free = sort[:, columns.CLOCK] == columns.PIECES
    rests = sort[:, columns.RESTS] < sort[:, columns.RESTS_END]
    decides = free.any() or rests.any() or (sort[:, columns.TRIPS] > 1).any()
    decides = decides or bool(np.isfinite(kind[:, columns.BATTERY]).any())
    labels = LABELS if decides else 4
    pieces = MANY_PIECES if (sort[:, columns.CLOCK] >= columns.SEGMENT).any() else FEW_PIECES
    return Pool(
        route=whole(length),
        reach=whole(length),
        ahead=np.zeros(length),
        piece=np.zeros((labels + 2, pieces if decides else 1, columns.PIECE)),
        pieces=whole(labels + 2),
        number=np.zeros((labels + 2, columns.NUMBERS)),
        mark=whole(labels + 2, columns.MARKS),
        list=whole(columns.LISTS, labels + 2),
        leg=np.zeros((2 * len(rules.speeds) + 3, columns.PIECE)),
        tally=whole(columns.TALLIES),
    )


def _state(model: Model, routes: int, seed: int) -> State:
    asked, rules = model.asked, model.rules
    visits, units, items = len(rules.release), len(asked.unit), len(asked.required)
    kinds, loads = rules.capacity.shape
    slots, width = 2 * routes, visits + 2
    traced = 8 * (visits + 2)
    return State(
        seq=whole(slots, width),
        size=whole(slots),
        kind=whole(slots),
        money=np.zeros(slots),
        far=np.zeros(slots),
        leave=np.zeros((slots, width + 2)),
        latest=np.zeros((slots, width + 2)),
        given=np.zeros((slots, loads)),
        taken=np.zeros((slots, loads)),
        slot=whole(routes),
        old=whole(routes),
        touched_at=whole(routes),
        version=whole(routes),
        touched=whole(routes),
        order=whole(routes),
        free=whole(slots),
        route_of=whole(visits),
        spot=whole(visits),
        used=whole(kinds),
        served=whole(items),
        listed=whole(items),
        listed_at=whole(items),
        was=whole(items),
        key=np.zeros(items),
        absence=np.zeros(items),
        alone=np.zeros((kinds, units)),
        alone_far=np.zeros((kinds, units)),
        known=np.zeros((units, routes, 2)),
        known_at=whole(units, routes, 3),
        bound=np.zeros(width + 2),
        mark=whole(visits),
        best=whole(visits + routes + 1),
        tally=whole(places.TALLIES),
        total=np.zeros(places.TOTALS),
        random=seeded(seed),
        nodes=whole(traced),
        events=whole(traced),
        charges=np.zeros(traced),
    )


def _in_order(value: Any) -> Any:
    """Arrays row by row and writeable: others would be other types, for which all is compiled anew."""
    return np.require(value, requirements=["C", "W"]) if isinstance(value, np.ndarray) else value
