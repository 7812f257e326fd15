"""The general family: all 48 combinations of attributes, in the plane and in a town, against brute force."""

from collections import Counter
from math import inf

import numpy as np
import pytest

from routewright.data.check import check
from routewright.data.generators.attributes import VARIANTS
from routewright.data.instance import Instance
from routewright.data.vehicle import VehicleType
from routewright.solvers.search.flat import kinds, split, tours
from routewright.solvers.search.general import general_model, needs_general
from routewright.solvers.search.kernel.model import CAPACITY, COUNT
from routewright.solvers.search.session import Session
from routewright.solvers.search.start import start_flat
from routewright.solvers.solve import solve
from routewright.solvers.stop import Stop
from tests.solvers import tiny
from tests.solvers.attributes import FORMS
from tests.solvers.brute_force import optimum

ITERATIONS = 10_000
RICH = ["MDVRPMBTW", "MDOVRPBLTW", "VRPMB", "VRPB", "MDVRPL", "OVRPTW"]


def assert_optimal(instance: Instance, seed: int, iterations: int = ITERATIONS) -> None:
    result = solve(instance, solver="search", stop=Stop(iterations=iterations), seed=seed)
    assert check(instance, result.solution, result.cost) == []
    assert result.cost == pytest.approx(optimum(instance), rel=1e-6), instance.name


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_combination_is_solved_to_the_optimum(variant: str, form: str) -> None:
    for seed in range(2):
        assert_optimal(FORMS[form](variant, seed, 5), seed)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_fifty_instances_of_every_combination_are_solved_to_the_optimum(variant: str, form: str) -> None:
    for seed in range(50):
        assert_optimal(FORMS[form](variant, 100 + seed, 6 if seed % 10 == 0 else 3 + seed % 3), seed)


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_answer_breaks_a_rule(variant: str) -> None:
    for form, make in FORMS.items():
        instance = make(variant, 7, 30)
        result = solve(instance, solver="search", stop=Stop(iterations=ITERATIONS))
        assert check(instance, result.solution, result.cost) == [], form


def mixed_fleet(rng: np.random.Generator, n: int) -> Instance:
    """Few small vehicles, dear large ones, of which one starts late."""
    types = [
        VehicleType(count=2, capacity=10, fixed_cost=20),  # type: ignore[arg-type]
        VehicleType(count=2, capacity=25, fixed_cost=60),  # type: ignore[arg-type]
        VehicleType(capacity=25, fixed_cost=90, shift=(50, 500)),  # type: ignore[arg-type]
    ]
    return Instance.build(**tiny.base(rng, n), windows=tiny.windows(rng, n), vehicle_types=types)


def one_way(rng: np.random.Generator, n: int) -> Instance:
    """Starts at one depot, ends at another, which opens late; the duration is limited."""
    vehicle = VehicleType(start=0, end=1, capacity=30, max_duration=500)  # type: ignore[arg-type]
    times = tiny.windows(rng, n, depots=2)
    times[1] = [400.0, 600.0]
    return Instance.build(**tiny.base(rng, n, depots=2), windows=times, vehicle_types=[vehicle])


def both_loads(rng: np.random.Generator, n: int) -> Instance:
    """Clients that give and take, some of them optional."""
    required = [False, *(rng.random(n) < 0.6)]
    prize = [0, *rng.integers(10, 90, n)]
    return tiny.pickups(rng, n).replace(required=np.array(required), prize=np.array(prize, dtype=np.float64))


def depots_with_fleets(rng: np.random.Generator, n: int) -> Instance:
    types = [VehicleType(count=1, capacity=18, start=d, end=d, max_duration=260) for d in (0, 1)]  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n, depots=2), service=[0, 0, *[5] * n], vehicle_types=types)


def late_open(rng: np.random.Generator, n: int) -> Instance:
    """Open routes from a depot that closes: vehicles leave before, and end later."""
    times = tiny.windows(rng, n)
    times[0] = [0.0, 40.0]
    vehicle = VehicleType(capacity=20, end=None, fixed_cost=20)  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n), windows=times, vehicle_types=[vehicle])


def rates(rng: np.random.Generator, n: int) -> Instance:
    """What a distance costs depends on the vehicle, some of which are few; clients may be left out."""
    types = [
        VehicleType(capacity=12, distance_cost=1.5),  # type: ignore[arg-type]
        VehicleType(count=1, capacity=30, distance_cost=2, fixed_cost=10, max_distance=200),  # type: ignore[arg-type]
        VehicleType(capacity=20, distance_cost=3.5, fixed_cost=-0.0),  # type: ignore[arg-type]
    ]
    required = np.array([False, *(rng.random(n) < 0.7)])
    prize = np.array([0, *rng.integers(10, 200, n)], dtype=np.float64)
    return Instance.build(**tiny.base(rng, n), vehicle_types=types, required=required, prize=prize)


