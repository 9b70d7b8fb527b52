"""What people decide about names is replayed at every merge, holds in its period, shows before it is written, and goes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.schema import SCHEMA
from loaders.merging.merge import merge_loads
from loaders.names.name_decisions import NameDecisions
from loaders.report.effects import find_mentions
from tests.loaders.test_merge import ENTERPRISES, MEMBERS, VENUES, Sheet, ends

GROUP, LISTED = "uscc:91999901U6KC4L8YB3", "ent:河阳轴承股份"
OLD = "老轴承厂"


def activities(*days: date, name: str = OLD) -> Sheet:
    return Sheet(
        "activities",
        {"title": [f"义诊{n}" for n in range(len(days))], "day": list(days), "@participants": [[name]] * len(days)},
        load_id="l9", seq=9, file="活动.csv", scope="increment",
    )  # fmt: skip


def taken(decisions: list[dict[str, Any]], *days: date) -> list[tuple[str, str]]:
    return ends(merge_loads([ENTERPRISES, activities(*days)], SCHEMA, decisions), "TAKES_PART_IN")


def test_a_former_name_stands_for_its_unit_in_its_period_only() -> None:
    decided = [{"kind": "former", "id": 1, "name": OLD, "unit": GROUP, "until": "1997-05-31"}]
    assert [s for s, _ in taken(decided, date(1997, 5, 31))] == [GROUP]
    assert taken(decided, date(1997, 6, 1)) == []
    assert taken([], date(1990, 1, 1)) == []


def test_a_name_that_went_from_one_unit_to_another_means_each_in_its_time() -> None:
    decided = [
        {"kind": "former", "id": 1, "name": OLD, "unit": GROUP, "until": "1999-12-31"},
        {"kind": "former", "id": 2, "name": OLD, "unit": LISTED, "from": "2000-01-01"},
    ]
    found = taken(decided, date(1999, 1, 1), date(2001, 1, 1))
    assert {(unit, activity[4:14]) for unit, activity in found} == {(GROUP, ":1999-01-0"), (LISTED, ":2001-01-0")}


def test_a_former_name_without_a_period_holds_at_any_time() -> None:
    decided = [{"kind": "former", "id": 1, "name": OLD, "unit": GROUP}]
    assert {s for s, _ in taken(decided, date(1990, 1, 1), date(2026, 1, 1))} == {GROUP}


def test_a_name_in_a_column_of_one_name_is_dated_by_its_sheet() -> None:
    old = replace(VENUES, records={"name": ["旧礼堂"], "@owner": [OLD]}, as_of=date(1990, 1, 1))
    decided = [{"kind": "former", "id": 1, "name": OLD, "unit": GROUP, "until": "1997-05-31"}]
    for sheet, owners in ((old, 1), (replace(old, as_of=date(2020, 1, 1)), 0)):
        assert len(ends(merge_loads([ENTERPRISES, sheet], SCHEMA, decided), "OWNS")) == owners


@pytest.mark.parametrize(
    ("kind", "fields", "relation"),
    [("parent", ("unit", "parent"), "SUBSIDIARY_OF"), ("branch", ("branch", "unit"), "BRANCH_OF")],
)
def test_an_affiliation_is_a_relation_with_its_period_and_decision(
    kind: str, fields: tuple[str, str], relation: str
) -> None:
    decision = {"kind": kind, "id": 7, fields[0]: LISTED, fields[1]: GROUP, "from": "1997-06-01"}
    gone = {"kind": kind, "id": 8, fields[0]: "ent:没有", fields[1]: GROUP}
    merged = merge_loads([ENTERPRISES], SCHEMA, [decision, gone])
    table = merged.tables.relations[relation, "Enterprise", "Enterprise"]
    assert table.select("source", "target", "decision", "valid_from", "valid_to").rows() == [
        (LISTED, GROUP, 7, date(1997, 6, 1), None)
    ]
    assert ends(merge_loads([ENTERPRISES], SCHEMA), relation) == []


def test_of_two_decisions_that_disagree_the_later_counts() -> None:
    same = {"kind": "same", "name": OLD, "unit": GROUP}
    different = {"kind": "different", "name": OLD, "unit": GROUP}
    assert NameDecisions.of([same, different]).same == {}
    assert NameDecisions.of([different, same]).same == {OLD: GROUP}
    assert NameDecisions.of([different, same]).barred == frozenset()


def test_a_decision_survives_that_its_unit_is_given_a_code() -> None:
    decided = [{"kind": "same", "id": 1, "name": OLD, "unit": "ent:河阳轴承集团"}]
    assert {s for s, _ in taken(decided, date(2026, 1, 1))} == {GROUP}


def test_an_unresolved_name_is_reported_with_the_ids_that_it_may_mean() -> None:
    unknown = replace(VENUES, records={"name": ["会议室"], "@owner": ["河阳轴集团"]})
    (problem,) = (p for p in merge_loads([ENTERPRISES, unknown], SCHEMA).problems if p.code == "unit.unknown")
    assert dict(problem.details)["rows"] == 1
    assert str(dict(problem.details)["candidates"]).split("|")[0] == GROUP


def test_mentions_of_a_name_are_found_with_its_party_bodies_and_in_lists() -> None:
    sheets = [MEMBERS, activities(date(2026, 1, 1), name="河轴党委")]
    found = [(m["file"], m["field"], m["name"], m["rows"]) for m in find_mentions(sheets, " 河 轴")]
    assert found == [("党员.xlsx", "employer", "河轴", 1), ("活动.csv", "participants", "河轴党委", 1)]


def test_an_id_in_a_cell_stands_for_its_unit() -> None:
    sheet = replace(VENUES, records={"name": ["会议室"], "@owner": [GROUP]})
    assert [s for s, _ in ends(merge_loads([ENTERPRISES, sheet], SCHEMA), "OWNS")] == [GROUP]
