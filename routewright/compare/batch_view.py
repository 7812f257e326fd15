"""How many instances in how many seconds: the table of runs on all instances at once."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from routewright.compare.comparison import Comparison
from routewright.compare.grid import Grid
from routewright.compare.record import CPU, Record
from routewright.compare.table import best_attempts, gap
from routewright.compare.yardstick import Yardstick


def batch_table(found: Comparison) -> Grid:
    """One line for each solver and budget of a whole batch."""
    chosen = best_attempts(found.batches)
    budgets = sorted({record.budget for record in chosen})
    groups = [
        [record for record in chosen if record.solver == solver and record.budget == budget]
        for budget in budgets
        for solver in found.solvers
    ]
    return Grid(
        f"All {len(found.files)} instances at once",
        ("solver", "on", "seconds for all", "used", "instances a second", "mean gap", "mean cost", "unsolved"),
        tuple(_line(group, found.yardsticks) for group in groups if group),
        words=2,
        note="Seconds are for the whole batch: CPU seconds of one core, or seconds on the clock where an accelerator "
        "is at work. Not to be compared with the seconds for each instance of the other tables. An asterisk: the run "
        "shared its core with others.",
    )


def _line(records: Sequence[Record], by: Mapping[str, Yardstick]) -> tuple[str, ...]:
    first = records[0]
    reasons = first.unsupported or ((f"crashed: {first.error}",) if first.error else ())
    if reasons:
        return (first.solver, "-", f"{first.budget:g}", "-", "-", "-", "-", "; ".join(reasons))
    taken = fmean(_seconds(record) for record in records)
    parts = [part for record in records for part in record.parts]
    gaps = [value for name, cost, _ in parts if name in by and (value := gap(cost, by[name].cost)) is not None]
    costs = [cost for _, cost, _ in parts if cost is not None]
    unsolved = len(parts) - len(costs)
    whole = unsolved == 0  # a mean without the failed ones would flatter
    return (
        first.solver,
        first.device,
        f"{first.budget:g}",
        f"{taken:.3g}{_doubt(records)}",
        f"{len(first.parts) / taken:,.3g}" if taken else "-",
        f"{fmean(gaps):.2f}" if whole and len(gaps) == len(parts) else "-",
        f"{fmean(costs):.6g}" if whole and costs else "-",
        f"{unsolved} of {len(parts)}" if unsolved else "0",
    )


def _doubt(records: Sequence[Record]) -> str:
    if any(record.late for record in records):
        return " (late)"
    return "" if all(record.clean for record in records) else " *"


def _seconds(record: Record) -> float:
    return record.cpu if record.device == CPU else record.wall
