"""Importing the package and asking for help stay cheap, and the public names are what they claim."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import routewright

HEAVY = ("numpy", "numba", "ortools", "pyvrp", "matplotlib", "pandas", "torch", "lightning", "vrplib")
SLACK = 3.0  # a shared machine in a bad moment
SOURCE = Path(routewright.__file__)


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('loaded:', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split("loaded:")[1].split())


def _seconds(*command: str) -> float:
    """Best of three, in processor time: what others do on the machine is not our import."""
    return min(_processor_seconds(command) for _ in range(3))


def _processor_seconds(command: tuple[str, ...]) -> float:
    before = os.times()
    start = time.monotonic()
    subprocess.run(command, capture_output=True, check=True)
    wall = time.monotonic() - start
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return min(wall, spent) if spent else wall


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not _loaded_by("import routewright") & {*HEAVY, "typer", "rich", "pydantic"}


def test_help_loads_nothing_heavy() -> None:
    run = "from routewright.cli import main\nassert main(['--help']) == 0\nassert main(['solve', '--help']) == 0"
    assert not _loaded_by(run) & set(HEAVY)  # pydantic is typer's


def test_the_package_imports_in_a_moment() -> None:
    assert _seconds(sys.executable, "-c", "import routewright") < 0.3 * SLACK


def test_help_answers_in_a_moment() -> None:
    assert _seconds(sys.executable, "-m", "routewright", "--help") < 0.6 * SLACK


@pytest.mark.parametrize("name", routewright.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(routewright, name) is not None
    assert name in dir(routewright)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="'slove'"):
        _ = routewright.slove


def test_type_checkers_see_the_names_that_are_loaded() -> None:
    """The table of homes and the imports for mypy are written twice: they must not drift."""
    declared = {
        alias.asname or alias.name: node.module
        for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("routewright")
        for alias in node.names
    }
    assert declared == routewright._HOME
    assert sorted(routewright.__all__) == sorted([*declared, "__version__"])
