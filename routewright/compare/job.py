"""What is to be run: a solver, an instance, a seed and a budget of CPU seconds."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from routewright.data.errors import RoutewrightError


@dataclass(frozen=True)
class SolverSpec:
    """A solver as a benchmark sees it.

    Attributes:
        name: how tables call it.
        module: dotted name of a solver module, or the path of a ``.py`` file that is one. It offers
            ``supports(instance)``, ``version()`` and ``run(instance, monitor, *, seed, threads,
            initial_solution)``, and perhaps ``prepare(instance)``, which
            imports and compiles what ``run`` will need.
        anytime: whether the solver works the same whatever its budget, so that one long run shows
            what shorter ones would have found. False for solvers that plan with their budget (a
            cooling schedule) or that report nothing before they end.
        options: further keyword arguments of ``run``.
    """

    name: str
    module: str
    anytime: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name and options, such as ``search[threads=2]``."""
        options = ",".join(f"{name}={value}" for name, value in sorted(self.options.items()))
        return f"{self.name}[{options}]" if options else self.name


@dataclass(frozen=True)
class Job:
    """One run of one solver.

    Attributes:
        solver: who works.
        instance: file to read.
        seed: of the solver's random numbers.
        budget: CPU seconds from the call to the answer.
        read_at: CPU seconds at which the answer counts; the budget alone unless the solver is anytime.
        rounding: as in ``routewright.read``.
    """

    solver: SolverSpec
    instance: Path
    seed: int
    budget: float
    read_at: tuple[float, ...] = ()
    rounding: str = "auto"

    def __post_init__(self) -> None:
        if not self.budget > 0:
            raise RoutewrightError(f"budget is {self.budget:g} s, must be > 0")
        object.__setattr__(self, "read_at", self.read_at or (self.budget,))

    @property
    def key(self) -> str:
        """The same for jobs whose results are interchangeable, on any machine and from any folder."""
        parts = [self.solver.label, self.instance.name, content_hash(self.instance), self.rounding]
        return "|".join([*parts, f"seed={self.seed}", f"cpu={self.budget:g}"])

    def to_json(self) -> str:
        """The job as text, for the process that will run it."""
        solver = vars(self.solver) | {"options": dict(self.solver.options)}
        return json.dumps(vars(self) | {"solver": solver, "instance": str(self.instance)})

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """The job that ``to_json`` wrote."""
        fields = json.loads(text)
        fields["solver"] = SolverSpec(**fields["solver"])
        fields["instance"] = Path(fields["instance"])
        fields["read_at"] = tuple(fields["read_at"])
        return cls(**fields)


def plan(
    solvers: Sequence[SolverSpec],
    instances: Iterable[str | Path],
    *,
    seeds: Iterable[int] = (1,),
    budgets: Sequence[float] = (10.0,),
    rounding: str = "auto",
) -> list[Job]:
    """Every solver on every instance, in turn, so that a machine that slows down slows all alike.

    An anytime solver runs once per seed, at the largest budget; the others once per budget.
    """
    seeds, steps = tuple(seeds), tuple(sorted(budgets))
    jobs = []
    for path in map(Path, instances):
        for seed in seeds:
            for budget in steps:
                for solver in solvers:
                    if not solver.anytime:
                        jobs.append(Job(solver, path, seed, budget, rounding=rounding))
                    elif budget == steps[-1]:
                        jobs.append(Job(solver, path, seed, budget, steps, rounding))
    return jobs


@cache
def content_hash(path: Path) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a file.

    Raises:
        RoutewrightError: if the file cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise RoutewrightError(f"{path}: cannot be read ({error.strerror})") from None
