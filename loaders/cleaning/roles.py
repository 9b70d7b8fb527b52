"""Parts that units have in one cell (甲公司（牵头）、乙社区配合): each goes to the column of its part, without the word for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from graph.kinds import Link, Register
from loaders.cleaning.mentions import MENTION

_WORDS = {"牵头": "总?牵头|主办|主责|承办|领办", "配合": "配合|协办|协助|协同|参与|参加|支持", "责任": "责任|负责|落实"}
_ANY = "|".join(_WORDS.values())
_UNITS = "(?:单位|部门|方)?"
MAY_TELL = rf"[(（](?:{_ANY}){_UNITS}[)）]|(?:{_ANY})(?:[\s,，;；。、]|$)|^\s*(?:{_ANY}){_UNITS}[:：]|[;；,，。\s](?:{_ANY}){_UNITS}[:：]"
_CLAUSE = re.compile(rf"[;；。\n]+|[,，](?=[^,，;；。]*(?:(?:{_ANY})(?:[,，;；。]|$)|[:：]))")
_HEAD = re.compile(rf"^\s*({_ANY}){_UNITS}[:：]\s*")
_OWN = re.compile(rf"^(.+?)\s*[(（]({_ANY}){_UNITS}[)）]$")
_TAIL = re.compile(rf"^(.{{2,}}?)({_ANY})$")
_BETWEEN = re.compile(r"[、,，/]")


def part_roles(
    register: Register, columns: Mapping[str, pl.Series], raw: Mapping[str, pl.Series]
) -> dict[str, pl.Series]:
    """Return cleaned columns in which units stand under the part that their cell says they have.

    `raw` has the cells as written by field. A required column keeps those of whom the cell says another part than helping.
    """
    links = {dict(link.constants)["role"]: link for link in register.links if "role" in dict(link.constants)}
    changed = dict(columns)
    for link in links.values():
        cells, own = raw.get(link.field), columns.get(MENTION + link.field)
        if cells is None or own is None or own.dtype != pl.List(pl.String):
            continue
        told = {
            text: _read(text, link, links)
            for text in cells.filter(cells.str.contains(MAY_TELL).fill_null(value=False)).unique()
        }
        if told:
            changed |= _moved(changed, cells, told, links)
    return changed


def _moved(
    columns: Mapping[str, pl.Series],
    cells: pl.Series,
    told: Mapping[str, Mapping[str, list[str]]],
    links: Mapping[str, Link],
) -> dict[str, pl.Series]:
    made = {}
    for role, link in links.items():
        name = MENTION + link.field
        known = columns.get(name, pl.Series([None] * cells.len(), dtype=pl.List(pl.String)))
        rows = [
            (told[cell].get(role) or (None if role in told[cell] else before)) if cell in told else before
            for cell, before in zip(cells.to_list(), known.to_list(), strict=True)
        ]
        made[name] = pl.Series(name, rows, dtype=pl.List(pl.String))
    return made


def _read(text: str, link: Link, links: Mapping[str, Link]) -> dict[str, list[str]]:
    """Return the names in a cell by their parts; without a word they have that of the column.

    So have those whose part has no column of its own.
    """
    own = str(dict(link.constants)["role"])
    found: dict[str, list[str]] = {own: []}
    for clause in filter(None, map(str.strip, _CLAUSE.split(text))):
        head = _HEAD.match(clause)
        names = [name.strip() for name in _BETWEEN.split(clause[head.end() :] if head else clause) if name.strip()]
        tail = _TAIL.match(names[-1]) if names and not head else None
        if tail:
            names[-1] = tail[1]
        shared = _role(head[1]) if head else _role(tail[2]) if tail else own
        for name in names:
            bracket = _OWN.match(name)
            role = _role(bracket[2]) if bracket else shared
            found.setdefault(role if role in links else own, []).append(bracket[1] if bracket else name)
    if link.required and not found[own]:
        found[own] = [name for role, names in found.items() if role != "配合" for name in names]
    return {role: list(dict.fromkeys(names)) for role, names in found.items()}


def _role(word: str) -> str:
    return next(role for role, words in _WORDS.items() if re.fullmatch(words, word))
