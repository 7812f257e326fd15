"""VROOM's form: problems in and out, answers out."""

import json
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.draw import to_geojson
from routewright.data.errors import FormatError
from routewright.data.evaluate import evaluate
from routewright.data.formats.read import read, read_explained
from routewright.data.formats.vroom_reader import read_vroom
from routewright.data.formats.vroom_solution import vroom_solution
from routewright.data.formats.vroom_writer import inexpressible, write_vroom
from routewright.data.formats.write import write
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.data.vehicle import Battery, Break, VehicleType
from tests.solvers.brute_force import best, optimum
from tests.solvers.tiny import MAKERS, make

SECONDS = [[0, 10, 20, 30], [10, 0, 15, 40], [20, 15, 0, 25], [30, 40, 25, 0]]


def _vehicle(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "start_index": 0, "end_index": 0} | fields


def _problem(**fields: Any) -> dict[str, Any]:
    jobs = [{"id": 10 * i, "location_index": i} for i in (1, 2, 3)]
    return {"jobs": jobs, "vehicles": [_vehicle()], "matrices": {"car": {"durations": SECONDS}}} | fields


def _read(tmp_path: Path, document: dict[str, Any], **arguments: Any) -> Instance:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read(path, **arguments)


def test_tasks_vehicles_and_matrices_become_an_instance(tmp_path: Path) -> None:
    document = _problem(
        jobs=[{"id": 7, "location_index": 2, "service": 5, "delivery": [1, 2], "time_windows": [[0, 9], [20, 30]]}],
        shipments=[
            {
                "pickup": {"id": 4, "location_index": 1, "description": "Mill"},
                "delivery": {"id": 4, "location_index": 3},
                "amount": [3, 0],
            }
        ],
        vehicles=[
            _vehicle(id=5, capacity=[4, 4], time_window=[0, 100], costs={"fixed": 8}),
            _vehicle(id=9, capacity=[4, 4], time_window=[0, 100], costs={"fixed": 8}),
            _vehicle(id=2, capacity=[9, 9], end_index=3, breaks=[{"id": 1, "time_windows": [[5, 50]], "service": 6}]),
        ],
    )
    instance = _read(tmp_path, document)
    assert (instance.depots, instance.n_clients) == (2, 3)
    assert instance.names[2:] == ("job 7", "pickup 4: Mill", "delivery 4")
    order = [0, 3, 2, 1, 3]  # two depots (0 and 3), then the tasks
    assert instance.distance_matrix().tolist() == np.array(SECONDS)[np.ix_(order, order)].tolist()
    assert instance.durations is not None
    assert instance.durations[0].tolist() == instance.distance_matrix().tolist()
    assert instance.delivery[2:].tolist() == [[1, 2], [0, 0], [3, 0]]
    assert instance.pickup[2:].tolist() == [[0, 0], [3, 0], [0, 0]]
    assert instance.pairs.tolist() == [[3, 4]]
    assert instance.windows[2].tolist() == [[0, 9], [20, 30]]
    assert instance.service.tolist() == [0, 0, 5, 0, 0]
    assert instance.vehicle_types == (
        VehicleType(count=2, capacity=(4, 4), shift=(0, 100), fixed_cost=8),
        VehicleType(count=1, capacity=(9, 9), end=1, breaks=(Break(5, 50, 6),)),
    )
    assert [vehicle.name for vehicle in instance.vehicle_types] == ["5,9", "2"]


def test_the_price_is_travel_time_unless_costs_say_otherwise(tmp_path: Path) -> None:
    metres = (7 * np.array(SECONDS)).tolist()
    matrices = {"car": {"durations": SECONDS, "distances": metres}}
    vehicles = [
        _vehicle(id=1),
        _vehicle(id=2, costs={"per_hour": 0, "per_km": 100}),
        _vehicle(id=3, costs={"per_hour": 7200, "per_km": 1000}, speed_factor=2),
    ]
    instance = _read(tmp_path, _problem(vehicles=vehicles, matrices=matrices))
    seconds = np.array(SECONDS, dtype=np.float64)
    assert instance.distances is not None
    assert np.allclose(instance.distances, [seconds, 0.7 * seconds, np.floor(seconds / 2 + 0.5) * 2 + 7 * seconds])
    assert [vehicle.profile for vehicle in instance.vehicle_types] == [0, 1, 2]
    own = {"car": {"durations": SECONDS, "costs": metres}}
    assert np.array_equal(_read(tmp_path, _problem(matrices=own)).distance_matrix(), metres)


