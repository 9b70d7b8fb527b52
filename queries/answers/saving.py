"""Answers as files: CSV and workbooks whose texts no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from queries.answers.answer import Answer, Lang, plain
from queries.answers.show import heading, item_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralize(text: str) -> str:
    """Return a text with a leading apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def flat_rows(answer: Answer[Any], lang: Lang) -> list[list[Any]]:
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


def write_csv(answer: Answer[Any], path: Path, lang: Lang) -> Path:
    """Write an answer as CSV in UTF-8 with a mark at its start; the headings are the field names."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([f.name for f in answer.fields()])
        out.writerows(flat_rows(answer, lang))
    return path


def write_xlsx(answer: Answer[Any], path: Path, lang: Lang) -> Path:
    """Write an answer as a workbook with one sheet, its headings in `lang`."""
    import xlsxwriter

    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    ) as book:
        sheet, bold = book.add_worksheet("结果" if lang == "zh" else "answer"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [heading(f, lang) for f in answer.fields()], bold)
        for number, row in enumerate(flat_rows(answer, lang), start=1):
            sheet.write_row(number, 0, row)
        sheet.autofit()
    return path
