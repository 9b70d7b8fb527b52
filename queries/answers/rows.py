"""What a row of an answer is made of: fields with headings in two languages, records, values as JSON has them."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Literal

from graph.texts import Lang, Said, join_said

Place = Literal["table", "detail", "hidden"]
NOT_REGISTERED = Said("未登记", "not registered")  # what a register says nothing of
RECORDS = "records"  # the field of a row that holds the rows of files it rests on
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


def tell_sources(records: Iterable[Record]) -> Said:
    """Return in words from which rows of which sheets of which files something comes; nothing where nobody knows."""
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for record in records:
        if record.file:
            rows[record.file, record.sheet] |= {record.row} if record.row is not None else set()
    return join_said(_tell_sheet(file, sheet, numbers) for (file, sheet), numbers in rows.items())


def _tell_sheet(file: str, sheet: str, numbers: set[int]) -> Said:
    zh, en = (f"“{sheet}”", f" “{sheet}”") if sheet and sheet not in file else ("", "")
    told = _tell_numbers(numbers)
    if not told:
        return Said(f"《{file}》{zh}", f"{file}{en}")
    many = "row" if len(numbers) == 1 else "rows"
    return Said(f"《{file}》{zh}第 {told} 行", f"{file}{en}, {many} {told.replace('、', ', ')}")


def _tell_numbers(numbers: set[int]) -> str:
    """Return numbers with neighbours as spans: 5–8、12."""
    runs = [list(run) for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])]
    ends = ((run[0][1], run[-1][1]) for run in runs)
    return "、".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ends)


def column(  # noqa: PLR0913 -- one word each at the fields that need it
    zh: str,
    en: str,
    show: Place = "table",
    words: Mapping[str, Said] | None = None,
    digits: int = 2,
    most: int | None = 0,
    *,
    share: bool = False,
) -> Any:
    """Return a dataclass field with its headings.

    `show`: in every table, as a detail (on a page; in a terminal only reasons), or hidden. `words`: what to show for a value that
    is a code (unused → 闲置未用, unused). `digits`: how many decimals a table shows. `most`: how many items of a list, where not as many
    of others; None for all. `share`: a part of one, which is told in hundredths (0.5 as 50%).
    """
    told = {"heading": Said(zh, en), "show": show, "words": words or {}, "digits": digits, "most": most, "share": share}
    return field(metadata=told)


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
