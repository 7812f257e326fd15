"""Batches drawn on the device."""

import pytest
import torch

from routewright.data.batch import to_tensordict
from routewright.data.errors import InstanceError
from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.generators import PLACES, mtvrp, orienteering


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_fields_are_those_of_instances() -> None:
    drawn = mtvrp(2, 7, seeded(), variants=["MDVRP"])
    built = to_tensordict([generate("mtvrp", 7, seed, variant="MDVRP") for seed in range(2)])
    assert set(drawn.keys()) - set(built.keys()) == {"variant"}
    assert set(built.keys()) <= set(drawn.keys())
    for name, field in built.items():
        assert (name, drawn[name].shape, drawn[name].dtype) == (name, field.shape, field.dtype)


def test_the_same_seed_gives_the_same_batch_and_leaves_the_global_state() -> None:
    before = torch.get_rng_state()
    first, second = (mtvrp(8, 20, seeded(3), variants=VARIANTS, places="heaps-3-10") for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first.keys())  # noqa: SIM118 - not a dict
    assert torch.equal(torch.get_rng_state(), before)
    assert not torch.equal(first["coords"], mtvrp(8, 20, seeded(4), variants=VARIANTS)["coords"])


@pytest.mark.parametrize("places", PLACES)
def test_places_are_in_the_unit_square_and_fill_it(places: str) -> None:
    coords = mtvrp(50, 100, seeded(), places=places)["coords"]
    assert coords.shape == (50, 101, 2)
    assert coords.min() >= 0.0
    assert coords.max() <= 1.0
    if not places.startswith("xstyle"):  # whose seeds may all be in one corner
        assert (coords.amax(1) - coords.amin(1)).min() > 0.8


def test_depots_that_a_row_does_not_have_stand_at_zero() -> None:
    drawn = mtvrp(20, 5, seeded(), variants=["CVRP", "MDVRP"])
    single = drawn["doors"] == 1
    assert 0 < int(single.sum()) < 20
    assert not drawn["coords"][single, 1:3].any()
    assert not drawn["vehicles"][single, 1:3].any()
    assert bool(drawn["coords"][~single, 1:3].all())


def test_variants_are_mixed_and_have_their_attributes() -> None:
    drawn = mtvrp(2_000, 50, seeded(1), variants=VARIANTS)
    names = [VARIANTS[number] for number in drawn["variant"].tolist()]
    assert len(set(names)) == 48
    has = {
        "MD": drawn["doors"] == 3,
        "O": drawn["open"].all(-1),
        "TW": drawn["windows"][:, -1, 1].isfinite(),
        "L": drawn["max_distance"].isfinite().all(-1),
        "MB": ~drawn["classic"] & drawn["pickup"].any(1)[:, 0],
    }
    for part, flags in has.items():
        expected = [part in name.replace("MDO", "MD-O") for name in names]
        if part == "O":
            expected = [name.removeprefix("MD").startswith("O") for name in names]
        assert flags.tolist() == expected, part
    assert [("B" in name and "MB" not in name) for name in names] == drawn["classic"].tolist()


@pytest.mark.parametrize(
    ("variant", "share", "slack"), [("VRPB", 0.2, 0.01), ("VRPMB", 0.3, 0.01), ("VRPBTW", 0.17, 0.015)]
)
def test_shares_of_backhauls(variant: str, share: float, slack: float) -> None:
    drawn = mtvrp(500, 100, seeded(2), variants=[variant])
    assert float((drawn["pickup"][:, 1:] > 0).float().mean()) == pytest.approx(share, abs=slack)
    built = to_tensordict([generate("mtvrp", 100, seed, variant=variant) for seed in range(100)])
    assert float((built["pickup"][:, 1:] > 0).float().mean()) == pytest.approx(share, abs=0.02)
    assert set(drawn["delivery"][:, 1:].add(drawn["pickup"][:, 1:]).unique().tolist()) == set(map(float, range(1, 10)))


def test_numbers_agree_with_the_generator_of_instances() -> None:
    built = to_tensordict([generate("mtvrp", 100, seed, variant="VRPLTW") for seed in range(300)])
    drawn = mtvrp(3_000, 100, seeded(5), variants=["VRPLTW"])
    for name in ("max_distance", "service", "delivery", "windows"):
        ours, theirs = (
            batch[name].double() if name == "max_distance" else batch[name].double()[:, 1:] for batch in (drawn, built)
        )
        assert float(ours.mean()) == pytest.approx(float(theirs.mean()), rel=0.02, nan_ok=True), name
        assert float(ours.std()) == pytest.approx(float(theirs.std()), rel=0.12, nan_ok=True), name


def test_every_client_can_be_served_alone() -> None:
    drawn = mtvrp(400, 20, seeded(6), variants=[name for name in VARIANTS if "VRPB" not in name])
    played = rollout(VRPEnv(strict=True), drawn, lambda state: sample(state["mask"], seeded()))
    assert bool(played.cost.isfinite().all())


def test_tours_are_mixed_with_other_variants() -> None:
    drawn = mtvrp(40, 20, seeded(9), variants=["MDVRPTW", "TSP"])
    tour = drawn["variant"] == len(VARIANTS)
    assert 0 < int(tour.sum()) < 40
    own = to_tensordict([generate("mtvrp", 20, 0, variant="TSP")])
    for name in ("delivery", "pickup", "windows", "service", "open"):
        assert bool((drawn[name][tour][:, -20:] == own[name][:, -20:]).all()), name
    for name in ("capacity", "vehicles", "max_distance"):
        assert bool((drawn[name][tour][:, :1] == own[name][:, :1]).all()), name
    played = rollout(VRPEnv(strict=True), drawn, lambda state: sample(state["mask"], seeded()))
    assert bool(played.cost.isfinite().all())


def test_tours_for_prizes_keep_their_length() -> None:
    drawn = orienteering(100, 20, seeded(7))
    generator = seeded(8)
    played = rollout(VRPEnv(strict=True), drawn, lambda state: sample(state["mask"], generator))
    assert bool((played.cost >= -1e-4).all())
    assert bool((played.cost < drawn["prize"].sum(-1)).any())
    assert bool((drawn["prize"].amax(-1) == 1.0).all())
    assert drawn["prize"][:, 1:].min() >= 0.01


def test_unknown_options_are_named() -> None:
    with pytest.raises(InstanceError, match="places is 'round', must be one of uniform, gaussian"):
        mtvrp(1, 5, seeded(), places="round")
    with pytest.raises(InstanceError, match="variants is empty"):
        mtvrp(1, 5, seeded(), variants=[])
    with pytest.raises(InstanceError, match="capacity is 5, must be"):
        mtvrp(2, 10, seeded(), capacity=5)
    with pytest.raises(InstanceError, match="depots is 0, must be"):
        mtvrp(2, 10, seeded(), variants=["MDVRP"], depots=0)
    with pytest.raises(InstanceError, match="batch is 0, must be"):
        mtvrp(0, 10, seeded())
    with pytest.raises(InstanceError, match="length is -1"):
        orienteering(1, 20, seeded(), length=-1.0)
    with pytest.raises(InstanceError, match="length must be given for 30 clients"):
        orienteering(1, 30, seeded())
