"""Results as JSON lines: each is on disk when its run ends, so that nothing finished is run twice."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from routewright.compare.record import MAX_ATTEMPTS, Record
from routewright.data.errors import FormatError
from routewright.solvers.alone import LockedError, alone

BEGINNING = b'{"key"'
"""Of every line."""


class Journal:
    """A results file that grows by one line per run.

    Opening it reads the lines of earlier sittings; the first line that is written takes the place of a last one that a
    crash left torn.

    Args:
        path: the file; it and its folder are made when the first line is written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.records = read_records(self.path) if self.path.exists() else []
        self._by_key: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            self._by_key[record.key].append(record)

    def append(self, record: Record) -> None:
        """Write one record and see it to the disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            _drop_torn_line(self.path)
        with self.path.open("ab", buffering=0) as stream:
            stream.write(f"{record.to_json()}\n".encode())
            os.fsync(stream.fileno())
        self.records.append(record)
        self._by_key[record.key].append(record)

    def attempts(self, key: str) -> int:
        """How often this job has run to an end so far; crashes do not count."""
        return sum(not record.error for record in self._by_key[key])

    def settled(self, key: str, attempts: int = MAX_ATTEMPTS) -> bool:
        """Whether no further run of this job is needed, where disturbed ones are tried so often."""
        return any(record.settled(attempts) for record in self._by_key[key])


@contextmanager
def kept_by_us(path: Path) -> Iterator[None]:
    """While runs are written to a results file, no other process may do so.

    Raises:
        FormatError: if one does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with alone(path, wait=False):
            try:
                yield
            finally:
                if not path.stat().st_size:
                    path.unlink()
    except LockedError:
        raise FormatError(path, "another comparison writes to it; wait for it, or name another file") from None


def read_records(path: str | Path) -> list[Record]:
    """All records of a results file; a last line without its end, torn by a crash, is left out.

    Raises:
        FormatError: if the file is missing, or a line is not a record nor the beginning of one.
    """
    try:
        text = Path(path).read_bytes()
    except OSError as error:
        raise FormatError(path, f"cannot be read ({error.strerror})") from None
    *lines, torn = text.split(b"\n")
    if not BEGINNING.startswith(torn[: len(BEGINNING)]):
        raise FormatError(path, "not a record of a run", len(lines) + 1)
    return [_parse(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _parse(path: str | Path, number: int, line: bytes) -> Record:
    try:
        return Record.from_json(line.decode())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(path, f"not a record of a run ({type(error).__name__}: {error})", number) from None


def _drop_torn_line(path: Path) -> None:
    with path.open("r+b") as stream:
        whole = stream.read().rfind(b"\n") + 1
        stream.truncate(whole)
