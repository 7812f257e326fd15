"""The one routing environment: what a batch needs is put together from constraints."""

from collections.abc import Iterable

import torch
from jaxtyping import Float, Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import RoutewrightError
from routewright.envs import optional
from routewright.envs.clients import fitting_clients
from routewright.envs.constraints import CONSTRAINTS, Constraint, Fields
from routewright.envs.doors import admit_doors, tried_doors
from routewright.envs.moves import move_to
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules, all_agree, in_force, overriding
from routewright.envs.state import State


class IllegalActionError(RoutewrightError):
    """An action that the mask forbids."""


class VRPEnv:
    """Routes built one node at a time, for batches of instances of any mixture of variants.

    An action is a node. A client or a charging station is visited next; a reload is a depot where the same vehicle
    begins another trip. The first nodes are doors, one for each vehicle type at its depot: a door closes the route,
    which goes back to where it began (or ends where it is, where routes are open), and opens the next one, of that
    type. A row is done when all clients are served and the vehicle is at a depot, or when no vehicle can serve any
    client that is left; then only door 0 may be chosen, which changes and costs nothing. Where clients are optional,
    door 0 ends the episode if it is chosen at a depot.

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
            "tried": problem.filled(0, problem.n_doors, dtype=torch.bool),
            "cost": problem.filled(0.0),
        }
        if problem.any_optional:
            fields |= optional.start(problem)
        for constraint in rules.constraints:
            fields |= constraint.start()
        return self._ready(problem, rules, fields)

    def step(self, state: State, action: Int64[Tensor, "*batch"]) -> State:
        """The state after an action in each row; ``state`` stays as it is.

        Args:
            state: of ``reset`` or ``step``.
            action: nodes.

        Raises:
            IllegalActionError: at actions of another shape or type; at a masked one if the environment is strict.
        """
        problem, rules, fields = state.problem, state.rules, state.fields
        action = _shaped(problem, action)
        if self._strict:
            _forbid_masked(fields["mask"], action)
        move = move_to(problem, rules, fields, state.legs, action)
        road = ~move.closes
        after: Fields = {
            "node": action,
            "origin": move.origin,
            "free": fields["free"].scatter(-1, action[..., None], value=False),
            "to_serve": fields["to_serve"].add(move.serves, alpha=-1),
            "on_road": road,
            "tried": fields["tried"] if problem.n_doors == 1 else tried_doors(problem, fields["tried"], action, road),
            "cost": fields["cost"] + rules.prices.of(fields, move),
        }
        if problem.any_optional:
            after |= optional.update(problem, fields, after, move)
        for constraint in rules.constraints:
            after |= constraint.update(fields, move)
        for constraint in rules.releasing:
            after["free"] = constraint.released(after["free"], fields, move)
        return self._ready(problem, rules, after)

    def cost(self, state: State) -> Float[Tensor, "*batch"]:
        """Cost so far in the instances' reported units; inf in rows that failed."""
        problem, fields = state.problem, state.fields
        cost: Tensor = fields["cost"] / problem.batch["scale"][:, None]
        failed = fields["done"] & ~fields["satisfied"]
        for constraint in state.rules.constraints:
            part = constraint.failed(fields)
            if part is not None:
                failed = failed | part
        cost = cost.masked_fill(failed, torch.inf)
        return cost.squeeze(1) if problem.squeezed else cost

    def objective(self, state: State) -> Float[Tensor, "*batch"]:
        """What is to be minimised: the cost, or what an instance asks for instead.

        That is the distance of its longest route, or the number of vehicles and then the distance; as one number, the
        vehicles plus the share that the distance has of what it may be at most.
        """
        cost = self.cost(state)
        for measure in overriding(state.rules.constraints, "objective"):
            asked, value = measure.objective(state.fields)
            value = value.squeeze(1) if state.problem.squeezed else value
            asked = asked if state.problem.squeezed else asked[:, None]
            cost = torch.where(asked & cost.isfinite(), value, cost)
        return cost

    @staticmethod
    def _ready(problem: Problem, rules: Rules, fields: Fields) -> State:
        """Complete a state with its mask, and say which rows are done."""
        legs = rules.legs(problem, fields)
        mask, anyone = fitting_clients(problem, rules, fields, legs)
        fields["satisfied"] = fields["to_serve"] <= 0
        if rules.ending:
            fields["satisfied"] &= all_agree(each.may_end(fields) for each in rules.ending)
        fields["done"] = admit_doors(problem, rules, fields, mask, anyone)
        if problem.any_optional or problem.n_stations:  # nodes that were left out
            mask[..., problem.n_doors :] &= ~fields["done"][..., None]
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
