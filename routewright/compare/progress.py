"""How far a comparison is, on a terminal."""

from types import TracebackType

from routewright.compare.record import Record


class RunProgress:
    """A bar of the runs that are done, and the last one beside it. Call it with each record.

    Args:
        total: runs that are left to do.
        shown: whether there is anything to see; nothing is, either, where stderr is no terminal.
    """

    def __init__(self, total: int, *, shown: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
        self._bar = Progress(*columns, console=console, disable=not (shown and console.is_terminal), transient=True)
        self._task = self._bar.add_task("", total=total)
        self._seen: set[str] = set()

    def __call__(self, record: Record) -> None:
        """Take note of a run that ended."""
        again = record.key in self._seen
        self._seen.add(record.key)
        cost = "infeasible" if record.cost is None else f"{record.cost:.10g}"
        words = record.error or "; ".join(record.unsupported) or cost
        told = f"{record.instance} {record.solver}: {words}"[:60]
        self._bar.update(self._task, advance=0 if again else 1, description=told)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def __enter__(self) -> "RunProgress":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
