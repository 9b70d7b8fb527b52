"""Rows that add up, head or carry on others: they make no things of their own, and nothing of what they say is lost untold."""

import polars as pl
import pytest

from graph.schema import SCHEMA
from loaders.cleaning.carried_on import lean_on_above
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_table
from loaders.sheets.group_headings import find_headings
from loaders.sheets.table_finder import find_tables
from tests.loaders.sheets import make_sheet

FIRMS = ["企业名称", "所有制性质", "所在街道", "职工人数"]
ROWS = [["河东电缆有限公司", "央企", "东井街道", 200], ["河东石化有限公司", "央企", "东井街道", 300]]


def read(rows, merges=(), register="", **more):
    (table,) = find_tables(make_sheet(rows, merges, **more))
    mapping = map_table(table, SCHEMA, register=register)
    table = lean_on_above(table, mapping)
    records = clean_table(table, mapping, b"k" * 32)
    return records.frame, {p.code: dict(p.details).get("where", p.value) for p in (*table.problems, *records.problems)}


@pytest.mark.parametrize(
    "total",
    [
        ["央企小计", None, None, 500], ["省属国有企业合计（2家）", None, None, 500], ["全区总数", None, None, 500], ["以上央企", None, None, 500],
        ["计", None, None, 500], ["央企", None, None, 500], ["平均", None, None, 250], ["共2家", None, None, None],
    ],
)  # fmt: skip
def test_a_row_that_adds_up_others_is_no_enterprise_whatever_it_is_called(total):
    frame, _ = read([FIRMS, *ROWS, total])
    assert frame["name"].to_list() == [row[0] for row in ROWS]


def test_a_firm_of_which_little_is_known_is_no_sum():
    frame, _ = read([FIRMS, *ROWS, ["河东酒业", None, None, 60], ["河东审计事务所", None, None, None]])
    assert frame.height == 4


def test_a_street_that_heads_its_communities_is_theirs_and_no_community():
    head, rows = (
        ["社区名称", "户数", "人口数"],
        [["西苑街道"], ["西苑社区", 200, 500], ["南苑街道（1个）"], ["南苑社区", 300, 500]],
    )
    frame, told = read([head, *rows])
    assert frame.select("name", "@street").rows() == [("西苑社区", "西苑街道"), ("南苑社区", "南苑街道")]
    assert told["row.heading"] == "西苑街道、南苑街道（1个）"


@pytest.mark.parametrize("later", [[["二、南苑街道"], ["南苑社区", 300, 500]], []])
def test_the_first_heading_may_stand_above_the_headers(later):
    head, first = ["社区名称", "户数", "人口数"], ["西苑社区", 200, 500]
    frame, _ = read([["社区一览"], ["一、西苑街道"], head, first, ["东苑社区", 210, 500], *later])
    assert frame.filter(name="西苑社区")["@street"].to_list() == ["西苑街道"]
    assert not later or frame.filter(name="南苑社区")["@street"].to_list() == ["南苑街道"]


def test_an_owner_that_heads_its_firms_is_no_firm():
    frame, _ = read(
        [
            ["企业名称", "地址", "职工人数"],
            ["央企"],
            ["河东电缆有限公司", "东井路3号", 200],
            ["区属企业"],
            ["河东纺织", "道口街1号", 60],
        ]
    )
    assert frame.select("name", "ownership").rows() == [("河东电缆有限公司", "央企"), ("河东纺织", "区企")]


AGREEMENTS = ["序号", "甲方", "乙方", "签订日期", "合作内容"]


@pytest.mark.parametrize("merges", [(), ("A2:A3", "B2:B3", "C2:C3", "D2:D3")])
def test_a_line_that_carries_on_the_row_above_is_joined_to_it_and_told(merges):
    frame, told = read(
        [AGREEMENTS, [1, "甲社区", "电厂", "2026-03-01", "场地共用、"], [None, None, None, None, "志愿服务"]],
        merges,
        name="共建协议台账",
    )
    assert frame["content"].to_list() == [["场地共用", "志愿服务"]]
    assert told["row.joined"] == "3"


@pytest.mark.parametrize(("shared", "records"), [(2, 2), (3, 1)])
def test_rows_are_one_record_where_three_merged_cells_are_all_that_the_first_has_beside(shared, records):
    header, first = ["甲方", "乙方", "签订日期"], ["甲社区", "电厂", "2026-03-01"]
    rows = [[*header[:shared], "合作内容"], [*first[:shared], "场地共用、"], [*[None] * shared, "志愿服务"]]
    frame, told = read(rows, [f"{c}2:{c}3" for c in "ABC"[:shared]], register="agreements")
    assert (frame.height, "row.joined" in told) == (records, records == 1)


def test_things_listed_below_one_unit_stay_things_of_their_own():
    rows = [
        ["企业名称", "可提供资源", "数量"],
        ["电厂", "会议室", "2间"],
        [None, "停车位", "30个"],
        [None, "大客车", "1辆"],
        ["水厂", "志愿者", "9名"],
    ]
    frame, told = read(rows, register="offers")
    assert frame.select("title", "unit").rows() == [
        ("会议室", "间"),
        ("停车位", "个"),
        ("大客车", "辆"),
        ("志愿者", "名"),
    ]
    assert (frame["@unit"].to_list(), told["row.carried"]) == (["电厂", "电厂", "电厂", "水厂"], "3、4")


