"""Each move on an instance that nothing else improves, and no move left over on random ones."""

from dataclasses import dataclass

import numpy as np
import pytest

from routewright.data.instance import Instance
from routewright.solvers.search import polish as polish_module
from routewright.solvers.search.model import is_timed
from tests.solvers.search.cases import CASES, start
from tests.solvers.search.neighbourhood import MOVES, Tours
from tests.solvers.search.polished import is_feasible, polished, raw_cost


@dataclass(frozen=True)
class Stuck:
    """Routes that one kind of move improves and no other."""

    coords: list[list[int]]
    delivery: list[int]
    capacity: int
    tours: Tours

    def instance(self) -> Instance:
        return Instance.build(
            coords=self.coords, rounding="round", delivery=[0, *self.delivery], capacity=self.capacity
        )


STUCK = {
    "relocate 1": Stuck(
        [[7, 0], [1, 4], [0, 5], [5, 9], [5, 5], [7, 2], [8, 5]], [2, 1, 2, 3, 2, 1], 6, [[1, 2, 3], [5, 6, 4]]
    ),
    "relocate 2": Stuck(
        [[1, 4], [2, 5], [0, 7], [1, 5], [8, 9], [9, 7], [5, 0], [2, 9], [9, 7]],
        [2, 2, 1, 3, 2, 3, 1, 1],
        6,
        [[3, 1], [2, 7, 6], [4, 5, 8]],
    ),
    "relocate 2 reversed": Stuck(
        [[7, 2], [6, 4], [7, 6], [6, 9], [1, 0], [3, 5], [7, 0]], [3, 1, 3, 1, 3, 2], 9, [[1, 5, 4, 6], [3, 2]]
    ),
    "relocate 3": Stuck(
        [[1, 9], [1, 7], [2, 9], [6, 6], [0, 7], [1, 0], [4, 9], [2, 3]],
        [2, 1, 1, 3, 1, 3, 1],
        8,
        [[6, 2], [1, 4, 7, 5, 3]],
    ),
    "relocate 3 reversed": Stuck(
        [[8, 2], [1, 6], [7, 5], [7, 1], [8, 8], [6, 5], [1, 7]], [1, 3, 2, 1, 2, 2], 8, [[3, 5], [2, 4, 6, 1]]
    ),
    "swap 1-1": Stuck(
        [[0, 7], [5, 3], [2, 8], [9, 1], [3, 0], [1, 8], [4, 1], [3, 5], [1, 3]],
        [3, 1, 1, 3, 3, 1, 3, 1],
        9,
        [[8, 4, 6, 3, 2], [5, 1, 7]],
    ),
    "swap 2-1": Stuck(
        [[8, 4], [7, 6], [4, 6], [9, 9], [9, 2], [8, 4], [1, 0], [0, 2], [4, 1]],
        [2, 1, 1, 1, 2, 3, 3, 2],
        6,
        [[5, 3, 1], [6, 7], [4, 8, 2]],
    ),
    "swap 2-2": Stuck(
        [[5, 5], [7, 0], [6, 1], [8, 8], [6, 6], [0, 1], [5, 5], [6, 7]],
        [1, 3, 2, 1, 2, 3, 3],
        8,
        [[1, 2, 6], [4, 3, 7, 5]],
    ),
    "2-opt": Stuck(
        [[3, 6], [7, 8], [0, 5], [8, 6], [6, 4], [1, 6], [1, 6], [6, 3], [8, 9], [5, 6], [0, 4], [2, 6]],
        [2, 3, 1, 3, 1, 1, 2, 3, 1, 3, 3],
        99,
        [[11, 5, 6, 2, 10, 9, 8, 1, 3, 4, 7]],
    ),
    "2-opt*": Stuck(
        [[1, 9], [7, 7], [5, 1], [7, 2], [8, 0], [9, 5], [9, 6], [1, 8], [6, 1]],
        [1, 1, 3, 1, 1, 1, 2, 3],
        8,
        [[7, 3], [2, 8, 4, 5, 6, 1]],
    ),
    "2-opt* turned": Stuck(
        [[9, 1], [7, 7], [9, 1], [6, 3], [5, 7], [5, 3], [0, 0], [2, 3]],
        [1, 1, 1, 2, 1, 2, 3],
        8,
        [[6, 7, 5, 3], [1, 4, 2]],
    ),
    "SWAP*": Stuck(
        [[1, 7], [0, 0], [6, 5], [9, 9], [9, 7], [6, 3], [2, 6], [1, 2], [7, 6]],
        [2, 3, 2, 3, 3, 2, 1, 2],
        8,
        [[2, 8, 7, 1], [3, 4, 5], [6]],
    ),
}


def left_over(instance: Instance, tours: Tours) -> set[str]:
    """Kinds of moves with which the routes could still be improved."""
    bar = raw_cost(instance, tours) - 1e-6
    fleet = instance.vehicle_types[0].count
    with_empty = [*tours, []] if fleet is None or len(tours) < fleet else tours
    return {
        kind
        for kind, moves in MOVES.items()
        if any(raw_cost(instance, new) < bar and is_feasible(instance, new) for new in moves(with_empty))
    }


@pytest.mark.parametrize("kind", STUCK)
def test_a_move_is_found_where_nothing_else_improves(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = STUCK[kind]
    instance = stuck.instance()
    # SWAP* can do what a swap of single clients between routes does: switched off, the latter must be found.
    improving = {kind, "SWAP*"} if kind == "swap 1-1" else {kind}
    assert left_over(instance, stuck.tours) == improving
    if kind != "SWAP*":
        monkeypatch.setattr(polish_module, "NEAR_ROUTES", -1)
    better = polished(instance, stuck.tours)
    assert is_feasible(instance, better)
    assert raw_cost(instance, better) < raw_cost(instance, stuck.tours)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", range(4))
def test_no_move_improves_what_was_polished(case: str, seed: int) -> None:
    instance = CASES[case](np.random.default_rng(seed), 9)
    tours = polished(instance, start(instance), seed)
    # With windows turned routes are not tried, and SWAP* looks at places in time before clients leave.
    unpromised = {"2-opt* turned", "SWAP*"} if is_timed(instance) else set()
    assert left_over(instance, tours) - unpromised == set()
