"""Instances that belong together: families and sizes."""

import re
from collections.abc import Mapping
from pathlib import Path

SIZES = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
"""Most nodes of the instances of a group."""

_CLASS = re.compile(r"^([A-Za-z]{1,2}\d)\d\d$")


def families(files: Mapping[str, Path]) -> dict[str, str]:
    """Family of each instance: its folder, or the beginning of its name where all are in one folder."""
    folders = {file.resolve().parent for file in files.values()}
    if len(folders) > 1:
        return {name: file.resolve().parent.name for name, file in files.items()}
    return {name: family_of(name) for name in files}


def family_of(name: str) -> str:
    """What a name begins with: X of X-n101-k25, C1 of C101, mtvrp-VRPB of mtvrp-VRPB-n50-s1."""
    solomon = _CLASS.match(name)
    if solomon:
        return solomon[1]
    return re.split(r"[-_]n\d|\d", name)[0].rstrip("-_") or name


def size_of(nodes: int) -> str:
    """The group of sizes that so many nodes belong to."""
    above = 0
    for most in SIZES:
        if nodes <= most:
            return f"{above + 1:,} to {most:,} nodes"
        above = most
    return f"more than {above:,} nodes"
