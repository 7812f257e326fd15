"""Solve one packaged instance with every solver, compare the answers and draw them.

Run it with ``make demo``; the pictures go to the folder ``demo/``.
"""

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

import routewright as rw

SOLVERS = ("search", "pyvrp", "ortools")
SECONDS = 5.0


def solve_with_all(instance: rw.Instance, seconds: float) -> list[rw.Result]:
    """One result of every solver, each with the same time."""
    return [rw.solve(instance, solver=solver, time_limit=seconds, seed=1) for solver in SOLVERS]


def comparison(results: list[rw.Result]) -> Table:
    """Cost, gap to the best of them, seconds and the judge's word."""
    best = min((result.cost for result in results if result.feasible), default=float("nan"))
    table = Table("solver", "cost", "gap", "routes", "seconds", "feasible")
    for result in results:
        gap = 100 * (result.cost - best) / best
        row = (f"{result.cost:.10g}", f"{gap:.2f} %", str(result.vehicles), f"{result.seconds:.1f}")
        table.add_row(f"{result.solver} {result.version}", *row, "yes" if result.feasible else "no")
    return table


def draw(results: list[rw.Result], folder: Path) -> list[Path]:
    """A picture of the best routes and one of how each solver came down."""
    folder.mkdir(exist_ok=True)
    best = min(results, key=lambda result: (not result.feasible, result.cost))
    pictures = {
        folder / "routes.png": rw.plot(best.instance, best.solution),
        folder / "convergence.png": rw.plot_convergence(results),
    }
    for path, axes in pictures.items():
        rw.save_figure(axes, path)
    return list(pictures)


def main(seconds: float = SECONDS, folder: Path = Path("demo")) -> int:
    """Print the table, say where the pictures are."""
    console = Console(highlight=False)
    instance = rw.packaged("xstyle-100")
    console.print(f"{instance.name}: {instance.n_clients} clients, {seconds:g} s for each solver")
    results = solve_with_all(instance, seconds)
    console.print(comparison(results))
    for path in draw(results, folder):
        console.print(f"wrote {path}")
    return 0 if all(result.feasible for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
