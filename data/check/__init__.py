"""The independent judge of solutions, written from docs/problem.md alone."""

from routewright.data.check.judge import check
from routewright.data.check.precision import TOLERANCE
from routewright.data.check.violation import KINDS, Kind, Violation

__all__ = ["KINDS", "TOLERANCE", "Kind", "Violation", "check"]
