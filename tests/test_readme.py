"""Everything that the README shows is run as it stands."""

import re
import subprocess
from pathlib import Path

import pytest

from routewright.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in (
        "comparing",
        "environments",
        "policies",
        "modelling",
        "formats",
        "proofs",
        "live",
        "solving",
        "training",
        "variants",
    )
}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(language: str, page: str = README) -> list[str]:
    return [text for kind, text in BLOCK.findall(page) if kind == language]


def _lines(program: str) -> list[list[str]]:
    lines = [line.split() for block in _blocks("shell") for line in block.splitlines()]
    return [words[1:] for words in lines if words[0] == program]


def test_the_python_snippets_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    first, *rest = _blocks("python")
    exec(compile(first, "README.md", "exec"), names)  # noqa: S102 - that is the point
    printed = capsys.readouterr().out.splitlines()
    shown = _blocks("text")[0].splitlines()
    assert (len(printed), printed[0].split()[0]) == (len(shown), shown[0].split()[0])
    for block in rest:
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"solution.png", "schedule.csv", "routes.sol", "routes.png", "convergence.png", "runs"}


@pytest.mark.parametrize("page", PAGES)
def test_the_snippets_of_other_pages_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = _blocks("python", PAGES[page])
    exec(compile("".join(blocks), f"{page}.md", "exec"), {})  # noqa: S102


def test_the_commands_run_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in _lines("routewright"):
        assert main(words) == 0, f"{' '.join(words)}: {capsys.readouterr().err}"
    expected = {"x.vrp", "x.sol", "x.png", "x.csv", "x.json", "map.svg", "report.html"}
    assert {path.name for path in tmp_path.iterdir()} >= expected


def test_every_other_command_is_known_to_work() -> None:
    """Of the rest, make's targets exist and the installation is what the wheel's test does."""
    programs = {line.split()[0] for block in _blocks("shell") for line in block.splitlines()}
    assert programs == {"routewright", "make", "pip"}
    assert _lines("pip") == [["install", "."]]
    for words in _lines("make"):
        subprocess.run(["make", "--dry-run", *words], cwd=ROOT, check=True, capture_output=True)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
    for target in re.findall(r"`((?:docs|benchmarks|data)/[\w./]+)`", README):
        assert (ROOT / target).exists(), target


def test_the_table_of_gaps_has_its_place() -> None:
    assert README.index("<!-- quality:begin -->") < README.index("<!-- quality:end -->")


def test_the_demo_draws_and_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {"__name__": "demo"}
    exec(compile((ROOT / "examples" / "demo.py").read_text(encoding="utf-8"), "demo.py", "exec"), names)  # noqa: S102
    demo = names["main"]
    assert callable(demo)
    assert demo(seconds=1.0, folder=tmp_path) == 0
    printed = capsys.readouterr().out
    for solver in ("search", "pyvrp", "ortools"):
        assert solver in printed
    assert "0.00 %" in printed
    assert {path.name for path in tmp_path.iterdir()} == {"routes.png", "convergence.png"}
