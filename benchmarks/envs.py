"""Steps a second of the environments, on one thread or on a GPU.

    python benchmarks/envs.py
    python benchmarks/envs.py --device cuda --batch 65536

Instances are generated; actions are random legal ones. ``step`` times steps alone, ``rollout`` the drawing of actions
too; both in batch rows times steps, per second of CPU time (of wall time on a GPU), the best of several episodes.
Writes benchmarks/results/envs-DEVICE.csv and .md. The peer's figures are measured in turn by scripts of its own.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from quality import RESULTS
from tensordict import TensorDict

from routewright.compare.machine import cpu_model
from routewright.data.batch import to_tensordict
from routewright.data.formats.atomic import atomic_write
from routewright.data.generators import generate
from routewright.envs import VRPEnv, sample

CASES = {
    "CVRP50": ("CVRP", 50),
    "CVRP100": ("CVRP", 100),
    "VRPTW50": ("VRPTW", 50),
    "VRPTW100": ("VRPTW", 100),
    "OVRPBLTW50 (all attributes)": ("all", 50),
    "OVRPBLTW100 (all attributes)": ("all", 100),
}
MIXTURE = ("OVRPBLTW", "CVRP", "VRPB", "VRPTW", "OVRP", "VRPL")
"""What "all attributes" mixes, so that every rule is in force."""
DISTINCT = 64
"""Instances that are generated; a batch repeats them."""


class Line(NamedTuple):
    """One row of the table."""

    case: str
    batch: int
    step_millions: float
    rollout_millions: float
    microseconds_per_step: float
    bytes_per_row: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then write the tables."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    lines = []
    for case, (variant, n) in CASES.items():
        if not asked.cases or case.split()[0] in asked.cases.split(","):
            lines.append(measure(case, batch_of(variant, n, asked.batch, asked.device), asked.repeat))
            sys.stdout.write(f"{lines[-1]}\n")
            sys.stdout.flush()
    path = asked.results / f"envs-{asked.device}"
    with atomic_write(path.with_suffix(".csv")) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Line._fields)
        writer.writerows(lines)
    with atomic_write(path.with_suffix(".md")) as stream:
        stream.write(table(lines, asked.device))
    return 0


def batch_of(variant: str, n: int, size: int, device: str) -> TensorDict:
    """``size`` rows of a variant."""
    names = MIXTURE if variant == "all" else (variant,)
    few = [generate("mtvrp", n, seed, variant=names[seed % len(names)]) for seed in range(min(DISTINCT, size))]
    rows = torch.arange(size) % len(few)
    matrices = device == "cpu" and variant != "CVRP"
    return to_tensordict(few, matrices=matrices)[rows].to(device)


def measure(case: str, batch: TensorDict, repeat: int) -> Line:
    """The best of several episodes."""
    env = VRPEnv()
    gpu = batch["clients"].device.type == "cuda"
    clock = time.perf_counter if gpu else time.process_time
    best_step, best_all, memory = float("inf"), float("inf"), 0
    size = batch.batch_size[0]
    for _ in range(repeat):
        stepping, steps = 0.0, 0
        state = env.reset(batch)
        memory = sum(field.nbytes for field in state.fields.values()) // size
        began = _now(clock, gpu)
        while steps % 16 or not bool(state["done"].all()):
            action = sample(state["mask"])
            before = _now(clock, gpu)
            state = env.step(state, action)
            stepping += _now(clock, gpu) - before
            steps += 1
        best_all = min(best_all, (_now(clock, gpu) - began) / steps)
        best_step = min(best_step, stepping / steps)
    return Line(case, size, size / best_step / 1e6, size / best_all / 1e6, best_step * 1e6, memory)


def table(lines: Sequence[Line], device: str) -> str:
    """The Markdown table with its footnotes."""
    rows = [
        f"| {line.case} | {line.batch} | {line.step_millions:.2f} | {line.rollout_millions:.2f} "
        f"| {line.microseconds_per_step:.0f} | {line.bytes_per_row} |"
        for line in lines
    ]
    name = torch.cuda.get_device_name() if device == "cuda" else f"{cpu_model()}, one thread"
    return "\n".join(
        [
            "# Steps of the environments",
            "",
            "| instances | rows | step, M/s | random rollout, M/s | µs per step of the batch | bytes per row |",
            "| --- | --: | --: | --: | --: | --: |",
            *rows,
            "",
            f"- {name}; torch {torch.__version__}; single precision; per second of "
            f"{'wall' if device == 'cuda' else 'CPU'} time.",
            "- Rows times steps until all rows are done: rows that are done sooner step on. On a CPU, distances are "
            "written out as matrices, but for CVRP.",
            "",
        ]
    )


def _now(clock: Callable[[], float], gpu: bool) -> float:
    if gpu:
        torch.cuda.synchronize()
    return clock()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--device", default="cpu", help="cpu or cuda (default: cpu)")
    add("--batch", type=int, default=1024, help="rows (default: 1024)")
    add("--repeat", type=int, default=5, help="episodes (default: 5)")
    add("--cases", default="", help="comma-separated, such as CVRP100 (default: all)")
    add("--results", type=Path, default=RESULTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
