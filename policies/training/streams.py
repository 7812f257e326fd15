"""Random numbers of each step, from its number alone, so that training goes on exactly where it stopped."""

import numpy as np
import torch


def stream(*numbers: int, device: torch.device | str = "cpu") -> torch.Generator:
    """A generator that belongs to ``numbers``, such as the seed of a recipe, a step and a process."""
    seed = int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0] >> np.uint64(1))
    return torch.Generator(device).manual_seed(seed)
