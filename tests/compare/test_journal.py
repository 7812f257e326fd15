import json
from pathlib import Path

import pytest

from routewright.compare.journal import Journal, read_records
from routewright.compare.record import Record
from routewright.data.errors import FormatError
from tests.compare import made


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    record = made.record(
        trajectory=((0.5, 120.0), (0.9, 110.0)), violations=("late",), options={"depth": 3},
        read_at=(1.0, 3.0), context={"commit": "abc"}, bound=99.5,
    )  # fmt: skip
    Journal(tmp_path / "new" / "runs.jsonl").append(record)
    assert read_records(tmp_path / "new" / "runs.jsonl") == [record]


def test_a_torn_last_line_is_dropped_and_the_next_run_starts_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    Journal(path).append(made.record(key="first"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    assert [record.key for record in read_records(path)] == ["first"]
    journal = Journal(path)
    journal.append(made.record(key="second"))
    assert [record.key for record in read_records(path)] == ["first", "second"]
    assert path.read_bytes().startswith(whole)


def test_a_broken_line_in_the_middle_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_text(made.record().to_json() + "\n{broken\n" + made.record().to_json() + "\n")
    with pytest.raises(FormatError, match=r"runs\.jsonl:2: not a record"):
        Journal(path)


def test_a_line_that_lacks_a_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_text('{"cost": 3}\n')
    with pytest.raises(FormatError, match=r"runs\.jsonl:1: not a record"):
        read_records(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"gone\.jsonl: cannot be read"):
        read_records(tmp_path / "gone.jsonl")


def test_fields_of_a_later_version_are_left_out() -> None:
    line = json.loads(made.record(key="old").to_json()) | {"colour": "blue"}
    assert Record.from_json(json.dumps(line)).key == "old"


def test_a_line_tells_the_cpu_share_to_other_readers() -> None:
    line = json.loads(made.record(wall=2.0, cpu=1.0).to_json())
    assert line["share"] == 0.5
    assert line["clean"] is False
