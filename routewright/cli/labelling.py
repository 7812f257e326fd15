"""``routewright generate --label``: sets of instances with their routes."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from routewright.cli.outputs import check_suffix


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
        from routewright.data.labels import Label, write_labels
        from routewright.solvers.batch import Failure, solve_batch
        from routewright.solvers.registry import choose

        check_suffix("--out", out, (".npz",))
        instances = [generate(kind, seed=seed + place, **options) for place in range(self.count)]
        choose(self.solver, instances[0])
        began = time.monotonic()
        results = solve_batch(
            instances, solver=self.solver, time_limit=self.time_limit, workers=self.workers, processes=self.workers > 1
        )
        labels = []
        for instance, result in zip(instances, results, strict=True):
            if isinstance(result, Failure) or not result.feasible:
                typer.echo(
                    f"{instance.name} is left out: {result.message if isinstance(result, Failure) else result}",
                    err=True,
                )
            else:
                labels.append(Label(instance, result.solution, result.cost))
        if not labels:
            raise typer.Exit(1)
        write_labels(labels, out)
        minutes = (time.monotonic() - began) / 60
        typer.echo(f"{len(labels)} labelled instances, {len(labels) / minutes:.0f} a minute, written to {out}")
