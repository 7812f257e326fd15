"""What there is to do: units, items, what lies close to what, and the keys of the insertion orders."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.search.kernel.rich.state import ORDERS, Asked
from routewright.solvers.search.kernel.walk.rules import Rules
from routewright.solvers.search.nearness import NEIGHBOURS
from routewright.solvers.search.rich.goal import HEAVIEST, HEAVY, Goal
from routewright.solvers.search.rich.visits import Visits

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]


def asked_of(instance: Instance, visits: Visits, rules: Rules, goal: Goal) -> Asked:
    """What the search has to do for ``instance``."""
    unit, unit_of = _units(visits)
    item_of, members, required = _items(instance, visits, unit)
    span = np.stack([rules.windows[..., 0].min(axis=1), rules.windows[..., 1].max(axis=1)], axis=1)
    span[rules.price < inf, 1] = inf
    return Asked(
        unit=unit,
        unit_of=unit_of,
        item_of=item_of,
        choice=np.array([one for units in members for one in units], dtype=np.int64),
        choice_at=np.cumsum([0, *map(len, members)]).astype(np.int64),
        required=required,
        near=_near(rules, visits),
        order=_orders(instance, visits, rules, unit[[units[0] if units else 0 for units in members], 0]),
        span=span,
        haste=1.0 if instance.speed_periods is None else 1.0 / float(instance.speed_periods[:, 1].max()),
        limited=visits.are_pieces,
        gains=bool((rules.charm < 0).any()),
        weight=HEAVY if goal.is_balanced else 0.0,
        rank=HEAVIEST if goal.is_balanced else 0.0,
        worth=goal.worth,
    )


def _units(visits: Visits) -> tuple[Int64, Int64]:
    """Visits of each unit [U, 2], and the unit of each visit."""
    count = len(visits.place)
    second = np.full(count, -1, dtype=np.int64)
    second[visits.mates[:, 0]] = visits.mates[:, 1]
    firsts = np.setdiff1d(np.arange(count), visits.mates[:, 1])
    unit = np.stack([firsts, second[firsts]], axis=1)
    unit_of = np.zeros(count, dtype=np.int64)
    for index, pair in enumerate(unit.tolist()):
        for visit in pair:
            if visit >= 0:
                unit_of[visit] = index
    return unit, unit_of


def _items(instance: Instance, visits: Visits, unit: Int64) -> tuple[Int64, list[list[int]], NDArray[np.bool_]]:
    """Items of each unit [U, 2], units of each item, and which items are required.

    A group is one item, whichever of its units does it. A pair with a required client is required.
    """
    item_of = np.full_like(unit, -1)
    members: list[list[int]] = []
    required: list[bool] = []
    groups: dict[int, int] = {}
    for index, pair in enumerate(unit.tolist()):
        clients = [int(visits.place[visit]) for visit in pair if visit >= 0]
        own = [int(instance.group[client]) for client in clients if instance.group[client] >= 0]
        must = any(instance.required[client] for client in clients)
        for group in own:
            if group not in groups:
                groups[group] = len(members)
                members.append([])
                required.append(True)
        items = [groups[group] for group in own]
        if not items:
            items = [len(members)]
            members.append([])
            required.append(must)
        if len(items) == 2 and items[0] == items[1]:
            continue  # both clients of a pair would be visited, but one of a group: never
        for side, item in enumerate(items):
            item_of[index, side] = item
            members[item].append(index)
    return item_of, members, np.array(required, dtype=bool)


def _near(rules: Rules, visits: Visits) -> Int64:
    """Visits by closeness to each [V, M], itself first."""
    road = rules.distance[rules.sort[0, 0]]
    key = road[np.ix_(visits.place, visits.place)]
    key = key + key.T
    np.fill_diagonal(key, -1.0)
    return np.ascontiguousarray(np.argsort(key, axis=1, kind="stable")[:, :NEIGHBOURS]).astype(np.int64)


def _orders(instance: Instance, visits: Visits, rules: Rules, first: Int64) -> Floats:
    """Load, distance from the depots, width, opening and closing of the window of each item [I, ORDERS]."""
    place = visits.place[first]
    brings, takes = visits.load(instance)
    doors = np.unique([vehicle.start for vehicle in instance.vehicle_types])
    order = np.zeros((len(first), ORDERS))
    order[:, 0] = (brings + takes)[first].sum(axis=1)
    order[:, 1] = rules.distance[0][np.ix_(doors, place)].min(axis=0)
    order[:, 3] = instance.windows[place, :, 0].min(axis=1)
    order[:, 4] = np.minimum(instance.windows[place, :, 1].max(axis=1), 1e15)
    order[:, 2] = order[:, 4] - order[:, 3]
    return order
