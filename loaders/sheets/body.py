"""Finds the rows below a header that hold no data (totals, notes, signatures, examples), and replaces 同上 by the value above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import polars as pl

from loaders.sheets import sheet_figures as figures
from loaders.sheets.totals import find_totals

Merges = np.ndarray[Any, np.dtype[np.int64]]  # a row per merge: top, left, bottom, right, counted from 0
_NOTE = (
    r"^\s*(?:备\s*注|注|说\s*明|填[表报]说明|注意事项|附注|附|编制说明|指标说明|数据来源|\*\s*注)\s*\d?\s*[:：]"
    r"|^\s*[(（]?\s*以下(?:空白|无正文)|^\s*注[1-9１-９一二三][、.:：]|^[※＊*]\s*\S"
)
_SIGNATURE = (
    r"^\s*(?:(?:单位|部门|主要|分管|本表|党组织|社区|企业)?(?:填报|填表|制表|审核|审批|复核|核对|经办|统计|负责|联系|主管|录入"
    r"|登记|签发|分管|领导)\s*(?:单位|部门|人|领导|负责人|电话|时间|日期)?(?:签字|签名|签章)?"
    r"|(?:单位)?(?:盖章|公章)|签\s*[字章名]|(?:单位)?负责人(?:签字|签名)?|联系电话|日\s*期|时\s*间"
    r"|电\s*话)\s*(?:[(（][^)）]{0,12}[)）])?\s*[:：]"
    r"|^\s*[(（](?:盖章|公章|签字|签章)[)）]\s*$|^\s*第\s*\d+\s*页|^\s*年\s*月\s*日\s*$"
)
_SECTION = (
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[第][一二三四五六七八九十]+[部分类批组章]+)"
)
_SENTENCE = r"[。！]\s*$"
_EXAMPLE = r"^\s*(?:[(（]?(?:填写)?(?:示例|样例|范例|例|[Ee]xample|[Ss]ample)[)）]?\s*(?:[:：].*)?|例如)$"
_COLUMN_NUMBER = re.compile(r"^[甲乙丙丁戊]$|^[(（]?\d{1,2}[)）]?$")
_SERIAL = re.compile(r"^(?:序\s*号|序|编\s*号|行号|顺序号|No\.?|NO\.?|№|#)?$")  # a column without a label, too
_ZERO = r"^[-¥￥]?\s*0*(?:\.0+)?\s*[%元]?$"
_NUMBER = r"^\d+(?:\.0)?$"
_DITTO = (
    "同上",
    "同 上",
    "〃",
    "″",
    "”",
    "“",
    '"',
    "''",
    "''",
    "′′",
    "...同上",
    "（同上）",
    "(同上)",
    "同左上",
    "〞",
    "〝",
    "‖",
)


def is_serial(label: str) -> bool:
    """Tell whether a column of this label only numbers the rows, or has no label."""
    return _SERIAL.match(label.strip()) is not None


def find_dropped_rows(
    raw: pl.DataFrame, merges: Merges, repeated: Sequence[int], titles: tuple[str, ...], labels: tuple[str, ...]
) -> tuple[pl.Series, pl.Series]:
    """Return for each row whether it is dropped as no data, and whether it is blank (a row that only has its number is).

    `labels` are those of the columns, from the first.

    `raw` has the rows below the header before merged cells are filled, `merges` their merged ranges by row and column from 0.
    """
    leading = raw.columns[: figures.LEADING]
    first, count = pl.coalesce(leading), pl.sum_horizontal(pl.all().is_not_null())
    few = max(figures.SIGNATURE_CELLS, int(figures.SIGNATURE_SHARE * raw.width))
    marks = raw.select(
        count=count,
        first=first,
        total=find_totals(raw),
        note=(first.str.contains(_NOTE) & (count <= figures.NOTE_CELLS)).fill_null(value=False)
        | _is_remark(raw, count),
        signed=(first.str.contains(_SIGNATURE) & (count <= few)).fill_null(value=False),
        section=(first.str.contains(_SECTION) & (count == 1)).fill_null(value=False),
        example=first.str.contains(_EXAMPLE).fill_null(value=False),
        again=(first.is_in(titles) & (count == 1)).fill_null(value=False),
        numbered=((count == 1) & pl.col(raw.columns[0]).str.contains(_NUMBER)).fill_null(value=False),
    )
    dropped = marks.select(pl.any_horizontal("total", "note", "signed", "section", "example", "again")).to_series()
    dropped = _mark(dropped, [*repeated, *_wide_merges(merges, raw.width, marks["count"]), *_column_numbers(raw)])
    dropped = _mark(dropped, _trailing_notes(marks, dropped))
    if _ends_unused(raw, dropped):
        dropped |= _find_unused(raw, labels)
    blank = ((marks["count"] == 0) | marks["numbered"]) & ~dropped
    return dropped, blank


def _is_remark(raw: pl.DataFrame, count: pl.Expr) -> pl.Expr:
    """Tell which rows are a sentence in the first column alone, where no other row has one: 三个村无小区，填“—”。"""
    if raw.width < figures.NARROW:
        return pl.lit(value=False)
    sentence = pl.col(raw.columns[0]).str.contains(_SENTENCE).fill_null(value=False)
    return sentence & (count == 1) & ~(sentence & (count > 1)).any()


def _ends_unused(raw: pl.DataFrame, dropped: pl.Series) -> bool:
    """Tell whether the last row holds so little that rows of a form may be unused: a quick look, for most tables."""
    rows = (~dropped).arg_true()
    if rows.is_empty():
        return False
    told = sum(1 for text in raw.row(rows[-1]) if text and not re.match(_ZERO, text))
    return told <= figures.UNUSED_SHARE * raw.width + 1


def _find_unused(raw: pl.DataFrame, labels: tuple[str, ...]) -> pl.Series:
    """Return which rows of a form nobody filled in: they hold a running number, zeros, and words that formulas repeat to the end."""
    serial = [name for name, label in zip(raw.columns, labels, strict=False) if _SERIAL.match(label)]
    cells = [name for name in raw.columns if name not in serial]
    if not raw.height or not cells:
        return pl.Series([False] * raw.height, dtype=pl.Boolean)
    tells = {n: (pl.col(n).is_not_null() & ~pl.col(n).str.contains(_ZERO)).fill_null(value=False) for n in cells}
    rows = raw.select(filled=pl.any_horizontal(pl.all().is_not_null()), tells=pl.sum_horizontal(*tells.values()))
    unused = rows["filled"] & (rows["tells"] == 0)
    told = (rows["tells"] > 0).arg_true()
    if told.is_empty() or rows["tells"][told[-1]] > figures.UNUSED_SHARE * cast("int", rows["tells"].max()):
        return unused
    return unused | _find_repeated(raw, tells, rows["tells"], told[-1])


def _find_repeated(raw: pl.DataFrame, tells: Mapping[str, pl.Expr], count: pl.Series, last: int) -> pl.Series:
    """Return which rows down to the last one that tells anything only say the same few words, and not what tells rows apart."""
    head, nothing = raw.head(last + 1), pl.Series([False] * raw.height, dtype=pl.Boolean)
    words = head.row(last, named=True)
    apart = max(tells, key=lambda name: head[name].n_unique())
    if words[apart] or any(re.search("[1-9]", text) for name in tells if (text := words[name])):
        return nothing
    new = [told & (pl.col(name) != words[name] if words[name] else pl.lit(value=True)) for name, told in tells.items()]
    same = head.select(~pl.any_horizontal(new)).to_series() & (count.head(last + 1) > 0)
    tail = same.reverse().cast(pl.Int8).cum_min().reverse().cast(pl.Boolean)
    enough = tail.sum() >= figures.UNUSED_ROWS
    return nothing.scatter(tail.arg_true(), [True] * int(tail.sum())) if enough else nothing


def _mark(rows: pl.Series, more: Sequence[int]) -> pl.Series:
    return rows.scatter(list(more), [True] * len(more)) if more else rows


def _wide_merges(merges: Merges, width: int, count: pl.Series) -> list[int]:
    """Return the rows that are one cell across most of the sheet: headings of sections and lines of text."""
    wide = max(figures.ACROSS_CELLS, int(figures.ACROSS_SHARE * width))
    across = (merges[:, 0] == merges[:, 2]) & (merges[:, 3] - merges[:, 1] + 1 >= wide)
    rows = [int(row) for row in merges[across, 0] if 0 <= row < count.len()]
    return [row for row in rows if count[row] == 1]


def _column_numbers(raw: pl.DataFrame) -> list[int]:
    """Return row 0 where it only numbers the columns (甲 乙 1 2 3), as statistical forms do."""
    cells = [cell.strip() for cell in raw.row(0) if cell] if raw.height else []
    numbers = (
        [int(re.sub(r"\D", "", cell)) for cell in cells if re.search(r"\d", cell)]
        if all(map(_COLUMN_NUMBER.match, cells))
        else []
    )
    return [0] if len(cells) > 2 and numbers and numbers == list(range(1, len(numbers) + 1)) else []


def _trailing_notes(marks: pl.DataFrame, dropped: pl.Series) -> list[int]:
    """Return the rows of one cell at the end that follow a note or signature: its further lines."""
    start = max(0, marks.height - figures.MAX_TAIL)
    tail = marks.slice(start).select("count", closing=pl.col("note") | pl.col("signed")).rows()
    gone = dropped.slice(start).to_list()
    first = len(tail)
    while first and (gone[first - 1] or tail[first - 1][0] <= 1):
        first -= 1
    closed, found = False, []
    for at in range(first, len(tail)):
        if closed and tail[at][0] == 1:
            found.append(start + at)
        closed = closed or tail[at][1]
    return found


def repeat_above(body: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with 同上, 〃 and the like replaced by what the cell above says."""
    letters = [name for name in body.columns if name != "row"]
    if not body.height:
        return body
    has = body.select(pl.col(letters).is_in(_DITTO).any()).row(0)
    return body.with_columns(_repeat(name) for name, ditto in zip(letters, has, strict=True) if ditto)


def _repeat(name: str) -> pl.Expr:
    # A blank cell is something to repeat too: it is held open by a mark while the cells are filled.
    cell, held = pl.col(name), pl.lit("\0")
    ditto = cell.is_in(_DITTO).fill_null(value=False)
    filled = pl.when(ditto).then(None).otherwise(cell.fill_null(held)).forward_fill()
    return pl.when(filled != held).then(filled).alias(name)
