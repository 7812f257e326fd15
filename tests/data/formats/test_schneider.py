"""The electric form against a file written by hand and the public ones."""

from pathlib import Path

import numpy as np

from routewright.data import Battery, VehicleType
from routewright.data.formats.schneider import looks_like_schneider, read_schneider

SMALL = """StringID   Type       x          y          demand     ReadyTime  DueDate    ServiceTime
D0         d          0.0        0.0        0.0        0.0        100.0      0.0
S0         f          0.0        0.0        0.0        0.0        100.0      0.0
C7         c          3.0        4.0        5.0        6.0        70.0       8.0
S1         f          6.0        8.0        0.0        0.0        90.0       0.0

Q Vehicle fuel tank capacity /79.5/
C Vehicle load capacity /200.0/
r fuel consumption rate /2.0/
g inverse refueling rate /3.5/
v average Velocity /0.5/
"""


def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(SMALL)
    return path


def test_stations_come_last(tmp_path: Path) -> None:
    instance = read_schneider(small(tmp_path))
    assert instance.names == ("D0", "C7", "S0", "S1")
    assert (instance.depots, instance.n_clients, instance.stations) == (1, 1, 2)
    assert instance.delivery[:, 0].tolist() == [0, 5, 0, 0]
    assert instance.windows[:, 0].tolist() == [[0, 100], [6, 70], [0, 100], [0, 90]]
    assert instance.service.tolist() == [0, 8, 0, 0]
    assert (instance.rounding, instance.objective) == ("none", "vehicles_first")


def test_parameters_become_the_vehicle(tmp_path: Path) -> None:
    battery = Battery(capacity=79.5, use=2.0, recharge=3.5)
    assert read_schneider(small(tmp_path)).vehicle_types == (VehicleType(capacity=(200,), speed=0.5, battery=battery),)


def test_rates_follow_the_units_of_the_rounding(tmp_path: Path) -> None:
    plain, tenths = read_schneider(small(tmp_path)), read_schneider(small(tmp_path), rounding="trunc1")
    before, after = plain.vehicle_types[0].battery, tenths.vehicle_types[0].battery
    assert before is not None
    assert after is not None
    assert after.use * tenths.distance(0, 1) == before.use * plain.distance(0, 1)
    assert after.recharge * 7 == 10 * before.recharge * 7  # ten raw units of time make one


def test_every_public_file_is_read_with_a_station_at_the_depot(instances: Path) -> None:
    paths = sorted((instances / "evrptw").glob("*.txt"))
    assert len(paths) == 14
    for path in paths:
        assert looks_like_schneider(path.read_text())
        instance = read_schneider(path)
        assert (instance.depots, instance.n_clients, instance.stations) == (1, 100, 21)
        assert (instance.distance(0, np.array(instance.station_nodes)) == 0).any()
        assert instance.vehicle_types[0].count is None


def test_numbers_of_a_public_file(instances: Path) -> None:
    instance = read_schneider(instances / "evrptw" / "c101_21.txt")
    assert instance.vehicle_types[0].capacity == (200.0,)
    assert instance.vehicle_types[0].battery == Battery(79.69, 1.0, 3.39)
    client = instance.names.index("C97")
    assert instance.coords is not None
    assert instance.coords[client].tolist() == [60, 85]
    assert instance.windows[client, 0].tolist() == [645, 707]
