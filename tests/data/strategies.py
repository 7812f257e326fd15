"""Hypothesis strategies: small valid instances with every feature switched on and off."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from routewright.data import Battery, Break, Instance, Route, Solution, VehicleType

FEATURES = frozenset(
    {
        "depots",
        "stations",
        "haversine",
        "explicit",
        "durations",
        "rounding",
        "loads",
        "pickup",
        "pairs",
        "windows",
        "several_windows",
        "late",
        "service",
        "release",
        "optional",
        "groups",
        "backhaul",
        "split",
        "speed_periods",
        "fleet",
        "costs",
        "open",
        "reloads",
        "shift",
        "limits",
        "overtime",
        "speed",
        "allowed",
        "preference",
        "breaks",
        "battery",
        "max_route",
        "vehicles_first",
        "names",
    }
)
"""What ``instances`` may switch on; the name of a field or of the part of it."""

HORIZON, LARGEST_LOAD = 100, 10


@dataclass(frozen=True)
class _Plan:
    """What all parts of one instance agree on."""

    on: frozenset[str]
    whole: bool
    depots: int
    clients: int
    stations: int
    loads: int

    @property
    def nodes(self) -> int:
        return self.depots + self.clients + self.stations

    def has(self, feature: str) -> bool:
        return feature in self.on

    def number(self, low: float, high: float) -> st.SearchStrategy[float]:
        """Whole numbers where the plan wants exact arithmetic, otherwise any."""
        if self.whole:
            return st.integers(int(low), int(high)).map(float)
        return st.floats(low, high, allow_subnormal=False)

    def per_node(self, low: float, high: float, where: range) -> st.SearchStrategy[np.ndarray]:
        """[N] numbers at ``where``, zero elsewhere."""
        return st.lists(self.number(low, high), min_size=len(where), max_size=len(where)).map(
            lambda values: _placed(values, self.nodes, where)
        )

    @property
    def client_nodes(self) -> range:
        return range(self.depots, self.depots + self.clients)


@st.composite
def instances(
    draw: st.DrawFn,
    *,
    min_clients: int = 0,
    max_clients: int = 6,
    features: Collection[str] = FEATURES,
    whole: bool | None = None,
) -> Instance:
    """Instances with a random subset of ``features``.

    Args:
        draw: given by hypothesis.
        min_clients: fewest clients.
        max_clients: most clients.
        features: what may be switched on, some of ``FEATURES``.
        whole: True for whole numbers only, False for any, None for either.
    """
    assert FEATURES.issuperset(features)
    plan = _plan(draw, min_clients, max_clients, frozenset(features), whole)
    fields = _places(draw, plan) | _load_fields(draw, plan) | _time_fields(draw, plan) | _choice_fields(draw, plan)
    for first, second in fields["pairs"] if "group" in fields else ():  # of a group only one client is visited
        if fields["group"][first] == fields["group"][second]:
            fields["group"][second] = -1
    profiles = len(fields["distances"]) if fields.get("distances") is not None else 1
    types = st.lists(vehicle_types(plan, profiles), min_size=1, max_size=3 if plan.has("fleet") else 1)
    label = st.text("ab é\"'\\,;\t\n", max_size=4)
    names = st.lists(label, min_size=plan.nodes, max_size=plan.nodes, unique=True)
    return Instance.build(
        depots=plan.depots,
        stations=plan.stations,
        vehicle_types=draw(types),
        objective=_objective(plan),
        split=plan.has("split") and not plan.has("pairs"),
        backhaul=_backhaul(draw, plan),
        names=tuple(draw(names)) if plan.has("names") else (),
        name=draw(label) if plan.has("names") else "",
        **fields,
    )


def _plan(draw: st.DrawFn, fewest: int, most: int, features: frozenset[str], whole: bool | None) -> _Plan:
    on = frozenset(feature for feature in sorted(features) if draw(st.booleans()))
    return _Plan(
        on=on,
        whole=draw(st.booleans()) if whole is None else whole,
        depots=draw(st.integers(2, 3)) if "depots" in on else 1,
        clients=draw(st.integers(fewest, most)),
        stations=draw(st.integers(1, 2)) if "stations" in on else 0,
        loads=draw(st.integers(2, 3)) if "loads" in on else 1,
    )


def _placed(values: list[float], nodes: int, where: range) -> np.ndarray:
    array = np.zeros(nodes)
    array[where.start : where.stop] = values
    return array


def _places(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    """Coordinates or matrices, and how they were made."""
    fields: dict[str, Any] = {}
    shape = (plan.nodes, plan.nodes)
    if plan.has("explicit"):
        fields["distances"] = draw(_matrices(plan, (draw(st.integers(1, 2)), *shape)))
        fields["rounding"] = draw(st.sampled_from(["none", "round"]))
    if not plan.has("explicit") or draw(st.booleans()):
        high = 90.0 if plan.has("haversine") else float(HORIZON)
        values = st.lists(plan.number(-high, high), min_size=2 * plan.nodes, max_size=2 * plan.nodes)
        fields["coords"] = np.reshape(draw(values), (plan.nodes, 2))
    if plan.has("haversine") and "coords" in fields:
        fields["metric"] = "haversine"
    if plan.has("durations"):
        fields["durations"] = draw(_matrices(plan, (len(fields.get("distances", [0])), *shape)))
    if plan.has("rounding") and not plan.has("explicit"):
        fields["rounding"] = draw(st.sampled_from(_roundings(plan)))
    fields["scale"] = {"trunc1": 10, "scale1000": 1000}.get(fields.get("rounding", ""), 1)
    return fields


def _roundings(plan: _Plan) -> list[str]:
    rules = ["round", "ceil", "trunc1", "scale1000"]
    return rules if plan.has("haversine") else [*rules, "att", "geo"]


def _matrices(plan: _Plan, shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
    """Any numbers, the diagonals 0; drawn by a seed, for hypothesis is slow with many numbers."""

    def make(seed: int) -> np.ndarray:
        values = np.random.default_rng(seed).uniform(0, HORIZON, shape)
        return (np.rint(values) if plan.whole else values) * (1.0 - np.eye(shape[-1]))

    return st.integers(0, 2**32 - 1).map(make)


def _load_fields(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    columns = st.lists(plan.per_node(0, LARGEST_LOAD, plan.client_nodes), min_size=plan.loads, max_size=plan.loads).map(
        np.column_stack
    )
    delivery = draw(columns)
    pickup = draw(columns) if plan.has("pickup") else np.zeros_like(delivery)
    pairs = _pairs(draw, plan)
    for first, second in pairs:  # what the first picks up is all that the second receives
        pickup[first] = delivery[second]
        delivery[first] = 0.0
        pickup[second] = 0.0
    return {"delivery": delivery, "pickup": pickup, "pairs": pairs}


def _pairs(draw: st.DrawFn, plan: _Plan) -> list[tuple[int, int]]:
    if not plan.has("pairs"):
        return []
    order = draw(st.permutations(list(plan.client_nodes)))
    count = draw(st.integers(0, plan.clients // 2))
    return list(zip(order[:count], order[count : 2 * count], strict=True))


def _time_fields(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if plan.has("windows"):
        fields["windows"] = _windows(draw, plan)
    if plan.has("late"):
        costs = plan.per_node(0, 5, range(plan.nodes))
        fields["lateness_cost"] = np.where(draw(costs) > 3, np.inf, draw(costs))
    if plan.has("service"):
        fields["service"] = draw(plan.per_node(0, 9, range(plan.nodes)))
    if plan.has("release"):
        fields["release"] = draw(plan.per_node(0, 30, plan.client_nodes))
    if plan.has("speed_periods"):
        starts = draw(st.lists(st.integers(1, HORIZON), max_size=3, unique=True))
        fields["speed_periods"] = [(start, draw(plan.number(1, 3))) for start in [0, *sorted(starts)]]
    return fields


def _windows(draw: st.DrawFn, plan: _Plan) -> np.ndarray:
    """[N, W, 2]: windows one after another; the last row is repeated where a node has fewer."""
    most = 3 if plan.has("several_windows") else 1
    nodes = []
    for _ in range(plan.nodes):
        count = draw(st.integers(1, most))
        times = sorted(draw(st.lists(plan.number(0, HORIZON), min_size=2 * count, max_size=2 * count)))
        if draw(st.booleans()):
            times[-1] = np.inf
        rows = [times[start : start + 2] for start in range(0, 2 * count, 2)]
        nodes.append(rows + rows[-1:] * (most - count))
    return np.array(nodes)


def _choice_fields(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if plan.has("optional"):
        fields["required"] = draw(st.lists(st.booleans(), min_size=plan.nodes, max_size=plan.nodes))
        fields["prize"] = draw(plan.per_node(0, HORIZON, plan.client_nodes))
    if plan.has("groups"):
        group = np.full(plan.nodes, -1)
        for node in plan.client_nodes:
            group[node] = draw(st.integers(-1, 2))
        fields["group"] = group
    return fields


def _objective(plan: _Plan) -> str:
    return next((word for word in ("max_route", "vehicles_first") if plan.has(word)), "cost")


def _backhaul(draw: st.DrawFn, plan: _Plan) -> str:
    if not plan.has("backhaul"):
        return "none"
    return "mixed" if plan.has("pairs") else draw(st.sampled_from(["classic", "mixed"]))


@st.composite
def vehicle_types(draw: st.DrawFn, plan: _Plan, profiles: int) -> VehicleType:
    """Vehicle types that fit the instance of ``plan``."""
    depot = st.integers(0, plan.depots - 1)
    load = plan.number(LARGEST_LOAD, 3 * LARGEST_LOAD)
    start, end = draw(depot), draw(depot)
    fields: dict[str, Any] = {
        "count": draw(st.one_of(st.none(), st.integers(1, 4))),
        "capacity": tuple(draw(st.one_of(st.just([]), st.lists(load, min_size=plan.loads, max_size=plan.loads)))),
        "start": start,
        "end": None if plan.has("open") and draw(st.booleans()) else end,
        "profile": draw(st.integers(0, profiles - 1)),
        "name": draw(st.sampled_from(["", "van", "tail lift é"])),
    }
    for feature, make in _PARTS.items():
        if plan.has(feature):
            fields |= make(draw, plan)
    return VehicleType(**fields)


def _costs(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    return {name: draw(plan.number(0, 9)) for name in ("fixed_cost", "distance_cost", "duration_cost")}


def _reloads(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    depots = draw(st.lists(st.integers(0, plan.depots - 1), unique=True))
    return {"reload_depots": tuple(depots), "max_trips": draw(st.one_of(st.none(), st.integers(1, 3)))}


def _shift(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    return {"shift": (draw(plan.number(0, 20)), draw(st.one_of(st.just(np.inf), plan.number(80, 200))))}


def _limits(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    return {"max_distance": draw(plan.number(50, 500)), "max_duration": draw(plan.number(50, 500))}


def _overtime(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    longest, overtime = draw(plan.number(20, 100)), draw(st.one_of(st.just(np.inf), plan.number(0, 50)))
    return {"max_duration": longest, "max_overtime": overtime, "overtime_cost": draw(plan.number(0, 5))}


def _speed(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    return {"speed": draw(plan.number(1, 4))}


def _allowed(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    clients = list(plan.client_nodes)
    return {"allowed": frozenset(draw(st.sets(st.sampled_from(clients)))) if clients else frozenset()}


def _preference(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    clients = draw(st.sets(st.sampled_from(list(plan.client_nodes)))) if plan.clients else set()
    return {"preference": tuple((client, draw(plan.number(0, 9))) for client in sorted(clients))}


def _breaks(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    times = sorted(draw(st.lists(plan.number(0, HORIZON), max_size=4).filter(lambda drawn: len(drawn) % 2 == 0)))
    spans = zip(times[::2], times[1::2], strict=True)
    return {"breaks": tuple(Break(start, end, draw(plan.number(0, 9))) for start, end in spans)}


def _battery(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    values = draw(plan.number(20, 300)), draw(plan.number(0, 3)), draw(plan.number(0, 3))
    return {"battery": Battery(*values)}


_PARTS = {
    "costs": _costs,
    "reloads": _reloads,
    "shift": _shift,
    "limits": _limits,
    "overtime": _overtime,
    "speed": _speed,
    "allowed": _allowed,
    "preference": _preference,
    "breaks": _breaks,
    "battery": _battery,
}


@st.composite
def solutions(draw: st.DrawFn) -> Solution:
    """Solutions with every field on and off; they belong to no instance."""
    routes = draw(st.lists(_routes(), max_size=3))
    return Solution(tuple(routes), tuple(draw(st.sets(st.integers(1, 30)))))


@st.composite
def _routes(draw: st.DrawFn) -> Route:
    trips = tuple(map(tuple, draw(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=4), max_size=3))))
    number = st.one_of(st.integers(0, 99).map(float), st.floats(0, 99))
    depot = st.one_of(st.none(), st.integers(0, 3))
    loads = tuple(tuple((draw(number), draw(number)) for _ in trip) for trip in trips)
    return Route(
        trips,
        vehicle_type=draw(st.integers(0, 2)),
        start=draw(depot),
        end=draw(depot),
        reloads=tuple(draw(st.lists(st.integers(0, 3), max_size=2))),
        departure=draw(st.one_of(st.none(), number)),
        quantities=loads if draw(st.booleans()) else None,
        charges=tuple(draw(st.lists(number, max_size=2))) if draw(st.booleans()) else None,
    )
