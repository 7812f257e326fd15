"""Whether one solver is better than another, on the same instances."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from routewright.compare.standing import instance_gaps
from routewright.compare.table import Row

RESAMPLES = 10_000
LEVEL = 0.95
SIGNIFICANT = 0.05
EQUAL = 1e-9
"""Percent by which gaps may differ and yet be the same."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """A solver against another, at one budget.

    Attributes:
        solver: name and options.
        other: what it is measured against.
        budget: seconds.
        instances: on which both have a gap for all seeds.
        better: of these, on how many the solver is the better one.
        worse: on how many it is the worse one.
        difference: mean gap less that of the other, in points of percent; below zero the solver is better.
        low: lower end of the 95 % bootstrap interval of the difference (percentiles of resampled instances).
        high: its upper end.
        p: of Wilcoxon's signed-rank test on the gaps by instance, two-sided, after Holm's correction for the number of
            solvers at this budget.
        ranks: sum of the signed ranks, which that test is about; below zero the solver is better.
    """

    solver: str
    other: str
    budget: float
    instances: int
    better: int
    worse: int
    difference: float
    low: float
    high: float
    p: float
    ranks: float = 0.0

    @property
    def verdict(self) -> str:
        """Better or worse, where the test says so and the means do not say the opposite; open otherwise."""
        if self.p >= SIGNIFICANT or self.ranks * self.difference <= 0:
            return "open"
        return "better" if self.difference < 0 else "worse"


def pairs(rows: Sequence[Row], solvers: Sequence[str]) -> list[Pair]:
    """Each solver against the first one at each budget at which they share instances."""
    found = []
    other, *others = solvers
    for budget in sorted({row.budget for row in rows}):
        here = [row for row in rows if row.budget == budget]
        compared = [pair for solver in others if (pair := _pair(here, solver, other, budget)) is not None]
        found += [replace(pair, p=p) for pair, p in zip(compared, holm([pair.p for pair in compared]), strict=True)]
    return found


def _pair(rows: Sequence[Row], solver: str, other: str, budget: float) -> Pair | None:
    mine, theirs = (instance_gaps(row for row in rows if row.solver == name) for name in (solver, other))
    shared = [name for name in mine if name in theirs]
    if not shared:
        return None
    apart = np.array([mine[name] - theirs[name] for name in shared])
    apart[np.abs(apart) <= EQUAL] = 0.0
    low, high = interval(apart)
    better, worse = int((apart < 0).sum()), int((apart > 0).sum())
    return Pair(
        solver, other, budget, len(shared), better, worse, float(apart.mean()), low, high, signed_ranks(apart),
        rank_sum(apart),
    )  # fmt: skip


def signed_ranks(apart: Floats) -> float:
    """Two-sided p of Wilcoxon's signed-rank test that differences lie around zero; zeros are left out."""
    from scipy.stats import wilcoxon

    if not apart.any():
        return 1.0
    return float(wilcoxon(apart[apart != 0.0]).pvalue)


def rank_sum(apart: Floats) -> float:
    """What that test is about: ranks of the differences by size, with their signs, summed up."""
    from scipy.stats import rankdata

    there = apart[apart != 0.0]
    return float((np.sign(there) * rankdata(np.abs(there))).sum())


def interval(values: Floats, seed: int = 0) -> tuple[float, float]:
    """Bootstrap interval of the mean (Efron & Tibshirani 1993, section 13.3), by percentiles."""
    draws = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def holm(ps: Sequence[float]) -> list[float]:
    """Corrected for asking several times (Holm 1979): the smallest by their number, the next by one less, and so on."""
    corrected, highest = [1.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda each: ps[each])):
        highest = max(highest, min(1.0, ps[place] * (len(ps) - rank)))
        corrected[place] = highest
    return corrected
