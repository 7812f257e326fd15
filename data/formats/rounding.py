"""How distances are made from coordinates, and in what units the rest of a file is kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routewright.data.distance import ROUNDINGS
from routewright.data.errors import FormatError
from routewright.data.instance import Instance

_FORMULAS = {
    "none": "distances unrounded",
    "round": "distances rounded to the nearest whole number",
    "ceil": "distances rounded up",
    "trunc1": "distances floor(10 d), times x 10",
    "scale1000": "distances round(1000 d), times x 1000",
    "geo": "distances by TSPLIB's GEO rule",
    "att": "distances by TSPLIB's ATT rule",
}


@dataclass(frozen=True)
class RoundingRule:
    """What was decided for one file.

    Attributes:
        rounding: one of ``routewright.data.distance.ROUNDINGS``.
        scale: raw cost units per reported unit.
        reason: why, for people.
    """

    rounding: str
    scale: int
    reason: str

    @property
    def factor(self) -> int:
        """Raw units per unit of the file, for times, limits, prizes and fixed costs."""
        return unit_factor(self.rounding)

    def to_raw(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Times or prices of the file in raw units: whole numbers where the rule scales."""
        return values if self.factor == 1 else np.round(values * self.factor)


def unit_factor(rounding: str) -> int:
    """Raw units per plain unit: 10 for trunc1, 1000 for scale1000, otherwise 1."""
    return {"trunc1": 10, "scale1000": 1000}.get(rounding, 1)


def check_rounding(path: object, rounding: str) -> None:
    """Raise FormatError unless ``rounding`` is ``auto`` or one of the rules."""
    if rounding not in ("auto", *ROUNDINGS):
        raise FormatError(path, f"rounding is {rounding!r}, must be one of auto, {', '.join(ROUNDINGS)}")


def describe_rounding(rule: Instance | RoundingRule) -> str:
    """One line for the user: the rule in words, the cost unit and, where known, the reason."""
    words = _FORMULAS[rule.rounding]
    if isinstance(rule, Instance) and rule.distances is not None:
        words = "explicit distances" if rule.rounding == "none" else f"explicit {words}"
    unit = f", reported cost = raw / {rule.scale}" if rule.scale != 1 else ""
    reason = f"; {rule.reason}" if isinstance(rule, RoundingRule) else ""
    return f"rounding {rule.rounding}: {words}{unit}{reason}"
