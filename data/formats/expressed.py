"""What a file format would lose of an instance."""

from dataclasses import fields

import numpy as np

from routewright.data.instance import Instance


def differences(instance: Instance, expressed: Instance) -> list[str]:
    """Names of the fields in which ``expressed``, all that a format can say, falls short."""
    return [
        item.name
        for item in fields(instance)
        if not _equal(getattr(instance, item.name), getattr(expressed, item.name))
    ]


def _equal(left: object, right: object) -> bool:
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return np.array_equal(left, right)
    return bool(type(left) is type(right) and left == right)
