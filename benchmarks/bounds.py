"""How close lower bounds come to optima, and which optima are proved.

    python benchmarks/bounds.py
    python benchmarks/bounds.py --set routes --seconds 120

One thread, one instance after the other; it goes on where it stopped. Writes results/bounds.jsonl, .csv and .md.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_lines
from sets import ROOT, instances_folder

import routewright as rw

JOURNAL = ROOT / "benchmarks" / "results" / "bounds.jsonl"
COLUMNS = ("set", "instance", "clients", "seconds", "bound", "cost", "optimum", "below", "proved", "method")


@dataclass(frozen=True)
class Table:
    """Some instances and what is asked of them.

    Attributes:
        title: heading.
        patterns: files below the folder of instances.
        most: nodes of an instance.
        seconds: by the clock for each instance.
        proves: whether the best solution is asked for, not a bound alone.
    """

    title: str
    patterns: tuple[str, ...]
    most: int
    seconds: float
    proves: bool = False


CLASSIC = tuple(f"cvrp_classic/{name}/*.vrp" for name in "ABEP")
TABLES = {
    "tours": Table("1-trees: TSPLIB, up to 1,000 cities", ("tsplib/*.tsp",), 1_000, 10.0),
    "routes": Table("ng-routes with capacity cuts: sets A, B, E and P, up to 60 nodes", CLASSIC, 60, 60.0),
    "proofs": Table("Proofs: sets A, B, E and P, up to 36 nodes", CLASSIC, 36, 120.0, proves=True),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    return measured(asked.journal, partial(_measure, asked), _write)


def _measure(asked: argparse.Namespace) -> None:
    optima = _optima()
    for name in asked.set or TABLES:
        table = TABLES[name]
        for path, instance in _instances(table):
            key = {"set": name, "instance": path.stem, "seconds": asked.seconds or table.seconds}
            if path.stem in optima and not has_cell(asked.journal, key):
                found = rw.solve(instance, stop=rw.Stop(cpu=2.0), seed=1).cost
                cell = key | {"clients": instance.n_clients, "optimum": min(found, optima[path.stem])}
                cell |= _proof(instance, key["seconds"]) if table.proves else _bound(instance, key["seconds"])
                add_cell(asked.journal, cell, f"{name} {path.stem}: {cell['bound']} of {cell['optimum']:g}")


def _bound(instance: rw.Instance, seconds: float) -> dict[str, Any]:
    bound = rw.lower_bound(instance, time_limit=seconds)
    return {"bound": bound.cost, "method": bound.method, "cost": None, "proved": False, "took": bound.seconds}


def _proof(instance: rw.Instance, seconds: float) -> dict[str, Any]:
    result = rw.solve(instance, solver="exact", time_limit=seconds)
    return {
        "bound": result.bound, "method": "exact", "cost": result.cost, "proved": result.optimal, "took": result.seconds,
    }  # fmt: skip


def _instances(table: Table) -> Iterator[tuple[Path, rw.Instance]]:
    for path in sorted(path for pattern in table.patterns for path in instances_folder().glob(pattern)):
        instance = rw.read(path)
        if instance.n_nodes <= table.most:
            yield path, instance


def _optima() -> dict[str, float]:
    """Of tours, and of routes by the files' comments, which count on a number of vehicles that ours may exceed."""
    folder = instances_folder()
    with (folder / "tsplib" / "optima.csv").open() as file:
        optima = {row["instance"]: float(row["optimal"]) for row in csv.DictReader(file)}
    with (folder / "cvrp_classic" / "bks_lkh3_tours.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["set"] in "ABEP"]
    return optima | {
        row["instance"]: float(row["value_in_file_comment"]) for row in rows if row["value_in_file_comment"]
    }


def _below(cell: dict[str, Any]) -> float:
    return 100.0 * (1.0 - (cell["bound"] or 0.0) / cell["optimum"])


def _write(cells: Cells, stem: Path) -> None:
    rows = [dict(cell) | {"below": _below(dict(cell))} for cell in cells]
    write_csv(rows, COLUMNS, stem.with_suffix(".csv"))
    lines = ["# Lower bounds and proofs", ""]
    for name, table in TABLES.items():
        own = [row for row in rows if row["set"] == name]
        if own:
            lines += [f"## {table.title}", "", *(_proved(own) if table.proves else _close(own)), ""]
    write_lines([*lines, *machine(cells)], stem.with_suffix(".md"))


def _close(rows: Sequence[dict[str, Any]]) -> list[str]:
    below = np.array([row["below"] for row in rows])
    took = np.array([row["took"] for row in rows])
    return [
        f"{len(rows)} instances: {below.mean():.2f} % below the optimum on average, {np.median(below):.2f} % in the "
        f"median, {below.max():.2f} % at worst ({rows[int(below.argmax())]['instance']}). "
        f"{took.mean():.1f} s on average, {took.max():.0f} s at most.",
    ]


def _proved(rows: Sequence[dict[str, Any]]) -> list[str]:
    lines = ["| | clients | optimum | best found | bound | seconds |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {row['instance']} | {row['clients']} | {row['optimum']:g} | {row['cost']:g} "
        f"| {_told(row)} | {row['took']:.1f} |"
        for row in rows
    ]
    return [f"{sum(row['proved'] for row in rows)} of {len(rows)} proved.", "", *lines]


def _told(row: dict[str, Any]) -> str:
    if row["proved"]:
        return "proved"
    return "none" if row["bound"] is None else f"{row['bound']:g}"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=list(TABLES), help="table, may be repeated (default: all)")
    parser.add_argument("--seconds", type=float, help="by the clock for each instance")
    parser.add_argument("--journal", type=Path, default=JOURNAL, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
