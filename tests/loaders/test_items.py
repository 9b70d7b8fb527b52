"""Free text about what units have and want: taken apart into items, each with its cell and a mark for review."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.connect import connect
from graph.problems import WARNING
from graph.settings import Settings
from graph.types.value_type import blank_to_null
from loaders.cleaning.items import load_words, may_count, read_items
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_result import LoadResult
from queries import connect as connect_district

UNITS = [["单位名称", "职工人数"], ["甲机械厂有限公司", "10"], ["乙轴承厂有限公司", "5"]]


def parse(text: str) -> list[tuple[str, str, int | None, str]]:
    return [(i.title, i.category, i.quantity, i.unit) for i in read_items(blank_to_null(pl.Series([text]))[0] or "")]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("可提供会议室1间、志愿者10名", [("会议室", "场地", 1, "间"), ("志愿者", "人才", 10, "名")]),
        ("投影仪2台，每周六可用；法律咨询1次/月", [("投影仪", "物资", 2, "台"), ("法律咨询", "服务", 1, "次/月")]),
        ("空地约200㎡", [("空地", "场地", 200, "㎡")]),
        ("会议室2间（可容纳60人），投影仪1台", [("会议室", "场地", 2, "间"), ("投影仪", "物资", 1, "台")]),
        ("10名志愿者、两间会议室和一块空地", [("志愿者", "人才", 10, "名"), ("会议室", "场地", 2, "间"), ("空地", "场地", 1, "块")]),
        ("帮扶资金5万元；慰问品100份", [("帮扶资金", "资金", 50_000, "元"), ("慰问品", "物资", 100, "份")]),
        ("法律咨询每月1次，义诊每季度一次", [("法律咨询", "服务", 1, "次/月"), ("义诊", "服务", 1, "次/季度")]),
        ("希望社区提供停车位20个，需要志愿者若干", [("停车位", "场地", 20, "个"), ("志愿者", "人才", None, "")]),
        ("1.会议室1间 2.食堂1个", [("会议室", "场地", 1, "间"), ("食堂", "场地", 1, "个")]),
        ("①会议室1间②食堂1个", [("会议室", "场地", 1, "间"), ("食堂", "场地", 1, "个")]),
        ("志愿者服务队2支，约30人", [("志愿者服务队", "人才", 2, "支")]),
        ("厂房0.5万平方米", [("厂房", "场地", 5000, "㎡")]),
        ("会议室、电教室", [("会议室", "场地", None, ""), ("电教室", "场地", None, "")]),
        ("5000元", [("资金", "资金", 5000, "元")]),
        ("法律咨询志愿者3名", [("法律咨询志愿者", "人才", 3, "名")]),
        ("岗位信息50条", [("岗位信息", "信息", 50, "条")]),
        ("三供一业改造", [("三供一业改造", "", None, "")]),
        ("无", []), ("暂无闲置", []), ("", []), ("字" * 3000, []),
    ],
)  # fmt: skip
def test_a_text_is_taken_apart_into_its_things(text: str, items: list[Any]) -> None:
    assert parse(text) == items


def test_an_item_keeps_the_words_that_say_when_and_how() -> None:
    contents = [item.content for item in read_items("投影仪2台,每周六可用;法律咨询1次/月")]
    assert contents == ["投影仪2台,每周六可用", "法律咨询1次/月"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["会议室", "投影仪", "志愿者", "讲座", "停车位", "图书"]), st.integers(1, 9999), st.sampled_from(["间", "台", "名", "场", "个", "册"])
        ),
        min_size=1, max_size=6, unique_by=lambda item: item[0],
    ),
    st.sampled_from("、，；,;"),
    st.booleans(),
)  # fmt: skip
def test_whatever_is_listed_comes_back(things: list[tuple[str, int, str]], comma: str, number_first: bool) -> None:
    written = [f"{n}{unit}{noun}" if number_first else f"{noun}{n}{unit}" for noun, n, unit in things]
    assert [(t, q, u) for t, _, q, u in parse("可提供" + comma.join(written))] == things


def test_every_word_of_the_list_is_there_once_and_in_one_category() -> None:
    import tomllib

    import loaders.cleaning.items as module

    told = tomllib.loads((Path(module.__file__).parent / "items.toml").read_text(encoding="utf-8"))
    words = [word for of_category in told["categories"].values() for word in of_category]
    assert len(set(words)) == len(words)
    assert set(told["categories"]) == {"场地", "人才", "资金", "物资", "信息", "服务"}
    assert len(set(told["units"])) == len(told["units"])
    assert load_words().category_of["志愿者"] == "人才"


def load(tmp_path: Path, **sheets: list[list[str]]) -> LoadResult:
    (tmp_path / "in").mkdir(exist_ok=True)
    for name, rows in sheets.items():
        with (tmp_path / "in" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    return load_paths(tmp_path / "w", [tmp_path / "in"], options=LoadOptions(), settings=settings)


def read(tmp_path: Path, label: str) -> list[dict[str, Any]]:
    with connect(workspace=tmp_path / "w") as graph:
        return graph.entities(label).sort("id").to_dicts()


def test_a_thin_list_gives_an_offering_for_each_thing_marked_for_review(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "资源类别", "资源内容", "备注"],
        ["甲机械厂", "", "可提供会议室1间、志愿者10名", ""],
        ["乙轴承厂", "服务", "治安防范", ""],
        ["乙轴承厂", "", "", ""],
    ]
    result = load(tmp_path, 驻区单位基本情况表=UNITS, 资源清单=rows)
    offers = {o["title"]: o for o in read(tmp_path, "Offering")}
    assert set(offers) == {"会议室", "志愿者", "治安防范"}
    assert (offers["志愿者"]["category"], offers["志愿者"]["quantity"], offers["志愿者"]["unit"]) == ("人才", 10, "名")
    assert {title: o["to_review"] for title, o in offers.items()} == {"会议室": True, "志愿者": True, "治安防范": None}
    assert {o["row"] for title, o in offers.items() if title != "治安防范"} == {2}
    report = next(f for f in result.files if f["register"] == "offers")
    assert (report["rows_read"], report["rows_loaded"], report["rows_rejected"]) == (3, 2, 1)
    told = [(p.severity, p.row, p.column, p.suggestion) for p in result.problems if p.code == "items.review"]
    assert told == [(WARNING, 2, "C", "会议室1间、志愿者10名")]


def test_a_need_that_lists_things_gives_way_to_them_and_one_thing_stays_as_written(tmp_path: Path) -> None:
    rows = [
        ["需求单位", "需求类别", "需求内容"],
        ["甲机械厂", "", "投影仪2台，每周六可用；法律咨询1次/月"],
        ["乙轴承厂", "治安防范", "治安防范服务"],
    ]
    load(tmp_path, 驻区单位基本情况表=UNITS, 需求清单=rows)
    needs = {n["title"]: (n["quantity"], n["unit"], n["content"], n["to_review"]) for n in read(tmp_path, "Need")}
    assert needs == {
        "投影仪": (2, "台", "投影仪2台,每周六可用", True),
        "法律咨询": (1, "次/月", "法律咨询1次/月", True),
        "治安防范服务": (None, None, None, None),
    }


def test_a_titled_row_stays_and_the_counted_things_of_its_text_are_added(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "项目名称", "资源内容"],
        ["甲机械厂", "共享资源", "会议室1间、志愿者10名"],
        ["乙轴承厂", "文艺辅导", "可提供文艺辅导志愿者12名"],
    ]
    load(tmp_path, 驻区单位基本情况表=UNITS, 资源清单=rows)
    assert {o["title"]: o["to_review"] for o in read(tmp_path, "Offering")} == {
        "共享资源": None, "会议室": True, "志愿者": True, "文艺辅导": None,
    }  # fmt: skip


def test_what_an_enterprise_has_idle_and_needs_is_its_own_with_provenance_to_the_cell(tmp_path: Path) -> None:
    units = [
        ["单位名称", "职工人数", "闲置场地情况", "企业需求"],
        ["甲机械厂有限公司", "10", "会议室2间，投影仪1台", "停车位20个"],
        ["乙轴承厂", "5", "无", "—"],
    ]
    result = load(tmp_path, 驻区单位基本情况表=units)
    assert [(o["title"], o["quantity"], o["to_review"]) for o in read(tmp_path, "Offering")] == [
        ("会议室", 2, True),
        ("投影仪", 1, True),
    ]
    assert [(n["title"], n["quantity"]) for n in read(tmp_path, "Need")] == [("停车位", 20)]
    assert result.counts["relations"]["OFFERS"] == 2
    with connect_district(tmp_path / "w") as district:
        projector = next(o["id"] for o in read(tmp_path, "Offering") if o["title"] == "投影仪")
        cells = {r.field: (r.value, r.row, r.column) for r in district.provenance(projector).rows}
    assert cells["title"] == ("投影仪", 2, "C")
    assert cells["quantity"] == (1, 2, "C")


def test_the_order_of_loading_does_not_show_in_items(tmp_path: Path) -> None:
    units = [["单位名称", "闲置场地情况"], ["甲机械厂有限公司", "会议室2间，投影仪1台"]]
    offers = [["单位名称", "资源内容"], ["甲机械厂", "志愿者10名，会议室3间"]]
    digests = set()
    for number, order in enumerate(
        ((("驻区单位基本情况表", units), ("资源清单", offers)), (("资源清单", offers), ("驻区单位基本情况表", units)))
    ):
        place = tmp_path / str(number)
        place.mkdir()
        for name, rows in order:
            result = load(place, **{name: rows})
        digests.add(result.digest)
    assert len(digests) == 1


def test_the_ordinal_of_a_thing_is_not_its_number() -> None:
    texts = pl.Series(["治安防范第5项", "第三批慰问品", "可提供会议室1间、志愿者10名", "志愿者十余名", "3名律师"])
    assert may_count(texts).to_list() == [False, False, True, True, True]
    assert [item.quantity for item in read_items("治安防范第5项")] == [None]
