"""What a comparison is asked: the arguments of ``compare_solvers``, looked at before anything runs."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from routewright.compare.functions import HERE
from routewright.compare.job import Job, SolverSpec, plan, plan_batches
from routewright.compare.known import must_be_there, spec_of
from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.solvers.solve import check_whole

Given = str | SolverSpec | Callable[..., Any]

BEST = "best"
"""As ``reference``: the best cost of the comparison, whatever is published."""


@dataclass(frozen=True)
class Question:
    """Who is compared on what.

    Attributes:
        specs: the solvers.
        files: of the instances.
        given: instances that came as such, by name.
        seeds: of each run.
        budgets: CPU seconds for each instance.
        batch_budgets: seconds for all instances together.
        costs: that gaps refer to, by instance.
        source: of these costs.
        rounding: as in ``read``.
    """

    specs: list[SolverSpec]
    files: list[Path]
    given: Mapping[str, Instance]
    seeds: list[int]
    budgets: tuple[float, ...]
    batch_budgets: tuple[float, ...]
    costs: Mapping[str, float]
    source: str
    rounding: str

    @cached_property
    def jobs(self) -> list[Job]:
        """On single instances."""
        if not self.budgets:
            return []
        return plan(self.specs, self.files, seeds=self.seeds, budgets=self.budgets, rounding=self.rounding)

    @cached_property
    def batches(self) -> list[Job]:
        """On all instances at once."""
        return plan_batches(
            self.specs, self.files, seeds=self.seeds, budgets=self.batch_budgets, rounding=self.rounding
        )  # fmt: skip

    @property
    def all_jobs(self) -> list[Job]:
        """In the order in which they run."""
        return self.jobs + self.batches


def specs_of(solvers: str | Sequence[Given] | Mapping[str, Given]) -> list[SolverSpec]:
    """The solvers that are named.

    Raises:
        RoutewrightError: if one is not there, or two have the same name.
    """
    if isinstance(solvers, str):
        solvers = [word for word in solvers.split(",") if word]
    if callable(solvers):
        solvers = [solvers]
    if isinstance(solvers, Mapping):
        found = [_called(spec_of(solver, name), name) for name, solver in solvers.items()]
    else:
        found = [spec_of(solver) for solver in solvers]
    if not found:
        raise RoutewrightError("no solvers are named")
    labels = [spec.label for spec in found]
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice is not None:
        raise RoutewrightError(f"solver {twice!r} is named twice; give a mapping from names to solvers")
    for spec in found:
        must_be_there(spec)
    return found


def _called(spec: SolverSpec, name: str) -> SolverSpec:
    """The spec by another name; its runs are kept apart from those of others that were once called so."""
    if "|" in name or not name:
        raise RoutewrightError(f"name of a solver is {name!r}, must be a word without |")
    module = "" if spec.module.startswith(HERE) else spec.module.rsplit("/", 1)[-1]  # a number of this process
    own = f"{module} {spec.words} {spec.fingerprint}"
    return replace(spec, name=name, fingerprint=hashlib.sha256(own.encode()).hexdigest()[:8])


def seconds_of(limits: float | Sequence[float]) -> tuple[float, ...]:
    """Limits in order, each once.

    Raises:
        RoutewrightError: if one is no number of seconds.
    """
    given = limits if isinstance(limits, Sequence) else (limits,)
    for value in given:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            raise RoutewrightError(f"time limit is {value!r}, must be a number of seconds > 0")
    return tuple(sorted({float(value) for value in given}))


def seeds_of(seeds: int | Iterable[int]) -> list[int]:
    """The seeds 1 to a number, or those that are named.

    Raises:
        RoutewrightError: if one is no whole number.
    """
    if isinstance(seeds, Iterable):
        found = list(dict.fromkeys(seeds))
        for seed in found:
            check_whole("seed", seed, 0)
        return found
    check_whole("seeds", seeds, 1)
    return list(range(1, seeds + 1))
