"""``auto`` as a solver: for each instance the one that ``solve`` would take."""

from typing import Any

from routewright.data.instance import Instance
from routewright.solvers import preparing
from routewright.solvers.answer import Answer
from routewright.solvers.monitor import Monitor
from routewright.solvers.registry import choose, load
from routewright.solvers.registry import supports as reasons
from routewright.solvers.stop import Stop


def supports(instance: Instance) -> list[str]:
    """Why no solver can express ``instance``; empty where one can."""
    return reasons("auto", instance)


def version() -> str:
    """Of Routewright."""
    from routewright import __version__

    return __version__


def prepare(instance: Instance, stop: Stop) -> None:
    """As the chosen one does, if it does."""
    preparing.prepare(load(choose("auto", instance)), instance, stop)


def run(instance: Instance, monitor: Monitor, **given: Any) -> Answer:
    """The chosen one's."""
    return load(choose("auto", instance)).run(instance, monitor, **given)
