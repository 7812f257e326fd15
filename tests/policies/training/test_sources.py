"""Where instances come from."""

from pathlib import Path

import torch

from routewright.policies.training.recipe import Generated
from routewright.policies.training.sources import source


def test_all_steps_have_as_many_clients_whatever_their_size() -> None:
    drawn = source(Generated(n=(10, 20, 20)), Path())
    shapes = [drawn.draw(8, torch.Generator().manual_seed(seed)).batch["clients"].shape for seed in range(60)]
    assert set(shapes) == {(8, 11), (4, 21)}
    assert 28 <= shapes.count(torch.Size((4, 21))) <= 52
