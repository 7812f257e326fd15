"""Headers and sections of VRPLIB files, written by hand."""

import os
from pathlib import Path

import numpy as np
import pytest

from routewright.data import VehicleType
from routewright.data.formats.rounding import describe_rounding
from routewright.data.formats.vrplib_reader import read_vrplib_with_rule
from tests.data.formats.vrplib_text import SMALL, parse, with_lines


def test_a_cvrp_has_one_unlimited_type_of_vehicle(tmp_path: Path) -> None:
    instance = parse(tmp_path)
    assert instance.vehicle_types == (VehicleType(capacity=(10,)),)
    assert instance.delivery[:, 0].tolist() == [0, 4, 6]
    assert instance.required.tolist() == [False, True, True]
    assert (instance.name, instance.names, instance.rounding, instance.scale) == ("small", (), "round", 1)


def test_vehicles_is_the_most_there_are(tmp_path: Path) -> None:
    assert parse(tmp_path, "VEHICLES : 4\n" + SMALL).vehicle_types == (VehicleType(count=4, capacity=(10,)),)


def test_distance_limits_driving_and_service(tmp_path: Path) -> None:
    instance = parse(tmp_path, "DISTANCE : 200.5\nSERVICE_TIME : 10\n" + SMALL)
    assert instance.vehicle_types[0].max_duration == 200.5
    assert instance.service.tolist() == [0, 10, 10]
    assert instance.rounding == "none"


@pytest.mark.parametrize(
    ("extra", "rounding", "reason"),
    [
        ("", "round", "convention of CVRP files"),
        ("DISTANCE : 200\n", "none", "DISTANCE"),
        ("COMMENT : 1618.36\n", "none", "1618.36"),
        ("COMMENT : (Optimal value: 237.5)\n", "round", "convention"),
        ("COMMENT : 1618\n", "round", "convention"),
    ],
)
def test_a_cvrp_is_unrounded_where_its_costs_are_not_whole(
    tmp_path: Path, extra: str, rounding: str, reason: str
) -> None:
    path = tmp_path / "a.vrp"
    path.write_text(extra + SMALL)
    instance, rule = read_vrplib_with_rule(path)
    assert instance.rounding == rule.rounding == rounding
    assert reason in describe_rounding(rule)


def test_decimals_of_coordinates_do_not_change_the_rounding(tmp_path: Path) -> None:
    assert parse(tmp_path, SMALL.replace("3 1 1", "3 1.5 1.0")).rounding == "round"


@pytest.mark.parametrize("kind", ["VRPTW", "PCVRPTW", "MTVRPTWR"])
def test_families_in_tenths_scale_their_times(tmp_path: Path, kind: str) -> None:
    windows = ("TIME_WINDOW_SECTION", "1 0 100", "2 5 20.5", "3 0 50")
    instance = parse(tmp_path, with_lines("SERVICE_TIME : 9", *windows, kind=kind))
    assert (instance.rounding, instance.scale) == ("trunc1", 10)
    assert instance.windows[:, 0].tolist() == [[0, 1000], [50, 205], [0, 500]]
    assert instance.service.tolist() == [0, 90, 90]
    assert instance.distance(0, 2) == 14


@pytest.mark.parametrize("kind", ["MDVRPTW", "SDVRPTW"])
def test_families_in_thousandths_scale_limits_too(tmp_path: Path, kind: str) -> None:
    instance = parse(tmp_path, with_lines("VEHICLES : 2", "VEHICLES_MAX_DURATION : 4.5", kind=kind))
    assert (instance.rounding, instance.scale) == ("scale1000", 1000)
    assert instance.vehicle_types[0].max_duration == 4500
    assert instance.distance(0, 2) == 1414


def test_prices_of_a_heterogeneous_fleet_are_hundredths(tmp_path: Path) -> None:
    text = with_lines(
        "VEHICLES : 3",
        *("CAPACITY_SECTION", "1 7", "2 7", "3 9"),
        *("VEHICLES_FIXED_COST_SECTION", "1 5000", "2 5000", "3 6000"),
        *("VEHICLES_UNIT_DISTANCE_COST_SECTION", "1 100", "2 100", "3 120"),
        kind="HFVRP",
    ).replace("CAPACITY : 10\n", "")
    instance = parse(tmp_path, text)
    assert instance.scale == 100_000
    assert instance.vehicle_types == (
        VehicleType(count=2, capacity=(7,), fixed_cost=5e6, distance_cost=100),
        VehicleType(count=1, capacity=(9,), fixed_cost=6e6, distance_cost=120),
    )
    # Out and back to the second node with the first vehicle: 50 + 2 x 5 in plain units.
    first = instance.vehicle_types[0]
    raw = first.fixed_cost + first.distance_cost * 2 * float(instance.distance(0, 1))
    assert raw / instance.scale == 60


