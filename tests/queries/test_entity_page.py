from datetime import date

import pytest

from graph.errors import UnknownEntityError
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.memory_graph import MemoryGraph
from tests.queries.small_graph import ENTITIES, RELATIONS, make_tables
from tests.queries.test_provenance import TwoLoads

DISTRICT = MemoryGraph(make_tables(ENTITIES, RELATIONS))
VIEWER, ANALYST = Scope("t", "viewer"), Scope("t", "analyst")


def lines(graph, entity, scope=VIEWER, **arguments):
    rows = ask(graph, scope, "entity-page", entity=entity, **arguments).rows
    return {(row.part, str(row.heading)): row for row in rows}


def test_a_unit_shows_its_values_its_relations_and_what_is_in_force():
    page = lines(DISTRICT, "一拖")
    assert page["value", "简称"].text == "一拖"
    assert [(thing.name, thing.state) for thing in page["relation", "签约 · 共驻共建协议"].things] == [
        ("共建〔2024〕1号", "进行中"), ("共建〔2020〕4号", "已到期"),
    ]  # fmt: skip
    assert page["in_force", "共驻共建协议"].text == "共建〔2024〕1号"
    assert page["relation", "产权 · 场地"].count == 2


def test_any_other_kind_has_a_page_by_its_number_and_says_where_it_stands():
    page = lines(DISTRICT, "共建[2020]4号")
    assert page["value", "现状（按状态和日期）"].text == "已到期"
    assert {thing.name for thing in page["relation", "签约 · 企业"].things} == {"中国一拖集团有限公司"}


def test_of_members_only_a_number_is_told_as_the_asker_may_see_it():
    shown = [lines(DISTRICT, "郑州路社区", scope)["relation", "居住于 · 党员"] for scope in (ANALYST, VIEWER)]
    assert [(line.count, line.text, line.things, line.records) for line in shown] == [
        (10, "10人", (), ()), (10, "10人", (), ()),
    ]  # fmt: skip
    assert lines(DISTRICT, "长安社区", VIEWER)["relation", "居住于 · 党员"].text == "5人"
    with pytest.raises(UnknownEntityError):
        ask(DISTRICT, ANALYST, "entity-page", entity="m1")


def test_on_a_day_in_the_past_the_values_and_relations_of_then_are_shown():
    ended = [
        (*row[:3], {"valid_to": date(2026, 1, 1)}) if row[:3] == ("OWNS", "com:ce", "ven:shut") else row for row in RELATIONS
    ]  # fmt: skip
    graph = MemoryGraph(make_tables(ENTITIES, ended), history=TwoLoads())
    now, then, before = (lines(graph, "重二社区", as_of=day) for day in (None, date(2025, 12, 31), date(2023, 1, 1)))
    owned = [{thing.name for thing in page["relation", "产权 · 场地"].things} for page in (now, then)]
    assert owned == [{"重二社区图书室"}, {"重二社区图书室", "重二社区会议室"}]
    assert ("in_force", "共驻共建协议") in then
    assert ("relation", "签约 · 共驻共建协议") not in before


def test_a_unit_page_is_the_page_of_a_unit():
    page = ask(DISTRICT, VIEWER, "unit-page", unit="yituo").rows
    assert page == ask(DISTRICT, VIEWER, "entity-page", entity="ent:yt").rows
