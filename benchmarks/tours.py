"""Travelling salesmen: gaps to optima after some seconds of CPU time.

    python benchmarks/tours.py
    python benchmarks/tours.py --set tsp500 --count 128
    python benchmarks/tours.py --set heatmaps

Solvers take turns on each instance, one thread, one after the other; it goes on where it stopped. Writes
results/tours.jsonl, .csv and .md.
"""

import argparse
import csv
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_lines
from sets import ROOT, instances_folder

import routewright as rw
from routewright.solvers.stop import Stop

JOURNAL = ROOT / "benchmarks" / "results" / "tours.jsonl"
COLUMNS = ("set", "solver", "seconds", "instances", "mean_gap", "median_gap", "worst_gap", "optimal", "answers")
LARGEST = 1_000
"""Cities of the files of TSPLIB that are taken."""
FIXED = {"linhp318": 3869.0}
"""Length of a fixed edge, which the optimum published for the file leaves out."""
FOUND = 1e-6
"""Percent above the reference that count as found."""


@dataclass(frozen=True)
class Table:
    """Some instances and who tours them.

    Attributes:
        title: heading.
        solvers: by name.
        seconds: of CPU time for each instance.
        count: instances at most.
        remark: what a reader must know.
    """

    title: str
    solvers: tuple[str, ...]
    seconds: float
    count: int
    remark: str = ""


HEATMAPS = tuple(
    f"mcts:heatmap={heat}{way}" for way in (":restarts=True", "") for heat in ("none", "softdist", "prior")
)
TABLES = {
    "tsplib": Table(f"TSPLIB, up to {LARGEST:,} cities", ("lk", "mcts", "search", "fasttsp"), 5.0, 99),
    "atsp": Table("Asymmetric TSPLIB", ("lk", "search"), 5.0, 99),
    "tsp500": Table(
        "500 cities in the unit square", ("lk", "mcts", "search", "fasttsp"), 5.0, 32,
        "References by LKH. Published after 50 s on one thread each (Pan et al. 2025, 128 instances): 0.66 % without a "
        "heatmap, 0.43 % SoftDist, 0.50 % by the rank of distances, 0.33 to 0.90 % by learned heatmaps.",
    ),
    "heatmaps": Table(
        "The same, by heatmap", HEATMAPS, 5.0, 16, "Published after ten times as long: 0.66, 0.43 and 0.50 %.",
    ),
}  # fmt: skip

Tour = tuple[str, rw.Instance, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    return measured(asked.journal, partial(_measure, asked), _write)


def _measure(asked: argparse.Namespace) -> None:
    for name in asked.set or TABLES:
        table = TABLES[name]
        for label, instance, reference in _tours(name, asked.count or table.count):
            for solver in table.solvers:
                key = {"set": name, "solver": solver, "seconds": asked.seconds or table.seconds, "instance": label}
                if not has_cell(asked.journal, key) and not rw.supports(solver, instance):
                    cell = key | _run(instance, solver, key["seconds"], reference)
                    add_cell(asked.journal, cell, f"{name} {label} {solver}: {cell['gap']} %")


def _run(instance: rw.Instance, solver: str, seconds: float, reference: float) -> dict[str, Any]:
    result = rw.solve(instance, solver=solver, stop=Stop(cpu=seconds), seed=1)
    gap = 100.0 * (result.cost / reference - 1.0) if result.feasible else None
    return {"cost": result.cost, "reference": reference, "gap": gap, "cpu": result.cpu_seconds, "wall": result.seconds}


def _tours(name: str, count: int) -> Iterator[Tour]:
    folder = instances_folder()
    if name in {"tsplib", "atsp"}:
        with (folder / name / "optima.csv").open() as file:
            optima = {row["instance"]: float(row["optimal"]) for row in csv.DictReader(file)}
        found = 0
        for path in sorted((folder / name).glob("*.*tsp")):
            instance = rw.read(path)
            if path.stem in optima and instance.n_nodes <= LARGEST and found < count:
                found += 1
                yield path.stem, instance, optima[path.stem] + FIXED.get(path.stem, 0.0)
        return
    yield from _unit_square(folder / "tsp_large", count)


def _unit_square(folder: Path, count: int) -> Iterator[Tour]:
    """Each line of the text holds coordinates, then a tour that is not the best; lengths of LKH's are in the npz."""
    with zipfile.ZipFile(folder / "tsp500_test_concorde.zip") as archive:
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
    references = np.load(folder / "tsp500_lkh_refs.npz")["lkh_len"].tolist()
    for number, (line, reference) in enumerate(zip(lines[:count], references, strict=False)):
        places = np.array(line.split(" output ")[0].split(), dtype=np.float64).reshape(-1, 2)
        yield f"tsp500-{number:03d}", rw.Instance.build(coords=places, vehicles=1), reference


def _write(cells: Cells, stem: Path) -> None:
    rows = [_row(name, solver, cells) for name in TABLES for solver in TABLES[name].solvers if _of(cells, name, solver)]
    write_csv(rows, COLUMNS, stem.with_suffix(".csv"))
    lines = ["# Travelling salesmen", ""]
    for name, table in TABLES.items():
        own = [row for row in rows if row["set"] == name]
        if not own:
            continue
        lines += [f"## {table.title}", "", f"{own[0]['instances']} instances, gap to the references in percent.", ""]
        lines += ["| | CPU seconds | mean | median | worst | found the best |", "|---|---|---|---|---|---|"]
        lines += [
            f"| {row['solver']} | {row['seconds']:g} | {row['mean_gap']:.3f} | {row['median_gap']:.3f} "
            f"| {row['worst_gap']:.2f} | {row['optimal']} |"
            for row in own
        ]
        lines += ["", *([table.remark, ""] if table.remark else [])]
    write_lines([*lines, *machine(cells)], stem.with_suffix(".md"))


def _of(cells: Cells, name: str, solver: str) -> Cells:
    return [cell for cell in cells if cell["set"] == name and cell["solver"] == solver]


def _row(name: str, solver: str, cells: Cells) -> dict[str, Any]:
    own = _of(cells, name, solver)
    gaps = np.array([cell["gap"] for cell in own if cell["gap"] is not None])
    return {
        "set": name, "solver": solver, "seconds": own[0]["seconds"], "instances": len(own), "answers": len(gaps),
        "mean_gap": gaps.mean(), "median_gap": np.median(gaps), "worst_gap": gaps.max(),
        "optimal": int((gaps <= FOUND).sum()),
    }  # fmt: skip


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=list(TABLES), help="table, may be repeated (default: all)")
    parser.add_argument("--count", type=int, help="instances of each table at most")
    parser.add_argument("--seconds", type=float, help="CPU seconds for each instance")
    parser.add_argument("--journal", type=Path, default=JOURNAL, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
