"""Colours that tell routes apart, however many there are."""

from colorsys import hls_to_rgb

Colour = str | tuple[float, float, float]

FEW: tuple[str, ...] = (
    "#1f6fb4", "#e07b1a", "#2a9461", "#c73e4a", "#7d58b0",
    "#8a5a3c", "#d65fa5", "#5f6b76", "#9a9a1f", "#17a2b8",
)  # fmt: skip
"""Hand-picked for white paper; enough for small instances and for solvers."""

GOLDEN = 0.6180339887498949
"""Steps of the golden ratio spread any number of hues evenly and keep neighbours far apart."""

BRIGHTEST = 0.58
"""Yellow and cyan vanish on white paper: brighter colours are darkened to this."""


def distinct(count: int) -> list[Colour]:
    """Colours such that those next to each other in the list differ clearly."""
    if count <= len(FEW):
        return list(FEW[:count])
    return [_hue(index) for index in range(count)]


def _hue(index: int) -> tuple[float, float, float]:
    lightness = (0.40, 0.54, 0.47)[index % 3]
    saturation = (0.80, 0.62)[index % 2]
    colour = hls_to_rgb(0.58 + index * GOLDEN, lightness, saturation)
    brightness = _brightness(colour)
    if brightness <= BRIGHTEST:
        return colour
    red, green, blue = (BRIGHTEST / brightness * part for part in colour)
    return red, green, blue


def _brightness(colour: tuple[float, float, float]) -> float:
    """Luma of ITU-R BT.601: how bright a colour seems, in [0, 1]."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue
