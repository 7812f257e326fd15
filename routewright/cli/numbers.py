"""Numbers as people and programs want to read them."""

from math import inf, isfinite


def plain(value: float) -> str:
    """27591 rather than 27591.0, 828.9369 rather than 828.936866942834."""
    if not isfinite(value):
        return str(value)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def tidy(value: float | None) -> float | int | None:
    """A number for JSON, which knows no infinity: whole ones as integers, the others in full."""
    if value is None or not isfinite(value):
        return None
    return int(value) if value == int(value) else value


def gap(cost: float, reference: float) -> float:
    """How far ``cost`` lies above ``reference``, in percent of the reference; negative below it."""
    if reference == 0:
        return 0.0 if cost == 0 else inf
    return 100.0 * (cost - reference) / abs(reference)


def percent(value: float) -> str:
    """A gap such as 0.12 %, without a negative zero."""
    return f"{round(value, 2) + 0.0:.2f} %"
