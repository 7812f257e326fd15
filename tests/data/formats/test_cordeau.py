"""Cordeau's form against files written by hand and the public ones."""

from pathlib import Path

import numpy as np
import pytest

from routewright.data import FormatError, VehicleType
from routewright.data.formats.cordeau import looks_like_cordeau, read_cordeau

PLAIN = """0 3 2 1
0 20
0 0 0 0 0 0 0
1 3 4 5 6 1 1 1
2 6 8 1 2 1 1 1
"""
MULTI_DEPOT = """2 2 3 2
100 20
0 30
1 3 4 5 6 1 2 1 2
2 6 8 1 2 1 2 1 2
3 1 1 1 2 1 2 1 2
4 0 0 0 0 0 0
5 9 9 0 0 0 0
"""
MULTI_DEPOT_WINDOWS = """6 1 2 2
0 20
0 20
1 3 4 5 6 1 2 1 2 10 50
2 6 8 1 2 1 2 1 2 20 60
3 0 0 0 0 0 0 0 1000
4 9 9 0 0 0 0 5 900
"""
SITE_DEPENDENT = """3 2 3 2
0 20
0 30
0 0 0 0 0 0 0
1 3 4 5 6 1 1 2
2 6 8 1 2 1 2 1 2
3 1 1 1 2 1 1 1
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "small"
    path.write_text(text)
    return path


def test_one_depot_stands_first(tmp_path: Path) -> None:
    instance = read_cordeau(written(tmp_path, PLAIN))
    assert instance.vehicle_types == (VehicleType(count=3, capacity=(20,)),)
    assert instance.service.tolist() == [0, 5, 1]
    assert instance.delivery[:, 0].tolist() == [0, 6, 2]
    assert instance.names == ()
    assert np.isinf(instance.windows[:, :, 1]).all()


def test_last_lines_become_the_first_nodes_where_there_are_several_depots(tmp_path: Path) -> None:
    instance = read_cordeau(written(tmp_path, MULTI_DEPOT))
    assert instance.depots == 2
    assert instance.names == ("4", "5", "1", "2", "3")
    assert instance.coords is not None
    assert instance.coords[:3].tolist() == [[0, 0], [9, 9], [3, 4]]
    assert instance.vehicle_types == (
        VehicleType(count=2, capacity=(20,), max_duration=100),
        VehicleType(count=2, capacity=(30,), start=1, end=1),
    )
    assert (instance.rounding, instance.objective) == ("none", "cost")


def test_windows_follow_the_list_of_combinations(tmp_path: Path) -> None:
    instance = read_cordeau(written(tmp_path, MULTI_DEPOT_WINDOWS), rounding="trunc1")
    assert instance.windows[:, 0].tolist() == [[0, 10_000], [50, 9_000], [100, 500], [200, 600]]
    assert instance.service.tolist() == [0, 0, 50, 10]


def test_combinations_are_bits_read_from_the_left(tmp_path: Path) -> None:
    instance = read_cordeau(written(tmp_path, SITE_DEPENDENT))
    assert [vehicle.allowed for vehicle in instance.vehicle_types] == [frozenset({1, 2}), frozenset({2, 3})]
    assert [vehicle.capacity for vehicle in instance.vehicle_types] == [(20,), (30,)]
    assert instance.depots == 1


@pytest.mark.parametrize("code", [1, 5])
def test_periodic_problems_are_refused_by_name(tmp_path: Path, code: int) -> None:
    with pytest.raises(FormatError, match=r":1: type is \d .*periodic problems are not supported"):
        read_cordeau(written(tmp_path, f"{code}{PLAIN[1:]}"))


def test_every_public_file_is_read(instances: Path) -> None:
    paths = sorted((instances / "mdvrp").glob("p*"))
    assert len(paths) == 17
    for path in paths:
        text = path.read_text()
        assert looks_like_cordeau(text)
        _, vehicles, clients, depots = map(int, text.split()[:4])
        instance = read_cordeau(path)
        assert (instance.depots, instance.n_clients) == (depots, clients)
        assert [vehicle.count for vehicle in instance.vehicle_types] == [vehicles] * depots
        assert [vehicle.start for vehicle in instance.vehicle_types] == list(range(depots))


@pytest.mark.parametrize(
    ("name", "capacity", "longest"), [("p02", 160, np.inf), ("p08", 500, 310), ("pr02", 195, 480), ("p12", 60, np.inf)]
)
def test_limits_of_public_files(instances: Path, name: str, capacity: float, longest: float) -> None:
    for vehicle in read_cordeau(instances / "mdvrp" / name).vehicle_types:
        assert (vehicle.capacity, vehicle.max_duration) == ((capacity,), longest)


def test_coordinates_of_a_public_file(instances: Path) -> None:
    instance = read_cordeau(instances / "mdvrp" / "pr02")
    assert instance.names[:5] == ("97", "98", "99", "100", "1")
    assert instance.distance(3, 4) == np.sqrt((33.179 - 33.588) ** 2 + (-4.968 - 30.750) ** 2)
    assert instance.service[4:6].tolist() == [12, 1]
