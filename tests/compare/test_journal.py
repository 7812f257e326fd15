import json
from pathlib import Path

import pytest

from routewright.compare.journal import Journal, kept_by_us, read_records
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


def test_a_file_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "costs.json"
    path.write_text('{"A": 12}')
    with pytest.raises(FormatError, match=r"costs\.json:1: not a record"):
        Journal(path)
    assert path.read_text() == '{"A": 12}'


def test_two_comparisons_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    with kept_by_us(path):
        with pytest.raises(FormatError, match=r"runs\.jsonl: another comparison writes to it"), kept_by_us(path):
            pass
        Journal(path).append(made.record())
    with kept_by_us(path):
        assert len(read_records(path)) == 1
    with kept_by_us(tmp_path / "nothing.jsonl"):
        pass
    assert not (tmp_path / "nothing.jsonl").exists()


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
