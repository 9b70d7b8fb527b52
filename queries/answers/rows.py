"""What a row of an answer is made of: fields with headings in two languages, records, values as JSON has them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from graph.texts import Lang, Said

Place = Literal["table", "detail", "hidden"]
# Ties that questions make and no kind of the schema is, as pictures and lists call them.
USED, SUGGESTED_TO, MEMBERS_LIVE_IN = "USED", "SUGGESTED_TO", "MEMBERS_LIVE_IN"
DERIVED_TIES = {
    USED: Said("借用", "has used"),
    SUGGESTED_TO: Said("建议使用", "suggested to"),
    MEMBERS_LIVE_IN: Said("党员居住", "members live in"),
}


@dataclass(frozen=True)
class Record:
    """A row of a file that an answer rests on."""

    entity: str
    file: str
    sheet: str
    row: int | None


def column(
    zh: str,
    en: str,
    show: Place = "table",
    words: Mapping[str, Said] | None = None,
    digits: int = 2,
    most: int | None = 0,
) -> Any:
    """Return a dataclass field with its headings.

    `show`: in every table, as a detail (on a page; in a terminal only reasons), or hidden. `words`: what to show for a value that
    is a code (unused → 闲置未用, unused). `digits`: how many decimals a table shows. `most`: how many items of a list, where not as many
    as of others; None for all.
    """
    return field(metadata={"heading": Said(zh, en), "show": show, "words": words or {}, "digits": digits, "most": most})


def heading(f: dataclasses.Field[Any], lang: Lang) -> str:
    """Return the heading of a field."""
    named: Said | None = f.metadata.get("heading")
    return named.text(lang) if named else f.name.replace("_", " ")


def plain(value: Any, lang: Lang = "zh", dates: bool = False) -> Any:
    """Return a value as JSON has it; dates stay dates where `dates` is set, and a Said becomes its text in `lang`."""
    if isinstance(value, Said):
        return value.text(lang)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), lang, dates) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, lang, dates) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, lang, dates) for item in value]
    if isinstance(value, (date, datetime, time)) and not dates:
        return value.isoformat()
    return value
