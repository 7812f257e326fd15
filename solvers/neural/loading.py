"""Policies on the device that plays, loaded once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import torch

from routewright.envs import VRPEnv
from routewright.envs.generators import mtvrp
from routewright.policies.checkpoint import load_policy
from routewright.policies.decoding import greedy
from routewright.policies.policy import Policy
from routewright.policies.rollout import roll_out
from routewright.solvers.neural.checkpoints import Checkpoint


def device() -> torch.device:
    """A GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@lru_cache(maxsize=8)
def loaded(checkpoint: Checkpoint) -> Policy:
    """A policy that has played once, for what torch does only at first.

    Raises:
        FormatError: if its files are missing or broken.
    """
    where = device()
    policy = load_policy(checkpoint.stem, where)
    roll_out(policy, VRPEnv(), mtvrp(1, 3, torch.Generator(where).manual_seed(0)), greedy)
    return policy


@contextmanager
def threads(number: int) -> Iterator[None]:
    """Have torch use so many inside."""
    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)
