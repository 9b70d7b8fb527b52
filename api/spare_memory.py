"""Gives memory that is no longer used back to the system, after what used much of it: a load, an old snapshot."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Free what is held in circles, and have the C library return free pages, which it would keep for later (half of a load's)."""
    gc.collect()
    # Of GNU's library only; others return them by themselves. On Windows a handle of None names nothing.
    trim = getattr(_library(), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
