"""What a solver hands to ``solve``, which judges it."""

from dataclasses import dataclass

from routewright.data.solution import Solution


@dataclass(frozen=True)
class Answer:
    """The best that a solver found.

    Attributes:
        solution: without routes where nothing was found.
        iterations: steps done; what one is, each solver's module says.
        bound: reported cost that no solution can beat, where the solver proved one.
    """

    solution: Solution
    iterations: int
    bound: float | None = None
