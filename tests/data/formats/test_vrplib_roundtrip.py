"""What the VRPLIB writer writes reads back as it was, or is refused by the name of the field."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routewright.data import Battery, Break, FormatError, Instance, VehicleType
from routewright.data.formats.vrplib_reader import read_vrplib
from routewright.data.formats.vrplib_writer import write_vrplib
from tests.data.strategies import instances as any_instances

FACTOR = {"trunc1": 10, "scale1000": 1000}


def through_a_file(instance: Instance) -> Instance:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.vrp"
        write_vrplib(instance, path)
        return read_vrplib(path)


@st.composite
def expressible(draw: st.DrawFn) -> Instance:
    """Instances with everything that the format can say, in any combination."""
    depots, clients, loads = draw(st.integers(1, 3)), draw(st.integers(2, 6)), draw(st.integers(1, 2))
    n = depots + clients
    rounding = draw(st.sampled_from(["none", "round", "ceil", "trunc1", "scale1000", "geo", "att"]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    whole = rounding in FACTOR or draw(st.booleans())

    def numbers(high: float, *shape: int) -> np.ndarray:
        values = rng.uniform(0, high, shape)
        return np.rint(values) if whole else values

    fields: dict[str, Any] = {"coords": rng.uniform(-80, 80, (n, 2))}
    if draw(st.booleans()):
        explicit = np.rint if rounding not in ("none", "geo", "att") else np.asarray
        fields |= {"distances": explicit(rng.uniform(0, 99, (n, n))) * (1 - np.eye(n)), "metric": "explicit"}
        if draw(st.booleans()):
            del fields["coords"]
    is_client = np.arange(n) >= depots
    fields["delivery"] = np.rint(rng.uniform(0, 9, (n, loads))) * is_client[:, None]
    if draw(st.booleans()):
        fields["pickup"] = np.rint(rng.uniform(0, 9, (n, loads))) * is_client[:, None]
        fields["backhaul"] = draw(st.sampled_from(["none", "classic", "mixed"]))
    if draw(st.booleans()):
        opens = numbers(50, n)
        fields["windows"] = np.column_stack((opens, np.where(rng.random(n) < 0.3, np.inf, opens + numbers(50, n))))
    for name in ("service", "release"):
        if draw(st.booleans()):
            fields[name] = numbers(9, n)
    if draw(st.booleans()):
        fields["prize"] = (1.0 + numbers(9, n)) * is_client * (rng.random(n) < 0.5)
        fields["required"] = fields["prize"] == 0
    if draw(st.booleans()):
        fields["group"] = np.where(np.arange(n) >= n - 2, draw(st.integers(0, 3)), -1)
    return Instance.build(
        depots=depots,
        vehicle_types=draw(_fleet(depots, clients, loads, numbers)),
        rounding=rounding,
        scale=draw(st.sampled_from([FACTOR.get(rounding, 1), 7])),
        split=draw(st.booleans()),
        objective=draw(st.sampled_from(["cost", "vehicles_first", "max_route"])),
        name=draw(st.sampled_from(["", "X-n101-k25", "a : b", "é"])),
        names=draw(st.sampled_from([(), tuple(map(str, range(70, 70 + n)))]) if "coords" in fields else st.just(())),
        **fields,
    )


@st.composite
def _fleet(draw: st.DrawFn, depots: int, clients: int, loads: int, numbers: Any) -> list[VehicleType]:
    open_routes = draw(st.booleans())
    if draw(st.booleans()):  # as many as wanted, at every depot
        return [VehicleType(capacity=(99.0,) * loads, start=d, end=None if open_routes else d) for d in range(depots)]
    types = []
    use = {name: draw(st.booleans()) for name in ("costs", "limits", "reloads", "allowed")}
    for index in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, depots - 1))
        extra: dict[str, Any] = {}
        if use["costs"]:
            extra |= {"fixed_cost": float(numbers(99)), "distance_cost": draw(st.sampled_from([1.0, 0.3, 7.0]))}
        if use["limits"]:
            extra |= {"max_duration": float(numbers(500)), "max_distance": draw(st.sampled_from([np.inf, 300.0]))}
        if use["reloads"]:
            extra |= {"reload_depots": (depots - 1,), "max_trips": draw(st.sampled_from([None, 1, 3]))}
        if use["allowed"]:
            extra["allowed"] = frozenset(draw(st.sets(st.integers(depots, depots + clients - 1))))
        end = None if open_routes else start
        types.append(VehicleType(draw(st.integers(1, 3)), (50.0 + index,) * loads, start=start, end=end, **extra))
    return types


@settings(deadline=None, max_examples=150)
@given(expressible())
def test_what_the_format_can_say_reads_back_as_it_was(instance: Instance) -> None:
    assert through_a_file(instance) == instance


@settings(deadline=None, max_examples=150)
@given(any_instances())
def test_an_instance_reads_back_or_is_refused(instance: Instance) -> None:
    refusal = ""
    try:
        again = through_a_file(instance)
    except FormatError as error:
        refusal = str(error)
    if refusal:
        assert "cannot express" in refusal
        assert "\n" not in refusal
    else:
        assert again.replace(metric=instance.metric) == instance


def test_a_tour_stays_a_tour() -> None:
    tour = Instance.build(coords=[(0, 0), (3, 4), (1, 1)], vehicles=1, rounding="round")
    assert through_a_file(tour) == tour
    one_way = Instance.build(distances=[[0, 1], [2, 0]], vehicles=1)
    assert through_a_file(one_way) == one_way


def test_names_stand_after_the_coordinates(tmp_path: Path) -> None:
    instance = Instance.build(coords=[(0, 0), (3, 4)], capacity=5, names=("hub", "De Panne"))
    write_vrplib(instance, tmp_path / "a.vrp")
    assert "2 3 4 De Panne\n" in (tmp_path / "a.vrp").read_text()
    assert read_vrplib(tmp_path / "a.vrp") == instance


def test_the_package_vrplib_reads_our_files(tmp_path: Path) -> None:
    vrplib = pytest.importorskip("vrplib")
    instance = Instance.build(
        coords=[(0, 0), (3, 4), (1, 1)], delivery=[0, 4, 6], windows=[(0, 900), (10, 200), (0, 500)], capacity=10,
        vehicles=2, rounding="trunc1", scale=10,
    )  # fmt: skip
    write_vrplib(instance, tmp_path / "a.vrp")
    found = vrplib.read_instance(tmp_path / "a.vrp")
    assert (found["type"], found["dimension"], found["capacity"], found["vehicles"]) == ("VRPTW", 3, 10, 2)
    assert found["node_coord"].tolist() == [[0, 0], [3, 4], [1, 1]]
    assert found["demand"].tolist() == [0, 4, 6]
    assert found["time_window"].tolist() == [[0, 90], [1, 20], [0, 50]]
    assert found["depot"].tolist() == [0]


BASE: dict[str, Any] = {"coords": [(0, 0), (3, 4), (1, 1)], "delivery": [0, 4, 6]}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("metric", {"metric": "haversine"}),
        ("durations", {"durations": np.ones((3, 3)) - np.eye(3)}),
        ("pairs", {"delivery": [0, 0, 6], "pickup": [0, 6, 0], "pairs": [(1, 2)]}),
        ("windows", {"windows": [[(0, 1), (2, 3)]] * 3}),
        ("lateness_cost", {"lateness_cost": 1.0}),
        ("speed_periods", {"speed_periods": [(0, 1.5)]}),
        ("stations", {"stations": 1, "delivery": [0, 4, 0]}),
        ("required", {"required": [False, False, True]}),
        ("group", {"group": [-1, 0, -1]}),
        ("names", {"names": ("a", "b ", "c")}),
        ("windows", {"rounding": "trunc1", "scale": 10, "windows": [(0, 9), (0.5, 9), (0, 9)]}),
        ("distances", {"distances": [[[0, 1, 2], [1, 0, 3], [2, 3, 0]]] * 2}),
        ("distances", {"distances": [[1, 1, 2], [1, 0, 3], [2, 3, 0]]}),
        ("capacity", {"vehicle_types": [VehicleType()]}),
        ("capacity", {"vehicle_types": [VehicleType(capacity=(np.inf,))]}),
        ("duration_cost", {"vehicle_types": [VehicleType(capacity=(10,), duration_cost=2)]}),
        ("end", {"vehicle_types": [VehicleType(1, (10,)), VehicleType(1, (10,), end=None)]}),
        ("shift", {"vehicle_types": [VehicleType(capacity=(10,), shift=(0, 99))]}),
        ("max_overtime", {"vehicle_types": [VehicleType(capacity=(10,), max_overtime=3)]}),
        ("overtime_cost", {"vehicle_types": [VehicleType(capacity=(10,), overtime_cost=3)]}),
        ("speed", {"vehicle_types": [VehicleType(capacity=(10,), speed=2)]}),
        ("preference", {"vehicle_types": [VehicleType(capacity=(10,), preference=((1, 2),))]}),
        ("breaks", {"vehicle_types": [VehicleType(capacity=(10,), breaks=(Break(0, 1, 2),))]}),
        ("battery", {"vehicle_types": [VehicleType(capacity=(10,), battery=Battery(9))]}),
        ("allowed", {"vehicle_types": [VehicleType(capacity=(10,), allowed=frozenset({1}))]}),
        ("vehicle_types", {"vehicle_types": [VehicleType(1, (10,)), VehicleType(2, (10,))]}),
    ],
)
def test_a_field_that_the_format_cannot_say_is_named(tmp_path: Path, field: str, changes: dict[str, Any]) -> None:
    fields = {"capacity": 10} | BASE | changes
    if "vehicle_types" in fields:
        del fields["capacity"]
    instance = Instance.build(**fields)
    with pytest.raises(FormatError, match=rf"a\.vrp: VRPLIB cannot express .*\b{re.escape(field)}\b"):
        write_vrplib(instance, tmp_path / "a.vrp")
    assert not list(tmp_path.iterdir())
