"""Cities that wait for a look: Bentley's (1992) don't-look bits as a queue."""

from routewright.solvers.lk.kernel.model import FIRST, WAITING, State
from routewright.solvers.search.kernel.jit import inlined


@inlined
def push(state: State, city: int) -> None:
    """To the end, unless it waits already."""
    if not state.waits[city]:
        state.waits[city] = True
        n = state.queue.shape[0]
        at = state.tally[FIRST] + state.tally[WAITING]
        state.queue[at - n if at >= n else at] = city
        state.tally[WAITING] += 1


@inlined
def pop(state: State) -> int:
    """The first one."""
    at = state.tally[FIRST]
    city = state.queue[at]
    state.waits[city] = False
    state.tally[FIRST] = 0 if at + 1 == state.queue.shape[0] else at + 1
    state.tally[WAITING] -= 1
    return city  # type: ignore[no-any-return]
