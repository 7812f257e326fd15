"""A slice of training for all shipped models, each by its share: ``python -m routewright.policies.training.slices``.

Runs lie in ``runs/``; a later slice goes on where this one stopped. What each run has learnt so far is copied to
``policies/checkpoints``, if it is better on its reference set than what ships.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from routewright.data.errors import RoutewrightError
from routewright.policies.cards import FOLDER, OWN, card_file, read_card
from routewright.policies.checkpoint import load_policy, save_policy
from routewright.policies.training.recipe import read_recipe
from routewright.policies.training.run import Trained, train

SHARES = {"vrp": 0.5, "road": 0.2, "tsp": 0.2, "cvrp-gnn": 0.1}
"""Recipes, and how much of the time each has."""


def train_slice(minutes: float, runs: Path = Path("runs"), *, device: str = "auto", shipped: Path = FOLDER) -> None:
    """Go on with every model.

    Args:
        minutes: in all.
        runs: folder of the runs.
        device: auto, cpu or cuda.
        shipped: folder of the checkpoints.
    """
    for name, share in SHARES.items():
        state = train(read_recipe(name), runs / name, max_minutes=share * minutes, device=device)
        better = ship(state, shipped / name)
        gap = "" if state.gap is None else f", gap {state.gap:.2f} %"
        sys.stdout.write(f"{name}: {state.minutes:.1f} minutes{gap}{', shipped' if better else ''}\n")


def ship(state: Trained, target: Path) -> bool:
    """Copy a run's policy to ``target``, in half precision, unless what is there has a smaller gap."""
    new = read_card(state.folder / "policy")["val_gap"]
    if card_file(target).exists():
        old = read_card(target)["val_gap"]
        if new is None or (old is not None and old <= new):
            return False
    policy = load_policy(state.folder / "policy")
    facts = {name: value for name, value in read_card(state.folder / "policy").items() if name not in OWN}
    save_policy(policy, target, half=True, **facts)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Train a slice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    asked = parser.parse_args(arguments)
    try:
        train_slice(asked.minutes, asked.runs, device=asked.device)
    except RoutewrightError as error:
        sys.stderr.write(f"slices: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
