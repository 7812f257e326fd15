"""Rules that the judge cannot enumerate or does not know: split deliveries, least rewards, objectives."""

from itertools import combinations_with_replacement, pairwise, permutations, product

import numpy as np
import pytest
import torch
from scipy.optimize import linprog

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.data.vehicle import Battery, VehicleType
from routewright.envs import VRPEnv, rollout, sample
from routewright.envs.exhaustive import reachable
from routewright.envs.generators import prize_collecting
from tests.envs.cases import SPLIT


def divisible(demands: list[float], capacity: float, tours: tuple[tuple[int, ...], ...]) -> bool:
    """Whether loads can be divided over tours: a transport problem."""
    cells = [(number, client) for number, tour in enumerate(tours) for client in tour]
    if not cells:
        return False
    brings = np.array([[client == other for _, other in cells] for client in range(1, len(demands))], dtype=float)
    takes = np.array([[number == other for other, _ in cells] for number in range(len(tours))], dtype=float)
    answer = linprog(
        np.zeros(len(cells)), A_ub=takes, b_ub=np.full(len(tours), capacity), A_eq=brings, b_eq=demands[1:]
    )
    return bool(answer.success)


def cheapest_split(instance: Instance, most: int) -> float:
    """The least cost of up to ``most`` tours, divided in any way."""
    way = instance.distance_matrix()
    tours = []
    for size in range(1, instance.n_clients + 1):
        for tour in permutations(instance.clients, size):
            stops = (0, *tour, 0)
            tours.append((sum(way[a, b] for a, b in pairwise(stops)), tour))
    best = np.inf
    for count in range(1, most + 1):
        for chosen in combinations_with_replacement(tours, count):
            cost = sum(each for each, _ in chosen)
            routes = tuple(tour for _, tour in chosen)
            if cost < best and set().union(*routes) == set(instance.clients):
                demands = instance.delivery[:, 0].tolist()
                if divisible(demands, float(instance.capacities[0, 0]), routes):
                    best = cost
    return float(best)


@pytest.mark.parametrize("seed", range(6))
def test_the_best_split_deliveries_are_reachable(seed: int) -> None:
    rng = np.random.default_rng(seed)
    instance = Instance.build(
        coords=rng.integers(0, 100, (4, 2)), rounding="round", delivery=[0, *rng.integers(4, 9, 3)], capacity=10,
        split=True,
    )  # fmt: skip
    found = reachable(instance, VRPEnv())
    assert min(found.values()) == cheapest_split(instance, most=3)


@pytest.mark.parametrize("name", SPLIT)
def test_whatever_split_deliveries_are_reachable_the_judge_accepts(name: str) -> None:
    split = 0
    for seed, n in product(range(4), (1, 2, 3)):
        instance = SPLIT[name](n, seed)
        for plan, cost in reachable(instance, VRPEnv()).items():
            solution = Solution(plan)
            assert check(instance, solution, cost) == []
            assert cost == pytest.approx(evaluate(instance, solution).cost, rel=1e-12)
            split += sum(map(len, plan)) > n
    assert split > 0


def test_prizes_are_collected_until_they_are_enough() -> None:
    batch = prize_collecting(64, 20, torch.Generator().manual_seed(1))
    generator = torch.Generator().manual_seed(2)
    env = VRPEnv(strict=True)
    state = env.reset(batch, starts=8)
    while not bool(state["done"].all()):
        ends = state["mask"][..., 0] & ~state["done"] & state["on_road"]
        enough = (state["reward"] >= 1.0 - 1e-6) | (state["to_visit"] == 0)
        assert torch.equal(ends, enough & ~state["done"] & state["on_road"])
        state = env.step(state, sample(state["mask"], generator))
    assert bool(env.cost(state).isfinite().all())


def test_the_cost_of_a_prize_collecting_tour_is_its_way_and_the_penalties_left() -> None:
    batch = prize_collecting(1, 20, torch.Generator().manual_seed(3), stochastic=True)
    generator = torch.Generator().manual_seed(4)
    played = rollout(VRPEnv(strict=True), batch, lambda state: sample(state["mask"], generator))
    stops = [0, *(action for action in played.actions[0].tolist() if action), 0]
    coords, penalties, brings = batch["coords"][0].double(), batch["prize"][0].double(), batch["reward"][0]
    way = sum(float((coords[a] - coords[b]).norm()) for a, b in pairwise(stops))
    left = penalties.sum() - penalties[stops].sum()
    assert float(played.cost) == pytest.approx(way + float(left), rel=1e-5)
    assert float(brings[stops].sum()) >= 1.0 - 1e-6 or len(stops) == 22


