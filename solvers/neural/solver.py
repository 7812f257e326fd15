"""Policies as a solver, one by one or many at once."""

from collections.abc import Sequence

from routewright.data.errors import UnsupportedError
from routewright.data.instance import Instance
from routewright.data.solution import Solution
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.neural.checkpoints import Checkpoint, choose, named, reasons_against, shipped
from routewright.solvers.neural.grouping import groups
from routewright.solvers.stop import Stop

STRANGE = 1.5
"""Sizes beyond so many times the largest that a policy was trained on are strange to it."""


class Neural:
    """Solves with the policy that suits an instance.

    Args:
        name: the only policy to use, one that ships or a path.
    """

    def __init__(self, name: str | None = None) -> None:
        self._name = name

    def supports(self, instance: Instance) -> list[str]:
        """Why no policy can be asked; empty where one can.

        Raises:
            FormatError: if a card is missing or broken.
        """
        return reasons_against(self._given(), instance)

    def version(self) -> str:
        """Of Routewright."""
        from routewright import __version__

        return __version__

    def prepare(self, instance: Instance, stop: Stop) -> None:
        """Load torch and the policy.

        Raises:
            FormatError: if its files are missing or broken.
        """
        from routewright.solvers.neural.loading import loaded

        loaded(self._chosen(instance))

    def run(
        self,
        instance: Instance,
        monitor: Monitor,
        *,
        seed: int = 0,
        threads: int = 1,
        initial_solution: Solution | None = None,
    ) -> Answer:
        """Play until the monitor is done."""
        return self.run_together([instance], [monitor], seed=seed, threads=threads)[0]

    def together(self, instances: Sequence[Instance]) -> list[list[int]]:
        """Which of the instances ``run_together`` should be given at once, by their places."""
        given = self._given()
        return groups(instances, [self._chosen(instance, given) for instance in instances])

    def run_together(
        self, instances: Sequence[Instance], monitors: Sequence[Monitor], *, seed: int = 0, threads: int = 1
    ) -> list[Answer]:
        """An answer for each instance of a group; the first monitor's clock is that of all."""
        from routewright.solvers.neural import loading
        from routewright.solvers.neural.group import Group

        if not instances[0].n_clients:
            return [Answer(Solution(), 0) for _ in instances]
        chosen = self._chosen(instances[0])
        strange = instances[0].n_clients > STRANGE * chosen.covers.sizes[-1]
        with loading.threads(threads):
            return Group(loading.loaded(chosen), instances, monitors, seed, strange=strange).play()

    def _given(self) -> list[Checkpoint]:
        return shipped() if self._name is None else [named(self._name)]

    def _chosen(self, instance: Instance, given: Sequence[Checkpoint] | None = None) -> Checkpoint:
        found = choose(self._given() if given is None else given, instance)
        if found is None:
            raise UnsupportedError(f"neural does not know {', '.join(self.supports(instance))}")
        return found
