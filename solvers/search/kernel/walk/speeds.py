"""Travel through periods of different speed (docs/problem.md, 9; Ichoua, Gendreau & Potvin 2003)."""

import numpy as np

from routewright.solvers.search.kernel.jit import called
from routewright.solvers.search.kernel.walk.rules import FEE, FEE_RATE, HIGH, LOW, OFFSET, RATE, Floats


@called
def progress(speeds: Floats, clock: float) -> float:
    """How far plain travel time has got at ``clock``."""
    row = 0
    while row + 1 < speeds.shape[0] and speeds[row + 1, 0] <= clock:
        row += 1
    return speeds[row, 2] + speeds[row, 1] * (clock - speeds[row, 0])  # type: ignore[no-any-return]


@called
def reached(speeds: Floats, grown: float) -> float:
    """The time at which progress is ``grown``."""
    row = 0
    while row + 1 < speeds.shape[0] and speeds[row + 1, 2] <= grown:
        row += 1
    return speeds[row, 0] + (grown - speeds[row, 2]) / speeds[row, 1]  # type: ignore[no-any-return]


@called
def factor(speeds: Floats, clock: float) -> float:
    """Speed at ``clock``."""
    row = 0
    while row + 1 < speeds.shape[0] and speeds[row + 1, 0] <= clock:
        row += 1
    return speeds[row, 1]  # type: ignore[no-any-return]


@called
def arrival(speeds: Floats, leave: float, plain: float) -> float:
    """Arrival after a leg of ``plain`` time that starts at ``leave``."""
    if speeds.shape[0] == 0 or plain == 0.0:
        return leave + plain
    return reached(speeds, progress(speeds, leave) + plain)


@called
def travel(speeds: Floats, plain: float, leg: Floats) -> int:
    """Write arrival by departure into ``leg`` as pieces, and return how many."""
    if plain == 0.0:
        leg[0, LOW] = -np.inf
        leg[0, HIGH] = np.inf
        leg[0, OFFSET] = 0.0
        leg[0, RATE] = 1.0
        leg[0, FEE] = 0.0
        leg[0, FEE_RATE] = 0.0
        return 1
    # The bends are where the speed changes while leaving, or would while arriving.
    changes = speeds.shape[0] - 1
    leaving = 0
    arriving = 0
    count = 0
    low = -np.inf
    while True:
        high = np.inf
        if leaving < changes:
            high = speeds[leaving + 1, 0]
        if arriving < changes:
            high = min(high, reached(speeds, speeds[arriving + 1, 2] - plain))
        while leaving < changes and speeds[leaving + 1, 0] <= high:
            leaving += 1
        while arriving < changes and reached(speeds, speeds[arriving + 1, 2] - plain) <= high:
            arriving += 1
        inside = (low + high) / 2.0
        if low == -np.inf:
            inside = high - 1.0 if high < np.inf else 0.0
        elif high == np.inf:
            inside = low + 1.0
        there = arrival(speeds, inside, plain)
        rate = factor(speeds, inside) / factor(speeds, there)
        leg[count, LOW] = low
        leg[count, HIGH] = high
        leg[count, OFFSET] = there - rate * inside
        leg[count, RATE] = rate
        leg[count, FEE] = 0.0
        leg[count, FEE_RATE] = 0.0
        count += 1
        if high == np.inf:
            return count
        low = high
