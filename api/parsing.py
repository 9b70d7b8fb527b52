"""Values that people write for options and parameters."""

from __future__ import annotations

from datetime import date

from graph.errors import ArgumentError
from graph.texts import Said


def read_day(argument: str, text: str | None) -> date | None:
    """Return a day written as 2026-06-30; None for nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ArgumentError(
            argument=argument, value=str(text)[:40], reason=Said("应写成 2026-06-30", "write it as 2026-06-30")
        ) from error
