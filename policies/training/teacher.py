"""The loss of one step, of each kind of objective."""

from typing import Any, NamedTuple

import torch
from tensordict import TensorDict
from torch import Tensor, nn

from routewright.envs.env import VRPEnv
from routewright.policies.critic import Critic
from routewright.policies.objectives import (
    Baseline,
    CriticBaseline,
    Experience,
    ExponentialBaseline,
    GreedyBaseline,
    Lesson,
    NoBaseline,
    SharedBaseline,
    VariantNormaliser,
    edges,
    experience,
    imitation,
    lesson,
    ppo,
    successors,
)
from routewright.policies.policy import HeatCache, Policy
from routewright.policies.rollout import replay, with_log_probs
from routewright.policies.training.lot import Lot
from routewright.policies.training.recipe import Objective


class Teacher(nn.Module):
    """Turns lots into losses. What it has to remember between lots is part of its state.

    Args:
        objective: of the recipe.
        policy: that learns.
    """

    def __init__(self, objective: Objective, policy: Policy) -> None:
        super().__init__()
        self.env = VRPEnv()
        self._objective = objective
        self.normaliser = VariantNormaliser() if objective.normalise else None
        self.baseline = _baseline(objective, policy, self.env, self.normaliser)
        self._remembered: _Remembered | None = None

    @property
    def updates(self) -> int:
        """Steps that learn from the same lot, the last of which forgets it."""
        return self._objective.updates if self._objective.kind == "ppo" else 1

    def teach(self, policy: Policy, lot: Lot, generator: torch.Generator) -> Lesson:
        """The loss of a lot."""
        if lot.actions is not None:
            return self._follow(policy, lot, lot.actions)
        if self._objective.kind == "ppo":
            self._remembered = self._play(policy, lot, generator)
            return self.repeat(policy)
        explore = self._objective.explore
        return lesson(policy, self.env, lot.batch, self.baseline, generator, explore=explore, **self._options(lot))

    def _follow(self, policy: Policy, lot: Lot, actions: Tensor) -> Lesson:
        cache = policy.encode(lot.batch)
        followed = replay(policy, self.env, lot.batch, actions, cache=cache)
        if isinstance(cache, HeatCache) and self._objective.kind == "edges":
            assert lot.both_ways is not None
            return Lesson(edges(cache.log_probs(), successors(followed, lot.both_ways)), followed)
        followed = with_log_probs(policy, cache, followed)
        return Lesson(imitation(followed), followed)

    def repeat(self, policy: Policy) -> Lesson:
        """The loss of the lot before, once more."""
        assert self._remembered is not None, "no lot was learnt from yet"
        batch, (played, costs, worth), before = self._remembered
        rollout = with_log_probs(policy, policy.encode(batch), played)
        loss, own = ppo(rollout, before, worth), self.baseline.loss(batch, costs)
        return Lesson(loss if own is None else loss + own, rollout)

    @torch.no_grad()
    def _play(self, policy: Policy, lot: Lot, generator: torch.Generator) -> "_Remembered":
        cache = policy.encode(lot.batch)
        found = experience(
            policy, self.env, lot.batch, self.baseline, generator, cache=cache, **self._options(lot)
        )  # fmt: skip
        before = with_log_probs(policy, cache, found.rollout).log_probs
        assert before is not None
        return _Remembered(lot.batch, found, before)

    def _options(self, lot: Lot) -> dict[str, Any]:
        asked = self._objective.starts or int(lot.batch["clients"].sum(-1).max())
        starts = min(asked, self._objective.most_starts)
        return {"starts": starts, "distinct": self._objective.distinct, "normaliser": self.normaliser}


class _Remembered(NamedTuple):
    batch: TensorDict
    experience: Experience
    before: Tensor


def _baseline(objective: Objective, policy: Policy, env: VRPEnv, normaliser: VariantNormaliser | None) -> Baseline:
    if objective.baseline == "greedy":
        return GreedyBaseline(policy, env, normaliser)
    if objective.baseline == "critic":
        return CriticBaseline(Critic(policy.config))
    plain: dict[str, type[Baseline]] = {
        "none": NoBaseline,
        "exponential": ExponentialBaseline,
        "shared": SharedBaseline,
    }
    return plain[objective.baseline]()
