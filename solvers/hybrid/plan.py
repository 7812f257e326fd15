"""What a hybrid begins with and how it uses its time. Its twins that learn nothing are plans too."""

from dataclasses import dataclass

from routewright.solvers.hybrid.regret import Divide, by_regret
from routewright.solvers.hybrid.starts import Opening


@dataclass(frozen=True)
class Plan:
    """One way of going about it.

    Attributes:
        openings: ways to make routes, of which the best are where the search starts.
        divide: the time of many instances.
        share: of the time of a single instance that a policy may use.
        share_together: the same of many.
    """

    openings: tuple[Opening, ...] = (Opening.POLICY, Opening.USUAL)
    divide: Divide = by_regret
    share: float = 0.1
    share_together: float = 0.3


PLAN = Plan()
"""What ``hybrid`` does."""
