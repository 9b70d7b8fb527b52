"""Answers as files: CSV and workbooks whose texts no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from graph.texts import Lang, Said
from queries.answers.contents import Contents
from queries.answers.rows import RECORDS, Record, heading, plain, tell_sources
from queries.answers.show import item_text, show_lines, shown_fields

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SHEET, _SOURCES = Said("结果", "answer"), Said("来源", "sources")
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
_HEAD = _CELL | {"bold": True, "bg_color": "#EDEDED"}
_A4, _UPRIGHT = 9, 6  # the number of the paper; so many columns fit an upright page
_WIDEST, _MOST_LINES = 48, 50


def neutralize(text: str) -> str:
    """Return a text with a leading apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def flat_rows(answer: Contents[Any], lang: Lang) -> list[list[Any]]:
    """Return the rows as plain cells: lists become texts with semicolons, nested values JSON."""
    return [[flatten(getattr(row, f.name), lang) for f in answer.fields()] for row in answer.rows]


def flatten(value: Any, lang: Lang) -> Any:
    """Return a value as one cell."""
    if isinstance(value, (list, tuple)):
        value = "；".join(
            item_text(item, lang) if _has_text(item) else json.dumps(plain(item, lang), ensure_ascii=False)
            for item in value
        )
    elif isinstance(value, Mapping):
        value = json.dumps(plain(value, lang), ensure_ascii=False) if value else ""
    value = plain(value, lang)
    return neutralize(value) if isinstance(value, str) else value


def _has_text(item: Any) -> bool:
    return (
        isinstance(item, (str, list, tuple)) or hasattr(item, "text") or (isinstance(item, Mapping) and "text" in item)
    )


def write_csv(answer: Contents[Any], path: Path, lang: Lang) -> Path:
    """Write an answer as CSV in UTF-8 with a mark at its start; the headings are the field names."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([f.name for f in answer.fields()])
        out.writerows(flat_rows(answer, lang))
    return path


def write_xlsx(answer: Contents[Any], path: Path, lang: Lang) -> Path:
    """Write an answer as a workbook to read and print: what a page shows, in `lang`, each row with its sources in words."""
    import xlsxwriter  # start-up: few answers are saved as workbooks

    columns = shown_fields(answer, wide=True)
    has_records = any(f.name == RECORDS for f in answer.fields())
    heads = [heading(f, lang) for f in columns] + ([_SOURCES.text(lang)] if has_records else [])
    with xlsxwriter.Workbook(path, _AS_TEXT) as book:
        sheet = book.add_worksheet(_SHEET.text(lang))
        _set_page(sheet, len(heads))
        sheet.write_row(0, 0, heads, book.add_format(_HEAD))
        look, widths = book.add_format(_CELL), [_width(head) for head in heads]
        for number, row in enumerate(answer.rows, start=1):
            cells = [shown_cell(f, row, lang) for f in columns]
            cells += [neutralize(tell_sources(_records_of(row)).text(lang))] if has_records else []
            sheet.write_row(number, 0, cells, look)
            widths = [max(width, _width(cell)) for width, cell in zip(widths, cells, strict=True)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width + 2, _WIDEST))
    return path


def shown_cell(f: dataclasses.Field[Any], row: Any, lang: Lang) -> Any:
    """Return a field of a row as one cell: a number as a number, words in `lang`, a list with a line an item."""
    value = getattr(row, f.name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(value, f.metadata.get("digits", 2)) if isinstance(value, float) else value
    return neutralize("\n".join(show_lines(f, value, lang, most=_MOST_LINES)))


def _records_of(row: Any) -> list[Record]:
    return [one for one in getattr(row, RECORDS) or () if isinstance(one, Record)]


def _set_page(sheet: Any, columns: int) -> None:
    """Set a sheet up for A4: as wide as the page, the headings on every page."""
    sheet.freeze_panes(1, 0)
    sheet.set_paper(_A4)
    if columns > _UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _width(cell: Any) -> int:
    """Return how wide the longest line of a cell is, in narrow characters; Chinese ones are twice as wide."""
    lines = str(cell if cell is not None else "").split("\n")
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in line) for line in lines)
