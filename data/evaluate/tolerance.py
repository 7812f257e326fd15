"""How exactly limits hold (docs/problem.md, 18)."""

TOLERANCE = 1e-6
"""Times max(1, |limit|): how far a limit may be missed where arithmetic is not exact."""
ROUNDING = 1e-9
"""Times max(1, |value|): differences that only rounding makes."""
