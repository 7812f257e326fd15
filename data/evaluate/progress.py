"""Travel through periods of different speed (docs/problem.md, 9)."""

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray


class Progress:
    """How far plain travel time has got at a clock time, and back.

    The model of Ichoua, Gendreau & Potvin 2003: the speed changes while the vehicle is under way,
    so that nobody arrives earlier by leaving later. Progress is the integral of the speed factor;
    a leg of plain time t ends when progress has grown by t. The first factor holds before 0 too.

    Args:
        periods: [R, 2] rows (start time, factor), start times increasing.
    """

    def __init__(self, periods: NDArray[np.float64]) -> None:
        self.starts: list[float] = periods[:, 0].tolist()
        self.factors: list[float] = periods[:, 1].tolist()
        grown = np.diff(periods[:, 0]) * periods[:-1, 1]
        self.marks: list[float] = [0.0, *np.cumsum(grown).tolist()]

    def at(self, clock: float) -> float:
        """Progress at ``clock``."""
        period = max(bisect_right(self.starts, clock) - 1, 0)
        return self.marks[period] + self.factors[period] * (clock - self.starts[period])

    def factor(self, clock: float) -> float:
        """Speed factor at ``clock``."""
        return self.factors[max(bisect_right(self.starts, clock) - 1, 0)]

    def clock(self, progress: float) -> float:
        """The time at which ``progress`` is reached."""
        period = max(bisect_right(self.marks, progress) - 1, 0)
        return self.starts[period] + (progress - self.marks[period]) / self.factors[period]

    def arrival(self, leave: float, plain: float) -> float:
        """Arrival after a leg of ``plain`` time that starts at ``leave``."""
        return self.clock(self.at(leave) + plain) if plain else leave
