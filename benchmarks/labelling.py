"""How fast sets are labelled, and how good the labels are.

    python benchmarks/labelling.py

Generates CVRP instances (``uniform``), labels them with several time limits on two processes, and compares
the costs of the first few with runs of ten seconds. Writes benchmarks/results/labelling.csv and .md.
"""

import argparse
import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from quality import RESULTS

from routewright.compare.machine import context
from routewright.data.errors import RoutewrightError
from routewright.data.formats.atomic import atomic_write
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.solvers.batch import solve_batch
from routewright.solvers.result import Result

LIMITS = (0.02, 0.05, 0.1, 0.2)
WORKERS = 2
REFERENCE_SECONDS = 10.0
FIRST_SEED = 1_000


class Line(NamedTuple):
    """One row of the table."""

    clients: int
    seconds: float
    labels_per_minute: float
    gap: float  # percent above the long runs, mean


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then write the tables."""
    asked = _parse(arguments)
    lines = [line for n in (50, 100) for line in measure(n, asked.count, asked.compared)]
    path = asked.results / "labelling"
    with atomic_write(path.with_suffix(".csv")) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Line._fields)
        writer.writerows(lines)
    with atomic_write(path.with_suffix(".md")) as stream:
        stream.write(table(lines, asked.count, asked.compared))
    return 0


def measure(n: int, count: int, compared: int) -> list[Line]:
    """Label ``count`` instances of ``n`` clients with each limit; the first ``compared`` are solved for longer too."""
    instances = [generate("uniform", n, FIRST_SEED + place) for place in range(count)]
    best = _costs(instances[:compared], REFERENCE_SECONDS)
    lines = []
    for seconds in LIMITS:
        began = time.monotonic()
        found = _costs(instances, seconds)
        minutes = (time.monotonic() - began) / 60
        gap = fmean(100 * (cost / least - 1) for cost, least in zip(found, best, strict=False))
        lines.append(Line(n, seconds, round(count / minutes), round(gap, 3)))
    return lines


def _costs(instances: Sequence[Instance], seconds: float) -> list[float]:
    results = solve_batch(instances, solver="search", time_limit=seconds, workers=WORKERS, processes=True)
    costs = [result.cost for result in results if isinstance(result, Result) and result.feasible]
    if len(costs) < len(instances):
        raise RoutewrightError(f"{len(instances) - len(costs)} instances have no feasible label after {seconds:g} s")
    return costs


def table(lines: Sequence[Line], count: int, compared: int) -> str:
    """The table and what it rests on."""
    rows = [f"| {line.clients} | {line.seconds:g} | {line.labels_per_minute:.0f} | {line.gap:.2f} |" for line in lines]
    facts = context()
    machine = facts["machine"]
    notes = (
        f"- {count} instances for each line, on {WORKERS} processes; starting these is part of the time.\n"
        f"- Gap in percent above runs of {REFERENCE_SECONDS:g} s, mean over {compared} instances.\n"
        f"- Machine: {machine['cpu']}, {machine['cores']} cores; sources at {facts.get('commit')}.\n"
    )
    head = (
        "# Labelled sets of CVRP instances\n\n| clients | seconds each | labels a minute | gap |\n|--:|--:|--:|--:|\n"
    )
    return head + "\n".join(rows) + "\n\n" + notes


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--count", type=int, default=400, help="instances to label with each limit (default: 400)")
    add("--compared", type=int, default=12, help="of them solved for ten seconds as well (default: 12)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
