"""What stays the same during an episode, shared by all starts of an instance."""

from copy import copy

import torch
from jaxtyping import Float, Shaped
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.envs.bounds import Bounds
from routewright.envs.by_door import ByDoor
from routewright.envs.shapes import Node
from routewright.envs.travel import travel

TOLERANCE = 1e-6
"""Of limits in instances with fractional numbers, relative where above 1; that of ``check``."""


class Problem:
    """A batch of instances, ready to be stepped through.

    Letters of shapes are those of ``envs/shapes.py``.

    Attributes:
        batch: the tensors of the instances.
        shape: (B, S).
        squeezed: whether states have no dimension S.
        bounds: that clients are compared with in every step.
    """

    def __init__(self, batch: TensorDict, starts: int | None) -> None:
        self.batch = batch
        self.squeezed = starts is None
        if starts is not None and starts < 1:
            raise InstanceError(f"starts is {starts}, must be at least 1")
        clients: Tensor = batch["clients"]
        if clients.dtype != torch.bool:
            raise InstanceError(
                f"clients is {clients.dtype}, must be bool: flags of a batch stay flags where its numbers change type, "
                "which the dtype of to_tensordict sees to"
            )
        self.shape = (clients.shape[0], 1 if starts is None else starts)
        self.n_nodes = clients.shape[1]
        self.n_doors = batch["vehicles"].shape[1]
        self.n_stations = batch["stations"].shape[1] if "stations" in batch else 0
        self.n_reloads = batch["reloads"].shape[2] if "reloads" in batch else 0
        self.first_station = self.n_nodes - self.n_stations
        self.first_reload = self.first_station - self.n_reloads  # behind the last client
        self.device = clients.device
        self.dtype: torch.dtype = batch["coords"].dtype
        rows = torch.arange(self.shape[0], device=self.device)
        self.first_node = (rows * self.n_nodes)[:, None]  # [B, 1] of each row among all nodes
        self.clients = clients[:, None, :]
        self.reloads = self._flags(self.first_reload, batch["reloads"].any(1) if self.n_reloads else None)
        self.stations = self._flags(self.first_station, batch["stations"] if self.n_stations else None)
        self.visitable = self.clients | (self.reloads | self.stations)[:, None]
        spare = _spare(batch["group"]) if "group" in batch else 0
        self.n_clients = clients.sum(-1, keepdim=True) - spare  # [B, 1] that can be served
        self.n_required = batch["required"].sum(-1, keepdim=True) - spare  # [B, 1]
        self.any_optional = bool((self.n_required < self.n_clients).any())
        self.open: Tensor = batch["open"]  # [B, D]
        self.any_open = bool(self.open.any())
        self.is_open = ByDoor(self.open)
        self.each_door = torch.arange(self.n_doors, device=self.device)
        self.real_door = self.each_door < batch["doors"][:, None, None]  # [B, 1, D]
        self.distances, self.durations = travel(batch)
        self.bounds = Bounds(batch["coords"][..., 0])
        self._columns: list[Tensor] = []
        self._table: Tensor | None = None

    def _flags(self, first: int, some: Tensor | None) -> Tensor:
        """[B, N] bool, from those of the nodes from ``first`` on, [B, some]."""
        flags = torch.zeros_like(self.clients[:, 0])
        if some is not None:
            flags[:, first : first + some.shape[1]] = some
        return flags

    def column(self, values: Shaped[Tensor, "batch nodes"]) -> int:
        """Have every step look up ``values`` at the node that it goes to; see ``look_up``."""
        assert self._table is None, "columns are added before the first step"
        self._columns.append(values.to(self.dtype))
        return len(self._columns) - 1

    def look_up(self, nodes: Node) -> Float[Tensor, "batch starts columns"] | None:
        """All columns at ``nodes``, in one access to memory for each row; None without any."""
        if self._table is None:
            if not self._columns:
                return None
            self._table = torch.stack(self._columns, dim=-1).flatten(0, 1)
        return self._table.index_select(0, (self.first_node + nodes).view(-1)).view(*nodes.shape, -1)

    def at(self, values: Shaped[Tensor, "batch nodes"], nodes: Node) -> Shaped[Tensor, "batch starts"]:
        """Entries of ``values`` at ``nodes``."""
        return values.reshape(-1).take(self.first_node + nodes)

    def at_door(
        self, values: Shaped[Tensor, "batch doors nodes"], door: Node, nodes: Node
    ) -> Shaped[Tensor, "batch starts"]:
        """Entries of ``values`` at ``door`` and ``nodes``."""
        return values.reshape(-1).take(self.first_node * self.n_doors + door * self.n_nodes + nodes)

    def longest_episode(self) -> int:
        """Steps that no episode of legal actions exceeds."""
        visits = self.n_nodes
        if "split" in self.batch:
            smallest = self.batch["capacity"].clamp(min=1e-9).amin(1, keepdim=True)
            visits += int((self.batch["delivery"] / smallest).ceil().sum((1, 2)).amax()) * 2
        between = self.n_doors + self.n_reloads + self.n_stations  # all of them between any two clients
        stops: int = (visits + 1) * (between + 1)
        return stops

    def with_starts(self, starts: int) -> "Problem":
        """The same instances with another number of starts."""
        other = copy(self)
        other.shape, other.squeezed = (self.shape[0], starts), False
        return other

    def filled(
        self, value: Shaped[Tensor, "batch 1 ..."] | float, *more: int, dtype: torch.dtype | None = None
    ) -> Shaped[Tensor, "batch starts ..."]:
        """A new field with the value or number everywhere."""
        field = torch.empty((*self.shape, *more), dtype=dtype or self.dtype, device=self.device)
        return field.copy_(value) if isinstance(value, Tensor) else field.fill_(value)

    def slackened(self, limit: Float[Tensor, " batch *more"]) -> Float[Tensor, " batch *more"]:
        """A limit with the judge's tolerance, where numbers are fractional."""
        return limit + self.slack(limit)

    def slack(self, limit: Float[Tensor, " batch *more"]) -> Float[Tensor, " batch *more"]:
        """The judge's tolerance of a limit: 0 where numbers are whole, and of infinite limits."""
        exact: Tensor = self.batch["exact"]
        exact = exact.reshape(-1, *[1] * (limit.dim() - 1))
        slack = TOLERANCE * limit.abs().clamp(min=1.0)
        return slack.masked_fill(exact | limit.isinf(), 0.0)

    def way_home(self, times: bool) -> Float[Tensor, "batch doors nodes"]:
        """Distance, or time, from every node to each door; 0 where routes are open."""
        source = self.durations if times else self.distances
        doors = self.each_door.expand(self.shape[0], -1)
        return source.column(doors, doors).masked_fill(self.open[:, :, None], 0.0)

    def way_out(self, times: bool) -> Float[Tensor, "batch doors nodes"]:
        """Distance, or time, from each door to every node."""
        source = self.durations if times else self.distances
        doors = self.each_door.expand(self.shape[0], -1)
        return source.rows(doors, doors).written_out()

    def some_are_out_of_reach(self, longest: Float[Tensor, "batch doors nodes"], times: bool) -> bool:
        """Whether some client is farther than ``longest`` from some door, by distance or by time."""
        alone = self.way_out(times) <= longest
        return not bool((alone | ~self.clients | ~self.real_door.transpose(1, 2)).all())


def _spare(group: Tensor) -> Tensor:
    """[B, 1] how many clients are not visited because another one of their ``group`` [B, N] is."""
    same = (group[:, :, None] == group[:, None, :]) & (group >= 0)[:, :, None]
    return same.tril(-1).any(-1).sum(-1, keepdim=True)
