"""The timetable as rows, text, CSV and JSON."""

import csv
import json
from pathlib import Path

import pytest

from routewright.data import Battery, Break, FormatError, Instance, Route, Solution, VehicleType
from routewright.data.errors import RoutewrightError
from routewright.data.schedule import Clock, Schedule, clock_time, schedule, time_unit

SOLUTION_OF_ONE = Solution.from_routes([[1]])
SOLUTION = Solution((Route(((1, 2),)), Route(()), Route(((3,),))))


def plain(**fields: object) -> Instance:
    return Instance.build(
        coords=[[0.0, 0.0], [3.0, 4.0], [3.0, 0.0], [0.0, 1.55]],
        delivery=[0, 4, 2.5, 1],
        service=[0, 10, 10, 10],
        windows=[[0, 900], [105, 200], [0, 900], [0, 900]],
        **{"rounding": "trunc1", "scale": 10, "name": "tiny"} | fields,  # type: ignore[arg-type]
    )


def test_rows_hold_every_stop_in_the_units_of_the_source() -> None:
    rows = schedule(plain(), SOLUTION).rows
    assert len(rows) == 4 + 3
    assert rows[1] == {
        "route": 1,
        "trip": 1,
        "stop": 1,
        "node": 1,
        "name": "1",
        "arrival": 5,
        "wait": 5.5,
        "start": 10.5,
        "departure": 11.5,
        "load": 2.5,
        "distance": 5,
        "lateness": 0,
    }
    assert [row["route"] for row in rows] == [1] * 4 + [3] * 3  # numbers of the solution's routes
    assert rows[-1]["distance"] == 3


def test_times_of_day_are_shown_as_on_a_clock() -> None:
    """Minutes after midnight: 495 + 25 of travel is 08:40, served at 09:00, 25 home is 09:35."""
    instance = Instance.build(
        coords=[[0, 0], [15, 20]], windows=[[495, 2000], [540, 600]], service=10, rounding="round", capacity=3
    )
    table = schedule(instance, SOLUTION_OF_ONE, clock="minutes")
    assert [(row["arrival"], row["start"], row["departure"]) for row in table.rows] == [
        ("08:15", "08:15", "08:15"), ("08:40", "09:00", "09:10"), ("09:35", "09:35", "09:35"),
    ]  # fmt: skip
    assert table.rows[1]["wait"] == 20
    assert "09:10" in str(table)


@pytest.mark.parametrize(
    ("time", "unit", "text"), [(3600, "seconds", "01:00"), (8.5, "hours", "08:30"), (1500, "minutes", "25:00")]
)
def test_a_clock_knows_its_unit(time: float, unit: Clock, text: str) -> None:
    assert clock_time(time, unit) == text


def test_an_odd_clock_is_refused() -> None:
    with pytest.raises(RoutewrightError, match="clock is 'days', must be one of seconds, minutes, hours"):
        schedule(plain(), SOLUTION, clock="days")  # type: ignore[arg-type]


def test_names_of_the_file_are_shown() -> None:
    rows = schedule(plain(names=("depot", "Ann", "Bob", "Cid")), SOLUTION).rows
    assert [row["name"] for row in rows[:4]] == ["depot", "Ann", "Bob", "depot"]


@pytest.mark.parametrize(("rounding", "unit"), [("trunc1", 10), ("scale1000", 1000), ("round", 1), ("none", 1)])
def test_the_time_unit_follows_the_rounding(rounding: str, unit: int) -> None:
    assert time_unit(plain(rounding=rounding)) == unit


def test_several_loads_breaks_and_batteries_have_columns_of_their_own() -> None:
    vehicle = VehicleType(breaks=(Break(2, 60, 7),), battery=Battery(capacity=90))
    instance = Instance.build(
        coords=[[0, 0], [10, 0]], rounding="round", delivery=[[0, 0], [1, 2]], vehicle_types=[vehicle, VehicleType()]
    )
    rows = schedule(instance, Solution((Route(((1,),)), Route(((1,),), vehicle_type=1)))).rows
    assert [rows[0][key] for key in ("load_1", "load_2", "break", "battery", "charged")] == [1, 2, 0, 90, 0]
    assert [row["break"] for row in rows] == [0, 7, 0, 0, 0, 0]
    assert [row["battery"] for row in rows[3:]] == [None] * 3


def test_several_types_of_vehicles_are_named() -> None:
    types = [VehicleType(), VehicleType(name="van")]
    instance = Instance.build(coords=[[0, 0], [10, 0]], rounding="round", vehicle_types=types)
    table = schedule(instance, Solution((Route(((1,),), vehicle_type=1), Route(((1,),)))))
    assert [row["vehicle"] for row in table.rows] == ["van"] * 3 + [0] * 3
    assert str(table).splitlines()[0].split()[:3] == ["route", "vehicle", "trip"]
    assert "vehicle" not in schedule(plain(), SOLUTION).rows[0]


def test_csv_reads_back_as_the_rows(tmp_path: Path) -> None:
    table = schedule(plain(), SOLUTION)
    table.to_csv(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open() as stream:
        back = list(csv.DictReader(stream))
    assert back == [{key: str(value) for key, value in row.items()} for row in table.rows]


def test_json_holds_costs_and_the_rows_of_each_route(tmp_path: Path) -> None:
    table = schedule(plain(), SOLUTION)
    table.to_json(tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_text())
    assert (document["instance"], document["rounding"], document["vehicles"]) == ("tiny", "trunc1", 2)
    assert document["cost"] == document["distance"] == 12 + 3
    assert [route["route"] for route in document["routes"]] == [1, 3]
    assert [row for route in document["routes"] for row in route["stops"]] == list(table.rows)
    assert document["routes"][0]["end"] == table.rows[3]["arrival"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"nowhere"):
        schedule(plain(), SOLUTION).to_csv(tmp_path / "nowhere" / "out.csv")


def test_text_is_an_aligned_table() -> None:
    lines = str(schedule(plain(names=("depot", "Ann", "Bob", "Cid")), SOLUTION)).splitlines()
    assert len(lines) == 1 + 7
    assert lines[0].split()[:5] == ["route", "trip", "stop", "node", "name"]
    column = lines[0].index("name")
    assert [line[column : column + 5].strip() for line in lines[1:3]] == ["depot", "Ann"]
    end = lines[0].index("arrival") + len("arrival")
    assert [line[:end].split()[-1] for line in lines[1:4]] == ["0", "5", "15.5"]


def test_an_empty_solution_has_a_header_alone(tmp_path: Path) -> None:
    table = schedule(plain(), Solution())
    assert (table.rows, len(str(table).splitlines())) == ((), 1)
    table.to_csv(tmp_path / "out.csv")
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1


def test_a_schedule_can_be_made_from_an_evaluation() -> None:
    table = schedule(plain(), SOLUTION)
    assert Schedule(table.evaluation).rows == table.rows
