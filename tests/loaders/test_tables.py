"""Finding the table in a sheet: titles, headers of two levels, merges, 同上, totals, notes, repeated headers, second tables."""

from datetime import date

import polars as pl
import pytest

from loaders.formats.raw_sheet import RawSheet
from loaders.sheets.fill_in import read_reported, read_sender
from loaders.sheets.table_finder import Table, find_tables
from tests.loaders.sheets import make_sheet
from tests.spent import at_most

VENUES = ["场地名称", "产权单位", "面积", "可容纳人数"]


def only(sheet: RawSheet) -> Table:
    tables = find_tables(sheet)
    assert len(tables) == 1, [t.headers for t in tables]
    return tables[0]


def headers(table: Table) -> list[str]:
    return [header.text for header in table.headers]


def column(table: Table, letter: str) -> list[str | None]:
    return table.body[letter].to_list()


def test_a_file_without_title_starts_with_its_header():
    table = only(make_sheet([VENUES, ["会议室", "东拖", "40", "20"], ["礼堂", "涧轴", "300", "200"]]))
    assert headers(table) == VENUES
    assert table.body["row"].to_list() == [2, 3]
    assert table.body.schema["row"] == pl.UInt32
    assert (table.title, table.sender, table.reported) == ("", "", None)


def test_three_title_rows_and_a_line_to_fill_in_stand_above_the_header():
    rows = [
        ["附件2"], ["涧东区共享场地资源登记表"], ["（2026年度）"],
        ["填报单位（盖章）：涧东区委组织部    填报人：王明    联系电话：13900001111    填报时间：2026年6月"],
        VENUES, ["会议室", "东拖", "40", "20"],
    ]  # fmt: skip
    table = only(make_sheet(rows, ["A1:D1", "A2:D2", "A3:D3", "A4:D4"]))
    assert "共享场地资源登记表" in table.title
    assert table.sender == "涧东区委组织部"
    assert table.reported == date(2026, 6, 30)
    assert "王明" not in table.title + table.sender
    assert headers(table) == VENUES
    assert table.body["row"].to_list() == [6]


def test_lines_to_fill_in_may_be_cells_of_their_own():
    rows = [
        ["场地清单"],
        ["填报单位：", "长宁路街道", "填报日期：", "2026-03-15"],
        VENUES,
        ["会议室", "东拖", "40", "20"],
    ]
    table = only(make_sheet(rows))
    assert (table.sender, table.reported) == ("长宁路街道", date(2026, 3, 15))


def test_the_fill_in_line_may_stand_below_the_table():
    rows = [VENUES, ["会议室", "东拖", "40", "20"], ["填报单位：长宁路街道      审核人：      填报日期：2026年5月7日"]]
    table = only(make_sheet(rows))
    assert (table.sender, table.reported, table.body.height) == ("长宁路街道", date(2026, 5, 7), 1)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("填报时间：2026年6月", date(2026, 6, 30)),
        ("填表日期: 2026.2", date(2026, 2, 28)),
        ("报送时间：2026年6月5日", date(2026, 6, 5)),
        ("填报时间：20260605", date(2026, 6, 5)),
        ("填报时间：二〇二六年十二月", date(2026, 12, 31)),
        ("填报时间：2026年第二季度", date(2026, 6, 30)),
        ("填报时间：2026-06-30 00:00:00", date(2026, 6, 30)),
        ("填报时间：46203", date(2026, 6, 30)),
        ("填报时间：    年  月  日", None),
        ("填报时间：2026年13月", None),
        ("填报时间：2026年2月30日", None),
        ("填报人：唐明", None),
    ],
)
def test_the_day_of_a_report_is_read_as_offices_write_it(line, day):
    assert read_reported([line]) == day


def test_the_sender_ends_where_the_next_thing_to_fill_in_begins():
    assert read_sender(["填报单位（盖章）：涧东区委组织部 填报人：唐明"]) == "涧东区委组织部"
    assert read_sender(["填报单位（盖章）：            填报人："]) == ""


@pytest.mark.parametrize(
    ("line", "sender", "day"),
    [
        ("报送：渡口街道社区办     2026.9.10", "渡口街道社区办", date(2026, 9, 10)),
        ("汇总：联席会秘书处      2026年10月20日", "联席会秘书处", date(2026, 10, 20)),
        ("报送单位：河东街道办事处   2026年9月", "河东街道办事处", date(2026, 9, 30)),
        ("街道：渡口街道            统计时间：2026年10月", "渡口街道", date(2026, 10, 31)),
        ("填报：柳堤街道党建办   2026年度共3页", "柳堤街道党建办", None),
    ],
)
def test_sender_and_day_are_read_where_they_stand_without_their_usual_words(
    line: str, sender: str, day: date | None
) -> None:
    assert (read_sender([line]), read_reported([line])) == (sender, day)
    table = only(make_sheet([["场地清单"], [line], VENUES, ["会议室", "东拖", "40", "20"]]))
    assert (table.title, table.sender, table.reported) == ("场地清单", sender, day)


