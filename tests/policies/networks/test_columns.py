"""Linear layers with named inputs."""

import pytest
import torch

from routewright.data.errors import RoutewrightError
from routewright.policies.networks.columns import Columns


@pytest.mark.parametrize("bias", [True, False])
def test_wider_layers_ignore_new_inputs_until_they_learn(bias: bool) -> None:
    layer = Columns(["a", "b"], 5, bias=bias)
    wider = layer.widened(["c"])
    assert wider.names == ("a", "b", "c")
    values = torch.randn(4, 3, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(wider(values), layer(values[:, :2]))
    wider(values).sum().backward()
    assert wider.weight.grad is not None
    torch.testing.assert_close(wider.weight.grad[2], values[:, 2].sum().expand(5))


def test_a_name_stands_for_one_column() -> None:
    with pytest.raises(RoutewrightError, match="'a' is named twice"):
        Columns(["a", "b", "a"], 2)
