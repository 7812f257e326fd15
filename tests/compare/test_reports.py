"""Reports of a comparison whose numbers are known by hand."""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import routewright as rw
from routewright.compare.comparing import compare_solvers
from tests.compare.square import BEST, write_square

VOID = {"meta", "link", "img", "br"}
SOLVERS: dict[str, Callable[..., Any]] = {
    "singles": lambda instance, time_limit, seed: [(client,) for client in instance.clients],
    "around": lambda instance, time_limit, seed: [tuple(instance.clients)],
    "<none>": lambda instance, time_limit, seed: [],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> rw.Comparison:
    folder = tmp_path_factory.mktemp("squares")
    for name in "ab":
        write_square(folder, name, solution=BEST)
    results = folder / "runs.jsonl"
    return compare_solvers(
        folder, SOLVERS, time_limit=(0.5, 1), batch_limit=2, seeds=2, attempts=1, results=results
    )  # fmt: skip


class Page(HTMLParser):
    """Tags that were left open, sources of pictures and whatever else a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag == "img":
            self.pictures.append(dict(attrs))
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("data:")
        ]
        assert tag != "script"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing(found: rw.Comparison, tmp_path: Path) -> None:
    found.write(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.fetched == []
    assert len(page.pictures) == 3 + 2  # curves, profile and dots; the routes of two instances
    assert all(picture["alt"] for picture in page.pictures)
    assert all((picture["src"] or "").startswith("data:image/png;base64,iVBOR") for picture in page.pictures)
    assert "url(" not in text
    assert str(tmp_path) not in text
    assert "&lt;none&gt;" in text
    assert "<none>" not in text
    assert "33.33" in text
    assert "a: cost 300 by around" in text


def test_a_browser_shows_the_page_without_complaint(found: rw.Comparison, tmp_path: Path) -> None:
    browser = os.environ.get("ROUTEWRIGHT_BROWSER") or shutil.which("chromium")
    if browser is None:
        pytest.skip("no browser: install Debian's package chromium, or name one by ROUTEWRIGHT_BROWSER")
    found.write(tmp_path / "report.html")
    check = "<script>onload=()=>{document.title=[...document.images].map(i=>i.naturalWidth>99).join()}</script>"
    with (tmp_path / "report.html").open("a", encoding="utf-8") as stream:
        stream.write(check)
    silent = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", *silent, "--enable-logging=stderr", "--dump-dom",
               f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "report.html").as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert f"<title>{','.join(['true'] * 5)}</title>" in done.stdout
    assert "CONSOLE" not in done.stderr


def test_markdown_has_the_tables_and_what_they_rest_on(found: rw.Comparison, tmp_path: Path) -> None:
    found.write(tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text == str(found)
    assert "| singles | 0.5 | 33.33 ± 0.00 | 33.33 | 33.33 | 0% | 100% | - |" in text
    assert "| around | 0.5 | **0.00 ± 0.00** | 0.00 | 0.00 | 100% | 100% | - |" in text
    assert "| <none> | 1 | - | - | - | 0% | 0% | 100.00 |" in text
    assert "## All 2 instances at once" in text
    assert "`check` judged every answer" in text


def test_latex_has_a_table_for_each_view(found: rw.Comparison, tmp_path: Path) -> None:
    found.write(tmp_path / "report.tex")
    text = (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}") == len(found.tables())
    assert r"33.33 $\pm$ 0.00" in text


def test_the_csv_has_one_line_for_each_number(found: rw.Comparison, tmp_path: Path) -> None:
    found.write(tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 3 * 2 * 2 * 2
    assert {row["gap"] for row in rows if row["solver"] == "singles"} == {"33.3333"}


def test_an_unknown_ending_is_refused(found: rw.Comparison, tmp_path: Path) -> None:
    with pytest.raises(rw.FormatError, match=r"unknown ending '\.docx', must be one of \.html"):
        found.write(tmp_path / "report.docx")


def test_what_is_left_of_a_failed_comparison_can_still_be_written(tmp_path: Path) -> None:
    path = write_square(tmp_path)
    found = compare_solvers(path, {"none": SOLVERS["<none>"]}, time_limit=0.1, attempts=1)
    for form in ("html", "md", "tex", "csv"):
        found.write(tmp_path / f"report.{form}")
        assert (tmp_path / f"report.{form}").stat().st_size > 0


def _fails_on_b(instance: rw.Instance, time_limit: float, seed: int) -> list[tuple[int, ...]]:
    if instance.name == "b":
        raise RuntimeError("no idea")
    return [tuple(instance.clients)]


def test_an_instance_on_which_all_crashed_is_told(tmp_path: Path) -> None:
    for name in "ab":
        write_square(tmp_path, name)
    solvers = {"_$mine$": lambda instance, time_limit, seed: _fails_on_b(instance, time_limit, seed)}
    found = compare_solvers(tmp_path, solvers, time_limit=(0.05, 0.1), attempts=1)
    for ending in ("html", "md", "tex", "csv"):
        found.write(tmp_path / f"report.{ending}")
    assert "_$mine$, b: crashed: RuntimeError: no idea." in (tmp_path / "report.md").read_text()
