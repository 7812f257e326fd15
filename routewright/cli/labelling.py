"""``routewright generate --label``: sets of instances with their routes."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from routewright.cli.outputs import check_suffix

if TYPE_CHECKING:
    from routewright.data.instance import Instance
    from routewright.data.labels import Label

CHUNK = 1_000
"""Instances whose full results are in memory at a time."""


@dataclass(frozen=True)
class Labelling:
    """How a set is made.

    Attributes:
        solver: whose routes are the labels.
        count: instances.
        time_limit: seconds for each.
        workers: instances at a time.
    """

    solver: str
    count: int
    time_limit: float
    workers: int

    def write(self, kind: str, out: Path, *, seed: int, **options: Any) -> None:
        """Generate ``count`` instances from ``seed`` on, solve them and write those that have feasible routes."""
        from routewright.data.generators import generate
        from routewright.data.labels import write_labels
        from routewright.solvers.registry import choose

        check_suffix("--out", out, (".npz",))
        choose(self.solver, generate(kind, seed=seed, **options))
        began = time.monotonic()
        labels: list[Label] = []
        left_out: list[str] = []
        for first in range(seed, seed + self.count, CHUNK):
            seeds = range(first, min(first + CHUNK, seed + self.count))
            self._label([generate(kind, seed=each, **options) for each in seeds], labels, left_out)
        if left_out:
            typer.echo(f"{len(left_out)} of {self.count} are left out; the first: {left_out[0]}", err=True)
        if not labels:
            raise typer.Exit(1)
        write_labels(labels, out)
        minutes = (time.monotonic() - began) / 60
        typer.echo(f"{len(labels)} labelled instances, {len(labels) / minutes:.0f} a minute, written to {out}")

    def _label(self, instances: "list[Instance]", labels: "list[Label]", left_out: list[str]) -> None:
        from routewright.data.labels import Label
        from routewright.solvers.batch import Failure, solve_batch

        results = solve_batch(
            instances,
            solver=self.solver,
            time_limit=self.time_limit,
            workers=self.workers,
            processes=self.workers > 1,
            progress=True,
        )
        for instance, result in zip(instances, results, strict=True):
            if isinstance(result, Failure):
                left_out.append(f"{instance.name}: {result.message}")
            elif not result.feasible:
                left_out.append(str(result))
            else:
                labels.append(Label(instance, result.solution, result.cost))
