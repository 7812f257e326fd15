"""The arrays that kernels work on.

Legend: N nodes (doors of vehicles, then clients), M neighbours, R routes that can exist, S slots, L longest
route, K kinds of vehicles.

A door is a node where routes start or end. In the families capacity and windows node 0 is the only one,
and all vehicles are of kind 0. No door has a number below that of a kind: in a flat sequence of routes, the
kind of the vehicle stands after the clients of each.

A route's content lives in a *slot*, a row of the slot arrays. An iteration writes every route it
changes into a fresh slot, so that rejecting it only means pointing back to the old one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Nodes = NDArray[np.uint16]
Indices = NDArray[np.uint32]  # unsigned: numba need not ask whether an index counts from the end
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Random = NDArray[np.uint64]

FAR = 1 << 50
"""Above every cost, load and length: a limit that never binds."""
NEVER = 1 << 30
"""Above every time and every insertion cost that is stored in 32 bits."""
FORBIDDEN = NEVER + (1 << 25)
"""Cost of an arc that must not be used: an insertion beside it costs more than NEVER, whatever it saves."""

ASLEEP = -2
"""Route of a client whose group has another one on a route, or waiting."""

# Places in State.tally
FREE = 0  # free slots
ROUTES = 1  # routes in use: the first so many of State.order
STEP = 2  # iterations done in the life of the state
BANK = 3  # unserved clients: the first so many of State.bank
BEST_LENGTH = 4  # used length of State.best
FOCUS = 5  # clients around which ruins are drawn: the first so many of State.focus
ANCHOR = 6  # place in State.focus near which ruins are drawn at present
COUNTS = 7

# Columns of General.doors
START = 0
END = 1

# Columns of General.limits
CAPACITY = 0
LONGEST = 1  # largest sum of arc costs of a route
BUSIEST = 2  # largest sum of arc costs and work
LASTING = 3  # limit on the time from departure to return; NEVER for none
FIXED = 4  # cost of using a vehicle
COUNT = 5  # vehicles there are
LIMITS = 6

# Columns of State.sums
SIZE = 0  # clients
SPARE = 1  # capacity left
LENGTH = 2  # sum of arc costs
WORK = 3  # sum of Problem.work


class Problem(NamedTuple):
    """Arcs, clients and what limits a route; whole numbers only.

    An arc that no route may use costs FORBIDDEN. In the general family the limits of vehicles stand in
    ``General``; ``capacity`` is the largest there, ``longest``, ``busiest`` and ``fixed`` are not used.
    """

    cost: Int32  # [N, N] cost of an arc
    cost_in: Int32  # [N, N] its transpose (the same array where symmetric): row c holds arcs into c
    near: Nodes  # [N, M] clients by closeness to each client, itself first
    load: Int64  # [N]
    work: Int64  # [N] what a client adds to the length of a route beyond its arcs (service)
    prize: Int64  # [N] price of leaving a client out; FAR where it must be served
    capacity: int
    longest: int  # largest sum of arc costs of a route
    busiest: int  # largest sum of arc costs and work of a route
    fixed: int  # cost of using a vehicle
    fleet: int  # vehicles, at most R
    first: int  # number of the first client


class Times(NamedTuple):
    """Time windows; present in the windows family only."""

    travel: Int32  # [N, N]
    travel_in: Int32  # [N, N] transpose
    opens: Int32  # [N] earliest start of service
    closes: Int32  # [N] latest start of service
    service: Int32  # [N]
    leave: Int32  # [S, L+2] earliest departure of each stop, service done
    latest: Int32  # [S, L+2] latest arrival at each stop that keeps the rest of the route in time
    longest: int  # limit on the time from departure to return, waiting included; NEVER for none


class General(NamedTuple):
    """Kinds of vehicles, and pickups; present in the general family only.

    Costs are arcs times the rate of the kind, and the charm of the clients.
    """

    doors: Int64  # [K, 2] START and END
    limits: Int64  # [K, LIMITS]
    rate: Int64  # [K] price of a unit of an arc
    charm: Int64  # [K, N] price of a client beside the arcs; FAR where the kind may not visit it
    used: Int64  # [K] vehicles under way, in the iteration too
    kind: Int64  # [S] of the route in each slot
    pickup: Int64  # [N]
    pickup_spare: Int64  # [S] capacity that the pickups of a route leave
    remote: Int64  # [N] cost of the cheapest arc from a door
    alone: Int64  # [K, N] cost of a route with one client, the vehicle aside; FAR where it breaks a rule
    timed: bool  # whether any window binds
    choosy: bool  # whether charm is more than zeros
    picking: bool  # whether there are pickups
    grouped: bool  # whether there are groups, of which one client is visited
    members: Nodes  # [N, G] the clients of each one's group, itself among them; where grouped
    choices: Int64  # [N] how many of them there are
    asleep: int  # clients less groups
    before: Int64  # [N] of each of State.removed, the client of its group that was removed
    mixed: bool  # whether deliveries and pickups share the vehicle
    most_before: Int64  # [S, L+2] largest load on the arcs up to the one that leaves each stop; where mixed
    most_after: Int64  # [S, L+2] largest load on that arc and those that follow


class State(NamedTuple):
    """A solution under change, the best one seen, and scratch space."""

    stop: Nodes  # [S, L+2] door, clients, door
    arc: Int32  # [S, L+2] cost of the arc from each stop to the next
    sums: Int64  # [S, 4] SIZE, SPARE, LENGTH and WORK of the route
    slot: Indices  # [R] slot of each route
    old_slot: Int64  # [R] slot before this iteration, -1 for none; valid for touched routes
    touched_at: Int64  # [R] step that last changed the route
    version: Int32  # [R] grows when an accepted step changes the route
    order: Indices  # [R] routes in use by spare capacity, descending; then the unused ones
    order_spare: Int64  # [R] their spare capacity
    route_of: Int64  # [N] -1 for unserved; ASLEEP
    place: Int64  # [N] position in its route, or in the bank
    bank: Indices  # [N] unserved clients
    focus: Indices  # [N] clients around which ruins are drawn
    free: Indices  # [S] stack of free slots
    removed: Indices  # [N] clients to insert in this iteration
    key: Int64  # [N] sorting key of removed clients, then the route they went to
    touched: Indices  # [R] routes changed in this iteration
    known: Int32  # [N, R, 2] version of a route, cost of its cheapest insertion of the client
    known_at: NDArray[np.int16]  # [N, R] where that is
    best: Nodes  # [N + R + 1] clients of the best solution, the kind of the vehicle after each route
    tally: Int64  # [COUNTS]
    total: Int64  # [2] cost of the current solution, of the best
    random: Random  # [1]


class Settings(NamedTuple):
    """How an iteration is drawn (Christiaens & Vanden Berghe 2020)."""

    removals: float = 12.0  # mean number of clients removed
    string: float = 10.0  # longest string of clients removed from one route
    blink: float = 0.03  # probability of overlooking a better position
    grow: float = 0.5  # probability of sparing one client more inside a string
    daring: float = 0.1  # probability of serving an optional client at any price, for this iteration
