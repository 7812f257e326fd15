"""What stays the same during an episode, shared by all starts of an instance."""

from copy import copy

import torch
from tensordict import TensorDict
from torch import Tensor

from routewright.data.errors import InstanceError
from routewright.envs.travel import travel

TOLERANCE = 1e-6
"""Of limits in instances with fractional numbers, relative where above 1; that of ``check``."""


class Problem:
    """A batch of instances, ready to be stepped through.

    Legend: B instances, S starts of each, N nodes of which the first D are depots, K load dimensions.

    Attributes:
        batch: the tensors of the instances.
        shape: (B, S).
        squeezed: whether states have no dimension S.
    """

    def __init__(self, batch: TensorDict, starts: int | None) -> None:
        self.batch = batch
        self.squeezed = starts is None
        if starts is not None and starts < 1:
            raise InstanceError(f"starts is {starts}, must be at least 1")
        clients: Tensor = batch["clients"]
        self.shape = (clients.shape[0], 1 if starts is None else starts)
        self.n_nodes = clients.shape[1]
        self.n_depots = batch["vehicles"].shape[1]
        self.device = clients.device
        self.dtype: torch.dtype = batch["coords"].dtype
        rows = torch.arange(self.shape[0], device=self.device)
        self.first_node = (rows * self.n_nodes)[:, None]  # [B, 1] of each row among all nodes
        self.clients = clients[:, None, :]
        self.n_clients = clients.sum(-1, keepdim=True)  # [B, 1]
        self.n_required = batch["required"].sum(-1, keepdim=True)  # [B, 1]
        self.any_optional = bool((self.n_required < self.n_clients).any())
        self.opened: Tensor = batch["open"][:, None]  # [B, 1]
        self.any_open = bool(batch["open"].any())
        self.fixed: Tensor | None = batch["fixed_cost"][:, None] if bool(batch["fixed_cost"].any()) else None
        self.each_depot = torch.arange(self.n_depots, device=self.device)
        self.real_depot = self.each_depot < batch["depots"][:, None, None]  # [B, 1, D]
        self.distance_cost: Tensor | None = batch["distance_cost"][:, None]
        if bool((batch["distance_cost"] == 1.0).all()):
            self.distance_cost = None
        self.distances, self.durations = travel(batch)
        self._columns: list[Tensor] = []
        self._table: Tensor | None = None

    def column(self, values: Tensor) -> int:
        """Have every step look up ``values`` [B, N] at the node that it goes to; see ``look_up``."""
        assert self._table is None, "columns are added before the first step"
        self._columns.append(values.to(self.dtype))
        return len(self._columns) - 1

    def look_up(self, nodes: Tensor) -> Tensor | None:
        """All columns at ``nodes`` [B, S], in one access to memory for each row: [B, S, columns]; None without any."""
        if self._table is None:
            if not self._columns:
                return None
            self._table = torch.stack(self._columns, dim=-1).flatten(0, 1)
        return self._table.index_select(0, (self.first_node + nodes).view(-1)).view(*nodes.shape, -1)

    def at(self, values: Tensor, nodes: Tensor) -> Tensor:
        """Entries of ``values`` [B, N] at ``nodes`` [B, S]: [B, S]."""
        return values.reshape(-1).take(self.first_node + nodes)

    def with_starts(self, starts: int) -> "Problem":
        """The same instances with another number of starts."""
        other = copy(self)
        other.shape, other.squeezed = (self.shape[0], starts), False
        return other

    def filled(self, value: Tensor | float, *more: int, dtype: torch.dtype | None = None) -> Tensor:
        """A new field [B, S, ...] with the value [B, 1, ...] or number everywhere."""
        field = torch.empty((*self.shape, *more), dtype=dtype or self.dtype, device=self.device)
        return field.copy_(value) if isinstance(value, Tensor) else field.fill_(value)

    def slackened(self, limit: Tensor) -> Tensor:
        """A limit [B, ...] with the judge's tolerance, where numbers are fractional."""
        exact: Tensor = self.batch["exact"]
        exact = exact.reshape(-1, *[1] * (limit.dim() - 1))
        slack = TOLERANCE * limit.abs().clamp(min=1.0)
        return torch.where(exact | limit.isinf(), limit, limit + slack)

    def way_home(self, times: bool) -> Tensor:
        """[B, D, N] distance, or time, from every node to each depot; 0 where routes are open."""
        source = self.durations if times else self.distances
        home = source.columns(self.each_depot.expand(self.shape[0], -1))
        return home.masked_fill(self.opened[:, :, None], 0.0)

    def some_are_out_of_reach(self, longest: Tensor, times: bool) -> bool:
        """Whether some client is farther than ``longest`` [B, D, N] from some depot, by distance or by time."""
        source = self.durations if times else self.distances
        alone = source.row(self.each_depot.expand(self.shape[0], -1)) <= longest
        return not bool((alone | ~self.clients | ~self.real_depot.transpose(1, 2)).all())

    def from_origin(self, values: Tensor, origin: Tensor) -> Tensor:
        """Rows of ``values`` [B, D, N] of the depots where routes began, [B, S]: broadcast to [B, S, N]."""
        if self.n_depots == 1:
            return values
        rows = torch.arange(self.shape[0], device=self.device)[:, None] * self.n_depots + origin
        return values.flatten(0, 1).index_select(0, rows.flatten()).view(*rows.shape, -1)
