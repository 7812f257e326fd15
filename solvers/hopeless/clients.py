"""Clients and groups that no vehicle can serve, each with the reason."""

import numpy as np

from routewright.data.instance import MATRIX_LIMIT, Instance
from routewright.solvers.hopeless.pairs import parted
from routewright.solvers.hopeless.vehicles import reasons


def hopeless(instance: Instance) -> dict[int, str]:
    """Required clients that no vehicle can serve, each with the reason.

    A pair stands or falls together: both clients are named where one of them is required. Above
    ``MATRIX_LIMIT`` nodes nothing is proven but what needs no shortest ways.
    """
    wanted = instance.required.copy()
    for pair in instance.pairs.tolist():
        wanted[pair] = wanted[pair].any()
    named = _named(instance, wanted)
    return {node: named[node] for node in sorted(named) if wanted[node]}


def hopeless_groups(instance: Instance) -> dict[int, str]:
    """Groups none of whose clients can be served, each with the reason of its first client."""
    grouped = instance.group >= 0
    if not grouped.any():
        return {}
    named = _named(instance, grouped)
    found: dict[int, str] = {}
    for group in np.unique(instance.group[grouped]).tolist():
        members = np.flatnonzero(instance.group == group).tolist()
        if all(member in named for member in members):
            first = named[members[0]]
            found[group] = f"group {group} cannot be served: none of its {len(members)} clients can; {first}"
    return found


def _named(instance: Instance, wanted: np.ndarray) -> dict[int, str]:
    """Of the clients ``wanted`` [N] those that no vehicle can serve; and their mates."""
    found: dict[int, str] = {}
    for pair, reason in parted(instance).items():
        found |= dict.fromkeys(pair, f"pair {pair[0]}, {pair[1]} cannot be served: {reason}")
    # Direct ways are never shorter than shortest ones: mostly they settle it.
    if _doubtful(instance, wanted, shortest=False) and instance.n_nodes <= MATRIX_LIMIT:
        found |= _doubtful(instance, wanted, shortest=True)
    for pair in instance.pairs.tolist():
        for node, partner in (pair, pair[::-1]):
            if partner in found:
                found.setdefault(node, f"client {node} cannot be served: it makes a pair with client {partner}")
    return found


def _doubtful(instance: Instance, wanted: np.ndarray, *, shortest: bool) -> dict[int, str]:
    against: dict[int, list[str]] = {int(client): [] for client in instance.clients if wanted[client]}
    for vehicle in instance.vehicle_types:
        if vehicle.count == 0 or not against:
            continue
        known = reasons(instance, vehicle, shortest=shortest)
        for client in list(against):
            found = [reason.of(client) for reason in known if reason.wrong[client]]
            if found:
                against[client].append(found[0])
            else:
                del against[client]
    return {
        client: f"client {client} cannot be served: {' / '.join(dict.fromkeys(words))}"
        for client, words in against.items()
    }
