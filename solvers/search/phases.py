"""When a run anneals from its start, when it breeds, and when it combines what it has found.

A long annealing that has settled in a poor structure stays there however slowly it cools. So a budget
beyond what one annealing can use pays for several, and for a genetic search where that suits, whose
results are then combined.
"""

from enum import Enum, auto
from math import inf
from typing import NamedTuple

from routewright.solvers.monitor import Monitor
from routewright.solvers.search.model import Model
from routewright.solvers.stop import Stop


class Habit(NamedTuple):
    """How a family of instances is searched for long."""

    worthwhile: int  # iterations per client from which on another annealing gains more than a slower one
    most: int  # annealings of one thread in a limited run
    annealing: float  # share of the budget that annealing takes where there is something to combine
    breeding: float = 0.0  # share that a genetic search takes where it suits


CAPACITY = Habit(worthwhile=1_700, most=4, annealing=0.4, breeding=0.25)
WINDOWS = Habit(worthwhile=2_500, most=8, annealing=0.6)
"""With time windows a number of routes is settled early, and often a wrong one."""
CHILD = 4
"""Iterations of annealing, per client, that take as long as a child of the genetic search."""
CHILDREN = 2_000
"""With fewer, a genetic search ends too far from what annealing finds."""
FASTEST = 1_000_000
"""Iterations a second that no processor reaches: with 100 clients they are a fifth."""
ONCE_EACH = 0.7
"""Share of the budget that annealing takes where each of several threads anneals once: longer ones gain more there."""
PROBE = 0.02
"""After this share of the budget the speed is known."""


def habit(model: Model) -> Habit:
    """By what makes routes of the model differ."""
    return WINDOWS if model.is_timed else CAPACITY


def may_breed(stop: Stop, clients: int) -> bool:
    """Whether a run under these limits can be long enough for a genetic search, however fast the machine."""
    most = min(stop.seconds * FASTEST, inf if stop.iterations is None else stop.iterations)
    return most * CAPACITY.breeding >= _for_breeding(clients)


def _for_breeding(clients: int) -> int:
    """Iterations in the place of the fewest children that are worth it."""
    return CHILDREN * CHILD * clients


class Task(Enum):
    """What a slice does."""

    ANNEAL = auto()
    BREED = auto()
    COMBINE = auto()


class Phase(NamedTuple):
    """What a moment of a run belongs to."""

    task: Task
    number: int  # annealings begun before this one
    share: float  # 0..1 of this annealing


class Phases:
    """The phases of one thread.

    Args:
        monitor: of the run.
        habit: of the family.
        clients: that are visited.
        threads: of the run, which combine their results.
        done: iterations before the first phase.
        breeds: whether the model suits a genetic search.
    """

    def __init__(
        self, monitor: Monitor, habit: Habit, clients: int, threads: int = 1, done: int = 0, *, breeds: bool = False
    ) -> None:
        stop = monitor.stop
        self._monitor = monitor
        self._habit = habit
        self._iterations = habit.worthwhile * clients  # that one annealing is worth
        self._threads = threads
        self._endless = stop.seconds == inf and stop.iterations is None
        self._annealings = 0  # not known yet
        self._begin = monitor.share(done)  # spent on the start
        self._breeding = habit.breeding if breeds and may_breed(stop, clients) else 0.0
        self._enough = _for_breeding(clients)

    def at(self, done: int) -> Phase:
        """The phase after ``done`` iterations of this thread."""
        if self._endless:
            return self._repeated(done)
        share = (self._monitor.share(done) - self._begin) / max(1.0 - self._begin, 1e-9)
        if not self._annealings and share >= PROBE:
            self._plan(done / share)
        count = self._annealings or 1
        annealing = self._habit.annealing if count > 1 else ONCE_EACH if self._threads > 1 else 1.0
        along = share * count / annealing
        if along >= count and share < 1.0:
            breeds = share < annealing + self._breeding
            return Phase(Task.BREED if breeds else Task.COMBINE, count, 1.0)
        number = min(int(along), count - 1)
        return Phase(Task.ANNEAL, number, min(1.0, along - number))

    def _plan(self, expected: float) -> None:
        """Decide once so many iterations are to be expected."""
        if expected * self._breeding < self._enough:
            self._breeding = 0.0
        self._annealings = min(self._habit.most, max(1, int(expected * self._habit.annealing / self._iterations)))

    def _repeated(self, done: int) -> Phase:
        """Without limits: annealing, combining and, long enough to be of use, breeding in turn, for ever."""
        settled = int(self._iterations / self._habit.annealing)
        number, rest = divmod(done, settled + (self._enough if self._breeding else 0))
        share = rest / self._iterations
        if share < 1.0:
            return Phase(Task.ANNEAL, number, share)
        return Phase(Task.COMBINE if rest < settled else Task.BREED, number + 1, 1.0)
