"""Finds a register by what a person calls it: its name, its Chinese or English title, or one of its usual titles."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from graph.errors import UnknownRegisterError
from graph.kinds import Register
from graph.names import normalize
from graph.schema import SCHEMA
from graph.texts import Said, join_said

_LIKE, _NAMED = 40, 5  # how alike (of 100) a proposal is at least, and how many there are
_NO_SPACES = str.maketrans("", "", "-_")


def find_register(name: str) -> Register:
    """Return the register that goes by a name, or is the only one whose name begins so; UnknownRegisterError proposes the nearest."""
    asked = _plain(name)
    forms = {form: one for one in reversed(SCHEMA.registers) for form in map(_plain, _names(one))}
    if asked in forms:
        return forms[asked]
    begun = {one.name: one for form, one in forms.items() if len(asked) > 1 and form.startswith(asked)}
    if len(begun) == 1:
        return next(iter(begun.values()))
    likely = begun or _nearest(asked, forms)
    raise UnknownRegisterError(name=name, known=name_registers(tuple(likely.values()) or SCHEMA.registers))


def name_registers(registers: tuple[Register, ...]) -> Said:
    """Return the titles of registers with their names, in both languages."""
    return join_said((Said(f"{r.zh}（{r.name}）", f"{r.en} ({r.name})") for r in registers), "、", ", ")


def _names(register: Register) -> tuple[str, ...]:
    return register.name, register.zh, register.en, *register.titles


def _plain(text: str) -> str:
    return normalize(text).translate(_NO_SPACES)


def _nearest(asked: str, forms: dict[str, Register]) -> dict[str, Register]:
    found = process.extract(asked, forms.keys(), scorer=fuzz.WRatio, limit=4 * _NAMED, score_cutoff=_LIKE)
    return dict(list({forms[form].name: forms[form] for form, *_ in found}.items())[:_NAMED])
