"""The arrays that a walk reads, and those that it scribbles on.

Legend: N nodes of the instance, V visits (clients, or pieces of them where deliveries are split), K kinds
of vehicles, D load dimensions, W windows, P tables of distance or of time, F pieces of functions.

All numbers are raw units in float64, which is exact where those of the instance are whole. Limits are
widened by a hair where they are not (see ``rich.rules``).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]

NONE = np.inf
"""Cost of a walk that breaks a rule, a limit that never binds."""

# Columns of Rules.kind
FIXED = 0
PER_DISTANCE = 1
PER_DURATION = 2
FIRST = 3  # earliest departure: shift and opening of the start depot
LAST = 4  # closing of the start depot
USEFUL = 5  # leaving later than this only shifts the route
SHIFT_END = 6
MAX_DISTANCE = 7
MAX_DURATION = 8
LONGEST = 9  # overtime included
PER_OVERTIME = 10
BATTERY = 11  # infinite without one
USE = 12
RECHARGE = 13
SLACK = 14  # energy that may be missing
KIND_NUMBERS = 15

# Columns of Rules.sort
DISTANCES = 0  # which table of distances
TIMES = 1  # which table of times
START = 2  # depot
END = 3  # depot, -1 for an open route
COUNT = 4  # vehicles there are
TRIPS = 5  # trips of a route at most
RELOADS = 6  # first of its reload depots in Rules.depots
RELOADS_END = 7
RESTS = 8  # first of its breaks in Rules.rests
RESTS_END = 9
CLOCK = 10  # how time is followed, see below
LAZY = 11  # whether charging is decided afterwards (see ``energy``)
SHORTCUT = 12  # whether the way over a depot or a station may be shorter than the arc
SURE = 13  # whether bounds on time, loads and arcs say all of a route (see ``single``)
SIMPLE = 14  # whether to reload is all that is decided on the way (see ``reloads``)
KIND_SORTS = 15

# Values of CLOCK
TIMELESS = 0  # time neither costs nor is limited
POINT = 1  # the earliest departure is best
SEGMENT = 2  # the departure is free, windows are single and hard
PIECES = 3  # the departure is free, and time a piecewise linear function of it

# Columns of Rules.about
PLACE = 0  # node
MATE = 1  # the other visit of a pair, or -1
SECOND = 2  # 1 for the second visit of a pair
GIVES = 3  # 1 where something is delivered
TAKES = 4  # 1 where something is picked up

# Columns of Rules.load
GIVEN = 0  # from the depot
TAKEN = 1
HANDED = 2  # delivered, out of what the first of a pair took

# Columns of a piece of a function
LOW = 0
HIGH = 1
OFFSET = 2
RATE = 3
FEE = 4
FEE_RATE = 5
PIECE = 6

# Columns of Pool.number
MONEY = 0  # cost without what hangs on the clock
READY = 0  # in ``reloads``: when the next trip may leave
DISTANCE = 1
ENERGY = 2  # that is there without delaying anything
MOST = 3  # that could be there, had more been taken at the last station
DUE = 4  # earliest start of the breaks that were passed over
CHARGED = 5  # taken at the last station
CHARGE = 6  # taken at the station before: final once the next station or depot is reached
NUMBERS = 7

# Columns of Pool.mark
AT = 0  # node
BEFORE = 1  # label it came from
EVENT = 2
REACH = 3  # clients from here on are beyond the present trip
CAME = 3  # in ``reloads``: label of the trip before
TRIP = 4  # trips begun
REST = 5  # next break
SINCE = 6  # place in the sequence of the first client of the trip
STATIONS = 7  # visited one after another
MARKS = 8

# Values of EVENT
LEAVE = 0
VISIT = 1
CHARGING = 2
RELOADING = 3
RETURN = 4


class Rules(NamedTuple):
    """What is asked; never changed."""

    distance: Floats  # [P, N, N]
    time: Floats  # [P, N, N] plain travel time
    kind: Floats  # [K, KIND_NUMBERS]
    sort: Int64  # [K, KIND_SORTS]
    capacity: Floats  # [K, D]
    charm: Floats  # [K, V] what visiting costs beside the way: preference less prize; NONE where not allowed
    load: Floats  # [V, 3, D]
    about: Int64  # [V, 5]
    release: Floats  # [V]
    service: Floats  # [N]
    windows: Floats  # [N + depots, W, 2] the last rows: of depots where routes end
    price: Floats  # [N + depots] of lateness; NONE for hard windows
    opening: Floats  # [F, PIECE] service start by arrival, as pieces
    opening_at: Int64  # [N + depots + 1] where those of a row begin
    speeds: Floats  # [R, 3] period: start, factor, progress at its start; no rows at constant speed
    rests: Floats  # [B, 4] break: earliest, latest, duration, whether it may be passed over
    depots: Int64  # reload depots of all kinds
    stations: Int64  # [N, C] the nearest stations of each node
    many: bool  # whether there are more
    classic: bool  # deliveries before pickups


class Pool(NamedTuple):
    """Scratch space of a walk."""

    route: Int64  # [L] the visits to be walked
    reach: Int64  # [L] REACH of a trip that begins at each, -1 where not known yet
    ahead: Floats  # [L + 1] distance from each visit to the end, not counting detours
    piece: Floats  # [labels + 2, pieces, PIECE]
    pieces: Int64  # [labels + 2]
    number: Floats  # [labels + 2, NUMBERS]
    mark: Int64  # [labels + 2, MARKS]
    list: Int64  # [LISTS, labels]
    leg: Floats  # [2 R + 3, PIECE] travel time as a function
    tally: Int64  # [TALLIES]


# Rows of Pool.list
GAP = 0  # at the last client, and at stations and depots after it
NEXT = 1  # at the next client
ARRIVED = 2  # at the node under consideration
LISTS = 3

# Places in Pool.tally
FREE = 0  # labels in use
BEST = 1  # label of the best end
TALLIES = 2
