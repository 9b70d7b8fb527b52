"""Finds the rows that only head the rows below them (央企（3家）, 东井街道), and gives these what the heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from loaders.sheets import sheet_figures as figures
from loaders.sheets.body import is_serial

_COUNTED = r"(?:\s*[(（][^)）]*[)）]|\s*[,，]?\s*共?\s*\d+\s*[个家户处项条名人])?\s*[:：]?\s*$"
_STREET = re.compile(rf"^\s*[^\s,，。]{{1,10}}(?:街道|街道办事处|办事处|镇|乡){_COUNTED}")
_OWNER = re.compile(
    rf"^\s*(?:驻区|辖区)?(?:中?央|省|市|区|县|国有|民营|私营|集体|外资)[属管营级直]*(?:企业?|单位|国企){_COUNTED}"
)
_GROUP = re.compile(rf"^\s*[^\s,，。]{{1,14}}(?:片区|片|类|组|级|部分|系统|行业|条线|层面|区域|企业){_COUNTED}")
_BEHIND = re.compile(rf"{_COUNTED}")
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十0-9]{1,3}[)）])\s*")
# A column by which the register knows what headings of such a kind say, and what its header must not be there already.
_COLUMNS = (
    (_STREET, "所属街道", re.compile("街道|乡镇|镇街")),
    (_OWNER, "企业性质", re.compile("性质|所有制|隶属|归谁")),
)


def find_headings(raw: pl.DataFrame, labels: Sequence[str]) -> list[int]:
    """Return the rows of one cell that head the rows below: words of a group, where fuller rows have something else in that column."""
    filled = raw.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    usual = filled.filter(filled > 1).median()
    alone = (filled == 1).arg_true().to_list()
    if len(labels) < figures.NARROW or not isinstance(usual, float) or usual < figures.NARROW or not alone:
        return []
    column = next((i for i, label in enumerate(labels) if not is_serial(label)), 0)
    full = raw.filter(filled > 1).to_series(column).drop_nulls()
    return (
        [at for at in alone if _heads(raw, at, column, full)]
        if len(alone) <= figures.HEADINGS_SHARE * raw.height
        else []
    )


def _heads(raw: pl.DataFrame, at: int, column: int, full: pl.Series) -> bool:
    """Whether a row of one cell heads the next: it says a group, and the rows' names in that column end otherwise."""
    place = next(i for i, cell in enumerate(raw.row(at)) if cell)
    bare = _bare(str(raw.row(at)[place]))
    same = full.str.ends_with(bare[-2:]).mean() if full.len() else 0.0
    below = next((i for i in range(at + 1, raw.height) if sum(map(bool, raw.row(i))) > 1), None)
    heads = below is not None and bool(raw.item(below, column)) and place <= column
    return heads and _says_group(bare) and float(same or 0.0) < figures.SAME_ENDING  # type: ignore[arg-type]


def _bare(text: str) -> str:
    """Return a heading without its number before and the count behind it: 中央企业 of 一、中央企业（3家）."""
    return _BEHIND.sub("", _NUMBERED.sub("", text)).strip()


def spread_headings(
    raw: pl.DataFrame, headings: Sequence[int], labels: Sequence[str], above: str = ""
) -> tuple[str, pl.Series] | None:
    """Return the header and the cells of a column that says of each row what its heading says, where that is a street or an owner.

    `above` is the line right above the headers: the first heading where it is numbered like one (一、央企) or others of its kind follow.
    """
    texts = [_bare(next(str(cell) for cell in raw.row(at) if cell)) for at in headings]
    first = _bare(above) if texts or _NUMBERED.match(above) else ""
    for pattern, header, known in _COLUMNS:
        if (texts or pattern.match(first)) and all(map(pattern.match, texts)) and not any(map(known.search, labels)):
            said = pl.Series([None], dtype=pl.String).new_from_index(0, raw.height)
            said = said.scatter(list(headings), texts) if texts else said
            told = said.forward_fill()
            return header, told.fill_null(first) if pattern.match(first) else told
    return None


def _says_group(text: str) -> bool:
    return any(pattern.match(text) for pattern in (_STREET, _OWNER, _GROUP))
