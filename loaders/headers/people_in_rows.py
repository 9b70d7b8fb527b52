"""Whether each row of a table is a person: by the headers that registers of persons have for names and numbers, and by the values below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.texts import Said
from loaders.headers import header_figures as figures
from loaders.headers.evidence import NO_EVIDENCE, ColumnEvidence
from loaders.sheets.table_finder import Header
from loaders.vocabulary.header_words import Vocabulary
from loaders.vocabulary.personal_headers import is_personal_header
from loaders.vocabulary.wording import normalize_header


def has_persons(headers: Sequence[Header], evidence: Mapping[str, ColumnEvidence], words: Vocabulary) -> bool:
    """Tell whether each row has a person's name, and a column for the number."""
    seen = {h.letter: evidence.get(h.letter, NO_EVIDENCE) for h in headers}
    parts = {
        (w.column.field, seen[h.letter].is_person or 0 < seen[h.letter].values.len() < figures.VALUES_FROM)
        for h in headers
        for w in words.by_form.get(normalize_header(h.text), ())
        if w.column.role == "identity"
    }
    return ("name", True) in parts and any(part == "number" for part, _ in parts)


def has_names(headers: Sequence[Header], evidence: Mapping[str, ColumnEvidence], words: Vocabulary) -> bool:
    """Tell whether each row has another person's name under a header that says no more than that."""
    return any(
        w.column.role == "identity"
        and w.column.field == "name"
        and (seen := evidence.get(h.letter, NO_EVIDENCE)).is_person
        and seen.is_distinct
        for h in headers
        for w in words.by_form.get(normalize_header(h.text), ())
    )


def tell_roll(headers: Sequence[Header], evidence: Mapping[str, ColumnEvidence]) -> Said | None:
    """Return that each row is a person or a household, where a column says so by its header and its names (户主)."""
    for header in headers:
        seen = evidence.get(header.letter, NO_EVIDENCE)
        if is_personal_header(header.text) and seen.is_person and seen.is_distinct:
            reason = Said(
                "每一行是一个人（“{what}”一栏），个人名册不载入",
                "each row is a person (the column “{what}”), and rolls of persons are not loaded",
            )
            return reason.fill(what=header.text)
    return None
