"""How well a sheet is understood as some register: what its columns fill, which required ones are missing, what to ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.kinds import Register
from loaders.headers import header_figures as figures
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.headers.recognition import RegisterStanding
from loaders.vocabulary.concepts import NARROWING, concepts_of
from loaders.vocabulary.header_words import GENERIC_WORDS
from loaders.vocabulary.wording import normalize_header

_FILLED = frozenset({"value", "link", "identity", "items"})
_SHOWN = 6  # headers named in a reason
_TOLD = 3  # questions told in a reason


def rate(standing: RegisterStanding, mapping: TableMapping, texts: Iterable[str], title_share: float) -> float:
    """Return how much a sheet is like a register by its headers, title and values together, in about [0, 1.25], whatever is missing.

    The columns that were understood, values seen, weigh as much as headers that registers know, if they are many.
    """
    columns = [
        c
        for c in mapping.columns
        if c.treatment == "dropped_personal" or (c.treatment == "mapped" and c.confidence >= figures.NEEDED)
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


def is_promising(score: float, columns: Sequence[ColumnMapping]) -> bool:
    """Tell whether a sheet that is taken for no register is worth a question: near enough to one, with a column in question."""
    treatments = [c.treatment for c in columns]
    return (
        score >= figures.PROMISING
        and "asked" in treatments
        and treatments.count("asked") + treatments.count("mapped") > 1
    )


def is_sure(mapping: TableMapping) -> bool:
    """Tell whether columns alone say what a sheet is: the required ones found without much guessing, not all of words of any sheet."""
    mapped = [c for c in mapping.columns if c.column is not None]
    special = any(normalize_header(c.header) not in GENERIC_WORDS for c in mapped)
    return special and all(c.confidence >= figures.SURE for c in mapped if c.column is not None and c.column.required)


def missing_required(mapping: TableMapping) -> tuple[str, ...]:
    """Return the usual headers of the required columns that a sheet lacks."""
    register = mapping.register
    if register is None:
        return ()
    found = {c.field for c in mapping.columns if c.column is not None}
    # A text that lists things names them where no column does.
    found |= {c.field for c in register.columns if c.role == "items" and c.rides in found}
    needed = [c for c in register.columns if c.required and not c.rides and c.field not in found]
    identities = [c for c in register.columns if c.role == "identity"]
    if identities and not any(c.field in found for c in identities if c.field != "birth"):
        needed.append(identities[0])
    return tuple(dict.fromkeys(c.headers[0] for c in needed))


def ask_all(columns: Sequence[ColumnMapping]) -> tuple[ColumnMapping, ...]:
    """Return columns of a sheet that may be a register: nothing is read of them, and what each would mean is a question."""
    return tuple(_ask(column) for column in columns)


def explain(standing: RegisterStanding, mapping: TableMapping, columns: Sequence[ColumnMapping]) -> str:
    """Return which register a sheet comes nearest to, what is found and missing, and how to say what its columns are."""
    register = standing.register
    found = [c.header for c in mapping.columns if c.treatment == "mapped"][:_SHOWN]
    has, lacks = "、".join(found) or "—", "、".join(missing_required(mapping)) or "—"
    open_ones = [c for c, was in zip(columns, mapping.columns, strict=True) if c.treatment == was.treatment == "asked"]
    told = "；".join(
        f"shilian decide header {register.name} “{c.header}” {'|'.join(c.alternatives)}" for c in open_ones[:_TOLD]
    )
    zh, en = (f"。如果是，请说明：{told}", f". If it is one, say so: {told}") if told else ("", "")
    return (
        f"不是已知的登记表；最接近“{register.zh}”（有：{has}；缺：{lacks}）{zh}"
        f" / no known register; nearest “{register.en}” (found: {has}; missing: {lacks}){en}"
    )


def _ask(column: ColumnMapping) -> ColumnMapping:
    if column.treatment != "mapped":
        return column if column.treatment != "dropped_personal" else replace(column, field="", column=None)
    return replace(column, field="", treatment="asked", alternatives=(column.field,), column=None)


def _is_narrower(register: Register, texts: Iterable[str]) -> bool:
    narrowing = NARROWING.intersection(concepts_of(normalize_header(register.zh)))
    said = {concept for text in texts for concept in concepts_of(normalize_header(text))}
    return not narrowing <= said