def test_random_prizes_are_between_nothing_and_twice_what_is_expected() -> None:
    known = prize_collecting(500, 20, torch.Generator().manual_seed(5))
    random = prize_collecting(500, 20, torch.Generator().manual_seed(5), stochastic=True)
    assert torch.equal(known["reward"], known["expected_reward"])
    assert torch.equal(random["expected_reward"], known["expected_reward"])
    share = (random["reward"] / random["expected_reward"])[random["clients"]]
    assert 0.0 <= float(share.min()) < 0.01
    assert 1.99 < float(share.max()) <= 2.0
    assert float(share.mean()) == pytest.approx(1.0, abs=0.02)
    assert float(known["reward"].sum(-1).mean()) == pytest.approx(2.0, abs=0.05)  # 20 prizes of 0.1 on average


def test_fewer_vehicles_come_before_less_distance() -> None:
    instance = Instance.build(coords=[[0, 0], [10, 0], [-10, 0]], objective="vehicles_first")
    env = VRPEnv(strict=True)
    state = env.reset(to_tensordict([instance]), starts=2)
    for actions in ([1, 1], [0, 2], [2, 0], [0, 0]):
        state = env.step(state, torch.tensor([actions]))
    assert env.cost(state).tolist() == [[40.0, 40.0]]
    two, one = env.objective(state)[0].tolist()
    assert 1.0 < one < 2.0 < two < 3.0


def test_charging_takes_time_and_the_way_home_is_kept_in_reach() -> None:
    # A battery of 12: client 1 at 10 is reached, but the way back is only possible by the station beside it.
    vehicle = VehicleType(battery=Battery(capacity=12.0, recharge=3.0), shift=(0, 100))
    instance = Instance.build(coords=[[0, 0], [10, 0], [0, 7], [9, 0]], stations=1, vehicle_types=[vehicle])
    env = VRPEnv(strict=True)
    state = env.step(env.reset(to_tensordict([instance])), torch.tensor([1]))
    assert state["energy"].item() == 2.0
    assert state["mask"].nonzero()[:, 1].tolist() == [3]  # neither home nor to the other client
    state = env.step(state, torch.tensor([3]))
    assert (state["energy"].item(), state["clock"].item()) == (12.0, 10 + 1 + 3 * 11)
    assert state["mask"].nonzero()[:, 1].tolist() == [0]  # on to client 2 it is 11.4, and there is no way back
    state = env.step(state, torch.tensor([0]))
    solution = to_solution(instance, [1, 3, 0])
    assert {fault.kind for fault in check(instance, solution)} == {"missing client"}
    assert not bool(state["done"])  # client 2, 7 away, can be reached but not be come back from: 14
    assert state["mask"].nonzero()[:, 1].tolist() == [3]


def test_a_later_release_delays_the_whole_trip_as_far_as_windows_allow() -> None:
    vehicle = VehicleType(reload_depots=(0,))
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [20, 0], [30, 0], [10, 0]], release=[0, 0, 15, 21, 21], service=[2, 3, 3, 3, 3],
        windows=[[0, 300], [0, 30], [0, 100], [0, 100], [40, 100]], vehicle_types=[vehicle],
    )  # fmt: skip
    env = VRPEnv(strict=True)
    state = env.step(env.reset(to_tensordict([instance], dtype=torch.float64)), torch.tensor([1]))
    assert (state["clock"].item(), state["elapsed"].item()) == (13, 13)
    assert state["latest_departure"].item() == pytest.approx(20, abs=1e-4)  # client 1, 10 away, closes at 30
    assert state["mask"].nonzero()[:, 1].tolist() == [0, 2, 5]  # for client 3 one would leave at 21
    state = env.step(state, torch.tensor([2]))
    assert (state["clock"].item(), state["elapsed"].item()) == (15 + 10 + 3 + 10 + 3, 26)
    state = env.step(state, torch.tensor([5]))
    assert (state["clock"].item(), state["elapsed"].item()) == (41 + 20 + 2, 0)
    assert state["latest_departure"].item() == np.inf
    assert state["mask"].nonzero()[:, 1].tolist() == [3, 4]  # home or another reload would be a trip without clients
    for action in (4, 3, 0):
        state = env.step(state, torch.tensor([action]))
    assert bool(state["done"])
    solution = to_solution(instance, [1, 2, 5, 4, 3, 0])
    assert [route.trips for route in solution] == [((1, 2), (4, 3))]
    assert env.cost(state).item() == 20 + 20 + 30 + 30
    assert check(instance, solution, 100) == []


def test_nobody_leaves_before_goods_that_are_there_from_the_start() -> None:
    hours = [[-50, 300], [-40, 5], [0, 300]]
    instance = Instance.build(
        coords=[[0, 0], [10, 0], [20, 0]], windows=hours, vehicle_types=[VehicleType(shift=(-50, 300))]
    )
    state = VRPEnv().reset(to_tensordict([instance], dtype=torch.float64))
    assert state["clock"].item() == 0
    assert state["mask"].nonzero()[:, 1].tolist() == [2]
    assert "window" in {fault.kind for fault in check(instance, Solution.from_routes([[1]]))}