def test_depots_come_first_and_ids_are_kept(tmp_path: Path) -> None:
    text = SMALL.replace("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n70\n").replace("\n3 1 1", "\n70 1 1")
    instance = parse(tmp_path, text.replace("\n3 6", "\n70 0").replace("\n1 0\n2 4", "\n1 3\n2 4"))
    assert instance.names == ("70", "1", "2")
    assert instance.coords is not None
    assert instance.coords.tolist() == [[1, 1], [0, 0], [3, 4]]
    assert instance.delivery[:, 0].tolist() == [0, 3, 4]


def test_rows_of_a_section_may_stand_in_any_order(tmp_path: Path) -> None:
    instance = parse(tmp_path, SMALL.replace("1 0\n2 4\n3 6", "3 6\n1 0\n2 4"))
    assert instance.delivery[:, 0].tolist() == [0, 4, 6]


def test_words_after_coordinates_are_names(tmp_path: Path) -> None:
    text = SMALL.replace("1 0 0", "1 0 0 GENT").replace("2 3 4", "2 3 4 DE PANNE").replace("3 1 1", "3 1 1 NAMUR")
    assert parse(tmp_path, text).names == ("GENT", "DE PANNE", "NAMUR")


def test_several_depots_without_vehicles_have_as_many_as_wanted(tmp_path: Path) -> None:
    text = SMALL.replace("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n1\n2\n").replace("\n2 4\n", "\n2 0\n")
    first, second = parse(tmp_path, text).vehicle_types
    assert (first.start, first.end, first.count) == (0, 0, None)
    assert (second.start, second.end, second.count) == (1, 1, None)


def test_vehicles_stand_where_their_section_says(tmp_path: Path) -> None:
    text = with_lines("VEHICLES : 3", "VEHICLES_DEPOT_SECTION", "1 1", "2 2", "3 2", kind="MDVRP")
    text = text.replace("DEPOT_SECTION\n1\n-1", "DEPOT_SECTION\n1\n2\n-1").replace("\n2 4\n", "\n2 0\n")
    types = parse(tmp_path, text).vehicle_types
    assert [(kind.start, kind.end, kind.count) for kind in types] == [(0, 0, 1), (1, 1, 2)]


def test_backhauls_are_pickups_after_deliveries(tmp_path: Path) -> None:
    text = with_lines("BACKHAUL_SECTION", "1 0", "2 0", "3 6", kind="VRPB").replace("3 6\nDEPOT", "3 0\nDEPOT")
    instance = parse(tmp_path, text)
    assert instance.backhaul == "classic"
    assert instance.delivery[:, 0].tolist() == [0, 4, 0]
    assert instance.pickup[:, 0].tolist() == [0, 0, 6]


def test_a_group_of_one_is_a_required_client(tmp_path: Path) -> None:
    instance = parse(tmp_path, with_lines("MUTUALLY_EXCLUSIVE_GROUP_SECTION", "1\t2\t3", kind="GVRP"))
    assert instance.group.tolist() == [-1, 0, 0]
    assert not instance.required.any()
    alone = parse(tmp_path, with_lines("MUTUALLY_EXCLUSIVE_GROUP_SECTION", "1 2 -1", "2 3 -1", kind="GVRP"))
    assert alone.group.tolist() == [-1, -1, -1]
    assert alone.required.tolist() == [False, True, True]


def test_a_prize_makes_a_client_optional(tmp_path: Path) -> None:
    instance = parse(tmp_path, with_lines("PRIZE_SECTION", "1 0", "2 2.5", "3 0", kind="PCVRPTW"))
    assert instance.required.tolist() == [False, False, True]
    assert instance.prize.tolist() == [0, 25, 0]


