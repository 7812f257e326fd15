"""What ``routewright solve`` prints, writes and returns."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from routewright.data.formats.read import read, read_solution
from routewright.solvers.registry import SOLVERS
from tests.cli import shuttle
from tests.cli.conftest import Command
from tests.cli.test_usage import complaint

SHUTTLE_COST = 2 * (10 + 14 + 10 + 30)
"""Of the square, each client for itself."""
OPTIMUM = 86


@pytest.fixture(autouse=True)
def _with_shuttle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOLVERS, "shuttle", shuttle.__name__)


@pytest.fixture
def shuttled(routewright: Command, square: Path) -> Any:
    """Solve the square with the shuttle and one iteration, and further words."""
    return lambda *words: routewright("solve", square, "--solver", "shuttle", "--iterations", "1", *words)


def test_people_get_the_cost_the_rule_and_the_judgement(shuttled: Any) -> None:
    outcome = shuttled("--best-known", OPTIMUM)
    assert (outcome.code, outcome.err) == (0, "")
    lines = {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1] for line in outcome.out.splitlines()}
    assert lines["instance"].strip() == "square, 4 clients"
    assert "rounded to the nearest whole number" in lines["distances"]
    assert lines["solver"].strip() == "shuttle 1.0, seed 0"
    assert lines["cost"].strip() == str(SHUTTLE_COST)
    assert lines["gap"].strip() == "48.84 % to 86"  # 128 / 86 - 1
    assert lines["routes"].strip() == "4"
    assert lines["feasible"].strip() == "yes, checked"


def test_programs_get_one_json_object(shuttled: Any) -> None:
    outcome = shuttled("--json", "--best-known", OPTIMUM, "--seed", 5)
    answer = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert f'"cost": {SHUTTLE_COST},' in outcome.out  # not 128.0
    assert answer["routes"] == [{"trips": [[client]], "vehicle_type": 0} for client in (1, 2, 3, 4)]
    assert answer["gap_percent"] == pytest.approx(100 * (SHUTTLE_COST / OPTIMUM - 1))
    assert (answer["feasible"], answer["violations"], answer["unserved"]) == (True, [], [])
    assert (answer["rounding"], answer["objective"], answer["seed"]) == ("round", "cost", 5)
    assert [point["cost"] for point in answer["trajectory"]] == [SHUTTLE_COST]


def test_quiet_says_nothing(shuttled: Any) -> None:
    outcome = shuttled("--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_all_outputs_are_written_whole(shuttled: Any, square: Path) -> None:
    folder = square.parent / "out"
    folder.mkdir()
    words = ("--out", folder / "a.sol", "--plot", folder / "a.png", "--schedule", folder / "a.csv")
    assert shuttled(*words).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "a.png", "a.sol"]  # no temporary file
    solution, cost = read_solution(folder / "a.sol", read(square))
    assert cost == SHUTTLE_COST
    assert [route.stops for route in solution] == [(1,), (2,), (3,), (4,)]
    assert (folder / "a.png").read_bytes().startswith(b"\x89PNG")
    with (folder / "a.csv").open(encoding="utf-8") as stream:
        nodes = [int(row["node"]) for row in csv.DictReader(stream)]
    assert nodes == [0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0]


def test_routes_and_schedule_can_be_json(shuttled: Any, square: Path) -> None:
    routes, schedule = square.with_name("r.json"), square.with_name("s.json")
    assert shuttled("--out", routes, "--schedule", schedule).code == 0
    assert json.loads(routes.read_text(encoding="utf-8"))["cost"] == SHUTTLE_COST
    assert len(json.loads(schedule.read_text(encoding="utf-8"))["routes"]) == 4


def test_an_infeasible_answer_is_told_and_not_written(shuttled: Any, square: Path) -> None:
    out = square.with_name("a.sol")
    outcome = shuttled("--seed", shuttle.FORGETFUL, "--out", out)
    assert outcome.code == 1
    assert "client 4" in outcome.out or "node 4" in outcome.out
    assert "not written" in outcome.err
    assert not out.exists()


def test_programs_learn_what_is_infeasible(shuttled: Any) -> None:
    outcome = shuttled("--seed", shuttle.FORGETFUL, "--json")
    answer = json.loads(outcome.out)
    assert outcome.code == 1
    assert answer["feasible"] is False
    assert [violation["node"] for violation in answer["violations"]] == [4]


def test_ctrl_c_keeps_the_best_and_writes_it(routewright: Command, square: Path) -> None:
    out = square.with_name("a.sol")
    words = ("--solver", "shuttle", "--time-limit", "600", "--seed", shuttle.INTERRUPTED, "--out", out)
    assert routewright("solve", square, *words).code == 0
    assert read_solution(out, read(square))[1] == SHUTTLE_COST


def test_an_initial_solution_is_not_made_worse(shuttled: Any, square: Path) -> None:
    start = square.with_suffix(".sol")
    start.write_text("Route #1: 1\nRoute #2: 2 4 3\n", encoding="utf-8")
    assert json.loads(shuttled("--initial", start, "--json").out)["cost"] == OPTIMUM


@pytest.mark.parametrize("name", ["square.sol", "square.vrp.sol"])
def test_best_known_costs_can_stand_beside_the_file(name: str, shuttled: Any, square: Path) -> None:
    square.with_name(name).write_text("Route #1: 1\nRoute #2: 2 4 3\nCost 86\n", encoding="utf-8")
    assert json.loads(shuttled("--best-known", "sol", "--json").out)["best_known"] == OPTIMUM


def test_a_reference_without_a_cost_is_costed(shuttled: Any, square: Path) -> None:
    reference = square.with_name("best.sol")
    reference.write_text("Route #1: 1\nRoute #2: 2 4 3\n", encoding="utf-8")
    assert json.loads(shuttled("--best-known", reference, "--json").out)["best_known"] == OPTIMUM


def test_no_reference_is_read_unasked(shuttled: Any, square: Path) -> None:
    square.with_suffix(".sol").write_text("nonsense", encoding="utf-8")
    assert json.loads(shuttled("--json").out)["best_known"] is None


def test_another_rounding_gives_another_cost(shuttled: Any) -> None:
    cost = json.loads(shuttled("--rounding", "none", "--json").out)["cost"]
    assert cost == pytest.approx(2 * (10 + 200**0.5 + 10 + 30))


def test_iterations_alone_set_no_clock(routewright: Command, square: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routewright.cli.solve.DEFAULT_SECONDS", 0.0)
    outcome = routewright("solve", square, "--solver", "shuttle", "--iterations", "777", "--json")
    assert json.loads(outcome.out)["iterations"] == 777


def test_a_picture_without_coordinates_is_refused_before_the_work(shuttled: Any, square: Path) -> None:
    text = square.read_text(encoding="utf-8").replace("EUC_2D", "EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX")
    head, demands = text.split("NODE_COORD_SECTION")[0], text[text.index("DEMAND_SECTION") :]
    rows = "\n".join(" ".join(str(abs(i - j)) for j in range(5)) for i in range(5))
    square.write_text(f"{head}EDGE_WEIGHT_SECTION\n{rows}\n{demands}", encoding="utf-8")
    out = square.with_suffix(".sol")
    assert "coord" in complaint(shuttled("--out", out, "--plot", square.with_suffix(".png")))
    assert not out.exists()
    assert shuttled("--out", out).code == 0


def test_an_unsupported_instance_is_refused_with_the_reason(routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    rows = ["5 10 1", "0 0 0 0 0 100 0 0 0", "1 5 0 2 0 100 0 0 2", "2 0 5 -2 0 100 0 1 0"]
    path.write_text("\n".join("\t".join(row.split()) for row in rows) + "\n", encoding="utf-8")
    assert "shuttle does not know pairs" in complaint(routewright("solve", path, "--solver", "shuttle"))


CLIENTS = "name,x,y,demand\ndepot,0,0,0\na,0,10,3\nb,10,10,3\nc,10,0,3\nd,30,0,3\n"


def test_a_table_of_clients_gets_its_fleet_from_options(routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    facts = json.loads(routewright("info", path, "--capacity", 10, "--vehicles", 2, "--json").out)
    assert [(kind["capacity"], kind["count"]) for kind in facts["vehicles"]] == [([10], 2)]
    words = ("solve", path, "--solver", "shuttle", "--iterations", 1, "--capacity", 10)
    assert routewright(*words).code == 0
    assert routewright(*words, "--vehicles", 3).code == 1  # the shuttle takes four
    assert "capacity" in complaint(routewright("solve", path, "--solver", "shuttle", "--capacity", 2))


def test_clients_that_cannot_be_served_are_named(routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    rows = ["0 0 0 0 0 100 0", "1 10 0 10 0 50 10", "2 0 80 30 0 20 10"]  # client 2 is 80 away and closes at 20
    path.write_text("late\n\nVEHICLE\nNUMBER CAPACITY\n5 200\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY TIME "
        "DUE DATE SERVICE TIME\n\n" + "\n".join(rows) + "\n", encoding="utf-8")  # fmt: skip
    outcome = routewright("solve", path, "--solver", "pyvrp", "--iterations", 10)
    assert outcome.code == 1
    assert "client 2 cannot be served: its time window closes" in outcome.out


def test_demands_without_any_capacity_are_remarked_upon(routewright: Command, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("x,y,demand\n0,0,0\n3,4,2\n6,8,2\n", encoding="utf-8")
    words = ("solve", path, "--solver", "pyvrp", "--iterations", 5)
    assert "--capacity" in routewright(*words).out
    outcome = routewright(*words, "--capacity", 2)
    assert (outcome.code, "--capacity" in outcome.out) == (0, False)
    assert ["cost", "30"] in [line.split() for line in outcome.out.splitlines()]  # 2 x 5 + 2 x 10
