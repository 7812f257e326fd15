"""``routewright solve``: a file goes in, checked routes come out."""

from json import dumps
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from routewright.cli.options import (
    CapacityOption,
    DurationsOption,
    InstanceFile,
    JsonOption,
    ObjectiveOption,
    RoundingOption,
    SeedOption,
    SpeedOption,
    VehiclesOption,
    examples,
    positive,
    whole,
)

if TYPE_CHECKING:
    from routewright.data.instance import Instance
    from routewright.solvers.result import Result
    from routewright.solvers.stop import Stop

DEFAULT_SECONDS = 10.0

EXAMPLES = examples(
    "solve X-n101-k25.vrp",
    "solve X-n101-k25.vrp --time-limit 60 --out X.sol --plot X.png",
    "solve C101.txt --solver pyvrp --best-known 827.3 --schedule C101.csv",
    "solve X-n101-k25.vrp --iterations 20000 --seed 7 --json",
)


def run(
    file: InstanceFile,
    solver: Annotated[
        str,
        typer.Option(
            help="auto, search, lk, mcts, exact, pyvrp, ortools, neural, hybrid, hygese, vroom, fasttsp or lkh, "
            "with options (ortools:strategy=savings); info FILE says which can."
        ),
    ] = "auto",
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            parser=positive,
            help="Stop after so long.",
            show_default=f"{DEFAULT_SECONDS:g}, none with --iterations",
        ),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole(1),
            help="Stop after so many; with one thread the same seed then gives the same answer.",
        ),
    ] = None,
    seed: SeedOption = 0,
    threads: Annotated[int, typer.Option(metavar="N", parser=whole(1), help="Parallel searches.")] = 1,
    rounding: RoundingOption = "auto",
    objective: ObjectiveOption = None,
    durations: DurationsOption = None,
    capacity: CapacityOption = None,
    vehicles: VehiclesOption = None,
    speed: SpeedOption = None,
    initial: Annotated[Path | None, typer.Option(metavar="SOL", help="Start from this solution.")] = None,
    best_known: Annotated[
        str | None,
        typer.Option(
            metavar="COST",
            help="Cost that gaps refer to: a number, a .sol file, or the word sol for the one beside FILE.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the routes here (.sol or .json).")] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the routes here (.png, .svg, .pdf, or as a map: .geojson, .html).")
    ] = None,
    schedule: Annotated[
        Path | None, typer.Option(help="Write arrival, wait and load of every stop here (.csv or .json).")
    ] = None,
    json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> int:
    """Solve an instance and check the answer.

    Prints the cost, the rule that distances were made by and what the judge says. Outputs are
    written only for feasible answers. Ctrl-C stops early and keeps the best solution so far.
    """
    from routewright.cli.outputs import check_drawable
    from routewright.cli.progress import ProgressLine
    from routewright.cli.reference import best_known_cost
    from routewright.data.formats.read import read_explained, read_solution
    from routewright.solvers.solve import solve

    _check_outputs((file, initial, durations), out, plot, schedule)
    instance, distances = read_explained(
        file, rounding, objective, durations, capacity=capacity, vehicles=vehicles, speed=speed
    )
    if plot is not None:
        check_drawable(instance, plot)  # complains now, not after the search
    reference = best_known_cost(best_known, file, instance)
    start = None if initial is None else read_solution(initial, instance)[0]
    with ProgressLine(reference, quiet=quiet or json) as line:
        stop = _stop(time_limit, iterations)
        _announce_compilation(solver, instance, stop)
        result = solve(
            instance,
            solver=solver,
            stop=stop,
            seed=seed,
            threads=threads,
            initial_solution=start,
            on_improvement=line,
        )
    _print(result, distances, reference, json, quiet)
    if result.feasible:
        _write(instance, result, out, plot, schedule)
    elif out or plot or schedule:
        typer.echo("the answer is infeasible: outputs are not written", err=True)
    return 0 if result.feasible else 1


def _announce_compilation(solver: str, instance: "Instance", stop: "Stop") -> None:
    from routewright.solvers.registry import choose

    if choose(solver, instance) != "search":
        return
    from routewright.solvers.search.warm import is_compiled

    if not is_compiled(instance, stop):
        getLogger(__name__).info("compiling the search, once on this machine; the time limit starts afterwards")


def _check_outputs(inputs: tuple[Path | None, ...], out: Path | None, plot: Path | None, schedule: Path | None) -> None:
    from routewright.cli.outputs import PICTURES, ROUTES, TABLES, check_outputs, check_suffix

    check_suffix("--out", out, ROUTES)
    check_suffix("--plot", plot, PICTURES)
    check_suffix("--schedule", schedule, TABLES)
    check_outputs({"--out": out, "--plot": plot, "--schedule": schedule}, inputs)


def _stop(time_limit: float | None, iterations: int | None) -> "Stop":
    from routewright.solvers.stop import Stop

    if time_limit is None and iterations is None:
        time_limit = DEFAULT_SECONDS
    return Stop(wall=time_limit, iterations=iterations)


def _write(instance: "Instance", result: "Result", out: Path | None, plot: Path | None, schedule: Path | None) -> None:
    from routewright.cli.outputs import draw, tabulate
    from routewright.data.formats.write import write

    if out is not None:
        write(result.solution, out, instance=instance, cost=result.cost)
    if plot is not None:
        draw(instance, result.solution, plot)
    if schedule is not None:
        tabulate(result.schedule(), schedule)


def _print(result: "Result", distances: str, reference: float | None, json: bool, quiet: bool) -> None:
    from routewright.cli import report
    from routewright.cli.lines import show

    if json:
        typer.echo(dumps(report.as_json(result, reference)))
    elif not quiet:
        show(report.as_rows(result, distances, reference), report.violation_lines(result.violations))
