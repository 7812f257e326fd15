"""How exactly a limit must be held."""

from dataclasses import dataclass, replace
from math import inf

from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution

TOLERANCE = 1e-6
"""Relative to max(1, |limit|), wherever a number is not whole."""

ROUNDING = 1e-9
"""The same of differences that only arithmetic makes."""


@dataclass(frozen=True)
class Precision:
    """Exact where the instance and the solution hold whole numbers only (float64 is then exact)."""

    exact: bool
    tolerance: float = TOLERANCE

    @classmethod
    def of(cls, instance: Instance, solution: Solution) -> "Precision":
        """The precision at which ``solution`` is judged."""
        return cls(instance.exact and all(map(_whole, solution.routes)))

    def closely(self) -> "Precision | None":
        """One that forgives nothing but rounding; None where this one does not either."""
        strict = self.exact or self.tolerance == ROUNDING
        return None if strict else replace(self, tolerance=ROUNDING)

    def slack(self, limit: float) -> float:
        """How far a value may lie beyond ``limit``."""
        return 0.0 if self.exact or abs(limit) == inf else self.tolerance * max(1.0, abs(limit))

    def above(self, value: float, limit: float) -> bool:
        """Whether ``value`` breaks the upper ``limit``; NaN always does."""
        return not value <= limit + self.slack(limit)

    def below(self, value: float, limit: float) -> bool:
        """Whether ``value`` breaks the lower ``limit``; NaN always does."""
        return not value >= limit - self.slack(limit)

    def equal(self, value: float, wanted: float) -> bool:
        """Whether the two are the same number."""
        return not self.above(value, wanted) and not self.below(value, wanted)


def _whole(route: Route) -> bool:
    try:
        numbers = [] if route.departure is None else [route.departure]
        numbers += route.charges or ()
        numbers += [load for trip in route.quantities or () for stop in trip for load in stop]
        return all(float(number).is_integer() for number in numbers)
    except (TypeError, ValueError):
        return False  # misshapen quantities, say: told where they are read
