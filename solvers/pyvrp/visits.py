"""Clients, shipments (our pairs) and groups in PyVRP's words."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance
from routewright.solvers.pyvrp.draft import Draft

if TYPE_CHECKING:
    from pyvrp import Client, ClientGroup, Shipment

Integers = NDArray[np.int64]


def clients(draft: Draft, left: frozenset[int]) -> "list[Client]":
    """All clients but those in pairs; those of ``left`` need not be served."""
    from pyvrp import Activity, ActivityType, Client

    instance, scaling = draft.instance, draft.scaling
    group_index = {group: index for index, group in enumerate(_group_members(instance))}
    paired = {*instance.pairs.ravel().tolist()}
    opens, closes, service, delivery, pickup = _visits(draft)
    release, prize = scaling.later(instance.release), scaling.money(instance.prize)
    found: list[Client] = []
    for node in instance.clients:
        if node in paired:
            continue
        draft.activities[node] = Activity(ActivityType.CLIENT, len(found))
        required = bool(instance.required[node])
        client = Client(
            location=node,
            delivery=delivery[node].tolist(),
            pickup=pickup[node].tolist(),
            service_duration=int(service[node]),
            tw_early=int(opens[node]),
            tw_late=int(closes[node]),
            release_time=int(release[node]),
            prize=0 if required else int(prize[node]),
            required=required and node not in left,
            group=group_index.get(int(instance.group[node])),
        )
        found.append(client)
    return found


def shipments(draft: Draft, left: frozenset[int]) -> "list[Shipment]":
    """One for each pair; those with a client of ``left`` need not be served.

    PyVRP refuses a pair whose second client closes before the first one opens; it is left out.
    """
    from pyvrp import Activity, ActivityType, Shipment

    instance = draft.instance
    opens, closes, service, _, pickup = _visits(draft)
    prize = draft.scaling.money(instance.prize)
    found: list[Shipment] = []
    for first, second in instance.pairs.tolist():
        required = bool(instance.required[first])
        if closes[second] < opens[first]:
            draft.constant += 0 if required else int(prize[first] + prize[second])
            continue
        draft.activities[first] = Activity(ActivityType.PICKUP, len(found))
        draft.activities[second] = Activity(ActivityType.DELIVERY, len(found))
        shipment = Shipment(
            first,
            second,
            pickup_tw_early=int(opens[first]),
            pickup_tw_late=int(closes[first]),
            pickup_service_duration=int(service[first]),
            delivery_tw_early=int(opens[second]),
            delivery_tw_late=int(closes[second]),
            delivery_service_duration=int(service[second]),
            amount=pickup[first].tolist(),
            prize=0 if required else int(prize[first] + prize[second]),
            required=required and not left & {first, second},
        )
        found.append(shipment)
    return found


def _group_members(instance: Instance) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for node in instance.clients:
        if instance.group[node] >= 0:
            members.setdefault(int(instance.group[node]), []).append(node)
    return members


def groups(draft: Draft) -> "list[ClientGroup]":
    """Call it after ``clients``, which numbers them."""
    from pyvrp import ClientGroup

    members = _group_members(draft.instance)
    return [ClientGroup([draft.activities[node].idx for node in nodes]) for nodes in members.values()]


def _visits(draft: Draft) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    instance, scaling = draft.instance, draft.scaling
    opens, closes = scaling.span(instance.windows[..., 0].min(axis=1), instance.windows[..., 1].max(axis=1))
    return (
        opens,
        closes,
        scaling.later(instance.service),
        scaling.up(instance.delivery, scaling.load),
        scaling.up(instance.pickup, scaling.load),
    )
