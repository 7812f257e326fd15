"""What is to be run: a solver, an instance or a batch of them, a seed and a budget of seconds."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from routewright.data.errors import RoutewrightError


@dataclass(frozen=True)
class SolverSpec:
    """A solver as a comparison sees it.

    Attributes:
        name: how tables call it.
        module: what ``loading.load_solver`` loads: the dotted name of a solver module, the path of a ``.py`` file that
            is one, or either with ``:FUNCTION`` behind it for a function (``functions.py``). A solver module offers
            ``supports(instance)``, ``version()`` and ``run(instance, monitor, *, seed, threads, initial_solution)``,
            and perhaps ``prepare(instance, stop)``, which imports and compiles what ``run`` will need.
        anytime: whether the solver works the same whatever its budget, so that one long run shows
            what shorter ones would have found. False for solvers that plan with their budget (a
            cooling schedule) or that report nothing before they end.
        options: further keyword arguments of ``run``.
        words: what the module is configured by, such as a policy.
        fingerprint: of whatever else decides what it answers, such as weights; runs under another one do not count.
    """

    name: str
    module: str
    anytime: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    fingerprint: str = ""

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
        batch: files that are solved in one go, ``instance`` being the first of them; none for a run on one instance.
    """

    solver: SolverSpec
    instance: Path
    seed: int
    budget: float
    read_at: tuple[float, ...] = ()
    rounding: str = "auto"
    batch: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if not self.budget > 0:
            raise RoutewrightError(f"budget is {self.budget:g} s, must be > 0")
        object.__setattr__(self, "read_at", self.read_at or (self.budget,))

    @property
    def files(self) -> tuple[Path, ...]:
        """All that the run reads."""
        return self.batch or (self.instance,)

    @property
    def title(self) -> str:
        """Of the instance, or how many a batch holds."""
        return f"batch of {len(self.batch)}" if self.batch else self.instance.stem

    @property
    def content(self) -> str:
        """A hash of what is in the files."""
        return _joint_hash(self.batch) if self.batch else content_hash(self.instance)

    @property
    def key(self) -> str:
        """The same for jobs whose results are interchangeable, on any machine and from any folder."""
        fingerprint = f"@{self.solver.fingerprint}" if self.solver.fingerprint else ""
        name = self.title if self.batch else self.instance.name
        parts = [f"{self.solver.label}{fingerprint}", name, self.content, self.rounding]
        return "|".join([*parts, f"seed={self.seed}", f"cpu={self.budget:g}"])

    def to_json(self) -> str:
        """The job as text, for the process that will run it."""
        solver = vars(self.solver) | {"options": dict(self.solver.options)}
        paths = {"instance": str(self.instance), "batch": [str(path) for path in self.batch]}
        return json.dumps(vars(self) | {"solver": solver} | paths)

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """The job that ``to_json`` wrote."""
        fields = json.loads(text)
        fields["solver"] = SolverSpec(**fields["solver"])
        fields["instance"] = Path(fields["instance"])
        fields["batch"] = tuple(map(Path, fields["batch"]))
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


def plan_batches(
    solvers: Sequence[SolverSpec],
    instances: Iterable[str | Path],
    *,
    seeds: Iterable[int] = (1,),
    budgets: Sequence[float],
    rounding: str = "auto",
) -> list[Job]:
    """Every solver on all instances at once, in turn; the seconds of a budget are for all instances together.

    Each runs once per budget: improvements of many instances have no common clock to be read by.
    """
    files, steps = tuple(map(Path, instances)), tuple(sorted(budgets))
    return [
        Job(replace(solver, anytime=False), files[0], seed, budget, rounding=rounding, batch=files)
        for seed in seeds
        for budget in steps
        for solver in solvers
    ]


def _joint_hash(paths: tuple[Path, ...]) -> str:
    together = "".join(f"{path.name} {content_hash(path)}\n" for path in paths)
    return hashlib.sha256(together.encode()).hexdigest()[:16]


def content_hash(path: Path) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a file.

    Raises:
        RoutewrightError: if the file cannot be read.
    """
    try:
        facts = path.stat()
        return _hash(path, facts.st_mtime_ns, facts.st_size, facts.st_ino)
    except OSError as error:
        raise RoutewrightError(f"{path}: cannot be read ({error.strerror})") from None


@cache
def _hash(path: Path, *_: int) -> str:
    """Of a file as long as it stays as it is."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
