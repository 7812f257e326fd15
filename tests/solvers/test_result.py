"""What a result says about itself."""

from routewright.data.check import check
from routewright.data.instance import Instance
from routewright.data.solution import Route, Solution
from routewright.solvers.result import Result

INSTANCE = Instance.build(
    coords=[[0, 0], [30, 40], [0, 9]], rounding="round", delivery=[0, 1, 1], capacity=1, name="two"
)


def _result(solution: Solution, cost: float) -> Result:
    violations = tuple(check(INSTANCE, solution, cost))
    return Result(INSTANCE, solution, cost, not violations, 1.23, 1.1, 7, (), None, 3, "toy", "0.1", violations)


def test_a_good_answer_in_one_line() -> None:
    result = _result(Solution.from_routes([[1], [2]]), 118)
    assert str(result) == "two: cost 118, 2 routes, feasible, 1.2 s by toy 0.1"


def test_a_bad_answer_says_why() -> None:
    result = _result(Solution.from_routes([[1]]), 100)
    assert str(result) == f"two: cost 100, 1 route, INFEASIBLE ({result.violations[0]}), 1.2 s by toy 0.1"


def test_empty_routes_are_no_vehicles() -> None:
    assert _result(Solution((Route(((1,),)), Route(()))), 100).vehicles == 1


def test_its_schedule_tells_the_time_of_every_stop() -> None:
    rows = _result(Solution.from_routes([[1], [2]]), 118).schedule().rows
    assert len(rows) == 6
    assert [row["arrival"] for row in rows[:3]] == [0, 50, 100]


def test_representations_do_not_drag_the_instance_along() -> None:
    assert len(repr(_result(Solution.from_routes([[1], [2]]), 118))) < 300
