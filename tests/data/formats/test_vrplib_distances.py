"""EDGE_WEIGHT_TYPE and EDGE_WEIGHT_FORMAT, by distances computed by hand."""

from pathlib import Path

import pytest

from tests.data.formats.vrplib_text import SMALL, parse

FULL = [[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0]]


@pytest.mark.parametrize(
    ("kind", "rounding", "expected"),
    [
        ("EUC_2D", "round", [5, 1, 4]),  # 5, 1.41, 3.61
        ("CEIL_2D", "ceil", [5, 2, 4]),
        ("ATT", "att", [2, 1, 2]),  # 1.58 -> 2; 0.45 -> 0, too little, 1; 1.14 -> 1, too little, 2
    ],
)
def test_plane_distances_follow_their_type(tmp_path: Path, kind: str, rounding: str, expected: list[int]) -> None:
    instance = parse(tmp_path, SMALL.replace("EUC_2D", kind))
    assert instance.rounding == rounding
    assert instance.distance([0, 0, 1], [1, 2, 2]).tolist() == expected
    assert instance.exact


def test_geo_reads_degrees_and_minutes(tmp_path: Path) -> None:
    text = SMALL.replace("EUC_2D", "GEO").replace("2 3 4", "2 0.00 90.00").replace("3 1 1", "3 0.00 0.30")
    instance = parse(tmp_path, text)
    # A quarter of 2 pi 6378.388 is 10019.15, half a degree 55.66; the rule adds one and cuts off.
    assert instance.distance([0, 0], [1, 2]).tolist() == [10020, 56]
    assert instance.distance(1, 1) == 0


@pytest.mark.parametrize(
    ("layout", "numbers"),
    [
        ("FULL_MATRIX", "9 1 2 3  1 9 4 5  2 4 9 6  3 5 6 9"),
        ("LOWER_ROW", "1  2 4  3 5 6"),
        ("UPPER_ROW", "1 2 3  4 5  6"),
        ("LOWER_DIAG_ROW", "9  1 9  2 4 9  3 5 6 9"),
        ("UPPER_DIAG_ROW", "9 1 2 3  9 4 5  9 6  9"),
        ("LOWER_COL", "1 2 3  4 5  6"),
        ("UPPER_COL", "1  2 4  3 5 6"),
        ("LOWER_DIAG_COL", "9 1 2 3  9 4 5  9 6  9"),
        ("UPPER_DIAG_COL", "9  1 9  2 4 9  3 5 6 9"),
    ],
)
@pytest.mark.parametrize("width", [2, 5, 99])
def test_every_layout_gives_the_same_matrix(tmp_path: Path, layout: str, numbers: str, width: int) -> None:
    words = numbers.split()  # lines may break anywhere
    rows = "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))
    instance = parse(
        tmp_path,
        "TYPE: TSP\nDIMENSION: 4\nEDGE_WEIGHT_TYPE: EXPLICIT\n"
        f"EDGE_WEIGHT_FORMAT: {layout}\nEDGE_WEIGHT_SECTION\n{rows}\nEOF\n",
    )
    assert instance.distance_matrix().tolist() == FULL
    assert (instance.metric, instance.rounding, instance.n_clients) == ("explicit", "none", 3)


def test_an_asymmetric_matrix_keeps_its_directions(tmp_path: Path) -> None:
    text = "TYPE: ATSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX\n"
    instance = parse(tmp_path, text + "EDGE_WEIGHT_SECTION\n999 1\n2 999\nEOF\n")
    assert instance.distance_matrix().tolist() == [[0, 1], [2, 0]]
    (vehicle,) = instance.vehicle_types
    assert (vehicle.count, vehicle.capacity) == (1, ())


@pytest.mark.parametrize(
    ("asked", "expected", "scale"),
    [("none", 2**0.5, 1), ("round", 1, 1), ("ceil", 2, 1), ("trunc1", 14, 10), ("scale1000", 1414, 1000)],
)
def test_the_user_may_ask_for_another_rounding(tmp_path: Path, asked: str, expected: float, scale: int) -> None:
    instance = parse(tmp_path, rounding=asked)
    assert instance.distance(0, 2) == expected
    assert (instance.rounding, instance.scale) == (asked, scale)


def test_asking_for_a_rounding_applies_to_explicit_distances(tmp_path: Path) -> None:
    text = "TYPE: TSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\n"
    instance = parse(tmp_path, text + "EDGE_WEIGHT_SECTION\n1.27\nEOF\n", "trunc1")
    assert instance.distance(0, 1) == 12


def test_display_coordinates_are_for_drawing_only(tmp_path: Path) -> None:
    text = "TYPE: TSP\nDIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\n"
    text += "EDGE_WEIGHT_SECTION\n7\nDISPLAY_DATA_SECTION\n1 0 0\n2 3 4\nEOF\n"
    instance = parse(tmp_path, text)
    assert instance.coords is not None
    assert instance.coords.tolist() == [[0, 0], [3, 4]]
    assert instance.distance(0, 1) == 7


def test_a_fixed_edge_is_the_only_way_out_of_its_first_node(tmp_path: Path) -> None:
    text = SMALL.replace("TYPE : CVRP", "TYPE : TSP").replace("EOF", "FIXED_EDGES_SECTION\n1 2\n-1\nEOF")
    matrix = parse(tmp_path, text.replace("CAPACITY : 10\n", "")).distance_matrix()
    assert matrix[0, 1] == 5
    assert matrix[0, 2] > 5 + 4 + 1
    assert matrix[2, 0] == 1
