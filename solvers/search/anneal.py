"""Simulated annealing over one session: temperature, slices, the share of the budget."""

import sys
import time
from dataclasses import dataclass
from math import inf
from typing import Protocol

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.kernel.model import LENGTH
from routewright.solvers.search.model import Model
from routewright.solvers.search.session import Session

SLICE_SECONDS = 0.015
"""A kernel runs this long before Python looks at the clock again."""
SLICES = 16
"""At least so many in a short run, so that it cools."""
SHORTEST_SLICE = 1e-4
"""Seconds, several times what Python takes between two slices."""
FIXED_SLICE = 1_000
"""Iterations of a slice where only iterations count, so that runs repeat exactly."""


@dataclass(frozen=True)
class Cooling:
    """Temperature over the elapsed share of a budget: exponential, in mean arc costs."""

    hot: float = 0.5
    cold: float = 0.02

    def at(self, share: float) -> float:
        """Temperature at an elapsed share 0..1."""
        return float(self.hot * (self.cold / self.hot) ** share)


COOLING = Cooling()
WINDOWS_COOLING = Cooling(hot=1.5, cold=0.03)
"""Routes that only time keeps apart lie on top of each other, with short arcs for what a change of them costs."""
OPTIONAL_COOLING = Cooling(hot=0.2, cold=0.02)
"""Where clients may be left out, heat leaves out most of them, and whole routes must be found again."""


def cooling_of(model: Model) -> Cooling:
    """Of a whole run, by what makes routes of the model differ."""
    if not model.is_timed:
        return COOLING
    return OPTIONAL_COOLING if model.has_optional else WINDOWS_COOLING


class Improving(Protocol):
    """What can be improved slice by slice, such as a session."""

    def improve(self, iterations: int, temperature: float, /) -> object:
        """For so many iterations."""


class Pace:
    """How many iterations a slice takes: a fixed number, or what fits into a few milliseconds.

    Args:
        monitor: of the run.
        least: iterations of a slice.
        fixed: iterations of a slice where only their number is limited.
    """

    def __init__(self, monitor: Monitor, least: int = 20, fixed: int = FIXED_SLICE) -> None:
        stop = monitor.stop
        self._least = least
        self.timed = stop.seconds < inf
        self._limit = stop.iterations
        self._seconds = min(SLICE_SECONDS, max(SHORTEST_SLICE, stop.seconds / SLICES))
        self._slice = 2 * least if self.timed else fixed

    def run(self, session: Improving, done: int, temperature: float, most: int = sys.maxsize) -> int:
        """Anneal for one slice, of at most so many iterations; returns its iterations."""
        iterations = min(self._slice, most)
        if self._limit is not None:
            iterations = max(0, min(iterations, self._limit - done))
        began = time.thread_time()
        session.improve(iterations, temperature)
        if self.timed and iterations == self._slice:
            used = max(time.thread_time() - began, 1e-6)
            self._slice = max(self._least, int(self._slice * min(2.0, max(0.5, self._seconds / used))))
        return iterations


def mean_arc(session: Session) -> float:
    """Mean cost of an arc of the current solution, unserved clients left aside."""
    state = session.state
    arcs = session.model.n_visits - session.n_unserved + session.n_routes
    slots = state.slot[state.order[: session.n_routes]]
    driven = state.sums[slots, LENGTH]
    if session.general is not None:
        driven = driven * session.general.rate[session.general.kind[slots]]
    return max(int(driven.sum()) / max(arcs, 1), 1e-9)


class Span:
    """A part of a run, from now to a share of the whole.

    Args:
        monitor: of the run.
        done: iterations so far.
        end: share of the run at which the span ends.
    """

    def __init__(self, monitor: Monitor, done: int, end: float = 1.0) -> None:
        stop = monitor.stop
        self._monitor = monitor
        self._endless = stop.seconds == inf and stop.iterations is None
        self._done = done
        self._begin = monitor.share(done)
        self._length = max(end - self._begin, 1e-9)

    def share(self, done: int, endless: int) -> float:
        """How much of the span has passed, 0..1; beyond 1 after the end of an endless run's.

        Args:
            done: iterations of the run.
            endless: iterations of the span where neither time nor iterations are limited.
        """
        if self._endless:
            return (done - self._done) / endless
        return min(1.0, (self._monitor.share(done) - self._begin) / self._length)
