"""Instance: built from natural shapes, frozen, and never self-contradictory."""

from dataclasses import FrozenInstanceError
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from routewright.data import Battery, Break, Instance, InstanceError, VehicleType
from routewright.data.instance import MATRIX_LIMIT

COORDS = [[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]]
SQUARE = [[0, 5, 10], [5, 0, 5], [10, 5, 0]]
WINDOWS = [[0.0, 9.0], [1.0, 2.0], [3.0, 4.0]]


def build(**fields: Any) -> Instance:
    return Instance.build(**({} if "distances" in fields else {"coords": COORDS}) | fields)


def test_the_neutral_instance_limits_and_costs_nothing() -> None:
    instance = build()
    assert (instance.n_nodes, instance.n_clients, instance.n_loads) == (3, 2, 1)
    assert instance.vehicle_types == (VehicleType(),)
    assert instance.required.tolist() == [False, True, True]
    assert instance.windows.tolist() == [[[0, inf]]] * 3
    assert instance.lateness_cost.tolist() == [inf] * 3
    assert instance.group.tolist() == [-1] * 3
    for name in ("delivery", "pickup", "service", "release", "prize"):
        assert not getattr(instance, name).any()


def test_nodes_are_depots_then_clients_then_stations() -> None:
    instance = build(coords=[[i, 0] for i in range(7)], depots=2, stations=2)
    assert (instance.clients, instance.station_nodes) == (range(2, 5), range(5, 7))
    assert instance.required.tolist() == [False, False, True, True, True, False, False]


@pytest.mark.parametrize("name", ["service", "release", "prize"])
def test_scalars_speak_of_every_client_and_arrays_of_every_node(name: str) -> None:
    assert getattr(build(**{name: 7}), name).tolist() == [0, 7, 7]
    assert getattr(build(**{name: [1, 2, 3]}), name).tolist() == [1, 2, 3]


def test_loads_may_be_scalars_vectors_or_tables() -> None:
    assert build(delivery=2).delivery.tolist() == [[0], [2], [2]]
    assert build(pickup=[0, 1, 2]).pickup.tolist() == [[0], [1], [2]]
    wide = build(delivery=[[0, 0], [1, 2], [3, 4]], capacity=[9, 8])
    assert wide.delivery.tolist() == [[0, 0], [1, 2], [3, 4]]
    assert wide.pickup.tolist() == [[0, 0]] * 3
    assert wide.capacities.tolist() == [[9, 8]]


def test_one_window_each_or_several() -> None:
    assert build(windows=WINDOWS).windows.shape == (3, 1, 2)
    assert build(windows=[[row, row] for row in WINDOWS]).windows.shape == (3, 2, 2)


def test_one_matrix_is_one_profile() -> None:
    assert build(distances=SQUARE).distance_matrix().tolist() == SQUARE
    two = build(distances=[SQUARE, np.zeros((3, 3))], vehicle_types=[VehicleType(profile=1)])
    assert two.distance_matrix(1).tolist() == np.zeros((3, 3)).tolist()
    assert two.metric == "explicit"


def test_capacity_and_vehicles_make_a_type_for_each_depot() -> None:
    instance = build(coords=[[i, 0] for i in range(4)], depots=2, capacity=5, vehicles=3)
    assert [(kind.start, kind.end, kind.capacity, kind.count) for kind in instance.vehicle_types] == [
        (0, 0, (5,), 3),
        (1, 1, (5,), 3),
    ]


def test_members_of_a_group_are_not_required_each() -> None:
    assert build(group=[-1, 0, -1]).required.tolist() == [False, False, True]


def test_capacities_are_infinite_where_a_type_has_none() -> None:
    fleet = [VehicleType(), VehicleType(capacity=(3,))]
    assert build(vehicle_types=fleet).capacities.tolist() == [[inf], [3]]


