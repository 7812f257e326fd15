"""What the parts of PyVRP's model share while it is drawn up."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.scaling import Scaling

if TYPE_CHECKING:
    from pyvrp import Activity

Role = tuple[int, int, int, int]
"""Location, opening, closing and service of one of PyVRP's depots."""

HEAVIEST = 1_000
"""PyVRP's price of an overload is at most 1e5 per unit of load: a longest arc is to weigh no more than
this many largest loads, or no overload would ever be too expensive."""


@dataclass
class Draft:
    """An instance and what was given out so far.

    Attributes:
        instance: ours.
        scaling: of its numbers.
        roles: PyVRP's depots.
        activities: of each client; where it has several windows, of the first.
        nodes: our node of each activity, by kind (``ActivityType.name``) and index.
        members: PyVRP's clients of each of its groups: our group's number, or the node whose windows they are.
        constant: prizes lost in any case, which PyVRP does not know of.
    """

    instance: Instance
    scaling: Scaling
    roles: dict[Role, int] = field(default_factory=dict)
    activities: "dict[int, Activity]" = field(default_factory=dict)
    nodes: dict[tuple[str, int], int] = field(default_factory=dict)
    members: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    constant: int = 0

    @classmethod
    def of(cls, instance: Instance) -> "Draft":
        """An empty draft."""
        return cls(instance, _scaling(instance))

    def visit(self, node: int, activity: "Activity") -> None:
        """Note that an activity is a visit of a node."""
        self.activities.setdefault(node, activity)
        self.nodes[activity.type.name, activity.idx] = node

    def depot(self, role: Role) -> int:
        """PyVRP's depot for a role, a new one where there is none yet."""
        return self.roles.setdefault(role, len(self.roles))


def _scaling(instance: Instance) -> Scaling:
    scaling = Scaling.of(instance)
    longest = max(float(instance.distance_matrix(v.profile).max()) for v in instance.vehicle_types) * scaling.travel
    largest = float(np.maximum(instance.delivery, instance.pickup).max(initial=0)) * scaling.load
    if largest <= 0 or longest <= HEAVIEST * largest:
        return scaling
    return replace(scaling, load=scaling.load * int(longest / largest))
