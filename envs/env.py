"""The one routing environment: what a batch needs is put together from constraints."""

from collections.abc import Iterable

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.envs import optional
from routewright.envs.clients import fitting_clients
from routewright.envs.constraints import CONSTRAINTS, Constraint, Fields, Move
from routewright.envs.depots import admit_depots, tried_depots
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules, in_force
from routewright.envs.state import State


class IllegalActionError(RoutewrightError):
    """An action that the mask forbids."""


class VRPEnv:
    """Routes built one node at a time, for batches of instances of any mixture of variants.

    An action is a node. A client is visited next; a depot closes the route, which goes back to where it began
    (or ends where it is, where routes are open), and opens the next one there. A row is done when all clients are
    served and the vehicle is at a depot, or when no vehicle can serve any client that is left; then only depot 0 may
    be chosen, which changes and costs nothing. Where clients are optional, depot 0 ends the episode if it is chosen
    at a depot.

    Args:
        constraints: rules that may be in force.
        strict: raise ``IllegalActionError`` at a masked action, which waits for the device at each step.

    Example:
        >>> import routewright as rw
        >>> from routewright.data.batch import to_tensordict
        >>> env = VRPEnv()
        >>> state = env.reset(to_tensordict([rw.generate("mtvrp", 5, 1, variant="VRPTW")]))
        >>> while not state["done"].all():
        ...     state = env.step(state, state["mask"].float().argmax(-1))
        >>> env.cost(state).isfinite()
        tensor([True])
    """

    def __init__(self, constraints: Iterable[type[Constraint]] = CONSTRAINTS, *, strict: bool = False) -> None:
        self._constraints = tuple(constraints)
        self._strict = strict

    def reset(self, batch: TensorDict, starts: int | None = None) -> State:
        """The first state of each instance.

        Args:
            batch: of ``to_tensordict``, or made by a generator with the same fields.
            starts: S, episodes of each instance that share its data; None is one, without a dimension of its own.

        Returns:
            A state with batch dimensions [B], or [B, S].
        """
        problem = Problem(batch, starts)
        rules = in_force(self._constraints, problem)
        fields: Fields = {
            "node": problem.filled(0, dtype=torch.int64),
            "origin": problem.filled(0, dtype=torch.int64),
            "free": problem.filled(problem.clients, problem.n_nodes, dtype=torch.bool),
            "to_serve": problem.filled(problem.n_required, dtype=torch.int64),
            "on_road": problem.filled(0, dtype=torch.bool),
            "tried": problem.filled(0, problem.n_depots, dtype=torch.bool),
            "cost": problem.filled(0.0),
        }
        if problem.any_optional:
            fields |= optional.start(problem)
        for constraint in rules.constraints:
            fields |= constraint.start()
        return self._ready(problem, rules, fields)

    def step(self, state: State, action: Tensor) -> State:
        """The state after an action in each row; ``state`` stays as it is.

        Args:
            state: of ``reset`` or ``step``.
            action: [B] or [B, S] int64 nodes.

        Raises:
            IllegalActionError: at actions of another shape or type; at a masked one if the environment is strict.
        """
        problem, fields = state.problem, state.fields
        action = _shaped(problem, action)
        if self._strict:
            _forbid_masked(fields["mask"], action)
        move = self._move(state, action)
        road = ~move.closes
        after: Fields = {
            "node": action,
            "origin": fields["origin"] if problem.n_depots == 1 else torch.where(road, fields["origin"], action),
            "free": fields["free"].scatter(-1, action[..., None], value=False),
            "to_serve": fields["to_serve"] - road.to(torch.int64),
            "on_road": road,
            "tried": fields["tried"] if problem.n_depots == 1 else tried_depots(problem, fields["tried"], action, road),
            "cost": fields["cost"] + self._price(problem, move.distance),
        }
        if problem.fixed is not None:
            after["cost"] += problem.fixed * (road & ~fields["on_road"])
        if problem.any_optional:
            after |= optional.update(problem, fields, after, action)
        for constraint in state.rules.constraints:
            after |= constraint.update(fields, move)
        return self._ready(problem, state.rules, after)

    def cost(self, state: State) -> Tensor:
        """Cost so far in the instances' reported units, [B] or [B, S]; inf in rows that failed."""
        problem, fields = state.problem, state.fields
        cost: Tensor = fields["cost"] / problem.batch["scale"][:, None]
        failed = fields["done"] & (fields["to_serve"] > 0)
        for constraint in state.rules.constraints:
            part = constraint.failed(fields)
            if part is not None:
                failed = failed | part
        cost = cost.masked_fill(failed, torch.inf)
        return cost.squeeze(1) if problem.squeezed else cost

    def objective(self, state: State) -> Tensor:
        """What is to be minimised: the cost, or where an instance asks for it the distance of the longest route."""
        cost = self.cost(state)
        if "longest" not in state:
            return cost
        asked, scale = (state.problem.batch[name] for name in ("max_route", "scale"))
        if not state.problem.squeezed:
            asked, scale = asked[:, None], scale[:, None]
        return torch.where(asked & cost.isfinite(), state["longest"] / scale, cost)

    @staticmethod
    def _price(problem: Problem, distance: Tensor) -> Tensor:
        return distance if problem.distance_cost is None else distance * problem.distance_cost

    @staticmethod
    def _move(state: State, action: Tensor) -> Move:
        problem, fields = state.problem, state.fields
        closes = action < problem.n_depots
        target = action if problem.n_depots == 1 else torch.where(closes, fields["origin"], action)
        distance = state.legs.distance_to(target)
        duration = None
        if state.rules.timed:
            duration = distance if state.legs.times_are_distances else state.legs.duration_to(target)
        if problem.any_open:
            distance = distance.masked_fill(closes & problem.opened, 0.0)
        return Move(action, closes, distance, duration, problem.look_up(action))

    @staticmethod
    def _ready(problem: Problem, rules: Rules, fields: Fields) -> State:
        """Complete a state with its mask, and say which rows are done."""
        legs = Legs(problem, fields["node"])
        fitting = fitting_clients(rules, fields, legs)
        mask = fields["free"].clone() if fitting is None else fitting.bool().logical_and_(fields["free"])
        fields["done"] = admit_depots(problem, rules, fields, mask)
        if problem.any_optional:  # clients that were left out
            mask[..., problem.n_depots :] &= ~fields["done"][..., None]
        fields["mask"] = mask
        return State(problem, rules, fields, legs)


def _shaped(problem: Problem, action: Tensor) -> Tensor:
    """[B, S], from [B] or [B, S]."""
    wanted = problem.shape[:1] if problem.squeezed else problem.shape
    if tuple(action.shape) != wanted or action.dtype != torch.int64:
        raise IllegalActionError(
            f"actions are {action.dtype} of shape {tuple(action.shape)}, must be int64 of shape {wanted}"
        )
    return action.view(problem.shape)


def _forbid_masked(mask: Tensor, action: Tensor) -> None:
    outside = (action < 0) | (action >= mask.shape[-1])
    if bool(outside.any()):
        raise IllegalActionError(f"action {int(action[outside][0])} is no node: there are {mask.shape[-1]}")
    legal = mask.take_along_dim(action[..., None], dim=-1)[..., 0]
    if not bool(legal.all()):
        row, start = (~legal).nonzero()[0].tolist()
        raise IllegalActionError(
            f"action {int(action[row, start])} in row {row}, start {start}, is masked; "
            f"legal are {mask[row, start].nonzero().flatten().tolist()}"
        )
