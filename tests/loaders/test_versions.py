"""A list replaces another only of its own sender; what it closes is told, and above a tenth it waits for a person."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decisions import Replaces
from graph.ledger_rows import SheetOrigin
from graph.schema import SCHEMA
from loaders.merging import versions
from loaders.merging.list_names import clean_name, read_list_name
from loaders.merging.merge import Merged, merge_loads

SPRING, AUTUMN = date(2026, 3, 31), date(2026, 9, 30)
EAST, WEST = SheetOrigin(sender="河东街道办事处"), SheetOrigin(sender="河西街道办事处")


@dataclass(frozen=True)
class Firms:
    """A list of firms as a load stored it."""

    names: tuple[str, ...]
    load_id: str
    as_of: date | None = SPRING
    origin: SheetOrigin = field(default_factory=SheetOrigin)
    file: str = "企业名册.xlsx"
    sheet: str = "Sheet1"
    scope: str = "full_list"
    register: str = "enterprises"
    seq: int = 1

    def frame(self) -> pl.DataFrame:
        rows = pl.Series("row", range(4, 4 + len(self.names)), dtype=pl.UInt32)
        return pl.DataFrame({"row": rows, "name": [f"{name}机械有限公司" for name in self.names]})


def firms(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"第{n}甲" for n in range(first, last + 1))


def count_open(*lists: Any, decided: tuple[Replaces, ...] = ()) -> int:
    return merge_loads(lists, SCHEMA, decided).tables.entities["Enterprise"]["valid_to"].null_count()


def told(merged: Merged) -> list[tuple[str, int, int, bool]]:
    return [(one.load, one.count, one.of, one.is_closed) for one in merged.closings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"origin": EAST}, {"origin": WEST}),
        ({"origin": SheetOrigin(title="河东街道企业名册")}, {"origin": SheetOrigin(title="河西街道企业名册")}),
        ({"origin": SheetOrigin(folder="河东街道")}, {"origin": SheetOrigin(folder="河西街道")}),
        ({"file": "企业名册（河东街道）.xlsx"}, {"file": "企业名册（河西街道）.xlsx"}),
        ({"sheet": "河东街道"}, {"sheet": "河西街道"}),
        ({"origin": SheetOrigin(sender="甲河社区")}, {"origin": SheetOrigin(sender="河西街道")}),
        ({"origin": SheetOrigin(sender="区民政局")}, {"origin": SheetOrigin(sender="区总工会")}),
        # A form whose sender was left masked names nobody; the file's name does.
        (
            {"origin": SheetOrigin(sender="某街道"), "file": "企业名册（河东街道）.xlsx"},
            {"origin": SheetOrigin(sender="某街道"), "file": "企业名册（河西街道）.xlsx"},
        ),
        # One department's list of each street: the department is the same, the street is not.
        (
            {"origin": SheetOrigin(sender="区委组织部", title="河东街道企业名册")},
            {"origin": SheetOrigin(sender="区委组织部", title="河西街道企业名册")},
        ),
    ],
)
def test_the_list_of_another_sender_closes_nothing_even_where_most_is_the_same(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    older, newer = Firms(firms(1, 10), "a", **one), Firms(firms(2, 10), "b", AUTUMN, **other)
    merged = merge_loads([older, newer], SCHEMA)
    assert told(merged) == []
    assert count_open(older, newer) == 10


def test_a_sender_who_sends_again_closes_what_is_gone_and_it_is_named() -> None:
    older = Firms(firms(1, 10), "a", origin=SheetOrigin(sender="河东街道党工委", title="河东街道企业名册"))
    newer = Firms(firms(2, 11), "b", AUTUMN, SheetOrigin(title="企业名册（2026年9月）", folder="河东街道"))
    merged = merge_loads([newer, older], SCHEMA)
    closed = merged.tables.entities["Enterprise"].filter(pl.col("valid_to").is_not_null())
    assert closed.select("name", "valid_to").rows() == [("第1甲机械有限公司", AUTUMN)]
    assert [one.names for one in merged.closings] == [("第1甲机械有限公司",)]


@pytest.mark.parametrize(("of", "is_closed"), [(10, True), (9, False)])
def test_one_of_ten_is_closed_and_one_of_nine_waits_for_a_person(of: int, is_closed: bool) -> None:
    older, newer = Firms(firms(1, of), "a", origin=EAST), Firms(firms(2, of), "b", AUTUMN, EAST)
    assert told(merge_loads([older, newer], SCHEMA)) == [("b", 1, of, is_closed)]
    assert count_open(older, newer) == (of - 1 if is_closed else of)


def test_a_list_called_complete_closes_all_that_it_lacks() -> None:
    older = Firms(firms(1, 20), "a", origin=replace(EAST, digest="1"))
    newer = Firms(firms(1, 5), "b", AUTUMN, replace(EAST, digest="2"))
    assert count_open(older, newer) == 20
    assert count_open(older, newer, decided=(Replaces(list="2"),)) == 5
    assert count_open(older, newer, decided=(Replaces(list="1"),)) == 20


@pytest.mark.parametrize("day", [None, SPRING])
def test_a_list_of_no_later_day_closes_nothing_until_it_is_called_complete(day: date | None) -> None:
    older = Firms(firms(1, 20), "a", day, replace(EAST, digest="1"))
    newer = Firms(firms(2, 20), "b", day, replace(EAST, digest="2"), seq=2)
    assert told(merge_loads([older, newer], SCHEMA)) == [("b", 1, 20, False)]
    assert count_open(older, newer) == 20
    said = Replaces(list="2", number=1, at="2026-10-01T08:00:00+00:00")
    assert count_open(older, newer, decided=(said,)) == 19
    assert count_open(replace(older, seq=3), newer, decided=(said,)) == 19


def test_a_person_may_say_that_one_list_replaces_another_of_another_name() -> None:
    older = Firms(firms(1, 3), "a", origin=SheetOrigin(digest="1"))
    newer = Firms(firms(7, 9), "b", AUTUMN, SheetOrigin(digest="2"), file="单位一览.xlsx")
    assert count_open(older, newer) == 6
    assert count_open(older, newer, decided=(Replaces(list="2", older="1"),)) == 3


def test_a_decision_about_a_list_that_was_taken_back_is_told() -> None:
    kept = Firms(firms(1, 3), "a", origin=SheetOrigin(digest="1"))
    problems = merge_loads([kept], SCHEMA, [Replaces(list="2", number=7)]).problems
    assert [(p.code, dict(p.details)["number"]) for p in problems] == [("decision.unused", "7")]


@pytest.mark.parametrize(("first", "is_version"), [(6, False), (5, True)])
def test_lists_that_do_not_say_their_sender_are_versions_where_they_share_more_than_half(
    first: int, is_version: bool
) -> None:
    older, newer = Firms(firms(1, 10), "a"), Firms(firms(first, first + 9), "b", AUTUMN)
    assert bool(told(merge_loads([older, newer], SCHEMA))) is is_version
    assert count_open(older, newer) == first + 9


def test_a_short_list_of_another_name_is_no_version_of_the_long_one() -> None:
    long, short = Firms(firms(1, 20), "a"), Firms(firms(1, 5), "b", AUTUMN, file="规上企业.xlsx")
    assert told(merge_loads([long, short], SCHEMA)) == []


def test_parts_of_one_list_stand_side_by_side() -> None:
    parts = [
        Firms(firms(1 + 9 * n, 9 + 9 * n), f"l{n}", day, EAST, file=f"企业名册（第{n + 1}批）.xlsx")
        for n, day in enumerate((SPRING, AUTUMN))
    ]
    assert told(merge_loads(parts, SCHEMA)) == []
    assert count_open(*parts) == 18


def test_two_files_under_one_title_are_two_lists_and_a_month_in_the_name_makes_no_other() -> None:
    roster = replace(EAST, title="成员单位名册")
    one = Firms(firms(1, 3), "a", origin=roster, file="企业成员单位.xlsx")
    other = Firms(firms(4, 5), "b", AUTUMN, roster, file="社区成员单位.xlsx")
    later = Firms(firms(2, 3), "c", AUTUMN, roster, file="企业成员单位2026年9月.xlsx")
    assert told(merge_loads([one, other], SCHEMA)) == []
    assert told(merge_loads([one, other, later], SCHEMA)) == [("c", 1, 3, False)]


def test_an_increment_replaces_nothing() -> None:
    older, newer = Firms(firms(1, 10), "a", origin=EAST), Firms(firms(2, 10), "b", AUTUMN, EAST, scope="increment")
    assert told(merge_loads([older, newer], SCHEMA)) == []


def test_what_another_list_still_says_is_not_closed() -> None:
    older, newer = Firms(firms(1, 10), "a", origin=EAST), Firms(firms(2, 10), "b", AUTUMN, EAST)
    moved = Firms(firms(1, 1), "c", AUTUMN, WEST)
    assert told(merge_loads([older, newer, moved], SCHEMA)) == []
    assert count_open(older, newer, moved) == 10


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("附件1：驻区单位登记表（最终版）", "驻区单位登记表"),
        ("2-企业名册（2026年9月）", "企业名册"),
        ("企业名册 (1)", "企业名册"),
        ("企业名册（河东街道）", "企业名册"),
        ("河东街道辖区企业名册", "辖区企业名册"),
        ("企业名册（东区）", "企业名册(东区)"),
        ("企业名册第二批", "企业名册2批"),
    ],
)
def test_a_list_is_called_the_same_without_its_office_day_and_version(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize("title", ["各街道企业名单", "社区基本情况表", "在职党员进社区服务花名册", "智慧社区清单"])
def test_a_title_that_speaks_of_streets_or_communities_names_no_sender(title: str) -> None:
    assert read_list_name("a.xlsx", "Sheet1", SheetOrigin(title=title)).offices == {}


POOL = (
    Firms(firms(1, 10), "a", SPRING, EAST),
    Firms(firms(2, 11), "b", AUTUMN, EAST),
    Firms(firms(12, 14), "c", SPRING, WEST),
    Firms(firms(1, 10), "d", SPRING, WEST, file="企业名册（第1批）.xlsx"),
    Firms(firms(15, 30), "e", None, SheetOrigin(digest="5")),
    Firms(firms(16, 30), "f", None, SheetOrigin(digest="6")),
    Firms(firms(1, 2), "g", AUTUMN, file="规上企业.xlsx", scope="increment"),
)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(POOL))), st.booleans())
def test_the_graph_is_the_same_in_whatever_order_lists_come(order: list[int], is_decided: bool) -> None:
    decided = [Replaces(list="6", at="2026-10-01T00:00:00+00:00")] if is_decided else []
    shuffled = [replace(POOL[i], seq=n) for n, i in enumerate(order, 1)]
    columns = ["name", "valid_from", "valid_to"]
    expected = merge_loads(POOL, SCHEMA, decided).tables.entities["Enterprise"].select(columns)
    assert merge_loads(shuffled, SCHEMA, decided).tables.entities["Enterprise"].select(columns).equals(expected)


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊己"), unique=True), min_size=2, max_size=6))
def test_what_two_sheets_have_in_common_is_the_same_however_many_sheets_there_are(sheets):
    ids = {number: pl.Series(sheet, dtype=pl.String) for number, sheet in enumerate(sheets)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "_COMPARED_ONE_BY_ONE", 0)
        together = versions._common_ids(ids)
    assert together == {pair: n for pair, n in versions._common_ids(ids).items() if n}
