"""Which format a file is in, told by what stands in it; its suffix decides only between equals."""

import re
from pathlib import Path

from routewright.data.errors import FormatError
from routewright.data.formats.cordeau import looks_like_cordeau
from routewright.data.formats.csv_clients import looks_like_csv
from routewright.data.formats.json_format import looks_like_json
from routewright.data.formats.lilim import looks_like_lilim
from routewright.data.formats.schneider import looks_like_schneider
from routewright.data.formats.solomon import looks_like_solomon
from routewright.data.formats.vroom_reader import looks_like_vroom

_FIELD = re.compile(r"\s*(NAME|TYPE|COMMENT|DIMENSION|CAPACITY|VEHICLES|EDGE_WEIGHT_TYPE|DISTANCE|SERVICE_TIME)\s*:")
_SECTION = re.compile(r"\s*[A-Z_]+_SECTION\s*:?\s*$")
_ROUTE = re.compile(r"\s*route\s*#?\s*\d+\s*:", re.IGNORECASE)

FORMATS = ("VRPLIB", "TSPLIB", "Solomon", "Li & Lim", "Cordeau", "Schneider", "JSON", "VROOM", "CSV")


def sniff(path: str | Path, text: str) -> str:
    """One of ``vrplib``, ``solomon``, ``lilim``, ``cordeau``, ``schneider``, ``vroom``, ``json``, ``csv``.

    Raises:
        FormatError: if it is none of them, or a solution.
    """
    first = text.lstrip().splitlines()[0]
    if _ROUTE.match(first):
        raise FormatError(path, "holds routes (a solution), not an instance")
    suffix = Path(path).suffix.lower()
    tests = {
        "vroom": looks_like_vroom(text),
        "json": looks_like_json(text),
        "vrplib": suffix in (".vrp", ".tsp", ".atsp") or _looks_like_vrplib(text),
        "schneider": looks_like_schneider(text),
        "solomon": looks_like_solomon(text),
        "lilim": looks_like_lilim(text),
        "cordeau": looks_like_cordeau(text),
        "csv": suffix == ".csv" or looks_like_csv(text),
    }
    for kind, holds in tests.items():
        if holds:
            return kind
    raise FormatError(path, f"unknown format, not one of {', '.join(FORMATS)} (it begins {first[:40]!r})")


def _looks_like_vrplib(text: str) -> bool:
    lines = text[:4000].splitlines()
    return any(_FIELD.match(line) or _SECTION.match(line) for line in lines)
