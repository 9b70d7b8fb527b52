"""How alike a header is to the columns of a register: by their wordings, by what they are about, by choices that it spells out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.kinds import Column, Register
from graph.types import OneOf
from loaders.headers import header_figures as figures
from loaders.headers.alike import compare
from loaders.vocabulary.concepts import HEADS, concepts_of, is_of_the_record, kind_of
from loaders.vocabulary.header_words import Vocabulary, Wording
from loaders.vocabulary.profiles import FIELDS
from loaders.vocabulary.word_figures import LAST_LEVEL
from loaders.vocabulary.wording import header_forms, normalize_header

_BRACKET = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"[/、,，;；|或]")


@dataclass(frozen=True)
class Likeness:
    """The similarity of a header to a register's column, taken from its best wording; `exact` if that is the header itself."""

    column: Column
    value: float
    exact: bool


def likenesses(header: str, register: Register, words: Vocabulary) -> list[Likeness]:
    """Return the columns of a register that have this header as a known wording; if there is none, all that resemble it."""
    named = [
        (wording, worth)
        for form, worth in header_forms(header)
        for wording in words.by_form.get(form, ())
        if wording.register is register
    ]
    found = [_name(wording, worth, header) for wording, worth in named]
    meant = _columns_meant(spelt_out(header), register)
    if meant:
        found = [_weigh(like, meant) for like in found]
    rivals = _of_one_kind(header, found, register, words)
    if rivals:
        found = [Likeness(like.column, min(like.value, figures.EITHER), exact=False) for like in found] + rivals
    elif any(like.exact for like in found):
        found += _required(header, register, words)
    else:
        guessed = _guess(header, register, words)
        found += [_weigh(like, meant) for like in guessed] if meant else guessed
    best: dict[int, Likeness] = {}
    for like in found:
        known = best.get(id(like.column))
        if like.value and (known is None or like.value > known.value):
            best[id(like.column)] = like
    return list(best.values())


def glance(header: str, register: Register, words: Vocabulary) -> float:
    """Return a quick estimate of a header's highest similarity to any column of a register, without comparing characters."""
    best = 0.0
    for form, worth in header_forms(header):
        named = [w for w in words.by_form.get(form, ()) if w.register is register]
        if named:
            return worth if any(w.column.role in FIELDS for w in named) else figures.GLANCE_ASIDE * worth
        if not is_of_the_record(form):
            alike = max((alike for _, alike in words.profiles[register.name].compare(form)), default=0.0)
            best = max(best, figures.GLANCE * alike)
    return best


def _name(wording: Wording, worth: float, header: str) -> Likeness:
    """Return the likeness of a wording that a header is; no exact one where the header leaves open or contradicts what is meant.

    It leaves it open where only its last level is the wording, and that says no more than what kind of thing the cells are (名称);
    or where it is 备注, and the column is about something else. It contradicts it where brackets name another kind: 时间（日期）.
    """
    concepts = concepts_of(wording.form)
    bare = worth <= LAST_LEVEL and len(concepts) == 1 and concepts[0] in HEADS
    strange = concepts == ("REMARK",) and wording.column.field not in {"", "remark"}
    if bare or strange or (worth < 1.0 and _brackets_name_another(header, concepts)):
        return Likeness(wording.column, figures.BARE, exact=False)
    # The more usual wording first: a trifle decides between two headers that both name a column.
    return Likeness(wording.column, worth - figures.LESS_USUAL * wording.position, exact=True)


def _brackets_name_another(header: str, concepts: tuple[str, ...]) -> bool:
    bracket = _BRACKET.search(normalize_header(header))
    inside = concepts_of(bracket[1]) if bracket else ()
    return len(inside) == 1 and inside[0] in HEADS and inside[0] not in concepts and bool(kind_of(concepts))


def _guess(header: str, register: Register, words: Vocabulary) -> list[Likeness]:
    profiles = words.profiles[register.name]
    found = []
    for form, worth in header_forms(header):
        if is_of_the_record(form):
            continue
        share = figures.GUESSED[0] + figures.GUESSED[1] * worth
        found += [Likeness(column, share * alike, exact=False) for column, alike in profiles.compare(form)]
        for wording in words.near(form, register):
            if wording.form == form:
                continue  # a hit that does not count as one, see _name
            alike = share * compare(form, wording.form) * profiles.discount(form, wording.column)
            found.append(Likeness(wording.column, alike, exact=False))
        found += _known_elsewhere(form, register, words)
    return found


def _known_elsewhere(form: str, register: Register, words: Vocabulary) -> list[Likeness]:
    """Return the likeness to required columns of a header that names no thing and heads the same field in another register (标题)."""
    fields = {w.column.field for w in words.by_form.get(form, ()) if w.column.role == "value"}
    if any(len(concept) > 1 for concept in concepts_of(form)):
        return []
    needed = (c for c in register.columns if c.required and c.role == "value" and c.field in fields)
    return [Likeness(column, figures.KNOWN_ELSEWHERE, exact=False) for column in needed]


def _of_one_kind(header: str, named: list[Likeness], register: Register, words: Vocabulary) -> list[Likeness]:
    """Return the likeness to required columns of a header that names another, but says no more than the kind of both (时间)."""
    concepts = concepts_of(normalize_header(header))
    if len(concepts) != 1 or concepts[0] not in HEADS or not named or any(like.column.required for like in named):
        return []
    profiles = words.profiles[register.name]
    needed = (column for column in register.columns if column.required and profiles.ends_like(column, concepts[0]))
    return [Likeness(column, figures.EITHER, exact=False) for column in needed]


def _required(header: str, register: Register, words: Vocabulary) -> list[Likeness]:
    """Return the likeness to required columns: a header of another meaning may have to do, where none is nearer to them."""
    profiles = words.profiles[register.name]
    found = (like for form, _ in header_forms(header) for like in profiles.compare(form))
    return [Likeness(column, min(alike, figures.STANDS_IN), exact=False) for column, alike in found if column.required]


def spelt_out(header: str) -> tuple[str, ...]:
    """Return the choices that a header lists, as 央企 and 省企 in 单位性质（央企/省企） or 央企还是省企."""
    form = normalize_header(header)
    bracket = _BRACKET.search(form)
    listed = _BETWEEN.split(bracket[1]) if bracket else form.split("还是")
    options = [option.strip() for option in listed]
    return tuple(option for option in options if option) if len(options) > 1 else ()


def _columns_meant(options: tuple[str, ...], register: Register) -> set[int]:
    """Return the ids of the columns of choices among which enough of the options are."""
    found = set()
    for column in register.columns if options else ():
        kind = register.type_of(column) if column.role == "value" else None
        if isinstance(kind, OneOf):
            choices = {*kind.choices, *(word for others in kind.choices.values() for word in others)}
            known = sum(any(choice.startswith(o) or o.startswith(choice) for choice in choices) for o in options)
            found |= {id(column)} if known >= figures.CHOICES_KNOWN * len(options) else set()
    return found


def _weigh(like: Likeness, meant: set[int]) -> Likeness:
    fits = id(like.column) in meant
    if like.exact and fits:
        return like
    change = figures.SPELT_OUT if fits else -figures.SPELT_OUT / 2
    return Likeness(like.column, min(max(like.value + change, 0.0), figures.MOST), exact=False)
