"""Cells of a table as JSON lines: what has ended is kept, so that a benchmark goes on where it stopped."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routewright.compare.machine import context
from routewright.data.errors import RoutewrightError
from routewright.data.formats.atomic import atomic_path, atomic_write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Cells = Sequence[Mapping[str, Any]]


def measured(journal: Path, measure: Callable[[], None], write_tables: Callable[[Cells, Path], None]) -> int:
    """Measure what is missing, then write the tables of all cells beside the journal; returns the exit status."""
    try:
        measure()
        write_tables(read_cells(journal), journal.with_suffix(""))
    except RoutewrightError as error:
        sys.stderr.write(f"{journal.stem}: {error}\n")
        return 2
    return 0


def read_cells(journal: Path) -> list[dict[str, Any]]:
    """Those that have ended; none before the first."""
    return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


def has_cell(journal: Path, key: Mapping[str, Any]) -> bool:
    """Whether a cell with these entries has ended."""
    return any(all(cell[field] == value for field, value in key.items()) for cell in read_cells(journal))


def add_cell(journal: Path, cell: Mapping[str, Any], told: str, *, without: Mapping[str, Any] | None = None) -> None:
    """Keep a cell and say so; those with the entries ``without`` are dropped."""
    earlier = read_cells(journal)
    if without is not None:
        earlier = [each for each in earlier if not without.items() <= each.items()]
    with atomic_write(journal) as stream:
        stream.writelines(json.dumps(each) + "\n" for each in [*earlier, {**cell, "context": context()}])
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


def write_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], path: Path) -> None:
    """Those columns of rows."""
    with atomic_write(path) as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def write_lines(lines: Iterable[str], path: Path) -> None:
    """A text."""
    with atomic_write(path) as stream:
        stream.writelines(f"{line}\n" for line in lines)


def write_figure(figure: "Figure", path: Path) -> None:
    """A picture, whole or not at all."""
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format="png", dpi=120)


def machine(cells: Cells, cores: str = "one thread") -> list[str]:
    """Remarks on what measured the cells, and by which command."""
    known = [cell["context"] for cell in cells] or [context()]
    commits = ", ".join(sorted({str(facts.get("commit")) for facts in known}))
    torch, script = known[-1]["libraries"].get("torch"), known[-1]["command"].split()[0]
    return [
        f"- Machine: {known[-1]['machine']['cpu']}, {cores}, torch {torch}, no GPU; sources at {commits}.",
        f"- `python {script}`",
    ]
