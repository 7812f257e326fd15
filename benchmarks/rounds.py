"""Annealing that joins settled clients for a while, and parts them again, round after round.

In the second half of each round the edges that are likely to stay are contracted, and the annealing goes on at the
same temperature on the smaller model: its iterations are shorter, and each moves more clients. The idea is that of
FSTA (2025, "Learning to Segment for Vehicle Routing Problems", arXiv 2507.01037). What is different: annealing goes on
with all clients between the rounds.
"""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from contraction import Contraction, Kept, can_contract, contract
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import COOLING, WINDOWS_COOLING, Pace, mean_arc
from routewright.solvers.search.flat import split
from routewright.solvers.search.kernel.model import FAR, Int64, Nodes
from routewright.solvers.search.model import model
from routewright.solvers.search.session import Session, begun
from routewright.solvers.search.solver import as_solution
from routewright.solvers.search.start import start_flat

SEEN = 16
"""Solutions that are remembered, one of each slice."""
BEGIN, END = 0.5, 0.95
"""Shares of an annealing between which it contracts. Before, few edges stay; at the end all clients must settle."""
ROUNDS = 6
KEEP = 0.6
"""Share of the edges between clients that are kept."""
LONGEST = 8
"""Clients of a segment at most: full vehicles leave no room for long ones."""

Floats = NDArray[np.float64]


class Moment(NamedTuple):
    """What is known when edges are chosen."""

    flat: Nodes  # the current solution
    followers: Int64  # [N] of each client, see there
    seen: Int64  # [H, N] those in the solutions of the last slices, the newest first


Scores = Callable[[Moment], Floats]
"""How likely the edge from each node to its follower stays [N]; only the order counts."""


def followers(flat: Nodes, n_nodes: int) -> Int64:
    """The node after each client [N]; 0 is the door, and for the door and the unserved there is none."""
    after = np.zeros(n_nodes, np.int64)
    after[flat[:-1]] = flat[1:]
    after[0] = 0
    return after


def unchanged(moment: Moment) -> Floats:
    """The share of the last solutions that have the edge, in either direction."""
    after = moment.followers
    return np.asarray(((moment.seen == after) | (moment.seen[:, after] == np.arange(len(after)))).mean(axis=0))


def keep(scores: Floats, moment: Moment) -> Kept:
    """The edges between clients with the highest scores, in segments that are not too long."""
    edges = np.flatnonzero(moment.followers)
    kept = np.zeros(len(moment.followers), np.bool_)
    kept[edges[np.argsort(-scores[edges], kind="stable")[: int(KEEP * len(edges))]]] = True
    joined = 1
    for node in moment.flat:
        joined = joined + 1 if kept[node] else 1
        if joined > LONGEST:
            kept[node], joined = False, 1
    return kept


def search(instance: Instance, monitor: Monitor, seed: int, scores: Scores | None) -> tuple[Solution, int]:
    """One annealing until ``monitor.done``: without scores all that ``solvers.search`` affords in so short a time.

    Args:
        instance: of one depot and one vehicle type, with a start that serves all.
        monitor: of the run.
        seed: of the start and the annealing.
        scores: which edges stay; None never joins clients.

    Returns:
        (best solution, iterations).
    """
    asked = model(instance)
    start = start_flat(asked, seed)
    session = begun(asked, seed, start)
    unit, cooling = mean_arc(session), WINDOWS_COOLING if asked.is_timed else COOLING
    annealer = Segmented(session, monitor, scores)
    total, best, begin, done = annealer.best_total, annealer.best_flat, monitor.share(0), 0
    while not monitor.done(done):
        share = (monitor.share(done) - begin) / max(1.0 - begin, 1e-9)
        done += annealer.run(done, unit * cooling.at(share), share)
        if annealer.best_total < total:
            total, best = annealer.best_total, annealer.best_flat
            monitor.improved(asked.reported(total), done)
    return as_solution(instance, [asked.nodes[route] for route in split(best)]), done


class Segmented:
    """Anneals a session, and at times a contraction of its solution in its place.

    Args:
        session: that holds the solution between the rounds.
        monitor: of the run.
        scores: which edges stay; None never joins clients.
    """

    def __init__(self, session: Session, monitor: Monitor, scores: Scores | None) -> None:
        self.session, self._small = session, session
        self.pace, self._small_pace = Pace(monitor), Pace(monitor)
        self._scores = scores
        self._seen: deque[Int64] = deque(maxlen=SEEN)
        self._part: Contraction | None = None

    def run(self, done: int, temperature: float, share: float) -> int:
        """One slice at an elapsed share of the annealing; returns its iterations."""
        if self._scores is not None and contracts(share) and (self._part is not None or self._is_contractible):
            if self._part is None:
                self._contract(self._scores, done)
            return self._small_pace.run(self._small, done, temperature)
        self.expand()
        iterations = self.pace.run(self.session, done, temperature)
        if self._scores is not None:
            self._seen.appendleft(followers(self.session.current_flat(), self.session.model.n_nodes))
        return iterations

    def expand(self) -> None:
        """Part what is joined; the current solution stays."""
        if self._part is not None:
            self.session.load_flat(self._part.expanded(self._small.current_flat()))
            self._part, self._small = None, self.session
            self._seen.clear()

    @property
    def best_total(self) -> int:
        """Cost of the best solution since clients were last joined or parted, in whole units."""
        return self._small.best_total + (0 if self._part is None else self._part.inside)

    @property
    def best_flat(self) -> Nodes:
        """That solution."""
        return self._small.best_flat if self._part is None else self._part.expanded(self._small.best_flat)

    @property
    def _is_contractible(self) -> bool:
        return len(self._seen) > 0 and self.session.total < FAR and can_contract(self.session.model)

    def _contract(self, scores: Scores, done: int) -> None:
        whole = self.session
        flat = whole.current_flat()
        moment = Moment(flat, followers(flat, whole.model.n_nodes), np.array(self._seen))
        self._part = contract(whole.model, flat, keep(scores(moment), moment))
        self._small = Session(self._part.model, whole.seed + done, len(whole.state.order), whole.settings)
        self._small.load_flat(self._part.contracted(flat))


def contracts(share: float) -> bool:
    """Whether an annealing is in the second half of a round at that share."""
    return BEGIN <= share < END and (share - BEGIN) / (END - BEGIN) * ROUNDS % 1.0 >= 0.5
