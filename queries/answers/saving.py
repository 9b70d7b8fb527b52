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
_SHARE_DIGITS = 4
_SHARE = _CELL | {"num_format": "0.0%"}
_HEAD = _CELL | {"bold": True, "bg_color": "#EDEDED"}
_A4, _UPRIGHT = 9, 6  # the number of the paper; so many columns fit an upright page
_WIDEST, _MOST_LINES = 40, 50
_LINE, _ABOVE = 15, 4  # points of a line, and what a row has beside its lines


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

    table = _shown_table(answer, lang)
    widths = [min(max(map(_width, column)) + 2, _WIDEST) for column in zip(*table, strict=True)]
    with xlsxwriter.Workbook(path, _AS_TEXT) as book:
        sheet = book.add_worksheet(_SHEET.text(lang))
        _set_page(sheet, len(widths))
        looks = [book.add_format(look) for look in (_HEAD, _CELL, _SHARE)]
        shares = [place for place, f in enumerate(shown_fields(answer, wide=True)) if f.metadata.get("share")]
        for number, cells in enumerate(table):
            sheet.set_row(number, _LINE * max(map(_count_lines, cells, widths), default=1) + _ABOVE)
            sheet.write_row(number, 0, cells, looks[min(number, 1)])
            for place in shares if number else ():
                sheet.write(number, place, cells[place], looks[2])
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
    return path


def _shown_table(answer: Contents[Any], lang: Lang) -> list[list[Any]]:
    """Return the headings and the rows as a page shows them, and behind each row its sources in words."""
    columns = shown_fields(answer, wide=True)
    has_records = any(f.name == RECORDS for f in answer.fields())
    table: list[list[Any]] = [[heading(f, lang) for f in columns] + ([_SOURCES.text(lang)] if has_records else [])]
    for row in answer.rows:
        sources = [neutralize(tell_sources(_records_of(row)).text(lang))] if has_records else []
        table.append([shown_cell(f, row, lang) for f in columns] + sources)
    return table


def shown_cell(f: dataclasses.Field[Any], row: Any, lang: Lang) -> Any:
    """Return a field of a row as one cell: a number as a number, words in `lang`, a list with a line an item."""
    value = getattr(row, f.name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = _SHARE_DIGITS if f.metadata.get("share") else f.metadata.get("digits", 2)
        return round(value, digits) if isinstance(value, float) else value
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


def _count_lines(cell: Any, width: int) -> int:
    """Return how many lines a cell needs in a column of a width."""
    return sum(
        -(-max(_width(line), 1) // max(width - 2, 1)) for line in str(cell if cell is not None else "").split("\n")
    )
