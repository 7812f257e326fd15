"""Routes in CVRPLIB form: written by hand, broken, and there and back."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routewright.data import FormatError, Instance, Route, Solution, VehicleType
from routewright.data.formats.sol import read_solution, write_solution

PLACES = [(0, 0), (0, 10), (3, 4), (6, 8), (3, 4)]


def problem(**fields: Any) -> Instance:
    """One depot at the origin and four clients."""
    usual: dict[str, Any] = {"coords": PLACES, "delivery": [0, 1, 1, 1, 1], "rounding": "round"}
    return Instance.build(**(usual | fields))


ONE = problem(capacity=9)
FLEET = problem(vehicle_types=[VehicleType(2, (9,)), VehicleType(3, (9,), distance_cost=2)])
TWO_DEPOTS = problem(depots=2, delivery=[0, 0, 1, 1, 1], capacity=9)
RELOADS = problem(vehicle_types=[VehicleType(2, (9,), reload_depots=(0,))])
OPTIONAL = problem(capacity=9, required=[False, True, False, False, False], group=[-1, -1, -1, 0, 0], prize=5)


def parse(folder: Path, text: str, instance: Instance = ONE) -> tuple[Solution, float | None]:
    path = folder / "a.sol"
    path.write_text(text)
    return read_solution(path, instance)


@pytest.mark.parametrize("cost", ["Cost 1466.6", "Cost: 1466.6", "cost 1466.6", "Cost:1466.6"])
def test_routes_and_cost_are_read(tmp_path: Path, cost: str) -> None:
    text = f"Route #1: 1 2 \nRoute #2: 3 4\n\n{cost}\nOptimal: True\nComment: see Smith (2023): page 4\n"
    assert parse(tmp_path, text) == (Solution.from_routes([[1, 2], [3, 4]]), 1466.6)


def test_a_file_without_cost_claims_none(tmp_path: Path) -> None:
    assert parse(tmp_path, "Route #1: 4 3 2 1")[1] is None


def test_route_k_is_vehicle_k_of_a_fleet(tmp_path: Path) -> None:
    text = "Route #1:\nRoute #2: 1\nRoute #3: 2 3\nRoute #4:\nRoute #5: 4\nCost 9"
    routes = (Route(((1,),), 0), Route(((2, 3),), 1), Route(((4,),), 1))
    assert parse(tmp_path, text, FLEET)[0] == Solution(routes)


def test_an_unlimited_type_counts_as_many_vehicles_as_clients(tmp_path: Path) -> None:
    solution = parse(tmp_path, "Route #3: 2\nRoute #4: 3 4", TWO_DEPOTS)[0]
    assert [route.vehicle_type for route in solution] == [0, 1]


def test_a_depot_inside_a_route_is_a_reload(tmp_path: Path) -> None:
    assert parse(tmp_path, "Route #1: 1 0 2 3 0 4", RELOADS)[0] == Solution((Route(((1,), (2, 3), (4,))),))


def test_depots_at_the_ends_of_a_route_say_nothing(tmp_path: Path) -> None:
    assert parse(tmp_path, "Route #1: 0 1 2 0\nRoute #2: 3 4")[0] == Solution.from_routes([[1, 2], [3, 4]])


def test_optional_clients_left_out_are_unserved_but_alternatives_are_not(tmp_path: Path) -> None:
    assert parse(tmp_path, "Route #1: 1 3", OPTIONAL)[0].unserved == (2,)


@pytest.mark.parametrize(
    ("text", "instance", "message"),
    [
        ("Route #1: 1 2\nRoute #2: 3 5\n", ONE, "a.sol:2: client 5 does not exist (numbers are 1 to 4)"),
        ("Route #1: 1 -2\n", ONE, "a.sol:1: client -2 does not exist"),
        ("Route #1: 1 two\n", ONE, "a.sol:1: 'two' is not a client number"),
        ("Route #1: 1 2.5\n", ONE, "a.sol:1: '2.5' is not a client number"),
        ("Route #1: 1\nRoute #1: 2\n", ONE, "a.sol:2: Route #1 stands twice"),
        ("Route #1: 1 2\nCost: high\n", ONE, "a.sol:2: Cost is 'high', must be a number"),
        ("Route #1: 1 2\nCost nan\n", ONE, "a.sol:2: Cost is 'nan', must be a number"),
        ("Route #1: 1 2\n3 4\n", ONE, "a.sol:2: '3 4' is neither a route nor a cost"),
        ("Cost 12\n", ONE, "a.sol: holds no routes"),
        ("Route #6: 1 2 3 4\n", FLEET, "a.sol:1: Route #6: there are 5 vehicles"),
        ("Route #1: 1 0 0 2\n", RELOADS, "a.sol:1: Route #1 has a trip without clients"),
        ("\n", ONE, "a.sol: is empty"),
        ('{"routes": [[1]]}', ONE, "a.sol: "),
    ],
)
def test_a_broken_file_is_named_with_line_and_value(
    tmp_path: Path, text: str, instance: Instance, message: str
) -> None:
    with pytest.raises(FormatError) as caught:
        parse(tmp_path, text, instance)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("route", "message"),
    [
        ('{"trips": [[9]]}', "routes.0: node 9 does not exist (there are 5)"),
        ('{"trips": [[1]], "vehicle_type": 1}', "routes.0: vehicle_type 1 does not exist"),
        ('{"trips": [[1]], "start": 3}', "routes.0: depot 3 does not exist"),
    ],
)
def test_json_routes_must_fit_the_instance(tmp_path: Path, route: str, message: str) -> None:
    text = f'{{"format": "routewright-solution", "version": 1, "routes": [{route}]}}'
    with pytest.raises(FormatError) as caught:
        parse(tmp_path, text)
    assert message in str(caught.value)


def test_the_written_form_is_that_of_cvrplib(tmp_path: Path) -> None:
    path = tmp_path / "a.sol"
    write_solution(Solution.from_routes([[1, 2], [3, 4]]), path, ONE)
    # 10 + nint(sqrt(9 + 36)) + 5 and 10 + 5 + 5
    assert path.read_text() == "Route #1: 1 2\nRoute #2: 3 4\nCost 42\n"
    write_solution(Solution.from_routes([[4]]), path, cost=3.25)
    assert path.read_text() == "Route #1: 4\nCost 3.25\n"
    write_solution(Solution.from_routes([[4]]), path)
    assert path.read_text() == "Route #1: 4\n"


def test_vehicles_that_stay_at_home_have_an_empty_line(tmp_path: Path) -> None:
    path = tmp_path / "a.sol"
    write_solution(Solution((Route(((2, 3),), 1), Route(((1,),), 0), Route(((4,),), 1))), path, FLEET, cost=1)
    assert path.read_text() == "Route #1: 1\nRoute #2:\nRoute #3: 2 3\nRoute #4: 4\nCost 1\n"


@pytest.mark.parametrize(
    ("solution", "instance", "message"),
    [
        (Solution((Route(((1,),), 1),)), None, "vehicle_type"),
        (Solution((Route(((1,),), 0),) * 3), FLEET, "vehicle_type: more routes of type 0 than its 2 vehicles"),
        (Solution((Route(((1,), (2,))),)), None, "trips: the reload depot"),
        (Solution((Route(((1,),), quantities=(((1.0,),),)),)), ONE, "quantities"),
        (Solution((Route(((1,),), charges=(1.0,)),)), ONE, "charges"),
        (Solution((Route(((2,),), start=1),)), TWO_DEPOTS, "start: a route at depot 1, its vehicle type has 0"),
        (Solution((Route(((2,),), end=1),)), TWO_DEPOTS, "end: a route at depot 1, its vehicle type has 0"),
    ],
)
def test_what_the_form_cannot_say_is_named(
    tmp_path: Path, solution: Solution, instance: Instance | None, message: str
) -> None:
    with pytest.raises(FormatError) as caught:
        write_solution(solution, tmp_path / "a.sol", instance, cost=1.0)
    assert message in str(caught.value)
    assert not list(tmp_path.iterdir())


@st.composite
def fleets_and_solutions(draw: st.DrawFn) -> tuple[Instance, Solution]:
    """Up to three vehicle types at up to two depots with reloads, and routes that fit them."""
    depots, clients = draw(st.integers(1, 2)), draw(st.integers(1, 8))
    types = [
        VehicleType(draw(st.sampled_from([None, 9])), start=start, end=start, reload_depots=(0,), distance_cost=index)
        for index, start in enumerate(draw(st.lists(st.integers(0, depots - 1), min_size=1, max_size=3)))
    ]
    n = depots + clients
    required = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    instance = Instance.build(
        coords=[(k, k * k) for k in range(n)], depots=depots, vehicle_types=types, required=required
    )
    trips = [[client] for client in draw(st.permutations(list(instance.clients)))]
    left_out = draw(st.sets(st.sampled_from(list(instance.clients))))
    trips = [trip for trip in trips if trip[0] not in left_out or required[trip[0]]]
    routes: list[Route] = []
    while trips:
        count = draw(st.integers(1, min(3, len(trips))))
        reloads = draw(st.lists(st.integers(0, depots - 1), min_size=count - 1, max_size=count - 1))
        kind = draw(st.integers(0, len(types) - 1))
        routes.append(Route(tuple(map(tuple, trips[:count])), kind, reloads=tuple(reloads) if any(reloads) else ()))
        trips = trips[count:]
    served = {node for route in routes for node in route.stops}
    unserved = [node for node in instance.clients if node not in served]
    return instance, Solution(tuple(sorted(routes, key=lambda route: route.vehicle_type)), tuple(unserved))


@settings(deadline=None, max_examples=150)
@given(fleets_and_solutions(), st.floats(0, 1e9))
def test_solutions_read_back_as_they_were(case: tuple[Instance, Solution], cost: float) -> None:
    instance, solution = case
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.sol"
        write_solution(solution, path, instance, cost)
        if solution.routes:
            assert read_solution(path, instance) == (solution, cost)


def test_departures_that_cost_are_not_forgotten(tmp_path: Path) -> None:
    windows = [[0, 999], [100, 200]]
    vehicle = VehicleType(duration_cost=1)
    instance = Instance.build(coords=[[0, 0], [10, 0]], rounding="round", windows=windows, vehicle_types=[vehicle])
    early = Solution((Route(((1,),), departure=0),))
    with pytest.raises(FormatError, match=r"routes leave at times that cost more than others.*write \.json"):
        write_solution(early, tmp_path / "a.sol", instance)
    assert list(tmp_path.iterdir()) == []
    write_solution(Solution((Route(((1,),), departure=90),)), tmp_path / "a.sol", instance)
    assert read_solution(tmp_path / "a.sol", instance)[1] == 40
