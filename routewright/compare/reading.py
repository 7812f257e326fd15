"""What a run had found after some seconds of CPU time."""

from bisect import bisect_right
from collections.abc import Iterable
from math import inf

from routewright.compare.record import Record


def cost_after(record: Record, seconds: float) -> float | None:
    """Reported cost after ``seconds`` of CPU time; None where there was no feasible answer yet.

    A run that planned with its budget counts with its final answer at that budget alone, unless it came late. An
    anytime run is read by the CPU stamps of its improvements, which is exact also for solvers that only
    know the clock on the wall: an improvement after the last stamp of the budget does not count.
    """
    if not record.feasible or record.cost is None:
        return None
    if not record.anytime:
        return record.cost if seconds == record.budget and not record.late else None
    return cost_at(record.trajectory, seconds)


def vehicles_after(record: Record, seconds: float) -> int | None:
    """Routes of the answer whose cost ``cost_after`` tells; None where a run did not report them on the way."""
    if cost_after(record, seconds) is None:
        return None
    if not record.anytime:
        return record.vehicles
    found = bisect_right(record.fleets, seconds, key=lambda point: point[0])
    return record.fleets[found - 1][1] if found else None


def improvements(record: Record) -> list[tuple[float, float]]:
    """(CPU seconds, cost) of all that the run found in time; the answer itself where it was not reported on the way."""
    if not record.feasible or record.cost is None or (record.late and not record.anytime):
        return []
    last = record.trajectory[-1][1] if record.trajectory else inf
    answer = [(record.cpu, record.cost)] if record.cost < last and not record.anytime else []
    return [*record.trajectory, *answer]


def longest_runs(records: Iterable[Record]) -> list[Record]:
    """Of each instance and seed the run with the largest budget."""
    longest: dict[tuple[str, int], Record] = {}
    for record in sorted(records, key=lambda each: each.budget):
        longest[record.instance, record.seed] = record
    return list(longest.values())


def cost_at(trajectory: tuple[tuple[float, float], ...], seconds: float) -> float | None:
    """Cost of the last improvement whose CPU stamp is not after ``seconds``."""
    found = bisect_right(trajectory, seconds, key=lambda point: point[0])
    return trajectory[found - 1][1] if found else None
