"""Plain functions as solvers.

A function is called as ``function(instance, time_limit=…, seed=…)``, the limit in CPU seconds, and returns a
``Solution``, a ``Result`` or routes as sequences of clients. One that has a parameter ``improved`` may hand it each
better solution on the way: curves and the primal integral are made of these.
"""

import hashlib
import sys
from collections.abc import Callable
from inspect import getsource, signature
from pathlib import Path
from typing import Any
from uuid import uuid4

from routewright.compare.job import SolverSpec
from routewright.data.check import check
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.result import Result

HERE = "here:"
"""Begins the module of a function that only this process can call."""

_HERE: dict[str, Callable[..., Any]] = {}


class Function:
    """A function as a solver.

    Args:
        function: as the module says.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._tells = "improved" in signature(function).parameters

    def supports(self, instance: Instance) -> list[str]:
        """Anything: a function says by raising what it cannot do."""
        return []

    def version(self) -> str:
        """Of a function there is none."""
        return ""

    def run(
        self,
        instance: Instance,
        monitor: Monitor,
        *,
        seed: int = 0,
        threads: int = 1,
        initial_solution: Solution | None = None,
        **options: Any,
    ) -> Answer:
        """Call it with the seconds that are left."""

        def improved(given: Any) -> None:
            solution = as_solution(given)
            if not check(instance, solution):
                evaluated = evaluate(instance, solution)
                key = None if instance.objective == "cost" else evaluated.key
                monitor.improved(evaluated.cost, 0, key=key)

        given = options | ({"improved": improved} if self._tells else {})
        seconds = monitor.stop.seconds - monitor.cpu()
        found = as_solution(self._function(instance, time_limit=seconds, seed=seed, **given))
        improved(found)
        return Answer(found, 0)


def as_solution(found: Any) -> Solution:
    """What a function returned, as a solution."""
    if isinstance(found, Solution):
        return found
    if isinstance(found, Result):
        return found.solution
    return Solution.from_routes(found)


def function_spec(function: Callable[..., Any], name: str = "") -> SolverSpec:
    """A function as a comparison sees it.

    One at the top of a module or script runs in a fresh process; another, such as a lambda or one of a notebook, in
    this process. When its source changes, its earlier runs do not count; nor do those of one that has no source.
    """
    name = name or getattr(function, "__name__", type(function).__name__)
    return SolverSpec(name, _place(function), fingerprint=_fingerprint(function))


def function_here(place: str) -> Callable[..., Any]:
    """The function that ``function_spec`` keeps for this process."""
    return _HERE[place]


def _place(function: Callable[..., Any]) -> str:
    path = getattr(function, "__qualname__", "<nameless>")
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    file = getattr(module, "__file__", None)
    if file is None or not _stands_at(function, module, path):
        place = f"{HERE}{id(function)}"
        _HERE[place] = function
        return place
    main = module.__name__ == "__main__"  # type: ignore[union-attr]
    return f"{Path(file).resolve() if main else module.__name__}:{path}"  # type: ignore[union-attr]


def _stands_at(function: Callable[..., Any], module: Any, path: str) -> bool:
    """Whether it is what another process would find there: no method of an object, and not wrapped."""
    found = module
    for part in path.split("."):
        found = getattr(found, part, None)
    return found is function


def _fingerprint(function: Callable[..., Any]) -> str:
    try:
        source = getsource(function)
    except (OSError, TypeError):  # built in, or an object such as a ``partial``: nothing says what it does
        return uuid4().hex[:8]
    return hashlib.sha256(source.encode()).hexdigest()[:8]
