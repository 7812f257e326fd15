"""One description of a routing problem: what is asked, of whom, at what price.

Legend: N nodes (depots first, then clients, then charging stations), K load dimensions,
W alternative time windows, M pairs, P travel profiles. All numbers are in raw units: whole numbers
for every rounding but ``none``, ``scale`` raw cost units making one reported unit. They are held in
float64, which is exact for integers up to 2**53; ``Instance.exact`` tells whether all of them are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routewright.data import distance as metric_rules
from routewright.data.broadcast import (
    Nodes,
    as_floats,
    as_profiles,
    as_windows,
    clients_only,
    count_nodes,
    hand_over,
    in_twos,
    loads,
    one_type_per_depot,
    own,
    per_client,
    per_node,
    required_clients,
)
from routewright.data.errors import InstanceError
from routewright.data.validate import validate
from routewright.data.vehicle import VehicleType

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Backhaul = Literal["none", "classic", "mixed"]
Objective = Literal["cost", "vehicles_first", "max_route"]

ARRAYS: dict[str, type] = dict.fromkeys(
    (
        "coords", "distances", "durations", "delivery", "pickup", "windows", "lateness_cost", "service",
        "release", "prize", "speed_periods",
    ),
    float,
) | {"pairs": int, "group": int, "required": bool}  # fmt: skip

MATRIX_LIMIT = 5_000
"""Above this many nodes distances are computed on the fly, never stored as N x N."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Instance:
    """A vehicle routing problem, validated on construction and never changed afterwards.

    Made by ``Instance.build`` (which broadcasts scalars), ``InstanceBuilder`` (client by client) or
    ``routewright.read``; the constructor itself wants every array in its full shape.

    Attributes:
        depots: number of depots; they are nodes 0 … depots-1.
        stations: number of charging stations; they are the last nodes.
        coords: [N, 2] plane coordinates, or (latitude, longitude) for ``metric="haversine"``.
        distances: [P, N, N] explicit raw distances, or None to compute them from coords.
        durations: [P, N, N] explicit raw travel times, or None for distances / speed.
        metric: how coords become distances.
        rounding: how distances were made; echoed in every output.
        scale: raw cost units per reported unit.
        delivery: [N, K] load brought from the depot.
        pickup: [N, K] load taken to the depot (or, for a pair, to its second node).
        pairs: [M, 2] (pickup node, delivery node): visited in this order by one trip.
        windows: [N, W, 2] service starts inside one of W windows; equal rows where fewer are needed.
        lateness_cost: [N] per unit of time after the last window; inf is a hard window.
        service: [N] time spent at the node.
        release: [N] a trip leaves its depot after the latest release of its clients.
        required: [N] whether the client must be served; False at depots and stations, whatever is given.
        prize: [N] price of leaving an optional client out.
        group: [N] clients of one group (>= 0) are alternatives: exactly one is visited.
        backhaul: classic: deliveries before pickups in a trip, none with pickups only; mixed: any
            order while the load fits; none: pickups are only a load like any other (= mixed).
        split: a client may be served by several routes.
        speed_periods: [R, 2] rows (start time, speed factor), the first starting at 0: travel
            progresses at the factor of the period it is in, so no one overtakes by leaving later.
        vehicle_types: the fleet.
        objective: cost; vehicles_first compares (unserved, vehicles, distance); max_route the
            distance of the longest route, ties by cost.
        names: [N] labels of the nodes in the file they came from; empty for their indices.
        name: of the instance.
    """

    vehicle_types: tuple[VehicleType, ...]
    depots: int = 1
    stations: int = 0
    coords: Floats | None = None
    distances: Floats | None = None
    durations: Floats | None = None
    metric: metric_rules.Metric = "euclidean"
    rounding: metric_rules.Rounding = "none"
    scale: int = 1
    delivery: Floats
    pickup: Floats
    pairs: Integers
    windows: Floats
    lateness_cost: Floats
    service: Floats
    release: Floats
    required: NDArray[np.bool_]
    prize: Floats
    group: Integers
    backhaul: Backhaul = "none"
    split: bool = False
    speed_periods: Floats | None = None
    objective: Objective = "cost"
    names: tuple[str, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in ARRAYS and value is not None:
                object.__setattr__(self, item.name, own(item.name, value, ARRAYS[item.name]))
        object.__setattr__(self, "vehicle_types", tuple(self.vehicle_types))
        object.__setattr__(self, "names", tuple(str(name) for name in self.names))
        object.__setattr__(self, "required", clients_only(self.required, self.depots, self.stations))
        validate(self)

    @classmethod
    def build(
        cls,
        *,
        coords: ArrayLike | None = None,
        distances: ArrayLike | None = None,
        durations: ArrayLike | None = None,
        delivery: ArrayLike = 0.0,
        pickup: ArrayLike = 0.0,
        pairs: ArrayLike = (),
        windows: ArrayLike | None = None,
        lateness_cost: ArrayLike = np.inf,
        service: ArrayLike = 0.0,
        release: ArrayLike = 0.0,
        required: ArrayLike = True,
        prize: ArrayLike = 0.0,
        group: ArrayLike = -1,
        speed_periods: ArrayLike | None = None,
        capacity: float | Iterable[float] | None = None,
        vehicles: int | None = None,
        vehicle_types: Iterable[VehicleType] | VehicleType | None = None,
        depots: int = 1,
        stations: int = 0,
        **rest: Any,
    ) -> "Instance":
        """Build an instance from whatever shape is natural: scalars and [N] arrays are broadcast.

        Node arrays speak of all N nodes: depots first, then clients, then charging stations. A scalar
        ``delivery``, ``pickup``, ``service``, ``release`` or ``prize`` speaks of every client, a scalar
        ``lateness_cost`` of every node. Units are the caller's, if they agree: with distances in
        kilometres and ``VehicleType.speed`` in kilometres per minute all times are minutes.

        Args:
            coords: [N, 2] (x, y); (latitude, longitude) in degrees for ``metric="haversine"``, whose
                distances are kilometres.
            distances: [N, N] or [P, N, N], instead of coords or beside them.
            durations: [N, N] or [P, N, N] travel times; None is distance / speed.
            delivery: [N] or [N, K] load brought from the depot.
            pickup: [N] or [N, K] load taken to the depot, or to the second node of a pair.
            pairs: [M, 2] rows (pickup node, delivery node).
            windows: [N, 2] or [N, W, 2] times between which service starts; None is always.
            lateness_cost: [N] price per unit of time after the last window; inf forbids it.
            service: [N] time spent at the node.
            release: [N] time before which the goods are not at the depot.
            required: [N] whether the client must be served.
            prize: [N] price of leaving an optional client out.
            group: [N] number of the group of which one client is visited; -1 is none.
            speed_periods: [R, 2] rows (start time, speed factor).
            capacity: of every vehicle, one number or one for each load dimension; None is unlimited.
            vehicles: at each depot; None is unlimited. With ``capacity`` it makes one type per depot.
            vehicle_types: instead of ``capacity`` and ``vehicles``, for anything richer.
            depots: how many of the first nodes are depots.
            stations: how many of the last nodes are charging stations.
            rest: further fields of ``Instance``, such as metric, rounding, objective, names or name.

        Raises:
            InstanceError: if the fields contradict each other; the message names the value.
        """
        _check_fields(rest, {item.name for item in fields(cls)})
        places = None if coords is None else as_floats("coords", coords)
        road = as_profiles("distances", distances)
        times = as_profiles("durations", durations)
        nodes = Nodes(count_nodes(places, road, times), depots, stations)
        load_in, load_out = loads(delivery, pickup, nodes)
        groups = per_node("group", group, nodes)
        if places is None:
            rest["metric"] = "explicit"
        arrays = {
            "coords": places,
            "distances": road,
            "durations": times,
            "delivery": load_in,
            "pickup": load_out,
            "pairs": in_twos("pairs", pairs),
            "windows": as_windows(windows, nodes),
            "lateness_cost": per_node("lateness_cost", lateness_cost, nodes),
            "service": per_client("service", service, nodes),
            "release": per_client("release", release, nodes),
            "required": required_clients(required, groups, nodes),
            "prize": per_client("prize", prize, nodes),
            "group": groups,
            "speed_periods": None if speed_periods is None else in_twos("speed_periods", speed_periods),
        }
        # Fresh arrays: handed over as they are, where the constructor would copy a writeable one.
        given: dict[str, Any] = {name: hand_over(array) for name, array in arrays.items()}
        fleet = one_type_per_depot(capacity, vehicles, vehicle_types, depots)
        return cls(vehicle_types=fleet, depots=depots, stations=stations, **given, **rest)

    def label(self, node: int) -> str:
        """What people call a node: its name, or its index where it has none."""
        return (self.names[node] if self.names else "") or str(node)

    def replace(self, **changes: Any) -> "Instance":
        """A copy with some fields changed, validated anew.

        Raises:
            InstanceError: if there is no such field, or the changed instance makes no sense.
        """
        for name in ("capacity", "vehicles"):
            if name in changes:
                raise InstanceError(f"replace: {name} is a word of Instance.build; a copy has other vehicle_types")
        _check_fields(changes, {item.name for item in fields(self)})
        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Instance):
            return NotImplemented
        return all(_same(getattr(self, item.name), getattr(other, item.name)) for item in fields(self))

    __hash__ = None  # type: ignore[assignment]  # arrays inside

    def __repr__(self) -> str:
        label = f"{self.name!r}: " if self.name else ""
        return f"Instance({label}{self.depots} depots, {self.n_clients} clients, rounding={self.rounding})"

    @property
    def n_nodes(self) -> int:
        """N: depots, clients and stations."""
        return len(self.service)

    @property
    def n_clients(self) -> int:
        """Number of clients."""
        return self.n_nodes - self.depots - self.stations

    @property
    def n_loads(self) -> int:
        """K: number of load dimensions."""
        return int(self.delivery.shape[1])

    @property
    def clients(self) -> range:
        """Node indices of the clients."""
        return range(self.depots, self.n_nodes - self.stations)

    @property
    def station_nodes(self) -> range:
        """Node indices of the charging stations."""
        return range(self.n_nodes - self.stations, self.n_nodes)

    @cached_property
    def capacities(self) -> Floats:
        """Capacities [vehicle types, K], infinite where a type does not limit them."""
        table = np.full((len(self.vehicle_types), self.n_loads), np.inf)
        for row, vehicle in zip(table, self.vehicle_types, strict=True):
            if vehicle.capacity:
                row[:] = vehicle.capacity
        return table

    @cached_property
    def exact(self) -> bool:
        """Whether every number is whole, so that sums and comparisons are exact."""
        made_whole = self.rounding != "none" or self.distances is not None
        arrays = [
            self.distances, self.durations, self.delivery, self.pickup, self.windows, self.service,
            self.release, self.prize, self.lateness_cost, self.capacities, _vehicle_numbers(self.vehicle_types),
        ]  # fmt: skip
        at_speed_one = self.durations is not None or all(vehicle.speed == 1.0 for vehicle in self.vehicle_types)
        return made_whole and at_speed_one and self.speed_periods is None and all(map(_whole, arrays))

    def distance(self, start: ArrayLike, end: ArrayLike, profile: int = 0) -> Floats:
        """Raw distance from nodes ``start`` to nodes ``end``, element by element, broadcast."""
        i, j = np.asarray(start), np.asarray(end)
        if self.distances is not None:
            return np.asarray(self.distances[profile, i, j])
        assert self.coords is not None  # validated
        return metric_rules.between(self.coords[i], self.coords[j], self.metric, self.rounding)

    def duration(self, start: ArrayLike, end: ArrayLike, profile: int = 0, speed: float = 1.0) -> Floats:
        """Raw travel time from ``start`` to ``end`` outside ``speed_periods``, element by element."""
        if self.durations is not None:
            return np.asarray(self.durations[profile, np.asarray(start), np.asarray(end)])
        return self.distance(start, end, profile) / speed

    @cached_property
    def _matrices(self) -> dict[int, Floats]:
        return {}

    def distance_matrix(self, profile: int = 0) -> Floats:
        """Raw distances [N, N], read-only, kept after the first call.

        Raises:
            InstanceError: above ``MATRIX_LIMIT`` nodes, unless the distances are explicit.
        """
        if self.distances is not None:
            return np.asarray(self.distances[profile])
        if self.n_nodes > MATRIX_LIMIT:
            raise InstanceError(f"{self.n_nodes} nodes: a distance matrix stops at {MATRIX_LIMIT}")
        if 0 not in self._matrices:  # coordinates know one profile
            nodes = np.arange(self.n_nodes)
            matrix = self.distance(nodes[:, None], nodes[None, :])
            matrix.flags.writeable = False
            self._matrices[0] = matrix
        return self._matrices[0]


def _check_fields(given: Iterable[str], known: set[str]) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(name, [*known, "capacity", "vehicles"], n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise InstanceError(f"an instance has no field {name!r}{hint}")


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return np.array_equal(left, right)
    return bool(left is right or (type(left) is type(right) and left == right))


def _whole(array: Floats | None) -> bool:
    if array is None:
        return True
    finite = array[np.isfinite(array)]
    return bool(np.array_equal(finite, np.rint(finite)))


def _vehicle_numbers(types: tuple[VehicleType, ...]) -> Floats:
    numbers: list[float] = []
    for vehicle in types:
        numbers += [vehicle.fixed_cost, vehicle.distance_cost, vehicle.duration_cost, *vehicle.shift]
        numbers += [vehicle.max_distance, vehicle.max_duration, vehicle.max_overtime, vehicle.overtime_cost]
        numbers += [cost for _, cost in vehicle.preference]
        for pause in vehicle.breaks:
            numbers += [pause.earliest, pause.latest, pause.duration]
        if vehicle.battery is not None:
            numbers += [vehicle.battery.capacity, vehicle.battery.use, vehicle.battery.recharge]
    return np.array(numbers)
