"""Labels that the recipes which ship begin with, in runs/labels.

    python benchmarks/labels.py tsp road
    python benchmarks/labels.py --all --workers 2

Each instance is solved by ``search`` with a limit of a hundredth of a second and more. A file that is there is left as
it is.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sets import ROOT

from routewright.cli.labelling import Labelling
from routewright.data.errors import RoutewrightError
from routewright.data.generators.attributes import BASE_VARIANTS, VARIANTS

FOLDER = ROOT / "runs" / "labels"


class Plan(NamedTuple):
    """One file: ``count`` instances of a family, from ``seed`` on."""

    family: str
    options: dict[str, Any]
    count: int
    seconds: float
    seed: int


def plans(name: str) -> Iterator[tuple[str, Plan]]:
    """Files of a recipe."""
    if name == "tsp":
        yield "tsp20", Plan("tsp", {"n": 20}, 8_000, 0.01, 100_000)
        yield "tsp50", Plan("tsp", {"n": 50}, 5_000, 0.02, 200_000)
    elif name == "cvrp":
        yield "CVRP-20", Plan("mtvrp", {"n": 20}, 10_000, 0.01, 3_000_000)
        yield "CVRP-50", Plan("mtvrp", {"n": 50}, 3_000, 0.05, 3_100_000)
    elif name == "road":
        for place, variant in enumerate(("CVRP", "VRPTW", "TSP")):
            yield f"{variant}-20", Plan("streets", {"n": 20, "variant": variant}, 4_000, 0.01, 100_000 + 10_000 * place)
            yield f"{variant}-50", Plan("streets", {"n": 50, "variant": variant}, 1_000, 0.05, 200_000 + 10_000 * place)
    else:
        for place, variant in enumerate(VARIANTS):
            count = 3_000 if variant in BASE_VARIANTS else 500
            yield f"{variant}-20", Plan("mtvrp", {"n": 20, "variant": variant}, count, 0.01, 1_000_000 + 10_000 * place)


RECIPES = ("tsp", "cvrp", "road", "vrp")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="RECIPE", choices=[*RECIPES, []], help=", ".join(RECIPES))
    parser.add_argument("--all", action="store_true", help="those of every recipe")
    parser.add_argument("--workers", type=int, default=1, help="instances at a time (default: 1)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder (default: runs/labels)")
    asked = parser.parse_args(arguments)
    try:
        for name in RECIPES if asked.all else asked.names:
            (asked.out / name).mkdir(parents=True, exist_ok=True)
            for stem, plan in plans(name):
                path = asked.out / name / f"{stem}.npz"
                if not path.exists():
                    labelling = Labelling("search", plan.count, plan.seconds, asked.workers)
                    labelling.write(plan.family, path, seed=plan.seed, **plan.options)
    except RoutewrightError as error:
        sys.stderr.write(f"labels: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
