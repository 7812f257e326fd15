"""What policies that ship make of public instances, far from the sizes that they were trained on.

    python benchmarks/public.py
    python benchmarks/public.py --seconds 1

``neural`` has so many CPU seconds for each X instance of up to 1,000 clients and each of Solomon's, on one thread, one
after the other in this process. Gaps are to the published solutions beside the files. What ends is kept in
benchmarks/results/public.jsonl; the same command goes on where it stopped. Writes public.csv and public.md beside it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_lines
from quality import RESULTS
from sets import SETS, instances_folder

from routewright.compare.reference import best_known
from routewright.data.formats.read import read
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop

MOST = 1_001
"""Nodes of an instance: what ``neural`` plays."""
CLASSES = ((251, "up to 250"), (501, "251 to 500"), (1_001, "501 to 1,000"))
"""Nodes up to which an X instance belongs to a class, and its name by clients."""
PUBLISHED = {"up to 250": 5.1, "251 to 500": 8.1, "501 to 1,000": 12.3}
"""RouteFinder (RF-TE) after 24 hours on a GPU, trained with 100 clients: Berto et al. (2024)."""
COLUMNS = ("instance", "class", "seconds", "cost", "best_known", "gap")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    journal = asked.results / "public.jsonl"

    def missing() -> None:
        for name in ("x8", "x32", "solomon"):
            for path in SETS[name].files(instances_folder()):
                measure(path, asked.seconds, journal)

    return measured(journal, missing, write_tables)


def measure(path: Path, seconds: float, journal: Path) -> None:
    """One instance, unless the journal has it."""
    key = {"instance": path.stem, "seconds": seconds}
    if has_cell(journal, key):
        return
    instance = read(path)
    reference, _ = best_known(path, instance)
    if instance.n_nodes > MOST or reference is None:
        return
    result = solve(instance, solver="neural", stop=Stop(cpu=seconds), seed=1)
    cell = {
        **key,
        "class": _class(path, instance.n_nodes),
        "cost": result.cost if result.feasible else None,
        "best_known": reference,
        "gap": 100 * (result.cost / reference - 1) if result.feasible else None,
    }
    add_cell(journal, cell, f"{path.stem}: {cell['gap']} %")


def _class(path: Path, nodes: int) -> str:
    if path.suffix == ".vrp":
        return next(name for most, name in CLASSES if nodes <= most)
    return path.stem.rstrip("0123456789") + path.stem.strip("RC")[0]


def write_tables(cells: Cells, stem: Path) -> None:
    """A row of the CSV for each instance, one of the table for each class."""
    write_csv(cells, COLUMNS, stem.with_suffix(".csv"))
    order = [*PUBLISHED, *sorted({str(cell["class"]) for cell in cells} - set(PUBLISHED))]
    seconds = sorted({float(cell["seconds"]) for cell in cells})
    titles = " | ".join(f"{each:g} s" for each in seconds)
    lines = ["# Policies on public instances", "", f"| class | instances | {titles} | RF-TE |"]
    lines.append("|:--|--:|" + "--:|" * (len(seconds) + 1))
    for name in order:
        mine = [cell for cell in cells if cell["class"] == name]
        count = len({cell["instance"] for cell in mine})
        entries = " | ".join(_entry([cell["gap"] for cell in mine if cell["seconds"] == each]) for each in seconds)
        lines.append(f"| {name} | {count} | {entries} | {PUBLISHED.get(name, '')} |")
    lines += [
        "",
        "- Mean gap in percent to the published solutions. The first rows are X instances by clients (of the 100 files "
        "those at hand), the others Solomon's by class, 100 clients.",
        "- RF-TE: RouteFinder's figures for all X instances of the class (Berto et al. 2024), with eight sides and all "
        "starts.",
        *machine(cells),
    ]
    write_lines(lines, stem.with_suffix(".md"))


def _entry(gaps: Sequence[float | None]) -> str:
    known = [gap for gap in gaps if gap is not None]
    failed = f" ({len(gaps) - len(known)} unsolved)" if len(known) < len(gaps) else ""
    return f"{np.mean(known):.1f}{failed}" if known else "-"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="of CPU time for each instance (default: 10)")
    parser.add_argument("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
