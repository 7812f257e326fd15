"""A run that is a part of another one."""

from typing import Any

from routewright.solvers.monitor import Monitor
from routewright.solvers.stop import Stop


class Within(Monitor):
    """Ends with the run around it, if not before, and tells it what was found.

    Args:
        around: the monitor of the whole run.
        stop: further limits, counted from now.
    """

    def __init__(self, around: Monitor, stop: Stop) -> None:
        super().__init__(stop)
        self._around = around

    @property
    def over(self) -> bool:
        """Whether this run or the one around it must end."""
        return super().over or self._around.over

    def improved(self, *args: Any, **words: Any) -> None:
        """Report a solution to both."""
        super().improved(*args, **words)
        self._around.improved(*args, **words)
