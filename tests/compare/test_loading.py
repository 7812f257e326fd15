from pathlib import Path

import pytest

from routewright.compare.functions import Function
from routewright.compare.job import SolverSpec
from routewright.compare.known import known_solver
from routewright.compare.loading import load_module, load_solver
from routewright.data.errors import RoutewrightError
from routewright.solvers.neural.solver import Neural

FUNCTIONS = Path(__file__).with_name("functions_of_ours.py")


def test_a_missing_solver_file_is_named() -> None:
    with pytest.raises(RoutewrightError, match=r"nowhere\.py: no such file"):
        load_module("nowhere.py")


def test_registered_solvers_load_by_their_dotted_name() -> None:
    assert load_module("routewright.data.errors").__name__ == "routewright.data.errors"


def test_a_function_is_found_in_its_module_and_in_its_file() -> None:
    for place in (str(FUNCTIONS), "tests.compare.functions_of_ours"):
        assert isinstance(load_solver(SolverSpec("x", f"{place}:single_routes")), Function)
    with pytest.raises(RoutewrightError, match="'absent' is not in its module"):
        load_solver(SolverSpec("x", f"{FUNCTIONS}:absent"))


def test_words_configure_a_solver() -> None:
    assert isinstance(load_solver(known_solver("neural:cvrp20")), Neural)
