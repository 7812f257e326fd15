"""Episodes of a policy: played without gradients, then looked at again, all steps at once, with them."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from jaxtyping import Bool, Float, Int64
from tensordict import TensorDict
from torch import Tensor
from torch.nn.functional import pad

from routewright.data.errors import RoutewrightError
from routewright.envs.env import VRPEnv
from routewright.envs.rollout import play
from routewright.envs.shapes import Node, Number, PerNode
from routewright.envs.state import State
from routewright.policies.moment import Moment, side_by_side
from routewright.policies.policy import Cache, Policy

Choose = Callable[[PerNode], Node]
"""Scores, -inf where masked, to actions."""


class Rollout(NamedTuple):
    """Episodes of several starts of each instance."""

    actions: Int64[Tensor, "batch starts steps"]  # depot 0 after the end
    cost: Number  # what is to be minimised; inf where an episode failed
    free: Bool[Tensor, "batch starts steps"]  # steps that the policy chose: neither forced nor after the end
    moments: Moment | None = None  # what it was asked, S * T queries; where that was recorded
    log_probs: Float[Tensor, "batch starts steps"] | None = None  # of the actions, 0 where they were not free

    def log_likelihood(self) -> Number:
        """Of whole episodes.

        Raises:
            RoutewrightError: if log-probabilities were not computed.
        """
        if self.log_probs is None:
            raise RoutewrightError("this rollout has no log-probabilities: see with_log_probs")
        return self.log_probs.sum(-1)


@torch.no_grad()
def roll_out(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    choose: Choose,
    *,
    starts: int = 1,
    forced: Callable[[State], Int64[Tensor, "batch starts first"]] | None = None,
    record: bool = False,
    cache: Cache | None = None,
    watch: Callable[[], None] | None = None,
) -> Rollout:
    """Play until every row is done.

    Args:
        policy: that scores actions.
        env: the environment.
        batch: instances.
        choose: takes actions by their scores.
        starts: S, episodes of each instance.
        forced: gives the first actions for the first state, such as ``distinct_starts``; where one is -1 or masked the
            policy chooses.
        record: keep what the policy was asked, for ``with_log_probs``.
        cache: of ``policy.encode(batch)``, if that is known.
        watch: called before each step; may end the episodes by an exception.

    Raises:
        RoutewrightError: if an episode takes more steps than legal actions can.
    """
    known = (policy.encode(batch) if cache is None else cache).detached()
    state = env.reset(batch, starts)
    first = None if forced is None else forced(state)

    wanted_steps = 0 if first is None else first.shape[2]

    def decide(state: State, step: int) -> tuple[Tensor, Tensor, Moment]:
        moment = policy.observe(known, state)
        free = ~state.fields["done"]
        if first is None or step >= wanted_steps:
            return choose(policy.scores_at(known, moment)), free, moment
        wanted, own = _permitted(first[..., step], moment.mask)
        if bool(own.any()):
            wanted = torch.where(own, choose(policy.scores_at(known, moment)), wanted)
        return wanted, free & own, moment

    return _play(env, state, decide, record=record, watch=watch)


def _permitted(wanted: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Actions [B, S], at least 0, and where the policy has to choose another one."""
    action = wanted.clamp(min=0)
    legal = mask.gather(-1, action[..., None])[..., 0]
    return action, (wanted < 0) | ~legal


@torch.no_grad()
def replay(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    actions: Int64[Tensor, "batch starts steps"],
    *,
    cache: Cache | None = None,
) -> Rollout:
    """Play actions that are given, as if the policy had chosen them, and record what it would have been asked.

    Args:
        policy: that is to be asked.
        env: the environment.
        batch: instances.
        actions: until all rows are done; depot 0 after the end.
        cache: of ``policy.encode(batch)``, if that is known.

    Raises:
        RoutewrightError: if some row is not done after the last action.
    """
    known = (policy.encode(batch) if cache is None else cache).detached()
    longest = actions.shape[2]

    def decide(state: State, step: int) -> tuple[Tensor, Tensor, Moment]:
        free = ~state.fields["done"]
        if step < longest:
            moment = policy.observe(known, state)
            _, strange = _permitted(actions[..., step], moment.mask)  # what masks forbid is not to be learnt
            return actions[..., step], free & ~strange, moment
        if bool(free.any()):
            raise RoutewrightError(f"actions of row {int(free.nonzero()[0, 0])} end before it is done")
        return torch.zeros_like(state.fields["node"]), free, policy.observe(known, state)

    return _play(env, env.reset(batch, actions.shape[1]), decide, record=True)


def with_log_probs(policy: Policy, cache: Cache, rollout: Rollout) -> Rollout:
    """Log-probabilities of all actions in one pass, with gradients where the cache and the policy have them.

    The steps of an episode are queries to the same keys, so that there is no need to ask them one after the other
    once the actions are known; only one step's worth of history is kept.

    Raises:
        RoutewrightError: if the rollout was not recorded.
    """
    if rollout.moments is None:
        raise RoutewrightError("this rollout was not recorded")
    choices = rollout.free & (rollout.moments.mask.view(*rollout.free.shape, -1).sum(-1) > 1)
    asked, places = _only(rollout.moments, choices.flatten(1))
    taken = policy.scores_at(cache, asked).log_softmax(-1)
    actions = rollout.actions.flatten(1).gather(1, places)
    log_probs = taken.gather(-1, actions[..., None])[..., 0]
    nothing = log_probs.new_zeros(choices.shape).flatten(1)
    spread = nothing.scatter(1, places, log_probs).view(choices.shape)
    return rollout._replace(log_probs=torch.where(choices, spread, 0.0))


def _only(moments: Moment, choices: Tensor) -> tuple[Moment, Tensor]:
    """Queries where there was a choice, and as many others as rows differ by; with their places [B, Q]."""
    most = max(1, int(choices.sum(-1).max()))  # none at all would be a shape of its own
    places = (~choices).to(torch.uint8).argsort(dim=-1, stable=True)[:, :most]

    queries = choices.shape[1]
    flat = (torch.arange(len(places), device=places.device)[:, None] * queries + places).flatten()

    def those(values: Tensor) -> Tensor:  # whole rows, which take_along_dim would copy number by number
        return values.flatten(0, 1).index_select(0, flat).view(*places.shape, *values.shape[2:])

    origin = None if moments.origin is None else those(moments.origin)
    return Moment(those(moments.node), origin, those(moments.context), those(moments.mask)), places


def _play(
    env: VRPEnv,
    first: State,
    decide: Callable[[State, int], tuple[Tensor, Tensor, Moment]],
    *,
    record: bool,
    watch: Callable[[], None] | None = None,
) -> Rollout:
    free, moments = list[Tensor](), list[Moment]()

    def choose(state: State) -> Tensor:
        action, own, moment = decide(state, len(free))
        free.append(own)
        if record:
            moments.append(moment)
        return action

    played = play(env, first, choose, watch=watch)
    cost = env.objective(played.state)
    if not free:
        return Rollout(played.actions, cost, played.actions.bool())
    return Rollout(played.actions, cost, torch.stack(free, -1), side_by_side(moments) if record else None)


def stretched(actions: Int64[Tensor, "*batch before"], steps: int) -> Int64[Tensor, "*batch {steps}"]:
    """Actions with depot 0 up to ``steps`` of them."""
    return pad(actions, (0, steps - actions.shape[-1]))
