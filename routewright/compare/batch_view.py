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
    ended = [record for record in records if not record.error and not record.unsupported]
    if not ended:
        first = records[0]
        reasons = first.unsupported or (f"crashed: {first.error}",)
        return (first.solver, "-", f"{first.budget:g}", "-", "-", "-", "-", "; ".join(reasons))
    first, crashes = ended[0], [record.error for record in records if record.error]
    taken = fmean(_seconds(record) for record in ended)
    parts = [part for record in ended for part in record.parts]
    gaps = [value for name, cost, _ in parts if name in by and (value := gap(cost, by[name].cost)) is not None]
    costs = [cost for _, cost, _ in parts if cost is not None]
    asked = len(first.parts) * len(records)
    unsolved = asked - len(costs)
    counts = unsolved == 0 and not any(record.late for record in ended)  # a mean of some of them would flatter
    return (
        first.solver,
        first.device,
        f"{first.budget:g}",
        f"{taken:.3g}{_doubt(ended)}",
        f"{len(first.parts) / taken:,.3g}" if taken else "-",
        f"{fmean(gaps):.2f}" if counts and len(gaps) == asked else "-",
        f"{fmean(costs):.6g}" if counts else "-",
        "; ".join([f"{unsolved} of {asked}" if unsolved else "0", *(f"crashed: {error}" for error in crashes)]),
    )


def _doubt(records: Sequence[Record]) -> str:
    if any(record.late for record in records):
        return " (late)"
    return "" if all(record.clean for record in records) else " *"


def _seconds(record: Record) -> float:
    return record.cpu if record.device == CPU else record.wall
