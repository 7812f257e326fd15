"""All tables of README, docs and results, in one go.

    python benchmarks/everything.py
    python benchmarks/everything.py --full

Without ``--full`` a sample is measured in a few minutes, and its table printed: every solver on three instances for a
second, the rows in build/benchmarks. With it, whatever is missing in benchmarks/results is measured, which takes a day
from nothing; stop it whenever you like. Either way the tables are then written from the rows in benchmarks/results.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence

from quality import RESULTS
from sets import MAIN, ROOT, SETS, instances_folder

PLACE = ROOT / "build" / "benchmarks"

SAMPLE = ("X/X-n101-k25.vrp", "solomon/R104.txt", "vrpb/X-n536-80-k77.vrp")
GO_ON: tuple[tuple[str, ...], ...] = (
    *(("quality.py", "--set", name) for name in (*MAIN, *(each for each in SETS if each not in MAIN))),
    ("comparing.py",),
    ("variants.py", "--n", "50", "--instances", "2"),
    ("variants.py", "--n", "100", "--instances", "2"),
    ("tours.py",),
    ("bounds.py",),
    ("scale.py",),
    ("trained.py",),
    ("public.py",),
    ("hybrid.py",),
    ("batches.py",),
    ("segments.py",),
)
"""What measures whatever is missing in its rows."""
BEGIN_ANEW = {"labelling.md": ("labelling.py",), "envs-cpu.md": ("envs.py",), "bias.md": ("bias.py",)}
"""What measures all again each time, by the table that it leaves."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then write tables; returns the exit status: of a script that failed, if one did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="measure all that is missing")
    asked = parser.parse_args(arguments)
    missing = [command for table, command in BEGIN_ANEW.items() if not (RESULTS / table).exists()]
    measured = [*GO_ON, *missing] if asked.full else [_sample()]
    written = [("quality.py", "--set", name, "--report") for name in SETS if (RESULTS / f"{name}.jsonl").exists()]
    failed = [
        code
        for command in (*measured, *written, ("quality.py", "--readme"), ("features.py",))
        if (code := _run(command))
    ]
    if (PLACE / "sample.md").exists() and not asked.full:
        sys.stdout.write((PLACE / "sample.md").read_text(encoding="utf-8"))
    return max(failed, default=0)


def _sample() -> tuple[str, ...]:
    """A command, whose rows of an earlier time do not count."""
    files = [str(instances_folder() / name) for name in SAMPLE]
    for earlier in PLACE.glob("sample.*"):
        earlier.unlink()
    options = ("--budgets", "1", "--seeds", "1", "--name", "sample", "--results", str(PLACE))
    return "quality.py", "--instances", *files, *options


def _run(command: Sequence[str]) -> int:
    script, *options = command
    sys.stdout.write(f"{' '.join(command)}\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, ROOT / "benchmarks" / script, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
