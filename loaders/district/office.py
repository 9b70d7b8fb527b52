"""How offices write things down: many notations of a date, short names, titles, fill-in lines, merged cells, totals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from graph.documents import Document
from loaders.district import invented_names
from loaders.district.planned import PlannedDistrict

Row = list[Any]
Unit = tuple[str, int]  # "enterprise" or "community", and its number
Thing = TypeVar("Thing")
_EXCEL_EPOCH = date(1899, 12, 30)
_CREATED = datetime(2026, 6, 30)


@dataclass(frozen=True)
class Clerk:
    """Writes values the way office staff do; `dirt` from 0 to 1 says how often the notation differs from the plain one."""

    district: PlannedDistrict
    random: random.Random
    dirt: float

    def choose(self, plain: Any, *others: Any) -> Any:
        """Return one of several notations at random: the plain one, or (more often with more dirt) any of them."""
        return self.random.choice((plain, *others)) if self.random.random() < self.dirt else plain

    def enterprise(self, index: int) -> str:
        """Return an enterprise's full name, its name without 有限公司, or its short name."""
        firm = self.district.enterprises[index]
        return str(
            self.choose(
                firm.name, firm.name, firm.name.removesuffix("有限公司").removesuffix("有限责任公司"), firm.short
            )
        )

    def community(self, index: int) -> str:
        """Return a community's name, that of its committee, or with its street before it."""
        community = self.district.communities[index]
        street = f"{self.district.streets[community.street]}街道"
        return str(self.choose(community.name, f"{community.name}居委会", f"{street}{community.name}"))

    def unit(self, unit: Unit) -> str:
        """Return the name of an enterprise or community."""
        side, index = unit
        return self.enterprise(index) if side == "enterprise" else self.community(index)

    @property
    def firms(self) -> list[int]:
        """The enterprises that send in what they are asked for."""
        return self.district.reporting

    def units(self, units: Sequence[Unit]) -> str:
        """Return the names of several units in one cell."""
        return self.random.choice("、，；").join(self.unit(unit) for unit in units)

    def full_name(self, unit: Unit) -> str:
        """Return the name under which a unit stands in its own register."""
        side, index = unit
        return (self.district.enterprises if side == "enterprise" else self.district.communities)[index].name

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return so many of the things at random, or all of them where there are fewer."""
        return self.random.sample(list(things), min(count, len(things)))

    def pairs(self, count: int) -> list[tuple[int, int]]:
        """Return so many pairs of a community and an enterprise that work together: those whose agreement has led to something."""
        active = sorted({(a.community, a.enterprise) for a in self.district.agreements if a.activities})
        return self.some(active, count)

    def day_between(self, first: date, last: date) -> date:
        """Return a day of a time, both ends included."""
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def exact_day(self, day: date) -> Any:
        """Return a date in one of the notations that keep its day."""
        return self.day(day, month_only=False)

    def street(self, index: int) -> str:
        """Return a street's name with 街道, 办事处 or neither."""
        name = self.district.streets[index]
        return str(self.choose(f"{name}街道", f"{name}办事处", f"{name}街道办事处", name))

    def day(self, day: date, *, month_only: bool = True) -> Any:
        """Return a date as text in one of five notations, as a date cell, as a serial number, or as a month."""
        ways = [
            f"{day.year}.{day.month}.{day.day}",
            day.strftime("%Y%m%d"),
            f"{day.year}年{day.month}月{day.day}日",
            day.strftime("%Y/%m/%d"),
            day,
            (day - _EXCEL_EPOCH).days,
        ]
        return self.choose(day.isoformat(), *ways, *([f"{day.year}年{day.month:02d}月"] if month_only else []))

    def people(self, number: int) -> Any:
        """Return a number of people."""
        return self.choose(number, str(number), f"{number}人")

    def area(self, number: int) -> Any:
        """Return an area in square metres."""
        return self.choose(number, f"{number}平方米", f"约{number}㎡", f"{number}平米", str(number))

    def blank(self) -> Any:
        """Return nothing, in one of the ways that offices write it."""
        return self.choose(None, "无", "—", "/", "暂无")


@dataclass(frozen=True)
class Sheet:
    """A sheet that is to be written; its header may have two rows, whose None cells are merged with the cell above or before."""

    name: str
    title: str
    header: Sequence[Sequence[str | None]]
    rows: Sequence[Row]
    counted: bool = True  # has a line with the total, and a footer
    merged: int | None = None  # the column whose repeated words are merged


@dataclass(frozen=True)
class Book:
    """A workbook that is to be written, and what is true of what it says."""

    file: str
    sheets: Sequence[Sheet]
    truth: Document


def write_workbook(path: Path, sheets: Sequence[Sheet], clerk: Clerk) -> None:
    """Write sheets as one workbook."""
    from xlsxwriter import Workbook  # 60 ms: only where workbooks are written

    with Workbook(path, {"default_date_format": "yyyy/m/d"}) as book:
        book.set_properties({"created": _CREATED})
        look = book.add_format({"align": "center", "valign": "vcenter", "bold": True, "text_wrap": True})
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, look, clerk)


def _write_sheet(page: Any, sheet: Sheet, look: Any, clerk: Clerk) -> None:
    width = len(sheet.header[0]) - 1
    page.set_column(0, width, 18)
    page.merge_range(0, 0, 0, width, sheet.title, look)
    writer = invented_names.person_name(clerk.random)
    page.merge_range(
        1,
        0,
        1,
        width,
        f"填报单位（盖章）：{invented_names.DISTRICT}委组织部    填报人：{writer}    填报时间：2026年6月",
    )
    first = _write_header(page, sheet, look)
    for at, row in enumerate(sheet.rows, first):
        page.write_row(at, 0, row)
    if sheet.merged is not None:
        _merge_repeats(page, [row[sheet.merged] for row in sheet.rows], sheet.merged, first)
    if sheet.counted:
        last = first + len(sheet.rows)
        page.write_row(last, 0, ["合计", len(sheet.rows)])
        page.write(last + 1, 0, "备注：1.本表由各单位如实填报；2.截止2026年6月30日。")


def _write_header(page: Any, sheet: Sheet, look: Any) -> int:
    """Write the header from the third row on, and return the row below it."""
    top = sheet.header[0]
    if len(sheet.header) == 1:
        page.write_row(2, 0, top, look)
        return 3
    below = sheet.header[1]
    for column, word in enumerate(top):
        if word is None:
            continue
        span = 1 + next((i for i, w in enumerate(top[column + 1 :]) if w is not None), len(top) - column - 1)
        if below[column] is None:
            page.merge_range(2, column, 3, column, word, look)
        else:
            page.merge_range(2, column, 2, column + span - 1, word, look)
    for column, word in enumerate(below):
        if word is not None:
            page.write(3, column, word, look)
    return 4


def _merge_repeats(page: Any, cells: list[Any], column: int, first: int) -> None:
    words = [*cells, None]
    start = 0
    for at in range(1, len(words)):
        if words[at] != words[start]:
            if at - start > 1:
                page.merge_range(first + start, column, first + at - 1, column, words[start])
            start = at


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Row], encoding: str) -> None:
    """Write a register as CSV in the encoding of an office (gb18030, utf-8-sig, utf-8)."""
    import csv

    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
