"""What a VROOM-style problem must look like. Imported on use: pydantic takes a while."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Whole = Annotated[int, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
Amount = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Text = Annotated[str, Field(strict=True)]
Window = tuple[Amount, Amount]
Place = tuple[
    Annotated[float, Field(strict=True, ge=-180, le=180)], Annotated[float, Field(strict=True, ge=-90, le=90)]
]
Matrix = list[list[Amount]]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TaskModel(_Model):
    """What jobs and the two ends of a shipment have in common."""

    id: Whole
    description: Text = ""
    location: Place | None = None
    location_index: Count | None = None
    service: Amount = 0.0
    time_windows: Annotated[list[Window], Field(min_length=1)] | None = None


class JobModel(TaskModel):
    """One visit."""

    delivery: list[Amount] = []
    pickup: list[Amount] = []
    skills: list[Whole] = []
    priority: Annotated[int, Field(strict=True, ge=0, le=100)] = 0


class ShipmentModel(_Model):
    """A pickup and its delivery."""

    pickup: TaskModel
    delivery: TaskModel
    amount: list[Amount] = []
    skills: list[Whole] = []
    priority: Annotated[int, Field(strict=True, ge=0, le=100)] = 0


class BreakModel(_Model):
    """A rest of a driver."""

    id: Whole
    description: Text = ""
    service: Amount = 0.0
    time_windows: Annotated[list[Window], Field(min_length=1, max_length=1)]


class CostsModel(_Model):
    """What a vehicle costs."""

    fixed: Amount = 0.0
    per_hour: Amount = 3600.0
    per_km: Amount = 0.0


class VehicleModel(_Model):
    """One vehicle."""

    id: Whole
    profile: Text = "car"
    description: Text = ""
    type: Text = ""
    start: Place | None = None
    start_index: Count | None = None
    end: Place | None = None
    end_index: Count | None = None
    capacity: list[Amount] | None = None
    costs: CostsModel = CostsModel()
    skills: list[Whole] = []
    time_window: Window | None = None
    breaks: list[BreakModel] = []
    speed_factor: Annotated[float, Field(strict=True, gt=0, le=5)] = 1.0
    max_travel_time: Amount | None = None
    max_distance: Amount | None = None


class MatricesModel(_Model):
    """Travel of one profile, by location index."""

    durations: Matrix
    distances: Matrix | None = None
    costs: Matrix | None = None


class ProblemModel(_Model):
    """A whole problem."""

    jobs: list[JobModel] = []
    shipments: list[ShipmentModel] = []
    vehicles: Annotated[list[VehicleModel], Field(min_length=1)]
    matrices: dict[str, MatricesModel] = {}


_TASK = {
    "setup": "depends on where the vehicle comes from; add it to service",
    "setup_per_type": "depends on the vehicle; add it to service",
    "service_per_type": "depends on the vehicle; give one service for all",
}

REFUSED: dict[str, dict[str, str]] = {
    "": {"matrix": "is the old name of matrices.car.durations"},
    "jobs": _TASK | {"amount": "is the old name of delivery"},
    "shipments": {},
    "task": _TASK,
    "vehicles": {
        "max_tasks": "has no place here; count tasks by a further load dimension, a delivery of 1 for each job",
        "steps": "are a plan to begin with; give it as a solution of its own",
    },
    "costs": {"per_task_hour": "has no place here: time spent at tasks costs nothing"},
    "breaks": {"max_load": "has no place here"},
}
"""Fields of the format that have no place here, by where they stand; 0 and empty are let pass."""


def refused(document: dict[str, Any]) -> str | None:
    """The first field of ``document`` that the format has and this reader has not, with the reason."""
    for place, kind, item in _objects(document):
        for name, reason in REFUSED[kind].items():
            if isinstance(item, dict) and item.get(name):
                return f"{place}{name}: {reason}"
            if isinstance(item, dict):
                item.pop(name, None)
    return None


def _objects(document: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Place, kind and content of every object in a document that may have any form."""
    found: list[tuple[str, str, Any]] = [("", "", document)]
    for kind in ("jobs", "shipments", "vehicles"):
        items = document.get(kind)
        for index, item in enumerate(items if isinstance(items, list) else []):
            place = f"{kind}.{index}."
            found.append((place, kind, item))
            if not isinstance(item, dict):
                continue
            if kind == "shipments":
                found += [(f"{place}{end}.", "task", item.get(end)) for end in ("pickup", "delivery")]
            found.append((f"{place}costs.", "costs", item.get("costs")))
            rests = item.get("breaks")
            found += [
                (f"{place}breaks.{i}.", "breaks", rest)
                for i, rest in enumerate(rests if isinstance(rests, list) else [])
            ]
    return found
