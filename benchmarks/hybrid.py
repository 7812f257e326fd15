"""What a policy is worth to the search, against the search alone and against twins that have learnt nothing.

    python benchmarks/hybrid.py
    python benchmarks/hybrid.py --only batch-cvrp20 --count 200

One thread, CPU seconds, fixed sets of generated instances. Single instances are solved one by one, the solvers in turn
on each; batches are given to each solver whole, and have the same time for an instance. Judging is left out of the time
of all. A cell (a set and a time) that ends is kept in benchmarks/results/hybrid.jsonl; the same command goes on where
it stopped. Writes hybrid.csv and hybrid.md beside it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cells import Cells, add_cell, machine, measured, read_cells, write_csv, write_lines
from numpy.typing import NDArray
from quality import RESULTS
from scipy.stats import wilcoxon

from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.generators.attributes import BASE_VARIANTS
from routewright.data.instance import Instance
from routewright.policies.references import draw
from routewright.solvers import neural, search
from routewright.solvers.answer import Answer
from routewright.solvers.hybrid.plan import PLAN
from routewright.solvers.hybrid.regret import by_chance, by_regret
from routewright.solvers.hybrid.solver import Hybrid
from routewright.solvers.hybrid.starts import Opening
from routewright.solvers.monitor import Monitor
from routewright.solvers.registry import Solver, Together
from routewright.solvers.search.warm import family
from routewright.solvers.stop import Stop

FIRST_SEED = 9_100_000
"""Beyond the reference sets that policies are validated on."""

DIGITS = 6
"""Of costs that are kept, of instances in a unit square."""

TWIN = (Opening.USUAL, Opening.INSERTION)
SOLVERS: Mapping[str, Any] = {
    "search": search,
    "neural": neural,
    "hybrid": Hybrid(),
    "everywhere": Hybrid(plan=replace(PLAN, everywhere=True)),
    "regret": Hybrid(plan=replace(PLAN, everywhere=True, divide=by_regret)),
    "random": Hybrid(plan=replace(PLAN, everywhere=True, divide=by_chance)),
    "twin": Hybrid(plan=replace(PLAN, openings=TWIN)),
    "twin-regret": Hybrid(plan=replace(PLAN, openings=TWIN, divide=by_regret)),
    "usual": Hybrid(plan=replace(PLAN, openings=(Opening.USUAL,))),
}
COLUMNS = ("set", "seconds", "solver", "count", "cpu", "gap", "failed", "better", "p")
ALONE = ("search", "neural", "hybrid", "twin", "usual")
IN_BATCHES = ("search", "neural", *list(SOLVERS)[2:])
WORDS = {
    "search": "the search alone, each instance by itself",
    "neural": "the policy alone",
    "hybrid": "the solver of that name: the usual start (savings, or insertion with windows), and the policy's routes; "
    "of batches only where the usual start leaves clients",
    "everywhere": "the policy's routes for all of a batch",
    "regret": "the same, the time left divided by predicted regret",
    "random": "the same, the times of `regret` handed out at random",
    "twin": "the usual start and insertion, no policy",
    "twin-regret": "the same, the time left divided by predicted regret",
    "usual": "the usual start alone",
}


@dataclass(frozen=True)
class Set:
    """Instances of one kind.

    Attributes:
        family: of generators.
        options: of the family.
        count: of instances.
        seconds: that each instance is given.
        batch: whether they are solved at once.
        reference: CPU seconds of ``search`` for the costs that gaps refer to.
    """

    family: str
    options: dict[str, Any]
    count: int
    seconds: tuple[float, ...]
    batch: bool
    reference: float


def _cvrp(n: int) -> tuple[str, dict[str, Any]]:
    return "mtvrp", {"n": n, "variants": ["CVRP"]}


def _variants(n: int) -> tuple[str, dict[str, Any]]:
    return "mtvrp", {"n": n, "variants": list(BASE_VARIANTS)}


_WIDE = "solomon_like", {"n": 50, "placement": "RC", "horizon_type": 2, "density": 0.75, "width": 240.0}
_SINGLE, _BATCH = (0.1, 0.3, 1.0), (0.001, 0.002, 0.005, 0.02)
SETS = {
    "cvrp20": Set(*_cvrp(20), 40, _SINGLE[:2], batch=False, reference=0.5),
    "cvrp50": Set(*_cvrp(50), 40, _SINGLE, batch=False, reference=3.0),
    "cvrp100": Set(*_cvrp(100), 40, _SINGLE, batch=False, reference=5.0),
    "wide50": Set(*_WIDE, 40, _SINGLE, batch=False, reference=3.0),
    "batch-cvrp20": Set(*_cvrp(20), 1_000, _BATCH, batch=True, reference=0.05),
    "batch-cvrp50": Set(*_cvrp(50), 1_000, _BATCH, batch=True, reference=0.2),
    "batch-vrp20": Set(*_variants(20), 800, _BATCH, batch=True, reference=0.1),
    "batch-vrp50": Set(*_variants(50), 800, _BATCH, batch=True, reference=0.5),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    journal = asked.results / "hybrid.jsonl"

    def missing() -> None:
        for name in asked.only or SETS:
            measure(name, replace(SETS[name], count=asked.count or SETS[name].count), journal)

    return measured(journal, missing, write_tables)


def measure(name: str, asked: Set, journal: Path) -> None:
    """Solve a set with all solvers at all times, but for cells that the journal has."""
    done = {(cell["set"], cell["seconds"]) for cell in read_cells(journal)}
    missing = [each for each in (*asked.seconds, asked.reference) if (name, each) not in done]
    instances = draw(asked.family, asked.options, FIRST_SEED, asked.count) if missing else []
    for seconds in missing:
        names = ("search",) if seconds == asked.reference else IN_BATCHES if asked.batch else ALONE
        able = {each: SOLVERS[each] for each in names if not SOLVERS[each].supports(instances[0])}
        for solver in able.values():
            for instance in {family(each): each for each in instances}.values():
                solver.prepare(instance, Stop(cpu=seconds))
        solve = _whole if asked.batch and seconds != asked.reference else _in_turn
        found = solve(able, instances, seconds)
        cell = {"set": name, "seconds": seconds, "count": asked.count, "solvers": found}
        told = ", ".join(f"{each} {np.mean(known['costs']):.4f}" for each, known in found.items())
        add_cell(journal, cell, f"{name} {seconds:g} s: {told}")


def _in_turn(solvers: Mapping[str, Solver], instances: Sequence[Instance], seconds: float) -> dict[str, Any]:
    found: dict[str, Any] = {name: {"costs": [], "cpu": 0.0} for name in solvers}
    for instance in instances:
        for name, solver in solvers.items():

            def run(solver: Solver = solver, instance: Instance = instance) -> list[Answer]:
                monitor = Monitor(Stop(cpu=seconds))
                return [solver.run(instance, monitor, seed=1, threads=1, initial_solution=None)]

            costs, used = _timed(run, [instance])
            found[name]["costs"] += costs
            found[name]["cpu"] += used / len(instances)
    return found


def _whole(solvers: Mapping[str, Any], instances: Sequence[Instance], seconds: float) -> dict[str, Any]:
    found = {}
    for name, solver in solvers.items():
        if not isinstance(solver, Together):
            found |= _in_turn({name: solver}, instances, seconds)
            continue

        costs, total = np.zeros(len(instances)), 0.0
        for places in solver.together(instances):
            group = [instances[place] for place in places]
            solver.prepare(group[0], Stop(cpu=seconds))  # its policy

            def run(solver: Any = solver, group: list[Instance] = group) -> list[Answer]:
                monitors = [Monitor(Stop(cpu=seconds), shared_by=len(group)) for _ in group]
                return list(solver.run_together(group, monitors, seed=1, threads=1))

            costs[places], used = _timed(run, group)
            total += used
        found[name] = {"costs": costs.tolist(), "cpu": total / len(instances)}
    return found


def _timed(run: Callable[[], list[Answer]], instances: Sequence[Instance]) -> tuple[list[float], float]:
    """Costs, inf for what is no solution, and CPU seconds."""
    began = time.process_time()
    answers = run()
    used = time.process_time() - began
    costs = []
    for instance, answer in zip(instances, answers, strict=True):
        cost = evaluate(instance, answer.solution).cost
        costs.append(float("inf") if check(instance, answer.solution, cost) else round(cost, DIGITS))
    return costs, used


def write_tables(cells: Cells, stem: Path) -> None:
    """One row of the CSV for each solver in a cell; a table in Markdown for each set."""
    rows = [row for name in SETS for row in _rows([cell for cell in cells if cell["set"] == name], SETS[name])]
    write_csv(rows, COLUMNS, stem.with_suffix(".csv"))
    write_lines(_markdown(rows, cells), stem.with_suffix(".md"))


def _rows(cells: Cells, asked: Set) -> list[dict[str, Any]]:
    """Gaps to the best cost that any run found for an instance."""
    if not cells:
        return []
    best = np.min([known["costs"] for cell in cells for known in cell["solvers"].values()], axis=0)
    found = []
    for cell in sorted(cells, key=lambda each: float(each["seconds"])):
        if cell["seconds"] == asked.reference:
            continue
        plain = np.array(cell["solvers"]["search"]["costs"])
        for name, known in cell["solvers"].items():
            costs = np.array(known["costs"])
            solved = np.isfinite(costs)
            gap = round(100 * float(np.mean(costs[solved] / best[solved] - 1)), 4) if solved.any() else ""
            both = solved & np.isfinite(plain)
            better, p = ("", "") if name == "search" or not both.any() else paired(costs[both], plain[both])
            found.append({
                "set": cell["set"], "seconds": cell["seconds"], "solver": name, "count": len(costs),
                "cpu": round(known["cpu"], 5), "gap": gap, "failed": int((~solved).sum()), "better": better, "p": p,
            })  # fmt: skip
    return found


def paired(costs: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[str, float]:
    """Whether costs are lower than others (Wilcoxon's signed ranks, two-sided): yes, no, or open at 5 %; and p."""
    apart = costs - others
    apart[np.abs(apart) <= 1e-6 * others] = 0.0
    if not apart.any():
        return "open", 1.0
    p = float(wilcoxon(apart).pvalue)
    return "open" if p >= 0.05 else "yes" if apart.mean() < 0 else "no", float(f"{p:.2g}")


def _markdown(rows: Sequence[Mapping[str, Any]], cells: Cells) -> list[str]:
    lines = ["# Hybrids of policy and search", ""]
    for name in dict.fromkeys(row["set"] for row in rows):
        mine = [row for row in rows if row["set"] == name]
        solvers = list(dict.fromkeys(row["solver"] for row in mine))
        asked = SETS[name]
        kind = "solved at once" if asked.batch else "one by one"
        lines += [f"## {name}: {mine[0]['count']} instances, {kind}", "", f"| s each | {' | '.join(solvers)} |"]
        lines.append("|--:|" + "--:|" * len(solvers))
        for seconds in dict.fromkeys(row["seconds"] for row in mine):
            words = [_entry(row) for row in mine if row["seconds"] == seconds]
            lines.append(f"| {seconds:g} | {' | '.join(words)} |")
        lines += ["", f"Gaps to the best of all runs, among them `search` with {asked.reference:g} s.", ""]
        if missing := [each for each in (IN_BATCHES if asked.batch else ALONE) if each not in solvers]:
            lines += [f"No policy that ships covers this set: without {', '.join(missing)}.", ""]
    return [
        *lines,
        "- Mean gap in percent of what was solved (CPU milliseconds that were used for each instance). `+`: "
        "significantly better than `search` in the same row, `-`: significantly worse (Wilcoxon's signed ranks on what "
        "both solved, 5 %).",
        *(f"- `{name}`: {words}." for name, words in WORDS.items()),
        *machine(cells),
    ]


def _entry(row: Mapping[str, Any]) -> str:
    failed = f", {row['failed']} unsolved" if row["failed"] else ""
    gap = "" if row["gap"] == "" else f"{row['gap']:.3f}{ {'yes': '+', 'no': '-'}.get(row['better'], '') } "
    return f"{gap}({1e3 * row['cpu']:.1f}{failed})"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", nargs="*", choices=[*SETS], help="sets (default: all)")
    add("--count", type=int, help="of instances of each set, for a quick look (default: each set's own)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
