"""Strict JSON: text that any program reads, laid out for people, and errors that name the place."""

import json
from dataclasses import fields, is_dataclass
from math import inf, isfinite, isnan
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from routewright.data.errors import FormatError, InstanceError
from routewright.data.formats.rows import quoted

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

LARGEST_WHOLE = 2.0**53
"""Below it a whole float is written without its ``.0``: as an integer it is the same number."""


def parse(path: object, text: str) -> Any:
    """The document in ``text``.

    Raises:
        FormatError: if it is no JSON, holds NaN or Infinity (which JSON does not know) or a key twice.
    """

    def refuse(token: str) -> NoReturn:
        raise FormatError(path, f'holds {token}, which JSON does not know (infinity is "inf")')

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise FormatError(path, f"field {quoted(twice)} stands twice")
        return found

    try:
        document = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise FormatError(path, f"is not JSON: {error.msg} at column {error.colno}", error.lineno) from None
    except RecursionError:
        raise FormatError(path, "is nested too deeply") from None
    except ValueError as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(path, "holds a number of thousands of digits") from None
    if not isinstance(document, dict):
        raise FormatError(path, f"is {quoted(document)}, must be a JSON object")
    return document


def validated(path: object, model: "type[BaseModel]", document: Any) -> Any:
    """``document`` as ``model``.

    Raises:
        FormatError: naming the first wrong field, its value and the rule.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise FormatError(path, _first_problem(error)) from None


def _first_problem(error: "ValidationError") -> str:
    problem = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    where = f"{place}: " if place else ""
    match problem["type"]:
        case "missing":
            return f"{where}is missing"
        case "extra_forbidden":
            return f"{where}unknown field"
    rule = problem["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{where}is {quoted(problem['input'])}, {rule}"


def plain(value: Any) -> Any:
    """``value`` in the words of JSON: infinity is "inf", dataclasses leave out their defaults."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return _changed_fields(value)
    return _scalar(value)


def _changed_fields(value: Any) -> dict[str, Any]:
    found = {}
    for item in fields(value):
        content = getattr(value, item.name)
        if content != item.default:  # a field without default equals none of them
            found[item.name] = plain(content)
    return found


def _scalar(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        if isnan(value):
            raise InstanceError("a value is NaN, which JSON does not know")
        if not isfinite(value):
            return "inf" if value > 0 else "-inf"
        if value.is_integer() and abs(value) < LARGEST_WHOLE:
            return int(value)
    return value


def infinite(value: Any) -> Any:
    """The number that "inf" or "-inf" stands for; other values as they are, other text refused."""
    if isinstance(value, str):
        if value not in ("inf", "-inf"):
            raise ValueError('must be a number, "inf" or "-inf"')
        return inf if value == "inf" else -inf
    return value


def layout(document: dict[str, Any]) -> str:
    """``document`` as text: one field per line, one node, route or vehicle type per line."""
    lines = [f"  {json.dumps(key)}: {_value(value, '  ')}" for key, value in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: Any, indent: str) -> str:
    if not _has_rows(value):
        return _line(value)
    deeper = indent + "  "
    rows = [deeper + (_value(item, deeper) if _is_table(item) else _line(item)) for item in value]
    return "[\n" + ",\n".join(rows) + f"\n{indent}]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _has_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value)


def _is_table(value: Any) -> bool:
    """Whether ``value`` has rows of more than a window's two numbers, such as a matrix."""
    return _has_rows(value) and any(isinstance(item, list) and len(item) > 2 for item in value)
