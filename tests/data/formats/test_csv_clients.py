"""CSV of clients: reading what people write, writing what can be read."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from routewright.data import FormatError, Instance, VehicleType
from routewright.data.formats.csv_clients import ALIASES, looks_like_csv, read_csv, write_csv
from tests.data.strategies import instances as drawn_instances

EXPRESSIBLE = (
    "depots",
    "stations",
    "haversine",
    "rounding",
    "pickup",
    "windows",
    "late",
    "service",
    "release",
    "optional",
    "groups",
    "names",
)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_the_first_row_is_the_depot(tmp_path: Path) -> None:
    text = "id,x,y,demand,ready,due,service\n0,0,0,,,,\n1,3,4,5,10,20,2\n2,6,8,7,,,\n"
    instance = read_csv(written(tmp_path, text), capacity=10, vehicles=3, speed=2)
    assert instance == Instance.build(
        coords=[[0, 0], [3, 4], [6, 8]],
        delivery=[0, 5, 7],
        windows=np.array([[0, np.inf], [10, 20], [0, np.inf]]),
        service=[0, 2, 0],
        vehicle_types=[VehicleType(count=3, capacity=(10,), speed=2)],
        name="clients",
    )


def test_spreadsheets_that_write_a_byte_order_mark_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    text = 'Name;LAT;Lon;Open;Close\r\nWien;48,2;16,4;;\r\n\r\n"Graz; Süd";47,1;15,4;8,5;17\r\n'
    instance = read_csv(written(tmp_path, text, "utf-8-sig"))
    assert instance.names == ("Wien", "Graz; Süd")
    assert instance.metric == "haversine"
    assert instance.windows[1, 0].tolist() == [8.5, 17]
    # 1.1 degrees of latitude and 1.0 of longitude at about 47.6 degrees north, on a sphere
    assert instance.distance(0, 1) == pytest.approx(
        np.hypot(1.1, np.cos(np.radians(47.65))) * 6371.0088 * np.pi / 180, rel=1e-4
    )


def test_types_order_the_nodes(tmp_path: Path) -> None:
    text = "name,type,x,y\na,client,1,1\nd1,depot,0,0\ns,station,5,5\nd2,Depot,9,9\nb,,2,2\n"
    instance = read_csv(written(tmp_path, text), capacity=4)
    assert instance.names == ("d1", "d2", "a", "b", "s")
    assert (instance.depots, instance.stations) == (2, 1)
    assert [vehicle.start for vehicle in instance.vehicle_types] == [0, 1]


def test_a_client_with_a_prize_is_optional_unless_told_otherwise(tmp_path: Path) -> None:
    assert read_csv(written(tmp_path, "x,y,prize\n0,0,\n1,1,5\n2,2,\n")).required.tolist() == [False, False, True]
    text = "x,y,prize,required,group\n0,0,,,\n1,1,5,yes,\n2,2,,no,\n3,3,,,0\n"
    instance = read_csv(written(tmp_path, text))
    assert instance.required.tolist() == [False, True, False, False]
    assert instance.group.tolist() == [-1, -1, -1, 0]


def test_times_and_prizes_follow_the_units_of_the_rounding(tmp_path: Path) -> None:
    text = "x,y,due,service,prize\n0,0,,,\n3,4,20,1.5,7\n"
    instance = read_csv(written(tmp_path, text), rounding="trunc1")
    assert instance.scale == 10
    assert instance.distance(0, 1) == 50
    assert [instance.windows[1, 0, 1], instance.service[1], instance.prize[1]] == [200, 15, 70]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn_instances(features=EXPRESSIBLE))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, instance: Instance) -> None:
    fleet = [VehicleType(start=depot, end=depot) for depot in range(instance.depots)]
    instance = instance.replace(vehicle_types=tuple(fleet))
    path = tmp_path_factory.mktemp("csv") / "again.csv"
    if instance.rounding in ("geo", "att"):
        return
    times = ("windows", "service", "release", "prize")  # raw = scale x what the file says
    if instance.scale > 1:
        instance = instance.replace(**{name: np.rint(getattr(instance, name)) for name in times})
    write_csv(instance, path)
    again = read_csv(path, rounding=instance.rounding).replace(name=instance.name)
    for name in times:
        assert np.allclose(getattr(again, name), getattr(instance, name))
        again = again.replace(**{name: getattr(instance, name)})
    assert again == instance


def test_what_would_be_read_back_differently_is_not_written(tmp_path: Path) -> None:
    shops = Instance.build(coords=[[0, 0], [1, 1], [2, 2]], names=["hub", "shop", "shop"])
    with pytest.raises(
        FormatError, match=r"a CSV of clients cannot hold this instance \(.*name is 'shop', which stands"
    ):
        write_csv(shops, tmp_path / "shops.csv")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_cell_may_hold_blanks_and_places_stand_once(tmp_path: Path) -> None:
    assert read_csv(written(tmp_path, "x,y,group\n0,0,\n1,1, \n2,2,3\n")).group.tolist() == [-1, -1, 3]
    with pytest.raises(FormatError, match="places twice"):
        read_csv(written(tmp_path, "x,y,lat,lon\n0,0,50,4\n1,1,51,4\n"))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"split": True}, "split"),
        ({"vehicle_types": (VehicleType(fixed_cost=2),)}, "vehicle_types"),
        ({"vehicle_types": (VehicleType(), VehicleType())}, "vehicle_types"),
        ({"windows": np.zeros((2, 2, 2))}, "windows"),
        ({"distances": np.zeros((1, 2, 2))}, "distances"),
    ],
)
def test_what_has_no_column_is_refused(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    instance = Instance.build(coords=[[0, 0], [1, 1]], vehicle_types=[VehicleType()]).replace(**changes)
    with pytest.raises(FormatError, match=named):
        write_csv(instance, tmp_path / "no.csv")


def test_headers_with_places_look_like_it(instances: Path) -> None:
    assert looks_like_csv("Name;LAT;Lon\n")
    assert looks_like_csv('"x","y"\n')
    assert not looks_like_csv("instance,vehicles,distance\n")
    for other in ("X/X-n101-k25.vrp", "solomon/C101.txt", "pdptw_lilim/lc101.txt", "evrptw/c101_21.txt"):
        assert not looks_like_csv((instances / other).read_text())


def test_an_unknown_column_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        read_csv(written(tmp_path, "x,y,colour\n0,0,red\n"))
    assert "clients.csv:1: column 'colour' is unknown" in str(caught.value)
    assert all(title in str(caught.value) for title in ALIASES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y,Demand\n0,0,0\n1,1,many\n", "3: Demand is 'many', must be a number"),
        ("x,y,demand\n0,0,0\n1,1,-2\n", "3: demand is '-2', must be >= 0"),
        ("x,y,demand\n0,0,0\n1,1\n", "3: 2 values, must be 3 (x, y, demand)"),
        ("latitude,lng\n95,1\n2,3\n", "2: latitude is '95', must be from -90 to 90"),
        ("lat,lng\n9,181\n2,3\n", "2: lng is '181', must be from -180 to 180"),
        ("0,0,0\n1,1,2\n", "1: column '0' is unknown (the first line names the columns)"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_by_the_title_in_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_csv(written(tmp_path, text))
    assert f"clients.csv:{message}" in str(caught.value)