def test_limits_on_time_and_length_become_limits_on_the_price(tmp_path: Path) -> None:
    timed = _vehicle(max_travel_time=60, costs={"per_hour": 7200})
    assert _read(tmp_path, _problem(vehicles=[timed])).vehicle_types[0].max_distance == 120
    metres = {"car": {"durations": SECONDS, "distances": (9 * np.array(SECONDS)).tolist()}}
    long = _vehicle(max_distance=900, costs={"per_hour": 0, "per_km": 1000})
    assert _read(tmp_path, _problem(vehicles=[long], matrices=metres)).vehicle_types[0].max_distance == 900


def test_without_matrices_the_crow_flies(tmp_path: Path) -> None:
    document = {
        "jobs": [{"id": 1, "location": [4.70, 50.88]}],
        "vehicles": [{"id": 1, "start": [4.35, 50.85], "end": [4.35, 50.85]}],
    }
    globe = Instance.build(coords=[[50.85, 4.35], [50.88, 4.70]], metric="haversine")
    metres = 1000 * float(globe.distance(0, 1))
    assert float(_read(tmp_path, document).duration(0, 1)) == pytest.approx(metres / 10, abs=0.6)
    instance = _read(tmp_path, document, speed=20)
    assert float(instance.distance(0, 1)) == pytest.approx(metres / 20, abs=0.6)
    assert instance.metric == "haversine"
    assert instance.coords is not None
    assert np.allclose(instance.coords, [[50.85, 4.35], [50.88, 4.70]])


def test_a_missing_start_begins_anywhere_and_a_missing_end_ends_there(tmp_path: Path) -> None:
    """From anywhere to home: 1 (nearest to home) comes last, 3, 2, 1, home: 25 + 15 + 10."""
    begins = {"id": 1, "end_index": 0}
    ends = {"id": 1, "start_index": 0}
    unit = 2 * 3 * 40 + 1
    for vehicle in (begins, ends):
        instance = _read(tmp_path, _problem(vehicles=[vehicle]))
        assert set(instance.prize[instance.depots :]) == {unit}
        assert optimum(instance) == 50


def test_priorities_come_before_numbers_and_numbers_before_the_price(tmp_path: Path) -> None:
    """One unit of capacity, or the far job of two units."""
    jobs: list[dict[str, Any]] = [
        {"id": 1, "location_index": 1, "delivery": [1]},
        {"id": 2, "location_index": 2, "delivery": [1]},
        {"id": 3, "location_index": 3, "delivery": [2]},
    ]
    document = _problem(jobs=jobs, vehicles=[_vehicle(capacity=[2])])
    assert _visited(_read(tmp_path, document)) == {1, 2}
    jobs[2]["priority"] = 1
    assert _visited(_read(tmp_path, document)) == {3}


def _visited(instance: Instance) -> set[int]:
    return {stop for route in best(instance)[1] for stop in route.stops}


