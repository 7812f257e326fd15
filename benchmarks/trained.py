"""How good the policies that ship are, on the reference sets that they were trained for.

    python benchmarks/trained.py
    python benchmarks/trained.py --only cvrp/cvrp50 vrp/vrp20

One thread. A policy decodes greedily, with all starts, and with all starts from eight sides; the routes of the last
are then polished by ``search`` for a millisecond, and ``search`` alone has a millisecond too. OR-Tools has a second for
each of the first instances. Gaps are to the costs of the reference set, and are written into the policy's card. Cells
that end are kept in benchmarks/results/trained.jsonl; the same command goes on where it stopped. Writes trained.csv and
trained.md beside it.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_lines
from numpy.typing import NDArray
from quality import RESULTS
from tensordict import TensorDict

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.formats.atomic import atomic_write
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs.env import VRPEnv
from routewright.policies.cards import FOLDER, card_file, read_card
from routewright.policies.checkpoint import load_policy
from routewright.policies.decoding import decode
from routewright.policies.evaluate import NODES, ROWS
from routewright.policies.policy import Policy
from routewright.policies.references import read_reference
from routewright.solvers.hybrid.starts import of_policy
from routewright.solvers.monitor import Monitor
from routewright.solvers.search import team
from routewright.solvers.search.solver import in_words, whole_model
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop

SETS = {
    "tsp": ("tsp20", "tsp50"),
    "cvrp20": ("cvrp20",),
    "cvrp": ("cvrp20", "cvrp50", "cvrp100"),
    "cvrp-gnn": ("cvrp20", "cvrp50"),
    "vrp": ("vrp20", "vrp50"),
    "road": ("road20", "road50", "atsp20", "atsp50"),
}
"""Reference sets of each checkpoint."""

FEWER = {"tsp50": 250}
"""Instances of sets that take a second each."""

WAYS: Mapping[str, tuple[str, str]] = {
    "greedy": ("greedy", "none"),
    "starts": ("multistart", "none"),
    "x8": ("multistart", "eightfold"),
}

POLISH = 0.001
"""CPU seconds."""
ORTOOLS = 1.0
"""CPU seconds."""
COMPARED = 100
"""Instances that OR-Tools solves."""

COLUMNS = ("greedy", "starts", "x8", "polished", "search 1 ms", "ortools 1 s")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    journal = asked.results / "trained.jsonl"

    def missing() -> None:
        for name in asked.only or _cells():
            measure(*name.split("/"), journal, asked.count)

    return measured(journal, missing, write_tables)


def _cells() -> list[str]:
    return [f"{name}/{each}" for name, sets in SETS.items() for each in sets if (FOLDER / f"{name}.json").exists()]


def measure(name: str, of: str, journal: Path, count: int | None) -> None:
    """One policy on one set, unless the journal has it; what an earlier policy of that name did is dropped."""
    card = read_card(name)
    key = {"policy": name, "set": of, "minutes": card["minutes"], "count": count}
    if has_cell(journal, key):
        return
    reference = read_reference(of)
    instances = reference.instances(FEWER.get(of) if count is None else count)
    costs, seconds = _solved(name, instances)
    known = np.array(reference.costs[: len(instances)])
    gaps = {column: (100 * (found / known[: len(found)] - 1)).tolist() for column, found in costs.items()}
    variants = reference.options.get("variants", [of])
    cell = {**key, "variants": variants, "gaps": gaps, "seconds": seconds}
    told = ", ".join(f"{column} {_mean(values)}" for column, values in gaps.items())
    add_cell(journal, cell, f"{name}/{of}: {told}", without={"policy": name, "set": of})
    if count is None and journal.parent == RESULTS:
        _into_card(name, of, gaps)


def _into_card(name: str, of: str, gaps: Mapping[str, Sequence[float]]) -> None:
    card = read_card(name)
    solved = {column: [value for value in values if np.isfinite(value)] for column, values in gaps.items()}
    means = {column: round(float(np.mean(values)), 2) if values else None for column, values in solved.items()}
    unsolved = {column: len(values) - len(solved[column]) for column, values in gaps.items()}
    card.setdefault("measured", {})[of] = {**means, "unsolved": {column: n for column, n in unsolved.items() if n}}
    card["measured_with"] = "python benchmarks/trained.py"
    with atomic_write(card_file(FOLDER / name)) as stream:
        stream.write(json.dumps(card, indent=2) + "\n")


def _solved(name: str, instances: Sequence[Instance]) -> tuple[dict[str, NDArray[np.float64]], dict[str, float]]:
    """Costs and CPU seconds for an instance, of each column."""
    costs, seconds, routes = {}, {}, list[Solution]()
    policy, batch = load_policy(name), to_tensordict(instances)
    for column, (method, augmentation) in WAYS.items():
        began = time.process_time()
        routes = _decoded(policy, batch, instances, method, augmentation)
        seconds[column] = (time.process_time() - began) / len(instances)
        costs[column] = _judged(instances, routes)
    others: dict[str, Callable[[Instance, Solution], Solution | None]] = {
        "polished": _polished,
        "search 1 ms": lambda instance, _: solve(instance, solver="search", stop=Stop(cpu=POLISH), seed=1).solution,
        "ortools 1 s": lambda instance, _: solve(instance, solver="ortools", stop=Stop(cpu=ORTOOLS)).solution,
    }
    for column, make in others.items():
        few = instances[:COMPARED] if column.startswith("ortools") else instances
        make(few[0], routes[0])  # compiles
        began = time.process_time()
        found = [make(instance, start) for instance, start in zip(few, routes, strict=False)]
        seconds[column] = (time.process_time() - began) / len(few)
        costs[column] = _judged(few, found)
    return costs, seconds


def _polished(instance: Instance, played: Solution) -> Solution | None:
    """Routes at a local optimum of the classical moves, and what a millisecond of search makes of them."""
    asked = whole_model(instance)
    flat = of_policy(instance, asked, played, 1)
    if flat is None:
        return None
    flat, _ = team.search(asked, flat, Monitor(Stop(cpu=POLISH)), 1, 1)
    return in_words(instance, asked, flat)


def _decoded(
    policy: Policy, batch: TensorDict, instances: Sequence[Instance], method: str, augmentation: str
) -> list[Solution]:
    rows = max(8, min(ROWS, NODES // batch["clients"].shape[1]))
    actions = decode(policy, VRPEnv(), batch, method, augmentation=augmentation, rows=rows).actions
    return [to_solution(each, row.tolist(), batch) for each, row in zip(instances, actions, strict=True)]


def _judged(instances: Sequence[Instance], solutions: Sequence[Solution | None]) -> NDArray[np.float64]:
    """Costs, inf for what is no solution."""
    costs = []
    for instance, solution in zip(instances, solutions, strict=True):
        cost = float("inf") if solution is None else evaluate(instance, solution).cost
        costs.append(float("inf") if solution is None or check(instance, solution, cost) else cost)
    return np.array(costs)


def write_tables(cells: Cells, stem: Path) -> None:
    """One row for each variant of a cell, and its mean."""
    rows = [row for cell in sorted(cells, key=_order) for row in _rows(cell)]
    write_csv(rows, ("policy", "set", "variant", "count", *COLUMNS), stem.with_suffix(".csv"))
    write_lines(_markdown(rows, cells), stem.with_suffix(".md"))


def _order(cell: Mapping[str, Any]) -> tuple[int, str]:
    return list(SETS).index(cell["policy"]), str(cell["set"])


def _rows(cell: Mapping[str, Any]) -> list[dict[str, Any]]:
    variants, gaps = cell["variants"], cell["gaps"]
    count = len(gaps["greedy"])
    head = {"policy": cell["policy"], "set": cell["set"]}
    rows = []
    if len(variants) > 1:
        for place, variant in enumerate(variants):
            some = {column: values[place :: len(variants)] for column, values in gaps.items()}
            rows.append(head | {"variant": variant, "count": len(some["greedy"])} | _entries(some))
    return [*rows, head | {"variant": "all", "count": count} | _entries(gaps)]


def _entries(gaps: Mapping[str, Sequence[float]]) -> dict[str, str]:
    return {column: _mean(values) for column, values in gaps.items()}


def _mean(values: Sequence[float]) -> str:
    """Of those that were solved; others are counted."""
    solved = [value for value in values if np.isfinite(value)]
    failed = len(values) - len(solved)
    text = f"{np.mean(solved):.2f}" if solved else "-"
    return f"{text} ({failed} unsolved)" if failed else text


def _markdown(rows: Sequence[Mapping[str, Any]], cells: Cells) -> list[str]:
    lines = [
        "# Policies that ship", "",
        f"| policy | set | variant | instances | {' | '.join(COLUMNS)} |",
        "|:--|:--|:--|--:|" + "--:|" * len(COLUMNS),
    ]  # fmt: skip
    for row in rows:
        entries = " | ".join(str(row.get(column, "")) for column in COLUMNS)
        lines.append(f"| {row['policy']} | {row['set']} | {row['variant']} | {row['count']} | {entries} |")
    lines += ["", "CPU milliseconds for an instance:", "", f"| policy | set | {' | '.join(COLUMNS)} |"]
    lines.append("|:--|:--|" + "--:|" * len(COLUMNS))
    for cell in sorted(cells, key=_order):
        used = " | ".join(f"{1e3 * cell['seconds'][column]:.1f}" for column in COLUMNS)
        lines.append(f"| {cell['policy']} | {cell['set']} | {used} |")
    lines += [
        "",
        "- Mean gaps in percent to the costs of the reference set (`search`, for the CPU seconds that the set says).",
        "- `greedy`: one episode; `starts`: one from each client (of a tour, from each city); `x8`: these from eight "
        "sides; `polished`: the best of these after one CPU millisecond of `search`, whose time comes on top of that "
        "of `x8`; beside it `search` and OR-Tools alone, the latter on the first 100 instances.",
        *machine(cells),
    ]  # fmt: skip
    return lines


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", nargs="*", metavar="POLICY/SET", help="cells (default: all of policies that ship)")
    add("--count", type=int, help="instances of each set, for a quick look (default: all)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
