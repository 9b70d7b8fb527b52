"""Reads a pairing plan that `shilian ask pairing-plan --json` saved, for questions that compare with an earlier plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from graph.errors import ArgumentError, FileMissingError
from graph.texts import Said

TAKES_PLAN = ("keep", "compare")  # arguments that name pairs of a plan made before


def read_plan(argument: str, text: str) -> str | Sequence[str]:
    """Return the pairs of a saved plan if the text names a .json file; else the text, which lists pairs as A|B."""
    path = Path(text)
    if path.suffix.lower() != ".json":
        return text
    if not path.is_file():
        raise FileMissingError(file=text)
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
        return [f"{row['left_id']}|{row['right_id']}" for row in rows]
    except (ValueError, TypeError, LookupError) as error:
        reason = Said("应是 ask pairing-plan --json 的结果", "must be what ask pairing-plan --json prints")
        raise ArgumentError(argument=argument, value=text, reason=reason) from error
