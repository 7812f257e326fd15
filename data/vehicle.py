"""Vehicle types: who drives, from where, how far, how long and at what price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf, isfinite, isnan
from numbers import Real

from routewright.data.errors import InstanceError


@dataclass(frozen=True)
class Break:
    """A rest of ``duration`` that starts within [earliest, latest].

    It is taken at a stop, before or after the service there, never during travel or service.
    """

    earliest: float
    latest: float
    duration: float

    def __post_init__(self) -> None:
        _reject(not isfinite(self.earliest), f"break: earliest is {self.earliest:g}, must be finite")
        _reject(isnan(self.latest), f"break: latest is {self.latest:g}, must be a time")
        _reject(self.earliest > self.latest, f"break: earliest {self.earliest:g} is after latest {self.latest:g}")
        _reject(not 0 <= self.duration < inf, f"break: duration is {self.duration:g}, must be finite and >= 0")


@dataclass(frozen=True)
class Battery:
    """Energy store of an electric vehicle; it leaves every depot full.

    Attributes:
        capacity: energy that fits.
        use: energy per unit of raw distance.
        recharge: time per unit of energy at a station (linear).
    """

    capacity: float
    use: float = 1.0
    recharge: float = 0.0

    def __post_init__(self) -> None:
        _reject(not 0 < self.capacity < inf, f"battery: capacity is {self.capacity:g}, must be finite and > 0")
        _reject(not 0 <= self.use < inf, f"battery: use is {self.use:g}, must be finite and >= 0")
        _reject(not 0 <= self.recharge < inf, f"battery: recharge is {self.recharge:g}, must be finite and >= 0")


_NUMBERS = (
    "fixed_cost", "distance_cost", "duration_cost", "max_distance", "max_duration", "max_overtime", "overtime_cost",
    "speed",
)  # fmt: skip


@dataclass(frozen=True)
class VehicleType:
    """Some number of equal vehicles. Every default is neutral: it limits and costs nothing.

    Attributes:
        count: vehicles available; None is unlimited.
        capacity: per load dimension; empty is unlimited. A number stands for one dimension.
        fixed_cost: paid once for each vehicle used.
        distance_cost: per unit of raw distance.
        duration_cost: per unit of raw time between departure and return.
        start: depot it leaves from.
        end: depot it returns to; None is an open route, which ends at its last stop.
        reload_depots: depots where it may start another trip within the same route.
        max_trips: trips in one route; None is unlimited (which needs ``reload_depots``).
        shift: earliest departure and latest return.
        max_distance: longest route.
        max_duration: longest time from departure to return, waiting and service included.
        max_overtime: time that a route may last beyond ``max_duration``, at a price.
        overtime_cost: per unit of time beyond ``max_duration``.
        profile: travel profile (first axis of ``Instance.distances``).
        speed: distance travelled per unit of time, where durations come from distances.
        allowed: clients it may visit; None is all of them.
        preference: (client, cost) pairs: paid when a vehicle of this type visits the client.
        breaks: rests that every route of this type must hold, in this order.
        battery: None is a vehicle without range limit.
        name: for people.
    """

    count: int | None = None
    capacity: tuple[float, ...] = ()
    fixed_cost: float = 0.0
    distance_cost: float = 1.0
    duration_cost: float = 0.0
    start: int = 0
    end: int | None = 0
    reload_depots: tuple[int, ...] = ()
    max_trips: int | None = None
    shift: tuple[float, float] = (0.0, inf)
    max_distance: float = inf
    max_duration: float = inf
    max_overtime: float = 0.0
    overtime_cost: float = 0.0
    profile: int = 0
    speed: float = 1.0
    allowed: frozenset[int] | None = None
    preference: tuple[tuple[int, float], ...] = ()
    breaks: tuple[Break, ...] = ()
    battery: Battery | None = None
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        self._freeze("capacity", _as_tuple(self.capacity))
        self._freeze("reload_depots", _as_tuple(self.reload_depots))
        self._freeze("shift", _as_tuple(self.shift))
        prices = self.preference.items() if isinstance(self.preference, Mapping) else self.preference
        self._freeze("preference", tuple((int(client), float(cost)) for client, cost in prices))
        self._freeze("breaks", _as_tuple(self.breaks))
        if self.allowed is not None:
            self._freeze("allowed", frozenset(int(client) for client in self.allowed))
        self._validate()

    def _freeze(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _validate(self) -> None:
        who = f"vehicle type {self.name!r}" if self.name else "vehicle type"
        self._check_kinds(who)
        for name, least in (("count", 0), ("max_trips", 1)):
            value = getattr(self, name)
            wrong = value is not None and (value % 1 != 0 or value < least)
            _reject(wrong, f"{who}: {name} is {value}, must be a whole number >= {least}")
        for value in self.capacity:
            _reject(not value >= 0, f"{who}: capacity is {value:g}, must be >= 0")
        for name in ("max_distance", "max_duration", "max_overtime"):
            value = getattr(self, name)
            _reject(not value >= 0, f"{who}: {name} is {value:g}, must be >= 0")
        for name in ("fixed_cost", "distance_cost", "duration_cost", "overtime_cost"):
            value = getattr(self, name)
            _reject(not 0 <= value < inf, f"{who}: {name} is {value:g}, must be finite and >= 0")
        _reject(not 0 < self.speed < inf, f"{who}: speed is {self.speed:g}, must be finite and > 0")
        for client, cost in self.preference:
            _reject(not isfinite(cost), f"{who}: preference for client {client} is {cost:g}, must be finite")
        _reject(len(self.shift) != 2, f"{who}: shift is {self.shift}, must be (earliest, latest)")
        _reject(not isfinite(self.shift[0]), f"{who}: shift starts at {self.shift[0]:g}, must be finite")
        _reject(
            not self.shift[0] <= self.shift[1],
            f"{who}: shift ends at {self.shift[1]:g}, before it starts at {self.shift[0]:g}",
        )

    def _check_kinds(self, who: str) -> None:
        numbers = [(name, getattr(self, name)) for name in _NUMBERS]
        numbers += [(name, value) for name in ("capacity", "shift") for value in getattr(self, name)]
        for name, value in numbers:
            _reject(not isinstance(value, Real), f"{who}: {name} is {value!r}, must be a number")
        for rest in self.breaks:
            wrong = not isinstance(rest, Break)
            _reject(wrong, f"{who}: breaks holds {rest!r}, must be Break(earliest, latest, duration)")

    @property
    def trip_limit(self) -> float:
        """Trips that one route may hold; infinite where reloads are free."""
        if not self.reload_depots:
            return 1
        return inf if self.max_trips is None else self.max_trips

    @property
    def kind(self) -> "VehicleType":
        """The type without its place and number: equal vehicles at several depots are one kind."""
        return replace(self, start=0, end=None if self.end is None else 0, count=None)


def _reject(wrong: bool, message: str) -> None:
    if wrong:
        raise InstanceError(message)


def _as_tuple(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
