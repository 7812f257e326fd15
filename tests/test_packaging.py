"""What the build lists against what the folders hold: a forgotten package only vanishes from the wheel."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LINKED = ("data", "envs", "policies", "solvers")
SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = SETTINGS["tool"]["setuptools"]


def _tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_every_package_is_listed() -> None:
    found = set()
    for package, folder in SETUPTOOLS["package-dir"].items():
        for init in (ROOT / folder).rglob("__init__.py"):
            found.add(".".join((package, *init.parent.relative_to(ROOT / folder).parts)))
    assert set(SETUPTOOLS["packages"]) == found


def test_every_folder_with_modules_is_a_package() -> None:
    for folder in SETUPTOOLS["package-dir"].values():
        for module in (ROOT / folder).rglob("*.py"):
            assert (module.parent / "__init__.py").is_file(), f"{module.relative_to(ROOT)} would not be installed"


def test_the_links_lead_to_the_top_level_folders() -> None:
    links = {line.split("\t")[1]: line.split()[0] for line in _tracked() if line.startswith("120000")}
    assert links == {f"routewright/{folder}": "120000" for folder in LINKED}
    for folder in LINKED:
        link = ROOT / "routewright" / folder
        if link.is_symlink():  # a checkout without links works as well
            assert link.readlink() == Path("..", folder)
            assert link.resolve() == (ROOT / folder).resolve()


def test_package_data_exists_and_is_committed() -> None:
    tracked = {line.split("\t")[1] for line in _tracked()}
    for package, patterns in SETUPTOOLS["package-data"].items():
        folder = ROOT / SETUPTOOLS["package-dir"][package]
        for pattern in patterns:
            files = {path.relative_to(ROOT).as_posix() for path in folder.glob(pattern) if path.is_file()}
            assert files, f"{package}: nothing matches {pattern}"
            assert files <= tracked


@pytest.mark.parametrize(
    "path",
    ["data/instance.py", "data/instances/new.vrp", "tests/data/new.py", "policies/checkpoints/x.safetensors", "x.pt"],
)
def test_git_does_not_swallow_sources_data_or_weights(path: str) -> None:
    _tracked()
    ignored = subprocess.run(["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT, check=False)
    assert ignored.returncode == 1


def test_constraints_pin_every_dependency_to_one_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    wanted = SETTINGS["project"]["dependencies"] + SETTINGS["project"]["optional-dependencies"]["dev"]
    names = {requirement.split(">")[0].split("=")[0].split("[")[0].strip().lower() for requirement in wanted}
    assert names <= {name.lower().replace("_", "-") for name in pins}


def test_shipped_instances_stay_small() -> None:
    files = [path for path in (ROOT / "data" / "instances").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 1_000_000


def test_commit_hooks_are_the_checks_of_ci() -> None:
    hooks = re.findall(r"entry: make --no-print-directory (\S+)", (ROOT / ".pre-commit-config.yaml").read_text())
    ci = re.findall(r"make --no-print-directory ([\w-]+)", (ROOT / ".ci" / "run").read_text())
    assert sorted(hooks) == sorted(ci)
