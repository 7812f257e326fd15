"""The same instance from other sides."""

import pytest
import torch

from routewright.envs import VRPEnv, sample
from routewright.policies.decoding import eightfold, rotated
from tests.policies.cases import drawn, mixed_sizes

ENV = VRPEnv()


@pytest.mark.parametrize("kind", ["eightfold", "rotated"])
@pytest.mark.parametrize("padded", [True, False])
def test_costs_of_actions_stay_what_they_are(kind: str, padded: bool, generator: torch.Generator) -> None:
    batch = mixed_sizes() if padded else drawn(3, 6)
    many = eightfold(batch) if kind == "eightfold" else rotated(batch, 8, generator)
    rows = batch.batch_size[0]
    assert many.batch_size[0] == 8 * rows
    one, other = ENV.reset(batch), ENV.reset(many)
    while not one["done"].all():
        action = sample(one["mask"], generator)
        one, other = ENV.step(one, action), ENV.step(other, action.repeat_interleave(8))
    costs = ENV.cost(one)[:, None].expand(rows, 8)
    torch.testing.assert_close(ENV.cost(other).view(rows, 8), costs, rtol=1e-5, atol=1e-5)


def test_the_eight_are_different_and_the_first_is_the_original() -> None:
    batch = drawn(2, 6)
    views = eightfold(batch)["coords"].view(2, 8, -1)
    assert torch.equal(views[:, 0], batch["coords"].flatten(1))
    for row in views:
        assert len({tuple(view.tolist()) for view in row.round(decimals=4)}) == 8


def test_flips_and_turns_of_a_unit_square_are_the_eight_of_the_paper() -> None:
    batch = drawn(1, 6)
    batch["coords"][0, :4] = torch.tensor([[0.0, 0.0], [1.0, 1.0], [0.2, 0.7], [0.5, 0.1]])
    places = eightfold(batch)["coords"][:, 2]
    expected = {(0.2, 0.7), (0.8, 0.7), (0.2, 0.3), (0.8, 0.3), (0.7, 0.2), (0.7, 0.8), (0.3, 0.2), (0.3, 0.8)}
    assert {(round(x, 4), round(y, 4)) for x, y in places.tolist()} == expected


def test_turned_instances_are_measured_by_their_new_extent(generator: torch.Generator) -> None:
    many = rotated(drawn(3, 6), 5, generator)
    extent = (many["coords"].amax(1) - many["coords"].amin(1)).amax(-1)
    torch.testing.assert_close(many["unit"][1:5], extent[1:5])
