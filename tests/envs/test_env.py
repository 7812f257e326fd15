"""Steps, states and episodes."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
import pytest
import torch
from torch import Tensor

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.generators import generate
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.envs import IllegalActionError, State, VRPEnv, check_env, rollout, sample
from routewright.envs.constraints import CONSTRAINTS, Capacity, Constraint, Fields, Windows
from routewright.envs.legs import Legs
from tests.envs.cases import EVERY


def drawing(seed: int):  # type: ignore[no-untyped-def]
    generator = torch.Generator().manual_seed(seed)
    return lambda state: sample(state["mask"], generator)


def mixture(n: int = 9) -> list[Instance]:
    """One instance of each combination, of different sizes."""
    return [generate("mtvrp", n + seed % 4, seed, variant=variant) for seed, variant in enumerate(VARIANTS)]


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_check_env_finds_nothing_wrong(name: str) -> None:
    assert check_env(VRPEnv(), [EVERY[name](n, seed) for n, seed in ((2, 1), (9, 2), (6, 3))]) == []


def test_check_env_finds_nothing_wrong_with_all_combinations_in_one_batch() -> None:
    assert check_env(VRPEnv(), mixture()) == []


def test_check_env_finds_nothing_wrong_with_all_rules_in_one_batch() -> None:
    instances = [make(6, seed) for seed, make in enumerate(EVERY.values())]
    assert check_env(VRPEnv(), [instance for instance in instances if instance.n_loads == 1]) == []


class Careless(Capacity):
    """Forgets that a client is as heavy as what is left."""

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        return {number: left + torch.inf for number, left in super().bounds(fields).items()}


class Greedy(Capacity):
    """Wants a little room beside every load, as rounding errors would."""

    def bounds(self, fields: Fields) -> Mapping[int, Tensor]:
        return super().bounds({**fields, "left": fields["left"] - 1e-3})


class Overwriting(Windows):
    """Writes the time into the state it came from."""

    def update(self, fields: Fields, move: object) -> Fields:
        after = super().update(fields, move)  # type: ignore[arg-type]
        fields["clock"].copy_(after["clock"])
        return after


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [(Careless, Capacity, "check rejects"), (Greedy, Capacity, "check accepts"), (Overwriting, Windows, "was changed")],
)
def test_check_env_finds_what_is_wrong(wrong: type[Constraint], right: type[Constraint], complaint: str) -> None:
    env = VRPEnv([wrong if kind is right else kind for kind in CONSTRAINTS])
    instances = [EVERY["VRPTW"](4, seed) for seed in range(3)]
    full = [Instance.build(coords=[[0, 0], [1, 0], [2, 0], [3, 0]], delivery=[0, 5, 7, 6], capacity=12)]
    faults = check_env(env, [*instances, *full])
    assert any(complaint in fault for fault in faults), faults


@pytest.mark.parametrize("name", EVERY)
def test_random_routes_are_accepted_by_the_judge_at_their_cost(name: str) -> None:
    instances = [EVERY[name](20, seed) for seed in range(5)]
    batch = to_tensordict(instances, dtype=torch.float64)
    played = rollout(VRPEnv(strict=True), batch, drawing(1), starts=10)
    complete = 0
    for instance, actions, costs in zip(instances, played.actions, played.cost, strict=True):
        for sequence, cost in zip(actions.tolist(), costs.tolist(), strict=True):
            solution = to_solution(instance, sequence, batch)
            if cost < float("inf"):
                complete += 1
                assert check(instance, solution, cost) == []
            else:
                kinds = {fault.kind for fault in check(instance, solution)}
                # A way to a station, or to reload, and home again is nothing to the judge.
                assert kinds or instance.stations or name == "reloads elsewhere"
                assert kinds <= {"missing client", "pair", "battery"}
    assert complete > 0 or name == "optional pairs"  # of which random episodes of this size break some


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_a_thousand_random_episodes_cost_what_the_evaluator_says(name: str) -> None:
    instances = [EVERY[name](12, seed) for seed in range(50)]
    batch, env = to_tensordict(instances, dtype=torch.float64), VRPEnv()
    played = rollout(env, batch, drawing(7), starts=20)
    for instance, actions, costs in zip(instances, played.actions, played.cost, strict=True):
        for sequence, cost in zip(actions.tolist(), costs.tolist(), strict=True):
            if cost < float("inf"):
                expected = evaluate(instance, to_solution(instance, sequence, batch)).cost
                assert cost == expected if instance.exact else cost == pytest.approx(expected, rel=1e-12)
    state = env.reset(to_tensordict(instances, dtype=torch.float32), starts=20)
    for action in played.actions.unbind(-1):
        state = env.step(state, action)
    single, finite = env.cost(state).double(), played.cost.isfinite() & env.cost(state).isfinite()
    torch.testing.assert_close(single[finite], played.cost[finite], rtol=1e-5, atol=0.0)


@pytest.mark.parametrize("name", EVERY)
def test_single_precision_gives_the_same_masks_and_costs(name: str) -> None:
    instances = [EVERY[name](20, seed) for seed in range(20)]
    env, draw = VRPEnv(), drawing(2)
    double = env.reset(to_tensordict(instances, dtype=torch.float64))
    single = env.reset(to_tensordict(instances, dtype=torch.float32))
    exact = all(instance.exact for instance in instances)
    differ = 0
    while not double["done"].all():
        differ += int((single["mask"] != double["mask"]).sum())
        action = draw(double)
        double, single = env.step(double, action), env.step(single, action)
    assert differ == 0 if exact else differ <= 2  # a place that is reached at the very last moment
    same = env.cost(double).isfinite() & env.cost(single).isfinite()
    torch.testing.assert_close(env.cost(single)[same].double(), env.cost(double)[same], rtol=1e-5, atol=0.0)


def test_starts_share_the_data_of_their_instance() -> None:
    batch = to_tensordict([generate("streets", 20, seed, variant="VRPTW") for seed in range(2)])
    env = VRPEnv()
    few, many = env.reset(batch, starts=2), env.reset(batch, starts=50)
    assert many.problem.batch["distances"].data_ptr() == few.problem.batch["distances"].data_ptr()
    sizes = [sum(field.nbytes for field in state.fields.values()) for state in (few, many)]
    assert sizes[1] == 25 * sizes[0]
    assert sizes[0] < 4 * 21 * 30  # four rows; a matrix of 21 x 21 would not fit


@pytest.mark.parametrize("size", [1, 3])
def test_shapes_follow_the_batch(size: int) -> None:
    batch = to_tensordict([generate("mtvrp", 7, seed, variant="MDVRPTW") for seed in range(size)])
    env = VRPEnv()
    plain, starts = env.reset(batch), env.reset(batch, starts=4)
    assert plain["mask"].shape == (size, 10)
    assert starts["mask"].shape == (size, 4, 10)
    assert env.cost(env.step(plain, plain["mask"].int().argmax(-1))).shape == (size,)
    assert env.cost(env.step(starts, starts["mask"].int().argmax(-1))).shape == (size, 4)
    assert plain.to_tensordict().batch_size == (size,)


def test_a_strict_environment_refuses_masked_actions() -> None:
    batch = to_tensordict([generate("mtvrp", 5, 1)])
    env = VRPEnv(strict=True)
    state = env.step(env.reset(batch), torch.tensor([2]))
    with pytest.raises(IllegalActionError, match=r"action 2 in row 0, start 0, is masked; legal are \[0, 1, 3, 4, 5\]"):
        env.step(state, torch.tensor([2]))
    assert issubclass(IllegalActionError, RoutewrightError)


def test_finished_rows_wait_at_the_depot_for_nothing() -> None:
    instances = [generate("mtvrp", n, 1, variant="MDOVRPL") for n in (3, 30)]
    env, draw = VRPEnv(strict=True), drawing(3)
    state = env.reset(to_tensordict(instances))
    while not state["done"].all():
        before, state = state, env.step(state, draw(state))
        if before["done"][0]:
            assert state["cost"][0] == before["cost"][0]
            assert state["mask"][0].nonzero().flatten().tolist() == [0]


def test_an_episode_without_a_way_out_ends_with_infinite_cost() -> None:
    # One vehicle for two loads of 9: the second client is never served.
    instance = Instance.build(coords=[[0, 0], [1, 0], [0, 1]], delivery=[0, 9, 9], capacity=12, vehicles=1)
    played = rollout(VRPEnv(strict=True), to_tensordict([instance]), drawing(0))
    assert played.cost.tolist() == [float("inf")]
    assert len(to_solution(instance, played.actions[0].tolist()).unserved) == 1


def test_exact_fills_are_never_masked_in_single_precision() -> None:
    # Loads that sum up to the capacity in any order; as fractions of it they would not.
    instance = Instance.build(coords=[[0, 0], *[[1, 0]] * 8], delivery=[0, 9, 8, 7, 6, 5, 3, 2, 1], capacity=40)
    state, env = VRPEnv().reset(to_tensordict([instance])), VRPEnv(strict=True)
    for client in (1, 2, 3, 4, 5, 6, 7):
        state = env.step(state, torch.tensor([client]))
    assert state["left"].item() < 1e-4
    assert state["mask"].nonzero()[:, 1].tolist() == [0]  # the last client has a load of 1


class Watched(Constraint):
    """Says when it is asked."""

    asked: ClassVar[int] = 0

    @classmethod
    def applies(cls, problem: object) -> bool:
        return False

    def start(self) -> Fields:
        raise NotImplementedError

    def update(self, fields: Fields, move: object) -> Fields:
        raise NotImplementedError

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        raise NotImplementedError


def test_rules_that_no_instance_has_take_no_part() -> None:
    state = VRPEnv([*CONSTRAINTS, Watched]).reset(to_tensordict([generate("mtvrp", 20, 1)]))
    assert [type(constraint) for constraint in state.rules.constraints] == [Capacity]


def test_selected_starts_go_on_independently() -> None:
    batch = to_tensordict([generate("mtvrp", 6, seed, variant="VRPTW") for seed in range(2)])
    env = VRPEnv()
    state = env.step(env.reset(batch, starts=2), torch.tensor([[1, 2], [3, 4]]))
    chosen = state.select(torch.tensor([[1, 1, 0], [0, 0, 1]]))
    assert chosen["node"].tolist() == [[2, 2, 1], [3, 3, 4]]
    after = env.step(chosen, torch.tensor([[3, 4, 5], [1, 2, 5]]))
    assert after["mask"].shape == (2, 3, 7)
    assert chosen["node"].tolist() == [[2, 2, 1], [3, 3, 4]]


def test_sampling_is_uniform_over_the_mask_and_repeats() -> None:
    mask = torch.tensor([[True, False, True, True, False]]).expand(30_000, -1)
    drawn = sample(mask, torch.Generator().manual_seed(5))
    counts = torch.bincount(drawn, minlength=5)
    assert counts[[1, 4]].tolist() == [0, 0]
    assert (counts[[0, 2, 3]] - 10_000).abs().max() < 500  # six standard deviations
    assert torch.equal(drawn, sample(mask, torch.Generator().manual_seed(5)))
    before = torch.get_rng_state()
    sample(mask, torch.Generator().manual_seed(5))
    assert torch.equal(torch.get_rng_state(), before)


def test_a_step_costs_what_the_evaluator_says() -> None:
    instance = generate("mtvrp", 4, 3, variant="MDVRP", depots=2)
    state, env = VRPEnv().reset(to_tensordict([instance], dtype=torch.float64)), VRPEnv(strict=True)
    actions = [1, 4, 2, 0, 3, 5, 0]  # from depot 1 by way of 4 and 2 and back to 1; then one from 0
    for action in actions:
        state = env.step(state, torch.tensor([action]))
    solution = to_solution(instance, actions)
    assert [(route.vehicle_type, route.stops) for route in solution] == [(1, (4, 2)), (0, (3, 5))]
    assert env.cost(state).item() == pytest.approx(evaluate(instance, solution).cost, rel=1e-12)
    assert isinstance(state, State)


def test_the_longest_route_is_what_min_max_problems_minimise() -> None:
    coords = [[0, 0], [3, 4], [6, 8], [0, 2]]
    tours = Instance.build(coords=coords, vehicles=2, objective="max_route")
    plain = Instance.build(coords=coords, vehicles=2)
    env = VRPEnv(strict=True)
    state = env.reset(to_tensordict([tours, plain]))
    for action in (1, 2, 0, 3, 0):
        state = env.step(state, torch.tensor([action, action]))
    assert env.cost(state).tolist() == [24.0, 24.0]
    assert env.objective(state).tolist() == [20.0, 24.0]
    starts = env.reset(to_tensordict([tours]), starts=2)
    assert env.objective(env.step(starts, torch.tensor([[1, 3]]))).tolist() == [[5.0, 2.0]]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["CVRP", "MDOVRPBLTW", "PDPTW", "OP"])
@pytest.mark.usefixtures("unchecked_shapes")
def test_a_compiled_step_is_the_same_step(name: str) -> None:
    env, draw = VRPEnv(), drawing(4)
    first = env.reset(to_tensordict([EVERY[name](8, seed) for seed in range(4)], dtype=torch.float64), starts=2)

    def step(fields: Fields, action: Tensor) -> Fields:
        return env.step(
            State(first.problem, first.rules, fields, first.rules.legs(first.problem, fields)), action
        ).fields

    compiled = torch.compile(step, fullgraph=True, dynamic=False)
    state = first
    for _ in range(6):
        action = draw(state)
        after = env.step(state, action)
        for field, value in compiled(state.fields, action).items():
            torch.testing.assert_close(value, after.fields[field], rtol=1e-12, atol=1e-12)
        state = after


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (torch.zeros(3, 2, dtype=torch.int64), r"actions are torch.int64 of shape \(3, 2\), must be int64 of shape"),
        (torch.zeros(2, 3, dtype=torch.int32), r"actions are torch.int32 of shape \(2, 3\), must be int64"),
        (torch.full((2, 3), 77), "action 77 is no node: there are 6"),
    ],
)
@pytest.mark.usefixtures("unchecked_shapes")
def test_actions_of_the_wrong_form_are_refused(action: Tensor, message: str) -> None:
    env = VRPEnv(strict=True)
    state = env.reset(to_tensordict([generate("mtvrp", 5, seed) for seed in range(2)]), starts=3)
    with pytest.raises(IllegalActionError, match=message):
        env.step(state, action)


def test_an_episode_needs_a_start() -> None:
    with pytest.raises(RoutewrightError, match="starts is 0, must be at least 1"):
        VRPEnv().reset(to_tensordict([generate("mtvrp", 5, 1)]), starts=0)


def test_a_batch_whose_flags_have_become_numbers_is_refused() -> None:
    with pytest.raises(RoutewrightError, match=r"clients is torch.float64, must be bool: flags of a batch stay flags"):
        VRPEnv().reset(to_tensordict([generate("mtvrp", 5, 1)]).double())


def test_a_vehicle_tries_every_depot_before_it_gives_up() -> None:
    types = [VehicleType(start=depot, end=depot, max_distance=10) for depot in range(3)]
    instance = Instance.build(coords=[[0, 0], [1, 0], [50, 0], [51, 0], [0, 1]], depots=3, vehicle_types=types)
    played = rollout(VRPEnv(strict=True), to_tensordict([instance]), drawing(5), starts=500)
    assert bool(played.cost.isfinite().all())


def test_times_that_are_just_met_are_met_in_single_precision() -> None:
    rng = np.random.default_rng(3)
    away, leave = rng.random(500).astype(np.float32), 3.0 * rng.random(500).astype(np.float32)
    instances = [
        Instance.build(coords=[[0, 0], [x, 0]], windows=[[float(t), 1000], [0, float(np.float32(t + x))]])
        for x, t in zip(away, leave, strict=True)
    ]
    assert bool(rollout(VRPEnv(strict=True), to_tensordict(instances), drawing(6)).state["done"].all())


def test_an_episode_that_cannot_end_is_reported() -> None:
    batch = to_tensordict([generate("mtvrp", 5, 1)])
    with pytest.raises(RoutewrightError, match="row 0 is not done after 16 steps"):
        rollout(VRPEnv(), batch, lambda state: torch.ones_like(state["node"]))
