"""Decoding by name: one answer for each instance."""

from collections.abc import Callable
from typing import Any

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.envs.env import VRPEnv
from routewright.policies.decoding.active import active_search
from routewright.policies.decoding.augment import eightfold, rotated
from routewright.policies.decoding.beam import beam_search
from routewright.policies.decoding.best import Decoded, best
from routewright.policies.decoding.choose import Sampling, greedy
from routewright.policies.decoding.roots import from_roots, tours
from routewright.policies.decoding.starts import distinct_starts
from routewright.policies.policy import Policy
from routewright.policies.rollout import Rollout, roll_out, stretched


def _greedy(policy: Policy, env: VRPEnv, batch: TensorDict, generator: torch.Generator) -> Rollout:
    return roll_out(policy, env, batch, greedy)


def _sampling(
    policy: Policy, env: VRPEnv, batch: TensorDict, generator: torch.Generator, samples: int = 16, **options: Any
) -> Rollout:
    return roll_out(policy, env, batch, Sampling(generator, **options), starts=samples)


def _multistart(
    policy: Policy, env: VRPEnv, batch: TensorDict, generator: torch.Generator, starts: int | None = None
) -> Rollout:
    number = _clients(batch) if starts is None else starts
    if tours(batch):
        return from_roots(policy, env, batch, 0, number + 1 if starts is None else starts)
    return roll_out(policy, env, batch, greedy, starts=number, forced=distinct_starts)


def _beam(policy: Policy, env: VRPEnv, batch: TensorDict, generator: torch.Generator, width: int = 16) -> Rollout:
    return beam_search(policy, env, batch, width)


def _active(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    generator: torch.Generator,
    starts: int | None = None,
    iterations: int = 50,
    **options: Any,
) -> Rollout:
    number = _clients(batch) if starts is None else starts
    return active_search(
        policy, env, batch, starts=number, iterations=iterations, generator=generator, **options
    )  # fmt: skip


METHODS: dict[str, Callable[..., Rollout]] = {
    "greedy": _greedy,
    "sampling": _sampling,
    "multistart": _multistart,
    "beam": _beam,
    "active": _active,
}
"""Options: ``samples``, ``temperature``, ``top_k``, ``top_p`` of sampling; ``starts`` of multistart and active search;
``width`` of the beam; ``iterations``, ``rate``, ``follow`` of active search."""

AUGMENTATIONS = ("none", "eightfold", "rotations")


@torch.no_grad()
def decode(
    policy: Policy,
    env: VRPEnv,
    batch: TensorDict,
    method: str = "greedy",
    *,
    augmentation: str = "none",
    rotations: int = 8,
    seed: int = 0,
    rows: int | None = None,
    **options: Any,
) -> Decoded:
    """Solve a batch, with the policy as it acts after training.

    Args:
        policy: that scores actions.
        env: the environment.
        batch: instances.
        method: a name of ``METHODS``.
        augmentation: none, eightfold or rotations: solve each instance seen from several sides.
        rotations: how many.
        seed: of all random numbers.
        rows: how many instances to solve at once, augmented ones counted; None is all.
        options: of the method.

    Returns:
        The cheapest episode of each instance.

    Raises:
        RoutewrightError: if a name is unknown.
    """
    if method not in METHODS:
        raise RoutewrightError(f"method is {method!r}, must be one of {', '.join(METHODS)}")
    generator = torch.Generator(batch["clients"].device).manual_seed(seed)
    many, together = _augmented(batch, augmentation, rotations, generator)
    most = many.batch_size[0] if rows is None else max(together, rows - rows % together)
    training = policy.training
    policy.eval()
    try:
        parts = [
            best(METHODS[method](policy, env, many[first : first + most], generator=generator, **options), together)
            for first in range(0, many.batch_size[0], most)
        ]
    finally:
        policy.train(training)
    steps = max(part.actions.shape[-1] for part in parts)
    actions = torch.cat([stretched(part.actions, steps) for part in parts])
    costs: Tensor = torch.cat([part.cost for part in parts])
    return Decoded(actions, costs)


def _augmented(
    batch: TensorDict, augmentation: str, rotations: int, generator: torch.Generator
) -> tuple[TensorDict, int]:
    if augmentation == "none":
        return batch, 1
    if augmentation == "eightfold":
        return eightfold(batch), 8
    if augmentation == "rotations":
        return rotated(batch, rotations, generator), rotations
    raise RoutewrightError(f"augmentation is {augmentation!r}, must be one of {', '.join(AUGMENTATIONS)}")


def _clients(batch: TensorDict) -> int:
    return max(1, int(batch["clients"].sum(-1).max()))
