"""The primal integral: how far a run was from the best known cost, on average over its time.

Berthold 2013 (Operations Research Letters 41(6)), equations 2 to 4. The gap is 100 % before the first solution. We
divide by the time, so that 0 % is the best cost from the first moment on. A cost below the reference has no gap.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from statistics import fmean

from routewright.compare.reading import improvements, longest_runs
from routewright.compare.record import Record

AT_THE_END = 0.95
"""Share of a run's time after which a first solution is its answer and no news on the way."""


def primal_integral(record: Record, reference: float) -> float:
    """Percent, over the whole budget of the run; 100 where it has no feasible answer."""
    end = record.budget
    steps = [
        (0.0, 1.0),
        *((seconds, primal_gap(cost, reference)) for seconds, cost in improvements(record)),
        (end, 0.0),
    ]
    area = sum(gap * (min(later, end) - min(now, end)) for (now, gap), (later, _) in pairwise(steps))
    return 100.0 * area / end


def primal_gap(cost: float, reference: float) -> float:
    """From 0 to 1, Berthold's equation 2."""
    if cost <= reference:
        return 0.0
    if cost * reference < 0:
        return 1.0
    return (cost - reference) / max(abs(cost), abs(reference))


def mean_integral(records: Iterable[Record], references: Mapping[str, float]) -> float | None:
    """Percent, of the longest run on each instance and seed; mean over instances of the mean over seeds.

    None for a solver that tells of nothing before it ends.
    """
    longest = longest_runs(records)
    found: dict[str, list[float]] = defaultdict(list)
    for record in longest:
        if record.instance in references and not record.unsupported:
            found[record.instance].append(primal_integral(record, references[record.instance]))
    if not found or _silent(longest):
        return None
    return fmean(map(fmean, found.values()))


def _silent(records: Iterable[Record]) -> bool:
    """Whether none of the answers was told of before its run was over: the integral would speak of that alone."""
    answered = [record for record in records if record.feasible and record.cpu >= record.budget / 2]
    return bool(answered) and all(
        not record.trajectory or record.trajectory[0][0] >= AT_THE_END * record.cpu for record in answered
    )  # fmt: skip
