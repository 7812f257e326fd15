"""What came out of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from routewright.compare.grid import Grid
from routewright.compare.record import Record
from routewright.compare.runner import Report
from routewright.compare.standing import Standing, standing
from routewright.compare.table import Row, best_attempts
from routewright.compare.yardstick import Yardstick
from routewright.data.instance import Instance


@dataclass(frozen=True)
class Comparison:
    """Runs, what they are measured by, and tables of them.

    Attributes:
        solvers: name and options of each, in the order asked for.
        files: of the instances, by name.
        budgets: CPU seconds at which answers count.
        records: of the runs on single instances, as they are in the results file.
        batches: of the runs on all instances at once.
        rows: one number each: instance, solver, budget, seed, cost, gap.
        fleets: the same of instances that ask for few vehicles first, where no single number is the gap.
        yardsticks: what gaps refer to, by instance.
        report: what this sitting did.
        results: the file of the runs.
        rounding: as asked for.
        given: instances that came as such and not as files, by name.
    """

    solvers: tuple[str, ...]
    files: Mapping[str, Path]
    budgets: tuple[float, ...]
    records: tuple[Record, ...]
    batches: tuple[Record, ...]
    rows: tuple[Row, ...]
    yardsticks: Mapping[str, Yardstick]
    report: Report
    results: Path
    fleets: tuple[Row, ...] = ()
    rounding: str = "auto"
    given: Mapping[str, Instance] = field(default_factory=dict)

    @cached_property
    def standings(self) -> list[Standing]:
        """Of each solver at each budget."""
        asked = len(self.files) - len({row.instance for row in self.fleets})
        return [standing(self.rows, solver, budget, asked) for budget in self.budgets for solver in self.solvers]

    @property
    def best_records(self) -> list[Record]:
        """One of each question: of several attempts that which counts."""
        return best_attempts(self.records)

    def runs_of(self, solver: str) -> list[Record]:
        """The best records of one solver, where there are gaps."""
        there = {row.instance for row in self.rows}
        return [record for record in self.best_records if record.solver == solver and record.instance in there]

    def tables(self) -> list[Grid]:
        """All that there is something to say in."""
        from routewright.compare.views import tables

        return tables(self)

    def write(self, path: str | Path) -> None:
        """Write a report in the form that the ending names: .html, .md, .tex or .csv.

        Raises:
            FormatError: for another ending, or if the file cannot be written.
        """
        from routewright.compare.reports import write_report

        write_report(self, path)

    def __str__(self) -> str:
        from routewright.compare.reports import as_markdown_text

        return as_markdown_text(self)
