"""Examples do what they say."""

import json
import re
import runpy
import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import routewright as rw
from routewright.solvers import registry

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_a_rule_of_ones_own_keeps_routes_short() -> None:
    names = runpy.run_path(str(EXAMPLES / "own_rule.py"))
    stops = names["main"]()
    assert sum(stops) == 23
    assert max(stops) == names["MOST"]


EXTENDING = (EXAMPLES.parent / "docs" / "extending.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["own_rule", "own_policy", "own_solver"])
def test_what_one_adds_is_short_and_stands_on_its_page(name: str) -> None:
    code = (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")
    assert f"```python\n{code}```" in EXTENDING
    assert len([line for line in code.splitlines() if line.strip()]) < 50


def test_a_policy_of_ones_own_learns() -> None:
    before, after = runpy.run_path(str(EXAMPLES / "own_policy.py"))["main"]()
    assert after < 0.8 * before


def test_a_solver_of_ones_own_solves(monkeypatch: pytest.MonkeyPatch) -> None:
    found = spec_from_file_location("own_solver", EXAMPLES / "own_solver.py")
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    monkeypatch.setitem(sys.modules, "own_solver", module)
    monkeypatch.setattr(registry, "SOLVERS", dict(registry.SOLVERS))
    found.loader.exec_module(module)
    result = module.main(seconds=0.3)
    assert result.solver == "nearest"
    assert result.feasible
    assert result.cost < result.trajectory[0].cost


PAGE = (EXAMPLES.parent / "docs" / "examples.md").read_text(encoding="utf-8")
DAYS = ("parcel_vans", "truck_fleet", "pickup_delivery", "electric_vans", "optional_clients")


@pytest.mark.parametrize("name", DAYS)
def test_a_worked_example_is_solved_and_stands_on_its_page(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The costs on the page are those of longer runs: a short one comes close."""
    path = EXAMPLES / f"{name}.py"
    code = path.read_text(encoding="utf-8")
    assert f"```python\n{code}```" in PAGE
    assert len(code.splitlines()) <= 60
    main = runpy.run_path(str(path))["main"]
    result = main(seconds=1.0, **({"folder": tmp_path} if name == "parcel_vans" else {}))
    assert rw.check(result.instance, result.solution, result.cost) == []
    printed, shown = capsys.readouterr().out, PAGE.split(code)[1].split("```text\n")[1].split("```")[0]
    assert _numbers(printed)[:2] == pytest.approx(_numbers(shown)[:2], rel=0.1)
    assert len(shown.splitlines()) >= 2


def _numbers(text: str) -> list[float]:
    """Those of the first line: a cost, a number of vehicles, kilometres."""
    return [float(word) for word in re.findall(r"\d+(?:\.\d+)?", text.splitlines()[0])]


def test_the_electric_vans_call_at_chargers_and_the_parcel_drivers_rest() -> None:
    electric = runpy.run_path(str(EXAMPLES / "electric_vans.py"))["a_day"]()
    flat = [replace(vehicle, battery=rw.Battery(1000, use=0.2)) for vehicle in electric.vehicle_types]
    easy = rw.solve(electric.replace(vehicle_types=tuple(flat)), time_limit=1)
    assert all(stop in electric.clients for route in easy.solution for stop in route.stops)
    hard = rw.solve(electric, time_limit=1)
    assert any(stop in electric.station_nodes for route in hard.solution for stop in route.stops)
    assert hard.cost > easy.cost


def test_a_map_of_the_parcels_is_written(tmp_path: Path) -> None:
    runpy.run_path(str(EXAMPLES / "parcel_vans.py"))["main"](seconds=1.0, folder=tmp_path)
    document = json.loads((tmp_path / "parcels.geojson").read_text(encoding="utf-8"))
    assert {feature["geometry"]["type"] for feature in document["features"]} == {"LineString", "Point"}