def odd_rates(rng: np.random.Generator, n: int) -> Instance:
    """Costs of distance without a small common measure, in a plane without whole numbers."""
    types = [VehicleType(capacity=15, distance_cost=1.0), VehicleType(capacity=25, distance_cost=2**0.5)]  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n) | {"rounding": "none"}, vehicle_types=types)


def short_shifts(rng: np.random.Generator, n: int) -> Instance:
    """A cheap kind of vehicle that comes home before the last clients open."""
    types = [
        VehicleType(capacity=25, fixed_cost=200, shift=(0, 700)),  # type: ignore[arg-type]
        VehicleType(capacity=15, shift=(0, 300)),  # type: ignore[arg-type]
    ]
    opens = rng.integers(0, 450, n).astype(float)
    windows = [[0.0, np.inf], *([opening, opening + 80] for opening in opens)]
    return Instance.build(**tiny.base(rng, n), windows=windows, service=[0, *[10] * n], vehicle_types=types)


def choosy(rng: np.random.Generator, n: int) -> Instance:
    """Vehicles that may not go everywhere, and that like some clients better than others."""
    clients = range(1, n + 1)
    types = [
        VehicleType(
            count=2,
            capacity=25,  # type: ignore[arg-type]
            allowed=frozenset(client for client in clients if rng.random() < 0.7),
            preference=tuple((client, float(rng.integers(-9, 30))) for client in clients if rng.random() < 0.5),
            distance_cost=float(rng.integers(1, 3)),
        )
        for _ in range(3)
    ]
    return Instance.build(**tiny.base(rng, n), windows=tiny.windows(rng, n), vehicle_types=types)


def one_choosy(rng: np.random.Generator, n: int) -> Instance:
    """A single kind of vehicle that is paid for some of the clients, all of which are optional."""
    liked = tuple((client, float(rng.integers(-40, 0))) for client in range(1, n + 1))
    prize = np.array([0, *rng.integers(0, 90, n)], dtype=np.float64)
    vehicle = VehicleType(capacity=20, preference=liked)  # type: ignore[arg-type]
    return Instance.build(**tiny.base(rng, n), vehicle_types=[vehicle], required=np.zeros(n + 1, bool), prize=prize)


MAKERS = (
    mixed_fleet, one_way, both_loads, depots_with_fleets, late_open, rates, odd_rates, short_shifts, choosy, one_choosy,
)  # fmt: skip
OTHERS = {maker.__name__: maker for maker in MAKERS}


@pytest.mark.parametrize("name", [*OTHERS, "pickups", "backhauls", "several_depots"])
def test_fleets_and_loads_that_the_combinations_lack_are_solved_too(name: str) -> None:
    maker = OTHERS.get(name, tiny.MAKERS.get(name))
    solvable = 0
    for seed in range(12):
        instance = maker(np.random.default_rng(seed), 5)  # type: ignore[misc]
        assert needs_general(instance)
        if optimum(instance) < inf:
            solvable += 1
            assert_optimal(instance, seed, 5 * ITERATIONS)
    assert solvable >= 6


def annealed(variant: str, form: str, seed: int = 0, iterations: int = 4_000) -> Session:
    asked = general_model(FORMS[form](variant, seed, 40))
    flat = start_flat(asked, seed)
    session = Session(asked, seed, len(kinds(flat, asked.first)) + 10)
    session.load_flat(flat)
    session.improve(iterations, 0.1 * session.total / 40)
    return session


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("variant", RICH)
def test_what_the_kernel_keeps_in_mind_is_what_loading_its_routes_gives(variant: str, form: str) -> None:
    assert_consistent(annealed(variant, form))


@pytest.mark.parametrize("maker", [one_way, mixed_fleet, late_open, rates, choosy, one_choosy])
def test_so_it_is_with_other_fleets(maker: tiny.Maker) -> None:
    asked = general_model(maker(np.random.default_rng(1), 30))
    session = Session(asked, 0, 30)
    session.load_flat(start_flat(asked, 0))
    for _ in range(10):
        session.improve(300, 40.0)
        assert_consistent(session)


