"""Instances of about one size that a policy plays at once."""

import time
from collections.abc import Sequence
from math import inf

import torch
from tensordict import TensorDict

from routewright.data.batch import features, to_tensordict
from routewright.data.instance import Instance
from routewright.envs import VRPEnv
from routewright.policies.decoding import best, distinct_starts, eightfold, greedy
from routewright.policies.decoding.roots import from_roots, tours
from routewright.policies.policy import Policy
from routewright.policies.rollout import Choose, Rollout, roll_out
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.course import Course, Turn
from routewright.solvers.neural.drawing import drawing
from routewright.solvers.neural.finds import Finds
from routewright.solvers.neural.pace import Pace

NODES = {"cpu": 300_000, "cuda": 20_000_000}
"""Of all episodes played at once."""

PAIRS = {"cpu": 4_000_000, "cuda": 100_000_000}
"""Pairs of nodes of all rows encoded at once."""

GROWTH = 64
"""Most by which a piece has more episodes than the one before: a first guess of time may be wrong by much."""


class OutOfTimeError(Exception):
    """Raised at a step of an episode that need not be played on."""


class Group:
    """Plays until every instance's monitor is done.

    Args:
        policy: that plays.
        instances: of which none is without clients.
        monitors: of each; the first one's clock and interrupts are those of all.
        seed: of the random numbers.
        strange: whether the policy was trained on much smaller instances.
    """

    def __init__(
        self, policy: Policy, instances: Sequence[Instance], monitors: Sequence[Monitor], seed: int, *, strange: bool
    ) -> None:
        self._policy, self._env, self._strange = policy, VRPEnv(), strange
        self._device = next(policy.parameters()).device
        self._batch = to_tensordict(instances, device=self._device)
        self._monitors, self._clock = monitors, monitors[0]
        alone = len(instances) == 1
        pairs = zip(instances, monitors, strict=True)
        self._finds = [Finds(each, self._batch, monitor, closely=alone) for each, monitor in pairs]
        nodes, kind = self._batch["clients"].shape[1], self._device.type
        self._most, self._most_rows = max(1, NODES[kind] // nodes), max(1, PAIRS[kind] // nodes**2)
        self._pace = Pace(kind, nodes)
        asked = features(instances[0])
        self._rooted = "one vehicle" in asked and tours(self._batch)
        if self._rooted:  # each root is encoded by itself
            self._most = min(self._most, self._most_rows)
        self._course = Course(_starts(instances, asked, self._rooted), 1 if "matrices" in asked else 8)
        self._generator = torch.Generator(self._device).manual_seed(seed % 2**63)
        self._done = [0] * len(instances)

    def play(self) -> list[Answer]:
        """An answer for each instance."""
        played, last = 0, 0
        try:
            while active := [place for place, each in enumerate(self._monitors) if not each.done(self._done[place])]:
                most = self._affordable(len(active), played, last)
                if not most:
                    break
                turn = self._course.next(most, min(self._most_rows, most))
                for piece in self._pieces(active, turn):
                    self._play(piece, turn)
                played, last = played + turn.episodes, turn.episodes * len(active)
        except OutOfTimeError:
            pass
        return [Answer(each.answer(), done) for each, done in zip(self._finds, self._done, strict=True)]

    def _affordable(self, instances: int, played: int, last: int) -> int:
        """Episodes of each instance in the next turn."""
        limit = self._clock.stop.iterations
        counted = inf if limit is None else limit - played
        grown = max(1, GROWTH * last // instances)
        most = int(min(self._most, grown, counted))
        return self._pace.fitting(instances, most, self._clock.seconds_left())

    def _pieces(self, active: list[int], turn: Turn) -> list[list[int]]:
        """Instances that fit into memory together."""
        size = max(1, min(self._most // turn.episodes, self._most_rows // len(turn.sides)))
        return [active[first : first + size] for first in range(0, len(active), size)]

    def _play(self, places: list[int], turn: Turn) -> None:
        if self._clock.over:
            raise OutOfTimeError
        began = self._now()
        rows = self._batch[torch.tensor(places, device=self._device)]
        if turn.sides != range(1):
            rows = eightfold(rows, turn.sides)
        count = len(turn.sides)
        if turn.forced and self._rooted:
            rollout, encoding = (
                from_roots(self._policy, self._env, rows, turn.first, turn.starts, self._rule(turn), self._watch),
                0.0,
            )
        else:
            rollout, encoding = self._from_one_root(rows, turn)
        playing = self._now() - began - encoding
        self._pace.learn(len(places) * count, len(places) * turn.episodes, encoding, playing)
        self._keep(places, rollout, count, turn.episodes)

    def _from_one_root(self, rows: TensorDict, turn: Turn) -> tuple[Rollout, float]:
        """Episodes, and the seconds that encoding took."""
        began = self._now()
        with torch.no_grad():
            cache = self._policy.encode(rows)
        encoding = self._now() - began
        rollout = roll_out(
            self._policy, self._env, rows, self._rule(turn), starts=turn.starts, cache=cache, watch=self._watch,
            forced=(lambda state: distinct_starts(state, turn.first)) if turn.forced else None,
        )  # fmt: skip
        return rollout, encoding

    def _rule(self, turn: Turn) -> Choose:
        return drawing(self._generator, turn.starts, strange=self._strange) if turn.drawn else greedy

    def _watch(self) -> None:
        if self._clock.over:
            raise OutOfTimeError

    def _keep(self, places: list[int], rollout: Rollout, sides: int, episodes: int) -> None:
        found = best(rollout, sides)
        actions = found.actions.cpu().numpy()
        for row, (place, cost) in enumerate(zip(places, found.cost.tolist(), strict=True)):
            self._done[place] += episodes
            if cost < self._finds[place].cost:
                self._finds[place].finished(cost, actions[row].tolist(), self._done[place])
            elif self._finds[place].cost == inf:
                self._finds[place].stranded(*_fullest(rollout, range(row * sides, (row + 1) * sides), self._batch))

    def _now(self) -> float:
        if self._device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()


def _starts(instances: Sequence[Instance], asked: Sequence[str], rooted: bool) -> int:
    """Each client first, or each city as the depot; other tours have few good first clients, so that none is forced."""
    if "one vehicle" in asked and not rooted:
        return 1
    return max(each.n_clients for each in instances) + rooted


def _fullest(rollout: Rollout, rows: range, batch: TensorDict) -> tuple[int, list[int]]:
    """The episode that serves the most clients, and how many."""
    actions = rollout.actions[rows.start : rows.stop].flatten(0, 1)
    doors = batch["vehicles"].shape[1]
    served = (actions >= doors).sum(-1)
    which = int(served.argmax())
    return int(served[which]), actions[which].tolist()
