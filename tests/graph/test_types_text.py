"""Free text, names, lists in a cell, and the personal numbers hidden in them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import types
from graph.types import ListOf, Name, Text, ValueType
from graph.types.personal import find_national_numbers, has_personal_number, mask_personal, tell_numbers
from graph.types.personal_numbers import passes_luhn

CALM = settings(max_examples=50, deadline=None)


def clean(kind, *cells):
    return kind.clean(pl.Series(cells, dtype=pl.String)).values[""].to_list()


def test_formulas_and_markup_stay_text():
    cells = ['=HYPERLINK("http://x")', "+1", "@a", "<script>alert(1)</script>", "' OR 1=1 //"]
    assert clean(Text(), *cells) == cells


def test_text_is_put_on_one_line_and_cut_with_a_warning():
    assert clean(Text(), "第一行\n第二行\t完") == ["第一行 第二行 完"]
    cleaned = Text(max_length=5).clean(pl.Series(["一二三四五六", "一二三四五"]))
    assert cleaned.values[""].to_list() == ["一二三四五", "一二三四五"]
    assert cleaned.problems["code"].to_list() == ["text.too_long"]


def test_the_spaces_inside_a_chinese_name_go_but_those_between_words_stay():
    assert clean(Name(), "长 一  社 区", "ＬＹＣ 轴承", "Yituo  Group Co") == ["长一社区", "LYC 轴承", "Yituo Group Co"]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("会议室、电教室；图书角", ["会议室", "电教室", "图书角"]),
        ("空调/音响|投影，空调", ["空调", "音响", "投影"]),
        ("投影和音响", ["投影", "音响"]),
        ("和谐社区建设和环境整治", ["和谐社区建设", "环境整治"]),
        ("投影（幕布、音响），空调", ["投影(幕布、音响)", "空调"]),
        ("1.空调 2.音响", ["空调", "音响"]),
        ("一行\n二行", ["一行", "二行"]),
        ("党建+服务", ["党建+服务"]),
        ("、、", None),
    ],
)
def test_a_list_in_a_cell_becomes_its_items(cell, items):
    assert clean(ListOf(), cell) == [items]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13900001234。", "电话[已隐去]。"),
        ("139-0000-1234,13911112222", "[已隐去],[已隐去]"),
        ("13900001234 13911112222 13933334444", "[已隐去] [已隐去] [已隐去]"),
        ("+86 139 0000 1234转", "[已隐去]转"),
        ("身份证110101199003077571", "身份证[已隐去]"),
        ("11010119900307757x号", "[已隐去]号"),
        ("旧证110101900307757", "旧证[已隐去]"),
        ("卡号6222021234567890128", "卡号[已隐去]"),
        ("卡号6222 0212 3456 7890 128", "卡号[已隐去]"),
        ("卡号6222021234567890123", "卡号6222021234567890123"),
        ("办公电话0379-64912345", "办公电话0379-64912345"),
        ("社区代码410305001001", "社区代码410305001001"),
        ("信用代码91110000600037341L", "信用代码91110000600037341L"),
        ("2026年12月31日 14:00-17:00", "2026年12月31日 14:00-17:00"),
        ("面积12900㎡", "面积12900㎡"),
    ],
)
def test_numbers_of_persons_are_hidden_and_others_are_not(text, masked):
    assert mask_personal(text) == masked
    frame = pl.DataFrame({"t": [text]})
    assert frame.select(mask_personal(pl.col("t"))).item() == masked
    assert frame.select(has_personal_number(pl.col("t"))).item() is (text != masked)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系王主任", "联系[已隐去]主任"), ("张三13900001234", "[已隐去][已隐去]"), ("王小明(13900001234)", "[已隐去]([已隐去])"), ("联系人李四老师", "联系人[已隐去]老师"),
        ("找王师傅", "找[已隐去]师傅"), ("书记王小明", "书记[已隐去]"), ("由欧阳修明主任牵头", "由[已隐去]主任牵头"), ("联系人:张三", "联系人:[已隐去]"),
        ("周志强,0379-64912345", "[已隐去],[已隐去]"), ("张三电话13900001234", "[已隐去]电话[已隐去]"), ("微信号abc_123456", "[已隐去]"), ("加微信:zhang88", "加[已隐去]"),
        ("QQ12345678", "[已隐去]"), ("豫C12345停车", "[已隐去]停车"), ("粤BD12345", "[已隐去]"), ("邮箱a.b@163.com。", "邮箱[已隐去]。"), ("王主任/李书记", "[已隐去]主任/[已隐去]书记"),
        *((same, same) for same in (
            "党支部书记", "社区书记", "居委会主任", "常务副主任", "办公室主任", "车间主任", "由于老师不足", "高级老师", "项目经理", "班主任", "康师傅集团", "第一书记", "各位同志",
            "街道党工委书记", "太极拳老师", "广场舞老师", "水电师傅", "甲方电话", "值班电话0379-64912345", "地址长宁路64912345", "微信公众号发布", "加微信联系", "协议豫C20250301号",
            "安全科长", "公司经理", "企业负责人", "书记高度重视", "法律援助", "退役军人服务站站长",
        )),
    ],
)  # fmt: skip
def test_names_and_accounts_of_persons_are_hidden_and_offices_are_not(text, masked):
    assert mask_personal(text) == masked
    assert Text().clean(pl.Series([text])).values[""].to_list() == [masked]


def test_a_list_hides_persons_item_by_item_and_is_split_as_people_list():
    cells = [
        "王主任、会议室",
        "1.空调2.音响",
        "投影 音响 空调",
        "①会议②图书",
        "会议室及食堂",
        "及时雨服务、普及讲座",
        "大 礼 堂",
        "1.5匹空调、音响",
    ]
    assert ListOf().clean(pl.Series(cells)).values[""].to_list() == [
        ["[已隐去]主任", "会议室"], ["空调", "音响"], ["投影", "音响", "空调"], ["会议", "图书"], ["会议室", "食堂"], ["及时雨服务", "普及讲座"],
        ["大 礼 堂"], ["1.5匹空调", "音响"],
    ]  # fmt: skip


def test_a_masked_text_is_kept_with_a_warning_that_does_not_tell_the_number():
    cleaned = Text().clean(pl.Series(["请联系13900001234", "照常"]))
    assert cleaned.values[""].to_list() == ["请联系[已隐去]", "照常"]
    assert cleaned.problems.rows() == [(0, "text.personal", "warning", "请联系139****1234", None)]


@CALM
@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=5),
)
def test_a_mobile_is_found_behind_any_text(number, before):
    assert number not in mask_personal(before + number)
    assert tell_numbers(pl.Series([number]), "mobile", whole=True).to_list() == [True]


def test_a_national_number_is_known_by_its_check_digit_or_its_shape_and_birth_date():
    cells = [
        "110101199003077571",
        "11010519491231002X",
        "11010519491231002x",
        "110105194912310021",
        "110101900307757",
        "110101199013077571",
        "410305202603150001",
        "91110000600037341L",
        None,
    ]
    assert find_national_numbers(pl.Series(cells)).to_list() == [
        True,
        True,
        True,
        True,
        True,
        False,
        False,
        False,
        None,
    ]


def test_the_luhn_check_knows_a_card_number():
    assert passes_luhn("6222021234567890128")
    assert not passes_luhn("6222021234567890129")


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(types).values() if isinstance(kind, type) and issubclass(kind, ValueType)]
)
def test_no_type_stores_what_tells_of_a_person(kind):
    cells = [
        "13900001234",
        "张建国负责",
        "幸福小区3号楼2单元501室",
        "患有高血压",
        "照常,联系人王芳",
        "110101199003077571",
    ]
    stored = str([series.to_list() for series in kind().clean(pl.Series(cells)).values.values()])
    assert not any(secret in stored for secret in ("3900001234", "张建国", "501", "高血压", "王芳", "0307757"))
