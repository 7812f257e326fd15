"""A step that a GPU is told once and then repeats: a CUDA graph.

A step is a hundred small operations, each of which takes longer to ask for than to do. A graph asks for all of them at
once; it reads and writes the same memory each time.

Used where ``ROUTEWRIGHT_CUDA_GRAPHS`` is 1: it has not been measured on enough devices to be what everybody gets.
"""

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import torch
from torch import Tensor

from routewright.envs.state import State

Kept = tuple[Tensor | None, ...]
"""What is kept of a step."""
Step = Callable[[State], tuple[Kept, State]]
"""What is kept of a step, and the state after it. Only asks the device to compute: never waits for it."""


def wanted(device: torch.device) -> bool:
    """Whether to use it there."""
    return device.type == "cuda" and os.environ.get("ROUTEWRIGHT_CUDA_GRAPHS") == "1"


class Captured:
    """Goes on from a state, one step at each call.

    Args:
        step: the same for all states; was taken before, so that nothing is left to prepare.
        state: that the first call begins with; stays as it is.
        generators: that steps draw from.
    """

    def __init__(self, step: Step, state: State, generators: Iterable[torch.Generator] = ()) -> None:
        self._problem, self._rules = state.problem, state.rules
        self._fields = {name: field.clone() for name, field in state.fields.items()}
        self._graph = torch.cuda.CUDAGraph()
        for generator in generators:
            self._graph.register_generator_state(generator)
        bench, now = _bench(state.fields["done"].device), torch.cuda.current_stream()
        bench.stream.wait_stream(now)
        with torch.cuda.stream(bench.stream):
            self._graph.capture_begin(pool=bench.pool, capture_error_mode="thread_local")
            try:
                kept, after = step(self.state)
                self._kept = _copies(kept)
                for name, field in self._fields.items():
                    field.copy_(after.fields[name])
            finally:
                self._graph.capture_end()
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
    """Where graphs are made. They share memory for what they need between, as only one runs at a time."""

    stream: torch.cuda.Stream
    pool: Any  # a handle
    first: torch.cuda.CUDAGraph  # memory is shared as long as a graph of those that share it lives


@cache
def _bench(device: torch.device) -> _Bench:
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
