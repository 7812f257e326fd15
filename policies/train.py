"""Training without the command line of the whole: ``python -m routewright.policies.train RECIPE``.

Needs neither typer nor a solver, for machines that have torch only.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from routewright.data.errors import RoutewrightError


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(prog="python -m routewright.policies.train", description=__doc__)
    parser.add_argument("recipe", help="a YAML file, or the name of one that ships")
    parser.add_argument("--out", type=Path, help="folder of the run (default: runs/NAME)")
    parser.add_argument("--max-minutes", type=float, help="stop after so long; the next call goes on")
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    parser.add_argument("--processes", type=int, default=1, help="that share the work")
    parser.add_argument("--fresh", action="store_true", help="begin anew")
    asked = parser.parse_args(arguments)
    try:
        from routewright.policies.training import read_recipe, train

        state = train(
            read_recipe(asked.recipe), asked.out, max_minutes=asked.max_minutes, device=asked.device,
            processes=asked.processes, fresh=asked.fresh,
        )  # fmt: skip
    except RoutewrightError as error:
        sys.stderr.write(f"train: {error}\n")
        return 2
    sys.stdout.write(f"{state}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
