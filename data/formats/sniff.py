"""Which format a file is in, told by what stands in it; its name decides only between equals."""

import re
from pathlib import Path

from routewright.data.errors import FormatError

_FIELD = re.compile(r"\s*(NAME|TYPE|COMMENT|DIMENSION|CAPACITY|VEHICLES|EDGE_WEIGHT_TYPE|DISTANCE|SERVICE_TIME)\s*:")
_SECTION = re.compile(r"\s*[A-Z_]+_SECTION\s*:?\s*$")
_ROUTE = re.compile(r"\s*route\s*#?\s*\d+\s*:", re.IGNORECASE)

FORMATS = ("VRPLIB", "TSPLIB", "Solomon", "Li & Lim", "Cordeau", "Schneider", "JSON", "CSV")


def sniff(path: str | Path, text: str) -> str:
    """One of ``vrplib``, ``solomon``, ``lilim``, ``cordeau``, ``schneider``, ``json``, ``csv``.

    Raises:
        FormatError: if it is none of them, or a solution.
    """
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    suffix = Path(path).suffix.lower()
    if _ROUTE.match(lines[0]):
        raise FormatError(path, "holds routes (a solution), not an instance")
    if text.lstrip()[0] in "{[":
        return "json"
    if any(_FIELD.match(line) or _SECTION.match(line) for line in lines) or suffix in (".vrp", ".tsp", ".atsp"):
        return "vrplib"
    return _by_first_lines(path, lines, suffix)


def _by_first_lines(path: str | Path, lines: list[str], suffix: str) -> str:
    words = {word.upper() for line in lines[:12] for word in line.split()}
    if lines[0].split()[0].upper() == "STRINGID":
        return "schneider"
    if {"VEHICLE", "CUSTOMER"} <= words or {"NUMBER", "CAPACITY"} <= words:
        return "solomon"
    shape = [len(_numbers(line)) for line in lines[:2]]
    if shape[0] == 3 and shape[1:] == [9]:
        return "lilim"
    if shape[0] == 4 and shape[1:] == [2]:
        return "cordeau"
    if suffix == ".csv" or re.search(r"[A-Za-z_\"]\s*[,;\t]\s*[A-Za-z_\"]", lines[0]):
        return "csv"
    raise FormatError(path, f"unknown format, not one of {', '.join(FORMATS)} (it begins {lines[0].strip()[:40]!r})")


def _numbers(line: str) -> list[float]:
    try:
        return [float(word) for word in line.split()]
    except ValueError:
        return []
