"""Jobs, outcomes and records with everything filled in but what a test speaks of."""

from pathlib import Path
from typing import Any

from routewright.compare.job import Job, SolverSpec
from routewright.compare.record import Outcome, Record


def spec(name: str = "search", *, anytime: bool = False, **options: Any) -> SolverSpec:
    return SolverSpec(name, f"nowhere.{name}", anytime, options)


def job(folder: Path, *, name: str = "A", solver: SolverSpec | None = None, seed: int = 1, budget: float = 1.0) -> Job:
    return Job(solver or spec(), instance_file(folder, name), seed, budget)


def instance_file(folder: Path, name: str, text: str = "any content") -> Path:
    path = folder / f"{name}.vrp"
    if not path.exists():
        path.write_text(f"{name}: {text}")
    return path


def outcome(**changes: Any) -> Outcome:
    values: dict[str, Any] = {
        "version": "1.0", "rounding": "round", "cost": 110.0, "raw": 110.0, "feasible": True, "wall": 1.0, "cpu": 1.0,
        "reference": 100.0, "reference_source": "A.sol",
    }  # fmt: skip
    return Outcome(**(values | changes))


def record(**changes: Any) -> Record:
    values = vars(outcome()) | {
        "key": "k", "solver": "search", "seed": 1, "budget": 1.0, "anytime": False, "instance": "A",
        "instance_hash": "h",
    }  # fmt: skip
    values |= changes
    values.setdefault("read_at", (values["budget"],))
    return Record(**values)
