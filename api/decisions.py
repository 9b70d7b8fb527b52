"""Decisions that people make: what each kind must say, and how it gets onto the record and into the next snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import ArgumentError
from graph.settings import Settings
from graph.workspace import Workspace

FORMS: Mapping[str, tuple[str, ...]] = {
    "header": ("register", "header", "field"),  # this header means that field
    "same": ("name", "unit"),  # this name stands for that unit (its id)
    "different": ("name", "unit"),  # this name never stands for that unit
    "accept": ("left", "right"),  # this pairing was agreed (ids of two units)
    "reject": ("left", "right"),  # this pairing shall not be proposed
}
OPTIONAL = ("reason",)
LONGEST = 500
IN_GRAPH = frozenset(("same", "different", "reject"))  # kinds that change what the next snapshot holds


def check_decision(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a decision's fields if they are just those that its kind has; ArgumentError names what is wrong."""
    if kind not in FORMS:
        raise ArgumentError(argument="kind", value=str(kind)[:40], reason=" | ".join(FORMS))
    for name in FORMS[kind]:
        if name not in payload:
            raise ArgumentError(argument=name, value="", reason="必须填写 / is required")
    for name, value in payload.items():
        if name not in (*FORMS[kind], *OPTIONAL):
            raise ArgumentError(
                argument=str(name)[:40],
                value=str(value)[:40],
                reason=f"可用 / known: {', '.join((*FORMS[kind], *OPTIONAL))}",
            )
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
            raise ArgumentError(
                argument=name, value=str(value)[:40], reason=f"1–{LONGEST} 字 / 1–{LONGEST} characters of text"
            )
    return {name: value.strip() for name, value in payload.items()}


def add_decision(workspace: Workspace, kind: str, payload: Mapping[str, Any], settings: Settings) -> int:
    """Put a checked decision on the record and return its number."""
    fields = check_decision(kind, payload)
    with workspace.writing():
        return workspace.ledger.add_decision(kind, fields, settings.user)
