"""Workbooks as offices send them: a title, a line to fill in, headers of two levels, totals, remarks and signatures around the table."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FILL_IN = "填报单位（盖章）：长安路街道党工委    填报人：{person}    联系电话：{phone}    填报时间：{reported}"
FOOTERS = ("备注：1.本表一式两份，由秘书处存档。", "审核人：{person}        制表人：{person}")
_GIVEN = "镡犇翀彧燊赟婳峣玥珺珩珏骉羴猋毳淼焱垚磊鑫森晶卉矗"
FIRST_ROW = 5  # of the data: above it title, line to fill in, two rows of headers
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class People:
    """Made-up people with numbers made at run time; it remembers every name and number that it gave out."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.given: set[str] = set()

    def name(self) -> str:
        """Return a name of three characters."""
        return self._give(self._random.choice("欧司诸皇") + "".join(self._random.sample(_GIVEN, 2)))

    def mobile(self) -> str:
        """Return a mobile number."""
        return self._give("139" + "".join(self._random.choices("0123456789", k=8)))

    def number(self) -> str:
        """Return a national number with a right check digit."""
        body = "110101" + f"19{self._random.randint(50, 99)}0{self._random.randint(1, 9)}1{self._random.randint(0, 9)}"
        body += "".join(self._random.choices("0123456789", k=3))
        return self._give(body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11])

    def _give(self, text: str) -> str:
        self.given.add(text)
        return text


def save_office_workbook(
    path: Path,
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    people: People,
    *,
    reported: str = "2026年6月30日",
    total: Sequence[object] = (),
    merged: Sequence[str] = (),
) -> Path:
    """Write a sheet: merged title, line to fill in, headers (a slash makes two levels), rows, a total, remarks, a signature.

    `merged` are ranges over the data, counted as the spreadsheet shows them.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    line = {"person": people.name(), "phone": people.mobile(), "reported": reported}
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headers))
    sheet.append([FILL_IN.format(**line)])
    _write_headers(sheet, headers)
    below = [*rows, *([total] if total else []), *([footer.format(**line)] for footer in FOOTERS)]
    for number, row in enumerate(below, FIRST_ROW):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def _write_headers(sheet: Worksheet, headers: Sequence[str]) -> None:
    """Write headers into rows 3 and 4: one of two levels spreads its group, one of a single level goes down both rows."""
    for column, header in enumerate(headers, 1):
        group, _, last = header.partition("/")
        sheet.cell(3, column, group)
        if last:
            sheet.cell(4, column, last)
        else:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    groups = [header.partition("/")[0] if "/" in header else "" for header in headers]
    start = 0
    for column in range(1, len(headers) + 1):
        if column == len(headers) or groups[column] != groups[start] or not groups[start]:
            if groups[start] and column - start > 1:
                sheet.merge_cells(start_row=3, end_row=3, start_column=start + 1, end_column=column)
            start = column
