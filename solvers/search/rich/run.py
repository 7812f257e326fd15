"""The recipe: insert everyone, make routes fewer where that counts, anneal."""

from dataclasses import dataclass

import numpy as np

from routewright.data.instance import Instance
from routewright.data.solution import Route
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.search.anneal import Cooling, Pace, Span
from routewright.solvers.search.kernel.rich.state import Int64
from routewright.solvers.search.rich.session import Model, Session
from routewright.solvers.search.rich.words import flat_of, joined, solution_of, tours

COOLING = Cooling(hot=1.0, cold=0.01)
"""Temperature over the run, in mean costs of an arc."""
FEWER = 0.5
"""Share of the run in which routes are made fewer, where vehicles come first."""
ENDLESS = 200_000
"""Iterations of one cooling where nothing limits the run."""


def search(instance: Instance, given: list[Route] | None, monitor: Monitor, seed: int) -> Answer:
    """Search until ``monitor.done``. An iteration is one ruin and recreate.

    Args:
        instance: the problem.
        given: feasible routes to begin with.
        monitor: of the run.
        seed: of the random numbers.
    """
    model = Model.of(instance)
    session = Session(model, seed, model.most_routes)
    if given is not None and not model.visits.are_pieces:
        session.load(flat_of(instance, model.visits, given))
    return _Run(session, monitor).answer()


@dataclass
class _Run:
    """One run of one thread."""

    session: Session
    monitor: Monitor
    done: int = 0
    best: Int64 | None = None
    rank: tuple[int, float] = (1 << 40, 0.0)

    def __post_init__(self) -> None:
        self._pace = Pace(self.monitor, least=1)

    def answer(self) -> Answer:
        """Search, and say what was found."""
        self._step(1, 0.0)  # absent items are all inserted
        if self.session.model.goal.counts_vehicles:
            self._make_fewer()
        self._anneal()
        assert self.best is not None
        return Answer(solution_of(self.session, self.best), self.done)

    def _step(self, most: int, temperature: float) -> None:
        self.done += self._pace.run(self.session, self.done, temperature, most)
        self._offer()

    def _offer(self) -> None:
        rank = self.session.best_rank
        if self.best is not None and rank >= self.rank:
            return
        self.best, self.rank = self.session.best_flat, rank
        if rank[0] == 0:
            self._tell(rank[1])

    def _tell(self, rank: float) -> None:
        model = self.session.model
        if model.instance.objective == "cost":
            self.monitor.improved((rank + model.asked.worth) / model.instance.scale, self.done)
            return
        from routewright.data.evaluate import evaluate

        assert self.best is not None
        judged = evaluate(model.instance, solution_of(self.session, self.best))
        self.monitor.improved(judged.cost, self.done, key=judged.key)

    def _anneal(self) -> None:
        span = Span(self.monitor, self.done)
        unit = self._unit()
        while not self.monitor.done(self.done):
            share = span.share(self.done, ENDLESS)
            self._step(1 << 30, unit * COOLING.at(share % 1.0 if share > 1.0 else share))

    def _unit(self) -> float:
        """Mean cost of an arc of the current solution."""
        session = self.session
        arcs = len(session.model.rules.release) + session.n_routes
        costs = session.model.rules.kind[:, 1]
        return max(session.distance * float(np.mean(costs)) / max(arcs, 1), 1e-6)

    def _make_fewer(self) -> None:
        """Take one route away and place its clients elsewhere, as long as that succeeds in time."""
        session = self.session
        while not self.monitor.done(self.done) and self.monitor.share(self.done) < FEWER:
            if session.n_absent == 0:
                routes = tours(session.best_flat)
                if len(routes) <= 1:
                    break
                routes.pop(min(range(len(routes)), key=lambda number: len(routes[number].visits)))
                session.limit(len(routes))
                session.load(joined(routes))
            self._step(1 << 30, 0.3 * self._unit())
        assert self.best is not None
        session.limit(len(session.state.order))
        session.load(self.best)
