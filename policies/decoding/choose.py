"""Taking one action of each row by its score; scores are -inf where masked."""

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.policies.decoding.truncate import most_likely, nucleus

SINGLE = 4
"""Bytes of a number that holds small shares beside large ones."""


@dataclass(frozen=True)
class Greedy:
    """The action with the highest score."""

    def __call__(self, scores: Float[Tensor, "*batch nodes"]) -> Int64[Tensor, "*batch"]:
        """Take it."""
        return scores.argmax(-1)


greedy = Greedy()


@dataclass(frozen=True)
class Sampling:
    """An action by chance.

    Attributes:
        generator: of the random numbers, on the device of the scores.
        temperature: scores are divided by it.
        top_k: only so many of the best actions are drawn from; 0 is all.
        top_p: only the best actions that together have this probability; 1 is all.
    """

    generator: torch.Generator
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise RoutewrightError(f"temperature is {self.temperature}, must be > 0")
        if self.top_k < 0:
            raise RoutewrightError(f"top_k is {self.top_k}, must be >= 0")
        if not 0 < self.top_p <= 1:
            raise RoutewrightError(f"top_p is {self.top_p}, must be in (0, 1]")

    def __call__(self, scores: Float[Tensor, "*batch nodes"]) -> Int64[Tensor, "*batch"]:
        """Draw."""
        if self.temperature != 1.0:
            scores = scores / self.temperature
        if self.top_k:
            scores = most_likely(scores, self.top_k)
        if self.top_p < 1.0:
            scores = nucleus(scores, self.top_p)
        if scores.dtype.itemsize < SINGLE:
            scores = scores.float()
        return draw(scores.softmax(-1), self.generator)


def draw(shares: Float[Tensor, "*batch nodes"], generator: torch.Generator) -> Int64[Tensor, "*batch"]:
    """An index of each row with probability proportional to its share; never one without a share."""
    return _by_running_sum(shares, generator) if shares.device.type == "cpu" else _by_race(shares, generator)


def _by_running_sum(shares: Tensor, generator: torch.Generator) -> Tensor:
    """Several times faster than ``torch.multinomial`` on a CPU.

    The lot is below the whole sum, and belongs to the first index at which the running sum exceeds it.
    """
    running = shares.cumsum(-1)
    total = running[..., -1:]
    lot = torch.rand(total.shape, generator=generator, device=shares.device, dtype=shares.dtype) * total
    lot = torch.minimum(lot, torch.nextafter(total, torch.zeros_like(total)))
    return torch.searchsorted(running, lot, right=True)[..., 0]


def _by_race(shares: Tensor, generator: torch.Generator) -> Tensor:
    """The first of exponential arrivals, whose rates are the shares.

    Where sums are taken in parallel, rounding lets them grow at an index without a share, which might be drawn.
    """
    arrival = torch.empty_like(shares).exponential_(generator=generator).clamp_(min=torch.finfo(shares.dtype).tiny)
    return (shares / arrival).argmax(-1)
