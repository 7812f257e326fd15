"""Ways between nodes as inputs: biases and embeddings."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.policies import Policy
from routewright.policies.frame import frame
from routewright.policies.networks.bias import AdaptiveBias, DistanceBias
from routewright.policies.networks.relations import relations
from routewright.policies.networks.spread import at_ranks
from tests.policies.cases import SMALL, on_roads


def test_rounding_distances_hardly_changes_what_is_seen() -> None:
    plain, rounded = (
        to_tensordict([generate("uniform", 20, 1)], matrices=matrices) for matrices in (False, True)
    )  # fmt: skip
    one, other = (relations(batch, frame(batch)) for batch in (plain, rounded))
    torch.testing.assert_close(one.distance, other.distance, rtol=0.01, atol=0.01)


def test_matrices_are_seen_in_units_of_the_map_whatever_their_own() -> None:
    batch = on_roads()
    larger = batch.clone()
    larger["distances"], larger["durations"] = batch["distances"] / 1000, batch["durations"] / 60
    one, other = (relations(each, frame(each)) for each in (batch, larger))
    for seen, same in zip(one, other, strict=True):
        torch.testing.assert_close(seen, same)
    off_diagonal = one.distance[one.distance > 0]
    assert 0.2 < off_diagonal.mean() < 0.9


def test_the_distance_bias_weighs_both_directions() -> None:
    batch = on_roads()
    ways = relations(batch, frame(batch))
    layer = DistanceBias(3)
    with torch.no_grad():
        layer.weight.copy_(torch.arange(12.0).view(4, 3))
        bias = layer(ways)
    expected = (
        1 * ways.distance + 4 * ways.duration + 7 * ways.distance.transpose(1, 2) + 10 * ways.duration.transpose(1, 2)
    )
    torch.testing.assert_close(bias[:, 1], expected)


def test_the_adaptive_bias_depends_on_all_three_ways() -> None:
    batch = on_roads()
    ways, layer = relations(batch, frame(batch)), AdaptiveBias(2)
    usual = layer(ways)
    assert usual.shape == (2, 2, 8, 8)
    for name in ways._fields:
        changed = ways._replace(**{name: getattr(ways, name) + 0.3})
        assert not torch.allclose(layer(changed), usual)


def test_distances_at_ranks_run_from_the_nearest_to_the_farthest() -> None:
    distance = torch.rand(2, 12, 12, generator=torch.Generator().manual_seed(2))
    read = at_ranks(distance, 4, None)
    for row in range(2):
        for node in range(12):
            others = sorted(distance[row, node, other].item() for other in range(12) if other != node)
            assert read[row, node, 0].item() == others[0]
            assert read[row, node, -1].item() == others[-1]
            assert read[row, node].tolist() == sorted(read[row, node].tolist())
            assert set(read[row, node].tolist()) <= set(others)


@pytest.mark.parametrize("changes", [{"attention_bias": "distance"}, {"attention_bias": "adaptive"}, {"ranks": 4}])
def test_encoders_that_see_ways_tell_a_matrix_from_its_transpose(changes: dict[str, object]) -> None:
    policy, batch = Policy(SMALL.but(**changes)), on_roads()
    with torch.no_grad():
        usual = policy.encoder(batch, frame(batch)).nodes
        turned = batch.clone()
        turned["distances"] = batch["distances"].transpose(1, 2).contiguous()
        assert (policy.encoder(turned, frame(turned)).nodes - usual).abs().max() > 1e-4
