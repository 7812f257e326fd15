"""``routewright evaluate``: how good a trained policy is."""

from pathlib import Path
from typing import Annotated

import typer

from routewright.cli.options import examples, whole

EXAMPLES = examples(
    "evaluate runs/cvrp20/policy --reference cvrp20",
    "evaluate runs/cvrp20/policy A.vrp B.vrp --method greedy --method multistart:eightfold",
)


def run(
    checkpoint: Annotated[Path, typer.Argument(metavar="CHECKPOINT", help="NAME.safetensors, its card beside it.")],
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="Instances.")] = None,
    reference: Annotated[
        str | None, typer.Option(metavar="NAME", help="A set whose costs are known: one that ships, or a file.")
    ] = None,
    count: Annotated[
        int | None, typer.Option(metavar="N", parser=whole(1), help="Instances of the set.", show_default="all")
    ] = None,
    method: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[:SIDES]",
            help="greedy, sampling, multistart, beam or active; seen from none, eightfold or rotations.",
            show_default="greedy, multistart, multistart:eightfold",
        ),
    ] = None,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
) -> int:
    """Solve instances with a policy in several ways, and print cost, gap and seconds of each."""
    from rich.console import Console
    from rich.table import Table

    from routewright.data.batch import to_tensordict
    from routewright.data.errors import RoutewrightError
    from routewright.data.formats.read import read
    from routewright.policies.checkpoint import load_policy
    from routewright.policies.evaluate import DECODINGS, Decoding, evaluate_policy
    from routewright.policies.references import read_reference

    if (reference is None) == (not files):
        raise RoutewrightError("give instances: either --reference or files")
    policy = load_policy(checkpoint, device)
    costs = None
    if reference is not None:
        known = read_reference(reference)
        batch, costs = known.batch(count, device), known.costs
    else:
        batch = to_tensordict([read(path) for path in files or []], device=device)
    decodings = [Decoding(*word.split(":", 1)) for word in method] if method else list(DECODINGS)
    table = Table("decoding", "mean cost", "gap %", "unsolved", "seconds")
    for found in evaluate_policy(policy, batch, costs, decodings):
        gap = "" if found.gap is None else f"{found.gap:.2f}"
        table.add_row(str(found.decoding), f"{found.cost:.4f}", gap, str(found.unsolved), f"{found.seconds:.2f}")
    Console().print(table)
    return 0
