"""From what a user names to instance files."""

from collections.abc import Iterable
from pathlib import Path

from routewright.data.errors import RoutewrightError
from routewright.data.formats.write import write
from routewright.data.instance import Instance

ENDINGS = (".vrp", ".tsp", ".atsp", ".txt", ".json")
"""Of the files that count in a folder, where a CSV may be anything; a file named by itself may end as it likes."""


def instance_files(given: Iterable[str | Path | Instance], folder: Path) -> tuple[list[Path], dict[str, Instance]]:
    """Files, the files of folders, what matches a pattern such as ``X/*.vrp``; instances are written to ``folder``.

    Returns:
        The files, and the instances that came as such, by the names of their files.

    Raises:
        RoutewrightError: if one names nothing, or two instances have the same name.
    """
    files, objects = list[Path](), dict[str, Instance]()
    for number, item in enumerate(given, start=1):
        if not isinstance(item, Instance):
            files += _files(item)
            continue
        file = _file_of(item, folder, number)
        if objects.setdefault(file.stem, item) is not item:
            raise RoutewrightError(
                f"two instances are called {file.stem!r}; tables need different names: instance.replace(name=…)"
            )
        files.append(file)
    files = list(dict.fromkeys(files))
    if not files:
        raise RoutewrightError("no instances are named: give files, folders or patterns such as 'X/*.vrp'")
    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(file.stem, file)
        if other != file:
            raise RoutewrightError(f"{file}: has the name of {other}; tables need instances of different names")
    for file in files:
        if file.stem in objects:
            file.parent.mkdir(parents=True, exist_ok=True)
            write(objects[file.stem], file)
    return files, objects


def _files(item: str | Path) -> list[Path]:
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


def _file_of(instance: Instance, folder: Path, number: int) -> Path:
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in instance.name)
    return folder / f"{safe or f'instance-{number}'}.json"
