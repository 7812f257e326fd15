"""The list of commands."""

from typing import Annotated

import typer

from routewright.cli import bound, check, compare, convert, evaluate, generate, info, plot, solve, train, warm

app = typer.Typer(
    name="routewright",
    add_completion=False,
    rich_markup_mode=None,  # rich panels would double the time that --help takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 solved, 1 infeasible, 2 bad input. More on a command: routewright COMMAND --help",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from routewright import __version__

        typer.echo(f"routewright {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Solve vehicle routing problems; every answer is checked by an independent judge."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command("solve", epilog=solve.EXAMPLES)(solve.run)
app.command("check", epilog=check.EXAMPLES)(check.run)
app.command("info", epilog=info.EXAMPLES)(info.run)
app.command("bound", epilog=bound.EXAMPLES)(bound.run)
app.command("plot", epilog=plot.EXAMPLES)(plot.run)
app.command("convert", epilog=convert.EXAMPLES)(convert.run)
app.add_typer(generate.kinds, name="generate")
app.command("train", epilog=train.EXAMPLES)(train.run)
app.command("evaluate", epilog=evaluate.EXAMPLES)(evaluate.run)
app.command("compare", epilog=compare.EXAMPLES)(compare.run)
app.command("warm")(warm.run)
