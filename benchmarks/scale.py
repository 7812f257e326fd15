"""Many, large, together: thousands in one call, routes and tours of 100,000 places, iterations against size, threads.

    python benchmarks/scale.py
    python benchmarks/scale.py --only workers

Each run has a process of its own, whose memory is read at its end. It goes on where it stopped. Writes
results/scale.jsonl, .csv, .md and .png.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from cells import Cells, add_cell, has_cell, machine, measured, write_csv, write_figure, write_lines
from quality import RESULTS
from sets import instances_folder

import routewright as rw
from routewright.compare.reference import best_known
from routewright.solvers.monitor import TrajectoryPoint
from routewright.solvers.stop import Stop

COLUMNS = ("table", "what", "clients", "seconds", "iterations", "cost", "gap", "memory", "busy", "pace")
CORES = 2
COUNT, SHORT, LONG, LOOKED_AT = 1_000, 0.1, 10.0, 32
"""Instances of 100 clients in one call, seconds of each; seconds of a longer run, of the first so many."""
LARGE, LARGE_SECONDS, TOUR_SECONDS = 100_000, 600.0, 300.0
SIZES, PACE_SECONDS = (1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000), 60.0
SHARED = {10.0: 2, 30.0: 4}
"""Seconds on the wall, of one thread and of two, and every how many of the files of X."""
GOAL = 0.3
"""Exponent of size that the time of an iteration should stay below."""
RANDOM_TOUR = 0.7124
"""Length of the shortest tour of n random places in an area A, over sqrt(n A), for many n (Johnson & McGeoch 1996)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is missing, then write the tables."""
    asked = _parse(arguments)
    journal = asked.results / "scale.jsonl"
    return measured(journal, lambda: _measure(asked.only or list(TABLES), journal), write_tables)


def _measure(tables: Sequence[str], journal: Path) -> None:
    for name in tables:
        for what in TABLES[name]:
            key = {"table": name, "what": what}
            if has_cell(journal, key):
                continue
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
                found = executor.submit(TABLES[name][what]).result()
            add_cell(journal, key | found, f"{name} {what}: {found}")


def many(*, processes: bool) -> dict[str, Any]:
    """All instances in one call, after a first call with a few."""
    instances = _hundreds(COUNT)
    options: dict[str, Any] = {"solver": "search", "workers": CORES, "processes": processes}
    rw.solve_batch(instances[:4], time_limit=SHORT, **options)
    began, used = time.perf_counter(), _cpu()
    found = rw.solve_batch(instances, time_limit=SHORT, **options)
    wall = time.perf_counter() - began
    busy = 100 * (_cpu() - used) / (CORES * wall)
    return {"clients": 100, "seconds": wall, "cost": _mean(found[:LOOKED_AT]), "busy": busy}


def longer() -> dict[str, Any]:
    """The first of them for longer, one after the other."""
    began = time.perf_counter()
    found = [rw.solve(instance, solver="search", time_limit=LONG) for instance in _hundreds(LOOKED_AT)]
    return {"clients": 100, "seconds": time.perf_counter() - began, "cost": _mean(found)}


def routes(n: int, seconds: float) -> dict[str, Any]:
    """One instance, by ``search``."""
    return _solved(rw.generate("uniform", n, 1), "search", seconds)


def tour() -> dict[str, Any]:
    """A large tour."""
    found = _solved(rw.generate("tsp", LARGE, 1), "lk", TOUR_SECONDS)
    return found | {"gap": 100 * (found["cost"] / (RANDOM_TOUR * np.sqrt(LARGE + 1)) - 1)}


def shared(threads: int, seconds: float) -> dict[str, Any]:
    """Gaps of threads that share what they find."""
    gaps = {}
    for path in sorted((instances_folder() / "X").glob("*.vrp"))[1 :: SHARED[seconds]]:
        instance = rw.read(path)
        best, _ = best_known(path, instance)
        if best is not None:
            found = _solved(instance, "search", seconds, threads)
            gaps[path.stem] = 100 * (found["cost"] / best - 1)
    return {"gap": float(np.mean(list(gaps.values()))), "gaps": gaps, "seconds": seconds}


def _solved(instance: rw.Instance, solver: str, seconds: float, threads: int = 1) -> dict[str, Any]:
    result = rw.solve(instance, solver=solver, stop=Stop(wall=seconds), seed=1, threads=threads)
    return {
        "clients": instance.n_clients, "seconds": result.seconds, "iterations": result.iterations,
        "cost": _mean([result]), "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "first": result.trajectory[0].cost, "pace": _pace_of(result.trajectory, seconds),
    }  # fmt: skip


def _pace_of(trajectory: Sequence[TrajectoryPoint], seconds: float) -> float | None:
    """Microseconds of an iteration in the second half of a run, so that the start does not count."""
    late = [point for point in trajectory if point.wall > seconds / 2]
    done = late[-1].iterations - late[0].iterations if late else 0
    return 1e6 * (late[-1].wall - late[0].wall) / done if done else None


def _hundreds(count: int) -> list[rw.Instance]:
    return [rw.generate("uniform", 100, seed) for seed in range(count)]


def _mean(found: Sequence[rw.Result | rw.Failure]) -> float:
    costs = [each.cost for each in found if isinstance(each, rw.Result) and each.feasible]
    if len(costs) < len(found):
        raise rw.RoutewrightError(f"{len(found) - len(costs)} of {len(found)} instances were not solved")
    return float(np.mean(costs))


def _cpu() -> float:
    """Seconds of processor time of this process and of those that it has ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


