"""Clients, shipments (our pairs) and groups in PyVRP's words."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.features import opening_hours
from routewright.solvers.pyvrp.draft import Draft

if TYPE_CHECKING:
    from pyvrp import Client, ClientGroup, Shipment

Integers = NDArray[np.int64]


def clients(draft: Draft, left: frozenset[int]) -> "list[Client]":
    """All clients but those in pairs; those of ``left`` need not be served.

    Of a client with several windows there is one of PyVRP's for each, and one of them is visited.
    """
    from pyvrp import Activity, ActivityType, Client

    instance, scaling = draft.instance, draft.scaling
    paired = {*instance.pairs.ravel().tolist()}
    _, _, service, delivery, pickup = _visits(draft)
    release, prize = scaling.later(instance.release), scaling.money(instance.prize)
    found: list[Client] = []
    for node in instance.clients:
        if node in paired:
            continue
        hours = opening_hours(instance, node)
        required = bool(instance.required[node])
        # Of those never visited all but one would be paid for.
        draft.constant -= 0 if required else (len(hours) - 1) * int(prize[node])
        for opening, closing in hours:
            opens, closes = scaling.span(opening, closing)
            draft.visit(node, Activity(ActivityType.CLIENT, len(found)))
            client = Client(
                location=node,
                delivery=delivery[node].tolist(),
                pickup=pickup[node].tolist(),
                service_duration=int(service[node]),
                tw_early=int(opens),
                tw_late=int(closes),
                release_time=int(release[node]),
                prize=0 if required else int(prize[node]),
                required=required and node not in left and len(hours) == 1,
                group=_join_group(draft, node, len(found), several=len(hours) > 1),
            )
            found.append(client)
    return found


def _join_group(draft: Draft, node: int, client: int, *, several: bool) -> int | None:
    """The group of PyVRP's that a client of its own belongs to."""
    group = int(draft.instance.group[node])
    if group < 0 and not several:
        return None
    key = ("group", group) if group >= 0 else ("windows", node)
    draft.members.setdefault(key, []).append(client)
    return list(draft.members).index(key)


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
        draft.visit(first, Activity(ActivityType.PICKUP, len(found)))
        draft.visit(second, Activity(ActivityType.DELIVERY, len(found)))
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


def groups(draft: Draft, left: frozenset[int], hopeless: frozenset[int]) -> "list[ClientGroup]":
    """Alternatives; call it after ``clients``, which finds them. Those of ``left`` and ``hopeless`` may stay absent."""
    from pyvrp import ClientGroup

    return [ClientGroup(found, _must(draft, key, left, hopeless)) for key, found in draft.members.items()]


def _must(draft: Draft, key: tuple[str, int], left: frozenset[int], hopeless: frozenset[int]) -> bool:
    kind, number = key
    if kind == "group":
        return number not in hopeless
    return bool(draft.instance.required[number]) and number not in left


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
