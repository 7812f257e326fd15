"""Li and Lim's form against a file written by hand and the public ones."""

from pathlib import Path

import numpy as np
import pytest

from routewright.data import FormatError, VehicleType
from routewright.data.formats.lilim import looks_like_lilim, read_lilim

SMALL = """2 50 0
0 0 0 0 0 100 0 0 0
1 3 4 -7 10 60 5 2 0
2 6 8 7 0 50 5 0 1
3 0 5 9 0 90 1 0 4
4 0 9 -9 0 90 2 3 0
"""


def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(SMALL)
    return path


def test_the_sign_of_the_demand_gives_the_role(tmp_path: Path) -> None:
    instance = read_lilim(small(tmp_path))
    assert instance.pairs.tolist() == [[2, 1], [3, 4]]
    assert instance.pickup[:, 0].tolist() == [0, 0, 7, 9, 0]
    assert instance.delivery[:, 0].tolist() == [0, 7, 0, 0, 9]
    assert instance.windows[1, 0].tolist() == [10, 60]
    assert instance.service.tolist() == [0, 5, 5, 1, 2]
    assert (instance.rounding, instance.scale, instance.objective) == ("none", 1, "vehicles_first")
    assert instance.names == ()


def test_a_speed_of_nothing_is_one(tmp_path: Path) -> None:
    assert read_lilim(small(tmp_path)).vehicle_types == (VehicleType(count=2, capacity=(50,), speed=1.0),)


def test_other_roundings_scale_times_with_distances(tmp_path: Path) -> None:
    instance = read_lilim(small(tmp_path), rounding="trunc1", objective="cost")
    assert instance.distance(0, 1) == 50
    assert instance.windows[1, 0].tolist() == [100, 600]
    assert instance.objective == "cost"


def test_every_public_file_is_read(instances: Path) -> None:
    paths = sorted((instances / "pdptw_lilim").glob("l*.txt"))
    assert len(paths) == 59
    for path in paths:
        text = path.read_text()
        assert looks_like_lilim(text)
        tasks = len(text.split("\n\n")[0].strip().splitlines()) - 2
        instance = read_lilim(path)
        assert instance.n_clients == tasks == 2 * len(instance.pairs)
        assert instance.vehicle_types[0].count == int(text.split()[0])


@pytest.mark.parametrize(
    ("name", "count", "capacity", "tasks"), [("lc101", 25, 200, 106), ("lr2_10_8", 250, 1000, 1008)]
)
def test_headers_of_public_files(instances: Path, name: str, count: int, capacity: int, tasks: int) -> None:
    instance = read_lilim(instances / "pdptw_lilim" / f"{name}.txt")
    assert (instance.vehicle_types[0].count, instance.capacities[0, 0], instance.n_clients) == (count, capacity, tasks)


def test_distances_of_a_public_file_are_plain_doubles(instances: Path) -> None:
    instance = read_lilim(instances / "pdptw_lilim" / "lc101.txt")
    assert instance.distance(0, 1) == np.sqrt(5**2 + 18**2)
    assert instance.pairs.tolist().count([3, 75]) == 1


def test_partners_that_are_each_others_only_in_one_direction_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "cross.txt"
    tasks = [
        "0 0 0 0 0 100 0 0 0",
        "1 3 4 4 0 50 1 0 3",
        "2 3 4 4 0 50 1 0 4",
        "3 6 8 -4 0 90 1 2 0",
        "4 6 8 -4 0 90 1 1 0",
    ]
    path.write_text("2 10 1\n" + "\n".join(tasks) + "\n")
    with pytest.raises(FormatError, match="task 1 has a partner whose own partner is '2'"):
        read_lilim(path)
