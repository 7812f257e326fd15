"""Means over instances and spreads over seeds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev

from routewright.compare.table import Row


@dataclass(frozen=True)
class Cell:
    """The gap of one solver at one budget, over some instances.

    Attributes:
        mean: percent, the mean over instances of the mean over seeds; None where nothing is known.
        spread: sample standard deviation over seeds of the mean over instances; None below two seeds.
        instances: how many have a gap.
        asked: how many were asked for.
    """

    mean: float | None
    spread: float | None
    instances: int
    asked: int


def cell(rows: Iterable[Row], asked: int | None = None) -> Cell:
    """Summarise the rows of one solver and budget.

    An instance counts only with all its seeds: leaving out the runs that failed would flatter.

    Args:
        rows: all of one solver and budget.
        asked: how many instances there are; None is as many as the rows speak of.
    """
    gaps: dict[str, dict[int, float | None]] = defaultdict(dict)
    for row in rows:
        gaps[row.instance][row.seed] = row.gap
    whole = {name: seeds for name, seeds in gaps.items() if None not in seeds.values()}
    means = [fmean(_known(seeds.values())) for seeds in whole.values()]
    return Cell(fmean(means) if means else None, _spread(whole.values()), len(whole), asked or len(gaps))


def _spread(instances: Iterable[dict[int, float | None]]) -> float | None:
    by_instance = list(instances)
    common = set.intersection(*(set(seeds) for seeds in by_instance)) if by_instance else set()
    if len(common) < 2:
        return None
    return stdev(fmean(_known(seeds[seed] for seeds in by_instance)) for seed in sorted(common))


def _known(gaps: Iterable[float | None]) -> list[float]:
    return [value for value in gaps if value is not None]