def test_a_title_may_say_the_day_itself():
    table = only(make_sheet([["场地清单（截至2026年6月30日）"], VENUES, ["会议室", "东拖", "40", "20"]]))
    assert table.reported == date(2026, 6, 30)


def test_two_levels_of_headers_are_joined_by_a_slash():
    rows = [
        ["驻区单位基本情况统计表"],
        ["单位名称", "联系人", None, "场地情况", None],
        [None, "姓名", "电话", "面积\n（㎡）", "容纳  人数"],
        ["东拖", "张三", "13900000000", "300", "50"],
    ]
    table = only(make_sheet(rows, ["A1:E1", "A2:A3", "B2:C2", "D2:E2"]))
    assert headers(table) == ["单位名称", "联系人/姓名", "联系人/电话", "场地情况/面积（㎡）", "场地情况/容纳 人数"]
    assert table.body["row"].to_list() == [4]


def test_two_levels_are_found_without_merges_as_a_csv_has_them():
    rows = [["单位名称", "联系人", None, "职工人数"], [None, "姓名", "电话", None], ["东拖", "张三", "139", "12"]]
    table = only(make_sheet(rows))
    assert headers(table) == ["单位名称", "联系人/姓名", "联系人/电话", "职工人数"]
    assert table.body.height == 1


def test_a_merged_cell_fills_only_its_range():
    rows = [
        ["所属街道", "社区名称", "户数"],
        ["长宁路街道", "长一社区", "10"],
        [None, "长二社区", "11"],
        [None, "长三社区", "12"],
    ]
    table = only(make_sheet(rows, ["A2:A3"]))
    assert column(table, "A") == ["长宁路街道", "长宁路街道", None]


def test_a_merge_across_columns_fills_them_too():
    rows = [["社区名称", "户数", "常住人口", "党员数"], ["长一社区", "10", None, "3"], ["长二社区", "7", "8", "9"]]
    assert column(only(make_sheet(rows, ["B2:C2"])), "C") == ["10", "8"]


def test_ditto_marks_say_what_stands_above_even_when_that_is_blank():
    rows = [VENUES, ["会议室", "东拖", None, "20"], ["礼堂", "同上", "〃", "30"], ["食堂", "〃", "12", "”"]]
    table = only(make_sheet(rows))
    assert column(table, "B") == ["东拖", "东拖", "东拖"]
    assert column(table, "C") == [None, None, "12"]
    assert column(table, "D") == ["20", "30", "30"]


def test_ditto_looks_past_a_total():
    rows = [VENUES, ["会议室", "东拖", "40", "20"], ["小计", None, "40", "20"], ["礼堂", "同上", "50", "30"]]
    assert column(only(make_sheet(rows)), "B") == ["东拖", "东拖"]


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", "33", None, None], ["合  计：", None, "99", "12"], [None, "小计", "99", "12"], ["长宁路街道小计", None, "1", "2"], ["总计（个）", None, "3", None],
        ["备注：1.本表由各单位如实填报；2.截止2026年6月30日。"], ["注：面积按建筑面积填写"], ["填表人：王明", None, "审核人：李红", None], ["单位负责人（签字）：          填表日期："],
        ["说明：本表一式两份"], ["（以下空白）"], ["二、社区场地"], ["共33个"], ["例：", "某某单位", "100", "20"], ["第 1 页 共 3 页"],
    ],
)  # fmt: skip
def test_totals_notes_and_signatures_are_no_rows(footer):
    table = only(make_sheet([VENUES, ["会议室", "东拖", "40", "20"], footer, ["礼堂", "涧轴", "50", "30"]]))
    assert column(table, "A") == ["会议室", "礼堂"]
    assert table.skipped == 1


@pytest.mark.parametrize(
    "row",
    [
        ["备注说明会议室", "东拖", "40", "20"], ["会议室（备注：在二楼）", "东拖", "40", "20"], ["统计局会议室", "统计局", "1", "2"], ["说明书展厅", "涧轴", "40", None],
        ["合计划工厂礼堂", "涧轴", "40", None], ["日期酒店", "涧轴", "1", "3"], ["一、二号厅", "涧轴", "1", "3"], ["会议室", None, None, None], ["注塑厂食堂", "注塑厂", None, None],
    ],
)  # fmt: skip
def test_a_real_row_stays_whatever_its_name_resembles(row):
    table = only(make_sheet([VENUES, row, ["礼堂", "涧轴", "50", "30"]]))
    assert column(table, "A") == [row[0], "礼堂"]
    assert table.skipped == 0


def test_further_lines_of_a_note_at_the_end_go_with_it():
    rows = [VENUES, ["会议室", "东拖", "40", "20"], ["备注：1.如实填报"], ["2.面积为建筑面积"], [None, "3.加盖公章"]]
    table = only(make_sheet(rows))
    assert (table.body.height, table.skipped) == (1, 3)


def test_blank_rows_and_rows_with_a_number_only_are_not_rows():
    rows = [
        ["序号", *VENUES],
        ["1", "会议室", "东拖", "40", "20"],
        [None] * 5,
        ["2", None, None, None, None],
        ["3", "礼堂", "涧轴", "5", "3"],
    ]
    table = only(make_sheet(rows))
    assert table.body["row"].to_list() == [2, 5]
    assert table.skipped == 0


