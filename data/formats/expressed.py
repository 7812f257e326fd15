"""What a file format would lose of an instance."""

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from routewright.data.errors import FormatError
from routewright.data.instance import Instance


def ensure_same(path: object, instance: Instance, parse: Callable[[], Instance], form: str) -> None:
    """Read back what is to be written, so that nothing is lost unseen; a name of the whole may be.

    Args:
        path: of the file, for messages.
        instance: to be written.
        parse: reads the text.
        form: what the format is called.

    Raises:
        FormatError: naming what would be lost.
    """
    try:
        again = parse()
    except FormatError as error:
        raise FormatError(path, f"{form} cannot hold this instance ({error})") from None
    lost = differences(instance, again.replace(name=instance.name), close=True)
    if lost:
        raise FormatError(path, f"{form} cannot hold this instance: {', '.join(lost)}")


def differences(instance: Instance, expressed: Instance, *, close: bool = False) -> list[str]:
    """Names of the fields in which ``expressed``, all that a format can say, falls short.

    Args:
        instance: what there is.
        expressed: what can be said.
        close: whether numbers may differ by what arithmetic makes of them.
    """
    return [
        item.name
        for item in fields(instance)
        if not _equal(getattr(instance, item.name), getattr(expressed, item.name), close)
    ]


def _equal(left: object, right: object, close: bool) -> bool:
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        if close and left.shape == right.shape and left.dtype.kind == "f":
            return np.allclose(left, right, rtol=1e-9, atol=1e-9)
        return np.array_equal(left, right)
    return bool(type(left) is type(right) and left == right)
