"""Every neighbour of some routes under every move of the polish, by plain list surgery."""

from collections.abc import Callable, Iterator
from itertools import combinations, permutations

Tour = list[int]
Tours = list[Tour]


def segments(tour: Tour, length: int) -> Iterator[tuple[Tour, Tour, Tour]]:
    """Every (before, segment of that length, after)."""
    for i in range(len(tour) - length + 1):
        yield tour[:i], tour[i : i + length], tour[i + length :]


def changed(tours: Tours, new: dict[int, Tour]) -> Tours:
    return [new.get(r, tour) for r, tour in enumerate(tours)]


def relocate(length: int, turn: bool) -> Callable[[Tours], Iterator[Tours]]:
    def moves(tours: Tours) -> Iterator[Tours]:
        for r, tour in enumerate(tours):
            for before, segment, after in segments(tour, length):
                moved = segment[::-1] if turn else segment
                without = changed(tours, {r: before + after})
                for t, other in enumerate(without):
                    for i in range(len(other) + 1):
                        yield changed(without, {t: other[:i] + moved + other[i:]})

    return moves


def swap(length: int, other_length: int) -> Callable[[Tours], Iterator[Tours]]:
    def moves(tours: Tours) -> Iterator[Tours]:
        for r, t in permutations(range(len(tours)), 2):
            for a, first, b in segments(tours[r], length):
                for c, second, d in segments(tours[t], other_length):
                    yield changed(tours, {r: a + second + b, t: c + first + d})
        for r, tour in enumerate(tours):
            for one, two in {(length, other_length), (other_length, length)}:
                for a, first, rest in segments(tour, one):
                    for b, second, c in segments(rest, two):
                        yield changed(tours, {r: a + second + b + first + c})

    return moves


def two_opt(tours: Tours) -> Iterator[Tours]:
    for r, tour in enumerate(tours):
        for i, j in combinations(range(len(tour) + 1), 2):
            yield changed(tours, {r: tour[:i] + tour[i:j][::-1] + tour[j:]})


def two_opt_star(tours: Tours) -> Iterator[Tours]:
    for r, t in combinations(range(len(tours)), 2):
        a, b = tours[r], tours[t]
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                yield changed(tours, {r: a[:i] + b[j:], t: b[:j] + a[i:]})


def two_opt_star_turned(tours: Tours) -> Iterator[Tours]:
    for r, t in permutations(range(len(tours)), 2):
        a, b = tours[r], tours[t]
        for i in range(len(a) + 1):
            for j in range(len(b) + 1):
                yield changed(tours, {r: a[:i] + b[:j][::-1], t: a[i:][::-1] + b[j:]})


def swap_star(tours: Tours) -> Iterator[Tours]:
    for r, t in combinations(range(len(tours)), 2):
        for a, u, b in segments(tours[r], 1):
            for c, v, d in segments(tours[t], 1):
                for i in range(len(a + b) + 1):
                    for j in range(len(c + d) + 1):
                        yield changed(tours, {r: (a + b)[:i] + v + (a + b)[i:], t: (c + d)[:j] + u + (c + d)[j:]})


MOVES: dict[str, Callable[[Tours], Iterator[Tours]]] = {
    "relocate 1": relocate(1, turn=False),
    "relocate 2": relocate(2, turn=False),
    "relocate 2 reversed": relocate(2, turn=True),
    "relocate 3": relocate(3, turn=False),
    "relocate 3 reversed": relocate(3, turn=True),
    "swap 1-1": swap(1, 1),
    "swap 2-1": swap(2, 1),
    "swap 2-2": swap(2, 2),
    "2-opt": two_opt,
    "2-opt*": two_opt_star,
    "2-opt* turned": two_opt_star_turned,
    "SWAP*": swap_star,
}
