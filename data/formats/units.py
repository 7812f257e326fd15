"""Raw units of formats that state plain coordinates: one rule for distances and times alike."""

from pathlib import Path

from routewright.data.errors import FormatError
from routewright.data.formats.rounding import RoundingRule, unit_factor

PLAIN = ("none", "round", "ceil", "trunc1", "scale1000")
"""Rules that any plane coordinates can have; geo and att belong to TSPLIB's own."""


def rule_for(path: str | Path, rounding: str, habit: str) -> RoundingRule:
    """The rule to read a file with.

    Args:
        path: file named by an error.
        rounding: what the caller asked for; ``auto`` is the habit of the format.
        habit: one of ``PLAIN``.

    Raises:
        FormatError: if the rule does not exist or does not fit.
    """
    chosen, reason = (habit, "the habit of the format") if rounding == "auto" else (rounding, "as asked for")
    if chosen not in PLAIN:
        raise FormatError(path, f"rounding is {chosen!r}, must be one of auto, {', '.join(PLAIN)}")
    return RoundingRule(chosen, unit_factor(chosen), reason)
