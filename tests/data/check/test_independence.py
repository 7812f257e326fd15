import ast
from pathlib import Path

import pytest

import routewright.data.check as judge

FOLDER = Path(judge.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
ALLOWED = {
    "routewright.data.instance": {"Instance"},
    "routewright.data.vehicle": {"VehicleType"},
    "routewright.data.solution": {"Solution", "Route"},
}
STANDARD = {"bisect", "collections", "copy", "dataclasses", "functools", "itertools", "math", "numpy", "typing"}
OWN_ARITHMETIC = {"distance", "duration", "distance_matrix", "capacities", "trip_limit"}


def test_the_judge_has_modules() -> None:
    assert {"judge.py", "timetable.py", "travel.py"} <= {path.name for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_judge_imports_nothing_but_the_description_of_problem_and_answer(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names}
            assert names <= STANDARD, names
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            module = str(node.module)
            names = {alias.name for alias in node.names}
            own = module.startswith("routewright.data.check")
            assert own or names <= ALLOWED.get(module, set()) or module.split(".")[0] in STANDARD, (module, names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_judge_lets_the_instance_compute_nothing(path: Path) -> None:
    """Distances, durations and capacities of ``instance`` or ``self._instance`` are the judge's own work."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in OWN_ARITHMETIC:
            owner = ast.unparse(node.value)
            assert not owner.endswith(("instance", "vehicle")), f"{owner}.{node.attr}"
