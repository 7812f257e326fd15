"""X-style batches against the recipe of Uchoa et al. (2017), and against the generator of single instances."""

from math import ceil, exp, log
from typing import Any, get_args

import pytest
import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.data.errors import InstanceError
from routewright.data.generators import generate
from routewright.data.generators.xstyle_demands import DEMANDS
from routewright.data.generators.xstyle_places import Customers, Depot
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.generators import mtvrp, xstyle, xstyle_places

LOADS = {
    "unit": (1, 1), "1-10": (1, 10), "5-10": (5, 10), "1-100": (1, 100), "50-100": (50, 100), "quadrant": (1, 100),
    "small-large": (1, 100),
}  # fmt: skip


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def built(count: int, n: int, **options: Any) -> TensorDict:
    """By the generator of single instances."""
    return to_tensordict([generate("xstyle", n, seed, **options) for seed in range(count)])


def nearest(coords: Tensor) -> Tensor:
    """Distances [B, n] of clients to the nearest other one."""
    apart = torch.cdist(coords[:, 1:], coords[:, 1:])
    apart.diagonal(dim1=1, dim2=2).fill_(torch.inf)
    return apart.amin(-1)


def test_fields_are_those_of_instances() -> None:
    drawn, single = xstyle(2, 9, seeded()), built(2, 9)
    assert set(drawn.keys()) == set(single.keys())
    for name, field in single.items():
        assert (name, drawn[name].shape, drawn[name].dtype) == (name, field.shape, field.dtype)
        assert drawn[name].device == torch.device("cpu")
    assert "distances" not in xstyle(2, 9, seeded(), rounded=False)


def test_the_same_seed_gives_the_same_batch_and_leaves_the_global_state() -> None:
    before = torch.get_rng_state()
    first, second = (xstyle(8, 20, seeded(3)) for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first.keys())  # noqa: SIM118 - not a dict
    assert torch.equal(torch.get_rng_state(), before)
    assert not torch.equal(first["coords"], xstyle(8, 20, seeded(4))["coords"])


@pytest.mark.parametrize("customers", get_args(Customers))
@pytest.mark.parametrize("n", [1, 2, 5, 300])
def test_places_are_different_whole_numbers_on_the_grid(customers: Customers, n: int) -> None:
    coords = xstyle(64, n, seeded(n), customers=customers, rounded=False)["coords"]
    assert torch.equal(coords, coords.round())
    assert coords.min() >= 0
    assert coords.max() <= 1_000
    for row in coords:
        assert len(row.unique(dim=0)) == n + 1


def test_places_are_taken_in_order_once_and_shared_only_where_they_run_out() -> None:
    depot, off_grid = 5, -1
    keys = torch.tensor([[depot, 3, off_grid, 3, 7, 5], [depot, 1, 2, 4, off_grid, 2]])
    assert xstyle_places._first(keys, 2).tolist() == [[3, 7], [1, 2]]
    assert xstyle_places._first(keys, 3).tolist() == [[3, 7, 3], [1, 2, 4]]


def test_depots_are_central_eccentric_or_anywhere() -> None:
    root = {kind: xstyle(2_000, 2, seeded(), depot=kind)["coords"][:, 0] for kind in get_args(Depot)}
    assert bool((root["central"] == 500).all())
    assert bool((root["eccentric"] == 0).all())
    assert root["random"].mean(0).tolist() == pytest.approx([500, 500], abs=26)  # four standard deviations
    assert root["random"].std(0).tolist() == pytest.approx([289, 289], abs=20)


def test_rows_of_a_batch_differ_in_what_is_not_given() -> None:
    drawn = xstyle(3_000, 40, seeded(5), rounded=False)
    root = drawn["coords"][:, 0]
    shares = [float((root == place).all(-1).float().mean()) for place in (500, 0)]
    assert shares == pytest.approx([1 / 3, 1 / 3], abs=0.035)
    largest = drawn["delivery"].amax((1, 2))
    assert float((largest == 1).float().mean()) == pytest.approx(1 / 7, abs=0.026)  # unit demands


def test_distances_are_rounded_as_those_of_instances() -> None:
    single = built(3, 50)
    drawn = xstyle(3, 50, seeded())
    x, y = (axis[:, :, None] - axis[:, None] for axis in drawn["coords"].double().unbind(-1))
    assert torch.equal(drawn["distances"].double(), torch.floor(torch.hypot(x, y) + 0.5))
    assert bool(drawn["exact"].all())
    assert bool(single["exact"].all())


@pytest.mark.slow
@pytest.mark.parametrize("customers", get_args(Customers))
@pytest.mark.parametrize("clusters", [None, 2])
def test_clients_are_as_dense_as_those_of_instances(customers: Customers, clusters: int | None) -> None:
    options = {"customers": customers, "clusters": None if customers == "random" else clusters}
    theirs = nearest(built(150, 100, **options)["coords"])
    ours = nearest(xstyle(1_500, 100, seeded(6), **options, rounded=False)["coords"])  # type: ignore[arg-type]
    error = float(theirs.mean(-1).std()) * (1 / 150 + 1 / 1_500) ** 0.5
    assert float(ours.mean()) == pytest.approx(float(theirs.mean()), abs=4 * error)
    for quantile in (0.1, 0.5, 0.9):
        assert float(ours[:1_000].quantile(quantile)) == pytest.approx(float(theirs.quantile(quantile)), rel=0.12)


