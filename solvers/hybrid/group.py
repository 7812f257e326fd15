"""Instances that a policy begins and the search goes on with under one clock, side by side where threads allow."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.hybrid.part import Part, a_share, first_parts
from routewright.solvers.hybrid.plan import Plan
from routewright.solvers.hybrid.starts import Opening, Start, best_of, complete, opened
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.solver import Neural
from routewright.solvers.search import team
from routewright.solvers.search.solver import as_flat, feasible, in_words, whole_model

SIDES = 1
"""A policy plays every start from so many sides at most: once polished, more episodes gain less than the search."""


class Group:
    """One run.

    Args:
        neural: whose policy begins.
        plan: of the run.
        instances: of which none is without clients.
        monitors: of each; the first one's clock and interrupts are those of all.
        seed: of the random numbers.
        threads: of the policy, and of the search: of a single instance, or each with instances of its own.
    """

    def __init__(
        self, neural: Neural, plan: Plan, instances: Sequence[Instance], monitors: Sequence[Monitor], seed: int,
        threads: int,
    ) -> None:  # fmt: skip
        self._neural, self._plan = neural, plan
        self._instances, self._monitors, self._clock = instances, monitors, monitors[0]
        self._seed, self._threads = seed, threads
        self._alone = len(instances) == 1

    def solve(self, given: Solution | None = None) -> list[Answer]:
        """An answer for each; ``given`` is where a single one may start, too."""
        played = self._played() if Opening.POLICY in self._plan.openings else [None] * len(self._instances)
        lanes = min(self._threads, len(played))
        every = range(len(played))
        if lanes == 1:
            answers = self._begun(every, played, given)
        else:
            answers = self._side_by_side([every[lane::lanes] for lane in range(lanes)], played)
        return [answers[place] for place in every]

    def _side_by_side(self, lanes: Sequence[Sequence[int]], played: Sequence[Solution | None]) -> dict[int, Answer]:
        """Answers of some instances in each thread."""
        found: dict[int, Answer] = {}
        with ThreadPoolExecutor(len(lanes)) as executor:
            running = [executor.submit(self._begun, lane, played, None) for lane in lanes]
            try:
                for ended in as_completed(running):
                    found |= ended.result()
            except BaseException:
                self._clock.interrupt()  # or the other threads would use up their time before they are left
                raise
        return found

    def _begun(
        self, places: Sequence[int], played: Sequence[Solution | None], given: Solution | None
    ) -> dict[int, Answer]:
        """Answers of some instances, all of which get their routes before any is searched."""
        answers, starts = dict[int, Answer](), dict[int, Start]()
        for place in places:
            each = played[place]
            if each is not None and self._clock.over and complete(self._instances[place], each):
                answers[place] = Answer(each, 0)  # in time, if not polished
            else:
                starts[place] = self._start(place, each, given)
        for place, share in self._shares(starts):
            answers[place] = self._searched(place, starts[place], share)
        return answers

    def _played(self) -> list[Solution | None]:
        """The policy's best routes."""
        share = self._plan.share if self._alone else self._plan.share_together
        episodes = 1 + SIDES * max(each.n_clients for each in self._instances)
        parts = first_parts(self._monitors, share, episodes, listening=self._alone)
        answers = self._neural.run_together(self._instances, parts, seed=self._seed, threads=self._threads)
        return [answer.solution for answer in answers]

    def _start(self, place: int, played: Solution | None, given: Solution | None) -> Start:
        instance = self._instances[place]
        asked = whole_model(instance)
        openings = (Opening.USUAL,) if self._clock.over else self._plan.openings
        flats = opened(instance, asked, openings, played, self._seed)
        routes = feasible(instance, given)
        return best_of(asked, flats if routes is None else [*flats, as_flat(asked, routes)])

    def _shares(self, starts: dict[int, Start]) -> list[tuple[int, float]]:
        """Places, those with most to gain first, and what share of the time then left each gets."""
        if not starts:
            return []
        weights = self._plan.divide([each.apart for each in starts.values()], self._seed)
        order = (-weights).argsort(kind="stable")
        left = weights[order][::-1].cumsum()[::-1]
        places = list(starts)
        return [(places[each], float(weights[each] / rest)) for each, rest in zip(order, left, strict=True)]

    def _searched(self, place: int, start: Start, share: float) -> Answer:
        monitor = self._monitors[place]
        if not self._alone:  # seconds of a part are its own, those of the clock are shared by all
            monitor = Part(a_share(self._clock, share * self._clock.shared_by), self._clock, monitor)
        threads = self._threads if self._alone else 1
        flat, done = team.search(start.asked, start.flat, monitor, self._seed, threads)
        return Answer(in_words(self._instances[place], start.asked, flat), done)
