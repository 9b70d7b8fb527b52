"""Decisions that people make: what each kind must say, and how it gets onto the record and into the next snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from graph.errors import ArgumentError, UnknownEntityError, UnknownLoadError, UnknownRegisterError
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.stored_tables import StoredTables
from graph.workspace import Workspace
from loaders.headers.meaning import IGNORED
from loaders.merging.affiliation_relations import AFFILIATIONS
from loaders.merging.overrule import clean_decided
from loaders.report.effects import preview
from queries.matching.weights import parse_weights
from queries.pairing.learning.acceptance import parse_rate
from queries.pairing.learning.drift import parse_profile
from queries.pairing.specs import find_spec

FORMS: Mapping[str, tuple[str, ...]] = {
    "header": ("register", "header", "field"),  # this header means that field
    "value": ("entity", "field", "value"),  # this property of that thing is this, whatever the sheets say
    "same": ("name", "unit"),  # this name stands for that unit (its id)
    "different": ("name", "unit"),  # this name never stands for that unit
    "former": ("name", "unit"),  # this name was that unit's, and stands for it in its period
    "parent": ("unit", "parent"),  # this unit is a subsidiary of that one (ids of two units)
    "branch": ("branch", "unit"),  # this unit is a branch of that one (ids of two units)
    "accept": ("left", "right"),  # this pairing was agreed (ids of two units)
    "reject": ("left", "right"),  # this pairing shall not be proposed
    "weights": ("pairing", "name", "version", "weights", "proof"),  # that pairing is scored by these weights
}
OPTIONAL = ("reason",)
PERIOD = ("from", "until")  # the first and the last day for which it holds
OPTIONAL_OF: Mapping[str, tuple[str, ...]] = {
    "header": ("sender",),  # of this sender's sheets alone
    "same": PERIOD, "former": PERIOD, "parent": PERIOD, "branch": PERIOD,
    "weights": ("signals", "acceptance"),  # how signals were spread and how many recommendations accepted when they were learned
}  # fmt: skip
LONGEST = 500
LONGEST_OF = {"signals": 4_000}
LONGEST_VERSION = 9  # digits
IN_GRAPH = frozenset(
    ("same", "different", "former", "parent", "branch", "accept", "reject", "value", "weights")
)  # kinds that change what the next snapshot holds


def check_decision(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a decision's fields if they are just those that its kind has; ArgumentError names what is wrong."""
    if kind not in FORMS:
        raise ArgumentError(argument="kind", value=str(kind)[:40], reason=" | ".join(FORMS))
    for name in FORMS[kind]:
        if name not in payload:
            raise ArgumentError(argument=name, value="", reason="必须填写 / is required")
    known = (*FORMS[kind], *OPTIONAL_OF.get(kind, ()), *OPTIONAL)
    for name, value in payload.items():
        if name not in known:
            raise ArgumentError(
                argument=str(name)[:40], value=str(value)[:40], reason=f"可用 / known: {', '.join(known)}"
            )
        longest = LONGEST_OF.get(name, LONGEST)
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            raise ArgumentError(
                argument=name, value=str(value)[:40], reason=f"1–{longest} 字 / 1–{longest} characters of text"
            )
    fields = {name: value.strip() for name, value in payload.items()}
    _check_period(fields)
    return fields


def _check_period(fields: Mapping[str, str]) -> None:
    days = []
    for name in (part for part in PERIOD if part in fields):
        try:
            days.append(date.fromisoformat(fields[name]))
        except ValueError as wrong:
            reason = "应写成 2026-06-30 / must be written 2026-06-30"
            raise ArgumentError(argument=name, value=fields[name][:40], reason=reason) from wrong
    if days != sorted(days):
        raise ArgumentError(argument="until", value=fields["until"], reason="早于开始日期 / is before the start")


def add_decision(workspace: Workspace, kind: str, payload: Mapping[str, Any], settings: Settings) -> int:
    """Put a checked decision on the record and return its number."""
    fields = _check_all(workspace, kind, payload)
    with workspace.writing():
        return workspace.ledger.add_decision(kind, fields, settings.user)


