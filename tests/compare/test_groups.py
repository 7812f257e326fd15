from pathlib import Path

import pytest

from routewright.compare.groups import families, family_of, size_of


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("X-n101-k25", "X"), ("C101", "C1"), ("RC208", "RC2"), ("R1_10_4", "R"), ("PR11A", "PR"),
        ("berlin52", "berlin"), ("mtvrp-OVRPBL-n50-s3", "mtvrp-OVRPBL"), ("Golden_12", "Golden"), ("town", "town"),
        ("42", "42"),
    ],
)  # fmt: skip
def test_a_family_is_what_names_begin_with(name: str, family: str) -> None:
    assert family_of(name) == family


def test_folders_are_families_where_there_are_several(tmp_path: Path) -> None:
    one, two = tmp_path / "X" / "X-n101-k25.vrp", tmp_path / "solomon" / "R101.txt"
    assert families({"a": one, "b": two}) == {"a": "X", "b": "solomon"}
    assert families({"X-n101-k25": one}) == {"X-n101-k25": "X"}


@pytest.mark.parametrize(
    ("nodes", "group"),
    [(1, "1 to 50 nodes"), (50, "1 to 50 nodes"), (51, "51 to 100 nodes"), (1_000, "501 to 1,000 nodes"),
     (10_001, "more than 10,000 nodes")],
)  # fmt: skip
def test_every_size_has_one_group(nodes: int, group: str) -> None:
    assert size_of(nodes) == group
