"""LKH as a solver."""

import os
import shutil
import subprocess
import tempfile
from math import inf
from pathlib import Path

from routewright.data.check import check
from routewright.data.errors import RoutewrightError
from routewright.data.evaluate import evaluate
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.lkh.files import read_routes, write_problem
from routewright.solvers.monitor import Monitor
from routewright.solvers.plain import beyond_capacities, reasons
from routewright.solvers.tours import beyond_a_tour

VARIABLE = "ROUTEWRIGHT_LKH"
NAMES = ("LKH", "LKH-3")
LEAST_CLIENTS = 2
LEAST_SECONDS = 0.01
DEFAULT_SECONDS = 1.0
"""Where the stop has no limit on time."""

GRACE = 10.0
"""Seconds beyond four limits after which an executable that does not end is ended."""


class Lkh:
    """An executable.

    Args:
        path: of it; without one it is looked for.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path

    def absent(self) -> str:
        """What must be installed first."""
        if self._found() is not None:
            return ""
        named = self._path or os.environ.get(VARIABLE)
        where = f"there is no executable {named}" if named else "there is no executable LKH on the search path"
        return f"{where}; name one by lkh:PATH or {VARIABLE}=PATH"

    def supports(self, instance: Instance) -> list[str]:
        """Why LKH is not asked; empty where it can be."""
        if instance.n_clients < LEAST_CLIENTS:
            return [f"fewer than {LEAST_CLIENTS} clients"]
        if not reasons(beyond_a_tour(instance)):
            return []
        vehicle = instance.vehicle_types[0]
        limited = vehicle.max_distance < inf or vehicle.max_duration < inf
        return reasons(
            beyond_capacities(instance) | {"limits on routes": limited, "no clients": not instance.n_clients}
        )

    def version(self) -> str:
        """The executable does not tell its own."""
        return ""

    def run(
        self,
        instance: Instance,
        monitor: Monitor,
        *,
        seed: int = 0,
        threads: int = 1,
        initial_solution: Solution | None = None,
    ) -> Answer:
        """Ask the executable for as long as there is time; it takes one thread and no start.

        Raises:
            RoutewrightError: if it fails, or answers with no tour.
        """
        one_tour = not reasons(beyond_a_tour(instance))
        limit = monitor.stop.seconds if monitor.stop.seconds < inf else DEFAULT_SECONDS
        with tempfile.TemporaryDirectory() as name:
            folder, seconds = Path(name), max(LEAST_SECONDS, limit - monitor.wall())
            parameters = write_problem(instance, folder, seconds=seconds, seed=seed, one_tour=one_tour)
            self._ask(folder, parameters, 4 * seconds + GRACE)
            solution = Solution.from_routes(read_routes(folder, instance.n_nodes))
        if not check(instance, solution):  # it may overload vehicles for want of anything better
            monitor.improved(evaluate(instance, solution).cost, 0, solution)
        return Answer(solution, 0)

    def _ask(self, folder: Path, parameters: Path, patience: float) -> None:
        executable = self._found()
        if executable is None:
            raise RoutewrightError(f"lkh: {self.absent()}")
        try:
            done = subprocess.run(  # noqa: S603 (what the user named)
                [executable, parameters.name], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=patience, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise RoutewrightError(f"lkh: {executable} did not end within {patience:g} s") from None
        except OSError as error:
            raise RoutewrightError(f"lkh: {executable} cannot be run ({error.strerror})") from None
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
            raise RoutewrightError(f"lkh: {executable} failed: {last[0]}")

    def _found(self) -> str | None:
        named = self._path or os.environ.get(VARIABLE, "")
        for name in [named] if named else NAMES:
            found = shutil.which(Path(name).expanduser())
            if found is not None:
                return str(Path(found).resolve())
        return None
