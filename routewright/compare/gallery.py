"""The best routes of a comparison, to be looked at."""

import json
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from routewright.compare.comparison import Comparison
from routewright.compare.objective import VEHICLES_FIRST
from routewright.compare.record import Record
from routewright.compare.table import gap
from routewright.data.draw import plot
from routewright.data.errors import InstanceError
from routewright.data.formats.json_solution import solution_from_json
from routewright.data.formats.read import read

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 6
"""Pictures of routes in a report."""


@dataclass(frozen=True)
class Picture:
    """Routes that were drawn.

    Attributes:
        axes: the drawing.
        words: instance, cost, gap and who found it.
    """

    axes: "Axes"
    words: str


def best_routes(found: Comparison, most: int = MOST) -> list[Picture]:
    """The cheapest routes of instances that have coordinates, spread evenly over all of them."""
    best = [record for name in found.files if (record := _cheapest(found, name)) is not None]
    step = max(1.0, len(best) / most)
    chosen = [best[int(place * step)] for place in range(min(most, len(best)))]
    return [picture for record in chosen if (picture := _drawn(found, record)) is not None]


def _cheapest(found: Comparison, name: str) -> Record | None:
    there = [record for record in found.best_records if record.instance == name and record.solution is not None]
    return min(there, key=_rank, default=None)


def _rank(record: Record) -> tuple[float, float]:
    cost = inf if record.cost is None else record.cost
    return (record.vehicles if record.objective == VEHICLES_FIRST else 0, cost)


def _drawn(found: Comparison, record: Record) -> Picture | None:
    file = found.files[record.instance]
    instance = found.given[file.stem] if file.stem in found.given else read(file, rounding=found.rounding)
    solution = solution_from_json(json.dumps(record.solution))
    known = found.yardsticks.get(record.instance)
    above = gap(record.cost, known.cost if known else None)
    words = f"{record.instance}: cost {record.cost:.8g} by {record.solver} in {record.budget:g} s"
    try:
        axes = plot(instance, solution, legend=False, title="")
    except InstanceError:  # no coordinates
        return None
    return Picture(axes, words if above is None else f"{words}, gap {round(above, 2) + 0.0:.2f} %")
