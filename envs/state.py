"""A moment of an episode."""

from dataclasses import dataclass

from jaxtyping import Int64
from tensordict import TensorDict
from torch import Tensor

from routewright.envs.constraints.base import Fields
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem
from routewright.envs.rules import Rules


@dataclass(frozen=True, eq=False)
class State:
    """What has happened so far in each row; never changed, each step makes a new one.

    ``state["mask"]`` and the like give fields [B, ...], or [B, S, ...] where there are S starts for each instance:

    * ``mask`` [N] bool: actions that may come next; ``done`` bool;
    * ``node``, ``origin`` int64: where the vehicle is, and the door that its route began at;
    * ``free`` [N] bool: clients not served yet, charging stations not called at since the last client, and reloads;
    * ``to_serve`` int64: how many required clients are left; ``satisfied`` bool: whether that is enough to end;
    * ``on_road`` bool: whether a route is under way; ``tried`` [D] bool: doors chosen since the last client;
    * ``cost``: raw, so far;
    * and those of the constraints in force, such as ``left`` [K] (capacity), ``clock``, ``length``.

    Attributes:
        problem: the instances; shared by all states of an episode.
        rules: constraints in force.
        fields: tensors [B, S, ...].
        legs: ways from ``node``.
    """

    problem: Problem
    rules: Rules
    fields: Fields
    legs: Legs

    def __getitem__(self, name: str) -> Tensor:
        field = self.fields[name]
        return field.squeeze(1) if self.problem.squeezed else field

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def select(self, starts: Int64[Tensor, "batch chosen"]) -> "State":
        """The states of some starts, any of them several times over: for beam search.

        Args:
            starts: which start of its instance each becomes.

        Returns:
            A state of as many starts as were chosen; every field is a copy.
        """
        problem = self.problem.with_starts(starts.shape[1])
        fields = {
            name: field.take_along_dim(starts.view(*starts.shape, *[1] * (field.dim() - 2)), dim=1)
            for name, field in self.fields.items()
        }
        return State(problem, self.rules, fields, self.rules.legs(problem, fields))

    def to_tensordict(self) -> TensorDict:
        """The fields as a TensorDict of batch size [B] or [B, S]."""
        shape = self.problem.shape[:1] if self.problem.squeezed else self.problem.shape
        return TensorDict({name: self[name] for name in self.fields}, batch_size=shape)
