"""Labelled lines for people, unwrapped, so that other programs can cut them as well."""

from collections.abc import Iterable

STYLES = {"cost": "bold"}


def show(rows: Iterable[tuple[str, str]], notes: Iterable[str] = ()) -> None:
    """Print (label, text) rows with the texts aligned, then notes as they are."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, soft_wrap=True)
    rows = list(rows)
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        console.print(Text.assemble(f"{label:<{width}}  ", (text, STYLES.get(label, ""))))
    for note in notes:
        console.print(note)


def plural(count: int, word: str) -> str:
    """1 depot, 2 depots."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