def test_a_row_that_numbers_the_columns_is_no_row():
    rows = [VENUES, ["甲", "乙", "1", "2"], ["会议室", "东拖", "40", "20"]]
    table = only(make_sheet(rows))
    assert (table.body["row"].to_list(), table.skipped) == ([3], 1)


def test_a_header_repeated_on_the_next_page_is_dropped():
    page = [["场地清单", None, None, None], VENUES]
    rows = [*page, ["会议室", "东拖", "40", "20"], *page, ["礼堂", "涧轴", "50", "30"]]
    table = only(make_sheet(rows, ["A1:D1", "A4:D4"]))
    assert column(table, "A") == ["会议室", "礼堂"]
    assert table.skipped == 2


def test_a_second_table_below_with_other_headers_is_a_table_of_its_own():
    rows = [
        ["场地清单"], VENUES, ["会议室", "东拖", "40", "20"], [None],
        ["活动台账"], ["活动日期", "活动名称", "承办单位", "参加人数"], ["2026-01-01", "义诊", "长一社区", "30"],
    ]  # fmt: skip
    venues, activities = find_tables(make_sheet(rows))
    assert (venues.title, venues.body["row"].to_list()) == ("场地清单", [3])
    assert (activities.title, activities.body["row"].to_list()) == ("活动台账", [7])
    assert headers(activities) == ["活动日期", "活动名称", "承办单位", "参加人数"]


@pytest.mark.parametrize(
    "rows", [[["请勿改动表头"]], [["填表说明"], ["1. 请如实填写。"], ["2. 请于月底前报送。"]], [VENUES]]
)
def test_a_sheet_of_instructions_or_an_empty_form_holds_no_table(rows):
    assert find_tables(make_sheet(rows)) == []


def test_a_table_of_unknown_words_is_found_by_its_shape():
    table = only(make_sheet([["销售统计"], ["产品", "甲区", "乙区", "丙区"], ["轴承", "1", "2", "3"]]))
    assert headers(table) == ["产品", "甲区", "乙区", "丙区"]


def test_a_row_number_is_the_one_the_spreadsheet_shows():
    sheet = make_sheet([VENUES, ["会议室", "东拖", "40", "20"]], first_row=4)
    assert only(sheet).body["row"].to_list() == [5]


def test_two_columns_headed_alike_are_told_of_but_not_persons_columns():
    rows = [
        ["面积", "场地名称", "面积 ", "产权单位", "联系人姓名", "联系人姓名"],
        ["40", "会议室", "41", "东拖", "张三", "李四"],
    ]
    table = only(make_sheet(rows))
    assert [(p.code, p.column, p.severity) for p in table.problems] == [("column.duplicate", "C", "warning")]


def test_hidden_rows_columns_and_sheets_are_read_and_told_of():
    sheet = make_sheet([VENUES, ["会议室", "东拖", "40", "20"]], visible=False, hidden_rows=(2,), hidden_columns=(2,))
    table = only(sheet)
    assert table.body.height == 1
    told = [p.message("zh") for p in table.problems]
    assert len(told) == 3 and any("行（2）" in t for t in told) and any("列（C）" in t for t in told)
    assert any("rows (2)" in p.message("en") for p in table.problems)


def test_a_column_without_header_is_shown_where_it_has_values():
    table = only(make_sheet([[*VENUES, None], ["会议室", "东拖", "40", "20", "13900001111"]]))
    assert [h.letter for h in table.headers] == ["A", "B", "C", "D", "E"]
    assert headers(table)[-1] == ""


def test_a_million_rows_take_seconds():
    n = 1_000_000
    body = pl.select(A=pl.format("会议室{}", pl.int_range(n)), B=pl.lit("东拖"), C=pl.lit("40"), D=pl.lit("20"))
    head = pl.DataFrame(dict(zip("ABCD", ([v] for v in VENUES), strict=True)))
    sheet = RawSheet(
        "大.csv", "大", pl.concat([head, body]), merges=tuple((row, 1, row + 9, 1) for row in range(2, n, 10))
    )
    with at_most(20):
        table = only(sheet)
    assert table.body.height == n


def test_a_row_of_values_is_no_header_though_its_words_are_known():
    rows = [
        ["评的单位", "小区还是企业", "今年几星", "得分"],
        *[[f"{name}家园", "小区", "三星", "80"] for name in "东西南北"],
    ]
    (table,) = find_tables(make_sheet([["评星结果"], *rows]))
    assert [h.text for h in table.headers] == rows[0] and table.body.height == 4


def test_a_day_of_signing_is_a_header_and_no_line_to_sign():
    (table,) = find_tables(
        make_sheet([["社区", "企业", "签字日期", "到期"], ["船坞社区", "汐海机电", "45667", "46031"]])
    )
    assert [h.text for h in table.headers] == ["社区", "企业", "签字日期", "到期"]
