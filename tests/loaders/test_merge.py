"""Loads become one state, whatever their order."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decisions import Reject, Same
from graph.kinds import Column, Entity, Link, Property, Register, Relation, Schema
from graph.ledger_rows import SheetOrigin
from graph.schema import SCHEMA
from loaders.merging.merge import Merged, merge_loads


@dataclass(frozen=True)
class Sheet:
    register: str
    records: dict[str, list[Any]]
    load_id: str = "l1"
    seq: int = 1
    file: str = "名册.xlsx"
    sheet: str = "Sheet1"
    scope: str = "full_list"
    as_of: date | None = date(2026, 6, 30)
    origin: SheetOrigin = field(default_factory=SheetOrigin)

    def frame(self) -> pl.DataFrame:
        rows = len(next(iter(self.records.values())))
        return pl.DataFrame({"row": pl.Series(range(4, 4 + rows), dtype=pl.UInt32), **self.records}, strict=False)


ENTERPRISES = Sheet(
    "enterprises",
    {
        "name": ["河阳轴承集团有限公司", "河阳轴承股份有限公司"],
        "short_name": ["河轴", None],
        "uscc": ["91999901U6KC4L8YB3", None],
        "@street": ["长宁路", "长宁路街道办事处"],
    },
)
COMMUNITIES = Sheet(
    "communities",
    {"name": ["长一社区", "长二社区"], "code": ["999901001001", None], "@street": ["长宁路街道", "长宁路街道"], "@party_organization": ["中共长一社区委员会", None]},
    load_id="l2", seq=2, file="社区.xlsx",
)  # fmt: skip
MEMBERS = Sheet(
    "members",
    {
        "pseudonym": ["mem:1", "mem:2", "mem:3"], "category": ["在职", "离退休", "在职"], "@employer": ["河轴", "河阳轴承集团", "河阳轴承股份"],
        "@branch": ["河轴第二党支部", "河阳轴承集团有限公司2支部", None], "@home": ["河阳市涧东区长宁路长一社区", "长宁路长二社区", "火星社区"],
        "@skill": [["法律", "书法"], None, ["法律"]],
    },
    load_id="l3", seq=3, file="党员.xlsx",
)  # fmt: skip
VENUES = Sheet(
    "venues",
    {"name": ["会议室", "职工食堂"], "@owner": ["河轴", "长一社区居委会"], "area_m2": [120.0, None]},
    load_id="l4",
    seq=4,
    file="场地.xlsx",
)
ALL = [ENTERPRISES, COMMUNITIES, MEMBERS, VENUES]


def ends(merged: Merged, kind: str) -> list[tuple[str, str]]:
    frames = [f for (t, _, _), f in merged.tables.relations.items() if t == kind and f.height]
    return sorted(
        (s, t) for f in frames for s, t in f.filter(pl.col("valid_to").is_null()).select("source", "target").iter_rows()
    )


def content(merged: Merged) -> dict[str, list[tuple[Any, ...]]]:
    hidden = ["load_id", "sheet", "row"]
    found = {label: f.drop(hidden).rows() for label, f in merged.tables.entities.items()}
    return found | {"/".join(k): f.drop(hidden).rows() for k, f in merged.tables.relations.items()}


def test_names_become_relations_between_units() -> None:
    merged = merge_loads(ALL, SCHEMA)
    assert ends(merged, "WORKS_AT") == [
        ("mem:1", "uscc:91999901U6KC4L8YB3"),
        ("mem:2", "uscc:91999901U6KC4L8YB3"),
        ("mem:3", "ent:河阳轴承股份"),
    ]
    assert ends(merged, "LIVES_IN") == [("mem:1", "com:999901001001"), ("mem:2", "com:sub:长宁路:长二")]
    assert ends(merged, "OWNS") == [
        ("com:999901001001", "ven:com:999901001001:职工食堂"),
        ("uscc:91999901U6KC4L8YB3", "ven:uscc:91999901U6KC4L8YB3:会议室"),
    ]
    assert merged.tables.counts()["entities"]["Subdistrict"] == 1


def test_two_spellings_of_a_branch_are_one_party_organization() -> None:
    merged = merge_loads(ALL, SCHEMA)
    assert {t for _, t in ends(merged, "BELONGS_TO_BRANCH")} == {"po:uscc:91999901U6KC4L8YB3:党支部:第2"}
    assert "河阳轴承集团有限公司第二党支部" in merged.tables.entities["PartyOrganization"]["name"].to_list()


def test_a_home_in_no_known_community_is_a_note_without_the_address() -> None:
    problem = next(p for p in merge_loads(ALL, SCHEMA).problems if p.code == "place.unknown")
    assert (problem.row, problem.value, problem.suggestion) == (6, "", "")


def test_an_unknown_unit_is_reported_with_its_cell_and_suggestions() -> None:
    unknown = replace(VENUES, records={**VENUES.records, "@owner": ["河阳轴集团", "长一社区"]})
    problem = next(
        p for p in merge_loads([ENTERPRISES, COMMUNITIES, unknown], SCHEMA).problems if p.code == "unit.unknown"
    )
    assert (problem.file, problem.row, problem.field, problem.value) == ("场地.xlsx", 4, "owner", "河阳轴集团")
    assert problem.suggestion.startswith("河阳轴承集团有限公司")


@settings(max_examples=24, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_loading_does_not_show(order: list[int]) -> None:
    shuffled = [replace(ALL[i], seq=n) for n, i in enumerate(order, 1)]
    assert content(merge_loads(shuffled, SCHEMA)) == content_of_all()


@cache
def content_of_all() -> dict[str, list[tuple[Any, ...]]]:
    return content(merge_loads(ALL, SCHEMA))


def test_a_newer_version_of_a_list_changes_and_closes() -> None:
    rooms = [f"第{n}会议室" for n in range(1, 11)]
    older = replace(VENUES, records={"name": rooms, "@owner": ["河轴"] * 10, "area_m2": [120.0] * 10})
    newer = replace(
        VENUES,
        records={"name": rooms[1:], "@owner": ["河轴"] * 9, "area_m2": [130.0] * 9},
        load_id="l5",
        seq=5,
        as_of=date(2026, 9, 30),
    )
    merged = merge_loads([*ALL[:3], older, newer], SCHEMA)
    venues = merged.tables.entities["Venue"].select("name", "area_m2", "valid_to").rows()
    assert set(venues) == {("第1会议室", 120.0, date(2026, 9, 30)), *((room, 130.0, None) for room in rooms[1:])}
    assert [(one.names, one.count, one.of, one.is_closed) for one in merged.closings] == [(("第1会议室",), 1, 10, True)]


def test_an_older_list_that_arrives_late_does_not_undo_the_newer() -> None:
    late = replace(
        VENUES, records={**VENUES.records, "area_m2": [99.0, None]}, load_id="l5", seq=5, as_of=date(2025, 6, 30)
    )
    venues = merge_loads([*ALL, late], SCHEMA).tables.entities["Venue"].filter(pl.col("name") == "会议室")
    assert venues.select("area_m2", "valid_from").rows() == [(120.0, date(2025, 6, 30))]


def test_an_increment_closes_nothing() -> None:
    some = replace(
        VENUES,
        records={"name": ["会议室"], "@owner": ["河轴"], "area_m2": [130.0]},
        load_id="l5",
        seq=5,
        scope="increment",
    )
    venues = merge_loads([*ALL, some], SCHEMA).tables.entities["Venue"]
    assert venues["valid_to"].null_count() == 2
    assert 130.0 in venues["area_m2"].to_list()


def test_a_newer_word_on_where_somebody_works_replaces_the_older() -> None:
    moved = replace(
        MEMBERS, records={"pseudonym": ["mem:1"], "@employer": ["河阳轴承股份"], "@skill": [["摄影"]]}, load_id="l8", seq=8, file="变动.xlsx",
        scope="increment", as_of=date(2026, 9, 30),
    )  # fmt: skip
    merged = merge_loads([*ALL, moved], SCHEMA)
    assert [t for s, t in ends(merged, "WORKS_AT") if s == "mem:1"] == ["ent:河阳轴承股份"]
    assert [t for s, t in ends(merged, "HAS_SKILL") if s == "mem:1"] == ["skill:摄影"]
    assert [t for s, t in ends(merged, "LIVES_IN") if s == "mem:1"] == ["com:999901001001"]
    closed = merged.tables.relations["WORKS_AT", "Member", "Enterprise"].filter(pl.col("valid_to").is_not_null())
    assert closed.select("source", "valid_to").rows() == [("mem:1", date(2026, 9, 30))]


def test_two_rows_of_one_sheet_about_one_activity_both_hold() -> None:
    both = Sheet(
        "activities",
        {"title": ["义诊", "义诊"], "day": [date(2026, 5, 1)] * 2, "@host": ["长一社区"] * 2, "@participants": [["河轴"], ["河阳轴承股份"]]},
        load_id="l9", seq=9, file="活动.csv", scope="increment",
    )  # fmt: skip
    assert len(ends(merge_loads([*ALL, both], SCHEMA), "TAKES_PART_IN")) == 2


def test_a_later_edit_under_another_file_name_wins() -> None:
    edited = replace(VENUES, records={**VENUES.records, "area_m2": [125.0, None]}, load_id="l5", seq=5, file="aaa.xlsx")
    venues = merge_loads([*ALL, edited], SCHEMA).tables.entities["Venue"]
    assert 125.0 in venues["area_m2"].to_list()


def test_two_sheets_that_disagree_are_listed_at_the_cell_that_does_not_count() -> None:
    other = replace(
        ENTERPRISES,
        records={"name": ["河阳轴承集团有限公司"], "short_name": ["河轴集团"], "uscc": ["91999901U6KC4L8YB3"]},
        load_id="l7",
        seq=7,
        file="b.xlsx",
        scope="increment",
    )
    conflicts = [p for p in merge_loads([ENTERPRISES, other], SCHEMA).problems if p.code == "conflict"]
    assert [(p.file, p.row, p.field, p.value, dict(p.details)["other"]) for p in conflicts] == [
        ("名册.xlsx", 4, "short_name", "河轴", "河轴集团")
    ]


def test_a_unit_without_its_code_in_one_file_is_the_unit_of_another() -> None:
    uncoded = replace(
        ENTERPRISES, records={**ENTERPRISES.records, "uscc": [None, None]}, load_id="l6", seq=6, file="另一份.xlsx"
    )
    assert merge_loads([uncoded, ENTERPRISES], SCHEMA).tables.counts()["entities"]["Enterprise"] == 2


def test_a_rejected_pairing_is_in_the_graph() -> None:
    decision = Reject(left="com:999901001001", right="uscc:91999901U6KC4L8YB3", reason="已有安排")
    gone = Reject(left="com:nowhere", right="uscc:91999901U6KC4L8YB3")
    assert ends(merge_loads(ALL, SCHEMA, [decision, gone]), "DECLINED") == [
        ("com:999901001001", "uscc:91999901U6KC4L8YB3")
    ]


def test_a_decision_resolves_a_name_at_the_next_build() -> None:
    unknown = replace(VENUES, records={**VENUES.records, "@owner": ["老轴承厂", "长一社区"]})
    sheets = [ENTERPRISES, COMMUNITIES, unknown]
    assert len(ends(merge_loads(sheets, SCHEMA), "OWNS")) == 1
    decided = [Same(name="老轴承厂", unit="uscc:91999901U6KC4L8YB3")]
    assert len(ends(merge_loads(sheets, SCHEMA, decided), "OWNS")) == 2


def roll_of(members):
    """A roll of members of one company who live in one community."""
    told = {"pseudonym": [f"mem:{n}" for n in range(members)], "category": ["在职"] * members}
    places = {"@employer": ["河轴"] * members, "@home": ["长宁路长一社区"] * members}
    return replace(MEMBERS, records=told | places)


def test_five_members_are_a_cohort_and_four_are_none():
    five, four = (merge_loads([ENTERPRISES, COMMUNITIES, roll_of(n)], SCHEMA).tables.entities for n in (5, 4))
    assert five["MemberCohort"]["count"].to_list() == [5]
    assert four["MemberCohort"].is_empty()


def test_what_any_relation_says_a_unit_owns_is_named_after_it():
    shop = Entity(
        "Shop",
        zh="店",
        en="shop",
        keys=("s:{name:core}",),
        properties=(Property("name"),),
        is_unit=True,
        mention="resolve",
    )
    cart = Entity(
        "Cart", zh="车", en="cart", keys=("c:{KEEPS}:{name:core}",), properties=(Property("name"),), mention="resolve"
    )
    lends = Relation("LENDS", zh="借", en="lends", source=(shop,), target=(cart,))
    for owns in (True, False):
        keeps = Relation("KEEPS", zh="有", en="keeps", source=(shop,), target=(cart,), owns=owns)
        shop_end, cart_end = (
            Link(n, lends, n, end=e, required=True) for n, e in (("shop", "source"), ("cart", "target"))
        )
        registers = (
            Register("shops", zh="店", en="shops", row=shop, columns=(Column("name", "店"),)),
            Register(
                "carts",
                zh="车",
                en="carts",
                row=cart,
                columns=(Column("name", "车"), Link("of", keeps, "店", end="source")),
            ),
            Register("loans", zh="借", en="loans", row=lends, columns=(shop_end, cart_end)),
        )
        sheets = [
            Sheet("shops", {"name": ["红星店", "东风店"]}), Sheet("carts", {"name": ["小车", "小车"], "@of": ["红星店", "东风店"]}, sheet="2"),
            Sheet("loans", {"@shop": ["红星店"], "@cart": ["东风店小车"]}, sheet="3"),
        ]  # fmt: skip
        tables = merge_loads(sheets, Schema((shop, cart), (keeps, lends), registers)).tables
        lent = tables.relations.get(("LENDS", "Shop", "Cart"))
        assert (lent is not None and lent["target"].to_list() == ["c:s:东风店:小车"]) is owns
