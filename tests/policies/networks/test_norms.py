"""Normalisations against torch's own, and with padding."""

import pytest
import torch
from torch.nn.functional import instance_norm

from routewright.policies.networks.norms import BatchNorm, InstanceNorm, norm


def test_instance_norm_is_torchs(generator: torch.Generator) -> None:
    layer = InstanceNorm(3).double()
    layer.weight.data.uniform_(0.5, 2.0)
    layer.bias.data.uniform_(-1.0, 1.0)
    values = torch.randn(4, 6, 3, dtype=torch.float64, generator=generator).requires_grad_()
    theirs = instance_norm(values.transpose(1, 2), weight=layer.weight, bias=layer.bias).transpose(1, 2)
    torch.testing.assert_close(layer(values), theirs)
    weights = torch.randn(4, 6, 3, dtype=torch.float64, generator=generator)
    inputs = (values, layer.weight, layer.bias)
    gradients = [torch.autograd.grad((weights * each).sum(), inputs) for each in (layer(values), theirs)]
    for one, other in zip(*gradients, strict=True):
        torch.testing.assert_close(one, other)


@pytest.mark.parametrize("kind", ["instance", "batch"])
def test_padding_changes_nothing(kind: str, generator: torch.Generator) -> None:
    layer = norm(kind, 3)
    values = torch.randn(2, 4, 3, generator=generator)
    padded = torch.cat([values, torch.full((2, 2, 3), 100.0)], dim=1)
    real = torch.tensor([[True] * 4 + [False] * 2] * 2)
    torch.testing.assert_close(layer(padded, real)[:, :4], layer(values))


def test_gradients_with_padding_are_right(generator: torch.Generator) -> None:
    layer = InstanceNorm(3).double()
    real = torch.tensor([[True, True, True, False, False], [True] * 5])
    values = torch.randn(2, 5, 3, dtype=torch.float64, generator=generator).requires_grad_()
    assert torch.autograd.gradcheck(lambda each: layer(each, real), (values,))


def test_batch_norm_uses_running_averages_after_training(generator: torch.Generator) -> None:
    layer = BatchNorm(3)
    for _ in range(300):
        layer(torch.randn(8, 5, 3, generator=generator) * 2 + 1)
    after = layer.eval()(torch.full((1, 1, 3), 3.0))
    torch.testing.assert_close(after, torch.ones(1, 1, 3), rtol=0.0, atol=0.3)