def test_clustered_clients_keep_the_distances_that_the_decay_gives() -> None:
    coords = xstyle(600, 100, seeded(7), customers="clustered", clusters=1, rounded=False)["coords"][:, 1:]
    apart = torch.cdist(coords, coords)
    seed = apart.median(-1).values.argmin(-1)  # about: the middle of the heap
    middle = coords.take_along_dim(seed[:, None, None], 1)[:, 0]
    inner = ((middle > 300) & (middle < 700)).all(-1)  # where the grid cuts nothing off
    away = apart[inner, seed[inner]]
    assert int(inner.sum()) > 60
    rate = 100 * log(2) / 40
    assert float((away <= 100).float().mean()) == pytest.approx(1 - (1 + rate) * exp(-rate), abs=0.03)
    assert float(away.mean()) == pytest.approx(80 / log(2), rel=0.05)


def test_half_of_random_clustered_clients_gather() -> None:
    coords = xstyle(400, 200, seeded(8), customers="random-clustered", clusters=1, rounded=False)["coords"][:, 1:]
    apart = torch.cdist(coords, coords)
    near = (apart < 250).float().mean(-1).amax(-1)
    # 93 % of the heap, and less than pi / 16 of the others.
    assert float(near.mean()) == pytest.approx(0.93 / 2 + 3.14 / 32, abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("demand", DEMANDS)
def test_loads_are_whole_fill_their_range_and_have_the_mean_of_instances(demand: Any) -> None:
    drawn = xstyle(200, 100, seeded(9), demand=demand, rounded=False)
    load = drawn["delivery"][:, 1:, 0]
    assert torch.equal(load, load.round())
    assert (int(load.min()), int(load.max())) == LOADS[demand]
    assert not drawn["delivery"][:, 0].any()
    theirs = built(200, 100, demand=demand)["delivery"][:, 1:, 0]
    assert float(load.mean()) == pytest.approx(float(theirs.mean()), rel=0.03)
    assert float(load.std()) == pytest.approx(float(theirs.std()), rel=0.03, abs=1e-9)


def test_quadrant_loads_depend_on_the_quadrant_alone() -> None:
    drawn = xstyle(50, 100, seeded(10), demand="quadrant", rounded=False)
    far, load = drawn["coords"][:, 1:] >= 500, drawn["delivery"][:, 1:, 0]
    odd = far[..., 0] == far[..., 1]
    assert (int(load[odd].min()), int(load[odd].max())) == (51, 100)
    assert (int(load[~odd].min()), int(load[~odd].max())) == (1, 50)


def test_small_large_loads_leave_a_gap_and_are_mostly_small() -> None:
    load = xstyle(500, 400, seeded(11), demand="small-large", rounded=False)["delivery"][:, 1:, 0]
    assert not bool(((load > 10) & (load < 50)).any())
    shares = (load <= 10).double().mean(-1)
    assert 0.699 <= float(shares.min()) < 0.71
    assert 0.94 < float(shares.max()) <= 0.951
    assert float(shares.mean()) == pytest.approx(0.825, abs=0.013)  # four standard deviations


@pytest.mark.parametrize("route_size", [1.0, 6.5, 23.1])
def test_capacity_follows_the_formula(route_size: float) -> None:
    drawn = xstyle(100, 70, seeded(12), route_size=route_size, rounded=False)
    loads, found = drawn["delivery"][:, 1:, 0].tolist(), drawn["capacity"].flatten().tolist()
    assert found == [max(max(load), ceil(route_size * sum(load) / 70)) for load in loads]


def test_route_sizes_are_triangular_between_3_and_25() -> None:
    drawn = xstyle(4_000, 100, seeded(13), demand="unit", rounded=False)
    size = drawn["capacity"].flatten()  # of unit demands: rounded up, which adds a half on average
    assert 3 < size.min() <= 4
    assert 23 <= size.max() <= 25
    assert float(size.mean()) == pytest.approx(34 / 3 + 0.5, abs=0.32)  # four standard deviations
    assert float((size <= 6).float().mean()) == pytest.approx(9 / 66, abs=0.022)


def test_episodes_serve_everyone() -> None:
    drawn, generator = xstyle(40, 30, seeded(14)), seeded(15)
    played = rollout(VRPEnv(strict=True), drawn, lambda state: sample(state["mask"], generator))
    assert bool(played.cost.isfinite().all())
    assert torch.equal(played.cost, played.cost.round())


def test_places_serve_other_variants() -> None:
    coords = mtvrp(300, 50, seeded(16), variants=["VRPTW"], places="xstyle-clustered")["coords"]
    even = mtvrp(300, 50, seeded(16), variants=["VRPTW"])["coords"]
    assert torch.equal((coords * 1_000).round() / 1_000, coords)
    assert nearest(coords).mean() < 0.7 * nearest(even).mean()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"depot": "north"}, "depot is 'north', must be one of central, eccentric, random"),
        ({"customers": "heaps"}, "customers is 'heaps', must be one of random, clustered"),
        ({"demand": "big"}, "demand is 'big', must be one of unit, 1-10"),
        ({"clusters": 3}, "clusters is 3: give customers clustered or random-clustered with it"),
        ({"clusters": 3, "customers": "random"}, "clusters is 3: give customers clustered"),
        ({"clusters": 11, "customers": "clustered"}, "clusters is 11, must be <= 10"),
        ({"route_size": 11}, r"route_size is 11, must be in \[1, 10\]"),
    ],
)
@pytest.mark.usefixtures("unchecked_shapes")
def test_impossible_options_are_named(options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InstanceError, match=complaint):
        xstyle(2, 10, seeded(), **options)
    with pytest.raises(InstanceError, match=complaint):
        generate("xstyle", 10, 0, **options)


def test_impossible_sizes_are_named() -> None:
    with pytest.raises(InstanceError, match="n is 0, must be >= 1"):
        xstyle(2, 0, seeded())
    with pytest.raises(InstanceError, match="batch is 0, must be >= 1"):
        xstyle(0, 5, seeded())
