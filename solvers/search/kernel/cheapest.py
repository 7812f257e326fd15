"""The few cheapest insertions of a client into a route, as SWAP* remembers them."""

from routewright.solvers.search.kernel.jit import inlined
from routewright.solvers.search.kernel.model import Int64

PLACES = 3
"""How many are remembered."""


@inlined
def keep_cheap(dear: Int64, dear_at: Int64, price: int, place: int) -> None:
    """Take one in among the PLACES cheapest, ascending, if it is one of them."""
    i = PLACES - 1
    if price >= dear[i]:
        return
    while i > 0 and dear[i - 1] > price:
        dear[i] = dear[i - 1]
        dear_at[i] = dear_at[i - 1]
        i -= 1
    dear[i] = price
    dear_at[i] = place
