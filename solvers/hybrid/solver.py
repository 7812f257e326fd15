"""Policy and search as one solver, for one instance or many at once."""

from collections import defaultdict
from collections.abc import Sequence

from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers import search
from routewright.solvers.answer import Answer
from routewright.solvers.hybrid.plan import PLAN, Plan
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.solver import Neural
from routewright.solvers.search.support import rich_features
from routewright.solvers.search.warm import Family, family
from routewright.solvers.stop import Stop


class Hybrid:
    """Begins with the policy that suits an instance.

    Args:
        name: the only policy to use, one that ships or a path.
        plan: what begins, and how time is divided.
    """

    def __init__(self, name: str | None = None, plan: Plan = PLAN) -> None:
        self._neural, self._plan = Neural(name), plan

    def supports(self, instance: Instance) -> list[str]:
        """Why the search cannot solve it or no policy can be asked; empty where both can.

        Raises:
            FormatError: if a card is missing or broken.
        """
        return search.supports(instance) or rich_features(instance) or self._neural.supports(instance)

    def version(self) -> str:
        """Of Routewright."""
        return search.version()

    def prepare(self, instance: Instance, stop: Stop) -> None:
        """Compile kernels, load torch and the policy.

        Raises:
            FormatError: if files of the policy are missing or broken.
        """
        search.prepare(instance, stop)
        self._neural.prepare(instance, stop)

    def run(
        self,
        instance: Instance,
        monitor: Monitor,
        *,
        seed: int = 0,
        threads: int = 1,
        initial_solution: Solution | None = None,
    ) -> Answer:
        """Begin, then search until the monitor is done."""
        return self._run([instance], [monitor], seed, threads, initial_solution)[0]

    def together(self, instances: Sequence[Instance]) -> list[list[int]]:
        """Which of the instances ``run_together`` should be given at once, by their places."""
        found = defaultdict[tuple[int, Family], list[int]](list)
        for number, group in enumerate(self._neural.together(instances)):
            for place in group:
                found[number, family(instances[place])].append(place)  # kernels are prepared for one family
        return list(found.values())

    def run_together(
        self, instances: Sequence[Instance], monitors: Sequence[Monitor], *, seed: int = 0, threads: int = 1
    ) -> list[Answer]:
        """An answer for each instance of a group; the first monitor's clock is that of all."""
        return self._run(instances, monitors, seed, threads, None)

    def _run(
        self,
        instances: Sequence[Instance],
        monitors: Sequence[Monitor],
        seed: int,
        threads: int,
        given: Solution | None,
    ) -> list[Answer]:
        from routewright.solvers.hybrid.group import Group

        if not instances[0].n_clients:
            return [Answer(Solution(), 0, bound=0.0) for _ in instances]
        return Group(self._neural, self._plan, instances, monitors, seed, threads).solve(given)
