"""Numbers that are told of groups of left units: found by pair, linked in bounds, compared between two states."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from queries.matching import blocks, candidates
from queries.matching import group_tables as tables
from queries.matching.arrays import Side, make_side
from queries.matching.blocks import best_partners
from queries.matching.group_tables import GroupTable, make_group_table
from queries.matching.scale.rescore import stand
from queries.pairing.engine import open_engine
from queries.pairing.specs import RESOURCE_UNIT
from queries.pairing.things import make_table
from queries.reading.scope import Scope
from tests.queries.memory_graph import District


def side(label: str, groups: list[str | None] | None = None, count: int = 3) -> Side:
    units = pl.DataFrame({"id": [f"{label}{n}" for n in range(count)], "label": label})
    return make_side(units if groups is None else units.with_columns(group=pl.Series(groups, dtype=pl.String)), label)


def table(rows: list[tuple[str, str, float]], left: Side, right: Side) -> GroupTable:
    frame = pl.DataFrame(rows, schema={"left": pl.String, "right": pl.String, "value": pl.Float64}, orient="row")
    return make_group_table(make_table(frame), left, right)


def spread(one: GroupTable, lefts: int = 3, rights: int = 3) -> Any:
    pairs = np.divmod(np.arange(lefts * rights), rights)
    return one.spread(*pairs).reshape(lefts, rights).tolist()


def test_a_column_of_words_or_days_is_read_as_texts_and_what_is_unknown_is_empty() -> None:
    words = side("N", ["制造", None, "教育"])
    assert words.texts("group").tolist() == ["制造", "", "教育"]
    assert words.texts("no such column").tolist() == ["", "", ""]
    here, there = words.texts("group")[np.array([0, 0, 1])], side("M", ["制造", "", None]).texts("group")
    assert ((here == there) & (here != "") & (there != "")).tolist() == [True, False, False]
    days = make_side(pl.DataFrame({"id": ["a"], "label": "N", "day": [date(2026, 6, 30)]}), "N")
    assert days.texts("day").tolist() == ["2026-06-30"]


def test_a_number_of_a_group_is_that_of_all_its_units_and_rows_add_up() -> None:
    left, right = side("l", ["room", "hall", "room"]), side("r")
    told = table(
        [("room", "r1", 2), ("room", "r1", 3), ("hall", "r0", 1), ("court", "r2", 9), ("hall", "who", 9)], left, right
    )
    assert spread(told) == [[0, 5, 0], [1, 0, 0], [0, 5, 0]]
    assert [row["value"] for row in told.tell(2, 1)] == [2, 3]
    assert told.tell(1, 1) == []


def test_without_groups_a_table_speaks_of_ids_and_a_unit_without_group_has_none() -> None:
    assert spread(table([("l1", "r2", 4)], side("l"), side("r"))) == [[0, 0, 0], [0, 0, 4], [0, 0, 0]]
    assert spread(table([("room", "r2", 4)], side("l", [None, "room", None]), side("r"))) == [
        [0, 0, 0],
        [0, 0, 4],
        [0, 0, 0],
    ]


def test_an_empty_table_and_empty_sides_are_nothing_special() -> None:
    assert spread(table([], side("l"), side("r"))) == [[0, 0, 0]] * 3
    nobody = table([("l1", "r2", 4)], side("l", count=0), side("r", count=0))
    assert (nobody.linked.tolist(), nobody.spread(np.empty(0, np.int64), np.empty(0, np.int64)).tolist()) == ([], [])


def test_linked_are_the_largest_of_each_group_for_all_its_units(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = side("l", ["room", "hall", "room"]), side("r")
    told = table([("room", "r0", 1), ("room", "r1", 5), ("room", "r2", 5), ("hall", "r0", 1)], left, right)
    assert sorted(told.linked.tolist()) == [0, 1, 2, 3, 6, 7, 8]
    monkeypatch.setattr(tables, "MOST_LINKED", 1)
    assert sorted(told.linked.tolist()) == [1, 3, 7]


@pytest.mark.parametrize(
    ("rows", "differs"),
    [
        ([("room", "r1", 2), ("room", "r1", 3)], [False, False, False]), ([("room", "r1", 5)], [False, False, False]),
        ([("room", "r1", 2)], [True, False, True]), ([], [True, False, True]),
        ([("room", "r1", 5), ("hall", "r1", 5)], [False, True, False]),
    ],
)  # fmt: skip
def test_two_tables_differ_for_the_units_of_the_groups_that_they_tell_otherwise_of(
    rows: Any, differs: list[bool]
) -> None:
    left, right = side("l", ["room", "hall", "room"]), side("r")
    told = table([("room", "r1", 2), ("room", "r1", 3)], left, right)
    assert told.differs_from(table(rows, left, right)).tolist() == differs


def borrowing(times: int) -> District:
    """Two halls and a room that lie idle, many units, and one that borrows a room elsewhere so many times."""
    district = District()
    owner, lender = district.enterprise("一拖", 112.0), district.enterprise("二拖", 113.0)
    for name, kind, unit in (
        ("会议室", "会议室", owner),
        ("礼堂", "礼堂", owner),
        ("大礼堂", "礼堂", lender),
        ("出借", "会议室", lender),
    ):
        given = {"kind": kind, "keeps_log": True, "open_hours_weekly": 40.0}
        district.relate(
            "OWNS", ("Enterprise", unit), ("Venue", district.entity("Venue", f"ven:{name}", name=name, **given))
        )
    for n in range(12):
        district.community(f"{n}社区", 112.0 + n / 10)
    for n in range(times):
        use = district.entity(
            "ResourceUse", f"use:{n}", day=date(2026, 1, 1) + timedelta(days=n), time_hours=2.0, purpose="会议"
        )
        district.relate("USES", ("ResourceUse", use), ("Venue", "ven:出借"))
        district.relate("USED_BY", ("ResourceUse", use), ("Community", "com:11社区"))
    return district


def test_after_a_unit_borrowed_more_scoring_who_it_reaches_equals_a_full_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (candidates, blocks):
        monkeypatch.setattr(module, "NEAREST", 2, raising=False)
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)
    before, after = (open_engine(borrowing(times).graph(), Scope("a", "analyst"), RESOURCE_UNIT) for times in (7, 12))
    standing = stand(RESOURCE_UNIT, before.weights, before.sides, 2)
    now, _ = standing.rescore(after.sides, {"com:11社区"})
    full = best_partners(RESOURCE_UNIT, after.weights, after.sides, 2)
    for name in ("left", "right", "score", "confidence"):
        assert getattr(now.best, name).tolist() == getattr(full, name).tolist()
    room = after.sides.left.places["ven:会议室"]
    assert after.sides.right.places["com:11社区"] in full.right[full.left == room]
