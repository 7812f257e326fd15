"""Clock, trajectory and stop of one run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from threading import RLock

from routewright.data.solution import Solution
from routewright.solvers.stop import Stop

TARGET_TOLERANCE = 1e-9
"""Times max(1, |target|): reported costs are quotients, a target is a decimal number."""
ROUNDED_UP = 1e-6
"""The same where costs are no whole numbers: solvers that count in such report more than a solution costs."""


@dataclass(frozen=True)
class TrajectoryPoint:
    """A moment at which the best cost fell.

    Attributes:
        wall: seconds since the start.
        cpu: seconds of processor time since the start.
        cost: reported cost.
        iterations: done by then.
        key: what the objective compares (``Evaluation.key``), where that is not the cost.
    """

    wall: float
    cpu: float
    cost: float
    iterations: int
    key: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Progress(TrajectoryPoint):
    """What ``on_improvement`` is told; ``solution`` where the solver hands it out on the way."""

    solution: Solution | None = None


class Monitor:
    """Watches one run; its clocks start when it is made.

    Several threads of one run may share a monitor.

    Args:
        stop: limits of the run.
        on_improvement: called at each better cost, in the thread that found it.
        shared_by: instances that are solved at once, of which this run is one; seconds are shares of theirs.
        tolerance: times max(1, |target|), by which a target may be missed.
    """

    def __init__(
        self,
        stop: Stop,
        on_improvement: Callable[[Progress], None] | None = None,
        *,
        shared_by: int = 1,
        tolerance: float = TARGET_TOLERANCE,
    ) -> None:
        self.stop = stop
        self._tolerance = tolerance
        self.shared_by = shared_by
        self.interrupted = False
        self._on_improvement = on_improvement
        self._trajectory: list[TrajectoryPoint] = []
        self._key: tuple[float, ...] | None = None
        self._lock = RLock()
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def wall(self) -> float:
        """Seconds since the start."""
        return (time.perf_counter() - self._wall) / self.shared_by

    def cpu(self) -> float:
        """Seconds of processor time since the start, all threads together."""
        return (time.process_time() - self._cpu) / self.shared_by

    @property
    def trajectory(self) -> tuple[TrajectoryPoint, ...]:
        """All improvements so far."""
        return tuple(self._trajectory)

    @property
    def listened_to(self) -> bool:
        """Whether someone would see a solution handed to ``improved``."""
        return self._on_improvement is not None

    @property
    def best(self) -> float:
        """Lowest cost so far; inf before the first."""
        return self._trajectory[-1].cost if self._trajectory else inf

    def share(self, iterations: int) -> float:
        """Elapsed share 0..1 of the tightest limit on time or iterations; 0 where there is none.

        With an iteration limit alone it depends on ``iterations`` alone.
        """
        shares = [0.0]
        if self.stop.wall is not None:
            shares.append(_share(self.wall(), self.stop.wall))
        if self.stop.cpu is not None:
            shares.append(_share(self.cpu(), self.stop.cpu))
        if self.stop.iterations is not None:
            shares.append(_share(iterations, self.stop.iterations))
        return min(1.0, max(shares))

    def improved(
        self,
        cost: float,
        iterations: int,
        solution: Solution | None = None,
        *,
        key: tuple[float, ...] | None = None,
    ) -> None:
        """Report a feasible solution; it counts if it is better than all before.

        Args:
            cost: reported cost.
            iterations: done so far.
            solution: for whoever watches.
            key: what the objective compares (``Evaluation.key``), where that is not the cost.
        """
        with self._lock:
            rank = (cost,) if key is None else key
            if self._key is not None and not rank < self._key:
                return
            self._key = rank
            point = TrajectoryPoint(self.wall(), self.cpu(), float(cost), iterations, key)
            self._trajectory.append(point)
            if self._on_improvement is not None:
                self._tell(self._on_improvement, Progress(**vars(point), solution=solution))

    def _tell(self, on_improvement: Callable[[Progress], None], point: Progress) -> None:
        try:
            on_improvement(point)
        except KeyboardInterrupt:  # it must not unwind through a library's C++ frames
            self.interrupt()

    def interrupt(self) -> None:
        """Ask the run to end now and to return its best."""
        self.interrupted = True

    def done(self, iterations: int) -> bool:
        """Whether the run must end."""
        stop = self.stop
        return (
            self.over
            or (stop.iterations is not None and iterations >= stop.iterations)
            or (stop.target is not None and self._reached(stop.target))
            or (stop.no_improvement is not None and self._stalled(stop.no_improvement, iterations))
        )

    @property
    def over(self) -> bool:
        """Whether an interrupt came, or a limit on time, so that what was begun need not be ended."""
        stop = self.stop
        return (
            self.interrupted
            or (stop.wall is not None and self.wall() >= stop.wall)
            or (stop.cpu is not None and self.cpu() >= stop.cpu)
        )

    def remaining(self) -> float:
        """Seconds by the clock until the wall limit, never below 0; inf where there is none."""
        return inf if self.stop.wall is None else max(0.0, self.stop.wall - self.wall())

    def seconds_left(self) -> float:
        """Seconds until the first limit on time, of all runs that share it; inf where there is none."""
        cpu = self.stop.cpu
        own = min(self.remaining(), inf if cpu is None else max(0.0, cpu - self.cpu()))
        return own * self.shared_by

    def _reached(self, target: float) -> bool:
        return self.best <= target + self._tolerance * max(1.0, abs(target))

    def _stalled(self, patience: int, iterations: int) -> bool:
        last = self._trajectory[-1].iterations if self._trajectory else 0
        return iterations - last >= patience


def _share(used: float, limit: float) -> float:
    return used / limit if limit > 0 else 1.0
