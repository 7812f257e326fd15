"""Every way in which a VRPLIB file can be broken gives one line that names the place and the value."""

from pathlib import Path

import pytest

from routewright.data import FormatError
from tests.data.formats.vrplib_text import SMALL, parse, with_lines

EXPLICIT = """TYPE : TSP
DIMENSION : 3
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : FULL_MATRIX
EDGE_WEIGHT_SECTION
0 1 2
1 0 3
2 3 0
EOF
"""
FLEET = with_lines("VEHICLES : 2", "CAPACITY_SECTION", "1 10", "2 7").replace("CAPACITY : 10\n", "")
TWO_DEPOTS = SMALL.replace("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n1\n2\n").replace("\n2 4\n", "\n2 0\n")

BROKEN: dict[str, tuple[str, int | None, str]] = {
    # what: (text, line, words of the message)
    "no TYPE": (SMALL.replace("TYPE : CVRP\n", ""), None, "TYPE is missing"),
    "unknown TYPE": (SMALL.replace("CVRP", "SOP"), 2, "TYPE is SOP, must be one of TSP, ATSP, CVRP"),
    "unknown field": (SMALL.replace("CAPACITY", "CAPACTY"), 4, "CAPACTY is no known field"),
    "unknown section": (with_lines("TURN_SECTION", "1 2"), 17, "TURN_SECTION is no known section"),
    "no DIMENSION": (SMALL.replace("DIMENSION : 3\n", ""), None, "DIMENSION is missing"),
    "DIMENSION too large": (SMALL.replace("DIMENSION : 3", "DIMENSION : 4"), 9, "has 3 rows, DIMENSION is 4"),
    "DIMENSION too small": (SMALL.replace("DIMENSION : 3", "DIMENSION : 2"), 9, "has 3 rows, DIMENSION is 2"),
    "DIMENSION zero": (SMALL.replace("DIMENSION : 3", "DIMENSION : 0"), 3, "DIMENSION is 0, must be a whole number"),
    "DIMENSION absurd": (EXPLICIT.replace("DIMENSION : 3", "DIMENSION : 3e12"), 2, "from 1 to 10000000"),
    "DIMENSION fraction": (SMALL.replace("DIMENSION : 3", "DIMENSION : 2.5"), 3, "DIMENSION is 2.5"),
    "DIMENSION word": (SMALL.replace("DIMENSION : 3", "DIMENSION : three"), 3, "DIMENSION: 'three' is not a number"),
    "DIMENSION empty": (SMALL.replace("DIMENSION : 3", "DIMENSION :"), 3, "DIMENSION has no value"),
    "header twice": ("CAPACITY : 3\n" + SMALL, 5, "CAPACITY stands twice, first in line 1"),
    "section twice": (with_lines("DEMAND_SECTION", "1 0"), 17, "DEMAND_SECTION stands twice, first in line 10"),
    "text without a place": ("hello world\n" + SMALL, 1, "'hello world' is neither a field"),
    "numbers after a header": ("1 2 3\n" + SMALL, 1, "'1 2 3' is neither a field"),
    "truncated coordinates": (SMALL.split("3 1 1")[0], 8, "NODE_COORD_SECTION has 2 rows, DIMENSION is 3"),
    "truncated row": (SMALL.split(" 1\nDEMAND")[0], 9, "NODE_COORD_SECTION: 2 values, must be 3: '3 1'"),
    "truncated demands": (SMALL.split("3 6")[0], None, "DEPOT_SECTION is missing"),
    "demand missing": (SMALL.replace("\n3 6\n", "\n"), 12, "DEMAND_SECTION: node 3 is missing"),
    "truncated before depots": (SMALL.split("DEPOT")[0], None, "DEPOT_SECTION is missing"),
    "truncated in depots": (SMALL.split("1\n-1")[0], 14, "DEPOT_SECTION names no depot"),
    "no coordinates": (
        SMALL.replace("NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 1 1\n", ""), None, "NODE_COORD_SECTION is missing",
    ),
    "no demands": (SMALL.replace("DEMAND_SECTION\n1 0\n2 4\n3 6\n", ""), None, "DEMAND_SECTION is missing"),
    "no CAPACITY": (SMALL.replace("CAPACITY : 10\n", ""), None, "CAPACITY is missing"),
    "negative CAPACITY": (SMALL.replace(": 10", ": -10"), 4, "CAPACITY is -10, must be finite and >= 0"),
    "coordinate NaN": (SMALL.replace("2 3 4", "2 nan 4"), 8, "NODE_COORD_SECTION: 'nan' is not a number"),
    "coordinate infinite": (SMALL.replace("2 3 4", "2 inf 4"), 8, "coordinate inf, must be finite"),
    "coordinate word": (SMALL.replace("2 3 4", "2 x 4"), 8, "NODE_COORD_SECTION: 'x' is not a number"),
    "duplicate id": (SMALL.replace("3 1 1", "2 1 1"), 9, "node id 2 stands twice"),
    "id fraction": (SMALL.replace("3 1 1", "2.5 1 1"), 9, "node id 2.5 is not whole"),
    "demand negative": (SMALL.replace("\n2 4\n", "\n2 -4\n"), 12, "DEMAND_SECTION: node 2 asks -4"),
    "demand NaN": (SMALL.replace("\n2 4\n", "\n2 NaN\n"), 12, "DEMAND_SECTION: 'NaN' is not a number"),
    "demand word": (SMALL.replace("\n2 4\n", "\n2 four\n"), 12, "DEMAND_SECTION: 'four' is not a number"),
    "demand in Python's way": (SMALL.replace("\n2 4\n", "\n2 0_4\n"), 12, "DEMAND_SECTION: '0_4' is not a number"),
    "demand above capacity": (
        SMALL.replace("\n3 6\n", "\n3 60\n"), 13, "DEMAND_SECTION: node 3 asks 60, above every capacity (largest 10)",
    ),
    "demand of a depot": (SMALL.replace("\n1 0\n2", "\n1 5\n2"), 11, "node 1 is a depot and asks 5"),
    "demand of no node": (SMALL.replace("\n3 6\n", "\n9 6\n"), 13, "DEMAND_SECTION: node 9 does not exist"),
    "demand twice": (SMALL.replace("\n3 6\n", "\n2 6\n"), 13, "DEMAND_SECTION: node id 2 stands twice"),
    "unknown depot": (SMALL.replace("DEPOT_SECTION\n1", "DEPOT_SECTION\n7"), 15, "node 7 does not exist"),
    "depot twice": (SMALL.replace("DEPOT_SECTION\n1", "DEPOT_SECTION\n1 1"), 15, "depot 1 stands twice"),
    "depot fraction": (SMALL.replace("DEPOT_SECTION\n1", "DEPOT_SECTION\n1.5"), 15, "1.5 is not a whole number"),
    "no EDGE_WEIGHT_TYPE": (SMALL.replace("EDGE_WEIGHT_TYPE : EUC_2D\n", ""), None, "EDGE_WEIGHT_TYPE is missing"),
    "unknown EDGE_WEIGHT_TYPE": (SMALL.replace("EUC_2D", "XRAY1"), 5, "EDGE_WEIGHT_TYPE is XRAY1, must be"),
    "unknown EDGE_WEIGHT_FORMAT": (EXPLICIT.replace("FULL_MATRIX", "FULL"), 4, "EDGE_WEIGHT_FORMAT is FULL, must be"),
    "no EDGE_WEIGHT_FORMAT": (EXPLICIT.replace("EDGE_WEIGHT_FORMAT : FULL_MATRIX\n", ""), None, "is missing, must be"),
    "no matrix": (EXPLICIT.split("EDGE_WEIGHT_SECTION")[0], None, "EDGE_WEIGHT_SECTION is missing"),
    "matrix too small": (EXPLICIT.replace("2 3 0\n", ""), 5, "holds 6 numbers, FULL_MATRIX of 3 nodes needs 9"),
    "matrix too large": (EXPLICIT.replace("2 3 0", "2 3 0 9"), 5, "holds 10 numbers, FULL_MATRIX of 3 nodes needs 9"),
    "matrix NaN": (EXPLICIT.replace("1 0 3", "1 0 nan"), 7, "EDGE_WEIGHT_SECTION: 'nan' is not a number"),
    "matrix word": (EXPLICIT.replace("1 0 3", "1 0 1,5"), 7, "EDGE_WEIGHT_SECTION: '1,5' is not a number"),
    "matrix negative": (EXPLICIT.replace("1 0 3", "1 0 -3"), 7, "EDGE_WEIGHT_SECTION: -3, must be finite and >= 0"),
    "matrix infinite": (EXPLICIT.replace("2 3 0", "2 inf 0"), 8, "EDGE_WEIGHT_SECTION: inf, must be finite"),
    "window closes first": (
        with_lines("TIME_WINDOW_SECTION", "1 0 9", "2 8 3", "3 0 9"), 19, "node 2 closes at 3, before it opens at 8",
    ),
    "window of one number": (with_lines("TIME_WINDOW_SECTION", "1 0 9", "2 8", "3 0 9"), 19, "2 values, must be 3"),
    "window missing": (with_lines("TIME_WINDOW_SECTION", "1 0 9", "3 0 9"), 19, "node 2 is missing"),
    "service negative": (with_lines("SERVICE_TIME_SECTION", "1 0", "2 0", "3 -1"), 20, "node 3 has -1, must be finite"),
    "SERVICE_TIME negative": ("SERVICE_TIME : -5\n" + SMALL, 1, "SERVICE_TIME is -5, must be one finite number >= 0"),
    "two service times": (
        "SERVICE_TIME : 5\n" + with_lines("SERVICE_TIME_SECTION", "1 0", "2 0", "3 1"), 1, "contradict",
    ),
    "prize infinite": (with_lines("PRIZE_SECTION", "1 0", "2 inf", "3 0"), 19, "PRIZE_SECTION: node 2 has inf"),
    "DISTANCE word": ("DISTANCE : far\n" + SMALL, 1, "DISTANCE: 'far' is not a number"),
    "two duration limits": ("DISTANCE : 9\nVEHICLES_MAX_DURATION : 8\n" + SMALL, None, "both limit the duration"),
    "no vehicle": ("VEHICLES : 0\n" + SMALL, 1, "VEHICLES is 0, must be a whole number from 1"),
    "vehicles without number": (FLEET.replace("VEHICLES : 2\n", ""), 16, "VEHICLES is missing, but CAPACITY_SECTION"),
    "too few vehicle rows": (FLEET.replace("VEHICLES : 2", "VEHICLES : 3"), 17, "has 2 rows, VEHICLES is 3"),
    "vehicle out of order": (FLEET.replace("2 7\n", "3 7\n"), 19, "CAPACITY_SECTION: vehicle 3, must be 2"),
    "vehicle capacity negative": (FLEET.replace("2 7\n", "2 -7\n"), 19, "CAPACITY_SECTION: '2 -7', must be"),
    "vehicles at which depot": ("VEHICLES : 2\n" + TWO_DEPOTS, 1, "no VEHICLES_DEPOT_SECTION says at which depot"),
    "vehicle at a client": (
        "VEHICLES : 1\n" + with_lines("VEHICLES_DEPOT_SECTION", "1 2"), 19, "vehicle 1 names [2], must be depots",
    ),
    "vehicle at two depots": (
        "VEHICLES : 1\n" + TWO_DEPOTS.replace("EOF", "VEHICLES_DEPOT_SECTION\n1 1 2"), 20, "has 2 nodes, must be 1",
    ),
    "allowed client unknown": (
        "VEHICLES : 1\n" + with_lines("VEHICLES_ALLOWED_CLIENTS_SECTION", "1 2 44"), 19, "node 44 does not exist",
    ),
    "client in two groups": (
        with_lines("MUTUALLY_EXCLUSIVE_GROUP_SECTION", "1 2 3", "2 3"), 19, "node 3 stands twice",
    ),
    "depot in a group": (with_lines("MUTUALLY_EXCLUSIVE_GROUP_SECTION", "1 1 3"), 18, "node 1 is a depot"),
    "two fixed edges": (
        EXPLICIT.replace("EXPLICIT\n", "EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 1\n3 2 2\n")
        .replace("EDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION", "FIXED_EDGES_SECTION\n1 2\n2 3\n-1"),
        8,
        "only one edge of a TSP can be fixed",
    ),
    "an edge fixed in a matrix": (
        EXPLICIT.replace("EDGE_WEIGHT_SECTION", "FIXED_EDGES_SECTION\n1 2\n-1\nEDGE_WEIGHT_SECTION"), 5,
        "an edge can be fixed among coordinates only",
    ),
    "a tour with a capacity": (
        SMALL.replace("TYPE : CVRP", "TYPE : TSP"), 4, "CAPACITY: TYPE is TSP, a tour of one vehicle without limits",
    ),
    "infinite depot": (SMALL.replace("DEPOT_SECTION\n1\n", "DEPOT_SECTION\ninf\n"), 15, "inf is not a whole number"),
    "infinite id": (SMALL.replace("2 3 4", "inf 3 4"), 8, "node id inf is not whole"),
    "unknown statement": ("COMMENT : routewright: rounding=up\n" + SMALL, None, "rounding=up is unknown"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_named_with_line_and_value(tmp_path: Path, what: str) -> None:
    text, line, words = BROKEN[what]
    with pytest.raises(FormatError) as caught:
        parse(tmp_path, text)
    message = str(caught.value)
    assert "\n" not in message
    assert words in message
    place = tmp_path / "small.vrp"
    assert message.startswith(f"{place}:{line}: " if line else f"{place}: "), message


def test_rounding_must_be_known_and_fit(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="rounding is 'up', must be one of auto, none"):
        parse(tmp_path, SMALL, "up")
    with pytest.raises(FormatError, match="rounding is geo, which needs coordinates"):
        parse(tmp_path, EXPLICIT, "geo")


RICH = with_lines(
    "VEHICLES : 2",
    *("TIME_WINDOW_SECTION", "1 0 9", "2 1 8", "3 0 9"),
    *("PRIZE_SECTION", "1 0", "2 3", "3 0"),
    *("MUTUALLY_EXCLUSIVE_GROUP_SECTION", "1 2 3"),
    *("CAPACITY_SECTION", "1 10", "2 7"),
    *("VEHICLES_DEPOT_SECTION", "1 1", "2 1"),
    *("VEHICLES_RELOAD_DEPOT_SECTION", "1 1", "2 1"),
    *("VEHICLES_ALLOWED_CLIENTS_SECTION", "1 2 3", "2 3"),
    "COMMENT : routewright: rounding=trunc1 scale=10 objective=cost",
).replace("CAPACITY : 10\n", "")


@pytest.mark.parametrize("text", [RICH, EXPLICIT])
def test_no_cut_breaks_the_reader_itself(tmp_path: Path, text: str) -> None:
    assert parse(tmp_path, text).n_clients == 2
    for end in range(1, len(text)):
        _read_or_refuse(tmp_path, text[:end])


@pytest.mark.parametrize("text", [RICH, EXPLICIT])
@pytest.mark.parametrize("symbol", ["-", "x", ".", "9", " ", "\n", ":", "nan"])
def test_no_wrong_symbol_breaks_the_reader_itself(tmp_path: Path, text: str, symbol: str) -> None:
    for place in range(0, len(text), 3):
        _read_or_refuse(tmp_path, text[:place] + symbol + text[place + 1 :])


def _read_or_refuse(folder: Path, text: str) -> None:
    try:
        parse(folder, text)
    except FormatError as error:
        refusal = str(error)
    else:
        refusal = ""
    assert "\n" not in refusal
