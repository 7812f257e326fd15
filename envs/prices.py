"""What moves cost, prizes aside."""

from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Fields, Move
from routewright.envs.problem import Problem


class Prices:
    """Distance at the vehicle's price, its fixed cost when it leaves, and what it costs to send it to a client."""

    def __init__(self, problem: Problem) -> None:
        batch = problem.batch
        self._problem = problem
        by_way, fixed = batch["distance_cost"], batch["fixed_cost"]
        self._by_way = None if bool((by_way == 1.0).all()) else ByDoor(by_way)
        self._fixed = ByDoor(fixed) if bool(fixed.any()) else None
        self._preference: Tensor | None = None
        if "preference" in batch and bool(batch["preference"].any()):
            self._preference = batch["preference"]

    def of(self, fields: Fields, move: Move) -> Tensor:
        """[B, S] of a move; ``fields`` are those before it."""
        door = fields["origin"]
        cost = move.distance
        if self._by_way is not None:
            cost = cost * self._by_way.at(door)
        if self._fixed is not None:
            cost = cost + self._fixed.at(door) * (~move.closes & ~fields["on_road"])
        if self._preference is not None:
            cost = cost + self._problem.at_door(self._preference, door, move.action)
        return cost
