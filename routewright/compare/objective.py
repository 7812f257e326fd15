"""What is compared: the number that an instance asks to be small."""

from routewright.data.evaluate import Evaluation
from routewright.data.instance import Instance
from routewright.solvers.monitor import TrajectoryPoint

VEHICLES_FIRST = "vehicles_first"
"""Of two numbers one is no gap: such instances have a table of their own."""


def value(evaluated: Evaluation) -> float:
    """In reported units: the cost, or the longest route where that is the objective."""
    instance = evaluated.instance
    return float(evaluated.key[0] / instance.scale if instance.objective == "max_route" else evaluated.cost)


def value_at(instance: Instance, point: TrajectoryPoint) -> float:
    """The same of an improvement on the way."""
    if instance.objective == "max_route" and point.key is not None:
        return float(point.key[0] / instance.scale)
    return float(point.cost)
