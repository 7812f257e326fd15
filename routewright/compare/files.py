"""From what a user names to instance files."""

from collections.abc import Iterable
from pathlib import Path

from routewright.data.errors import RoutewrightError
from routewright.data.formats.write import write
from routewright.data.instance import Instance

ENDINGS = (".vrp", ".tsp", ".atsp", ".txt", ".json")
"""Of the files that count in a folder, where a CSV may be anything; a file named by itself may end as it likes."""


def instance_files(given: Iterable[str | Path | Instance], folder: Path) -> list[Path]:
    """Files, the files of folders, what matches a pattern such as ``X/*.vrp``; instances are written to ``folder``.

    Raises:
        RoutewrightError: if one names nothing, or two instances have the same name.
    """
    files = [file for number, item in enumerate(given, start=1) for file in _files(item, folder, number)]
    files = list(dict.fromkeys(files))
    if not files:
        raise RoutewrightError("no instances are named: give files, folders or patterns such as 'X/*.vrp'")
    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(file.stem, file)
        if other != file:
            raise RoutewrightError(f"{file}: has the name of {other}; tables need instances of different names")
    return files


def _files(item: str | Path | Instance, folder: Path, number: int) -> list[Path]:
    if isinstance(item, Instance):
        return [_written(item, folder, number)]
    path = Path(item).expanduser()
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    elif path.exists():
        found = [path]
    else:
        found = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
    if not found:
        raise RoutewrightError(f"{item}: no instances there")
    return found


def _written(instance: Instance, folder: Path, number: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in instance.name)
    path = folder / f"{safe or f'instance-{number}'}.json"
    write(instance, path)
    return path
