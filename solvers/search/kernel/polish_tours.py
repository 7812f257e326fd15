"""The routes that the polish works on, with sums along them so that a move is priced in constant time."""

from typing import NamedTuple

from routewright.solvers.search.kernel.model import Int64, Nodes

SPARE_SLOTS = 4
"""Two for the routes being built, two for the best ones of a SWAP*."""
PIECES = 12

# Places in Tours.tally
CLOCK = 0  # counts changes
SAVED = 1  # what moves saved
LAID = 2  # used rows of Tours.plan
COUNTS = 3


class Tours(NamedTuple):
    """Routes under change. R routes, of which some may be empty; S = R + 4 slots; L longest route."""

    stop: Nodes  # [S, L+2] depot, clients, depot
    ahead: Int64  # [S, L+2] arc costs from the depot to each stop
    back: Int64  # [S, L+2] the same stretch driven in the other direction
    loaded: Int64  # [S, L+2] load of the clients up to each stop
    size: Int64  # [S] clients
    slot: Int64  # [S] slot of each route; behind them the spare ones
    changed: Int64  # [R] clock of the last change
    tested: Int64  # [N] clock of the last test of each client
    matched: Int64  # [R] clock of the last SWAP* of each route
    route_of: Int64  # [N] -1 for unserved
    place: Int64  # [N] position in its route
    order: Int64  # [N-1] clients in the order in which they are tested
    plan: Int64  # [PIECES, 4] pieces of new routes: slot, first and last position, step; step 0 ends a route
    relief: Int64  # [2, L+2] what SWAP* saves by taking out each client of two routes
    dear: Int64  # [2, L+2, PLACES] its cheapest insertions into the other route, ascending
    dear_at: Int64  # [2, L+2, PLACES] positions they follow, -1 for none
    near_route: Int64  # [R] which route it is near to
    tally: Int64  # [COUNTS]