def preview_decision(workspace: Workspace, kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a decision would change in the graph, without putting it on the record."""
    fields = _check_all(workspace, kind, payload)
    standing = workspace.ledger.decisions()
    number = max((d["id"] for d in standing), default=0) + 1
    return preview(workspace, [*standing, {**fields, "kind": kind, "id": number}], fields.get("name", ""))


def find_standing(workspace: Workspace, number: int) -> dict[str, Any]:
    """Return a decision that stands; UnknownLoadError where there is none of this number, or it was taken back."""
    for decision in workspace.ledger.decisions():
        if decision["id"] == number:
            return decision
    raise UnknownLoadError(load=number)


def preview_undo(workspace: Workspace, number: int) -> dict[str, Any]:
    """Return what taking a decision back would change in the graph."""
    taken = find_standing(workspace, number)
    rest = [d for d in workspace.ledger.decisions() if d["id"] != number]
    return preview(workspace, rest, str(taken.get("name", "")))


def undo_decision(workspace: Workspace, number: int, settings: Settings) -> None:
    """Take a standing decision back: the next snapshot is as if it had not been."""
    with workspace.writing():
        find_standing(workspace, number)
        workspace.ledger.withdraw_decision(number, settings.user)


def _check_all(workspace: Workspace, kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    fields = check_decision(kind, payload)
    if kind == "header":
        _check_header(fields)
    elif kind == "value":
        _check_value(workspace, fields)
    elif kind == "weights":
        _check_weights(fields)
    elif kind in {"same", "different", "former", *AFFILIATIONS}:
        _check_units(workspace, kind, fields)
    return fields


def _check_units(workspace: Workspace, kind: str, fields: Mapping[str, str]) -> None:
    """Refuse units that the graph does not hold, ends that the relation does not join, and a unit above itself."""
    relation = SCHEMA.relation(AFFILIATIONS[kind][0]) if kind in AFFILIATIONS else None
    snapshot = workspace.current()
    stored = StoredTables(snapshot) if snapshot else None
    for name in AFFILIATIONS[kind][1:] if relation else ("unit",):
        labels = [e.label for e in (relation.source if relation else SCHEMA.units)]
        if stored is None or not any(fields[name] in stored.read(label, {"id": pl.String})["id"] for label in labels):
            raise UnknownEntityError(name=fields[name])
    if relation:
        _, lower, upper = AFFILIATIONS[kind]
        if fields[lower] in _chain_above(workspace, fields[upper]):
            raise ArgumentError(argument=upper, value=fields[upper], reason="不能隶属于自己 / would be above itself")


def _chain_above(workspace: Workspace, unit: str) -> set[str]:
    above = [(d[f[1]], d[f[2]]) for d in workspace.ledger.decisions() if (f := AFFILIATIONS.get(d["kind"]))]
    chain, new = set(), {unit}
    while new:
        chain |= new
        new = {upper for lower, upper in above if lower in new} - chain
    return chain


def _check_header(fields: Mapping[str, str]) -> None:
    registers = {r.name: r for r in SCHEMA.registers}
    if fields["register"] not in registers:
        raise UnknownRegisterError(name=fields["register"], known="、".join(registers))
    known = [c.field for c in registers[fields["register"]].columns if c.field and not c.rides]
    if fields["field"] not in {*known, IGNORED}:
        raise ArgumentError(
            argument="field",
            value=fields["field"],
            reason=f"可用 / known: {', '.join(dict.fromkeys([*known, IGNORED]))}",
        )


def _check_weights(fields: Mapping[str, str]) -> None:
    """Refuse weights of a pairing that there is not, or that are not one for each of its signals, together 1."""
    spec = find_spec(fields["pairing"])
    if not fields["version"].isdecimal() or len(fields["version"]) > LONGEST_VERSION:
        raise ArgumentError(
            argument="version", value=fields["version"][:40], reason="应是整数 / must be a whole number"
        )
    weights = parse_weights(fields["name"], int(fields["version"]), fields["weights"])
    weights.check_signals(kind.name for kind in spec.signals)
    if "signals" in fields:
        parse_profile(fields["signals"])
    if "acceptance" in fields:
        parse_rate(fields["acceptance"])


def _check_value(workspace: Workspace, fields: Mapping[str, str]) -> None:
    snapshot = workspace.current()
    labels = StoredTables(snapshot).find_sources(fields["entity"])["label"].to_list() if snapshot else []
    if not labels:
        raise UnknownEntityError(name=fields["entity"])
    clean_decided(SCHEMA.entity(labels[0]), fields["field"], fields["value"])