TABLES: dict[str, dict[str, Callable[[], dict[str, Any]]]] = {
    "workers": {
        "threads": partial(many, processes=False),
        "processes": partial(many, processes=True),
        "longer": longer,
    },
    "large": {"routes": partial(routes, LARGE, LARGE_SECONDS), "tour": tour},
    "pace": {str(n): partial(routes, n, PACE_SECONDS) for n in SIZES},
    "threads": {
        f"{threads} for {seconds:g} s": partial(shared, threads, seconds)
        for seconds in SHARED
        for threads in (1, CORES)
    },
}


def write_tables(cells: Cells, stem: Path) -> None:
    """One row of the CSV for each cell, a table for each kind, and the curve of the time of an iteration."""
    write_csv(cells, COLUMNS, stem.with_suffix(".csv"))
    found = {name: [cell for cell in cells if cell["table"] == name] for name in TABLES}
    lines = ["# Many and large"]
    if found["workers"]:
        lines += ["", *_workers(found["workers"])]
    if found["large"]:
        lines += ["", *_large_ones(found["large"])]
    found["pace"] = [cell for cell in found["pace"] if cell["pace"]]  # None where a run improved too seldom to tell
    if found["pace"]:
        lines += ["", *_pace(found["pace"])]
        _draw(found["pace"], stem.with_suffix(".png"))
    if found["threads"]:
        lines += ["", *_together(found["threads"])]
    write_lines([*lines, "", *machine(cells, f"{CORES} cores")], stem.with_suffix(".md"))


def _workers(cells: Cells) -> list[str]:
    long = [cell["cost"] for cell in cells if cell["what"] == "longer"]
    lines = [
        f"## {COUNT:,} instances of 100 clients in one call, {SHORT:g} s each", "",
        f"| {CORES} workers | seconds | cores busy | % above {LONG:g} s (first {LOOKED_AT}) |", "|---|--:|--:|--:|",
    ]  # fmt: skip
    for cell in cells:
        if cell["what"] != "longer":
            gap = f"{100 * (cell['cost'] / long[0] - 1):.2f}" if long else ""
            lines.append(f"| {cell['what']} | {cell['seconds']:.1f} | {cell['busy']:.0f} % | {gap} |")
    return [*lines, "", "Starting the processes, judging and gathering answers included."]


def _large_ones(cells: Cells) -> list[str]:
    lines = [f"## {LARGE:,} places", "", "| | seconds | GiB | cost | |", "|---|--:|--:|--:|---|"]
    for cell in cells:
        gap = f"{cell['gap']:.2f} % above {RANDOM_TOUR} sqrt(n A)" if "gap" in cell else ""
        less = f"{100 * (1 - cell['cost'] / cell['first']):.2f} % below its start"
        told = "; ".join(word for word in (gap, less) if word)
        numbers = f"{cell['seconds']:.0f} | {cell['memory']:.1f} | {cell['cost']:.2f}"
        lines.append(f"| {cell['what']}, one thread | {numbers} | {told} |")
    return lines


def _pace(cells: Cells) -> list[str]:
    lines = [f"## Time of an iteration, {PACE_SECONDS:g} s each", "", "| clients | microseconds |", "|--:|--:|"]
    lines += [f"| {cell['clients']:,} | {cell['pace']:.2f} |" for cell in cells]
    return [
        *lines, "",
        f"In the second half of the run. It grows with clients to the power of {_exponent(cells):.2f} (goal: {GOAL}).",
    ]  # fmt: skip


def _exponent(cells: Cells) -> float:
    """The slope of a line through the logarithms."""
    sizes, times = np.log([cell["clients"] for cell in cells]), np.log([cell["pace"] for cell in cells])
    return float(np.polyfit(sizes, times, 1)[0]) if len(cells) > 1 else float("nan")


def _together(cells: Cells) -> list[str]:
    lines = ["## Threads on one instance", "", "| threads | seconds on the wall | X instances | mean gap in % |"]
    lines.append("|--:|--:|--:|--:|")
    for cell in sorted(cells, key=lambda each: (each["seconds"], each["what"])):
        lines.append(f"| {cell['what'].split()[0]} | {cell['seconds']:g} | {len(cell['gaps'])} | {cell['gap']:.3f} |")
    return [*lines, "", "One seed."]


def _draw(cells: Cells, path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 3.5), layout="constrained")
    axes = figure.add_subplot()
    sizes, times = [cell["clients"] for cell in cells], [cell["pace"] for cell in cells]
    axes.plot(sizes, times, "o-", ms=4, label="search")
    axes.plot(sizes, [times[0] * (size / sizes[0]) ** GOAL for size in sizes], "--", lw=1, label=f"clients^{GOAL}")
    axes.set(xscale="log", yscale="log", xlabel="clients", ylabel="microseconds for an iteration")
    axes.grid(visible=True, which="both", alpha=0.2)
    axes.legend(frameon=False)
    write_figure(figure, path)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", nargs="*", choices=[*TABLES], help="tables (default: all)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
