"""Months as columns (1月 … 12月): a table of sums by month, read as one row for each month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from graph.types.years import find_year
from loaders.formats.raw_sheet import plain_name
from loaders.sheets import sheet_figures as figures
from loaders.sheets.table_finder import Header, Table

MONTH = "月份"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_LABEL = re.compile(
    r"^(?:(?P<year>20\d{2})年?[/.\-]?)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:[(（](?P<unit>[^()（）]{1,4})[)）])?$"
)
_SUM = re.compile(r"合计|小计|总计|累计|共计|平均|月均|全年")
_COUNTED = re.compile(r"人次|人数|件次|件数|次数|批次|场次|时长|工时|小时|户数")
_UNITS = {"次": "次数", "人": "人数", "件": "件数", "人次": "人次", "小时": "小时", "场": "场次", "批": "批次"}


def find_months(headers: Sequence[Header]) -> Mapping[str, tuple[int, int]]:
    """Return the year (0 where it is not told) and month of each column headed by one; none where hardly any are."""
    found = {h.letter: (int(m["year"] or 0), _number(m["month"])) for h in headers if (m := _match(h.text))}
    several = len(found) >= figures.MONTHS_FROM and len(set(found.values())) == len(found)
    return found if several else {}


def unpivot_months(table: Table, months: Mapping[str, tuple[int, int]]) -> Table:
    """Return a table of months as columns with a row for each month that has a number other than 0."""
    texts = (table.title, table.sheet, plain_name(table.file).rsplit(".", 1)[0])
    year = find_year(texts)
    kept = [h for h in table.headers if h.letter not in months and not _SUM.search(h.text)]
    month, value = list(months)[:2]
    names = {letter: f"{y or year or ''}年{m}月".removeprefix("年") for letter, (y, m) in months.items()}
    long = table.body.unpivot(
        list(months), index=["row", *(h.letter for h in kept)], variable_name="_month", value_name="_value"
    )
    told = long.filter(pl.col("_value").str.contains(r"[1-9一二三四五六七八九十]"))
    body = told.select(
        "row", *(h.letter for h in kept),
        pl.col("_month").replace_strict(names, return_dtype=pl.String).alias(month), pl.col("_value").alias(value),
    ).sort("row", maintain_order=True)  # fmt: skip
    headers = (*kept, Header(month, MONTH), Header(value, _counted(texts, table.headers)))
    return replace(table, headers=headers, body=body, thin={})


def _match(text: str) -> re.Match[str] | None:
    return _LABEL.match(re.sub(r"\s", "", text)) or _LABEL.match(re.sub(r"\s", "", text.rsplit("/", 1)[-1]))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS[text]


def _counted(texts: Sequence[str], headers: Sequence[Header]) -> str:
    """Return the word for what the cells count, by the titles or by a unit in the headers."""
    said = [found[0] for text in texts if (found := _COUNTED.search(text))]
    units = [m["unit"] for h in headers if (m := _match(h.text)) and m["unit"]]
    return said[0] if said else _UNITS.get(units[0], "数量") if units else "数量"
