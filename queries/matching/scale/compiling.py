"""How kernels are compiled: by numba, without the interpreter's lock, divisions as numpy does them, kept for the next process.

No `fastmath`: it would let the compiler change the order of sums, and the bytes would differ from numpy's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function on its first use; what comes of it is kept beside the module or in the user's cache, where one can write."""
    try:
        made: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # nowhere to write
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(Function, made)
