"""Distances from coordinates: metrics and the rounding conventions of the benchmark families.

Every function works element-wise on arrays, so that one pair, one row or a whole matrix cost the
same code, and nothing of size N x N is made unless a caller asks for it.
"""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Metric = Literal["euclidean", "haversine", "explicit"]
Rounding = Literal["none", "round", "ceil", "trunc1", "scale1000", "geo", "att"]
METRICS: tuple[str, ...] = get_args(Metric)
ROUNDINGS: tuple[str, ...] = get_args(Rounding)

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG 1980
TSPLIB_RADIUS_KM = 6378.388  # Reinelt 1991, TSPLIB's GEO rule
TSPLIB_PI = 3.141592  # TSPLIB's published optima need its truncated pi

Floats = NDArray[np.float64]


def between(start: Floats, end: Floats, metric: str, rounding: str) -> Floats:
    """Distance from ``start`` to ``end`` in raw units.

    Args:
        start: coordinates [..., 2]; (x, y), or (latitude, longitude) in degrees for haversine.
        end: coordinates [..., 2], broadcast against ``start``.
        metric: ``euclidean`` or ``haversine`` (kilometres).
        rounding: how the plain distance becomes a raw one, see ``ROUNDINGS``.

    Returns:
        Raw distances [...], float64; integral for every rounding but ``none``.
    """
    if rounding == "geo":
        return _tsplib_geo(start, end)
    plain = _haversine(start, end) if metric == "haversine" else _euclidean(start, end)
    return rounded(plain, rounding)


def _euclidean(start: Floats, end: Floats) -> Floats:
    dx = start[..., 0] - end[..., 0]
    dy = start[..., 1] - end[..., 1]
    # sqrt of a sum of squares, not hypot: the reference solutions were costed this way.
    return np.asarray(np.sqrt(dx * dx + dy * dy))


def _haversine(start: Floats, end: Floats) -> Floats:
    a, b = np.radians(start), np.radians(end)
    half = np.sin((b - a) / 2.0) ** 2
    chord = half[..., 0] + np.cos(a[..., 0]) * np.cos(b[..., 0]) * half[..., 1]
    return np.asarray(2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def rounded(plain: Floats, rounding: str) -> Floats:
    """Plain distances [...] as raw ones, by the rules that need no coordinates (all but ``geo``)."""
    match rounding:
        case "none":
            return plain
        case "round":
            return np.floor(plain + 0.5)
        case "ceil":
            return np.ceil(plain)
        case "trunc1":
            return np.floor(10.0 * plain)
        case "scale1000":
            return np.round(1000.0 * plain)
        case "att":  # TSPLIB pseudo-Euclidean: round, then up if that fell short
            plain = plain / np.sqrt(10.0)
            nearest = np.floor(plain + 0.5)
            return np.where(nearest < plain, nearest + 1.0, nearest)
        case _:
            raise ValueError(f"rounding {rounding!r} is none of {', '.join(ROUNDINGS)}")


def _tsplib_geo(start: Floats, end: Floats) -> Floats:
    """Great-circle distance of TSPLIB 95 (section 2.4), coordinates as DDD.MM."""
    a, b = _tsplib_radians(start), _tsplib_radians(end)
    q1 = np.cos(a[..., 1] - b[..., 1])
    q2 = np.cos(a[..., 0] - b[..., 0])
    q3 = np.cos(a[..., 0] + b[..., 0])
    arc = np.arccos(np.clip(0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3), -1.0, 1.0))
    apart = np.any(start != end, axis=-1)  # the "+ 1" below must not touch a node and itself
    return np.where(apart, np.floor(TSPLIB_RADIUS_KM * arc + 1.0), 0.0)


def _tsplib_radians(coords: Floats) -> Floats:
    degrees = np.trunc(coords)
    minutes = coords - degrees
    return np.asarray(TSPLIB_PI * (degrees + 5.0 * minutes / 3.0) / 180.0)
