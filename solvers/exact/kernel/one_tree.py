"""Shortest 1-trees, and penalties that make them longer: Held & Karp (1970, 1971).

A 1-tree is a spanning tree of all cities but the first, and two ways from the first. Every tour is one, so the shortest
1-tree is never longer than the shortest tour; a penalty on each way that ends at a city changes all tours alike.
"""

from typing import NamedTuple

import numpy as np

from routewright.solvers.lk.kernel.model import Asked, Cities, Int64
from routewright.solvers.lk.kernel.ways import way
from routewright.solvers.search.kernel.jit import inlined, kernel

FRESH, STALE = 0.6, 0.4
"""Shares of this tree's and the last one's degrees in a step: Volgenant & Jonker (1982)."""

LONGEST, TRIED, IS_TOUR = TALLY = range(3)
"""Places of ``Ascent.tally``: length of the longest 1-tree, penalties taken off; trees; whether the last is a tour."""


class Ascent(NamedTuple):
    """Penalties and the tree that they lead to, in units ``precision`` times finer than ways.

    Attributes:
        penalty: [n] of each city.
        best: [n] penalties of the longest tree.
        degree: [n] ways at each city.
        last: [n] ways at each city in the tree before.
        away: [n] shortest way to the tree that grows.
        towards: [n] where that way ends.
        outside: [n] cities that are not in the tree yet.
        tally: see LONGEST and the following.
    """

    penalty: Int64
    best: Int64
    degree: Cities
    last: Cities
    away: Int64
    towards: Cities
    outside: Cities
    tally: Int64


def flat(cities: int) -> Ascent:
    """Without penalties."""
    penalty, best, away = (np.zeros(cities, np.int64) for _ in range(3))
    degree, towards, outside = (np.zeros(cities, np.int32) for _ in range(3))
    tally = np.array([np.iinfo(np.int64).min, 0, 0], dtype=np.int64)
    return Ascent(penalty, best, degree, np.full(cities, 2, np.int32), away, towards, outside, tally)


@kernel
def ascend(asked: Asked, ascent: Ascent, times: int, step: float, precision: int) -> None:
    """So many trees; after each, penalties grow where more than two ways end and fall where there is one.

    Args:
        asked: cities, at least three.
        ascent: is changed.
        times: trees.
        step: of a penalty for a way too many.
        precision: units of penalties in one of ways.
    """
    n = ascent.penalty.shape[0]
    for _ in range(times):
        length = _tree(asked, ascent, precision)
        is_tour = True
        for city in range(n):
            length -= 2 * ascent.penalty[city]
            is_tour &= ascent.degree[city] == 2
        ascent.tally[TRIED] += 1
        ascent.tally[IS_TOUR] = is_tour
        if length > ascent.tally[LONGEST]:
            ascent.tally[LONGEST] = length
            for city in range(n):
                ascent.best[city] = ascent.penalty[city]
        if is_tour:
            return
        for city in range(n):
            more = FRESH * (ascent.degree[city] - 2) + STALE * (ascent.last[city] - 2)
            ascent.penalty[city] += np.int64(step * more)
            ascent.last[city] = ascent.degree[city]


@inlined
def _tree(asked: Asked, ascent: Ascent, precision: int) -> int:
    """Length of the shortest 1-tree with penalties; its degrees are noted (Prim 1957)."""
    n = ascent.penalty.shape[0]
    for city in range(n):
        ascent.degree[city] = 0
    for place in range(2, n):
        ascent.outside[place - 2] = place
        ascent.away[place] = _priced(asked, ascent, 1, place, precision)
        ascent.towards[place] = 1
    length = np.int64(0)
    left = n - 2
    while left > 0:
        nearest = 0
        for place in range(1, left):
            if ascent.away[ascent.outside[place]] < ascent.away[ascent.outside[nearest]]:
                nearest = place
        city = ascent.outside[nearest]
        left -= 1
        ascent.outside[nearest] = ascent.outside[left]
        length += ascent.away[city]
        ascent.degree[city] += 1
        ascent.degree[ascent.towards[city]] += 1
        for place in range(left):
            other = ascent.outside[place]
            priced = _priced(asked, ascent, city, other, precision)
            if priced < ascent.away[other]:
                ascent.away[other] = priced
                ascent.towards[other] = city
    return length + _two_shortest(asked, ascent, precision)  # type: ignore[return-value]


@inlined
def _two_shortest(asked: Asked, ascent: Ascent, precision: int) -> int:
    """From the first city."""
    near, next_ = 1, 2
    short, longer = _priced(asked, ascent, 0, 1, precision), _priced(asked, ascent, 0, 2, precision)
    if longer < short:
        near, next_, short, longer = 2, 1, longer, short
    for city in range(3, ascent.penalty.shape[0]):
        priced = _priced(asked, ascent, 0, city, precision)
        if priced < short:
            near, next_, short, longer = city, near, priced, short
        elif priced < longer:
            next_, longer = city, priced
    ascent.degree[0] = 2
    ascent.degree[near] += 1
    ascent.degree[next_] += 1
    return short + longer


@inlined
def _priced(asked: Asked, ascent: Ascent, i: int, j: int, precision: int) -> int:
    return way(asked, i, j) * precision + ascent.penalty[i] + ascent.penalty[j]  # type: ignore[no-any-return]
