"""Parts of the polish that stay functions: numba spends more time on inlining large ones than on the rest."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

from routewright.solvers.search.kernel.jit import _OPTIONS

Function = TypeVar("Function", bound=Callable[..., Any])


def called(function: Function) -> Function:
    """Compile a function that kernels call, without the way in from Python."""
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_OPTIONS}
    return numba.njit(**options)(function)  # type: ignore[no-any-return]
