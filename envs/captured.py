"""A step that a GPU is told once and then repeats: a CUDA graph.

A step is a hundred small operations, each of which takes longer to ask for than to do. A graph asks for all of them at
once; it reads and writes the same memory each time.

Used where ``ROUTEWRIGHT_CUDA_GRAPHS`` is 1: it has not been measured on enough devices to be what everybody gets.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import torch
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.envs.state import State

Kept = tuple[Tensor | None, ...]
"""What is kept of a step."""
Step = Callable[[State], tuple[Kept, State]]
"""What is kept of a step, and the state after it. Only asks the device to compute: never waits for it."""


VARIABLE = "ROUTEWRIGHT_CUDA_GRAPHS"


def wanted(device: torch.device) -> bool:
    """Whether to use it there."""
    return device.type == "cuda" and os.environ.get(VARIABLE) == "1"


class Captured:
    """Goes on from a state, one step at each call.

    Args:
        step: the same for all states; was taken before, so that nothing is left to prepare.
        state: that the first call begins with; stays as it is.
        generators: that steps draw from.

    Raises:
        RoutewrightError: if a step waits for the device, as a rule of one's own may.
    """

    def __init__(self, step: Step, state: State, generators: Iterable[torch.Generator] = ()) -> None:
        self._problem, self._rules = state.problem, state.rules
        self._fields = {name: field.clone() for name, field in state.fields.items()}
        device, drawn_from = state.fields["done"].device, tuple(generators)
        try:
            self._capture(step, device, drawn_from)
        except torch.OutOfMemoryError:  # while a graph is made, what torch keeps for later is not given back
            torch.cuda.empty_cache()
            self._capture(step, device, drawn_from)

    def _capture(self, step: Step, device: torch.device, generators: tuple[torch.Generator, ...]) -> None:
        self._graph = torch.cuda.CUDAGraph()
        for generator in generators:
            self._graph.register_generator_state(generator)
        bench, now = _bench(device), torch.cuda.current_stream(device)
        bench.stream.wait_stream(now)
        try:
            with torch.cuda.stream(bench.stream):
                self._graph.capture_begin(pool=bench.pool, capture_error_mode="thread_local")
                try:
                    kept, after = step(self.state)
                    self._kept = _copies(kept)
                    for name, field in self._fields.items():
                        field.copy_(after.fields[name])
                finally:
                    self._graph.capture_end()
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            os.environ[VARIABLE] = "0"  # torch makes no more graphs in this process
            raise RoutewrightError(
                f"a step waits for the GPU, as some rule of your own may; go on without {VARIABLE}: {error}"
            ) from error
        now.wait_stream(bench.stream)

    @property
    def state(self) -> State:
        """After the last step; the next one changes it."""
        return State(self._problem, self._rules, self._fields, self._rules.legs(self._problem, self._fields))

    def __call__(self) -> Kept:
        """Take a step; returns what is kept of it."""
        self._graph.replay()
        return _copies(self._kept)


class _Bench(NamedTuple):
    """Where graphs are made. They share memory for what they need between, as only one runs at a time in a thread."""

    stream: torch.cuda.Stream
    pool: Any  # a handle
    first: torch.cuda.CUDAGraph  # memory is shared as long as a graph of those that share it lives


_benches = threading.local()


def _bench(device: torch.device) -> _Bench:
    """That of this thread: others may make and use graphs at the same time."""
    if not hasattr(_benches, "by_device"):
        _benches.by_device = {}
    mine: dict[torch.device, _Bench] = _benches.by_device
    if device not in mine:
        mine[device] = _new_bench(device)
    return mine[device]


def _new_bench(device: torch.device) -> _Bench:
    stream, first, number = torch.cuda.Stream(device), torch.cuda.CUDAGraph(), torch.zeros(1, device=device)
    pool = torch.cuda.graph_pool_handle()
    torch.cuda.synchronize(device)
    with torch.cuda.stream(stream):
        first.capture_begin(pool=pool, capture_error_mode="thread_local")
        number.add_(1.0)
        first.capture_end()
    return _Bench(stream, pool, first)


def _copies(kept: Kept) -> Kept:
    return tuple(None if each is None else each.clone() for each in kept)
