"""Labels as lots: the routes are those of the labels, whatever their order and direction."""

from collections.abc import Iterable

import pytest
import torch

from routewright.data.batch import to_solution, to_tensordict
from routewright.data.generators import generate
from routewright.data.instance import Instance
from routewright.data.labels import Label
from routewright.data.solution import Solution
from routewright.envs import VRPEnv
from routewright.policies.training.labelled import FromLabels, both_ways
from routewright.solvers.solve import solve


def labelled(variant: str, n: int, count: int) -> list[Label]:
    found = []
    for seed in range(count):
        instance = generate("mtvrp", n, seed, variant=variant)
        result = solve(instance, solver="search", time_limit=0.02)
        assert result.solution is not None
        found.append(Label(instance, result.solution, result.cost))
    return found


def routes_of(instance: Instance, solution: Solution) -> frozenset[tuple[int, tuple[int, ...]]]:
    """Routes in no order, in one direction where both are alike."""
    alike = both_ways(instance)
    return frozenset(
        (route.vehicle_type, min(route.stops, route.stops[::-1]) if alike else route.stops) for route in solution
    )


@pytest.mark.parametrize("variant", ["CVRP", "OVRPTW", "VRPMBL", "MDVRPTW"])
def test_every_episode_drives_the_routes_of_its_label(variant: str) -> None:
    labels = labelled(variant, 12, 3)
    lot = FromLabels([labels], orders=5).draw(30, torch.Generator().manual_seed(1))
    assert lot.actions is not None
    known = {routes_of(label.instance, label.solution) for label in labels}
    whole = to_tensordict([label.instance for label in labels])
    for row, episodes in enumerate(lot.actions):
        demand = lot.batch["delivery"][row]
        (place,) = [number for number in range(3) if torch.equal(whole["delivery"][number], demand)]
        instance = labels[place].instance
        for actions in episodes:
            assert routes_of(instance, to_solution(instance, actions.tolist(), whole)) in known
    assert len({tuple(actions.tolist()) for actions in lot.actions.flatten(0, 1)}) > 30


def test_episodes_are_legal_and_cost_what_the_labels_say_from_every_side() -> None:
    labels = [*labelled("CVRP", 12, 4), *labelled("MDVRP", 12, 4), *labelled("VRPBLTW", 9, 4)]
    source = FromLabels([labels[:4], labels[4:8], labels[8:]], orders=3)
    costs = {round(label.cost, 3) for label in labels}
    env = VRPEnv()
    for seed in range(6):
        lot = source.draw(5, torch.Generator().manual_seed(seed))
        assert lot.actions is not None
        state = env.reset(lot.batch, 3)
        for step in range(lot.actions.shape[2]):
            assert bool(state["mask"].gather(-1, lot.actions[..., step, None]).all())
            state = env.step(state, lot.actions[..., step])
        assert bool(state["done"].all())
        assert {round(cost, 3) for cost in env.cost(state).flatten().tolist()} <= costs


def test_sets_of_one_layout_share_a_lot() -> None:
    source = FromLabels([labelled("CVRP", 8, 2), labelled("OVRP", 8, 2)])
    lots = [source.draw(8, torch.Generator().manual_seed(seed)) for seed in range(4)]
    assert any(bool(lot.batch["open"].any()) and not bool(lot.batch["open"].all()) for lot in lots)


def test_all_lots_have_as_many_nodes() -> None:
    source = FromLabels([labelled("CVRP", 5, 2), labelled("CVRP", 11, 2)])
    shapes = {source.draw(8, torch.Generator().manual_seed(seed)).batch["clients"].shape for seed in range(9)}
    assert shapes == {(8, 6), (4, 12)}


def test_routes_turn_round_only_where_that_is_the_same() -> None:
    def firsts(variant: str) -> set[tuple[int, ...]]:
        label = labelled(variant, 8, 1)
        actions = FromLabels([label], orders=40).draw(1, torch.Generator().manual_seed(1)).actions
        assert actions is not None
        return {tuple(route) for each in actions[0].tolist() for route in _split(each)}

    assert len(firsts("VRPTW")) == len(labelled("VRPTW", 8, 1)[0].solution)
    alone = sum(len(route) > 1 for route in labelled("CVRP", 8, 1)[0].solution)
    assert len(firsts("CVRP")) == len(labelled("CVRP", 8, 1)[0].solution) + alone


def _split(actions: Iterable[int]) -> list[list[int]]:
    routes: list[list[int]] = [[]]
    for action in actions:
        if action:
            routes[-1].append(action)
        elif routes[-1]:
            routes.append([])
    return routes[:-1] if not routes[-1] else routes
