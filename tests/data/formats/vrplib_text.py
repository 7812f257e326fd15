"""A small VRPLIB file to vary in tests."""

from pathlib import Path

from routewright.data import Instance
from routewright.data.formats.vrplib_reader import read_vrplib

SMALL = """NAME : small
TYPE : CVRP
DIMENSION : 3
CAPACITY : 10
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
DEMAND_SECTION
1 0
2 4
3 6
DEPOT_SECTION
1
-1
EOF
"""


def parse(folder: Path, text: str = SMALL, rounding: str = "auto") -> Instance:
    """What the reader makes of ``text``."""
    path = folder / "small.vrp"
    path.write_text(text)
    return read_vrplib(path, rounding)


def with_lines(*extra: str, kind: str = "CVRP") -> str:
    """SMALL as another TYPE, with more headers or sections before its end."""
    return SMALL.replace("TYPE : CVRP", f"TYPE : {kind}").replace("EOF\n", "".join(f"{line}\n" for line in extra))
