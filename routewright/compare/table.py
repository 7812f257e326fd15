"""From runs to numbers: one row per instance, solver, budget and seed, with its gap."""

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from routewright.compare.journal import read_records
from routewright.compare.reading import cost_after, vehicles_after
from routewright.compare.record import Record
from routewright.data.formats.atomic import atomic_write

BEST_HERE = "best in this table"
"""Source of the reference where nothing is published."""


DISTURBED = "CPU share "
"""Begins the note on a run that had less of a core than it should."""


@dataclass(frozen=True)
class Row:
    """One number of a table, long form.

    Attributes:
        instance: name of the file without its ending.
        solver: name and options.
        budget: CPU seconds.
        seed: of the run.
        cost: reported cost, None without a feasible answer in time.
        best_known: reported cost of the reference.
        gap: percent above the reference.
        rounding: of the distances, of cost and reference alike.
        reference: the file the reference came from.
        note: why there is no cost, or that the run had less of a core than it should.
        vehicles: routes of the answer, where they are known at that time.
    """

    instance: str
    solver: str
    budget: float
    seed: int
    cost: float | None
    best_known: float | None
    gap: float | None
    rounding: str
    reference: str
    note: str = ""
    vehicles: int | None = None


def summarise(path: str | Path) -> list[Row]:
    """The rows of a results file.

    Raises:
        FormatError: if the file is no such thing.
    """
    return rows(read_records(path))


def rows(records: Iterable[Record], budgets: Iterable[float] | None = None) -> list[Row]:
    """Rows of the best attempts, each read at these budgets; None is every one that any run was asked about."""
    chosen = best_attempts(records)
    budgets = sorted(budgets or {seconds for record in chosen for seconds in record.read_at})
    return [
        _row(record, seconds)
        for record in chosen
        for seconds in budgets
        if (seconds <= record.budget if record.anytime else seconds == record.budget)
    ]


def best_attempts(records: Iterable[Record]) -> list[Record]:
    """One record per question: the latest with its core to itself, or else the one that had most of it.

    Of an anytime solver only the longest run on an instance and seed is kept: it holds the others.
    """
    chosen: dict[tuple[str, str, str, int, float], Record] = {}
    for record in sorted(records, key=lambda item: item.budget):
        length = 0.0 if record.anytime else record.budget
        question = (record.instance, record.instance_hash, record.solver, record.seed, length)
        rival = chosen.get(question)
        if rival is None or _rank(record) >= _rank(rival):
            chosen[question] = record
    return list(chosen.values())


def _rank(record: Record) -> tuple[bool, float, bool, float]:
    budget = record.budget if record.anytime else 0.0
    return (not record.error, budget, record.clean, 1.0 if record.clean else record.share)


def _row(record: Record, seconds: float) -> Row:
    cost = cost_after(record, seconds)
    return Row(
        instance=record.instance,
        solver=record.solver,
        budget=seconds,
        seed=record.seed,
        cost=cost,
        best_known=record.reference,
        gap=gap(cost, record.reference),
        rounding=record.rounding,
        reference=record.reference_source,
        note=_note(record, cost),
        vehicles=vehicles_after(record, seconds),
    )


def _note(record: Record, cost: float | None) -> str:
    if record.error:
        return f"crashed: {record.error}"
    if record.unsupported:
        return f"does not know {', '.join(record.unsupported)}"
    if not record.feasible:
        return f"infeasible: {record.violations[0]}" if record.violations else "infeasible"
    if cost is None:
        return f"took {record.cpu:.2f} s" if record.late and not record.anytime else "no answer in time"
    return "" if record.clean else f"{DISTURBED}{record.share:.2f}"


def gap(cost: float | None, reference: float | None) -> float | None:
    """Percent by which ``cost`` is above ``reference``; of its size, where the reference is a profit.

    Of a reference of zero there is no percentage but for the same cost.
    """
    if cost is not None and cost == reference:
        return 0.0
    if cost is None or reference is None or reference == 0:
        return None
    return 100.0 * (cost - reference) / abs(reference)


def write_csv(table: Iterable[Row], path: str | Path) -> None:
    """Write the rows; gaps with four digits, missing numbers empty."""
    with atomic_write(path) as stream:
        writer = csv.DictWriter(stream, [item.name for item in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in table:
            values = asdict(row)
            values["gap"] = "" if row.gap is None else f"{row.gap:.4f}"
            values["budget"] = f"{row.budget:g}"
            writer.writerow(values)
