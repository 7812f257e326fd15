"""One process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Another process is there, and it was not to be waited for."""


@contextmanager
def alone(lock: Path, *, wait: bool = True) -> Iterator[None]:
    """Be the only process in here with the same file; where the system has no such locks, do not wait.

    The system lets go of the lock of a process that ends, however it ends.

    Args:
        lock: the file, which is made if need be, and not written to.
        wait: until the other one leaves.

    Raises:
        LockedError: if another one is there and is not waited for.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise LockedError from None
        yield
