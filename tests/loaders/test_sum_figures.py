"""The figures of sums, headings, months and years of a sheet, on either side of each of them."""

import polars as pl
import pytest

from graph.schema import SCHEMA
from loaders.cleaning.carried_on import lean_on_above
from loaders.formats.raw_sheet import RawSheet
from loaders.headers.mapper import map_table
from loaders.sheets.group_headings import find_headings
from loaders.sheets.month_columns import find_months
from loaders.sheets.table_finder import Header, find_tables
from loaders.sheets.totals import find_totals
from loaders.sheets.year_around import find_year_around
from tests.loaders.sheets import make_sheet


def sums(*rows: list[str | None]) -> list[int]:
    raw = pl.DataFrame(list(rows), schema=[f"c{n}" for n in range(len(rows[0]))], orient="row", strict=False)
    return find_totals(raw.cast(pl.String)).arg_true().to_list()


@pytest.mark.parametrize(("figure", "is_sum"), [(50, True), (49, False)])
def test_one_figure_alone_is_a_sum_from_fifty(figure: int, is_sum: bool) -> None:
    rows = [["甲社区", "东路", str(figure - 20)], ["乙社区", "西路", "20"], ["两家", None, str(figure)]]
    assert sums(*rows) == ([2] if is_sum else [])


def test_at_most_half_of_the_rows_are_sums_by_their_figures() -> None:
    record, total = ["甲社区", "东路", "90"], ["一家", None, "90"]
    assert sums(record, record, ["两家", None, "180"]) == [2]
    assert sums(record, total, total) == []


@pytest.mark.parametrize(("filled", "is_sum"), [(3, True), (2, False)])
def test_a_sum_leaves_blank_what_three_fifths_of_the_others_fill_in(filled: int, is_sum: bool) -> None:
    rows = [[f"{n}号社区", "东路" if i < filled else None, "90"] for i, n in enumerate("甲乙丙丁戊")]
    assert sums(*rows, ["五家", None, "450"]) == ([5] if is_sum else [])


@pytest.mark.parametrize(("alike", "heads"), [(1, True), (2, False)])
def test_a_row_of_one_cell_heads_others_unless_half_of_the_names_end_like_it(alike: int, heads: bool) -> None:
    names = [f"{n}属国有企业" if i < alike else f"{n}厂" for i, n in enumerate("甲乙丙丁")]
    rows = [["省属国有企业", None, None], *([name, "东路", "90"] for name in names)]
    raw = pl.DataFrame(rows, schema=["A", "B", "C"], orient="row")
    assert find_headings(raw, ["企业名称", "地址", "职工人数"]) == ([0] if heads else [])


@pytest.mark.parametrize(("months", "found"), [("一二三", 3), ("一二", 0), ("一二二", 0)])
def test_months_are_columns_from_three_different_ones(months: str, found: int) -> None:
    headers = [Header("A", "场地名称"), *(Header(letter, f"{m}月") for letter, m in zip("BCD", months, strict=False))]
    assert len(find_months(headers)) == found


@pytest.mark.parametrize(
    ("days", "year"),
    [
        (["2025-03-01", "2025-04-02", "2025-05-03"], 2025), (["2025-03-01", "2025-04-02"], 0),
        (["2025-03-01", "2025-04-02", "2024-05-03"], 0), ([None] * 197 + ["2025-03-01", "2025-04-02", "2025-05-03"], 2025),
    ],
)  # fmt: skip
def test_three_days_of_one_year_tell_the_year_of_a_file(days: list[str | None], year: int) -> None:
    sheet: RawSheet = make_sheet([[day, "会议室"] for day in days])
    assert find_year_around([sheet]) == year


@pytest.mark.parametrize(("unused", "records"), [(2, 5), (3, 3)])
def test_three_rows_at_the_end_that_only_repeat_a_word_are_a_forms_unused_lines(unused: int, records: int) -> None:
    rows = [[f"会议室{n}", f"东路{n}号", "40", "在用"] for n in range(3)]
    blank: list[list[str | None]] = [[None, None, None, "在用"]] * unused
    (table,) = find_tables(make_sheet([["场地名称", "地址", "面积（㎡）", "状态"], *rows, *blank]))
    assert table.body.height == records


@pytest.mark.parametrize(("length", "joined"), [(15, True), (14, False)])
def test_a_line_of_fifteen_characters_goes_on_in_the_middle_of_a_sentence(length: int, joined: bool) -> None:
    rows = [
        ["甲方", "乙方", "签订日期", "合作内容"],
        ["甲社区", "电厂", "2026-03-01", "议" * length],
        [None, None, None, "事"],
    ]
    (table,) = find_tables(make_sheet(rows))
    lean = lean_on_above(table, map_table(table, SCHEMA, register="agreements"))
    assert lean.body["D"].to_list() == ["议" * length + ("" if joined else ",") + "事"]
