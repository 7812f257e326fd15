"""Loads on board along a course (docs/problem.md, 5 and 6)."""

import numpy as np
from numpy.typing import NDArray

from routewright.data.instance import Instance

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Quantities = tuple[tuple[tuple[float, ...], ...], ...]


def on_board(
    instance: Instance, node: Integers, spans: tuple[tuple[int, int], ...], quantities: Quantities | None
) -> Floats:
    """Load [S, K] when leaving each position; at an end depot, what comes home.

    Args:
        instance: the problem.
        node: [S] the positions of a route.
        spans: positions [first, past the last) of each trip, the depot it leaves included.
        quantities: of ``Route``: what a split visit handles instead of the client's whole load.
    """
    delivery, pickup = instance.delivery[node], instance.pickup[node]
    if quantities is not None:
        _share(delivery, pickup, spans, quantities)
    from_depot = delivery
    if len(instance.pairs):
        from_depot = np.where(np.isin(node, instance.pairs[:, 1])[:, None], 0.0, delivery)
    load = pickup - delivery
    for first, last in spans:
        load[first] = from_depot[first + 1 : last].sum(axis=0)
        np.cumsum(load[first:last], axis=0, out=load[first:last])
    load[spans[-1][1] :] = load[spans[-1][1] - 1]
    return load


def _share(delivery: Floats, pickup: Floats, spans: tuple[tuple[int, int], ...], quantities: Quantities) -> None:
    """Put the handled quantities in place of deliveries, else of pickups; beside a delivery, a pickup follows it."""
    for (first, last), trip in zip(spans, quantities, strict=True):
        brought, taken = delivery[first + 1 : last], pickup[first + 1 : last]
        handled = np.array(trip, dtype=np.float64).reshape(brought.shape)
        ratio = np.divide(handled, brought, out=np.ones_like(brought), where=brought > 0)
        taken[:] = np.where(brought > 0, taken * ratio, handled)
        brought[:] = np.where(brought > 0, handled, 0.0)
