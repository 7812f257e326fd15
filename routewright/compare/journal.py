"""Results as JSON lines: each is on disk when its run ends, so that nothing finished is run twice."""

import os
from collections import defaultdict
from pathlib import Path

from routewright.compare.record import MAX_ATTEMPTS, Record
from routewright.data.errors import FormatError


class Journal:
    """A results file that grows by one line per run.

    Opening it reads the lines of earlier sittings and drops a last line that a crash left torn.

    Args:
        path: the file; it and its folder are made when the first line is written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        if self.path.exists():
            _drop_torn_line(self.path)
        self.records = read_records(self.path) if self.path.exists() else []
        self._by_key: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            self._by_key[record.key].append(record)

    def append(self, record: Record) -> None:
        """Write one record and see it to the disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(record.to_json() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        self.records.append(record)
        self._by_key[record.key].append(record)

    def attempts(self, key: str) -> int:
        """How often this job has run to an end so far; crashes do not count."""
        return sum(not record.error for record in self._by_key[key])

    def settled(self, key: str, attempts: int = MAX_ATTEMPTS) -> bool:
        """Whether no further run of this job is needed, where disturbed ones are tried so often."""
        return any(record.settled(attempts) for record in self._by_key[key])


def read_records(path: str | Path) -> list[Record]:
    """All records of a results file; a last line without its end is left out.

    Raises:
        FormatError: if the file is missing or another line is not a record.
    """
    try:
        text = Path(path).read_bytes()
    except OSError as error:
        raise FormatError(path, f"cannot be read ({error.strerror})") from None
    lines = text.split(b"\n")[:-1]  # after the last line's end there is nothing, or a torn line
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
