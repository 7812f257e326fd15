"""Gaps over time, averaged: what the curves of a report show."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from routewright.compare.reading import improvements, longest_runs
from routewright.compare.record import Record
from routewright.compare.table import gap
from routewright.compare.yardstick import Yardstick


@dataclass(frozen=True)
class Curve:
    """Mean gap over runs as a step function.

    Attributes:
        solver: name and options.
        seconds: at which it changes, and the end of the runs.
        gaps: percent, from each of these seconds on.
        runs: so many it is the mean of.
        left_out: runs without a feasible answer in time, or without a reference.
    """

    solver: str
    seconds: tuple[float, ...]
    gaps: tuple[float, ...]
    runs: int
    left_out: int


def curve(solver: str, records: Sequence[Record], by: Mapping[str, Yardstick]) -> Curve | None:
    """Of the longest run of a solver on each instance and seed; None where none has an answer.

    It begins when all of the runs have a solution.
    """
    longest = longest_runs(records)
    runs = [steps for record in longest if (steps := _steps(record, by))]
    if not runs:
        return None
    end = max(record.budget for record in longest)
    begin = min(end, max(steps[0][0] for steps in runs))
    seconds = sorted({begin, end, *(moment for steps in runs for moment, _ in steps if begin < moment < end)})
    gaps = tuple(fmean(_at(steps, moment) for steps in runs) for moment in seconds)
    return Curve(solver, tuple(seconds), gaps, len(runs), len(longest) - len(runs))


def _steps(record: Record, by: Mapping[str, Yardstick]) -> list[tuple[float, float]]:
    """(second, gap) of each improvement."""
    if record.instance not in by:
        return []
    known = by[record.instance].cost
    return [(seconds, value) for seconds, cost in improvements(record) if (value := gap(cost, known)) is not None]


def _at(steps: Sequence[tuple[float, float]], moment: float) -> float:
    """The gap then; of an answer that came a moment after the end, that of the answer."""
    return steps[max(0, bisect_right(steps, moment, key=lambda step: step[0]) - 1)][1]
