"""Electric vehicles: energy falls with distance, charging stations fill it up."""

import torch
from torch import Tensor

from routewright.envs.by_door import ByDoor
from routewright.envs.constraints.base import Constraint, Fields, Move
from routewright.envs.legs import Legs
from routewright.envs.problem import Problem


class Battery(Constraint):
    """A vehicle goes only where it can go on to a station, or home (Schneider, Stenger & Goeke 2014).

    Stations fill the battery. Between two clients each station is called at once at most: to come back to it before
    any client is served is never of use.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        batch = problem.batch
        capacity, use = batch["battery"], batch["energy_use"]
        self._slack = problem.slack(torch.zeros_like(capacity))
        self._full, self._use, self._recharge = (ByDoor(values) for values in (capacity, use, batch["recharge"]))
        self._first = problem.first_station
        self._home = use[..., None] * problem.way_home(times=False)  # [B, D, N] energy
        self._needed = ByDoor(self._needed_on_arrival(capacity, use) - self._slack[..., None])
        self._station = problem.stations

    def _needed_on_arrival(self, capacity: Tensor, use: Tensor) -> Tensor:
        """[B, D, N] energy that a vehicle of each door must have left at a node; inf where there is no way on."""
        problem, batch = self.problem, self.problem.batch
        shape = (problem.shape[0], problem.n_doors)
        rescue = torch.full((*shape, problem.n_nodes, problem.n_stations), torch.inf, device=problem.device)
        rescue = rescue.to(problem.dtype)  # energy from each node to each station
        door = problem.each_door.expand(shape)
        for place in range(problem.n_stations):
            station = torch.full_like(door, self._first + place)
            rescue[..., place] = use[..., None] * problem.distances.column(station, door)
        usable = (batch["stations"][:, None] & (use > 0.0)[..., None]).expand(*shape, -1)  # [B, D, M]
        full = (capacity + self._slack)[..., None]
        between = rescue[:, :, self._first :, :] <= full[..., None]  # [B, D, M from, M to]
        saved = usable & (self._home[:, :, self._first :] <= full)  # a way home exists
        for _ in range(problem.n_stations):
            saved = saved | (usable & (between & saved[:, :, None, :]).any(-1))
        safe = rescue.masked_fill(~saved[:, :, None, :], torch.inf)
        needed: Tensor = torch.cat([self._home[..., None], safe], dim=-1).amin(-1)
        needed[:, :, self._first :] = torch.where(saved, 0.0, torch.inf)
        return needed

    @classmethod
    def applies(cls, problem: Problem) -> bool:
        """See ``Constraint``."""
        return "stations" in problem.batch

    def start(self) -> Fields:
        """See ``Constraint``."""
        problem = self.problem
        return {
            "energy": problem.filled(problem.batch["battery"][:, :1]),
            "astray": problem.filled(0, dtype=torch.bool),
            "useful": problem.filled(0, dtype=torch.bool),
            "free": problem.filled(problem.visitable, problem.n_nodes, dtype=torch.bool),
        }

    def update(self, fields: Fields, move: Move) -> Fields:
        """See ``Constraint``."""
        left = fields["energy"] - self._use.at(fields["origin"]) * move.distance
        filled = move.closes | (move.action >= self._first)
        slack = self._slack[:, :1]
        return {
            "energy": torch.where(filled, self._full.at(move.origin), left),
            "astray": fields["astray"] | (left < -slack) | (move.closes & fields["on_road"] & ~fields["useful"]),
            "useful": (fields["useful"] & ~move.closes) | move.serves,
        }

    def released(self, free: Tensor, fields: Fields, move: Move) -> Tensor:
        """See ``Constraint``: after a client, and on a new route, all stations once more."""
        renewed = move.serves | (move.closes & fields["useful"])
        return free.logical_or_(self._station[:, None] & renewed[..., None])

    def fits(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        door = fields["origin"]
        needed = self._use.at(door)[..., None] * legs.distances + self._needed.at(door)
        return torch.le(needed, fields["energy"][..., None], out=torch.empty_like(needed))

    def charging_time(self, fields: Fields, legs: Legs) -> Tensor:
        """See ``Constraint``."""
        door = fields["origin"]
        missing = self._full.at(door) - fields["energy"]
        taken = missing[..., None] + self._use.at(door)[..., None] * legs.distances
        return taken.mul_(self._recharge.at(door)[..., None]).mul_(self._station[:, None])

    def may_close(self, fields: Fields) -> Tensor:
        """See ``Constraint``."""
        way = self.problem.at_door(self._home, fields["origin"], fields["node"])
        return fields["useful"] & (way <= fields["energy"] + self._slack[:, :1])

    def failed(self, fields: Fields) -> Tensor:
        """See ``Constraint``: where nothing else was legal, a vehicle ran dry or came home from stations only."""
        return fields["astray"]

    def may_strand(self) -> bool:
        """See ``Constraint``."""
        return True