def test_skills_are_vehicles_that_may_come(tmp_path: Path) -> None:
    jobs = [
        {"id": 1, "location_index": 1, "skills": [1, 4]},
        {"id": 2, "location_index": 2, "skills": [1]},
        {"id": 3, "location_index": 3},
    ]
    vehicles = [_vehicle(id=1, skills=[1]), _vehicle(id=2, skills=[4, 1]), _vehicle(id=3)]
    allowed = [vehicle.allowed for vehicle in _read(tmp_path, _problem(jobs=jobs, vehicles=vehicles)).vehicle_types]
    assert allowed == [{2, 3}, None, {3}]


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "setup": ({"jobs": [{"id": 1, "location_index": 1, "setup": 9}]}, r"jobs\.0\.setup: depends on where"),
    "amount": ({"jobs": [{"id": 1, "location_index": 1, "amount": [9]}]}, r"old name of delivery"),
    "max_tasks": ({"vehicles": [_vehicle(max_tasks=4)]}, r"vehicles\.0\.max_tasks"),
    "steps": ({"vehicles": [_vehicle(steps=[{"type": "start"}])]}, r"vehicles\.0\.steps"),
    "task hours": ({"vehicles": [_vehicle(costs={"per_task_hour": 1})]}, r"costs\.per_task_hour"),
    "load at a break": (
        {"vehicles": [_vehicle(breaks=[{"id": 1, "time_windows": [[0, 1]], "max_load": [3]}])]},
        r"breaks\.0\.max_load",
    ),
    "two windows of a break": (
        {"vehicles": [_vehicle(breaks=[{"id": 1, "time_windows": [[0, 1], [4, 5]]}])]},
        r"breaks\.0\.time_windows",
    ),
    "old matrix": ({"matrix": SECONDS}, r"matrix: is the old name"),
    "odd field": ({"vehicles": [_vehicle(wheels=4)]}, r"vehicles\.0\.wheels: unknown field"),
    "job twice": ({"jobs": [{"id": 1, "location_index": 1}] * 2}, "job id 1 stands twice"),
    "vehicle twice": ({"vehicles": [_vehicle()] * 2}, "vehicle id 1 stands twice"),
    "nowhere": ({"jobs": [{"id": 1}]}, "job 1: has neither location nor location_index"),
    "homeless": ({"vehicles": [{"id": 1}]}, "vehicle 1: has neither start nor end"),
    "nothing to do": ({"jobs": []}, "has no jobs and no shipments"),
    "no vehicle": ({"vehicles": []}, "vehicles"),
    "other profile": ({"vehicles": [_vehicle(profile="bike")]}, "profile 'bike' is missing, there are car"),
    "beyond the matrix": ({"jobs": [{"id": 1, "location_index": 4}]}, "has 4 rows, index 4 is asked for"),
    "ragged matrix": ({"matrices": {"car": {"durations": [[0, 1], [1]]}}}, "durations"),
    "loads that differ": (
        {"jobs": [{"id": 1, "location_index": 1, "delivery": [1, 2]}], "vehicles": [_vehicle(capacity=[3])]},
        "capacity has 1 load dimensions, job 1: delivery has 2",
    ),
    "kilometres unknown": ({"vehicles": [_vehicle(costs={"per_km": 2})]}, r"distances are missing"),
    "limit out of proportion": ({"vehicles": [_vehicle(max_distance=50)]}, "max_distance needs costs"),
    "breaks that are no list": ({"vehicles": [_vehicle(breaks=3)]}, r"vehicles\.0\.breaks: is 3"),
    "jobs that are no objects": ({"jobs": [3]}, r"jobs\.0: is 3"),
    "negative": ({"jobs": [{"id": 1, "location_index": 1, "service": -1}]}, r"jobs\.0\.service"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSALS.values(), ids=REFUSALS)
def test_what_has_no_place_is_refused_by_name(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        _read(tmp_path, _problem(**changes))
    assert "\n" not in str(caught.value)


def test_neutral_values_of_such_fields_are_let_pass(tmp_path: Path) -> None:
    jobs = [{"id": 1, "location_index": 1, "setup": 0}]
    assert _read(tmp_path, _problem(jobs=jobs, vehicles=[_vehicle(steps=[])])).n_clients == 1


def test_read_says_what_it_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(_problem()), encoding="utf-8")
    assert "as the file states" in read_explained(tmp_path / "a.json")[1]


def test_the_answer_has_the_shape_and_numbers_of_theirs(tmp_path: Path) -> None:
    """Home, 10 to job 10 (waits from 10 to 12, serves 5), break 3 (a service too), 15 to job 20 (serves 1), 20 home."""
    jobs = [
        {"id": 10, "location_index": 1, "service": 5, "delivery": [2], "time_windows": [[12, 90]]},
        {"id": 20, "location_index": 2, "service": 1, "pickup": [1], "description": "Mill"},
        {"id": 30, "location_index": 3, "delivery": [4]},
    ]
    rest = {"id": 1, "time_windows": [[14, 60]], "service": 3}
    vehicle = _vehicle(id=42, capacity=[5], costs={"fixed": 100}, breaks=[rest])
    instance = _read(tmp_path, _problem(jobs=jobs, vehicles=[vehicle]))
    solution = Solution((Route(((1, 2),)),), unserved=(3,))
    assert check(instance, solution) == []
    answer = vroom_solution(solution, instance)
    assert answer["summary"] == {
        "cost": 145, "routes": 1, "unassigned": 1, "service": 9, "duration": 45, "waiting_time": 2,
        "delivery": [2], "pickup": [1],
    }  # fmt: skip
    assert answer["unassigned"] == [{"id": 30, "type": "job"}]
    (route,) = answer["routes"]
    assert (route["vehicle"], route["cost"], route["duration"]) == (42, 145, 45)
    kept = ("type", "id", "arrival", "duration", "waiting_time", "service", "load")
    assert [{name: step[name] for name in kept if name in step} for step in route["steps"]] == [
        {"type": "start", "arrival": 0, "duration": 0, "load": [2]},
        {"type": "job", "id": 10, "arrival": 10, "duration": 10, "waiting_time": 2, "service": 5, "load": [0]},
        {"type": "break", "id": 1, "arrival": 17, "duration": 10, "service": 3, "load": [0]},
        {"type": "job", "id": 20, "arrival": 35, "duration": 25, "waiting_time": 0, "service": 1, "load": [1]},
        {"type": "end", "arrival": 56, "duration": 45, "load": [1]},
    ]
    assert route["steps"][3]["description"] == "Mill"


