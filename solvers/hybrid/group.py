"""Instances that a policy begins and the search goes on with under one clock, side by side where threads allow."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple, TypeVar

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.hybrid.plan import Plan
from routewright.solvers.hybrid.starts import Opening, Start, best_of, of_policy, opened
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.solver import Neural
from routewright.solvers.part import Part, a_share, first_parts
from routewright.solvers.search import team
from routewright.solvers.search.model import Model
from routewright.solvers.search.solver import as_flat, feasible, in_words, whole_model

SIDES = 1
"""A policy plays every start from so many sides at most: once polished, more episodes gain less than the search."""

Found = TypeVar("Found")


class Begun(NamedTuple):
    """An instance as the search sees it, and where it starts."""

    asked: Model
    start: Start


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
        every = range(len(self._instances))
        begun = self._side_by_side(lambda lane: {place: self._begun(place, given) for place in lane}, every)
        played = self._played([place for place in every if self._asks_policy(begun[place].start)])
        answers = self._side_by_side(lambda lane: self._ended({place: begun[place] for place in lane}, played), every)
        return [answers[place] for place in every]

    def _side_by_side(self, work: Callable[[Sequence[int]], dict[int, Found]], places: range) -> dict[int, Found]:
        """What is found for some instances in each thread."""
        lanes = min(self._threads, len(places))
        if lanes == 1:
            return work(places)
        found: dict[int, Found] = {}
        with ThreadPoolExecutor(lanes) as executor:
            running = [executor.submit(work, places[lane::lanes]) for lane in range(lanes)]
            try:
                for ended in as_completed(running):
                    found |= ended.result()
            except BaseException:
                self._clock.interrupt()  # or the other threads would use up their time before they are left
                raise
        return found

    def _begun(self, place: int, given: Solution | None) -> Begun:
        """Routes of all openings but the policy's, of the usual one alone where time is up."""
        instance = self._instances[place]
        asked = whole_model(instance)
        flats = opened(asked, (Opening.USUAL,) if self._clock.over else self._plan.openings, self._seed)
        routes = feasible(instance, given)
        return Begun(asked, best_of(asked, flats if routes is None else [*flats, as_flat(asked, routes)]))

    def _asks_policy(self, start: Start) -> bool:
        if Opening.POLICY not in self._plan.openings or self._clock.over:
            return False
        return self._alone or self._plan.everywhere or not start.whole or _on_gpu()

    def _played(self, places: Sequence[int]) -> dict[int, Solution]:
        """The policy's best routes."""
        if not places:
            return {}
        share = self._plan.share if self._alone else self._plan.share_together
        instances = [self._instances[place] for place in places]
        episodes = 1 + SIDES * max(each.n_clients for each in instances)
        monitors = [self._monitors[place] for place in places]
        parts = first_parts(self._clock, monitors, share, episodes, listening=self._alone)
        answers = self._neural.run_together(instances, parts, seed=self._seed, threads=self._threads)
        return {place: answer.solution for place, answer in zip(places, answers, strict=True)}

    def _ended(self, begun: Mapping[int, Begun], played: Mapping[int, Solution]) -> dict[int, Answer]:
        """Answers of some instances, all of which get their routes before any is searched."""
        starts = dict[int, Start]()
        for place, (asked, start) in begun.items():
            flat = None
            if place in played:  # in time, if not polished
                polished = not self._clock.over
                flat = of_policy(self._instances[place], asked, played[place], self._seed, polished=polished)
            starts[place] = start if flat is None else start.beside(asked, flat)
        shares = self._shares(starts)
        return {place: self._searched(place, begun[place].asked, starts[place], share) for place, share in shares}

    def _shares(self, starts: dict[int, Start]) -> list[tuple[int, float]]:
        """Places, those with most to gain first, and what share of the time then left each gets."""
        weights = self._plan.divide([each.apart for each in starts.values()], self._seed)
        order = (-weights).argsort(kind="stable")
        left = weights[order][::-1].cumsum()[::-1]
        places = list(starts)
        return [(places[each], float(weights[each] / rest)) for each, rest in zip(order, left, strict=True)]

    def _searched(self, place: int, asked: Model, start: Start, share: float) -> Answer:
        monitor = self._monitors[place]
        if not self._alone:  # seconds of a part are its own, those of the clock are shared by all
            monitor = Part(a_share(self._clock, share * self._clock.shared_by), self._clock, monitor)
        threads = self._threads if self._alone else 1
        flat, done = team.search(asked, start.flat, monitor, self._seed, threads)
        return Answer(in_words(self._instances[place], asked, flat), done)


def _on_gpu() -> bool:
    from routewright.solvers.neural.loading import device  # torch

    return device().type == "cuda"
