"""Compiles functions by numba so that they give numpy's results, run in parallel threads, and are kept on disk.

No `fastmath`: it would let the compiler change the order of sums, and the bytes would differ from numpy's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function when it is first called, and keep the machine code on disk for the next process where a folder can be written."""
    try:
        made: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # nowhere to write
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(Function, made)
