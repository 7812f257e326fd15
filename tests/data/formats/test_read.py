"""One ``read`` and one ``write`` for every format."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from routewright.data import FormatError, Instance, InstanceError, Solution, VehicleType
from routewright.data.formats.read import read, read_explained, read_solution
from routewright.data.formats.write import write
from tests.data.formats.vrplib_text import SMALL

SOLOMON = """C1

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0        100          0
    1      3         4          4          5         20          2
"""
CONTENT = {
    "vrplib": SMALL,
    "solomon": SOLOMON,
    "lilim": "2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 4 0 50 1 0 2\n2 6 8 -4 0 90 1 1 0\n",
    "cordeau": "2 1 1 1\n0 10\n1 3 4 0 4 1 1 1\n2 0 0 0 0 0 0\n",
    "schneider": """StringID   Type       x          y          demand     ReadyTime  DueDate    ServiceTime
D0 d 0 0 0 0 100 0
S0 f 0 0 0 0 100 0
C1 c 3 4 4 0 50 1

Q Vehicle fuel tank capacity /79.69/
C Vehicle load capacity /200.0/
r fuel consumption rate /1.0/
g inverse refueling rate /3.39/
v average Velocity /1.0/
""",
    "csv": "name,x,y,demand\nhub,0,0,0\na,3,4,4\n",
}


@pytest.mark.parametrize("kind", CONTENT)
@pytest.mark.parametrize("suffix", ["", ".txt", ".data"])
def test_the_content_tells_the_format(tmp_path: Path, kind: str, suffix: str) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_text(CONTENT[kind])
    instance, rule = read_explained(path)
    clients = list(instance.clients)
    assert instance.coords is not None
    assert [3.0, 4.0] in instance.coords[clients].tolist()
    assert rule.startswith(f"rounding {instance.rounding}: ")


def test_json_is_told_by_its_content(tmp_path: Path) -> None:
    instance = Instance.build(coords=[(0, 0), (3, 4)], rounding="round", capacity=3)
    write(instance, tmp_path / "a.json")
    (tmp_path / "a.json").rename(tmp_path / "a.txt")
    assert read(tmp_path / "a.txt") == instance
    with pytest.raises(FormatError, match="rounding is round in the file, cannot be read as ceil"):
        read(tmp_path / "a.txt", rounding="ceil")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("auto", "rounding round: distances rounded to the nearest whole number; convention of CVRP files"),
        ("trunc1", "rounding trunc1: distances floor(10 d), times x 10, reported cost = raw / 10; as asked"),
    ],
)
def test_the_rule_and_its_reason_are_one_line(tmp_path: Path, asked: str, line: str) -> None:
    path = tmp_path / "a.vrp"
    path.write_text(SMALL)
    assert read_explained(path, asked)[1] == line


def test_the_objective_may_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.vrp"
    path.write_text(SMALL)
    assert read(path).objective == "cost"
    assert read(path, objective="vehicles_first").objective == "vehicles_first"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x7fELF\0\0\1", "is a binary file"),
        (b"hello world\nhow are you\n", "unknown format, not one of VRPLIB, TSPLIB, Solomon"),
        (b"Route #1: 1 2\nCost 3\n", "holds routes (a solution), not an instance"),
        (b"{", "a.dat"),
        (b"[1, 2]", "unknown format"),
        (b"3 4\n1 2\n", "unknown format"),
    ],
)
def test_other_files_are_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for reader in (read, lambda path: read_solution(path, Instance.build(coords=[(0, 0)]))):
        with pytest.raises(FormatError, match=r"nowhere\.vrp: does not exist"):
            reader(tmp_path / "nowhere.vrp")
        with pytest.raises(FormatError, match="is a folder, not a file"):
            reader(tmp_path)


def test_an_unknown_rounding_is_refused_before_the_file_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="rounding is 'nint', must be one of auto, none, round"):
        read(tmp_path / "nowhere.vrp", rounding="nint")


def matrix_file(path: Path, matrix: str, ids: str = "5 9") -> Path:
    first, second = ids.split()
    path.write_text(
        "NAME: a\nTYPE: CVRP\nDIMENSION: 2\nCAPACITY: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX\n"
        f"NODE_COORD_SECTION\n{first} 50.1 3.2 GENT\n{second} 50.3 3.4 DE PANNE\nEDGE_WEIGHT_SECTION\n{matrix}\n"
        f"DEMAND_SECTION\n{first} 0\n{second} 1\nDEPOT_SECTION\n{first}\n-1\nEOF\n"
    )
    return path


def test_two_files_are_the_distances_and_durations_of_one_problem(tmp_path: Path) -> None:
    kilometres = matrix_file(tmp_path / "km.vrp", "0 1.5\n1.25 0")
    seconds = matrix_file(tmp_path / "time.vrp", "0 90\n80 0")
    instance = read(kilometres, durations=seconds)
    assert instance.names == ("5", "9")
    assert instance.distance([0, 1], [1, 0]).tolist() == [1.5, 1.25]
    assert instance.duration([0, 1], [1, 0]).tolist() == [90, 80]
    with pytest.raises(FormatError, match=r"other\.vrp: its nodes are not those of .*km\.vrp"):
        read(kilometres, durations=matrix_file(tmp_path / "other.vrp", "0 9\n8 0", "5 8"))
    plain = tmp_path / "plain.vrp"
    plain.write_text(SMALL.replace("DIMENSION : 3", "DIMENSION : 2").replace("3 1 1\n", "").replace("3 6\n", ""))
    with pytest.raises(FormatError, match="its nodes are not those of"):
        read(kilometres, durations=plain)


def test_road_files_are_read_in_pairs(instances: Path) -> None:
    folder = instances / "real_road"
    pairs = sorted(folder.glob("*-km-*.vrp"))
    assert len(pairs) == 4
    for kilometres in pairs:
        instance = read(kilometres, durations=folder / kilometres.name.replace("-km-", "-time-"))
        assert instance.durations is not None
        assert instance.names[0].isdecimal()
        assert not np.array_equal(instance.durations[0], instance.distance_matrix())
        assert not np.array_equal(instance.distance_matrix(), instance.distance_matrix().T)


@pytest.mark.parametrize("suffix", [".vrp", ".tsp", ".atsp", ".json", ".csv", ".txt"])
def test_an_instance_is_written_in_the_form_of_its_suffix(tmp_path: Path, suffix: str) -> None:
    windows = [(0, 90), (0, 90)] if suffix == ".txt" else None
    load = 0.0 if suffix == ".csv" else [0, 2]
    instance = Instance.build(
        coords=[(0, 0), (3, 4)], delivery=load, windows=windows, capacity=None if suffix == ".csv" else 3
    )
    write(instance, tmp_path / f"a{suffix}")
    again = read(tmp_path / f"a{suffix}", rounding="none" if suffix == ".txt" else "auto")
    assert again.coords is not None
    assert instance.coords is not None
    assert np.array_equal(again.coords, instance.coords)
    assert np.array_equal(again.delivery, instance.delivery)


@pytest.mark.parametrize("suffix", [".sol", ".json"])
def test_a_solution_is_written_in_the_form_of_its_suffix(tmp_path: Path, suffix: str) -> None:
    instance = Instance.build(coords=[(0, 0), (3, 4), (1, 1)], rounding="round", capacity=3)
    solution = Solution.from_routes([[1], [2]])
    write(solution, tmp_path / f"a{suffix}", instance=instance, cost=12)
    assert read_solution(tmp_path / f"a{suffix}", instance) == (solution, 12)


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    instance = Instance.build(coords=[(0, 0), (3, 4)], capacity=3)
    with pytest.raises(FormatError, match=r"suffix is '.xlsx'; an instance is written as \.vrp"):
        write(instance, tmp_path / "a.xlsx")
    with pytest.raises(FormatError, match=r"suffix is ''; a solution is written as \.sol, \.json"):
        write(Solution(), tmp_path / "a")
    with pytest.raises(TypeError, match="cannot write dict"):
        write({}, tmp_path / "a.vrp")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_solution_as_json_keeps_what_sol_cannot_say(tmp_path: Path) -> None:
    write(Solution.from_routes([[1]]), tmp_path / "a.json", cost=2.5)
    assert json.loads((tmp_path / "a.json").read_text())["cost"] == 2.5


def test_a_table_of_clients_takes_its_fleet_from_arguments(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y,demand\n0,0,0\n3,4,2\n")
    instance = read(path, capacity=3, vehicles=2, speed=10)
    assert instance.vehicle_types == (VehicleType(2, (3,), speed=10),)
    assert read(path).vehicle_types == (VehicleType(),)
    with pytest.raises(InstanceError, match="node 1 asks 2, above every capacity"):
        read(path, capacity=1)


def test_arguments_take_precedence_over_the_fleet_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.vrp"
    path.write_text(SMALL)
    usual = read(path).vehicle_types
    assert read(path, vehicles=7).vehicle_types == tuple(replace(vehicle, count=7) for vehicle in usual)


def test_degrees_are_explained_as_kilometres(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lat,lon\n52.5,13.4\n52.6,13.4\n")
    instance, words = read_explained(path)
    assert instance.distance(0, 1) == pytest.approx(11.12, abs=0.01)  # 6371 km x 0.1 degrees x pi / 180
    assert "kilometres" in words


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\n", b"\xc2\xa0 \n"])
def test_a_file_of_blanks_is_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "blank"
    path.write_bytes(content)
    with pytest.raises(FormatError, match="is empty"):
        read(path)
