"""Groups of clients, of which one is visited: who is put back need not be who was removed."""

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import General, State


@inlined
def stands_for_group(state: State, general: General, client: int) -> bool:
    """Whether a client who is on no route waits for one: of a group that has none, the first."""
    if not general.grouped:
        return True
    for number in range(general.choices[client]):
        other = general.members[client, number]
        if other < client or state.route_of[other] >= 0:
            return False
    return True