def assert_consistent(session: Session) -> None:
    again = Session(session.model, 1, session.problem.fleet)
    again.load_flat(session.current_flat())
    assert session.general is not None
    assert again.general is not None
    assert session.total == again.total
    assert session.general.used.tolist() == again.general.used.tolist()
    for number in range(session.n_routes):
        mine = session.state.slot[session.state.order[number]]
        stops = session.state.stop[mine, : session.state.sums[mine, 0] + 2].tolist()
        slots = again.state.slot[again.state.order[: again.n_routes]]
        theirs = next(slot for slot in slots if again.state.stop[slot, 1] == stops[1])
        size = len(stops)
        assert again.state.stop[theirs, :size].tolist() == stops
        assert again.state.sums[theirs].tolist() == session.state.sums[mine].tolist()
        assert again.general.pickup_spare[theirs] == session.general.pickup_spare[mine]
        assert session.times is not None
        assert again.times is not None
        assert again.times.leave[theirs, :size].tolist() == session.times.leave[mine, :size].tolist()
        assert again.times.latest[theirs, :size].tolist() == session.times.latest[mine, :size].tolist()
        if session.general.mixed:
            for column in ("most_before", "most_after"):
                kept, fresh = getattr(session.general, column), getattr(again.general, column)
                assert kept[mine, : size - 1].tolist() == fresh[theirs, : size - 1].tolist()


def test_the_largest_load_before_and_after_each_stop_is_known() -> None:
    session = annealed("VRPMB", "plane")
    problem, general = session.problem, session.general
    assert general is not None
    for slot in session.state.slot[session.state.order[: session.n_routes]]:
        route = session.state.stop[slot, 1 : session.state.sums[slot, 0] + 1]
        steps = np.cumsum([problem.load[route].sum(), *(general.pickup[route] - problem.load[route])])
        assert steps.max() <= general.limits[0, CAPACITY]
        for place in range(len(steps)):
            assert general.most_before[slot, place] == steps[: place + 1].max()
            assert general.most_after[slot, place] == steps[place:].max()


def test_vehicles_of_each_kind_are_counted() -> None:
    asked = general_model(mixed_fleet(np.random.default_rng(3), 20))
    session = Session(asked, 0, 20)
    session.load_flat(start_flat(asked, 0))
    for _ in range(50):
        session.improve(20, 30.0)
        used = Counter(tour.kind for tour in tours(session.current_flat(), asked.first))
        assert session.general is not None
        assert [used[kind] for kind in range(3)] == session.general.used.tolist()
        assert (session.general.used <= session.general.limits[:, COUNT]).all()


def test_a_vehicle_whose_shift_begins_when_its_depot_has_closed_stays_at_home() -> None:
    types = [VehicleType(shift=(50, inf), end=None), VehicleType(fixed_cost=500, end=None)]
    instance = Instance.build(
        coords=[[0, 0], [0, 10], [10, 0]], rounding="round", windows=[[0, 10], [0, 99], [0, 99]], vehicle_types=types
    )
    result = solve(instance, solver="search", stop=Stop(iterations=500))
    assert result.feasible
    assert {route.vehicle_type for route in result.solution} == {1}


def test_a_vehicle_of_the_cheapest_kind_left_is_taken() -> None:
    types = [VehicleType(count=1, capacity=9, fixed_cost=5), VehicleType(capacity=9, fixed_cost=8)]  # type: ignore[arg-type]
    instance = Instance.build(
        coords=[[0, 0], [0, 10], [10, 0], [-10, 0]], rounding="round", delivery=9, vehicle_types=types
    )
    result = solve(instance, solver="search", stop=Stop(iterations=100))
    assert sorted(route.vehicle_type for route in result.solution) == [0, 1, 1]
    assert result.cost == 60 + 5 + 8 + 8


@pytest.mark.parametrize("seed", range(4))
def test_a_route_longer_than_the_others_can_change_its_depot(seed: int) -> None:
    """Two routes of one client and one of three, which must leave from another depot as a whole."""
    assert_optimal(FORMS["town"]("MDOVRP", 126, 5), seed)


def test_an_initial_solution_keeps_its_vehicles() -> None:
    instance = FORMS["plane"]("MDVRPTW", 1, 30)
    good = solve(instance, solver="search", stop=Stop(iterations=2_000))
    still = solve(instance, solver="search", stop=Stop(iterations=0), initial_solution=good.solution)
    assert still.cost == pytest.approx(good.cost)


def test_the_same_seed_gives_the_same_answer() -> None:
    instance = FORMS["town"]("MDVRPMBTW", 2, 40)
    first, again = (solve(instance, solver="search", stop=Stop(iterations=20_000), seed=3) for _ in range(2))
    assert first.solution == again.solution


def test_routes_of_a_flat_array_come_apart() -> None:
    flat = np.array([5, 6, 1, 7, 0], dtype=np.uint16)
    assert [route.tolist() for route in map(np.asarray, split(flat, 4))] == [[5, 6], [7]]
    assert kinds(flat, 4).tolist() == [1, 0]
