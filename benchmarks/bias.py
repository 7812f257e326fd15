"""What attention gains from a bias by distances, on roads.

    python benchmarks/bias.py --minutes 6

Trains the policy of the recipe ``road`` with 20 clients three times, from the same seed and for the same CPU time on
one thread: without a bias, with the plain one and with the adaptive one (``policies/networks/bias.py``). Compares the
answers to the reference set ``road20`` with the costs of ``search``. Writes benchmarks/results/bias.csv and .md.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from quality import RESULTS

from routewright.compare.machine import context
from routewright.data.formats.atomic import atomic_write
from routewright.policies.checkpoint import load_policy
from routewright.policies.evaluate import Decoding, evaluate_policy
from routewright.policies.references import Reference, read_reference
from routewright.policies.training import Recipe, read_recipe, train

BIASES = ("none", "distance", "adaptive")
DECODINGS = (Decoding("greedy"), Decoding("multistart"))


class Line(NamedTuple):
    """One row of the table."""

    bias: str
    minutes: float
    steps: int
    parameters: int
    greedy: float  # gap in percent, mean
    multistart: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, then write the tables."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    reference, lines = read_reference(asked.reference), []
    for bias in BIASES:
        lines.append(measure(recipe(bias, asked.minutes, asked.seed), bias, reference))
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
    path = asked.results / "bias"
    with atomic_write(path.with_suffix(".csv")) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Line._fields)
        writer.writerows(lines)
    with atomic_write(path.with_suffix(".md")) as stream:
        stream.write(table(lines, reference, asked.seed))
    return 0


def recipe(bias: str, minutes: float, seed: int) -> Recipe:
    """``road`` with another bias, small instances only, by CPU time, and nothing to watch it by."""
    given = read_recipe("road")
    changes = {
        "policy": asdict(given.config().but(attention_bias=bias)),
        "data": given.data.model_dump() | {"n": 20},
        "minutes": minutes,
        "clock": "cpu",
        "validation": {},
        "seed": seed,
    }
    return Recipe.model_validate(given.model_dump() | changes)


def measure(recipe: Recipe, bias: str, reference: Reference) -> Line:
    """Train and decode."""
    with TemporaryDirectory() as folder:
        state = train(recipe, folder, device="cpu", quiet=True)
        policy = load_policy(Path(folder) / "policy")
    found = evaluate_policy(policy, reference.batch(), reference.costs, DECODINGS)
    gaps = [round(each.gap or 0.0, 3) for each in found]
    size = sum(each.numel() for each in policy.parameters())
    return Line(bias, round(state.minutes, 2), state.steps, size, *gaps)


def table(lines: Sequence[Line], reference: Reference, seed: int) -> str:
    """The table and what it rests on."""
    rows = [
        f"| {line.bias} | {line.minutes:.1f} | {line.steps} | {line.parameters} | {line.greedy:.2f} "
        f"| {line.multistart:.2f} |"
        for line in lines
    ]
    facts = context()
    machine = facts["machine"]
    notes = [
        f"- The recipe `road` with 20 clients, seed {seed}, one thread, one run each: small differences may be chance.",
        f"- Gap in percent above {reference.solver}, mean over the {len(reference.costs)} instances of "
        f"`{reference.name}` (CVRP and VRPTW on asymmetric distances), towns that training did not see.",
        f"- Machine: {machine['cpu']}, {machine['cores']} cores; torch {torch.__version__}; sources at "
        f"{facts.get('commit')}.",
    ]
    head = [
        "# Bias of attention by distances", "",
        "| attention_bias | CPU minutes | steps | parameters | gap, greedy | gap, multistart |",
        "|---|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    return "\n".join([*head, *rows, "", *notes, ""])


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--minutes", type=float, default=6.0, help="of CPU time for each (default: 6)")
    add("--seed", type=int, default=1, help="of all of them (default: 1)")
    add("--reference", default="road20", help=argparse.SUPPRESS)
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
