"""Cards of trained policies: what they are and what they cover, for those who do not need the weights."""

import json
from pathlib import Path
from typing import Any

from routewright.data.errors import FormatError

FORMAT, VERSION = "routewright-policy", 1
FOLDER = Path(__file__).parent / "checkpoints"
"""Policies that ship."""

OWN = ("format", "version", "config")
"""Entries of a card that are no further facts."""

Card = dict[str, Any]


def read_card(path: str | Path) -> Card:
    """What the card of a policy says; of a file, or of one that ships.

    Raises:
        FormatError: if it is missing or no card.
    """
    file = card_file(found_at(path))
    try:
        card = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        names = ", ".join(sorted(each.stem for each in FOLDER.glob("*.json"))) or "none"
        raise FormatError(file, f"cannot be read: {error.strerror or error}; policies that ship: {names}") from None
    except ValueError as error:
        raise FormatError(file, f"is no card of a policy: {error}") from None
    if not isinstance(card, dict) or (card.get("format"), card.get("version")) != (FORMAT, VERSION):
        raise FormatError(file, f"is no card of a {FORMAT} of version {VERSION}")
    return card


def weights_file(stem: Path) -> Path:
    """Of a policy."""
    return stem.with_name(f"{stem.name}.safetensors")


def card_file(stem: Path) -> Path:
    """Of a policy."""
    return stem.with_name(f"{stem.name}.json")


def found_at(path: str | Path) -> Path:
    """Where a policy is, without the ending: that of a policy that ships for its bare name, else that of a path.

    Raises:
        FormatError: if the path names no file.
    """
    if not Path(path).name:
        raise FormatError(path, "names no policy")
    stem = stem_of(path)
    return FOLDER / stem if stem.name == str(path) and card_file(FOLDER / stem).exists() else stem


def stem_of(path: str | Path) -> Path:
    """Without the ending of a card or of weights."""
    path = Path(path)
    return path.with_suffix("") if path.suffix in (".safetensors", ".json") else path
