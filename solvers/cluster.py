"""Work on a Ray cluster, or on a Ray runtime of this machine: ``pip install routewright[ray]``."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from routewright.data.errors import RoutewrightError

HERE = "local"
"""The address of a runtime that is started on this machine."""
MAX_LOSSES = 3
"""So often work is begun anew whose process was killed: it may be what kills it."""

_connected: dict[str, tuple[str, int]] = {}


def connect(address: str, cpus: int) -> Any:
    """The module ``ray``, connected.

    Args:
        address: such as ``ray://HOST:PORT``; ``local`` starts a runtime here.
        cpus: of a runtime that is started here.

    Raises:
        RoutewrightError: if Ray is not installed, or there is no cluster at the address.
    """
    try:
        import ray
    except ImportError:
        raise RoutewrightError("a cluster needs Ray, which is not installed: pip install 'routewright[ray]'") from None
    mine: dict[str, Any] = {"address": address}
    if address == HERE:
        mine |= {"num_cpus": cpus, "include_dashboard": False}
    asked = (address, cpus if address == HERE else 0)
    try:
        if ray.is_initialized():
            if _connected.get("to", asked) == asked:  # or to one that the program has chosen by itself
                return ray
            ray.shutdown()
        ray.init(**mine, log_to_driver=False, logging_level=logging.ERROR)
        _connected["to"] = asked
    except Exception as error:  # of many kinds
        raise RoutewrightError(f"cluster {address}: {str(error).splitlines()[0]}") from None
    return ray


class Cluster(ThreadPoolExecutor):
    """Calls that are made elsewhere; a thread waits here for each that has begun.

    Args:
        address: as for ``connect``.
        workers: calls at a time.
        threads: that each call uses.

    Raises:
        RoutewrightError: as ``connect``.
    """

    def __init__(self, address: str, workers: int, threads: int = 1) -> None:
        super().__init__(workers)
        self._ray, self._cpus = connect(address, workers * threads), threads
        self._running = set[Any]()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As an executor does; what is called, and with what, must be fit for travelling."""
        return super().submit(self._call, fn, args, kwargs)

    def end_running(self) -> None:
        """End calls that have begun, whose futures then have an error."""
        for reference in tuple(self._running):
            self._ray.cancel(reference, force=True)

    def _call(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        there = self._ray.remote(num_cpus=self._cpus, max_retries=MAX_LOSSES)(_called)
        reference = there.remote(function, args, kwargs)
        self._running.add(reference)
        try:
            return self._ray.get(reference)
        finally:
            self._running.discard(reference)


def _called(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return function(*args, **kwargs)
