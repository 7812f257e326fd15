"""The runner with a scripted executor: what it runs, in which order, and what it never runs twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from routewright.compare.job import Job
from routewright.compare.journal import read_records
from routewright.compare.record import MAX_ATTEMPTS, Outcome
from routewright.compare.runner import run
from tests.compare import made


class Script:
    """An executor that answers as told and remembers what it was asked."""

    def __init__(self, answer: Callable[[Job, int], Outcome] = lambda _job, _call: made.outcome()) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, job: Job) -> Outcome:
        self.asked.append(job.instance.stem)
        return self.answer(job, self.asked.count(job.instance.stem))


def jobs(folder: Path, names: str) -> list[Job]:
    return [made.job(folder, name=name) for name in names]


def test_each_job_is_on_disk_before_the_next_begins(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    seen: list[int] = []

    def count_lines(_job: Job) -> Outcome:
        seen.append(len(read_records(path)) if path.exists() else 0)
        return made.outcome()

    report = run(jobs(tmp_path, "ABC"), path, execute=count_lines)
    assert seen == [0, 1, 2]
    assert (report.done, report.skipped) == (3, 0)


def test_a_killed_sitting_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"

    def killed(job: Job, _call: int) -> Outcome:
        if job.instance.stem == "C":
            raise KeyboardInterrupt
        return made.outcome()

    with pytest.raises(KeyboardInterrupt):
        run(jobs(tmp_path, "ABCD"), path, execute=Script(killed))
    with path.open("a") as stream:
        stream.write('{"key": "torn')
    second = Script()
    report = run(jobs(tmp_path, "ABCD"), path, execute=second)
    assert second.asked == ["C", "D"]
    assert (report.done, report.skipped) == (2, 2)
    assert [record.instance for record in read_records(path)] == ["A", "B", "C", "D"]


def test_a_finished_list_is_not_run_again(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    run(jobs(tmp_path, "AB"), path, execute=Script())
    before = path.read_bytes()
    again = Script()
    report = run(jobs(tmp_path, "AB"), path, execute=again)
    assert again.asked == []
    assert report.skipped == 2
    assert path.read_bytes() == before


def test_an_edited_instance_is_run_again(tmp_path: Path) -> None:
    path, edited = tmp_path / "runs.jsonl", tmp_path / "edited"
    edited.mkdir()
    made.instance_file(edited, "A", "other content")
    run(jobs(tmp_path, "A"), path, execute=Script())
    second = Script()
    run(jobs(edited, "A"), path, execute=second)
    assert second.asked == ["A"]


def test_a_disturbed_run_is_marked_and_repeated_after_the_others(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    script = Script(lambda job, call: made.outcome(wall=2.0 if job.instance.stem == "A" and call == 1 else 1.0))
    report = run(jobs(tmp_path, "ABC"), path, execute=script)
    assert script.asked == ["A", "B", "C", "A"]
    assert [(record.clean, record.attempt) for record in read_records(path)] == [
        (False, 1), (True, 1), (True, 1), (True, 2),
    ]  # fmt: skip
    assert report.low_share == ()


def test_a_share_just_below_nine_tenths_counts_as_disturbed(tmp_path: Path) -> None:
    script = Script(lambda job, _call: made.outcome(wall=10.0, cpu=8.99 if job.instance.stem == "A" else 9.0))
    run(jobs(tmp_path, "AB"), tmp_path / "runs.jsonl", execute=script)
    assert script.asked == ["A", "B", "A", "A"]


def test_a_job_that_is_always_disturbed_is_given_up_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    script = Script(lambda _job, _call: made.outcome(wall=2.0))
    report = run(jobs(tmp_path, "A"), path, execute=script)
    assert len(script.asked) == MAX_ATTEMPTS == 3
    assert report.low_share == (made.job(tmp_path).key,)
    again = Script()
    report = run(jobs(tmp_path, "A"), path, execute=again)
    assert again.asked == []
    assert report.low_share == (made.job(tmp_path).key,)


def test_attempts_count_over_sittings(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"

    def disturbed_then_killed(_job: Job, call: int) -> Outcome:
        if call == 2:
            raise KeyboardInterrupt
        return made.outcome(wall=2.0)

    with pytest.raises(KeyboardInterrupt):
        run(jobs(tmp_path, "A"), path, execute=Script(disturbed_then_killed))
    second = Script(lambda _job, _call: made.outcome(wall=2.0))
    run(jobs(tmp_path, "A"), path, execute=second)
    assert len(second.asked) == 2
    assert [record.attempt for record in read_records(path)] == [1, 2, 3]


def test_a_crash_is_listed_once_and_tried_again_by_the_next_sitting(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    first = Script(lambda job, _call: Outcome(error="MemoryError") if job.instance.stem == "A" else made.outcome())
    report = run(jobs(tmp_path, "AB"), path, execute=first)
    assert first.asked == ["A", "B"]
    assert report.failed == (made.job(tmp_path).key,)
    second = Script()
    report = run(jobs(tmp_path, "AB"), path, execute=second)
    assert second.asked == ["A"]
    assert report.failed == ()


def test_what_a_solver_cannot_express_is_asked_once(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    script = Script(lambda _job, _call: Outcome(unsupported=("no windows",)))
    report = run(jobs(tmp_path, "A"), path, execute=script)
    run(jobs(tmp_path, "A"), path, execute=script)
    assert script.asked == ["A"]
    assert report.low_share == ()


def test_a_record_says_where_and_how_it_was_made_and_names_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    run(jobs(tmp_path, "A"), path, execute=Script())
    context = read_records(path)[0].context
    assert set(context) == {"command", "machine", "python", "libraries", "commit", "time"}
    assert context["libraries"]["numpy"]
    assert str(tmp_path) not in path.read_text()


def test_listeners_hear_of_each_record(tmp_path: Path) -> None:
    heard: list[str] = []
    run(jobs(tmp_path, "AB"), tmp_path / "runs.jsonl", execute=Script(), on_record=lambda r: heard.append(r.instance))
    assert heard == ["A", "B"]