def test_nothing_can_be_changed_afterwards() -> None:
    instance = build(delivery=[0, 1, 2], windows=WINDOWS, pairs=[])
    with pytest.raises(FrozenInstanceError):
        instance.scale = 2  # type: ignore[misc]
    for name in ("coords", "delivery", "windows", "required", "group", "pairs"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(instance, name)[...] = 0
    with pytest.raises(ValueError, match="read-only"):
        instance.distance_matrix()[0, 1] = 0


def test_the_callers_arrays_stay_the_callers() -> None:
    coords, service = np.array(COORDS), np.zeros(3)
    instance = build(coords=coords, service=service)
    moved = instance.replace(release=service)
    coords[1], service[1] = 99, 99
    assert instance.coords is not None
    assert instance.coords[1].tolist() == [3, 4]
    assert (instance.service[1], moved.release[1]) == (0, 0)


def test_replace_takes_lists_and_validates_anew() -> None:
    instance = build().replace(service=[0, 1, 2], names=["a", "b", "c"])
    assert (instance.service.tolist(), instance.names) == ([0, 1, 2], ("a", "b", "c"))
    with pytest.raises(InstanceError, match=r"service\[1\] is -1"):
        instance.replace(service=[0, -1, 2])


def test_large_arrays_are_shared_by_copies() -> None:
    instance = build(distances=SQUARE)
    assert instance.replace(name="copy").distances is instance.distances


def test_equal_fields_make_equal_instances() -> None:
    fields: dict[str, Any] = {"delivery": [0, 1, 2], "windows": WINDOWS, "rounding": "round", "capacity": 4}
    assert build(**fields) == build(**fields)
    for change in ({"delivery": [0, 1, 3]}, {"rounding": "ceil"}, {"capacity": 5}, {"name": "x"}, {"windows": None}):
        assert build(**fields) != build(**fields | change), change
    assert build() != "build"
    with pytest.raises(TypeError):
        hash(build())


def test_the_representation_names_the_size() -> None:
    assert repr(build(name="tiny")) == "Instance('tiny': 1 depots, 2 clients, rounding=none)"


@pytest.mark.parametrize(
    ("fields", "exact"),
    [
        ({}, False),  # coordinates alone are unrounded
        ({"rounding": "round"}, True),
        ({"distances": SQUARE}, True),
        ({"distances": np.array(SQUARE) / 2}, False),
        ({"rounding": "round", "durations": np.array(SQUARE) + 0.5}, False),
        ({"rounding": "round", "delivery": [0, 0.5, 1]}, False),
        ({"rounding": "round", "pickup": [0, 0.5, 1]}, False),
        ({"rounding": "round", "windows": np.array(WINDOWS) + 0.25}, False),
        ({"rounding": "round", "service": 1.5}, False),
        ({"rounding": "round", "release": 1.5}, False),
        ({"rounding": "round", "prize": 1.5}, False),
        ({"rounding": "round", "lateness_cost": 1.5}, False),
        ({"rounding": "round", "capacity": 1.5}, False),
        ({"rounding": "round", "speed_periods": [[0, 1]]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(speed=2)]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(speed=2)], "durations": SQUARE}, True),
        ({"rounding": "round", "vehicle_types": [VehicleType(fixed_cost=0.5)]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(max_duration=9.5)]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(preference=((1, 0.5),))]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(breaks=(Break(0, 9, 0.5),))]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(battery=Battery(9, use=0.5))]}, False),
        ({"rounding": "round", "vehicle_types": [VehicleType(shift=(0.5, 9))]}, False),
    ],
)
def test_an_instance_is_exact_where_every_number_is_whole(fields: dict[str, Any], exact: bool) -> None:
    assert build(**fields).exact is exact


def test_distances_are_computed_for_pairs_rows_and_tables() -> None:
    instance = build(rounding="round")
    assert float(instance.distance(0, 2)) == 10
    assert instance.distance(0, [1, 2]).tolist() == [5, 10]
    assert instance.distance([[0], [1]], [1, 2]).tolist() == [[5, 10], [0, 5]]


def test_durations_come_from_distances_and_speed_unless_given() -> None:
    assert float(build(rounding="round").duration(0, 2, speed=4.0)) == 2.5
    assert float(build(durations=np.array(SQUARE) * 3).duration(0, 2, speed=4.0)) == 30


def test_no_matrix_is_made_of_too_many_nodes() -> None:
    instance = build(coords=np.zeros((MATRIX_LIMIT + 1, 2)))
    with pytest.raises(InstanceError, match=f"{MATRIX_LIMIT + 1} nodes: a distance matrix stops at {MATRIX_LIMIT}"):
        instance.distance_matrix()
    assert instance.distance(0, np.arange(9)).shape == (9,)


