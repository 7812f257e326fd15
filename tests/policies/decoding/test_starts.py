"""First clients that differ."""

from routewright.data.batch import to_tensordict
from routewright.data.generators import generate
from routewright.envs import VRPEnv
from routewright.policies import Policy, roll_out
from routewright.policies.decoding import distinct_starts, greedy
from tests.policies.cases import SMALL, drawn

ENV = VRPEnv(strict=True)


def test_fifty_clients_give_fifty_starts() -> None:
    batch = drawn(2, 50, variants=("CVRP", "VRPTW"))
    played = roll_out(Policy(SMALL), ENV, batch, greedy, starts=50, forced=distinct_starts)
    for actions in played.actions[..., 0].tolist():
        assert sorted(actions) == list(range(1, 51))


def test_smaller_instances_begin_again_and_never_at_padding() -> None:
    batch = to_tensordict([generate("uniform", n, n) for n in (3, 5)])
    first = distinct_starts(ENV.reset(batch, starts=5))[..., 0]
    assert first.tolist() == [[1, 2, 3, 1, 2], [1, 2, 3, 4, 5]]


def test_clients_that_cannot_be_first_are_left_out() -> None:
    batch = drawn(20, 8, variants=("VRPB",))
    state = ENV.reset(batch, starts=8)
    first = distinct_starts(state)
    for row in range(20):
        possible = (state["mask"][row, 0, 1:].nonzero()[:, 0] + 1).tolist()
        assert first[row, :, 0].tolist() == [possible[turn % len(possible)] for turn in range(8)]


def test_with_several_depots_the_nearest_vehicle_goes() -> None:
    batch = drawn(3, 10, variants=("MDVRP",))
    played = roll_out(Policy(SMALL), ENV, batch, greedy, starts=10, forced=distinct_starts)
    ways = (batch["coords"][:, 3:, None] - batch["coords"][:, None, :3]).norm(dim=-1)
    for row in range(3):
        for start in range(10):
            nearest, client = int(ways[row, start].argmin()), start + 3
            begun = [client] if nearest == 0 else [nearest, client]
            assert played.actions[row, start, : len(begun)].tolist() == begun


def test_a_client_that_the_nearest_depot_cannot_serve_is_left_to_the_policy() -> None:
    batch = drawn(6, 10, variants=("MDVRPL", "MDOVRPBTW"))
    played = roll_out(Policy(SMALL), ENV, batch, greedy, starts=10, forced=distinct_starts)  # strict: nothing masked
    assert played.actions.shape[:2] == (6, 10)
