"""Thousands of instances in one call: gap against seconds for an instance, of policy, hybrid and search.

    python benchmarks/batches.py
    python benchmarks/batches.py --only cvrp100 --count 200

All cores work for each solver, and each has the same seconds on the wall: ``search`` in as many processes as there are
cores, policies with as many threads. Gaps are to the costs of a reference set, whose instances are the first of those
that are solved. Cells that end are kept in benchmarks/results/batches.jsonl; the same command goes on where it stopped.
Writes batches.csv, batches.md and batches.png beside it.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_figure, write_lines
from quality import RESULTS

from routewright.data.instance import Instance
from routewright.policies.references import draw, read_reference
from routewright.solvers.batch import solve_batch
from routewright.solvers.result import Failure, Result

SOLVERS = ("search", "neural", "hybrid")
COLUMNS = ("set", "count", "seconds", "solver", "wall", "rate", "gap", "failed")


class Batch(NamedTuple):
    """Instances of a reference set and its generator's next ones, and seconds on the wall that each is given."""

    reference: str
    count: int
    seconds: tuple[float, ...]


BATCHES = {
    "cvrp50": Batch("cvrp50", 10_000, (0.005, 0.01, 0.02)),
    "cvrp100": Batch("cvrp100", 1_000, (0.01, 0.02, 0.05, 0.1)),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    journal = asked.results / "batches.jsonl"

    def missing() -> None:
        for name in asked.only or BATCHES:
            batch = BATCHES[name]
            measure(name, batch._replace(count=asked.count or batch.count), asked.cores, journal)

    return measured(journal, missing, write_tables)


def measure(name: str, batch: Batch, cores: int, journal: Path) -> None:
    """Solve a batch in all times by all solvers, but for cells that the journal has."""
    reference = read_reference(batch.reference)
    instances = draw(reference.family, reference.options, reference.first_seed, batch.count)
    known = np.array(reference.costs[: batch.count])
    for seconds in batch.seconds:
        for solver in SOLVERS:
            key = {"set": name, "count": batch.count, "seconds": seconds, "solver": solver}
            if has_cell(journal, key):
                continue
            wall, found = solved(solver, instances, seconds, cores)
            costs = np.array([each.cost if isinstance(each, Result) and each.feasible else np.inf for each in found])
            gaps = 100 * (costs[: len(known)] / known - 1)
            gap = float(gaps[np.isfinite(gaps)].mean()) if np.isfinite(gaps).any() else None
            cell = {**key, "cores": cores, "wall": wall, "failed": int(np.isinf(costs).sum()), "gap": gap}
            add_cell(journal, cell, f"{name} {seconds:g} s {solver}: {gap} % in {wall:.1f} s")


def solved(
    solver: str, instances: Sequence[Instance], seconds: float, cores: int
) -> tuple[float, list[Result | Failure]]:
    """Seconds on the wall and results, after a first call with a few instances."""
    found: list[Result | Failure] = []
    for some in (instances[:4], instances):
        began = time.perf_counter()
        if solver == "search":
            found = solve_batch(some, solver=solver, time_limit=cores * seconds, workers=cores, processes=cores > 1)
        else:
            found = solve_batch(some, solver=solver, time_limit=seconds, threads=cores)
    return time.perf_counter() - began, found


def write_tables(cells: Cells, stem: Path) -> None:
    """One row of the CSV for each cell; a table and a curve for each batch."""
    rows = [_row(cell) for cell in sorted(cells, key=lambda cell: (list(BATCHES).index(cell["set"]), cell["seconds"]))]
    write_csv(rows, COLUMNS, stem.with_suffix(".csv"))
    write_lines(_markdown(rows, cells), stem.with_suffix(".md"))
    _draw(rows, stem.with_suffix(".png"))


def _row(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "set": cell["set"], "count": cell["count"], "seconds": cell["seconds"], "solver": cell["solver"],
        "wall": round(cell["wall"], 2), "rate": round(cell["count"] / cell["wall"]),
        "gap": "" if cell["gap"] is None else round(cell["gap"], 3), "failed": cell["failed"],
    }  # fmt: skip


def _markdown(rows: Sequence[Mapping[str, Any]], cells: Cells) -> list[str]:
    lines = ["# Thousands of instances in one call", ""]
    for name in dict.fromkeys(row["set"] for row in rows):
        mine = [row for row in rows if row["set"] == name]
        lines += [f"## {name}: {mine[0]['count']:,} instances", "", f"| ms each | {' | '.join(SOLVERS)} |"]
        lines.append("|--:|" + "--:|" * len(SOLVERS))
        for seconds in dict.fromkeys(row["seconds"] for row in mine):
            by_solver = {row["solver"]: row for row in mine if row["seconds"] == seconds}
            lines.append(f"| {1e3 * seconds:g} | {' | '.join(_entry(by_solver.get(each)) for each in SOLVERS)} |")
        lines.append("")
    return [
        *lines,
        "- Mean gap in percent to the reference set (instances a second in that call, judging and, for `search`, its "
        "processes included). Milliseconds are those on the wall that an instance was given, all cores together.",
        *machine(cells, f"{cells[-1]['cores'] if cells else 'no'} cores"),
    ]


def _entry(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    failed = f", {row['failed']} unsolved" if row["failed"] else ""
    return f"{row['gap'] if row['gap'] != '' else '-'} ({row['rate']}{failed})"


def _draw(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Gap against seconds that an instance took, both on scales of powers."""
    from matplotlib.figure import Figure

    names = list(dict.fromkeys(row["set"] for row in rows))
    figure = Figure(figsize=(5 * max(1, len(names)), 3.5), layout="constrained")
    for place, name in enumerate(names):
        axes = figure.add_subplot(1, len(names), place + 1)
        for solver in SOLVERS:
            mine = [row for row in rows if (row["set"], row["solver"]) == (name, solver) and row["gap"] != ""]
            axes.plot([1e3 / row["rate"] for row in mine], [row["gap"] for row in mine], "o-", ms=4, label=solver)
        axes.set(xscale="log", yscale="log", title=name, xlabel="milliseconds for an instance", ylabel="gap in %")
        axes.grid(visible=True, which="both", alpha=0.2)
        axes.legend(frameon=False)
    write_figure(figure, path)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", nargs="*", choices=[*BATCHES], help="batches (default: all)")
    add("--count", type=int, help="instances of each batch, for a quick look (default: each batch's own)")
    add("--cores", type=int, default=2, help="that work (default: 2)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
