"""The moves between two places. Each exchanges a part of one route with a part of another or of itself.

A move is (taken, given, turned). It takes ``taken`` clients, u the first, puts them next to v in
place of ``given`` clients beyond v, and puts these where the others were; ``turned`` reverses those
taken. (0, 0, 0) exchanges tails so that u comes next to v (2-opt*). (0, 0, 1) joins heads to heads
and tails to tails, which within a route reverses the part between (2-opt).

``way`` is 1 where u comes after v, -1 for the mirror image, in which it comes before. Instead of v a
depot can stand: position 0 for way 1, the last one for way -1.
"""

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import Problem
from routewright.solvers.search.kernel.polish_build import lay
from routewright.solvers.search.kernel.polish_tours import LAID, Tours

Part = tuple[int, int, int]
"""First and last position (first = last + 1 for a gap without clients), step -1 where it is reversed."""


@inlined
def parts(
    tours: Tours, a: int, p: int, b: int, q: int, way: int, taken: int, given: int, turned: int, timed: bool
) -> tuple[bool, Part, Part]:
    """The parts of slots a and b that a move from position p to position q exchanges.

    Returns:
        (whether there are such parts, that of a, that of b).
    """
    size_a = tours.size[a]
    size_b = tours.size[b]
    step = -1 if turned != 0 else 1
    if taken > 0:
        i = p if way == step else p - taken + 1
        j = i + taken - 1
        k = q + 1 if way > 0 else q - given
        m = k + given - 1
        # Neighbours change places if one is moved past the other: a move with given = 0.
        apart = a != b or m < i - 1 or k > j + 1
        return apart and i >= 1 and j <= size_a and k >= 1 and m <= size_b, (i, j, step), (k, m, 1)
    i = p if way == step else p + 1
    k = q + 1 if way > 0 else q
    if a != b:
        if turned == 0:
            return True, (i, size_a, 1), (k, size_b, 1)
        return not timed, (i, size_a, -1), (1, k - 1, -1)  # turned routes are hardly ever in time
    i, k = min(i, k), max(i, k)
    return turned != 0 and k > i + 1, (i, k - 1, -1), (k, k - 1, 1)


@inlined
def price(problem: Problem, tours: Tours, a: int, mine: Part, b: int, other: Part) -> int:
    """Cost of exchanging a part of slot a with one of slot b."""
    i, j, _ = mine
    k, m, _ = other
    in_place = a == b and k == j + 1 and m == j  # the part is only reversed where it is
    if in_place:
        k, m = i, j
    cost = 0
    for side in range(1 if in_place else 2):
        # Stops first..last of slot s go to where stops low..high of slot to were.
        s, part, to, low, high = (a, mine, b, k, m) if side == 0 else (b, other, a, i, j)
        first, last, step = part
        before = tours.stop[to, low - 1]
        after = tours.stop[to, high + 1]
        cost -= tours.ahead[to, high + 1] - tours.ahead[to, low - 1]
        if first > last:
            cost += problem.cost[before, after]
        elif step > 0:
            cost += tours.ahead[s, last] - tours.ahead[s, first]
            cost += problem.cost[before, tours.stop[s, first]] + problem.cost[tours.stop[s, last], after]
        else:
            cost += tours.back[s, last] - tours.back[s, first]
            cost += problem.cost[before, tours.stop[s, last]] + problem.cost[tours.stop[s, first], after]
    if a != b:
        lost = j - i - m + k
        before = (1 if tours.size[a] > 0 else 0) + (1 if tours.size[b] > 0 else 0)
        after = (1 if tours.size[a] > lost else 0) + (1 if tours.size[b] > -lost else 0)
        cost += problem.fixed * (after - before)
    return cost


@inlined
def fits(problem: Problem, tours: Tours, a: int, mine: Part, b: int, other: Part) -> bool:
    """Whether both vehicles can carry their loads after the exchange."""
    if a == b:
        return True
    more = tours.loaded[a, mine[1]] - tours.loaded[a, mine[0] - 1]
    more -= tours.loaded[b, other[1]] - tours.loaded[b, other[0] - 1]
    load_a = tours.loaded[a, tours.size[a]] - more
    load_b = tours.loaded[b, tours.size[b]] + more
    return load_a <= problem.capacity and load_b <= problem.capacity  # type: ignore[no-any-return]


@inlined
def plan(tours: Tours, a: int, mine: Part, b: int, other: Part) -> None:
    """Plan the routes of an exchange: that of a, then that of b if it is another one."""
    end = tours.size[a] + 1
    if a == b:
        if mine[0] > other[0]:
            mine, other = other, mine
        between, restart, again = (a, mine[1] + 1, other[0] - 1, 1), 1, 0
    else:
        between, restart, again = (a, mine[1] + 1, end, 1), 0, other[0] - 1
    i, j, step = mine
    k, m, turn = other
    if step < 0:
        i, j = j, i
    if turn < 0:
        k, m = m, k
    tours.tally[LAID] = 0
    pieces = (
        (a, 0, mine[0] - 1, 1), (b, k, m, turn), between, (b, restart, 0, 0 if a != b else 1),
        (b, 0, again if a != b else -1, 1), (a, i, j, step), (b, other[1] + 1, tours.size[b] + 1, 1), (b, 0, 0, 0),
    )  # fmt: skip
    lay(tours, pieces)
