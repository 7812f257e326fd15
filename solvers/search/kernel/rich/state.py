"""The arrays of the search over sequences.

Legend: V visits, U units (what is inserted at once: a visit, or both of a pair), I items (what must or may be
done: one unit, or one of a group), K kinds of vehicles, R routes that can exist, S slots, L longest route,
D load dimensions, M neighbours.

As in ``kernel.model`` a route's content lives in a slot, and an iteration writes what it changes into fresh
ones. An item is absent while no unit of it is on a route.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routewright.solvers.search.kernel.model import Random

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]
Walk = Callable[..., tuple[float, float]]
"""``walk.route.walk``, compiled apart."""
Place = Callable[..., tuple[float, int, int, int]]
"""``insert.best_route``, compiled apart."""

# Places in State.tally
ROUTES = 0  # in use: the first so many of State.order
FREE = 1  # free slots
STEP = 2
ITEMS = 3  # listed in this iteration
TOUCHED = 4
ABSENT = 5  # required items that are absent
BEST_ABSENT = 6  # of the best solution
BEST_LENGTH = 7
LIMIT = 8  # routes allowed at present
TALLIES = 9

# Places in State.total
ENERGY = 0  # what annealing compares
BEST = 1  # rank of the best solution
LONGEST = 2  # longest route of the present one, where that counts
TOTALS = 3

# Columns of Asked.order: keys by which items are inserted
LOAD = 0
REMOTE = 1
WIDTH = 2
OPENS = 3
CLOSES = 4
ORDERS = 5

# Commands
IMPROVE = 0
LOAD_BEST = 1  # take State.best as the present solution
TRACE = 2


class Asked(NamedTuple):
    """What there is to do, beside the rules of routes."""

    unit: Int64  # [U, 2] visits, the second -1 for none
    unit_of: Int64  # [V]
    item_of: Int64  # [U, 2] items that the unit does, the second -1 for none
    choice: Int64  # [...] units of item 0, of item 1, ...
    choice_at: Int64  # [I + 1]
    required: NDArray[np.bool_]  # [I]
    near: Int64  # [V, M] visits by closeness, itself first
    order: Floats  # [I, ORDERS]
    span: Floats  # [N + depots, 2] first opening, last hard closing
    haste: float  # shortest travel time per plain time
    limited: bool  # whether pieces of a client exist
    gains: bool  # whether an insertion may pay
    weight: float  # of the longest route in ENERGY; 0 where only costs count
    rank: float  # of the longest route in the rank of solutions
    worth: float  # what all prizes together add to the cost


class State(NamedTuple):
    """A solution under change, the best one seen, and scratch space."""

    seq: Int64  # [S, L] visits
    size: Int64  # [S]
    kind: Int64  # [S]
    money: Floats  # [S] what the walk says
    far: Floats  # [S] distance
    leave: Floats  # [S, L + 2] no stop is left earlier
    latest: Floats  # [S, L + 2] no stop may be reached later
    given: Floats  # [S, D]
    taken: Floats  # [S, D] by visits that are no pairs
    slot: Int64  # [R]
    old: Int64  # [R] slot before this iteration, -1 for none
    touched_at: Int64  # [R] step
    version: Int64  # [R]
    touched: Int64  # [R]
    order: Int64  # [R] routes in use, then the others
    free: Int64  # [S] stack
    route_of: Int64  # [V] -1 for none
    spot: Int64  # [V] place on its route
    used: Int64  # [K] vehicles under way
    served: Int64  # [I] unit that does the item, -1 for none
    listed: Int64  # [I] items of this iteration
    listed_at: Int64  # [I] step
    was: Int64  # [I] served before this iteration
    key: Floats  # [I]
    absence: Floats  # [I] how often the item was left out
    alone: Floats  # [K, U] cost of a route with this unit alone
    alone_far: Floats  # [K, U] its distance
    known: Floats  # [U, R, 2] cheapest insertion, and the distance then
    known_at: Int64  # [U, R, 3] version, places
    bound: Floats  # [L]
    mark: Int64  # [V] step
    best: Int64  # [V + R] visits, after each route -1 less its kind
    tally: Int64  # [TALLIES]
    total: Floats  # [TOTALS]
    random: Random  # [1]
    nodes: Int64  # [T] trace, see ``walk.trace``
    events: Int64  # [T]
    charges: Floats  # [T]
