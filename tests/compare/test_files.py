from pathlib import Path

import pytest

from routewright.compare.files import instance_files
from routewright.compare.reference_table import read_reference_costs
from routewright.data.errors import FormatError, RoutewrightError
from routewright.data.formats.read import read
from tests.compare.square import write_square


def test_files_folders_and_patterns_name_instances_once_each(tmp_path: Path) -> None:
    for name in "abc":
        write_square(tmp_path, name)
    (tmp_path / "a.sol").write_text("")
    (tmp_path / "costs.csv").write_text("")
    every = [tmp_path / f"{name}.vrp" for name in "abc"]
    assert instance_files([tmp_path], tmp_path) == (every, {})
    assert instance_files([str(tmp_path / "*.vrp")], tmp_path) == (every, {})
    assert instance_files([tmp_path / "b.vrp", tmp_path], tmp_path)[0] == [every[1], every[0], every[2]]


def test_what_names_nothing_is_told(tmp_path: Path) -> None:
    for word in ("absent.vrp", "*.vrp", "."):
        with pytest.raises(RoutewrightError, match="no instances there"):
            instance_files([tmp_path / word], tmp_path)
    with pytest.raises(RoutewrightError, match="no instances are named"):
        instance_files([], tmp_path)


def test_two_instances_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    write_square(tmp_path, "a")
    write_square(tmp_path / "more", "a")
    with pytest.raises(RoutewrightError, match=r"has the name of .*a\.vrp"):
        instance_files([tmp_path / "a.vrp", tmp_path / "more" / "a.vrp"], tmp_path)


def test_instances_become_files_of_their_names_or_numbers(tmp_path: Path) -> None:
    square = read(write_square(tmp_path))
    given = [square, square.replace(name="two words"), square.replace(name="")]
    files, objects = instance_files(given, tmp_path / "made")
    assert [file.stem for file in files] == ["square", "two-words", "instance-3"]
    assert [objects[file.stem] for file in files] == given
    assert all(read(file).n_clients == 4 for file in files)
    with pytest.raises(RoutewrightError, match=r"two instances are called 'square'; .* instance.replace\(name=…\)"):
        instance_files([square, square.replace(rounding="none")], tmp_path / "made")


def test_a_table_of_costs_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("﻿convention,best_known,Name\nround, 12.5 ,A\n,7,B\nshort\n", encoding="utf-8")
    assert read_reference_costs(path) == {"A": 12.5, "B": 7.0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,gap\nA,1\n", "no column called best_known or bks or cost or reference; there are name, gap"),
        ("", "no column called instance or name; there are none"),
        ("name,cost\nA,1\nB,low\n", r"t\.csv:3: cost is 'low'"),
        ("name,cost\nA,inf\n", r"t\.csv:2: cost is 'inf', must be finite"),
    ],
)
def test_a_table_that_says_no_costs_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(FormatError, match=message):
        read_reference_costs(path)
