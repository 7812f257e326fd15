"""Ctrl-C during a run: stop and keep the best."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from routewright.solvers.monitor import Monitor

_running: set[Monitor] = set()


def interrupt_all() -> None:
    """Ask every run of this process, whatever its thread, to end now and to return its best."""
    for monitor in tuple(_running):
        monitor.interrupt()


@contextmanager
def interruptible(monitor: Monitor) -> Iterator[None]:
    """Turn the first Ctrl-C inside into ``monitor.interrupt()``; a second one raises as usual.

    An exception raised in a callback would have to unwind through the C++ frames of a library, so
    none is raised. Nothing changes where the program has its own handler, or outside the main thread.
    """
    _running.add(monitor)
    try:
        with _handling(monitor):
            yield
    finally:
        _running.discard(monitor)


@contextmanager
def _handling(monitor: Monitor) -> Iterator[None]:
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def ask(*_: object) -> None:
        monitor.interrupt()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
