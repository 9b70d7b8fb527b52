"""The base of all value types; a type cleans a column of raw cells and defines how its values are stored.

A type cleans a whole column at once and says which cells it could not use. Adding one is a class with a `_clean` method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final, cast

import polars as pl

from graph.types.personal import MASKED, mask_free_text, mask_shown

PolarsType = pl.DataType | type[pl.DataType]  # of a column: pl.String, pl.List(pl.String)
CellValue = str | int | float | None  # what a value is written as

PROBLEM_SCHEMA: Final[dict[Any, Any]] = {
    "index": pl.UInt32,  # position in the cleaned series
    "code": pl.String,  # a key of graph.problems.PROBLEMS
    "severity": pl.String,  # error | warning
    "value": pl.String,  # as the cell has it; personal numbers are masked
    "suggestion": pl.String,  # what to write instead, or null
}
BLANK = (
    "",
    "无",
    "-",
    "--",
    "---",
    "/",
    "\\",
    "暂无",
    "不详",
    "n/a",
    "na",
    "null",
    "none",
    "没有",
    "未知",
    "〃无",
    "待定",
    "空",
)
_LONGEST_BLANK = 3 * max(len(word) for word in BLANK)  # in bytes; a long row of dashes is no blank
SHOWN = 80  # characters of a refused cell that a report shows
_INVISIBLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
# Everything outside plain ASCII, Chinese characters and the Chinese punctuation that NFKC leaves alone.
_TO_FOLD = r"[^\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\u3008-\u3011\u3014\u3015]"
_WORTH_SHARING = 10_000  # rows from which cleaning each distinct text once pays for finding the distinct texts


@dataclass(frozen=True)
class SheetDays:
    """What a sheet says of its dates: the year of those without one (0: not told), when it was reported, whether it counts from 1904.

    `around` is the one year of all other days in the file, 0 where they are of several.
    """

    year: int = 0
    reported: date | None = None
    is_1904: bool = False
    around: int = 0


NOTHING_SAID = SheetDays()


@dataclass(frozen=True)
class Cleaned:
    """The result of cleaning a column: its values (one series for each stored column), and the cells with problems."""

    values: Mapping[str, pl.Series]
    problems: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PROBLEM_SCHEMA))


@dataclass(frozen=True)
class ValueType:
    """A type of values in cells, such as a date or an area, with the columns in which it is stored.

    `suffixes` maps the suffix of each stored column to its polars type; '' is the property itself.
    `blanks` are the words (in lower case, all dashes written -) that mean an empty cell in a column of this type.
    A type that stores text stores it with what tells of persons hidden, unless it is `closed`: it keeps only words and forms of its own.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.String}
    name: ClassVar[str] = "text"
    blanks: ClassVar[tuple[str, ...]] = BLANK
    closed: ClassVar[bool] = False

    def columns(self, property_name: str) -> dict[str, PolarsType]:
        """Return the stored columns of a property of this type and their polars types, in the order of `suffixes`."""
        return {property_name + suffix: dtype for suffix, dtype in self.suffixes.items()}

    def in_header(self, header: str) -> ValueType:
        """Return the type for the cells under a header; some types return a copy for the unit that the header names."""
        return self

    def in_sheet(self, days: SheetDays) -> ValueType:
        """Return the type for the cells of a sheet of which it is known how it counts and leaves out parts of dates."""
        return self

    def clean_column(self, property_name: str, raw: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Clean a column and return its stored columns as a frame, and its problems."""
        cleaned = self.clean(raw)
        names = self.columns(property_name)
        parts = [cleaned.values[suffix].alias(name) for suffix, name in zip(self.suffixes, names, strict=True)]
        return pl.DataFrame(parts), cleaned.problems

    def clean(self, raw: pl.Series) -> Cleaned:
        """Clean a text column.

        `raw` is a String series as read; the answer's `values` has one series per suffix, of the same length, null where the
        cell was blank or refused; every refused non-blank cell has a row in `problems`, and no other cell.
        """
        raw = raw.cast(pl.String)
        if raw.len() < _WORTH_SHARING or cast("int", raw.approx_n_unique()) * 3 > raw.len():
            return self._clean_hidden(blank_to_null(raw, self.blanks))
        return self._clean_distinct(raw)

    def _clean_distinct(self, raw: pl.Series) -> Cleaned:
        """Clean each distinct text once and hand the outcome to every cell that has it."""
        texts = pl.DataFrame({"text": raw.unique()}).with_row_index("at")
        cells = pl.DataFrame({"text": raw}).join(texts, on="text", how="left", nulls_equal=True, maintain_order="left")
        cleaned = self._clean_hidden(blank_to_null(texts["text"], self.blanks))
        values = {suffix: part.gather(cells["at"]) for suffix, part in cleaned.values.items()}
        if cleaned.problems.is_empty():
            return Cleaned(values, cleaned.problems)
        problems = cells.select("at").with_row_index("cell").join(cleaned.problems, left_on="at", right_on="index")
        return Cleaned(
            values, problems.sort("cell").rename({"cell": "index"}).select(list(PROBLEM_SCHEMA)).cast(PROBLEM_SCHEMA)
        )

    def _clean_hidden(self, raw: pl.Series) -> Cleaned:
        """Clean cells after hiding what tells of persons, with a warning for each that had any: the one way into a stored text."""
        if self.closed or not any(dtype in (pl.String, pl.List(pl.String)) for dtype in self.suffixes.values()):
            return self._clean(raw)
        hidden = self._hide(raw)
        cleaned = self._clean(hidden)
        changed = pl.Series([], dtype=pl.Boolean) if hidden is raw else hidden != raw
        return Cleaned(
            cleaned.values, join_problems(find_problems(raw, changed, "text.personal", "warning"), cleaned.problems)
        )

    def write(self, *stored: Any) -> CellValue:
        """Return stored values, one for each of `suffixes`, as a cell that is read back as them; None where they say nothing."""
        return cast("CellValue", stored[0])

    def _hide(self, raw: pl.Series) -> pl.Series:
        return mask_free_text(raw)

    def _clean(self, raw: pl.Series) -> Cleaned:
        return Cleaned({"": raw})


def blank_to_null(raw: pl.Series, blanks: tuple[str, ...] = BLANK) -> pl.Series:
    """Trim, fold width and control characters, and turn the ways of writing 'nothing' (无, —, /, 暂无) into null."""
    raw = raw.cast(pl.String)
    text = change_where(raw, raw.str.contains(_TO_FOLD), _fold).str.strip_chars()
    short = pl.DataFrame({"text": text}).with_row_index("at").filter(pl.col("text").str.len_bytes() <= _LONGEST_BLANK)
    if short.is_empty():
        return text
    dashes = pl.col("text").str.replace_all(r"[—–―─－_-]+", "-").str.to_lowercase()
    at = short.filter(dashes.is_in([*blanks, ""]))["at"]
    return text if at.is_empty() else text.clone().scatter(at, [None] * at.len())


_CIRCLED = {chr(0x2460 + n): f"({n + 1})" for n in range(20)}  # ① is a number in a list; NFKC would leave a bare 1


def _fold(texts: pl.Series) -> pl.Series:
    return (
        texts.str.replace_many(list(_CIRCLED), list(_CIRCLED.values()))
        .str.normalize("NFKC")
        .str.replace_all(_INVISIBLE, "")
    )


def change_where(values: pl.Series, where: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return `values` with an expensive function (`change`) applied to only those cells where `where` is true."""
    if not where.any():
        return values
    at = where.fill_null(False).arg_true()
    return values.clone().scatter(at, change(values.gather(at)))


def find_problems(
    raw: pl.Series, refused: pl.Series, code: str, severity: str = "error", suggestion: pl.Series | None = None
) -> pl.DataFrame:
    """Return a problem for each cell where `refused` is true, with personal numbers in it hidden."""
    if not refused.any():
        return pl.DataFrame(schema=PROBLEM_SCHEMA)
    at = refused.fill_null(False).arg_true()
    value = show(raw.gather(at))
    # What is suggested for a personal number holds most of its digits.
    suggested = pl.lit(None, pl.String) if suggestion is None else show(suggestion.gather(at))
    told = pl.when(~value.str.contains(MASKED)).then(suggested)
    return pl.select(index=at, code=pl.lit(code), severity=pl.lit(severity), value=value, suggestion=told).cast(
        PROBLEM_SCHEMA
    )


def show(texts: pl.Series) -> pl.Series:
    """Return texts as a report may show them: short, what tells of persons masked (139****1234)."""
    masked = mask_shown(texts.str.slice(0, 10 * SHOWN))
    return change_where(masked, masked.str.len_chars() > SHOWN, lambda long: long.str.slice(0, SHOWN) + "…")


def join_problems(*found: pl.DataFrame) -> pl.DataFrame:
    """Return the problems of several checks in the order of their cells; of two about one cell the first is kept."""
    kept = [problems for problems in found if not problems.is_empty()]
    if len(kept) < 2:
        return kept[0] if kept else pl.DataFrame(schema=PROBLEM_SCHEMA)
    return pl.concat(kept).unique("index", keep="first", maintain_order=True).sort("index")
