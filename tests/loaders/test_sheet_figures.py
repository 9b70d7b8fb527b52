"""The figures of sheets: where the table is found and which rows are its records, on either side of each of them."""

import pytest

from loaders.sheets.sheet_layout import Strip, count_known, find_block, is_label, title_lines
from loaders.sheets.table_finder import Table, find_tables
from tests.loaders.sheets import make_sheet

VENUES = ["场地名称", "产权单位", "面积", "可容纳人数"]
ROOM = ["会议室", "东拖", "40", "20"]
EIGHT = ["场地名称", "产权单位", "面积", "可容纳人数", "地址", "备注", "设施设备", "开放时间"]
RECORD = ["会议室", "东拖", "40", "20", "某路", "无", "桌椅", "全天"]


def is_known(text: str) -> bool:
    return text.startswith("知")


def row(known: int, others: int = 0, sentences: int = 0) -> list[str | None]:
    """Return a row of labels, some of which are known, and of sentences, which head no column."""
    words = [f"知{n}" for n in "甲乙丙丁戊己庚辛壬癸"[:known]] + [f"某{n}" for n in "甲乙丙丁戊己庚辛壬癸"[:others]]
    return [*words, *(f"这是第{n}句话。" for n in "甲乙丙丁戊"[:sentences])]


def strip(*rows: list[str | None]) -> Strip:
    width = max(map(len, rows))
    return Strip([r + [None] * (width - len(r)) for r in rows], [[-1] * width for _ in rows])


def only(rows: list[list[str | None]], *merges: str) -> Table:
    (table,) = find_tables(make_sheet(rows, merges))
    return table


def test_a_header_has_at_most_24_characters() -> None:
    assert is_label("名" * 24) and not is_label("名" * 25)


@pytest.mark.parametrize(
    ("cells", "counted"),
    [
        (row(4, sentences=1), 4), (row(3, sentences=1), 0),  # four fifths could be headers
        (row(1, others=1), 0), (row(3, others=5), 3), (row(2, others=4), 0),  # of several known words a third is enough
        (row(1), 1),
    ],
)  # fmt: skip
def test_a_row_heads_columns_by_the_share_of_its_words_that_are_known(cells: list[str | None], counted: int) -> None:
    assert count_known(cells, is_known) == counted


def header_row(*rows: list[str | None]) -> int | None:
    block = find_block(strip(*rows), is_known)
    return None if block is None else block.bottom


def test_the_first_row_that_is_about_as_good_as_the_best_is_the_header() -> None:
    data = ["1", "2", "3", "4", "5"]
    assert header_row(row(3), data, row(5)) == 0
    assert header_row(row(2), data, row(5)) == 2


def test_one_known_word_is_enough_for_a_narrow_list_only() -> None:
    assert header_row(row(1), ["一", "二", "三"]) == 0
    assert header_row(row(1), ["一", "二", "三", "四"]) is None


def test_a_header_without_known_words_has_three_labels_and_most_of_the_columns() -> None:
    assert header_row(row(0, others=3), ["1", "2", "3", "4"]) == 0
    assert header_row(row(0, others=2), ["1", "2"]) is None
    assert header_row(row(0, others=7), ["1"] * 10) == 0
    assert header_row(row(0, others=6), ["1"] * 10) is None


def test_a_header_has_three_levels_at_most() -> None:
    levels = [["某组", "某组"], ["某部", "某部"], ["某类", "某类"], ["知甲", "知乙"]]
    merged = Strip(
        [[f"{a}{n}", f"{b}{n}x"] for n, (a, b) in enumerate(levels[:3])] + [["知甲", "知乙"]],
        [[0, 0], [0, 0], [0, 0], [0, 0]],
    )
    block = find_block(merged, is_known)
    assert block is not None and (block.top, block.bottom) == (1, 3)


def test_a_title_stands_at_most_six_rows_above_the_header() -> None:
    above = strip(*([f"第{n}行"] for n in "一二三四五六七"))
    assert title_lines(above, 7)[0] == [f"第{n}行" for n in "二三四五六七"]


