"""What joining settled clients for a while gains, and whether it matters which (``rounds.py``).

    python benchmarks/segments.py --budgets 3 --seeds 2

Compares on instances of about a thousand clients the search as it is with rounds in which edges are contracted: edges
drawn at random, and those that the last solutions agree on. All of them anneal from the same start, in this process
and in turn, under limits on CPU time. Runs are appended to benchmarks/results/segments.jsonl: the same command goes on
where it stopped. Writes segments.md beside it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import numpy as np
from quality import RESULTS
from rounds import Floats, Moment, Scores, search, unchanged
from sets import instances_folder

from routewright.compare.machine import context
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.formats.atomic import atomic_write
from routewright.data.formats.read import read
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.warm import prepare
from routewright.solvers.stop import Stop

FILES = (
    "X/X-n856-k95.vrp", "X/X-n916-k207.vrp", "X/X-n979-k58.vrp", "X/X-n1001-k43.vrp",
    "gehring_homberger_1000/R1_10_4.vrp", "gehring_homberger_1000/RC2_10_4.vrp",
)  # fmt: skip
CHOICES = ("plain", "random", "unchanged")
Run = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is missing, then write the table."""
    asked = _parse(arguments)
    path = asked.results / "segments.jsonl"
    try:
        for job in _jobs(asked):
            if not any(each.items() >= job.items() for each in _runs(path)):
                _append(path, job | _measure(**job))
        with atomic_write(path.with_suffix(".md")) as stream:
            stream.write(table(_runs(path)))
    except RoutewrightError as error:
        sys.stderr.write(f"segments: {error}\n")
        return 2
    return 0


def _jobs(asked: argparse.Namespace) -> Iterator[Run]:
    for seed in range(1, asked.seeds + 1):
        for budget in map(float, asked.budgets.split(",")):
            for file in FILES:
                for choice in CHOICES:
                    yield {"file": file, "seed": seed, "budget": budget, "choice": choice}


def _measure(file: str, seed: int, budget: float, choice: str) -> Run:
    instance = read(instances_folder() / file)
    stop = Stop(cpu=budget)
    prepare(instance, stop)
    monitor = Monitor(stop)
    solution, iterations = search(instance, monitor, seed, _scores(choice, seed))
    cpu, wall = monitor.cpu(), monitor.wall()
    cost = evaluate(instance, solution).cost
    broken = check(instance, solution, cost)
    if broken:
        raise RoutewrightError(f"{file}: {choice} with seed {seed} broke a rule: {broken[0]}")
    return {"cost": cost, "iterations": iterations, "cpu": round(cpu, 3), "share": round(cpu / wall, 2)}


def _scores(choice: str, seed: int) -> Scores | None:
    random = np.random.default_rng(seed)

    def drawn(moment: Moment) -> Floats:
        return random.random(len(moment.followers))

    return {"plain": None, "random": drawn, "unchanged": unchanged}[choice]


def _runs(path: Path) -> list[Run]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _append(path: Path, record: Run) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")
    sys.stdout.write(f"{record}\n")
    sys.stdout.flush()


def table(runs: Sequence[Run]) -> str:
    """Per cent by which costs are above those of the plain search with the same instance, seed and budget."""
    lines = ["| instances | CPU seconds | edges | runs | cost against plain, % | iterations against plain |"]
    lines.append("|---|--:|---|--:|--:|--:|")
    for folder in dict.fromkeys(each["file"].split("/")[0] for each in runs):
        for budget in sorted({each["budget"] for each in runs}):
            for choice in CHOICES[1:]:
                pairs = list(_pairs(runs, folder, budget, choice))
                if len(pairs) > 1:
                    gaps = [100 * (mine["cost"] / plain["cost"] - 1) for mine, plain in pairs]
                    error = stdev(gaps) / sqrt(len(gaps))
                    speed = fmean(mine["iterations"] / plain["iterations"] for mine, plain in pairs)
                    cells = [folder, f"{budget:g}", choice, str(len(pairs)), f"{fmean(gaps):+.3f} ± {error:.3f}"]
                    lines.append(f"| {' | '.join(cells)} | {speed:.2f} |")
    facts = context()
    machine = facts["machine"]
    notes = [
        "- Paired by instance and seed; ± is the standard error of the mean. `check` judged every answer.",
        f"- Share of a core that a run had: {min(each['share'] for each in runs):.2f} to "
        f"{max(each['share'] for each in runs):.2f}; limits are on CPU time.",
        f"- Machine: {machine['cpu']}, {machine['cores']} cores; sources at {facts.get('commit')}.",
    ]
    return "\n".join(["# Joining settled clients", "", *lines, "", *notes, ""])


def _pairs(runs: Sequence[Run], folder: str, budget: float, choice: str) -> Iterator[tuple[Run, Run]]:
    found = {(each["file"], each["seed"], each["budget"], each["choice"]): each for each in runs}
    for (file, seed, seconds, name), mine in found.items():
        plain = found.get((file, seed, seconds, "plain"))
        if name == choice and seconds == budget and file.startswith(folder) and plain is not None:
            yield mine, plain


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--budgets", default="3", help="CPU seconds, comma-separated (default: 3)")
    add("--seeds", type=int, default=2, help="seeds 1 to this (default: 2)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
