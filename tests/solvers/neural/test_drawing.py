"""Episodes by chance."""

import pytest
import torch

from routewright.solvers.neural.drawing import TEMPERATURES, drawing


@pytest.mark.parametrize("starts", [1, 3, 5])
def test_large_instances_are_drawn_at_several_temperatures(starts: int) -> None:
    scores = torch.tensor([0.0, 1.0]).expand(20_000, starts, 2)
    drawn = drawing(torch.Generator().manual_seed(1), starts, strange=True)(scores)
    expected = [1 / (1 + torch.tensor(-1 / TEMPERATURES[each % 3]).exp()) for each in range(starts)]
    assert drawn.float().mean(0) == pytest.approx(torch.tensor(expected), abs=0.02)


def test_others_are_drawn_by_the_probabilities_of_the_policy() -> None:
    scores = torch.tensor([0.0, 1.0, -torch.inf]).expand(20_000, 4, 3)
    drawn = drawing(torch.Generator().manual_seed(1), 4, strange=False)(scores)
    assert drawn.max() == 1
    assert drawn.float().mean(0) == pytest.approx(torch.full((4,), 0.731), abs=0.02)
