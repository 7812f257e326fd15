"""Running commands in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from routewright.cli import main

SQUARE = """NAME : square
TYPE : CVRP
DIMENSION : 5
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 0 10
3 10 10
4 10 0
5 30 0
DEMAND_SECTION
1 0
2 3
3 3
4 3
5 3
DEPOT_SECTION
1
-1
EOF
"""


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def routewright(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line with the given words."""

    def run(*words: Any) -> Outcome:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def square(tmp_path: Path) -> Path:
    """A small CVRP: a depot in a corner, clients on the other three and one further out.

    A vehicle takes three of the four. Best is client 1 alone (10 + 10) and 2, 4, 3 in one route,
    14 + 22 + 20 + 10 = 66: together 86.
    """
    path = tmp_path / "square.vrp"
    path.write_text(SQUARE, encoding="utf-8")
    return path
