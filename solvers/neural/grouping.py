"""Which instances are played at once: those of one policy, and of sizes that need little padding."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from routewright.data.batch.features import one_vehicle
from routewright.data.instance import Instance
from routewright.solvers.neural.checkpoints import Checkpoint

PADDING = 1.1
"""The largest instance of a group has at most so many times the nodes of the smallest."""

LARGEST = 1_024
"""Instances of a group: more would not be quicker, and answers would come late."""

PAIRS = 64_000_000
"""Of nodes in all distances of a group, should they be written out."""


def groups(instances: Sequence[Instance], chosen: Sequence[Checkpoint]) -> list[list[int]]:
    """Places of instances that belong together, the smallest ones first."""
    alike = defaultdict[Hashable, list[int]](list)
    for place, (instance, checkpoint) in enumerate(zip(instances, chosen, strict=True)):
        alike[_kind(instance, checkpoint)].append(place)
    return [group for places in alike.values() for group in _cut(instances, places)]


def _kind(instance: Instance, checkpoint: Checkpoint) -> Hashable:
    """What must be the same: the padding of a batch hides no doors from a policy that knows of one only."""
    ways = instance.distances is not None, instance.durations is not None, instance.rounding, instance.metric
    fleet = len(instance.vehicle_types), one_vehicle(instance)
    return checkpoint, instance.n_clients == 0, instance.n_loads, *fleet, *ways


def _cut(instances: Sequence[Instance], places: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for place in sorted(places, key=lambda each: instances[each].n_nodes):
        nodes = instances[place].n_nodes
        group = found[-1] if found else []
        least = instances[group[0]].n_nodes if group else 0
        if not group or nodes > PADDING * least or len(group) >= min(LARGEST, max(1, PAIRS // nodes**2)):
            found.append([])
        found[-1].append(place)
    return found
