"""How long tours are in the literature of prizes."""

from routewright.data.errors import InstanceError

LENGTHS = {20: 2.0, 50: 3.0, 100: 4.0}
"""By number of clients: about what a tour through half of them takes (Kool, van Hoof & Welling 2019, appendix D)."""


def usual_length(n: int, asked: float | None) -> float:
    """What is asked for, or what papers use for n clients.

    Raises:
        InstanceError: if there is no usual length for n, or it is not positive.
    """
    if asked is None and n not in LENGTHS:
        raise InstanceError(f"length must be given for {n} clients: papers name it for {', '.join(map(str, LENGTHS))}")
    length = LENGTHS[n] if asked is None else asked
    if not length > 0:
        raise InstanceError(f"length is {length}, must be > 0")
    return length
