"""The circumstances of a run, without names of hosts, people or folders."""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

LIBRARIES = ("routewright", "numpy", "numba", "ortools", "pyvrp", "hygese", "pyvroom", "fast-tsp", "torch")
ONE_RUN = "ROUTEWRIGHT_ONE_RUN"
THREAD_VARIABLES = (
    "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip


def context() -> dict[str, Any]:
    """What a results line says about where, when and from which sources it was made."""
    return {
        "command": without_paths(" ".join(sys.argv)),
        **this_machine(),
        "commit": commit(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def this_machine() -> dict[str, Any]:
    """Processor, Python and libraries."""
    return {
        "machine": {"cpu": cpu_model(), "cores": os.cpu_count(), "system": platform.system()},
        "python": platform.python_version(),
        "libraries": libraries(),
    }


def single_thread() -> dict[str, str]:
    """Environment variables of a process for one run, whose libraries keep to one thread."""
    return dict.fromkeys(THREAD_VARIABLES, "1") | {ONE_RUN: "1"}


def for_one_run() -> bool:
    """Whether this process is one that a comparison began for a run."""
    return ONE_RUN in os.environ


def keep_to_one_thread() -> None:
    """Tell the libraries that read no environment variable; torch is told only where it is loaded."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)


@cache
def cpu_model() -> str:
    """Marketing name of the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


@cache
def libraries() -> dict[str, str]:
    """Versions of the libraries that could change a result, those that are installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def commit() -> str:
    """Short commit of the sources, ``+`` where files differ from it; empty outside a checkout."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():  # installed from a wheel
        return ""
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", "data", "solvers", "policies", "envs")
    return _git(root, "rev-parse", "--short", "HEAD") + ("+" if changed else "")


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def without_paths(text: str) -> str:
    """The text with every absolute path cut down to its last part."""
    return re.sub(r"(?<![\w.])/(?:[^\s/:'\",]+/)*([^\s/:'\",]+)", r"\1", text)


def peak_memory_mib() -> float | None:
    """Most memory this process has held so far, or an executable that a run in it began, where the system tells."""
    if sys.platform == "win32":
        return None
    import resource

    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) if for_one_run() else (resource.RUSAGE_SELF,)
    kib = max(resource.getrusage(each).ru_maxrss for each in whose)
    return round(kib / 1024 / (1024 if sys.platform == "darwin" else 1), 1)
