"""When a run ends."""

from dataclasses import dataclass, fields
from math import inf, isnan
from typing import Any

from routewright.data.errors import RoutewrightError


@dataclass(frozen=True)
class Stop:
    """Limits of a run; it ends as soon as one of them is reached. None is no limit.

    ``Stop(wall=60) | Stop(target=27591)`` ends when either says so.

    Attributes:
        wall: seconds by the clock on the wall.
        cpu: seconds of processor time of this process, all threads together.
        iterations: steps of the solver; what one is, each solver's module says.
        target: reported cost that is good enough.
        no_improvement: iterations without a better solution.
    """

    wall: float | None = None
    cpu: float | None = None
    iterations: int | None = None
    target: float | None = None
    no_improvement: int | None = None

    def __post_init__(self) -> None:
        for name in ("wall", "cpu"):
            _check_number(name, getattr(self, name), least=0)
        _check_number("target", self.target)
        _check_count("iterations", self.iterations, least=0)
        _check_count("no_improvement", self.no_improvement, least=1)

    @property
    def ends(self) -> bool:
        """Whether a run under this stop ends for certain; a target may never be met."""
        return any(value is not None for value in (self.wall, self.cpu, self.iterations, self.no_improvement))

    @property
    def seconds(self) -> float:
        """The tighter of the limits on time; inf where there is none."""
        return min((value for value in (self.wall, self.cpu) if value is not None), default=inf)

    def __or__(self, other: "Stop") -> "Stop":
        """Stop when either says so: the tighter of each limit, the easier target."""
        if not isinstance(other, Stop):
            return NotImplemented
        merged: dict[str, Any] = {}
        for item in fields(self):
            given = [value for value in (getattr(self, item.name), getattr(other, item.name)) if value is not None]
            tightest = max if item.name == "target" else min
            merged[item.name] = tightest(given) if given else None
        return Stop(**merged)


def _check_number(name: str, value: Any, least: float | None = None) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)) or isnan(value):
        raise RoutewrightError(f"stop: {name} is {value!r}, must be a number")
    if least is not None and value < least:
        raise RoutewrightError(f"stop: {name} is {value:g}, must be >= {least:g}")


def _check_count(name: str, value: Any, least: int) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise RoutewrightError(f"stop: {name} is {value!r}, must be a whole number")
    if value < least:
        raise RoutewrightError(f"stop: {name} is {value}, must be >= {least}")