def test_a_blank_cell_among_names_written_out_stays_blank():
    rows = [
        ["街道", "社区名称", "户数"],
        ["西苑街道", "甲社区", 1],
        ["西苑街道", "乙社区", 2],
        [None, "丙社区", 3],
        [None, "丁社区", 4],
    ]
    frame, told = read(rows)
    assert frame["@street"].to_list() == ["西苑街道", "西苑街道", None, None]
    assert "row.carried" not in told


def test_an_agreement_with_one_party_is_told():
    rows = [[1, "甲社区", "电厂", "2026-03-01", "共学"], [2, "乙社区", None, "2026-04-01", "共学"]]
    assert read([AGREEMENTS, *rows], name="共建协议台账")[1]["party.single"] == "3"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("小礼堂一座，软席220个", ["小礼堂"]), ("篮球场1片，灯光齐全，面积600平方米", ["篮球场"]), ("会议室2间，柴油发电机3台", ["会议室", "柴油发电机"]),
        ("报告厅1个，固定座椅300座、停车位40个", ["报告厅", "停车位"]),
    ],
)  # fmt: skip
def test_what_only_describes_a_room_is_no_offer_of_its_own(text, titles):
    frame, _ = read([["单位名称", "可提供的资源"], ["电厂", text]], register="offers")
    assert frame["title"].to_list() == titles


def test_a_village_is_a_community_of_its_own_kind():
    frame, _ = read(
        [
            ["村（社区）名称", "所属街道", "户数"],
            ["北塘村", "西苑街道", 1],
            ["石桥村委会", "西苑街道", 2],
            ["西苑社区", "西苑街道", 3],
        ]
    )
    assert frame["kind"].to_list() == ["村", "村", None]


def test_a_room_said_to_be_empty_is_not_unknown():
    frame, _ = read(
        [
            ["闲置资产名称", "产权单位", "地址", "状态"],
            ["一号库", "电厂", "甲路1号", "空"],
            ["二号库", "电厂", "甲路2号", "租"],
        ]
    )
    assert frame["status"].to_list() == ["未使用", "已使用"]


def test_a_roll_that_says_where_its_members_report_is_the_double_registration():
    rows = [
        ["姓名", "工作单位", "党支部", "报到社区", "报到时间"],
        ["张建国", "电厂", "检修支部", "东井社区", "2026-03-01"],
    ]
    frame, _ = read(rows, name="在职党员花名册")
    assert frame.select("@reports_to", pl.col("since").cast(pl.String)).row(0) == ("东井社区", "2026-03-01")


@pytest.mark.parametrize(
    ("firms", "filled"), [("甲乙丙", 0), ("甲 丙", 0), ("甲 丙丁 ", 2), ("甲 丙 戊己", 2), ("甲 丙 戊己庚", 0)]
)
def test_a_firm_stands_once_a_group_where_a_third_of_its_cells_are_blank_and_two_at_least(firms, filled):
    rows = [[f"河东{f}厂" if f.strip() else None, f"会议室{n}", 20 + n] for n, f in enumerate(firms)]
    frame, told = read([["单位名称", "场所名称", "面积（㎡）"], *rows], register="venues")
    assert frame["@owner"].null_count() == (0 if filled else firms.count(" "))
    assert ("row.carried" in told) is bool(filled)


@pytest.mark.parametrize(("owners", "heading"), [(["央企", "省企"], [0, 2]), (["央企", "省企", "市企"], [])])
def test_half_of_the_rows_may_head_others_and_no_more(owners, heading):
    firms = [["河东电缆有限公司", "东井路3号", "200"], ["河东纺织", "道口街1号", "60"]]
    rows = [
        [owners[0], None, None],
        firms[0],
        [owners[1], None, None],
        firms[1],
        *([o, None, None] for o in owners[2:]),
    ]
    raw = pl.DataFrame(rows, schema=["A", "B", "C"], orient="row")
    assert find_headings(raw, [*FIRMS[:1], "地址", "职工人数"]) == heading


@pytest.mark.parametrize(
    ("last", "kept"), [("丙社区原属东井街道，数字未核。", 2), ("丙社区", 3), ("三个村没有小区。", 2), ("都已核对！", 2)]
)
def test_a_sentence_alone_in_the_first_column_is_a_remark_and_no_thing(last, kept):
    frame, _ = read([["社区名称", "户数", "人口数"], ["甲社区", 200, 500], ["乙社区", 300, 800], [last]])
    assert frame.height == kept


def test_where_the_first_column_is_of_sentences_one_alone_is_a_row_like_the_others():
    rows = [["路灯坏了没人修。", "甲社区", 1], ["楼道堆物没人管。", "乙社区", 2], ["小广告没人清。", None, None]]
    (table,) = find_tables(make_sheet([["需求内容", "需求单位", "数量"], *rows]))
    assert table.body.height == 3
