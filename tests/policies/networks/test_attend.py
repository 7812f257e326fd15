"""Attention against its definition."""

import pytest
import torch
from torch import Tensor

from routewright.policies.networks import exponentials
from routewright.policies.networks.attend import attend, biased


def definition(query: Tensor, key: Tensor, value: Tensor, allowed: Tensor | None) -> Tensor:
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
    if allowed is not None:
        scores = scores.masked_fill(~allowed[:, None], -torch.inf)
    answer: Tensor = scores.softmax(-1) @ value
    return answer


def drawn(generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    query, key, value = (
        torch.randn(3, 2, number, 4, dtype=torch.float64, generator=generator).requires_grad_() for number in (6, 5, 5)
    )
    allowed = torch.rand(3, 6, 5, generator=generator) < 0.5
    allowed[..., 0] = True
    return query, key, value, allowed


@pytest.mark.parametrize("cached", [1, 1 << 18])  # a row at a time, and all at once
@pytest.mark.parametrize("sharpness", [1.0, 1000.0])  # exponentials of the latter overflow
def test_answers_and_gradients_are_those_of_the_definition(
    cached: int, sharpness: float, generator: torch.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exponentials, "CACHED", cached)
    query, key, value, allowed = drawn(generator)
    for permitted in (allowed, None, allowed[:, :1]):
        weights = torch.randn(3, 2, 6, 4, dtype=torch.float64, generator=generator)
        answers = [function(query * sharpness, key, value, permitted) for function in (attend, definition)]
        torch.testing.assert_close(*answers)
        gradients = [torch.autograd.grad((weights * answer).sum(), (query, key, value)) for answer in answers]
        for one, other in zip(*gradients, strict=True):
            torch.testing.assert_close(one, other)


def test_no_weight_goes_to_what_is_not_allowed(generator: torch.Generator) -> None:
    query, key, value, allowed = drawn(generator)
    elsewhere = value.masked_fill(~allowed.any(1)[:, None, :, None], 1e9)
    torch.testing.assert_close(attend(query, key, elsewhere, allowed), attend(query, key, value, allowed))


def test_a_bias_is_added_to_the_scores(generator: torch.Generator) -> None:
    query, key, value, allowed = drawn(generator)
    bias = torch.randn(3, 2, 6, 5, dtype=torch.float64, generator=generator)
    scores = (query @ key.transpose(-1, -2) / 2 + bias).masked_fill(~allowed[:, None], -torch.inf)
    torch.testing.assert_close(biased(query, key, value, bias, allowed), scores.softmax(-1) @ value)
