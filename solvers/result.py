"""A judged answer and how it came about."""

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, ClassVar

from routewright.data.errors import RoutewrightError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import TrajectoryPoint

if TYPE_CHECKING:
    from routewright.data.check import Violation
    from routewright.data.schedule import Clock, Schedule

__all__ = ["Answer", "Failure", "Result"]

PROVED = 1e-6
"""Where numbers are not whole, a cost above its bound by no more than this share is the best there is."""
WHOLE = 0.5
"""Where they are whole, one that is above by less than this."""


@dataclass(frozen=True, eq=False)
class Result:
    """What ``solve`` returns: routes that the judge has seen.

    Attributes:
        instance: the problem.
        solution: the routes; none where the solver found nothing.
        cost: reported cost, raw cost / ``instance.scale``.
        feasible: whether the judge accepts the solution.
        seconds: by the clock, from the call to the answer, imports and compilation excepted; of many that were
            solved at once, its share.
        cpu_seconds: of processor time, in the same span.
        iterations: steps of the solver; what one is, its module says.
        trajectory: the improvements on the way.
        bound: reported cost that no solution can beat, where known.
        seed: of the random numbers.
        solver: its name.
        version: of the solver or of the library behind it.
        violations: what the judge found wrong; clients that no vehicle can serve come first.
    """

    instance: Instance = field(repr=False)
    solution: Solution = field(repr=False)
    cost: float
    feasible: bool
    seconds: float
    cpu_seconds: float
    iterations: int
    trajectory: tuple[TrajectoryPoint, ...] = field(repr=False)
    bound: float | None
    seed: int
    solver: str
    version: str
    violations: "tuple[Violation, ...]" = field(default=(), repr=False)

    @property
    def vehicles(self) -> int:
        """Routes with at least one stop."""
        return sum(1 for route in self.solution if len(route))

    @property
    def gap(self) -> float | None:
        """How far the cost may be above that of the best solution, in percent of the bound; None without a bound."""
        if self.bound is None or not self.feasible:
            return None
        above = max(0.0, self.cost - self.bound)
        return 0.0 if above == 0 else 100.0 * above / abs(self.bound) if self.bound else inf

    @property
    def optimal(self) -> bool:
        """Whether the solution is proved to be the best."""
        if self.bound is None or not self.feasible:
            return False
        if self.instance.exact:
            return (self.cost - self.bound) * self.instance.scale < WHOLE
        return self.cost <= self.bound + PROVED * max(1.0, abs(self.bound))

    def schedule(self, clock: "Clock | None" = None) -> "Schedule":
        """Arrival, wait, load and more of every stop, as a table.

        Args:
            clock: seconds, minutes or hours: what times count from midnight, to show them as 08:30.
        """
        from routewright.data.schedule import schedule

        return schedule(self.instance, self.solution, clock)

    def __str__(self) -> str:
        name = f"{self.instance.name}: " if self.instance.name else ""
        routes = "1 route" if self.vehicles == 1 else f"{self.vehicles} routes"
        return (
            f"{name}cost {self.cost:.10g}, {routes}, {self._judgement()}, "
            f"{self.seconds:.1f} s by {self.solver} {self.version}"
        )

    def _judgement(self) -> str:
        if self.feasible:
            return "feasible"
        rest = len(self.violations) - 1
        first = str(self.violations[0]) if self.violations else "nothing found"
        return f"INFEASIBLE ({first}{f' and {rest} more' if rest > 0 else ''})"


@dataclass(frozen=True)
class Failure:
    """What stands in the place of a result where a solver could not be asked, or failed.

    Attributes:
        message: what was wrong.
        feasible: False, so that one question sorts results and failures.
    """

    message: str
    feasible: ClassVar[bool] = False

    @classmethod
    def of(cls, error: BaseException) -> "Failure":
        """In one line; errors that are not ours with their kind."""
        return cls(str(error) if isinstance(error, RoutewrightError) else f"{type(error).__name__}: {error}")
