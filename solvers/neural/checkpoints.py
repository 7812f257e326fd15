"""Policies that ship or are named, and which of them plays an instance. Reads cards only: no torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log
from os import scandir
from pathlib import Path

from routewright.data.batch import features, unsupported
from routewright.data.errors import FormatError
from routewright.data.instance import Instance
from routewright.policies import cards
from routewright.policies.coverage import Coverage

MOST_CLIENTS = 1_000
"""Of an instance: policies are trained on far fewer."""


@dataclass(frozen=True)
class Checkpoint:
    """A policy in files.

    Attributes:
        stem: path without ending.
        covers: what it was trained on.
        gap: percent, on what it was validated on; inf where it was not.
        measured: percent for reference sets, with all starts and sides.
        changed: when its files were, so that what is kept of them is read again.
    """

    stem: Path
    covers: Coverage
    gap: float
    measured: tuple[tuple[str, float], ...]
    changed: tuple[int, int]


def shipped() -> list[Checkpoint]:
    """Those that ship and say what they cover.

    Raises:
        FormatError: if a card is broken.
    """
    times = {entry.name: entry.stat().st_mtime_ns for entry in scandir(cards.FOLDER)}
    stems = sorted(name.removesuffix(".json") for name in times if name.endswith(".json"))
    found = [_read(cards.FOLDER / stem, (times[f"{stem}.json"], times.get(f"{stem}.safetensors", 0))) for stem in stems]
    return [each for each in found if each is not None]


def named(name: str) -> Checkpoint:
    """That of a path, or one that ships.

    Raises:
        FormatError: if there is none, or its card is broken or does not say what it covers.
    """
    stem = cards.found_at(name)
    found = _read(stem, _changed(cards.card_file(stem)))
    if found is None:
        raise FormatError(
            cards.card_file(stem), "does not say what it covers: an entry 'covers' with features and sizes"
        )
    return found


def choose(given: Sequence[Checkpoint], instance: Instance) -> Checkpoint | None:
    """The one that plays an instance: of those that cover it, the one trained on the nearest size.

    Among equals that with the fewest features that the instance does not have, and then with the smallest gap where
    all of them were measured, on a set of the nearest size; where there is none, on what each was validated on. One
    that never saw a single vehicle for all plays tours only where no other can; so does one that saw nothing but
    matrices with instances on the plane.
    """
    return _best(given, features(instance), instance.n_clients)


def _best(given: Sequence[Checkpoint], asked: Sequence[str], clients: int) -> Checkpoint | None:
    able = [each for each in given if not each.covers.missing(asked)]

    def fit(each: Checkpoint) -> tuple[bool, float, int]:
        covers = each.covers
        strange = not set(asked) <= set(covers.features) or ("matrices" in covers.features and "matrices" not in asked)
        return strange, covers.away(clients), covers.surplus(asked)

    closest = min(map(fit, able), default=None)
    equal = [each for each in able if fit(each) == closest]
    gaps = [dict(each.measured) for each in equal]
    common = set(gaps[0]).intersection(*gaps[1:]) if gaps else set()
    if not common:
        return min(equal, key=lambda each: each.gap, default=None)
    nearest = min(sorted(common), key=lambda name: abs(log(_size(name) / max(1, clients))))
    return equal[min(range(len(equal)), key=lambda which: gaps[which][nearest])]


def _size(name: str) -> int:
    """Clients of each instance of a reference set; 0 where the name does not say."""
    return int("".join(filter(str.isdigit, name)) or "0")


def reasons_against(given: Sequence[Checkpoint], instance: Instance) -> list[str]:
    """Why no policy plays an instance, the last one saying which there are; empty where one does."""
    asked = features(instance)
    large = [f"more than {MOST_CLIENTS} clients"] if instance.n_clients > MOST_CLIENTS else []
    found = large + unsupported(instance)
    if not found and _best(given, asked, instance.n_clients) is None:
        found = min((each.covers.missing(asked) for each in given), key=len, default=list(asked) or ["any instance"])
    known = "; ".join(f"{each.stem.name}: {each.covers}" for each in given) or "there are none"
    return [*found[:-1], f"{found[-1]} (what checkpoints cover: {known})"] if found else []


def _changed(file: Path) -> tuple[int, int]:
    times = [
        each.stat().st_mtime_ns if each.exists() else 0 for each in (file, cards.weights_file(file.with_suffix("")))
    ]
    return times[0], times[1]


@lru_cache
def _read(stem: Path, changed: tuple[int, int]) -> Checkpoint | None:
    card = cards.read_card(stem)
    if card.get("covers") is None:
        return None
    gap = card.get("val_gap")
    try:
        covers = Coverage.from_entry(card["covers"])
        return Checkpoint(stem, covers, inf if gap is None else float(gap), _measured(card), changed)
    except (AttributeError, TypeError, ValueError) as error:
        raise FormatError(cards.card_file(stem), str(error)) from None


def _measured(card: cards.Card) -> tuple[tuple[str, float], ...]:
    gaps = {name: columns.get("x8") for name, columns in card.get("measured", {}).items()}
    return tuple((name, float(gap)) for name, gap in gaps.items() if gap is not None and _size(name))