WRITABLE = (
    "cvrp", "limited_fleet", "vrptw", "distance_limit", "several_depots", "pickups", "two_loads", "pairs",
    "mixed_capacities",
)  # fmt: skip


def _mixed(seed: int) -> Instance:
    """Vehicles that differ in all that the form knows."""
    first = VehicleType(count=2, capacity=(12,), fixed_cost=30, distance_cost=2, allowed=frozenset({1, 2, 3}))
    second = VehicleType(count=2, capacity=(20,), end=None, shift=(5, 900), allowed=frozenset({2, 3, 4, 5}))
    return make("cvrp", seed, 5).replace(vehicle_types=(first, second))


@pytest.mark.parametrize("feature", WRITABLE)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_has_the_same_optimum_when_read(feature: str, seed: int, tmp_path: Path) -> None:
    instance = _mixed(seed) if feature == "mixed_capacities" else make(feature, seed, 5)
    write(instance, tmp_path / "a.vroom.json")
    again = read(tmp_path / "a.vroom.json")
    cost, plan = best(again)
    if optimum(instance) == inf:
        assert plan.unserved
    else:
        assert cost == optimum(instance)
        assert not plan.unserved


def test_every_tiny_feature_is_written_or_refused(tmp_path: Path) -> None:
    for feature in MAKERS:
        instance = make(feature, 0, 5)
        if inexpressible(instance):
            with pytest.raises(FormatError, match="cannot hold this instance"):
                write_vroom(instance, tmp_path / "a.json")
        else:
            assert feature in WRITABLE


def test_batteries_are_refused_by_name() -> None:
    vehicle = VehicleType(battery=Battery(9), preference=((1, 5),))
    instance = Instance.build(coords=[[0, 0], [1, 1]], rounding="round", vehicle_types=[vehicle])
    assert inexpressible(instance) == ["charging stations and batteries", "preferences"]


def test_solutions_of_other_instances_are_written_too(tmp_path: Path) -> None:
    instance = make("vrptw", 0, 5)
    plan = best(instance)[1]
    write(plan, tmp_path / "routes.vroom.json", instance=instance)
    answer = json.loads((tmp_path / "routes.vroom.json").read_text(encoding="utf-8"))
    assert answer["summary"]["cost"] == evaluate(instance, plan).cost
    ids = sorted(step["id"] for route in answer["routes"] for step in route["steps"] if step["type"] == "job")
    assert ids == list(instance.clients)
    with pytest.raises(FormatError, match="only with its instance"):
        write(plan, tmp_path / "routes.vroom.json")


def test_a_vroom_problem_is_read_as_one_whatever_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(json.dumps(_problem()), encoding="utf-8")
    assert read(tmp_path / "odd.txt") == read_vroom(tmp_path / "odd.txt")


def test_a_gap_between_windows_is_kept(tmp_path: Path) -> None:
    windows = np.array([[[0, inf]] * 2, [[0, 100], [200, inf]]])
    instance = Instance.build(distances=[[0, 9], [9, 0]], windows=windows)
    write_vroom(instance, tmp_path / "gap.vroom.json")
    assert np.unique(read(tmp_path / "gap.vroom.json").windows[1], axis=0)[:, 0].tolist() == [0, 200]
    on_a_map = Instance.build(coords=[[50.0, 4.0], [51.0, 4.0]], metric="haversine", windows=windows)
    assert to_geojson(on_a_map)["features"][1]["properties"]["windows"] == [[0, 100], [200, None]]
