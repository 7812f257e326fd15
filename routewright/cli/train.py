"""``routewright train``: a recipe goes in, a policy comes out."""

import os
from pathlib import Path
from typing import Annotated

import typer

from routewright.cli.options import examples, positive, whole

EXAMPLES = examples(
    "train cvrp20",
    "train my-recipe.yaml --max-minutes 10",
    "train cvrp20 --out runs/again --fresh",
)


def run(
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="A YAML file, or the name of one that ships.")],
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Of the run.", show_default="runs/NAME")] = None,
    max_minutes: Annotated[
        float | None,
        typer.Option(metavar="MINUTES", parser=positive, help="Stop after so long; the next call goes on from there."),
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    processes: Annotated[int, typer.Option(metavar="N", parser=whole(1), help="That share the work.")] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, whatever the folder holds.")] = False,
) -> int:
    """Train a policy; called again with the same folder, go on where it stopped."""
    from routewright.policies.training import read_recipe, train

    state = train(read_recipe(recipe), out, max_minutes=max_minutes, device=device, processes=processes, fresh=fresh)
    if os.environ.get("LOCAL_RANK", "0") != "0":  # one of several processes, not the first
        return 0
    gap = "" if state.gap is None else f", gap {state.gap:.2f} %"
    typer.echo(
        f"{'finished' if state.finished else 'stopped'} after {state.steps} steps, {state.minutes:.1f} minutes{gap}"
    )
    typer.echo(f"policy: {state.folder / 'policy.safetensors'}; curve: {state.folder / 'curve.png'}")
    if not state.finished:
        typer.echo("the same command goes on")
    return 0
