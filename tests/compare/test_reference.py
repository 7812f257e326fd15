from pathlib import Path

import pytest

from routewright.compare.reference import best_known
from routewright.data.formats.read import read
from tests.compare.square import BEST, BEST_COST, write_square


def test_published_routes_are_costed_under_the_rounding_of_the_instance(tmp_path: Path) -> None:
    path = write_square(tmp_path, solution=BEST.replace("300", "999"))  # the claim does not matter
    assert best_known(path, read(path)) == (BEST_COST, "square.sol")


def test_a_solution_may_keep_the_whole_name_of_its_instance(tmp_path: Path) -> None:
    path = write_square(tmp_path)
    path.with_name("square.vrp.sol").write_text(BEST)
    assert best_known(path, read(path)) == (BEST_COST, "square.vrp.sol")


def test_routes_that_break_a_rule_are_no_reference(tmp_path: Path) -> None:
    path = write_square(tmp_path, capacity=3, solution=BEST)
    assert best_known(path, read(path)) == (None, "")


def test_a_table_above_the_folder_counts_under_its_own_rounding_alone(tmp_path: Path) -> None:
    folder = tmp_path / "family" / "set"
    folder.mkdir(parents=True)
    path = write_square(folder)
    (tmp_path / "bks_verified.csv").write_text(
        "instance,bks,convention\nsquare,300.0,exact\nsquare,301.0,round (nint)\n"
    )
    assert best_known(path, read(path)) == (301.0, "bks_verified.csv")
    assert best_known(path, read(path, rounding="none")) == (300.0, "bks_verified.csv")
    assert best_known(path, read(path, rounding="ceil")) == (None, "")


@pytest.mark.parametrize(
    ("name", "cost", "source"),
    [
        ("X/X-n101-k25.vrp", 27591.0, "X-n101-k25.sol"),
        ("solomon/C204.txt", 588.1, "C204.sol"),
        ("cvrp_classic/CMT/CMT1.vrp", 524.611, "CMT1.sol"),
    ],
)
def test_public_references_are_found(instances: Path, name: str, cost: float, source: str) -> None:
    path = instances / name
    found, file = best_known(path, read(path))
    assert found == pytest.approx(cost)
    assert file == source
