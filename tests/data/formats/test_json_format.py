"""The JSON form keeps every field, reads well and says what is wrong."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from routewright.data import FormatError, Instance, Solution, VehicleType
from routewright.data.formats.json_format import (
    instance_from_json,
    instance_to_json,
    json_schema,
    looks_like_json,
    read_json,
    write_json,
)
from routewright.data.formats.json_solution import (
    claim_from_json,
    read_solution_json,
    solution_from_json,
    solution_to_json,
    write_solution_json,
)
from tests.data.strategies import instances as drawn_instances
from tests.data.strategies import solutions

ROOT = Path(__file__).parents[3]
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def identical(left: Any, right: Any) -> bool:
    """Equality of every field, the uncompared names of vehicle types and array types included."""
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and left.shape == right.shape and np.array_equal(left, right)
    if isinstance(left, Instance | VehicleType):
        return all(identical(getattr(left, item.name), getattr(right, item.name)) for item in fields(left))
    if isinstance(left, tuple):
        return len(left) == len(right) and all(identical(*pair) for pair in zip(left, right, strict=True))
    return bool(left == right)


@RELAXED
@given(drawn_instances())
def test_every_field_of_an_instance_comes_back(instance: Instance) -> None:
    assert identical(instance_from_json(instance_to_json(instance)), instance)


@RELAXED
@given(drawn_instances())
def test_what_is_written_is_strict_json_and_obeys_the_published_schema(instance: Instance) -> None:
    def refuse(token: str) -> None:
        raise AssertionError(token)

    document = json.loads(instance_to_json(instance), parse_constant=refuse)
    jsonschema.validate(document, json_schema())


@RELAXED
@given(solutions())
def test_every_field_of_a_solution_comes_back(solution: Solution) -> None:
    assert solution_from_json(solution_to_json(solution)) == solution


def test_the_committed_schema_is_the_generated_one() -> None:
    committed = json.loads((ROOT / "docs" / "instance.schema.json").read_text())
    assert committed == json_schema(), "write json_schema() to docs/instance.schema.json"


def test_a_small_instance_is_written_for_people() -> None:
    instance = Instance.build(
        coords=[[0.0, 0.0], [3.0, 4.5]],
        delivery=[0, 7],
        windows=[[0.0, np.inf], [10.0, 20.0]],
        capacity=9,
        name="two",
        rounding="round",
    )
    assert instance_to_json(instance) == (
        "{\n"
        '  "format": "routewright-instance",\n'
        '  "version": 1,\n'
        '  "vehicle_types": [\n'
        '    {"capacity": [9]}\n'
        "  ],\n"
        '  "coords": [\n'
        "    [0, 0],\n"
        "    [3, 4.5]\n"
        "  ],\n"
        '  "rounding": "round",\n'
        '  "delivery": [0, 7],\n'
        '  "windows": [\n'
        '    [0, "inf"],\n'
        "    [10, 20]\n"
        "  ],\n"
        '  "name": "two"\n'
        "}\n"
    )


def test_one_window_and_one_load_may_stand_with_or_without_brackets() -> None:
    head = '"format": "routewright-instance", "version": 1, "vehicle_types": [{}], "coords": [[0, 0], [1, 1]]'
    bare = instance_from_json(f'{{{head}, "delivery": [0, 7], "windows": [[0, 9], [1, 2]]}}')
    dressed = instance_from_json(f'{{{head}, "delivery": [[0], [7]], "windows": [[[0, 9]], [[1, 2]]]}}')
    assert bare == dressed


def test_a_node_with_fewer_windows_repeats_its_last_one() -> None:
    head = '"format": "routewright-instance", "version": 1, "vehicle_types": [{}], "coords": [[0, 0], [1, 1]]'
    instance = instance_from_json(f'{{{head}, "windows": [[0, 9], [[1, 2], [3, "inf"]]]}}')
    assert instance.windows.tolist() == [[[0, 9], [0, 9]], [[1, 2], [3, np.inf]]]


def test_files_come_back_and_look_like_json(tmp_path: Path) -> None:
    instance = Instance.build(coords=[[0, 0], [3, 4]], capacity=9, name="zwölf")
    write_json(instance, tmp_path / "a.json")
    assert looks_like_json((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert read_json(tmp_path / "a.json") == instance


def test_a_solution_may_state_its_cost_and_its_instance(tmp_path: Path) -> None:
    solution = Solution.from_routes([[1, 2], [3]], unserved=[4])
    text = solution_to_json(solution, cost=12.5, instance="two")
    assert '"instance": "two"' in text
    assert claim_from_json(text) == (solution, 12.5)
    write_solution_json(solution, tmp_path / "a.json")
    assert read_solution_json(tmp_path / "a.json") == solution


GOOD: dict[str, Any] = {
    "format": "routewright-instance",
    "version": 1,
    "coords": [[0, 0], [1, 1], [2, 2]],
    "delivery": [0, 1, 2],
    "windows": [[0, 9], [0, 9], [0, 9]],
    "vehicle_types": [{"capacity": [5]}],
}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("version", 2, ["version: is 2", "1"]),
        ("format", "other", ["format: is 'other'", "routewright-instance"]),
        ("colour", "red", ["colour: unknown field"]),
        ("windows", [[0, 9], [0, 9], [0, "soon"]], ["windows.2", "'soon'", "inf"]),
        ("windows", [[0, 9], [0, 9], [9, 0]], ["windows", "node 2", "9"]),
        ("windows", [[0, 9], [0, 9], [0]], ["windows.2"]),
        ("coords", [[0, 0], [1, True], [2, 2]], ["coords.1.1", "True", "number"]),
        ("coords", [[0, 0], [1, "inf"], [2, 2]], ["coords.1.1", "'inf'"]),
        ("delivery", [0, [1, 2], 3], ["delivery.1", "2 numbers"]),
        ("delivery", [0, 1], ["delivery", "2 rows"]),
        ("delivery", [0, -1, 2], ["delivery", "-1"]),
        ("delivery", [0, 1, 6], ["delivery", "node 2", "6", "5"]),
        ("distances", [[[0, 1, 2], [1, 0], [2, 2, 0]]], ["distances.0.1", "2 numbers"]),
        ("distances", [[[0, 1], [1, 0]]], ["distances", "2x2", "3x3"]),
        ("vehicle_types", [], ["vehicle_types"]),
        ("vehicle_types", [{}, {"speed": 0}], ["vehicle_types.1", "speed", "0"]),
        ("vehicle_types", [{"count": -1}], ["vehicle_types.0.count", "-1"]),
        ("vehicle_types", [{"breaks": [{"earliest": 5, "latest": 3, "duration": 1}]}], ["vehicle_types.0", "5", "3"]),
        ("vehicle_types", [{"battery": {}}], ["vehicle_types.0.battery.capacity: is missing"]),
        ("scale", 0, ["scale", "0"]),
        ("scale", 1.5, ["scale", "1.5"]),
        ("rounding", "nearest", ["rounding", "'nearest'", "round"]),
        ("service", [0, 10**400, 0], ["service.1"]),
        ("pairs", [[1, 7]], ["pairs", "7"]),
        ("names", ["a", "b"], ["names", "2"]),
    ],
)
def test_wrong_fields_are_named_with_their_values(tmp_path: Path, field: str, value: Any, said: list[str]) -> None:
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(GOOD | {field: value}))
    with pytest.raises(FormatError) as caught:
        read_json(path)
    message = str(caught.value)
    assert "\n" not in message
    for part in ["broken.json", *said]:
        assert part in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": "routewright-instance",\n "version": }', ":2: is not JSON"),
        ('{"coords": [[NaN, 0]]}', "NaN"),
        ('{"coords": [[Infinity, 0]]}', "Infinity"),
        ('{"name": "a", "name": "b"}', "'name' stands twice"),
        ("[1, 2]", "object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"version": ' + "9" * 5000 + "}", "thousands of digits"),
        ('{"version": 1}', "format: is missing"),
    ],
)
def test_text_that_is_no_such_document_is_refused_in_one_line(text: str, said: str) -> None:
    for read in (instance_from_json, solution_from_json):
        with pytest.raises(FormatError, match=r"^broken") as caught:
            read(text, "broken.json")
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_wrong_route_is_named() -> None:
    text = '{"format": "routewright-solution", "version": 1, "routes": [{"trips": [[1, "two"]]}]}'
    with pytest.raises(FormatError, match=r"routes\.0\.trips\.0\.1: is 'two'"):
        solution_from_json(text)