REJECTED: dict[str, tuple[dict[str, Any], str]] = {
    "no nodes": ({"coords": None}, r"an instance needs coords \[N, 2\] or distances \[N, N\]"),
    "three coordinates": ({"coords": np.zeros((3, 3))}, r"coords: shape is \(3, 3\), must be \(3, 2\) for 3 nodes"),
    "ragged coordinates": ({"coords": [[0, 0], [1]]}, r"coords: not a regular array of numbers"),
    "words for coordinates": ({"coords": [["a", "b"]]}, r"coords: not a regular array of numbers \(.*'a'\)"),
    "coordinate NaN": ({"coords": [[0, 0], [nan, 1]]}, r"coords\[1, 0\] is nan, must be finite"),
    "unknown metric": ({"metric": "manhattan"}, r"metric is 'manhattan', must be one of euclidean, haversine"),
    "unknown rounding": ({"rounding": "floor"}, r"rounding is 'floor', must be one of none, round, ceil"),
    "unknown backhaul": ({"backhaul": "yes"}, r"backhaul is 'yes', must be one of none, classic, mixed"),
    "unknown objective": ({"objective": "time"}, r"objective is 'time', must be one of cost, vehicles_first"),
    "scale zero": ({"scale": 0}, r"scale is 0, must be a whole number >= 1"),
    "scale fraction": ({"scale": 2.5}, r"scale is 2\.5, must be a whole number >= 1"),
    "no depot": ({"depots": 0, "capacity": None}, r"depots is 0, must be a whole number >= 1"),
    "negative stations": ({"stations": -1}, r"stations is -1, must be a whole number >= 0"),
    "too many depots": ({"depots": 2, "stations": 2}, r"3 nodes cannot hold 2 depots and 2 stations"),
    "service of another length": ({"service": [0, 1]}, r"service: shape is \(2,\), must be \(3,\) for 3 nodes"),
    "service negative": ({"service": [0, 1, -2]}, r"service\[2\] is -2, must be finite and >= 0"),
    "service NaN": ({"service": [0, nan, 0]}, r"service\[1\] is nan, must be finite and >= 0"),
    "release infinite": ({"release": [0, inf, 0]}, r"release\[1\] is inf, must be finite and >= 0"),
    "prize infinite": ({"prize": [0, inf, 0]}, r"prize\[1\] is inf, must be finite"),
    "lateness negative": ({"lateness_cost": [0, -1, 0]}, r"lateness_cost\[1\] is -1, must be >= 0"),
    "demand negative": ({"delivery": [0, -3, 1]}, r"delivery\[1, 0\] is -3, must be finite and >= 0"),
    "demand NaN": ({"delivery": [0, nan, 1]}, r"delivery\[1, 0\] is nan, must be finite and >= 0"),
    "demand at the depot": ({"delivery": [1, 1, 1]}, r"delivery\[0, 0\] is 1, must be 0 at a depot or station"),
    "pickup at a station": ({"pickup": [0, 1, 1], "stations": 1}, r"pickup\[2, 0\] is 1, must be 0 at a depot or stat"),
    "demand of another length": ({"delivery": [0, 1]}, r"delivery: 2 rows, must be 3 for 3 nodes"),
    "demand above every capacity": (
        {"delivery": [0, 5, 12], "capacity": 10},
        r"delivery: node 2 asks 12, above every capacity \(largest 10\)",
    ),
    "demand above the only vehicles there are": (
        {"delivery": [0, 5, 5], "vehicle_types": [VehicleType(capacity=(4,)), VehicleType(capacity=(9,), count=0)]},
        r"delivery: node 1 asks 5, above every capacity \(largest 4\)",
    ),
    "capacity of other dimensions": ({"capacity": [1, 2]}, r"capacity has 2 dimensions, loads have 1"),
    "capacity of other dimensions, split": (
        {"capacity": [1, 2], "split": True},
        r"capacity has 2 dimensions, loads have 1",
    ),
    "capacity beside vehicle types": (
        {"capacity": 3, "vehicle_types": [VehicleType()]},
        r"give either vehicle_types or capacity and vehicles, not both",
    ),
    "no vehicle type": ({"vehicle_types": []}, r"no vehicle: vehicle_types is empty"),
    "no vehicle": ({"vehicles": 0}, r"no vehicle"),
    "window of three times": ({"windows": [[0, 1, 2]] * 3}, r"windows: shape is \(3, 1, 3\), must be \(3, W, 2\)"),
    "window upside down": ({"windows": [[0, 9], [8, 5], [0, 9]]}, r"node 1 closes at 5, before it opens at 8"),
    "window opens NaN": ({"windows": [[0, 9], [nan, 5], [0, 9]]}, r"windows\[1, 0\] is nan, must open at a finite"),
    "window closes NaN": ({"windows": [[0, 9], [0, nan], [0, 9]]}, r"windows\[1, 0\] is nan, must close at some"),
    "matrix not square": ({"distances": np.zeros((3, 4))}, r"distances: matrix is 3x4, must be 3x3"),
    "matrix of the wrong size": (
        {"coords": COORDS, "distances": np.zeros((4, 4))},
        r"distances: matrix is 4x4, must be 3x3",
    ),
    "distance negative": ({"distances": [[0, -1], [1, 0]]}, r"distances\[0, 0, 1\] is -1, must be finite and >= 0"),
    "duration infinite": (
        {"durations": [[0, inf, 0]] * 3},
        r"durations\[0, 0, 1\] is inf, must be finite and >= 0",
    ),
    "explicit without distances": (
        {"distances": None, "coords": None, "durations": SQUARE},
        r"an instance needs coords \[N, 2\] or distances",
    ),
    "pair of one": ({"pairs": [1, 2]}, r"pairs: shape is \(2,\), must be \(rows, 2\)"),
    "pair of fractions": ({"pairs": [[1, 1.5]]}, r"pairs\[0, 1\] is 1\.5, must be a whole number"),
    "pair with a depot": ({"pairs": [[0, 1]]}, r"pairs: node 0 is not a client"),
    "node in two pairs": (
        {"pairs": [[1, 2], [2, 3]], "coords": [[i, 0] for i in range(4)]},
        r"pairs: node 2 stands in two pairs",
    ),
    "pair in one group": (
        {"pairs": [[1, 2]], "group": [-1, 4, 4]},
        r"pairs: 1 and 2 are both of group 4, of which only one client is visited",
    ),
    "pair of unequal loads": (
        {"pairs": [[1, 2]], "pickup": [0, 3, 0], "delivery": [0, 0, 2]},
        r"pairs: node 1 picks up \[3\.\], but node 2 delivers \[2\.\]",
    ),
    "group NaN": ({"group": [-1, nan, 0]}, r"group\[1\] is nan, must be a whole number"),
    "group of a depot": ({"group": [0, 0, 0]}, r"group\[0\] is 0, must be negative at a depot or station"),
    "names of another length": ({"names": ("a",)}, r"names: 1 given for 3 nodes"),
    "speed periods late": ({"speed_periods": [[1, 1]]}, r"speed_periods: the first period must start at 0"),
    "speed periods empty": ({"speed_periods": []}, r"speed_periods: the first period must start at 0"),
    "speed periods unsorted": (
        {"speed_periods": [[0, 1], [9, 1], [9, 2]]},
        r"speed_periods: start times must increase",
    ),
    "speed zero": ({"speed_periods": [[0, 1], [9, 0]]}, r"speed_periods\[1\] is 0, every speed factor must be > 0"),
    "speed NaN": ({"speed_periods": [[0, nan]]}, r"speed_periods\[0, 1\] is nan, must be finite"),
    "speed of three": ({"speed_periods": [[0, 1, 2]]}, r"speed_periods: shape is \(1, 3\), must be \(rows, 2\)"),
    "start depot missing": (
        {"vehicle_types": [VehicleType(start=1)]},
        r"vehicle type 0: depot 1 does not exist \(depots are 0 to 0\)",
    ),
    "reload depot missing": (
        {"vehicle_types": [VehicleType(), VehicleType(reload_depots=(2,))]},
        r"vehicle type 1: depot 2 does not exist",
    ),
    "end depot missing": ({"vehicle_types": [VehicleType(end=-1)]}, r"vehicle type 0: depot -1 does not exist"),
    "profile missing": ({"vehicle_types": [VehicleType(profile=1)]}, r"vehicle type 0: profile is 1, there are 1"),
    "allowed depot": ({"vehicle_types": [VehicleType(allowed=frozenset({0}))]}, r"type 0: node 0 is not a client"),
    "preferred stranger": ({"vehicle_types": [VehicleType(preference=((9, 1),))]}, r"type 0: node 9 is not a client"),
}


@pytest.mark.parametrize("case", REJECTED)
def test_a_contradiction_is_named_in_one_line(case: str) -> None:
    fields, message = REJECTED[case]
    with pytest.raises(InstanceError, match=message) as caught:
        build(**fields)
    assert "\n" not in str(caught.value)


def test_depots_and_stations_are_never_required() -> None:
    assert build().replace(required=[True, True, False]).required.tolist() == [False, True, False]
    assert build(stations=1).replace(required=[1, 1, 1]).required.tolist() == [False, True, False]
    assert build(required=[True, False, True]).replace(depots=2).required.tolist() == [False, False, True]


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(InstanceError, match="no field 'demand'"):
        build(demand=[0, 1, 2])


def test_durations_alone_may_have_profiles() -> None:
    fleet = [VehicleType(), VehicleType(profile=1)]
    instance = build(durations=[SQUARE, np.array(SQUARE) * 2], vehicle_types=fleet, rounding="round")
    assert float(instance.duration(0, 1, profile=1)) == 10
    assert float(instance.distance(0, 1, profile=1)) == 5
