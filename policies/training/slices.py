"""A slice of training for all shipped models: ``python -m routewright.policies.training.slices``.

Runs lie in ``runs/``; a later slice goes on where this one stopped. What each run has learnt so far is copied to
``policies/checkpoints``, if it is better on its reference set than what ships.

On a processor models take turns, each by its share of the time. On a GPU they are trained side by side, for each by
itself leaves it idle most of the time, waiting to be told what to do next.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from math import inf
from pathlib import Path

import torch

from routewright.data.errors import RoutewrightError
from routewright.policies.cards import FOLDER, OWN, Card, card_file, read_card
from routewright.policies.checkpoint import load_policy, save_policy
from routewright.policies.training.recipe import read_recipe
from routewright.policies.training.run import train

SHARES = {"vrp": 0.5, "road": 0.2, "tsp": 0.2, "cvrp-gnn": 0.1}
"""Recipes, and how much of the time each has."""
ON_GPU = {"vrp-gpu": "vrp", "cvrp-gpu": "cvrp", "road-gpu": "road", "tsp-gpu": "tsp"}
"""Recipes for a GPU, and what they ship as."""


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
        _report(name, state.folder, ship(state.folder, shipped / name))


def train_side_by_side(
    minutes: float, runs: Path = Path("runs"), *, device: str = "cuda", shipped: Path = FOLDER
) -> bool:
    """Go on with every model that has a recipe for a GPU, each in a process of its own; arguments as above.

    Returns:
        Whether all of them trained.
    """
    threads = {"OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // len(ON_GPU)))}
    command = [sys.executable, "-m", "routewright.policies.train", "--max-minutes", str(minutes), "--device", device]
    began = {}
    for name in ON_GPU:
        own = [*command, name, "--out", str(runs / name)]
        began[name] = subprocess.Popen(own, env=os.environ | threads)  # noqa: S603  # this very package
    failed = [name for name, process in began.items() if process.wait()]
    for name in [name for name in ON_GPU if name not in failed]:
        _report(name, runs / name, ship(runs / name, shipped / ON_GPU[name]))
    return not failed


def ship(run: Path, target: Path) -> bool:
    """Copy a run's policy to ``target``, in half precision, unless what is there solves more, or has a smaller gap."""
    new = read_card(run / "policy")
    if card_file(target).exists():
        old = read_card(target)
        if new["val_gap"] is None or _rank(old, new) <= _rank(new, new):
            return False
    policy = load_policy(run / "policy")
    facts = {name: value for name, value in read_card(run / "policy").items() if name not in OWN}
    save_policy(policy, target, half=True, **facts)
    return True


def _rank(card: Card, other: Card) -> tuple[int, float]:
    """Instances that were left unsolved, where both say it, and the gap of the rest."""
    says = card.get("val_unsolved") is not None and other.get("val_unsolved") is not None
    return (card["val_unsolved"] if says else 0, inf if card["val_gap"] is None else card["val_gap"])


def _report(name: str, run: Path, shipped: bool) -> None:
    card = read_card(run / "policy")
    gap = "" if card["val_gap"] is None else f", gap {card['val_gap']:.2f} %"
    sys.stdout.write(f"{name}: {card['minutes']:.1f} minutes{gap}{', shipped' if shipped else ''}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train a slice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    asked = parser.parse_args(arguments)
    try:
        if asked.device != "cpu" and torch.cuda.is_available():
            return int(not train_side_by_side(asked.minutes, asked.runs))
        train_slice(asked.minutes, asked.runs, device=asked.device)
    except RoutewrightError as error:
        sys.stderr.write(f"slices: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
