"""One finished run as one JSON line: what was asked, what came out, on which machine."""

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from routewright.compare.job import Job

MIN_SHARE = 0.9
"""A run that had less of a core than this shared its caches with others: it is run again."""

MAX_ATTEMPTS = 3

GRACE = (1.05, 0.3)
"""A run may take its budget times the one and seconds of the other more; what comes later has not kept its limit."""

CPU = "cpu"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one run of a solver gave; times are seconds of the solver alone.

    Attributes:
        version: of the solver.
        rounding: of the distances.
        scale: raw units per reported unit.
        nodes: number of nodes of the instance.
        objective: of the instance, as ``Instance.objective`` says it.
        cost: reported cost of the answer, recomputed by the evaluator; None where there is none. Where the longest
            route is the objective, its length stands for all costs.
        raw: the same in raw units.
        vehicles: routes used.
        feasible: whether ``check`` found nothing wrong with the answer.
        violations: the first few things it found.
        unsupported: what the solver does not know about this instance; such a job is never run.
        error: last line of a crash.
        wall: seconds on the clock.
        cpu: seconds of processor time.
        iterations: in the solver's own units.
        bound: lower bound in reported units, where known.
        trajectory: (CPU seconds, reported cost) at each improvement.
        fleets: (CPU seconds, vehicles) at each improvement, where these come before cost; empty otherwise.
        reference: best known cost in reported units.
        reference_source: the file it came from.
        peak_mib: most memory the process held, in MiB.
        solution: the routes, as ``solution_from_json`` reads them; None where there is no feasible answer.
        device: what a batch ran on: ``cpu`` or the name of an accelerator.
        parts: of a batch, for each instance its name, its cost (None without a feasible answer) and its reference.
        where: circumstances of a run on another machine that differ from those here.
    """

    version: str = ""
    rounding: str = ""
    scale: int = 1
    nodes: int = 0
    objective: str = "cost"
    cost: float | None = None
    raw: float | None = None
    vehicles: int = 0
    feasible: bool = False
    violations: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    error: str = ""
    wall: float = 0.0
    cpu: float = 0.0
    iterations: int = 0
    bound: float | None = None
    trajectory: tuple[tuple[float, float], ...] = ()
    fleets: tuple[tuple[float, int], ...] = ()
    reference: float | None = None
    reference_source: str = ""
    peak_mib: float | None = None
    solution: dict[str, Any] | None = None
    device: str = CPU
    parts: tuple[tuple[str, float | None, float | None], ...] = ()
    where: dict[str, Any] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """CPU seconds per second on the clock (above 1 with several threads)."""
        return self.cpu / self.wall if self.wall > 0 else 0.0


@dataclass(frozen=True, kw_only=True)
class Record(Outcome):
    """An outcome with its question and its circumstances: one line of a results file."""

    key: str
    solver: str
    seed: int
    budget: float
    read_at: tuple[float, ...]
    anytime: bool
    options: dict[str, Any] = field(default_factory=dict)
    instance: str
    instance_hash: str
    attempt: int = 1
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether the run had its core to itself; one on an accelerator may leave its core idle."""
        return self.device != CPU or self.share >= MIN_SHARE

    @property
    def late(self) -> bool:
        """Whether the run took more time than it was given."""
        factor, seconds = GRACE
        return (self.cpu if self.device == CPU else self.wall) > factor * self.budget + seconds

    def settled(self, attempts: int = MAX_ATTEMPTS) -> bool:
        """Whether running the job again would add nothing, where disturbed runs are tried so often."""
        return bool(self.unsupported) or (not self.error and (self.clean or self.attempt >= attempts))

    def to_json(self) -> str:
        """One line without its end; ``share`` is written for those who read the file by other means."""
        values = asdict(self) | {"share": round(self.share, 4), "clean": self.clean}
        circumstances = values.pop("context") | values.pop("where")
        question = {name: values[name] for name in Record.__annotations__ if name in values}
        return json.dumps(question | values | {"context": circumstances}, allow_nan=False)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """The record of a line; names this version does not know are left out."""
        known = {item.name for item in fields(cls)}
        values = {name: value for name, value in json.loads(line).items() if name in known}
        for name in ("violations", "unsupported", "read_at"):
            values[name] = tuple(values[name])
        return cls(**as_pairs(values))


def as_pairs(values: dict[str, Any]) -> dict[str, Any]:
    """Fields that JSON made lists of lists of, as they were."""
    return values | {
        "trajectory": tuple((cpu, cost) for cpu, cost in values["trajectory"]),
        "fleets": tuple((cpu, vehicles) for cpu, vehicles in values.get("fleets", ())),
        "parts": tuple((name, cost, reference) for name, cost, reference in values.get("parts", ())),
    }


def record_of(job: Job, outcome: Outcome, *, attempt: int, context: dict[str, Any]) -> Record:
    """Join a job and its outcome."""
    return Record(
        key=job.key,
        solver=job.solver.label,
        options=dict(job.solver.options),
        seed=job.seed,
        budget=job.budget,
        read_at=job.read_at,
        anytime=job.solver.anytime,
        instance=job.title,
        instance_hash=job.content,
        attempt=attempt,
        context=context | outcome.where,
        **(asdict(outcome) | {"where": {}}),
    )
