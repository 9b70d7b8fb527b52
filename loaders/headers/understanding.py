"""Judges how well a sheet is understood as a certain register: filled fields, missing required columns, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.kinds import Column, Register
from graph.texts import Said
from loaders.headers import header_figures as figures
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.headers.recognition import RegisterStanding
from loaders.vocabulary.concepts import NARROWING, concepts_of
from loaders.vocabulary.english import are_english
from loaders.vocabulary.wording import normalize_header

_FILLED = frozenset({"value", "link", "identity", "items"})
_SHOWN = 6  # headers named in a reason


def rate(standing: RegisterStanding, mapping: TableMapping, texts: Iterable[str], title_share: float) -> float:
    """Return how much a sheet looks like a register by headers, title and values, as a number in about [0, 1.25].

    Missing required columns do not lower it.
    The columns that were understood, values seen, weigh as much as headers that registers know, if they are many.
    """
    columns = [
        c
        for c in mapping.columns
        if c.treatment == "dropped_personal" or (c.treatment == "mapped" and c.confidence >= figures.MAPPED)
    ]
    total = max(len(mapping.columns), 1)
    mapped = sum(c.treatment == "mapped" for c in columns)
    known = sum(c.confidence * (1.0 if c.treatment == "mapped" else figures.PERSONS_COUNT) for c in columns) / total
    joint = (1 - title_share) * known * min(1.0, mapped / figures.MANY) + title_share * standing.title
    understood = sum(c.confidence**2 for c in columns) / total
    fields = {c.field for c in standing.register.columns if c.role in _FILLED and not c.rides}
    filled = len({c.field for c in columns if c.field}) / max(len(fields), 1)
    special = figures.SPECIAL if _is_narrower(standing.register, texts) else 0.0
    return max(standing.score, joint) + figures.UNDERSTOOD * understood + figures.FILLS * filled - special


def missing_required(mapping: TableMapping) -> tuple[str, ...]:
    """Return the usual headers of the required columns that a sheet lacks."""
    return tuple(dict.fromkeys(c.headers[0] for c in lacking_columns(mapping)))


def lacking_columns(mapping: TableMapping) -> list[Column]:
    """Return the required columns of its register that a sheet lacks."""
    register = mapping.register
    if register is None:
        return []
    found = {c.field for c in mapping.columns if c.column is not None}
    # A text that lists things names them where no column does.
    found |= {c.field for c in register.columns if c.role == "items" and c.rides in found}
    needed = [c for c in register.columns if c.required and not c.rides and c.field not in found]
    identities = [c for c in register.columns if c.role == "identity"]
    if identities and not any(c.field in found for c in identities if c.field != "birth"):
        needed.append(identities[0])
    return needed


def ask_all(columns: Sequence[ColumnMapping]) -> tuple[ColumnMapping, ...]:
    """Mark all columns of a sheet that is hardly a register as to be confirmed by the user, so that none of it is read."""
    return tuple(_ask(column) for column in columns)


def offer_missing(mapping: TableMapping) -> tuple[ColumnMapping, ...]:
    """Mark the columns that nothing is read of as ones that may be what is missing, where no likelier column may be it."""
    offered = {field for c in mapping.columns if c.treatment == "asked" for field in c.alternatives}
    fields = tuple(c.field for c in lacking_columns(mapping) if c.field not in offered)

    def offer(column: ColumnMapping) -> ColumnMapping:
        if column.treatment not in {"asked", "ignored"} or not column.header or not fields:
            return column
        return replace(column, treatment="asked", alternatives=tuple(dict.fromkeys((*column.alternatives, *fields))))

    return tuple(map(offer, mapping.columns))


def explain(standing: RegisterStanding, mapping: TableMapping) -> Said:
    """Return which register a sheet comes nearest to, and what is found and missing."""
    register, lacking = standing.register, lacking_columns(mapping)
    found = [c.header for c in mapping.columns if c.treatment == "mapped"][:_SHOWN]
    if not found and are_english([c.header for c in mapping.columns]):
        return Said("表头是英文的，没有一列能认出", "the headers are in English, and none of them is understood")
    if not found:
        return Said("没有一列的表头是已知的", "none of its headers is known")
    near = Said(
        f"最接近“{register.zh}”，有：{'、'.join(found)}", f"nearest “{register.en}”, which has: {', '.join(found)}"
    )
    if lacking:
        names = Said("、".join(c.headers[0] for c in lacking), ", ".join(c.field.replace("_", " ") for c in lacking))
        lacks = Said(f"；缺：{names}", f"; missing: {names.en}")
    else:
        lacks = Said("，但不足以认定", ", but that is not enough to be sure")
    return Said(f"不是已知的登记表；{near}{lacks}", f"no known register; {near.en}{lacks.en}")


def _ask(column: ColumnMapping) -> ColumnMapping:
    if column.treatment != "mapped":
        return column if column.treatment != "dropped_personal" else replace(column, field="", column=None)
    return replace(column, field="", treatment="asked", alternatives=(column.field,), column=None)


def _is_narrower(register: Register, texts: Iterable[str]) -> bool:
    narrowing = NARROWING.intersection(concepts_of(normalize_header(register.zh)))
    said = {concept for text in texts for concept in concepts_of(normalize_header(text))}
    return not narrowing <= said
