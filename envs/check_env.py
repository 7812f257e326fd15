"""What an environment must keep to, tried out: for people who write constraints of their own."""

from collections.abc import Iterator, Sequence

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.envs.env import VRPEnv
from routewright.envs.exhaustive import feasible, in_words, reachable
from routewright.envs.rollout import Rollout, rollout, sample
from routewright.envs.state import State

STARTS = 3
TINY = 4
"""Clients up to which all solutions are tried."""


def check_env(env: VRPEnv, instances: Sequence[Instance], seed: int = 0) -> list[str]:
    """Find out what is wrong with an environment.

    Random episodes of the instances must have fields of the documented shapes and types, must never be without a legal
    action before they are done, must leave earlier states as they were, repeat exactly, and go the same way
    alone as in a batch. Of instances with up to four clients, the complete solutions that masks let through
    must be those that ``check`` accepts, at the evaluator's cost; of split deliveries, some of those.

    Args:
        env: the environment.
        instances: of the variants that it is meant for, some of them tiny.
        seed: of the random episodes.

    Returns:
        What is wrong, one line each; empty where nothing was found.
    """
    return [*_of_episodes(env, instances, seed), *_of_tiny(env, instances)]


def _of_episodes(env: VRPEnv, instances: Sequence[Instance], seed: int) -> Iterator[str]:
    batch = to_tensordict(instances, dtype=torch.float64)
    seen: list[tuple[State, dict[str, Tensor]]] = []
    whole = _episode(env, batch, seed, seen)
    yield from _of_fields(seen)
    for number, (state, copies) in enumerate(seen):
        yield from (
            f"field {name!r} of the state of step {number} was changed by a later step"
            for name, value in copies.items()
            if not torch.equal(state.fields[name], value)
        )
    again = _episode(env, batch, seed, [])
    if not torch.equal(whole.actions, again.actions) or not torch.equal(whole.cost, again.cost):
        yield "the same random numbers led to another episode the second time"
    for row, instance in enumerate(instances):
        yield from _of_row(env, batch, whole, row, instance.name)


def _episode(env: VRPEnv, batch: TensorDict, seed: int, seen: list[tuple[State, dict[str, Tensor]]]) -> Rollout:
    generator = torch.Generator(device=batch["clients"].device).manual_seed(seed)

    def choose(state: State) -> Tensor:
        seen.append((state, {name: field.clone() for name, field in state.fields.items()}))
        mask = state["mask"]
        if not bool(mask.any(-1).all()):  # an answer all the same; ``_of_fields`` complains
            mask = mask | ~mask.any(-1, keepdim=True)
        return sample(mask, generator)

    return rollout(env, batch, choose, starts=STARTS)


def _of_fields(seen: list[tuple[State, dict[str, Tensor]]]) -> Iterator[str]:
    for number, (state, _) in enumerate(seen):
        shape = state.problem.shape
        wanted = {
            "mask": ((*shape, state.problem.n_nodes), torch.bool),
            "done": (shape, torch.bool),
            "node": (shape, torch.int64),
            "cost": (shape, state.problem.dtype),
        }
        for name, (dims, dtype) in wanted.items():
            field = state.fields[name]
            if tuple(field.shape) != tuple(dims) or field.dtype != dtype:
                yield f"step {number}: {name} is {field.dtype} {tuple(field.shape)}, must be {dtype} {tuple(dims)}"
        for name, field in state.fields.items():
            if tuple(field.shape[:2]) != tuple(shape):
                yield f"step {number}: {name} has shape {tuple(field.shape)}, which must begin with {tuple(shape)}"
        blocked = ~state.fields["mask"].any(-1)
        if bool(blocked.any()):
            row, start = blocked.nonzero()[0].tolist()
            yield f"step {number}: row {row}, start {start} has no legal action"


def _of_row(env: VRPEnv, batch: TensorDict, whole: Rollout, row: int, name: str) -> Iterator[str]:
    """The episode of one row alone, against the same actions in the batch."""
    state = env.reset(batch[row : row + 1], starts=STARTS)
    for step, action in enumerate(whole.actions[row].unbind(-1)):
        legal = state["mask"].take_along_dim(action[None, :, None], dim=-1)
        if not bool(legal.all()):
            yield f"row {row} {name!r}: action {action.tolist()} of step {step} is legal in the batch, not alone"
            return
        state = env.step(state, action[None])
    if not torch.equal(env.cost(state)[0], whole.cost[row]):
        yield f"row {row} {name!r} costs {env.cost(state)[0].tolist()} alone, {whole.cost[row].tolist()} in the batch"


def _of_tiny(env: VRPEnv, instances: Sequence[Instance]) -> Iterator[str]:
    for instance in instances:
        if instance.n_clients > TINY:
            continue
        try:
            found = reachable(instance, env)
        except RoutewrightError as error:
            yield f"{instance.name!r}: {error}"
            continue
        for plan in found:
            if check(instance, Solution(plan)):
                yield f"{instance.name!r}: masks let routes {in_words(plan)} through, which check rejects"
        if not instance.split:
            for plan in sorted(feasible(instance) - set(found), key=in_words):
                yield f"{instance.name!r}: masks never lead to routes {in_words(plan)}, which check accepts"
        for plan, cost in found.items():
            expected = evaluate(instance, Solution(plan)).cost
            if abs(cost - expected) > 1e-9 * max(1.0, abs(expected)):
                yield f"{instance.name!r}: routes {in_words(plan)} cost {cost:g}, the evaluator says {expected:g}"
