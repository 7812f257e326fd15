"""Costs of different variants on one scale."""

import pytest
import torch
from tensordict import TensorDict

from routewright.data.generators.attributes import VARIANTS
from routewright.policies.objectives import VariantNormaliser
from routewright.policies.stranded import priced
from tests.policies.cases import drawn


def rows(*variants: int) -> TensorDict:
    return TensorDict({"variant": torch.tensor(variants), "clients": torch.ones(len(variants), 2)}, [len(variants)])


def test_the_first_batch_of_a_variant_is_divided_by_its_own_mean() -> None:
    normaliser = VariantNormaliser(rate=0.25)
    first = priced(torch.tensor([[4.0, 8.0], [6.0, 6.0], [30.0, 10.0]]))
    batch = rows(0, 0, 7)
    normaliser.update(batch, first)
    assert normaliser.mean(batch)[:, 0].tolist() == pytest.approx([6.0, 6.0, 20.0])
    assert normaliser(batch, first).cost[2].tolist() == pytest.approx([1.5, 0.5])
    normaliser.update(rows(0), priced(torch.tensor([[10.0, 10.0]])))
    assert normaliser.mean(rows(0)).item() == pytest.approx((0.75 * 0.25 * 6 + 0.25 * 10) / (0.25 * 0.75 + 0.25))
    assert normaliser.mean(rows(7)).item() == pytest.approx(20.0)  # not seen in between


def test_every_variant_has_a_mean_of_its_own() -> None:
    normaliser = VariantNormaliser()
    batch = rows(*range(len(VARIANTS)))
    normaliser.update(batch, priced(torch.arange(1.0, len(VARIANTS) + 1)[:, None]))
    assert normaliser.mean(batch)[:, 0].tolist() == pytest.approx(list(range(1, len(VARIANTS) + 1)))


def test_variants_of_a_generator_are_told_apart() -> None:
    batch = drawn(40, 5, variants=("CVRP", "VRPB", "VRPMB"))
    assert len(batch["variant"].unique()) == 3


def test_failed_rows_do_not_count_and_profits_keep_their_sign() -> None:
    normaliser = VariantNormaliser()
    batch = rows(3, 3)
    costs = priced(torch.tensor([[float("inf")], [-5.0]]))
    normaliser.update(batch, costs)
    assert normaliser.mean(batch)[0].item() == pytest.approx(-5.0)
    assert normaliser(batch, costs).cost[1].item() == pytest.approx(-1.0)


def test_batches_without_variants_are_one_and_states_survive() -> None:
    normaliser, other = VariantNormaliser(), VariantNormaliser()
    batch = TensorDict({"clients": torch.ones(2, 3)}, [2])
    normaliser.update(batch, priced(torch.tensor([[2.0], [4.0]])))
    other.load_state_dict(normaliser.state_dict())
    assert other.mean(batch)[:, 0].tolist() == pytest.approx([3.0, 3.0])
    assert VariantNormaliser().mean(batch)[:, 0].tolist() == [1.0, 1.0]
