"""An instance in PyVRP's words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from routewright.data.instance import Instance
from routewright.solvers.equivalent import Equivalent
from routewright.solvers.features import types_that_leave
from routewright.solvers.hopeless import hopeless, hopeless_groups
from routewright.solvers.pyvrp.draft import Draft
from routewright.solvers.pyvrp.fleet import reload_roles, vehicle_type
from routewright.solvers.pyvrp.ranked import by_rank
from routewright.solvers.pyvrp.roads import matrices, profile_key
from routewright.solvers.pyvrp.visits import clients, groups, shipments
from routewright.solvers.scaling import Scaling

if TYPE_CHECKING:
    from pyvrp import Activity, Location, ProblemData


@dataclass
class Model:
    """PyVRP's data and the way back.

    Attributes:
        original: ours.
        instance: with the same solutions, in words that PyVRP knows.
        scaling: of its numbers.
        data: PyVRP's.
        activities: of each client that it knows.
        nodes: our node of each activity, by kind (``ActivityType.name``) and index.
        types: our vehicle type of each of its own.
        reloads: its depot for each of our reload depots.
        depots: our depot of each of its own.
        constant: part of the cost that PyVRP does not know of.
        offset: as ``constant``, raw.
        complete: whether it must serve all required clients and groups, as none is hopeless.
    """

    original: Instance
    instance: Instance
    scaling: Scaling
    data: "ProblemData"
    activities: "dict[int, Activity]"
    nodes: dict[tuple[str, int], int]
    types: list[int]
    reloads: dict[int, int]
    depots: list[int]
    constant: int
    offset: float
    complete: bool


def build(original: Instance) -> Model:
    """The model of an instance that ``supports`` has let pass."""
    from pyvrp import Depot, ProblemData

    equivalent = Equivalent.of(by_rank(original))
    instance = equivalent.instance
    draft = Draft.of(instance)
    left, hopeless_ones = frozenset(hopeless(instance)), frozenset(hopeless_groups(instance))
    types = types_that_leave(instance)
    profiles = {key: index for index, key in enumerate(dict.fromkeys(profile_key(instance, t) for t in types))}
    vehicles = [vehicle_type(draft, instance.vehicle_types[t], profiles[profile_key(instance, t)]) for t in types]
    roads, times = zip(*(matrices(draft, key) for key in profiles), strict=True)
    data = ProblemData(
        locations=_locations(instance),
        clients=clients(draft, left),
        depots=[Depot(*role) for role in draft.roles],
        vehicle_types=vehicles,
        distance_matrices=list(roads),
        duration_matrices=list(times),
        groups=groups(draft, left, hopeless_ones),
        shipments=shipments(draft, left),
    )
    known = all(node in draft.activities for node in np.flatnonzero(instance.required))
    return Model(
        original=original,
        instance=instance,
        scaling=draft.scaling,
        data=data,
        activities=draft.activities,
        nodes=draft.nodes,
        types=types,
        reloads=reload_roles(draft),
        depots=[location for location, *_ in draft.roles],
        constant=draft.constant,
        offset=equivalent.constant,
        complete=known and not left and not hopeless_ones,
    )


def _locations(instance: Instance) -> "list[Location]":
    from pyvrp import Location

    coords = np.zeros((instance.n_nodes, 2)) if instance.coords is None else instance.coords
    return [*(Location(x, y) for x, y in coords.tolist()), Location(0, 0, name="nowhere")]
