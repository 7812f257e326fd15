"""What a JSON instance or solution must look like. Imported on use: pydantic takes a while."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from routewright.data.distance import Metric, Rounding
from routewright.data.formats.json_text import infinite
from routewright.data.instance import Backhaul, Objective


def _row(value: Any) -> Any:
    """A row of one number may stand without its brackets."""
    return value if isinstance(value, list) else [value]


def _window_list(value: Any) -> Any:
    """A node's only window may stand without the outer brackets."""
    return value if isinstance(value, list) and any(isinstance(item, list) for item in value) else [value]


_FINITE = {"type": "number"}
_NUMBER = {"anyOf": [{"type": "number"}, {"enum": ["inf", "-inf"]}]}
_ROW = {"anyOf": [_FINITE, {"type": "array", "items": _FINITE}]}
_WINDOW = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_WINDOWS = {"anyOf": [_WINDOW, {"type": "array", "items": _WINDOW, "minItems": 1}]}

Finite = Annotated[float, Field(strict=True, allow_inf_nan=False), WithJsonSchema(_FINITE)]
Number = Annotated[float, Field(strict=True), BeforeValidator(infinite), WithJsonSchema(_NUMBER)]
Whole = Annotated[int, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, Field(strict=True)]
Point = tuple[Finite, Finite]
Span = Annotated[tuple[Number, Number], WithJsonSchema(_WINDOW)]
Windows = Annotated[list[Span], Field(min_length=1), BeforeValidator(_window_list), WithJsonSchema(_WINDOWS)]
Row = Annotated[list[Finite], BeforeValidator(_row), WithJsonSchema(_ROW)]
Matrices = list[list[list[Finite]]]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class BreakModel(_Model):
    """A rest."""

    earliest: Number
    latest: Number
    duration: Number


class BatteryModel(_Model):
    """Energy store of an electric vehicle."""

    capacity: Number
    use: Number = 1.0
    recharge: Number = 0.0


class VehicleTypeModel(_Model):
    """Some number of equal vehicles; every field left out is neutral."""

    count: Count | None = Field(None, description="null is unlimited")
    capacity: list[Number] = []
    fixed_cost: Finite = 0.0
    distance_cost: Finite = 1.0
    duration_cost: Finite = 0.0
    start: Count = 0
    end: Count | None = Field(0, description="null is an open route")
    reload_depots: list[Count] = []
    max_trips: Annotated[int, Field(strict=True, ge=1)] | None = None
    shift: Span = (0.0, float("inf"))
    max_distance: Number = float("inf")
    max_duration: Number = float("inf")
    max_overtime: Number = 0.0
    overtime_cost: Number = 0.0
    profile: Count = 0
    speed: Finite = 1.0
    allowed: list[Count] | None = Field(None, description="null is all clients")
    preference: list[tuple[Count, Number]] = []
    breaks: list[BreakModel] = []
    battery: BatteryModel | None = None
    name: Text = ""


class InstanceModel(_Model):
    """A routing problem in raw units; every field left out is neutral.

    Nodes are depots first, then clients, then stations. Infinity is the text "inf".
    """

    format: Literal["routewright-instance"]
    version: Literal[1]
    name: Text = ""
    depots: Annotated[int, Field(strict=True, ge=1)] = 1
    stations: Count = 0
    metric: Metric = Field("euclidean", description="explicit where coords is left out")
    rounding: Rounding = "none"
    scale: Annotated[int, Field(strict=True, ge=1)] = 1
    objective: Objective = "cost"
    backhaul: Backhaul = "none"
    split: Flag = False
    vehicle_types: Annotated[list[VehicleTypeModel], Field(min_length=1)]
    names: list[Text] = []
    coords: list[Point] | None = Field(None, description="[N] x, y or latitude, longitude")
    distances: Matrices | None = Field(None, description="[profiles][N][N]")
    durations: Matrices | None = Field(None, description="[profiles][N][N]")
    delivery: list[Row] | None = Field(None, description="[N] numbers, or [N] lists of load dimensions")
    pickup: list[Row] | None = Field(None, description="as delivery")
    pairs: list[tuple[Count, Count]] = []
    windows: list[Windows] | None = Field(None, description="[N] of [open, close] or of lists of them")
    lateness_cost: list[Number] | None = None
    service: list[Finite] | None = None
    release: list[Finite] | None = None
    required: list[Flag] | None = None
    prize: list[Finite] | None = None
    group: list[Whole] | None = None
    speed_periods: list[Point] | None = None


class RouteModel(_Model):
    """One vehicle's day; fields as in ``Route``."""

    trips: list[list[Count]]
    vehicle_type: Count = 0
    start: Count | None = None
    end: Count | None = None
    reloads: list[Count] = []
    departure: Finite | None = None
    quantities: list[list[list[Finite]]] | None = None
    charges: list[Finite] | None = None


class SolutionModel(_Model):
    """Routes, and what they are said to cost."""

    format: Literal["routewright-solution"]
    version: Literal[1]
    instance: Text = ""
    cost: Finite | None = None
    routes: list[RouteModel]
    unserved: list[Count] = []
