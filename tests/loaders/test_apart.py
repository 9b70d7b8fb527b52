"""Things of one name: told apart by whose they are and where they lie, the same where nothing speaks against it, else asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decisions import New, Same
from graph.ledger_rows import SheetOrigin
from graph.names import room
from graph.schema import SCHEMA
from loaders.merging.document_numbers import read_number
from loaders.merging.merge import Merged, merge_loads
from loaders.merging.outcomes import Outcome
from loaders.names.distinguishing import tells_apart
from tests.loaders.test_merge import Sheet, content

FIRMS = Sheet("enterprises", {"name": ["甲轴承有限公司", "乙电缆有限公司", "丙面粉有限公司"]}, file="企业.xlsx")
PLACES = Sheet(
    "communities", {"name": ["民主社区", "民主社区", "塘东社区"], "@street": ["清塘街道", "麦岭街道", "清塘街道"]},
    load_id="l2", seq=2, file="社区.xlsx",
)  # fmt: skip


def texts(*values: str | None) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def sheet(register: str, load: str, scope: str = "increment", **columns: Any) -> Sheet:
    records = {name.replace("at_", "@"): values for name, values in columns.items()}
    return Sheet(register, records, load_id=load, seq=int(load[1:]), file=f"{load}.xlsx", scope=scope)


def merge(*sheets: Sheet, decisions: Sequence[Any] = ()) -> Merged:
    return merge_loads([FIRMS, PLACES, *sheets], SCHEMA, decisions)


def things(merged: Merged, label: str) -> pl.DataFrame:
    return merged.tables.entities[label].filter(pl.col("valid_to").is_null())


def codes(merged: Merged) -> list[str]:
    return [p.code for p in merged.problems]


ROOMS = sheet(
    "venues", "l3", name=["职工书屋", "职工书屋", "职工书屋", "职工书屋", "农家书屋", "农家书屋"],
    at_owner=texts("甲轴承", "乙电缆", "丙面粉", "丙面粉", None, None),
    address=["清塘路1号", "清塘路60号", "麦岭路12号", "麦岭路88号", "窑湾街5号", "麦岭街9号"], capacity=[30, 24, 16, 20, 18, 12],
)  # fmt: skip


def test_rooms_of_one_name_are_as_many_as_their_owners_and_addresses_say():
    merged = merge(ROOMS)
    assert sorted(things(merged, "Venue")["capacity"]) == [12, 16, 18, 20, 24, 30]
    assert codes(merged) == []


def test_two_sights_that_differ_in_their_area_only_are_two_and_a_doubt():
    merged = merge(sheet("venues", "l3", name=["云顶山", "云顶山"], area_m2=[167e6, 55e6]))
    assert things(merged, "Venue").height == 2
    (doubt,) = merged.problems
    assert (doubt.code, doubt.rows) == ("key.apart", 2)


def test_a_room_whose_address_changed_from_list_to_list_is_still_one():
    older = sheet("venues", "l3", name=["大礼堂"], at_owner=["甲轴承"], address=["老街1号"])
    merged = merge(older, sheet("venues", "l4", name=["大礼堂"], at_owner=["甲轴承"], address=["新街2号"]))
    assert things(merged, "Venue")["address"].to_list() == ["新街2号"]
    assert codes(merged) == ["conflict"]


def test_a_later_list_that_does_not_say_whose_it_is_means_the_only_one_of_that_name():
    later = sheet("venues", "l4", name=["大礼堂"], capacity=[400])
    one = sheet("venues", "l3", name=["大礼堂"], at_owner=["甲轴承"])
    assert things(merge(one, later), "Venue").select("id", "capacity").rows() == [("ven:ent:甲轴承:大礼堂", 400)]
    two = sheet("venues", "l3", name=["大礼堂", "大礼堂"], at_owner=["甲轴承", "乙电缆"])
    merged = merge(two, later)
    assert things(merged, "Venue").height == 2 and things(merged, "Venue")["capacity"].null_count() == 2
    assert codes(merged) == ["key.unsure"]
    assert merged.outcomes["l4"].rows == Outcome(waiting=1)


def test_an_address_that_agrees_settles_which_of_several_is_meant_and_one_that_differs_makes_another():
    later = sheet(
        "venues", "l4", name=["职工书屋", "农家书屋"], address=["麦岭路88号", "塘东街1号"], area_m2=[50.0, 60.0]
    )
    found = things(merge(ROOMS, later), "Venue")
    assert found.filter(pl.col("area_m2") == 50)["capacity"].to_list() == [20]
    assert found.height == 7


def test_a_person_says_which_of_several_is_meant_and_the_row_is_in_the_graph():
    two = sheet("venues", "l3", name=["大礼堂", "大礼堂"], at_owner=["甲轴承", "乙电缆"])
    later = sheet("venues", "l4", name=["大礼堂"], capacity=[400])
    merged = merge(two, later, decisions=[Same(name="大礼堂", unit="ven:ent:乙电缆:大礼堂")])
    assert things(merged, "Venue").filter(pl.col("capacity") == 400)["id"].to_list() == ["ven:ent:乙电缆:大礼堂"]
    assert merged.outcomes["l4"].rows == Outcome(in_graph=1)


def test_no_second_community_of_a_name_is_made_of_a_row_that_does_not_say_its_street():
    rows = sheet(
        "communities", "l4", name=["清塘街道民主社区", "麦岭街道民主社区", "民主社区"], households=[1001, 1120, 1055]
    )
    merged = merge(rows)
    assert sorted(things(merged, "Community")["households"].drop_nulls()) == [1001, 1120]
    assert things(merged, "Community").height == 3
    (asked,) = merged.problems
    assert asked.code == "key.unsure" and dict(asked.details)["candidates"].count("|") == 1


def test_a_street_that_sends_a_list_of_communities_is_theirs():
    for origin in (
        SheetOrigin(title="渡口街道社区基本情况表"),
        SheetOrigin(sender="渡口街道社区办"),
        SheetOrigin(folder="渡口街道"),
    ):
        own = replace(sheet("communities", "l4", name=["新华社区"]), origin=origin)
        assert "com:sub:渡口:新华" in things(merge(own), "Community")["id"].to_list()


def test_units_without_a_legal_form_differ_by_street_and_registered_names_do_not():
    rows = sheet(
        "enterprises", "l4", name=["麦岭粮站", "麦岭粮站", "丁机械有限公司", "丁机械有限公司"],
        at_street=["清塘街道", "麦岭街道", "清塘街道", "麦岭街道"], employees=[9, 12, 5, 6],
    )  # fmt: skip
    merged = merge(rows)
    found = things(merged, "Enterprise")["name"].to_list()
    assert (found.count("麦岭粮站"), found.count("丁机械有限公司")) == (2, 1)
    assert codes(merged) == ["conflict.within"], "two rows of one file about one firm are a doubt"


def test_rows_whose_name_was_masked_are_no_one_firm():
    merged = merge(sheet("enterprises", "l4", name=["某公司", "某公司", "X集团"], employees=[5, 9, 7]))
    assert things(merged, "Enterprise").height == 3
    assert codes(merged) == ["key.masked"] * 3
    assert merged.outcomes["l4"].rows == Outcome()


AGREEMENTS = sheet(
    "agreements", "l4", number=texts("20000", "20000", "1", None), title=["共驻共建协议"] * 4,
    at_party_a=["塘东社区", "清塘街道民主社区", "塘东社区", "塘东社区"], at_party_b=["甲轴承", "乙电缆", "丙面粉", "丙面粉"],
    signed=pl.Series([date(2025, 3, 1), date(2025, 3, 1), None, None]),
)  # fmt: skip


def test_an_amount_or_a_serial_number_is_no_key_and_an_agreement_without_a_day_is_kept():
    merged = merge(AGREEMENTS)
    found = things(merged, "Agreement")
    assert found.height == 4
    assert sorted(i.count("::") for i in found["id"]) == [0, 0, 1, 1]
    signed = [f for (kind, _, _), f in merged.tables.relations.items() if kind == "SIGNED" and f.height]
    assert sum(f.height for f in signed) == 8
    assert merged.outcomes["l4"].rows == Outcome(in_graph=4)


def test_a_list_of_firms_without_a_second_party_makes_no_agreements():
    merged = merge(sheet("agreements", "l4", at_party_b=["戊钢铁集团有限公司", "己热电集团有限公司"]))
    assert things(merged, "Agreement").height == 0


def test_agreements_of_two_streets_that_count_alike_are_two():
    one = sheet("agreements", "l4", number=["GJ-01"], at_party_a=["塘东社区"], at_party_b=["甲轴承"])
    other = sheet("agreements", "l5", number=["GJ-01"], at_party_a=["麦岭街道民主社区"], at_party_b=["乙电缆"])
    assert things(merge(one, other), "Agreement").height == 2


@pytest.mark.parametrize(
    "number", ["GJ-2025-001", "河党联〔2025〕3号", "LG-08", "2025-001", "协字第12号", "ZJ20250301"]
)
def test_what_numbers_a_document(number):
    assert read_number(number)


@pytest.mark.parametrize(
    "text",
    ["20000", "20250301", "1", "３", "第1号", "(2)", "2万元", "1.5", "20,000元", "2025-03-01", "2025年3月", "一", "无"],
)
def test_what_numbers_no_document(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("一号会议室", "１号会议室"),
        ("二楼多功能厅", "2楼多功能厅"),
        ("第三会议厅", "第3会议厅"),
        ("十二号教室", "12号教室"),
    ],
)
def test_rooms_are_counted_in_one_way(name, other):
    assert room(name) == room(other) != room(name.replace("一", "四").replace("二", "五").replace("三", "六"))


def test_the_use_of_a_room_finds_it_whichever_way_its_number_is_written():
    rooms = sheet("venues", "l3", name=["1号会议室", "2号会议室"], at_owner=["甲轴承", "甲轴承"])
    uses = sheet(
        "resource_uses",
        "l4",
        day=pl.Series([date(2026, 1, n) for n in (5, 6, 7)]),
        at_resource=["一号会议室", "３号会议室", "甲轴承二号会议室"],
    )
    merged = merge(rooms, uses)
    assert things(merged, "ResourceUse").height == 2
    assert [(p.code, p.value) for p in merged.problems] == [("resource.unknown", "３号会议室")]
    settled = merge(rooms, uses, decisions=[Same(name="３号会议室", unit="ven:ent:甲轴承:1号会议室")])
    assert things(settled, "ResourceUse").height == 3 and not settled.problems


def test_a_name_of_which_no_list_tells_can_be_decided_to_be_something_new_until_a_list_tells_of_it():
    uses = sheet(
        "resource_uses", "l4", day=pl.Series([date(2026, 1, 5)]), at_resource=["滨河驿站"], at_user=["无名石材厂"]
    )
    new = [New(name="滨河驿站", label="Venue"), New(name="无名石材厂", label="Enterprise")]
    merged = merge(uses, decisions=new)
    assert things(merged, "ResourceUse").height == 1 and not merged.problems
    listed = sheet("venues", "l5", name=["滨河驿站"], at_owner=["甲轴承"])
    assert things(merge(uses, listed, decisions=new), "Venue")["id"].to_list() == ["ven:ent:甲轴承:滨河驿站"]


@pytest.mark.parametrize("text", ["东区", "北厂", "第二", "二分厂", "2号", "西校区", "三车间", "南院"])
def test_a_side_a_number_or_a_part_tells_units_apart(text):
    assert tells_apart(text)


@pytest.mark.parametrize("text", ["一拖", "集团", "洛阳", "盖章", "中国"])
def test_a_short_name_or_a_place_does_not(text):
    assert not tells_apart(text)


def test_a_bracket_that_tells_apart_is_never_left_out():
    known = sheet("enterprises", "l3", name=["华北工厂集团"])
    offer = sheet("offers", "l4", title=["礼堂", "礼堂"], at_unit=["华北工厂集团（北厂）", "华北工厂集团（盖章）"])
    merged = merge(known, offer)
    assert [p.value for p in merged.problems] == ["华北工厂集团（北厂）"]
    assert things(merged, "Offering").height == 1


OWNERS = st.sampled_from(["甲轴承", "乙电缆", "火星厂", None])
ADDRESSES = st.sampled_from(["东街1号", "西街2号", None])
SIZES = st.sampled_from([40.0, 90.0, None])
LISTS = st.lists(st.lists(st.tuples(st.sampled_from(["书屋", "礼堂"]), OWNERS, ADDRESSES, SIZES), min_size=1, max_size=4), min_size=1, max_size=4)  # fmt: skip


@settings(max_examples=6, deadline=None)
@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_loading_shows_nowhere_and_every_row_is_in_the_graph_or_waits(lists, shuffled):
    sheets = [
        sheet(
            "venues", f"l{n}", name=[r[0] for r in rows], at_owner=texts(*(r[1] for r in rows)),
            address=texts(*(r[2] for r in rows)), area_m2=pl.Series([r[3] for r in rows], dtype=pl.Float64),
        )
        for n, rows in enumerate(lists, 3)
    ]  # fmt: skip
    sheets = [replace(one, as_of=date(2026, 1, n)) for n, one in enumerate(sheets, 1)]
    merged = merge(*sheets)
    order = [replace(one, seq=n) for n, one in enumerate(shuffled.sample(sheets, len(sheets)), 3)]
    assert content(merge(*order)) == content(merged)
    for n, rows in enumerate(lists, 3):
        outcome = merged.outcomes[f"l{n}"].rows
        assert outcome.in_graph + outcome.waiting == len(rows)
        placed = merged.tables.sources.filter(pl.col("load_id") == f"l{n}")["row"].n_unique()
        assert placed == outcome.in_graph
        named = {r[:2] for r in rows if r[1]}
        of_sheet = merged.tables.sources.filter(pl.col("load_id") == f"l{n}")["id"].n_unique()
        assert of_sheet + outcome.waiting >= len(named), "two owners are never one thing"
        addressed = {r[:3] for r in rows if r[2]}
        told = {(name, owner, address) for name, owner, address in addressed if owner}
        assert of_sheet + outcome.waiting >= len(told)
