"""Examples do what they say."""

import runpy
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_a_rule_of_ones_own_keeps_routes_short() -> None:
    names = runpy.run_path(str(EXAMPLES / "own_rule.py"))
    stops = names["main"]()
    assert sum(stops) == 23
    assert max(stops) == names["MOST"]
