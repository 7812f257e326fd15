"""What a hybrid begins with and how it uses its time. Its twins that learn nothing are plans too."""

from dataclasses import dataclass

from routewright.solvers.hybrid.regret import Divide, equally
from routewright.solvers.hybrid.starts import Opening


@dataclass(frozen=True)
class Plan:
    """One way of going about it.

    Attributes:
        openings: ways to make routes, of which the best are where the search starts.
        divide: the time of many instances.
        share: of the time of a single instance that a policy may use.
        share_together: the same of many, of what is left after the other openings.
        everywhere: of many, whether the policy plays all, not only those that the other openings do not solve. On a GPU
            it always does.
    """

    openings: tuple[Opening, ...] = (Opening.POLICY, Opening.USUAL)
    divide: Divide = equally
    share: float = 0.1
    share_together: float = 0.3
    everywhere: bool = False


PLAN = Plan()
"""What ``hybrid`` does."""
