"""Values of an answer as cells of a table: in words, with links to what they name and to the rows of files behind them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.rendering import entity_path, row_path, show_number
from graph.documents import Document
from graph.texts import Lang, in_language
from queries.answers.show import path_text, show_share, show_value

# Columns that name a unit; where the row has no id beside the name, the page of the unit finds it by its name.
NAMING = frozenset(("unit", "other", "enterprise", "community", "owner", "partner", "provider", "subdistrict", "area"))
TITLES = (
    "name",
    "title",
    "what",
    "text",
    "number",
)  # columns that say what a row is about, where the row has but one id
SHARES = frozenset(("score", "confidence"))  # from 0 to 1, drawn as bars
MOST_LINES = 6
JOIN = "、"  # between several names in one cell
Names = Mapping[str, tuple[str, str]]  # what a name that only one thing has stands for: its id and its kind
NO_NAMES: Names = {}
LEAST_NAME, LONGEST_NAME = 4, 60  # characters: a shorter text in a cell (会议室) is rather a word than a name
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class CellPart:
    """A piece of a line: its text, where it leads (nowhere if empty), and the kind of what it names."""

    text: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class CellSource:
    """The row of a file on which a value rests."""

    text: str
    href: str


@dataclass(frozen=True)
class CellLine:
    """A line of a cell, with a share to draw as a bar and the rows of files behind it."""

    parts: tuple[CellPart, ...]
    share: float | None = None
    sources: tuple[CellSource, ...] = ()


@dataclass(frozen=True)
class ShownCell:
    """A cell of a table: its lines, and the value by which it is sorted and filtered."""

    lines: tuple[CellLine, ...]
    value: Any
    is_list: bool = False

    @property
    def text(self) -> str:
        """Return the cell as one text."""
        return " ".join(part.text for line in self.lines for part in line.parts)


def list_texts(rows: Sequence[Document]) -> set[str]:
    """Return every text in cells that may be a name: whole texts, the parts of joined ones, the items of lists."""
    values = [value for row in rows for value in row.values()]
    items = [item for value in values if isinstance(value, list) for item in value] + values
    parts = {part for item in items if isinstance(item, str) for part in item.split(JOIN)}
    return {part for part in parts if LEAST_NAME <= len(part) <= LONGEST_NAME}


def make_cell(field: dataclasses.Field[Any], row: Document, lang: Lang, names: Names = NO_NAMES) -> ShownCell:
    """Return a field of a row of an answer as a cell; `names` are what the names in joined texts stand for."""
    value, words = row.get(field.name), field.metadata.get("words", {})
    if isinstance(value, str) and value in words:
        return _single(in_language(words[value], lang), value)
    if isinstance(value, Mapping):
        value = [f"{name} {show_value(item, lang)}" for name, item in value.items()]
    if isinstance(value, list):
        return ShownCell(tuple(_item_line(item, lang, names) for item in value), value, is_list=True)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        is_share = bool(field.metadata.get("share"))
        drawn = float(value) if (is_share or field.name in SHARES) and 0 <= value <= 1 else None
        text = show_share(value) if is_share else show_number(value, field.metadata.get("digits", 2))
        line = CellLine((CellPart(text),), drawn)
        return ShownCell((line,), value)
    href, label = _leads_to(field.name, row)
    if isinstance(value, str) and (JOIN in value or not href) and any(part in names for part in value.split(JOIN)):
        return ShownCell((CellLine(tuple(_named_parts(value, names))),), value)
    return _single(show_value(value, lang), value, href, label)


def list_sources(records: Any) -> tuple[CellSource, ...]:
    """Return the rows of files that an answer names, each once."""
    found = {
        (r["file"], r.get("sheet") or "", r["row"]): None
        for r in records or ()
        if isinstance(r, Mapping) and r.get("file") and r.get("row") is not None
    }
    return tuple(CellSource(_short(*one), row_path(*one)) for one in found)


def _single(text: str, value: Any, href: str = "", label: str = "") -> ShownCell:
    return ShownCell((CellLine((CellPart(text, href, label),)),), value)


def _short(file: str, sheet: str, row: int) -> str:
    return f"{file.rpartition('.')[0] or file} · {sheet} · {row}"


def _leads_to(name: str, row: Document) -> tuple[str, str]:
    """Return the address of what a column names, and its kind where the row tells it."""
    value = row.get(name)
    if not isinstance(value, str) or not value:
        return "", ""
    if name == "file" and isinstance(row.get("row"), int):
        return row_path(value, str(row.get("sheet") or ""), row["row"]), ""
    id = row.get(f"{name}_id") or _own_id(name, row)
    if isinstance(id, str) and id:
        return entity_path(id), str(row.get("label") or "") if "id" in row else ""
    return (entity_path(value), "") if name in NAMING else ("", "")


def _own_id(name: str, row: Document) -> object:
    """Return the id of the thing that a row is about, for the column that names it."""
    if "id" in row:
        return row["id"] if name in TITLES else ""
    lone = [key for key in row if key.endswith("_id") and key.removesuffix("_id") not in row and key != "load_id"]
    texts = (key for key, value in row.items() if isinstance(value, str) and not key.endswith("_id"))
    first = next((key for key in texts if not _DAY.fullmatch(row[key])), "")  # a day is nobody's name
    shown = next((key for key in TITLES if row.get(key)), first)
    return row[lone[0]] if len(lone) == 1 and name == shown else ""


def _named_parts(text: str, names: Names) -> Iterator[CellPart]:
    """Yield joined names one by one, each with a link where it is known what it stands for."""
    for place, part in enumerate(text.split(JOIN)):
        if place:
            yield CellPart(JOIN)
        id, label = names.get(part, ("", ""))
        yield CellPart(part, entity_path(id) if id else "", label)


def _item_line(item: Any, lang: Lang, names: Names) -> CellLine:
    """Return an item of a list as a line: a path, a sentence with what it rests on, a unit and why, or its text."""
    if isinstance(item, list):
        return CellLine(tuple(_path_parts(item, lang)))
    if isinstance(item, str):
        return CellLine(tuple(_named_parts(item, names)))
    if not isinstance(item, Mapping):
        return CellLine((CellPart(show_value(item, lang)),))
    parts = tuple(_item_parts(item, lang))
    share = item.get("contribution")
    return CellLine(parts, share if isinstance(share, float) else None, list_sources(item.get("records")))


def _item_parts(item: Mapping[str, Any], lang: Lang) -> Iterator[CellPart]:
    if item.get("file") and "row" in item:
        source = list_sources([item])
        yield CellPart(source[0].text, source[0].href) if source else CellPart(str(item["file"]))
        return
    if isinstance(day := item.get("date"), str):
        yield CellPart(f"{day} ")
    named = item.get("unit") or item.get("name")
    if isinstance(named, str):
        id = item.get("unit_id") or item.get("id") or (named if item.get("unit") else "")
        yield CellPart(named, entity_path(str(id)) if id else "", str(item.get("label") or ""))
    told = item.get("text") or item.get("why")
    if told:
        yield CellPart(f" {show_value(told, lang)}" if named else show_value(told, lang))
    elif not isinstance(named, str):
        yield CellPart(" · ".join(show_value(v, lang) for v in item.values() if not isinstance(v, (list, dict))))


def _path_parts(path: Sequence[Mapping[str, Any]], lang: Lang) -> Iterator[CellPart]:
    """Yield a path between two units: the kind of link, then the things between them, each a link to its page."""
    inner = [step for step in path[1:-1] if "name" in step]
    written = path_text(path, lang)
    before = written.partition(inner[0]["name"])[0] if inner else written
    yield CellPart(before)
    for place, step in enumerate(inner):
        if place:
            yield CellPart(" — ")
        yield CellPart(str(step["name"]), entity_path(str(step["id"])), str(step.get("label") or ""))