def test_the_first_header_is_looked_for_in_sixty_rows() -> None:
    assert only([["说明。"]] * 59 + [VENUES, ROOM]).body.height == 1
    assert find_tables(make_sheet([["说明。"]] * 60 + [VENUES, ROOM])) == []


def count_tables(first: list[str | None], later: list[str | None]) -> int:
    return len(find_tables(make_sheet([first, RECORD[: len(first)], later, RECORD[: len(later)]])))


def test_a_later_row_is_a_header_where_a_third_of_its_cells_are_known() -> None:
    wide = ["场地名称", "产权单位", "地址", "面积", "电话", "备注"]
    assert count_tables(wide, ["活动日期", "活动名称", "承办单位", "某乙", "某丙", "某丁"]) == 2
    assert count_tables(wide, ["活动日期", "活动名称", "某甲", "某乙", "某丙", "某丁", "某戊"]) == 1


def test_a_header_is_repeated_where_four_fifths_of_its_labels_are_the_same() -> None:
    first = ["场地名称", "产权单位", "面积", "地址", "备注"]
    assert count_tables(first, [*first[:4], "活动名称"]) == 1
    assert count_tables(first, [*first[:3], "活动日期", "活动名称"]) == 2


def test_a_column_without_label_is_told_of_where_more_than_three_in_ten_rows_have_a_value() -> None:
    def letters(filled: int) -> int:
        return len(only([[*VENUES, None], *([*ROOM, "某" if n < filled else None] for n in range(10))]).headers)

    assert (letters(4), letters(3)) == (5, 4)


def test_at_most_ten_hidden_rows_are_named() -> None:
    for hidden, end in ((10, "11）"), (11, "11 …）")):
        (table,) = find_tables(make_sheet([VENUES, *[ROOM] * 12], hidden_rows=tuple(range(2, 2 + hidden))))
        assert end in table.problems[0].message("zh")


def kept(line: list[str | None], *merges: str, heads: list[str] = EIGHT) -> bool:
    """Tell whether a line below two records is a record."""
    records = [RECORD[: len(heads)]] * 2
    return only([heads, *records, line, *records], *merges).skipped == 0


@pytest.mark.parametrize(
    ("dropped", "record"),
    [
        ([None] * 5 + ["注：甲"], [None] * 6 + ["注：甲"]),  # the first text is looked for in six columns
        ([None] * 3 + ["合计", "9"], [None] * 4 + ["合计", "9"]),  # the word of a total in four
        (["注：", "甲"], ["注：", "甲", "乙"]),  # a note has the word and its text
        (
            ["填报人：", "甲", "审核人：", "乙"],
            ["填报人：", "甲", "审核人：", "乙", "丙"],
        ),  # signatures fill half of a row
    ],
)
def test_a_line_is_no_record_by_how_many_of_its_cells_are_filled(
    dropped: list[str | None], record: list[str | None]
) -> None:
    assert not kept(dropped) and kept(record)


def test_a_line_of_signatures_fills_half_of_a_wide_row_and_four_cells_of_a_narrow_one() -> None:
    ten = [*EIGHT, "联系电话", "收费标准"]
    assert not kept(["填报人：", "甲", "乙", "丙", "丁"], heads=ten)
    assert not kept(["填报人：", "甲", "乙", "丙"], heads=VENUES)


def test_a_heading_is_merged_across_half_of_the_sheet_and_three_columns() -> None:
    assert not kept(["各个社区"], "A4:D4") and kept(["各个社区"], "A4:C4")
    assert not kept(["各个社区"], "A4:C4", heads=VENUES) and kept(["各个社区"], "A4:B4", heads=VENUES)


def test_notes_go_on_for_two_hundred_rows_at_the_end() -> None:
    for lines, skipped in ((199, 200), (200, 0)):
        table = only([VENUES, ROOM, ["注：如下"], *[["又一行"]] * lines])
        assert table.skipped == (skipped or 1)
