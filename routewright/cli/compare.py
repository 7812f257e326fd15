"""``routewright compare``: which solver to use, on whose instances and in which time."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from routewright.cli.options import RoundingOption, examples, positive, whole

if TYPE_CHECKING:
    from rich.console import Console

    from routewright.compare.comparison import Comparison

EXAMPLES = examples(
    "compare X/*.vrp --solvers search,pyvrp --time-limit 1,10 --report report.html",
    "compare X solomon --solvers auto,ortools:strategy=savings --seeds 3 --report a.html --report a.tex",
    "compare A.vrp B.vrp --solvers search,mine.py --reference best",
    "compare set --solvers neural:runs/mine/policy,search --time-limit 1 --batch 10",
)
RESULTS = "compare.jsonl"
NOTHING_RAN = 1
"""Exit code where every run crashed."""
INTERRUPTED = 130


def run(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Instances: files, folders or patterns.", show_default=False)
    ],
    solvers: Annotated[
        str,
        typer.Option(
            metavar="A,B,…",
            help="Names as in solve, with options if you like (ortools:strategy=savings), policies (neural:PATH) and "
            ".py files that are solvers.",
        ),
    ] = "auto",
    time_limit: Annotated[
        str, typer.Option(metavar="S,…", help="CPU seconds for each instance; several are all measured.")
    ] = "10",
    batch: Annotated[
        str | None,
        typer.Option(metavar="S,…", help="Beside that, seconds for all instances together.", show_default=False),
    ] = None,
    seeds: Annotated[int, typer.Option(metavar="N", parser=whole(1), help="Runs of each, with seeds 1 to N.")] = 1,
    workers: Annotated[
        int, typer.Option(metavar="N", parser=whole(1), help="Runs at a time; 1 for numbers to publish.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run on a Ray cluster: ray://HOST:PORT, or local.", show_default=False),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="CSV",
            help="Costs that gaps refer to: a table of instance,best_known, or the word best for the best found here.",
            show_default=".sol beside an instance, else the best found here",
        ),
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Write a report (.html, .md, .tex, .csv); may be repeated.", show_default=False
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep the runs here and go on from there (.jsonl).",
            show_default=f"beside the first report, else {RESULTS}",
        ),
    ] = None,
    rounding: RoundingOption = "auto",
    attempts: Annotated[
        int,
        typer.Option(metavar="N", parser=whole(1), help="Runs of a job, until one has 90 % of a core to itself."),
    ] = 3,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> int:
    """Compare solvers on instances: equal CPU time, one thread each, every answer checked.

    Solvers take turns on each instance and seed. Each run is on disk when it ends: stop whenever you
    like, the same command goes on where it stopped.
    """  # fmt: skip
    from routewright.compare.comparing import compare_solvers

    reports = report or []
    _check_reports(reports)
    runs = results or (reports[0].with_suffix(".jsonl") if reports else Path(RESULTS))
    _check_results(runs)
    try:
        found = compare_solvers(
            paths,
            solvers,
            time_limit=_seconds("--time-limit", time_limit),
            batch_limit=_seconds("--batch", batch or ""),
            seeds=seeds,
            workers=workers,
            cluster=cluster,
            reference=reference,
            results=runs,
            rounding=rounding,
            attempts=attempts,
            progress=not quiet,
        )
    except KeyboardInterrupt:
        typer.echo(f"stopped; the same command goes on from {runs}", err=True)
        return INTERRUPTED
    for path in reports:
        found.write(path)
    if not quiet:
        _print(found, reports)
    return 0 if any(not record.error for record in (*found.records, *found.batches)) else NOTHING_RAN


def _seconds(option: str, words: str) -> list[float]:
    try:
        return [positive(word) for word in words.split(",") if word]
    except typer.BadParameter as error:
        raise typer.BadParameter(f"{option}: {error}") from None


def _check_reports(reports: list[Path]) -> None:
    from routewright.cli.outputs import check_outputs
    from routewright.compare.reports import check_form

    for path in reports:
        check_form(path)
        check_outputs({"--report": path})


def _check_results(path: Path) -> None:
    from routewright.cli.outputs import check_outputs, check_suffix

    check_suffix("--results", path, (".jsonl",))
    check_outputs({"--results": path})


def _print(found: "Comparison", reports: list[Path]) -> None:
    from rich.console import Console

    from routewright.compare.grid import as_rich
    from routewright.compare.reports import notes

    console = Console(highlight=False, soft_wrap=False)
    for grid in found.tables():
        console.print(as_rich(grid))
        console.print()
    console.print(notes(found), markup=False, style="dim", soft_wrap=True)
    _tell_of_runs(found, console)
    for path in reports:
        console.print(f"report: {path}", markup=False, soft_wrap=True)


def _tell_of_runs(found: "Comparison", console: "Console") -> None:
    told: dict[str, Any] = {"runs done": found.report.done, "done before": found.report.skipped}
    if found.report.failed:
        told["failed"] = len(found.report.failed)
    if found.report.low_share:
        told["disturbed"] = len(found.report.low_share)
    console.print(
        ", ".join(f"{count} {word}" for word, count in told.items()),
        f"(kept in {found.results})",
        markup=False,
        soft_wrap=True,
    )
