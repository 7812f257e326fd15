"""A part of a run, watched by itself."""

from collections.abc import Sequence
from dataclasses import replace

from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


class Part(Monitor):
    """A monitor with limits of its own, which ends with the run at the latest.

    Args:
        stop: limits of the part.
        clock: of the run, whose end and interrupts are the part's too.
        listener: is told what the part finds; None for nobody.
        shared_by: instances of which the part is one.
        counted: whether the part's iterations are those of the run; otherwise what is found was there before the first.
    """

    def __init__(
        self, stop: Stop, clock: Monitor, listener: Monitor | None, *, shared_by: int = 1, counted: bool = True
    ) -> None:
        super().__init__(stop, shared_by=shared_by)
        self._clock, self._listener, self._counted = clock, listener, counted

    @property
    def over(self) -> bool:
        """Whether the part must end, or the run."""
        return super().over or self._clock.over

    def improved(
        self,
        cost: float,
        iterations: int,
        solution: Solution | None = None,
        *,
        key: tuple[float, ...] | None = None,
    ) -> None:
        """Report a feasible solution to the part and to who listens."""
        super().improved(cost, iterations, solution, key=key)
        if self._listener is not None:
            self._listener.improved(cost, iterations if self._counted else 0, solution, key=key)


def first_parts(
    clock: Monitor, monitors: Sequence[Monitor], share: float, episodes: int, *, listening: bool
) -> list[Part]:
    """For each monitor a part with a share of the seconds that are left, and so many iterations at most.

    Args:
        clock: of the run.
        monitors: of some of its instances, which have the time of all.
        share: of the time.
        episodes: iterations of the part.
        listening: whether the monitors are told what the parts find.
    """
    stop = replace(a_share(clock, share * clock.shared_by / len(monitors)), iterations=episodes, no_improvement=None)
    return [Part(stop, clock, each if listening else None, shared_by=len(monitors), counted=False) for each in monitors]


def a_share(clock: Monitor, share: float) -> Stop:
    """The limits of a run with that share of the seconds that it has left."""
    stop = clock.stop
    wall = None if stop.wall is None else share * max(0.0, stop.wall - clock.wall())
    cpu = None if stop.cpu is None else share * max(0.0, stop.cpu - clock.cpu())
    return replace(stop, wall=wall, cpu=cpu)
