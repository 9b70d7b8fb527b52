"""Finds the column that says where things stand: its values are states, and its header names no other matter."""

from __future__ import annotations

import re
import unicodedata

from graph.kinds import Column, Register
from graph.state_words import is_known
from graph.types.status import Status
from loaders.headers import header_figures as figures
from loaders.headers.evidence import ColumnEvidence

_NO_MATTER = re.compile(r"(?:目前|当前|现在|现时|现有|最新|近期|现)?的?(?:情况|情形|状况|状态|进展)|[现近]况")
_NOW = re.compile(r"现在|眼下|目前|当前|如今|状态|现状|(.)没\1|了没|了吗|与否")
_PARTS = re.compile(r"[/、或,，;；()（）\s]+")


def says_states(header: str, column: Column, register: Register, evidence: ColumnEvidence) -> bool:
    """Tell whether a column is the register's one of states: 目前情形, or 空置/已租, over states and nothing else.

    Of a register with two such columns the values do not tell which is meant.
    """
    of_states = [c for c in register.columns if isinstance(register.type_of(c), Status)]
    if of_states != [column] or not evidence.tells or not _names_no_matter(header):
        return False
    return sum(map(is_known, evidence.texts)) / len(evidence.texts) >= figures.STATES


def find_state_asked(header: str, register: Register, evidence: ColumnEvidence) -> str:
    """Return the field of states where a header asks how things are now (眼下, 招没招满) over few words that come again; or ''."""
    of_states = [c for c in register.columns if isinstance(register.type_of(c), Status)]
    words = evidence.values
    if len({c.field for c in of_states}) != 1 or not evidence.tells or not _NOW.search(header):
        return ""
    few = words.n_unique() <= figures.STATES_DIFFER * words.len()
    short = float(words.str.len_chars().mean() or 0.0) <= figures.STATES_LONG  # type: ignore[arg-type]
    return of_states[0].field if few and short else ""


def _names_no_matter(header: str) -> bool:
    text = unicodedata.normalize("NFKC", header).strip()
    parts = [part for part in _PARTS.split(text) if part]
    return bool(_NO_MATTER.fullmatch(text)) or (len(parts) > 1 and all(map(is_known, parts)))