def test_reloads_and_releases(tmp_path: Path) -> None:
    text = with_lines(
        "VEHICLES : 2",
        "VEHICLES_MAX_RELOADS : 2",
        *("VEHICLES_RELOAD_DEPOT_SECTION", "1 1", "2 1"),
        *("RELEASE_TIME_SECTION", "1 0", "2 3", "3 4"),
        kind="MTVRPTWR",
    )
    instance = parse(tmp_path, text)
    assert instance.vehicle_types == (VehicleType(count=2, capacity=(10,), reload_depots=(0,), max_trips=3),)
    assert instance.release.tolist() == [0, 30, 40]


def test_allowed_clients_of_each_vehicle(tmp_path: Path) -> None:
    rows = ("VEHICLES_ALLOWED_CLIENTS_SECTION", "1 2 3 -1", "2 3", "3 3", "4")
    instance = parse(tmp_path, with_lines("VEHICLES : 4", *rows, kind="SDVRPTW"))
    assert [(kind.count, kind.allowed) for kind in instance.vehicle_types] == [
        (1, frozenset({1, 2})),
        (2, frozenset({2})),
        (1, frozenset()),
    ]


def test_site_dependent_files_may_leave_out_their_depot(tmp_path: Path) -> None:
    text = with_lines("VEHICLES : 1", "VEHICLES_ALLOWED_CLIENTS_SECTION", "1 2 3", kind="SDVRPTW")
    assert parse(tmp_path, text.replace("DEPOT_SECTION\n1\n-1\n", "")).depots == 1


def test_an_sdvrp_without_sites_splits_its_deliveries(tmp_path: Path) -> None:
    instance = parse(tmp_path, with_lines(kind="SDVRP").replace("2 4", "2 40"))
    assert instance.split
    assert instance.delivery[1, 0] == 40


def test_open_routes_end_at_their_last_client(tmp_path: Path) -> None:
    assert parse(tmp_path, with_lines(kind="OVRP")).vehicle_types[0].end is None


def test_several_loads(tmp_path: Path) -> None:
    text = SMALL.replace("CAPACITY : 10", "CAPACITY : 10 3").replace("1 0\n2 4\n3 6", "1 0 0\n2 4 1\n3 6 2")
    instance = parse(tmp_path, text)
    assert instance.delivery.tolist() == [[0, 0], [4, 1], [6, 2]]
    assert instance.vehicle_types[0].capacity == (10, 3)


@pytest.mark.parametrize("kind", ["TSP", "TSP (M.~Hofmeister)", "tsp"])
def test_a_tsp_is_one_vehicle_from_the_first_node(tmp_path: Path, kind: str) -> None:
    text = f"NAME: t\nTYPE: {kind}\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n"
    instance = parse(tmp_path, text + "1 0 0\n2 3e0 4.0\n3 1 1\n EOF\n")
    assert instance.vehicle_types == (VehicleType(count=1),)
    assert (instance.depots, instance.n_clients) == (1, 2)
    assert instance.exact


def test_windows_line_ends_and_old_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.vrp"
    path.write_bytes(("COMMENT : caf\xe9\n" + SMALL).replace("\n", "\r\n").encode("latin-1"))
    assert read_vrplib_with_rule(path)[0].n_clients == 2


def test_eleven_thousand_nodes_are_read_within_two_seconds(tmp_path: Path) -> None:
    n = 11_000
    coords = np.random.default_rng(0).integers(0, 1000, (n, 2)).tolist()
    text = SMALL.split("NODE_COORD")[0].replace("DIMENSION : 3", f"DIMENSION : {n}") + "NODE_COORD_SECTION\n"
    text += "".join(f"{k + 1} {x} {y}\n" for k, (x, y) in enumerate(coords)) + "DEMAND_SECTION\n1 0\n"
    text += "".join(f"{k + 1} 3\n" for k in range(1, n)) + "DEPOT_SECTION\n1\n-1\nEOF\n"
    before = os.times().user
    assert parse(tmp_path, text).n_clients == n - 1
    assert os.times().user - before < 2.0


def test_names_are_those_of_their_nodes_whatever_their_order(tmp_path: Path) -> None:
    text = SMALL.replace("1 0 0\n2 3 4\n3 1 1\n", "2 3 4 shop\n3 1 1 kiosk\n1 0 0 yard\n")
    instance = parse(tmp_path, text)
    assert instance.names == ("yard", "shop", "kiosk")
    assert instance.coords is not None
    assert instance.coords.tolist() == [[0, 0], [3, 4], [1, 1]]
