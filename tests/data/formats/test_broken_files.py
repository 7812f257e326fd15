"""Every kind of broken file gets one line that names the file, the place and the value."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from routewright.data import FormatError, Instance
from routewright.data.formats.cordeau import read_cordeau
from routewright.data.formats.csv_clients import read_csv
from routewright.data.formats.lilim import read_lilim
from routewright.data.formats.schneider import read_schneider
from routewright.data.formats.solomon import read_solomon
from tests.data.formats import test_cordeau, test_lilim, test_schneider, test_solomon

SOLOMON, LILIM, SCHNEIDER = test_solomon.SMALL, test_lilim.SMALL, test_schneider.SMALL
MDVRP, MDVRPTW, SDVRP = test_cordeau.MULTI_DEPOT, test_cordeau.MULTI_DEPOT_WINDOWS, test_cordeau.SITE_DEPENDENT
CSV = "name,type,x,y,demand,ready,due,required\na,depot,0,0,,,,\nb,client,3,4,5,1,9,yes\nc,client,6,8,7,2,8,no\n"

Case = tuple[Callable[..., Instance], str, str, str, list[str]]

# reader, whole text, what is replaced, by what, what the error must say
CASES: list[Case] = [
    (read_solomon, SOLOMON, "NUMBER     CAPACITY", "", ["no line of column titles", "NUMBER"]),
    (read_solomon, SOLOMON, "CUST NO.", "KUNDE NR.", ["no line of column titles", "CUST"]),
    (read_solomon, SOLOMON, "   2        10", "   two      10", [":5:", "number of vehicles", "'two'"]),
    (read_solomon, SOLOMON, "   2        10", "   2", [":5:", "1 values", "capacity"]),
    (read_solomon, SOLOMON, "   2        10", "   2.5      10", [":5:", "'2.5'", "whole"]),
    (read_solomon, SOLOMON, "   2        10", "   0        10", ["no vehicle"]),
    (read_solomon, SOLOMON, "     5         20 ", "     ", [":11:", "5 values, must be 7"]),
    (read_solomon, SOLOMON, " 4          5 ", " four       5 ", [":11:", "demand", "'four'"]),
    (read_solomon, SOLOMON, " 4          5 ", " nan        5 ", [":11:", "demand", "'nan'", "finite"]),
    (read_solomon, SOLOMON, " 4          5 ", " -4         5 ", ["delivery", "-4"]),
    (read_solomon, SOLOMON, " 4          5 ", " 44         5 ", ["node 1", "44", "10"]),
    (read_solomon, SOLOMON, " 4          5 ", " 4         50 ", ["node 1", "closes at 200", "opens at 500"]),
    (read_solomon, SOLOMON, "    2      3", "    1      3", [":12:", "'1'", "twice"]),
    (read_solomon, SOLOMON, SOLOMON[SOLOMON.index("    0 ") :], "", ["before the first customer"]),
    (read_lilim, LILIM, "2 50 0\n", "2 50\n", [":1:", "2 values", "speed"]),
    (read_lilim, LILIM, "2 50 0\n", "2 50 -1\n", ["speed", "-1"]),
    (read_lilim, LILIM, LILIM[7:], "", ["before the depot"]),
    (read_lilim, LILIM, "60 5 2 0", "60 5 2", [":3:", "8 values, must be 9"]),
    (read_lilim, LILIM, "0 50 5 0 1", "0 50 5 0 8", [":4:", "'8'", "no task"]),
    (read_lilim, LILIM, "0 50 5 0 1", "0 50 5 0 3", [":4:", "'3'", "same role"]),
    (read_lilim, LILIM, "-7 10", "-6 10", [":3:", "-6", "7"]),
    (read_lilim, LILIM, "2 6 8", "1 6 8", [":4:", "'1'", "twice"]),
    (read_cordeau, MDVRP, "2 2 3 2\n", "9 2 3 2\n", [":1:", "type is 9"]),
    (read_cordeau, MDVRP, "2 2 3 2\n", "1 2 3 2\n", [":1:", "periodic", "PVRP"]),
    (read_cordeau, MDVRP, "2 2 3 2\n", "2 2 3\n", [":1:", "number of depots"]),
    (read_cordeau, MDVRP, "2 2 3 2\n", "2 2 4 2\n", ["5 nodes", "promises 6"]),
    (read_cordeau, MDVRP, "2 2 3 2\n", "2 2 3 0\n", [":1:", "is 0"]),
    (read_cordeau, MDVRP, "100 20\n", "100\n", [":2:", "1 values", "capacity"]),
    (read_cordeau, MDVRP, "1 3 4 5 6", "1 3 y 5 6", [":4:", "y is 'y'"]),
    (read_cordeau, MDVRP, "6 1 2 1 2", "6 1 2 1 3", [":4:", "visit combination is 3"]),
    (read_cordeau, MDVRP, "6 1 2 1 2", "6 1 2 1", [":4:", "visit combination", "missing"]),
    (read_cordeau, SDVRP, "0 20\n", "0 -20\n", ["capacity", "-20"]),
    (read_cordeau, MDVRPTW, "1 2 10 50", "1 2 10", [":4:", "10 values, must be 11"]),
    (read_schneider, SCHNEIDER, "D0         d", "D0         c", ["no depot"]),
    (read_schneider, SCHNEIDER, "S0         f", "S0         d", [":3:", "S0", "second depot"]),
    (read_schneider, SCHNEIDER, "C7         c", "C7         q", [":4:", "'q'", "station"]),
    (read_schneider, SCHNEIDER, "  70.0       8.0", "  70.0", [":4:", "7 values, must be 8"]),
    (read_schneider, SCHNEIDER, "  70.0       8.0", "  70.0       -8.0", ["service", "-8"]),
    (read_schneider, SCHNEIDER, "/79.5/", "/full/", [":7:", "tank capacity", "'full'"]),
    (read_schneider, SCHNEIDER, "/79.5/", "/0/", ["battery", "capacity is 0"]),
    (read_schneider, SCHNEIDER, "v average Velocity /0.5/\n", "", ["line v", "velocity"]),
    (read_csv, CSV, "demand", "weight", [":1:", "'weight'", "delivery"]),
    (read_csv, CSV, "demand", "y", [":1:", "'y'", "twice"]),
    (read_csv, CSV, ",x,", ",lat,", ["x and y", "lat and lon"]),
    (read_csv, CSV, "3,4,5", "3,4,heavy", [":3:", "demand", "'heavy'"]),
    (read_csv, CSV, "3,4,5", ",4,5", [":3:", "x is empty"]),
    (read_csv, CSV, "3,4,5", "3,4,5,6", [":3:", "9 values, must be 8"]),
    (read_csv, CSV, "yes", "perhaps", [":3:", "required", "'perhaps'", "yes, 1"]),
    (read_csv, CSV, "c,client", "c,customer", [":4:", "type", "'customer'", "depot"]),
    (read_csv, CSV, "a,depot", "a,client", ["no row of type depot"]),
    (read_csv, CSV, "c,client", "b,client", [":4:", "name is 'b'"]),
    (read_csv, CSV, CSV[CSV.index("\n") + 1 :], "", ["no rows"]),
    (read_csv, CSV, "1,9", "9,1", ["node 1", "closes at 1", "opens at 9"]),
    (read_csv, CSV, "name,", '"name,', ["not CSV"]),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].__name__}: {case[2]!r} to {case[3]!r}"[:60])
def test_a_broken_file_is_answered_in_one_line(tmp_path: Path, case: Case) -> None:
    read, text, before, after, said = case
    assert before in text
    path = tmp_path / "broken.txt"
    path.write_text(text.replace(before, after, 1))
    read(written(tmp_path / "whole.txt", text))  # only the change is wrong
    with pytest.raises(FormatError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    for part in ["broken.txt", *said]:
        assert part in message


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.mark.parametrize("read", [read_solomon, read_lilim, read_cordeau, read_schneider, read_csv])
def test_a_file_that_is_not_there_empty_or_cut_anywhere_never_crashes(tmp_path: Path, read: Any) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        read(tmp_path / "nowhere")
    whole = {read_solomon: SOLOMON, read_lilim: LILIM, read_cordeau: MDVRP, read_schneider: SCHNEIDER, read_csv: CSV}[
        read
    ]
    for length in range(0, len(whole), 3):
        path = written(tmp_path / "cut", whole[:length])
        problem = ""
        try:
            read(path)  # whatever is still whole may be read
        except FormatError as error:
            problem = str(error)
        assert "\n" not in problem


@pytest.mark.parametrize("read", [read_solomon, read_lilim, read_cordeau, read_schneider, read_csv])
@pytest.mark.parametrize("rounding", ["geo", "nearest"])
def test_a_rounding_that_does_not_fit_is_named(tmp_path: Path, read: Any, rounding: str) -> None:
    with pytest.raises(FormatError, match=f"rounding is '{rounding}', must be one of auto, none"):
        read(written(tmp_path / "any", SOLOMON), rounding=rounding)
