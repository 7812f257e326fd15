"""How solvers stand at a budget: gaps, what they solved, what they answered at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from routewright.compare.aggregate import cell
from routewright.compare.table import Row

SOLVED = 1e-7
"""Percent above the reference at which an answer still is as good: costs are quotients and roots."""


@dataclass(frozen=True)
class Standing:
    """One solver at one budget, over some instances.

    Attributes:
        solver: name and options.
        budget: seconds.
        mean: percent above the references, over the instances that have a gap for all seeds; of their means over seeds.
        spread: standard deviation of the mean over seeds; None below two.
        median: likewise.
        worst: likewise.
        solved: share of runs with an answer as good as the reference, or better.
        feasible: share of runs with a feasible answer in time.
        instances: how many have a gap.
        asked: how many there are.
    """

    solver: str
    budget: float
    mean: float | None
    spread: float | None
    median: float | None
    worst: float | None
    solved: float
    feasible: float
    instances: int
    asked: int


def standing(rows: Sequence[Row], solver: str, budget: float, asked: int | None = None) -> Standing:
    """Of the rows of ``solver`` at ``budget``; ``asked`` is the number of instances, where rows are missing."""
    mine = [row for row in rows if row.solver == solver and row.budget == budget]
    summary, gaps = cell(mine, asked), list(instance_gaps(mine).values())
    runs = max(len(mine), 1)
    return Standing(
        solver,
        budget,
        summary.mean,
        summary.spread,
        median(gaps) if gaps else None,
        max(gaps, default=None),
        sum(row.gap is not None and row.gap <= SOLVED for row in mine) / runs,
        sum(row.cost is not None for row in mine) / runs,
        summary.instances,
        summary.asked,
    )


def instance_gaps(rows: Iterable[Row]) -> dict[str, float]:
    """Mean gap over seeds of each instance, where every seed has one; the rows are of one solver and budget."""
    gaps: dict[str, list[float | None]] = defaultdict(list)
    for row in rows:
        gaps[row.instance].append(row.gap)
    return {name: fmean(known) for name, found in gaps.items() if len(known := _known(found)) == len(found)}


def _known(gaps: list[float | None]) -> list[float]:
    return [gap for gap in gaps if gap is not None]
