"""How a solver is named: ``NAME``, ``NAME:words`` and ``NAME:option=value:option=value``."""

from ast import literal_eval
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from routewright.data.errors import RoutewrightError


@dataclass(frozen=True)
class Named:
    """A solver's name, taken apart.

    Attributes:
        own: of the solver.
        words: what it is configured by, such as a policy; empty is nothing.
        options: further keyword arguments of its ``run``.
    """

    own: str
    words: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


def taken_apart(name: str) -> Named:
    """The parts of a name; values of options are Python's numbers, ``True``, ``False``, ``None`` or else words.

    Raises:
        RoutewrightError: if an option has no name or stands there twice.
    """
    own, *parts = name.split(":")
    options: dict[str, Any] = {}
    for part in parts:
        option, given, value = part.partition("=")
        if not given:
            continue
        if not option.isidentifier() or option in options:
            raise RoutewrightError(f"solver {name!r}: {part!r} must be OPTION=VALUE, each option once")
        options[option] = _value(value)
    return Named(own, ":".join(part for part in parts if "=" not in part), options)


def _value(text: str) -> Any:
    try:
        return literal_eval(text)
    except (ValueError, SyntaxError):
        return text
