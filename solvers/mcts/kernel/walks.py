"""Walks from way to way that weights lead, until one pays: Fu, Qiu & Zha (2021), Pan et al. (2025).

A walk takes the way after a city away and goes on, from where it is open, by a candidate whose weight is at least the
mean of all, by chance in proportion to weights; what hangs over is turned round. It ends where closing it makes the
tour shorter. Ours also ends where what was taken away is no longer than what was added: of any exchange that pays, the
walk from one of its cities never comes there (Lin & Kernighan 1973).
"""

from math import exp, log, sqrt

from routewright.solvers.lk.kernel.flips import after, before, exchange, undo
from routewright.solvers.lk.kernel.model import FLIPS, LENGTH, WAITING, Asked, State
from routewright.solvers.lk.kernel.queue import pop, push
from routewright.solvers.lk.kernel.run import exchange_paths
from routewright.solvers.lk.kernel.ways import way
from routewright.solvers.mcts.kernel.guide import Guide, Settings
from routewright.solvers.search.kernel.draw import below, uniform
from routewright.solvers.search.kernel.jit import called, inlined, kernel


@kernel
def walk(asked: Asked, state: State, guide: Guide, settings: Settings, times: int) -> int:
    """So many walks at most; how many there were: fewer where as many in a row failed as patience allows.

    Args:
        asked: cities.
        state: the tour; becomes shorter.
        guide: learns from walks that pay.
        settings: of the search.
        times: walks.
    """
    n = state.tour.shape[0]
    for done in range(times):
        if guide.walked[1] >= settings.patience:
            return done
        guide.walked[0] += 1
        start = below(state.random, n)
        length = state.tally[LENGTH]
        state.tally[FLIPS] = 0
        gain = _walk(asked, state, guide, settings, start)
        if gain > 0:
            state.tally[LENGTH] -= gain
            guide.walked[1] = 0
            _reward(state, guide, settings, exp(gain / length) - 1.0)
        else:
            undo(state, 0)
            guide.walked[1] += 1
    return times


@kernel
def kick(asked: Asked, state: State, guide: Guide, settings: Settings, times: int, heat: float) -> None:
    """So many kicks, each followed by walks from the cities that it touched, until none of these pays.

    Kept where the tour becomes longer by no more than chance allows at a temperature.
    """
    for _ in range(times):
        before_it = state.tally[LENGTH]
        state.tally[FLIPS] = 0
        exchange_paths(asked, state)
        while state.tally[WAITING] > 0:
            city = pop(state)
            for _ in range(settings.tries):
                mark = state.tally[FLIPS]
                if mark + settings.depth >= state.flips.shape[0]:
                    break
                guide.walked[0] += 1
                length = state.tally[LENGTH]
                gain = _walk(asked, state, guide, settings, city)
                if gain > 0:
                    state.tally[LENGTH] -= gain
                    _reward(state, guide, settings, exp(gain / length) - 1.0)
                    _look_again(state, guide, settings, city)
                    break
                undo(state, mark)
        longer = state.tally[LENGTH] - before_it
        if longer > 0 and longer > -heat * log(uniform(state.random)):
            undo(state, 0)
            state.tally[LENGTH] = before_it


@inlined
def _look_again(state: State, guide: Guide, settings: Settings, start: int) -> None:
    """The cities of a walk that paid wait, and those beside them."""
    push(state, start)
    for step in range(settings.depth):
        if step >= state.trace.shape[0] or state.trace[step, 0] < 0:
            break
        push(state, state.trace[step, 0])
        push(state, guide.near[state.trace[step, 0], state.trace[step, 1]])


@called
def _walk(asked: Asked, state: State, guide: Guide, settings: Settings, start: int) -> int:
    """What the tour became shorter by; 0 where the walk did not pay. The ways it took stand in the trace."""
    forward = below(state.random, 2) == 0
    open_end = after(state, start) if forward else before(state, start)
    left = way(asked, start, open_end)
    for step in range(settings.depth):
        state.trace[step, 0] = -1
        place = _choose(state, guide, settings, open_end, start)
        if place < 0:
            return 0
        onward = guide.near[open_end, place]
        guide.tries[open_end, place] += 1
        state.trace[step, 0], state.trace[step, 1] = open_end, place
        cut = before(state, onward) if after(state, start) == open_end else after(state, onward)
        left -= way(asked, open_end, onward)
        if left <= 0:
            return 0
        left += way(asked, cut, onward)
        exchange(state, start, open_end, cut, onward)
        if left - way(asked, cut, start) > 0:
            if step + 1 < state.trace.shape[0]:
                state.trace[step + 1, 0] = -1
            return left - way(asked, cut, start)
        open_end = cut
    return 0


@inlined
def _choose(state: State, guide: Guide, settings: Settings, city: int, start: int) -> int:
    """The place of a candidate that is worth it, by chance; -1 where none is."""
    mean = guide.total[city] / (state.tour.shape[0] - 1)
    beside, beyond = after(state, city), before(state, city)
    total = 0.0
    for place in range(guide.near.shape[1]):
        other = guide.near[city, place]
        if other != beside and other != beyond and other != start:
            worth = _worth(guide, settings, city, place, mean)
            if worth >= 1.0:
                total += worth
    if total <= 0.0:
        return -1
    draw = uniform(state.random) * total
    found = -1
    for place in range(guide.near.shape[1]):
        other = guide.near[city, place]
        if other != beside and other != beyond and other != start:
            worth = _worth(guide, settings, city, place, mean)
            if worth >= 1.0:
                found = place
                draw -= worth
                if draw < 0.0:
                    break
    return found


@inlined
def _worth(guide: Guide, settings: Settings, city: int, place: int, mean: float) -> float:
    worth = guide.weight[city, place] / mean
    if settings.curiosity > 0.0:
        worth += settings.curiosity * sqrt(log(guide.walked[0] + 1.0) / (guide.tries[city, place] + 1.0))
    return worth  # type: ignore[no-any-return]


@inlined
def _reward(state: State, guide: Guide, settings: Settings, share: float) -> None:
    """Raise the weights of the ways of a walk that paid, in both directions."""
    more = settings.reward * share
    for step in range(settings.depth):
        if step >= state.trace.shape[0] or state.trace[step, 0] < 0:
            break
        city, place = state.trace[step, 0], state.trace[step, 1]
        other, back = guide.near[city, place], guide.back[city, place]
        guide.weight[city, place] += more
        guide.total[city] += more
        guide.total[other] += more
        if back >= 0:
            guide.weight[other, back] += more
