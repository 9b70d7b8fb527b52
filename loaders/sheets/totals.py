"""Finds the rows of a table that add up others: by their words (央企小计, 全区总数), or by their sums where a row says hardly anything."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from loaders.sheets import sheet_figures as figures

_BEHIND = (
    r"\s*(?:[(（][^)）]*[)）])?\s*[:：]?\s*(?:共|约)?\s*\d*\s*(?:[个家人名处项户条]|个?(?:单位|企业|社区|街道|村))?\s*$"
)
# What ends so is a sum whatever stands before it: 区属国有企业小计（3家）.
_SAID = rf"^\s*[^,，;；。、]{{0,16}}(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计){_BEHIND}"
_SAID += r"|^\s*计\s*$|^\s*其中\s*[:：]|^\s*共计?\s*\d+\s*[个家人名处项户条]"
# What may be a sum, if its row leaves blank what the others fill in.
_HINTED = (
    r"^\s*(?:以上|上述|其中|本页|本表|人均|户均|平均|均值|占比|同比|环比)"
    rf"|^\s*[^,，;；。、]{{0,16}}(?:总数|总量|总额|之和|平均数?|均数|小结|汇总){_BEHIND}"
)
_UNIT = r"(?:社区|居委会|村|村委会|公司|集团|厂|院|校|中心|站|店|所|馆|室|厅|场|局|处|协会|支部|党委|总支)\s*$"  # of things, not of sums
_NUMBER = r"^\s*-?\d[\d,]*(?:\.\d+)?\s*$"


def find_totals(raw: pl.DataFrame) -> pl.Series:
    """Return for each row below a header whether it adds up others; merged cells are not filled yet."""
    leading = raw.columns[: figures.LEADING_TOTAL]
    said, hinted = (
        raw.select(pl.any_horizontal(pl.col(leading).str.contains(words)).fill_null(value=False)).to_series()
        for words in (_SAID, _HINTED)
    )
    bare = _is_bare(raw)
    lacking = _lacks(raw, said | hinted | bare)
    totals = said | (hinted & lacking)
    return totals | _add_up(raw, totals, bare & lacking & ~totals)


def _is_bare(raw: pl.DataFrame) -> pl.Series:
    """Tell which rows have one text, which is no unit's or place's name, and figures."""
    texts = pl.sum_horizontal(pl.all().is_not_null() & ~pl.all().str.contains(_NUMBER))
    figures_in_row = pl.any_horizontal(pl.all().str.contains(_NUMBER)).fill_null(value=False)
    unit = pl.any_horizontal(pl.all().str.contains(_UNIT)).fill_null(value=False)
    return raw.select((texts == 1) & figures_in_row & ~unit).to_series()


def _lacks(raw: pl.DataFrame, likely: pl.Series) -> pl.Series:
    """Tell which rows leave a cell blank that nearly all others fill in, those that are likely sums left aside."""
    others = raw.filter(~likely)
    usual = [name for name in raw.columns if others.height - others[name].null_count() >= figures.USUAL * others.height]
    nothing = pl.Series([False] * raw.height, dtype=pl.Boolean)
    return raw.select(pl.any_horizontal(pl.col(usual).is_null())).to_series() if usual and others.height else nothing


def _add_up(raw: pl.DataFrame, totals: pl.Series, bare: pl.Series) -> pl.Series:
    """Return which of the `bare` rows are the sums of the rows above or below them, up to the next such row, or of all rows."""
    found = pl.Series([False] * raw.height, dtype=pl.Boolean)
    at = bare.arg_true().to_list()
    if not 0 < len(at) <= figures.SUMS_SHARE * raw.height:
        return found
    numbers = raw.with_columns(pl.all().str.replace_all(",", "").str.strip_chars().cast(pl.Float64, strict=False))
    ends = sorted({-1, raw.height, *at, *totals.arg_true().to_list()})
    whole = numbers.filter(~(bare | totals))
    proven = [i for i in at if _is_sum(numbers, i, ends, 2) or _adds(whole, numbers, i)]
    if proven:  # where some are sums, a group of one row has a sum as well
        proven = [i for i in at if i in proven or _is_sum(numbers, i, ends, 1)]
    return found.scatter(proven, [True] * len(proven)) if proven else found


def _is_sum(numbers: pl.DataFrame, at: int, ends: Sequence[int], least: int) -> bool:
    """Whether every figure of a row is the sum of those above it, or below, up to the next row of sums."""
    place = ends.index(at)
    parts = (
        numbers.slice(first, last - first) for first, last in ((ends[place - 1] + 1, at), (at + 1, ends[place + 1]))
    )
    return any(part.height >= least and _adds(part, numbers, at) for part in parts)


def _tells_sum(values: Sequence[float]) -> bool:
    """Whether figures are so many or so large that they are no sums by chance."""
    return len(values) > 1 or any(value >= figures.SUM_LEAST for value in values)


def _adds(part: pl.DataFrame, numbers: pl.DataFrame, at: int) -> bool:
    told = {name: value for name, value in numbers.row(at, named=True).items() if value}
    return (
        _tells_sum(list(told.values()))
        and part.height > 0
        and all(part[name].sum() == value for name, value in told.items())
    )
