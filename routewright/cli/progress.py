"""One line on stderr that tells how a solve is doing; where stderr is no terminal, only the library's notes."""

import logging
import time
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from routewright.cli.numbers import gap, percent, plain

if TYPE_CHECKING:
    from rich.console import Console

    from routewright.solvers.monitor import Progress


class ProgressLine:
    """Seconds, best cost, gap and feasibility, rewritten in place four times a second on a terminal.

    Pass the object as ``on_improvement``. While it is open, what the library logs (such as the
    first compilation) is printed above the line, and on a stderr that is no terminal as well.

    Args:
        best_known: cost that the gap refers to, if any.
        quiet: never show anything.
    """

    def __init__(self, best_known: float | None = None, quiet: bool = False) -> None:
        self._best_known = best_known
        self._quiet = quiet
        self._start = time.monotonic()
        self._cost: float | None = None
        self._open = ExitStack()

    def __call__(self, progress: "Progress") -> None:
        """Take note of an improvement."""
        self._cost = progress.cost

    def __rich__(self) -> str:
        seconds = f"{time.monotonic() - self._start:6.1f} s"
        if self._cost is None:
            return f"{seconds}  no solution yet"
        words = [seconds, f"best {plain(self._cost)}", "feasible"]
        if self._best_known is not None:
            words.insert(2, f"gap {percent(gap(self._cost, self._best_known))}")
        return "  ".join(words)

    def __enter__(self) -> "ProgressLine":
        from rich.console import Console

        console = Console(stderr=True, highlight=False)
        if not self._quiet:
            self._open.enter_context(_Notes(console))
        if console.is_terminal and not self._quiet:
            from rich.live import Live

            self._open.enter_context(Live(self, console=console, refresh_per_second=4, transient=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()


class _Notes(logging.Handler):
    """Prints the library's log messages while it is entered."""

    def __init__(self, console: "Console") -> None:
        super().__init__(level=logging.INFO)
        self._console = console
        self._logger = logging.getLogger("routewright")
        self._level = self._logger.level

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message."""
        self._console.print(record.getMessage(), style="dim", markup=False, soft_wrap=True)

    def __enter__(self) -> "_Notes":
        self._logger.addHandler(self)
        self._logger.setLevel(logging.INFO)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level)
