"""One loop and tensor operations let the same clients through."""

import pytest
import torch
from torch import Tensor

from routewright.data.batch import to_tensordict
from routewright.envs import State, VRPEnv, rollout, sample
from routewright.envs.bounds import Bounds
from routewright.envs.fitting import Tables, Values, Ways, by_operations, compiled_loop, fitting
from routewright.envs.rows import Rows
from tests.envs.cases import EVERY


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("name", EVERY)
def test_masks_of_both_ways_are_the_same(name: str, dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled_loop() is not None
    compared = 0

    def both(free: Tensor, tables: Tables, values: Values, legs: Ways, door: Tensor) -> tuple[Tensor, Tensor]:
        nonlocal compared
        found, others = fitting(free, tables, values, legs, door), by_operations(free, tables, values, legs, door)
        assert torch.equal(found[0], others[0])
        assert torch.equal(found[1], others[1])
        compared += 1
        return found

    monkeypatch.setattr("routewright.envs.bounds.fitting", both)
    batch = to_tensordict([EVERY[name](n, seed) for n, seed in ((5, 1), (9, 2), (7, 3))], dtype=dtype)
    generator = torch.Generator().manual_seed(1)

    def drawn(state: State) -> Tensor:
        return sample(state["mask"], generator)

    assert rollout(VRPEnv(), batch, drawn, starts=4).actions.shape[-1] < compared


class Line:
    """Nodes at 0, 1, 2, ... on a line, vehicles at the first two; twice as long by time."""

    def rows(self, *, timed: bool) -> Rows:
        places = torch.arange(4.0) * (2.0 if timed else 1.0)
        return Rows((places - places[:, None]).abs(), torch.tensor([[0, 1]]))


NEEDS = torch.tensor([[0.0, 1.0, 2.0, 3.0]])
FREE = torch.tensor([[[False, True, True, True]] * 2])
DOOR = torch.zeros(1, 2, dtype=torch.int64)


def test_a_client_needs_no_more_than_is_left_to_the_last_unit() -> None:
    bound = Bounds(NEEDS)
    number = bound.need(NEEDS)
    mask, anyone = bound.fitting(FREE, {number: torch.tensor([[2.0, 0.5]])}, Line(), DOOR)
    assert mask.tolist() == [[[False, True, True, False], [False] * 4]]
    assert anyone.tolist() == [[True, False]]


def test_distances_and_times_have_bounds_of_their_own() -> None:
    bound = Bounds(NEEDS)
    far = torch.full((1, 1, 4), 5.0)
    length, clock = bound.reach(far, timed=False), bound.reach(far, timed=True)
    said = {length: torch.tensor([[3.0, 4.5]]), clock: torch.tensor([[0.0, 1.0]])}
    mask, _ = bound.fitting(FREE, said, Line(), DOOR)
    assert mask.tolist() == [[[False, True, True, False], [False, True, False, False]]]


def test_bounds_differ_between_doors() -> None:
    bound = Bounds(NEEDS)
    far = torch.tensor([[[9.0, 9.0, 9.0, 9.0], [9.0, 9.0, 0.5, 1.0]]])
    number = bound.reach(far, timed=False)
    door = torch.tensor([[0, 1]])
    mask, _ = bound.fitting(FREE, {number: torch.zeros(1, 2)}, Line(), door)
    assert mask.tolist() == [[[False, True, True, True], [False, True, False, False]]]


def test_a_sort_of_clients_can_be_barred() -> None:
    bound = Bounds(NEEDS)
    even = bound.bar(torch.tensor([[True, False, True, False]]))
    mask, _ = bound.fitting(FREE, {even: torch.tensor([[True, False]])}, Line(), DOOR)
    assert mask.tolist() == [[[False, True, False, True], [False, True, True, True]]]


def test_without_bounds_everybody_fits_and_the_answer_is_a_copy() -> None:
    mask, anyone = Bounds(NEEDS).fitting(FREE, {}, Line(), DOOR)
    assert torch.equal(mask, FREE)
    assert mask.data_ptr() != FREE.data_ptr()
    assert bool(anyone.all())
