"""Solomon's form against files written by hand and the published routes."""

from pathlib import Path

import numpy as np
import pytest

from routewright.data import FormatError, Instance, VehicleType
from routewright.data.formats.solomon import looks_like_solomon, read_solomon, write_solomon

SMALL = """T1

VEHICLE
NUMBER     CAPACITY
   2        10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0        100          0
    1      1         1          4          5         20          2
    2      3         4          6          0         50          3
"""


def small(tmp_path: Path, text: str = SMALL) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(text)
    return path


def published(path: Path) -> tuple[list[list[int]], float]:
    """Routes and cost as the .sol file states them, parsed apart from the project's reader."""
    routes, cost = [], 0.0
    for line in path.read_text().splitlines():
        head, _, tail = line.partition(":")
        if head.startswith("Route"):
            routes.append([int(word) for word in tail.split()])
        elif head.startswith("Cost"):
            cost = float(head.split()[1])
    return routes, cost


def test_times_and_distances_are_tenths_by_default(tmp_path: Path) -> None:
    instance = read_solomon(small(tmp_path))
    assert (instance.rounding, instance.scale, instance.objective, instance.name) == ("trunc1", 10, "cost", "T1")
    assert instance.windows[:, 0].tolist() == [[0, 1000], [50, 200], [0, 500]]
    assert instance.service.tolist() == [0, 20, 30]
    assert instance.delivery[:, 0].tolist() == [0, 4, 6]
    assert instance.distance_matrix().tolist() == [[0, 14, 50], [14, 0, 36], [50, 36, 0]]
    assert instance.vehicle_types == (VehicleType(count=2, capacity=(10,)),)
    assert instance.names == ()
    assert instance.exact


def test_plain_doubles_are_kept_when_asked_for(tmp_path: Path) -> None:
    instance = read_solomon(small(tmp_path), rounding="none", objective="vehicles_first")
    assert (instance.scale, instance.objective) == (1, "vehicles_first")
    assert instance.windows[1, 0].tolist() == [5, 20]
    assert instance.distance(0, 1) == np.sqrt(2.0)


def test_carriage_returns_a_byte_order_mark_and_lower_case_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.lower().replace("\n", "\r\n").encode())
    expected = read_solomon(small(tmp_path))
    assert read_solomon(path) == expected.replace(name="t1")


def test_other_numbers_become_names(tmp_path: Path) -> None:
    instance = read_solomon(small(tmp_path, SMALL.replace("    2      3", "    7      3")))
    assert instance.names == ("0", "1", "7")


@pytest.mark.parametrize("rounding", ["auto", "none", "round", "scale1000"])
def test_what_is_written_is_read_back(tmp_path: Path, rounding: str) -> None:
    text = SMALL.replace(" 4          5 ", " 4          5.25 ").replace("    2      3", "   12      3.125")
    instance = read_solomon(small(tmp_path, text), rounding=rounding)
    write_solomon(instance, tmp_path / "again.txt")
    assert read_solomon(tmp_path / "again.txt", rounding=rounding) == instance


def test_an_unlimited_fleet_is_written_as_one_vehicle_per_client(tmp_path: Path) -> None:
    instance = read_solomon(small(tmp_path)).replace(vehicle_types=(VehicleType(capacity=(10,)),))
    write_solomon(instance, tmp_path / "again.txt")
    assert read_solomon(tmp_path / "again.txt").vehicle_types[0].count == 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"pickup": [[0], [1], [0]]}, "pickup"),
        ({"scale": 1}, "scale"),
        ({"backhaul": "classic"}, "backhaul"),
        ({"release": [0, 5, 0]}, "release"),
        ({"vehicle_types": (VehicleType(capacity=(10,), fixed_cost=3),)}, "vehicle_types"),
        ({"vehicle_types": (VehicleType(),)}, "capacity"),
        ({"vehicle_types": (VehicleType(capacity=(np.inf,)),)}, "finite capacity"),
        ({"names": ("0", "7", "7")}, "number '7' stands twice"),
        ({"service": [0, 0.5, 0]}, "service"),
        ({"windows": [[[0, np.inf]]] * 3}, "windows"),
    ],
)
def test_an_instance_that_does_not_fit_the_form_is_refused(
    tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    arrays = {
        name: np.array(value, dtype=float) if isinstance(value, list) else value for name, value in changes.items()
    }
    instance = read_solomon(small(tmp_path)).replace(**arrays)
    with pytest.raises(FormatError, match=named):
        write_solomon(instance, tmp_path / "again.txt")
    assert not (tmp_path / "again.txt").exists()


def test_only_files_of_this_form_look_like_it(instances: Path) -> None:
    for path in (instances / "solomon").glob("*.txt"):
        assert looks_like_solomon(path.read_text())
    for other in ("X/X-n101-k25.vrp", "pdptw_lilim/lc101.txt", "mdvrp/p02", "evrptw/c101_21.txt"):
        assert not looks_like_solomon((instances / other).read_text())


def test_published_routes_have_their_published_costs(instances: Path) -> None:
    paths = sorted((instances / "solomon").glob("*.txt"))
    assert len(paths) == 29
    for path in paths:
        routes, cost = published(path.with_suffix(".sol"))
        assert cost_of(read_solomon(path), routes) == round(10 * cost)


def cost_of(instance: Instance, routes: list[list[int]]) -> float:
    tours = [np.array([0, *route, 0]) for route in routes]
    assert sorted(node for route in routes for node in route) == list(instance.clients)
    assert len(routes) <= (instance.vehicle_types[0].count or 0)
    return float(sum(instance.distance(tour[:-1], tour[1:]).sum() for tour in tours))


def test_a_name_of_many_words_is_no_column_title(tmp_path: Path) -> None:
    instance = read_solomon(small(tmp_path)).replace(name="Customers number one of Monday")
    write_solomon(instance, tmp_path / "again.txt")
    assert read_solomon(tmp_path / "again.txt") == instance
