"""Jobs that travel: with Ray where it is installed, and the packing without it."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from routewright.compare.comparing import compare_solvers
from routewright.compare.functions import function_spec
from routewright.compare.job import Job, SolverSpec
from routewright.compare.known import known_solver
from routewright.compare.ray_workers import Ray, run_shipped, shipped
from routewright.data.errors import RoutewrightError
from routewright.data.generators import generate
from routewright.policies import cards
from routewright.solvers.batch import solve_batch
from routewright.solvers.result import Failure, Result
from routewright.solvers.stop import Stop
from tests.compare.square import BEST, BEST_COST, SINGLE_ROUTES_COST, write_square

FAKE = Path(__file__).with_name("fake_solver.py")

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")


def test_a_job_travels_with_its_files_and_without_its_folders(tmp_path: Path) -> None:
    job = Job(SolverSpec("fake", str(FAKE)), write_square(tmp_path, solution=BEST), 1, 0.05)
    text, contents = shipped(job)
    assert str(tmp_path) not in text
    assert str(FAKE.parent) not in text
    assert set(contents) == {"square.vrp", "square.sol", "fake_solver.py"}
    for path in tmp_path.iterdir():
        path.unlink()
    outcome = run_shipped(text, contents)
    assert (outcome.cost, outcome.reference, outcome.error) == (SINGLE_ROUTES_COST, BEST_COST, "")


def test_functions_of_scripts_and_policies_travel_too(tmp_path: Path) -> None:
    square = write_square(tmp_path)
    script = tmp_path / "script.py"
    script.write_text("def mine(instance, time_limit, seed):\n    return [tuple(instance.clients)]\n")
    text, contents = shipped(Job(SolverSpec("mine", f"{script}:mine"), square, 1, 0.05))
    script.unlink()
    outcome = run_shipped(text, contents)
    assert (outcome.cost, outcome.error) == (BEST_COST, "")
    assert outcome.where["machine"]["cores"] > 0
    for ending in (".json", ".safetensors"):
        (tmp_path / f"policy{ending}").write_bytes((cards.FOLDER / f"cvrp20{ending}").read_bytes())
    text, contents = shipped(Job(known_solver(f"neural:{tmp_path / 'policy'}"), square, 1, 0.05))
    assert str(tmp_path) not in text
    assert {"policy.json", "policy.safetensors"} <= set(contents)
    assert set(shipped(Job(known_solver("neural:cvrp20"), square, 1, 0.05))[1]) == {"square.vrp"}


def test_functions_of_this_process_alone_do_not_travel(tmp_path: Path) -> None:
    spec = function_spec(lambda instance, time_limit, seed: [], "mine")
    with pytest.raises(RoutewrightError, match="solver 'mine' cannot travel to a cluster"):
        shipped(Job(spec, write_square(tmp_path), 1, 0.05))


def test_of_several_tables_of_references_the_nearest_counts(tmp_path: Path) -> None:
    (tmp_path / "near").mkdir()
    square = write_square(tmp_path / "near")
    for folder, cost in ((tmp_path / "near", 300), (tmp_path, 999)):
        (folder / "bks_verified.csv").write_text(f"instance,convention,bks\nsquare,round (nint),{cost}\n")
    assert run_shipped(*shipped(Job(SolverSpec("fake", str(FAKE)), square, 1, 0.05))).reference == 300.0


def test_without_ray_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(RoutewrightError, match=r"not installed: pip install 'routewright\[ray\]'"):
        compare_solvers(write_square(tmp_path), str(FAKE), time_limit=0.05, cluster="local")


@pytest.fixture
def runtime() -> Iterator[None]:
    yield
    importlib.import_module("ray").shutdown()


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(600)
def test_two_workers_of_ray_give_the_rows_of_two_processes(tmp_path: Path, runtime: None) -> None:
    for name in "ab":
        write_square(tmp_path, name, solution=BEST)
    here, there = (
        compare_solvers(tmp_path, str(FAKE), time_limit=0.05, seeds=2, workers=2, attempts=1, cluster=cluster)
        for cluster in (None, "local")
    )
    rows = [
        sorted((row.instance, row.seed, row.cost, row.gap, row.reference) for row in each.rows)
        for each in (here, there)
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 4
    assert there.report.failed == ()


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(600)
def test_a_batch_on_ray_is_that_of_threads(runtime: None) -> None:
    batch = [generate("uniform", n=10 + seed, seed=seed) for seed in range(4)]
    unknown = batch[0].replace(objective="max_route")
    seen = list[int]()
    here, there = (
        solve_batch(
            [*batch, unknown], solver="pyvrp", stop=Stop(iterations=50), seed=3, workers=2, cluster=cluster,
            on_result=lambda place, _: seen.append(place),
        )
        for cluster in (None, "local")
    )  # fmt: skip
    assert [each.solution for each in here[:4] if isinstance(each, Result)] == [
        each.solution for each in there[:4] if isinstance(each, Result)
    ]
    assert sorted(seen) == sorted(2 * list(range(5)))
    assert isinstance(there[4], Failure)
    assert isinstance(here[4], Failure)
    assert there[4].message == here[4].message


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(300)
def test_an_address_without_a_cluster_is_told() -> None:
    with pytest.raises(RoutewrightError, match=r"cluster ray://127\.0\.0\.1:1"):
        Ray("ray://127.0.0.1:1", 1)
