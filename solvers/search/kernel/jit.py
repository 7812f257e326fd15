"""How kernels are compiled: cached on disk, without the GIL.

Numba's cache does not notice an edit in a callee of another file, so the cache directory carries a
hash of all kernel sources, and of where they are.
"""

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np

from routewright.solvers.alone import alone

Function = TypeVar("Function", bound=Callable[..., Any])

# Kernels allocate nothing: without the runtime numba counts no references to the arrays of a state,
# which makes them half as fast again.
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
# Python never calls a part of a kernel.
_PART: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

TOURS = Path("lk", "kernel")
"""Kernels that others use, too, beside those in this folder; below the folder of solvers."""

_config = threading.Lock()


def cache_directory(folder: Path | None = None) -> Path:
    """Where compiled kernels are kept: below NUMBA_CACHE_DIR if set, else the user's cache folder.

    Args:
        folder: of kernels that use those beside this file, and perhaps those of tours; None for these themselves.
    """
    own = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {own}".encode())  # numba keeps what was compiled by path
    folders = [own, own.parents[1] / TOURS, folder] if folder else [own]
    for source in [source for each in folders for source in sorted(each.rglob("*.py"))]:
        digest.update(source.read_bytes())
    return _cache_root() / f"kernels-{digest.hexdigest()[:16]}"


def _cache_root() -> Path:
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        root = (Path(home) if home else Path.home() / ".cache") / "routewright"
        root.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or one that cannot be written
        return _private_folder()
    return root if os.access(root, os.W_OK) else _private_folder()


def _private_folder() -> Path:
    """One for temporary files that belongs to this user alone, since what is found in it is run.

    Compiling again after each reboot is better than not at all.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"routewright-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.stat()
    if hasattr(os, "getuid") and (found.st_uid != user or found.st_mode & 0o077):
        return Path(tempfile.mkdtemp(prefix="routewright-"))
    return folder


def kernel(function: Function) -> Function:
    """Compile a function that Python calls."""
    with _config:  # numba reads the directory from its global configuration while decorating
        before = numba.config.CACHE_DIR  # type: ignore[attr-defined]
        numba.config.CACHE_DIR = str(_directory(Path(function.__code__.co_filename).parent))  # type: ignore[attr-defined]
        try:
            compiled = numba.njit(cache=True, nogil=True, **_OPTIONS)(function)
        finally:
            numba.config.CACHE_DIR = before  # type: ignore[attr-defined]
    return _with_one_writer(compiled)  # type: ignore[no-any-return]


def pointer(function: Callable[..., Any], signature: Any) -> Any:
    """Compile a function for one signature, to be handed to kernels as an argument.

    What is called by its name is compiled, and made fast, once more with each of its callers; this is not.
    """
    with _config:
        before = numba.config.CACHE_DIR  # type: ignore[attr-defined]
        numba.config.CACHE_DIR = str(DIRECTORY)  # type: ignore[attr-defined]
        try:
            return numba.cfunc(signature, cache=True, **_OPTIONS)(getattr(function, "py_func", function))
        finally:
            numba.config.CACHE_DIR = before  # type: ignore[attr-defined]


def _with_one_writer(compiled: Any) -> Any:
    """Let one process at a time write versions of a function to disk.

    Numba gives a version the first number that its index does not have. Two processes that compile versions for
    different arguments at the same time would take the same one, and later be handed each other's code.
    """
    file = compiled._cache._cache_file
    save = file.save

    def save_alone(key: Any, data: Any) -> None:
        with alone(Path(file._index_path).with_suffix(".lock")):
            save(key, data)

    file.save = save_alone
    return compiled


def inlined(function: Function) -> Function:
    """Compile a part of a kernel into its caller: a call would copy every array header of the state.

    LLVM does it, not numba: numba's own inlining took a third of the time to compile, and what compiles away for one
    family of instances is cut before it is copied.
    """
    return numba.njit(forceinline=True, **_PART, **_OPTIONS)(function)  # type: ignore[no-any-return]


def called(function: Function) -> Function:
    """Compile a part that stays a function: for what is large or seldom runs."""
    return numba.njit(**_PART, **_OPTIONS)(function)  # type: ignore[no-any-return]


@inlined
def number(literal: int) -> int:
    """A literal as the number that it is: for a literal, numba would compile what it is handed to once more."""
    return np.int64(literal)  # type: ignore[return-value]


def _directory(folder: Path) -> Path:
    own = Path(__file__).parent
    return DIRECTORY if own in (folder, *folder.parents) else cache_directory(folder)


DIRECTORY = cache_directory()
"""The cache of this process: an edit of the sources during a run does not move it."""
