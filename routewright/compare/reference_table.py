"""Costs to compare with, from a CSV of the user's."""

import csv
from math import isfinite
from pathlib import Path

from routewright.data.errors import FormatError

NAMES = ("instance", "name")
COSTS = ("best_known", "bks", "cost", "reference")
"""Headings of the two columns that count, in any letters; the first of these that is there."""


def read_reference_costs(path: str | Path) -> dict[str, float]:
    """Cost of each instance, by the name of its file without ending, in the units in which costs are reported.

    Raises:
        FormatError: naming the missing column, or the line and the value that is no cost.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(path, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    heads = [head.strip().lower() for head in rows[0]] if rows else []
    name, cost = _column(path, heads, NAMES), _column(path, heads, COSTS)
    width = max(name, cost)
    return {row[name].strip(): _cost(path, row[cost], line) for line, row in enumerate(rows[1:], start=2)
            if len(row) > width}  # fmt: skip


def _column(path: str | Path, heads: list[str], wanted: tuple[str, ...]) -> int:
    for word in wanted:
        if word in heads:
            return heads.index(word)
    raise FormatError(path, f"has no column called {' or '.join(wanted)}; there are {', '.join(heads) or 'none'}")


def _cost(path: str | Path, text: str, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        raise FormatError(path, f"cost is {text!r}, must be a number", line) from None
    if not isfinite(value):
        raise FormatError(path, f"cost is {text!r}, must be finite", line)
    return value
