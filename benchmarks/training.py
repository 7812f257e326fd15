"""Instances a second of training and decoding, on one thread or on a GPU.

    python benchmarks/training.py --what pomo-train
    python benchmarks/training.py --what pomo-infer --profile
    python benchmarks/training.py --what pomo-train --device cuda --n 100 --batch 256

The networks are those of the papers (AM: three layers, batch norm; POMO: six layers, instance norm; 128 wide, 8 heads),
not trained: only the time is measured. Prints one line of JSON. The peer's figures are measured in turn by scripts
of its own.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence

import torch

from routewright.compare.machine import cpu_model
from routewright.envs import VRPEnv
from routewright.envs.generators import mtvrp
from routewright.policies.decoding import decode
from routewright.policies.objectives import Baseline, ExponentialBaseline, SharedBaseline, lesson
from routewright.policies.policy import Policy
from routewright.policies.presets import ATTENTION_MODEL, POMO

Task = Callable[[], tuple[int, int]]
"""Does a batch; returns the number of instances, and that times starts and steps."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure."""
    asked = _parse(arguments)
    torch.set_num_threads(1)
    task = TASKS[asked.what](asked)
    task()  # memory, caches
    done, decided, began, wall = 0, 0, time.process_time(), _now(asked)
    while not done or _now(asked) - wall < asked.seconds:
        instances, decisions = task()
        done, decided = done + instances, decided + decisions
    spent, wall = time.process_time() - began, _now(asked) - wall
    gpu = asked.device == "cuda"
    second, clock = ("second", wall) if gpu else ("cpu_second", spent)
    line = {
        "what": asked.what, "n": asked.n, "batch": asked.batch, "heads": asked.heads, "layers": asked.layers,
        "instances": done, f"per_{second}": round(done / clock, 2),
        f"decisions_per_{second}": round(decided / clock), "cpu_share": round(spent / wall, 3),
        "torch": torch.__version__, "machine": torch.cuda.get_device_name() if gpu else cpu_model(),
    }  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")
    if asked.profile:
        _profile(task)
    return 0


def _policy(asked: argparse.Namespace) -> Policy:
    config = POMO if asked.what.startswith("pomo") else ATTENTION_MODEL
    return Policy(config.but(heads=asked.heads or config.heads, layers=asked.layers or config.layers)).to(asked.device)


def _now(asked: argparse.Namespace) -> float:
    if asked.device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def _training(asked: argparse.Namespace) -> Task:
    """Generate, play, learn: with 20 starts and their mean, or with one and a running mean."""
    policy, env, generator = _policy(asked), VRPEnv(), torch.Generator(asked.device).manual_seed(1)
    several = asked.what.startswith("pomo")
    baseline: Baseline = SharedBaseline() if several else ExponentialBaseline()
    optimiser = torch.optim.Adam(policy.parameters(), lr=1e-4, fused=True)

    def task() -> tuple[int, int]:
        batch = mtvrp(asked.batch, asked.n, generator)
        learnt = lesson(policy, env, batch, baseline, generator, starts=asked.n if several else 1)
        optimiser.zero_grad()
        learnt.loss.backward()
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimiser.step()
        return int(asked.batch), learnt.rollout.actions.numel()

    return task


def _decoding(asked: argparse.Namespace) -> Task:
    """Greedy, from one start or from every client."""
    policy, env = _policy(asked).eval(), VRPEnv()
    batch = mtvrp(asked.batch, asked.n, torch.Generator(asked.device).manual_seed(1))
    method = "multistart" if asked.what.startswith("pomo") else "greedy"

    def task() -> tuple[int, int]:
        found = decode(policy, env, batch, method, rows=asked.rows)
        starts = asked.n if method == "multistart" else 1
        return int(asked.batch), found.actions.numel() * starts

    return task


TASKS: dict[str, Callable[[argparse.Namespace], Task]] = {
    "pomo-train": _training,
    "am-train": _training,
    "pomo-infer": _decoding,
    "am-greedy": _decoding,
}
USUAL = {"train": (20, 64), "infer": (100, 128), "greedy": (100, 128)}
"""Clients and instances of a batch."""


def _profile(task: Task) -> None:
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
        task()
    sys.stdout.write(
        profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=30, max_name_column_width=40)
    )


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--what", choices=tuple(TASKS), default="pomo-train")
    add("--n", type=int, help="clients (default: 20 in training, 100 in decoding)")
    add("--batch", type=int, help="instances (default: 64 in training, 128 in decoding)")
    add("--device", default="cpu", choices=("cpu", "cuda"))
    add("--rows", type=int, help="instances decoded at once (default: all)")
    add("--heads", type=int, help="of every attention (default: 8)")
    add("--layers", type=int, help="of the encoder (default: the paper's)")
    add("--seconds", type=float, default=20.0, help="to measure for (default: 20)")
    add("--profile", action="store_true", help="print what one batch spends its time with")
    asked = parser.parse_args(arguments)
    n, batch = USUAL[asked.what.split("-")[1]]
    asked.n, asked.batch = asked.n or n, asked.batch or batch
    return asked


if __name__ == "__main__":
    sys.exit(main())
