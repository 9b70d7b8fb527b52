"""What a row names and nobody knows is part of its key: for every kind of the schema whose key may take a relation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise, product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.decisions import Same
from graph.digest import digest
from graph.kinds import KEY_PART, Entity, Link, Register
from graph.schema import SCHEMA
from loaders.merging.keys import name_unresolved
from loaders.merging.merge import Merged, merge_loads
from loaders.merging.outcomes import Outcome
from tests.loaders.test_merge import Sheet, content

KNOWN, ALSO_KNOWN = "甲轴承有限公司", "乙轴承有限公司"
UNKNOWN, OTHER = "火星机械厂", "木星机械厂"
UNITS = Sheet("enterprises", {"name": [KNOWN, ALSO_KNOWN]})
VENUE = Sheet("venues", {"name": ["大礼堂"], "@owner": [KNOWN]}, load_id="l2", seq=2)


def optional_links() -> list[tuple[Register, Link]]:
    """Return every link of a register that fills an optional part of its row's first key."""
    return [
        (register, link)
        for register in SCHEMA.registers
        if isinstance(register.row, Entity)
        for part in KEY_PART.finditer(register.row.keys[-1])
        if part["optional"] and part["name"].isupper()
        for link in register.links
        if link.relation.type == part["name"] and not (link.split or link.rides or link.personal)
    ]


LINKS = optional_links()
NAMED = [pytest.param(r, k, id=f"{r.name}-{k.field}") for r, k in LINKS]


def sheet_of(register: Register, link: Link, names: Sequence[str | None]) -> Sheet:
    """Return rows of a register that differ in the name in one column only; what the key needs besides is there."""
    records: dict[str, list[Any]] = {}
    for part in KEY_PART.finditer(register.row.keys[-1]):
        if part["name"].isupper():
            needed = next(k for k in register.links if k.relation.type == part["name"])
            if not part["optional"]:
                records[f"@{needed.field}"] = [mention_of(needed)] * len(names)
        elif part["form"] in {"date", "year"}:
            records[part["name"]] = [date(2026, 1, 5)] * len(names)
        elif part["name"] in {p.name for p in register.row.properties}:
            records[part["name"]] = ["一样"] * len(names)
    return Sheet(register.name, records | {f"@{link.field}": pl.Series(names, dtype=pl.String)}, load_id="l3", seq=3)


def mention_of(link: Link) -> str:
    """Return a name that a link surely knows."""
    if any(e.mention == "party" for e in link.other):
        return f"{KNOWN}党支部"
    return KNOWN if any(e.is_unit for e in link.other) else "大礼堂"


def merge(*sheets: Sheet, decisions: Sequence[dict[str, Any]] = ()) -> Merged:
    return merge_loads([UNITS, VENUE, *sheets], SCHEMA, decisions)


def things(merged: Merged, register: Register) -> list[str]:
    ids = merged.tables.entities[register.row.label]["id"].to_list()
    return [id_ for id_ in ids if id_ != f"ven:ent:{'甲轴承'}:大礼堂"]


def test_the_schema_has_such_kinds():
    assert {"Venue", "Project", "Activity", "Post", "IdleProperty", "Notice", "Handover"} <= {
        r.row.label for r, _ in LINKS
    }


@pytest.mark.parametrize(("register", "link"), NAMED)
def test_rows_of_two_unknown_units_are_two_things_and_of_one_unknown_unit_one(register, link):
    names = [UNKNOWN, OTHER, f" {UNKNOWN}", None, None]
    found = things(merge(sheet_of(register, link, names)), register)
    # And one of nobody; but no community: of two of a name it would be a third, where it may be one of them.
    assert len(found) == (2 if register.row.is_unit else 3)
    assert len({thing for thing in found if UNKNOWN[:2] in thing}) == 1


@pytest.mark.parametrize(("register", "link"), NAMED)
def test_a_name_that_is_resolved_later_gives_the_key_it_would_have_had(register, link):
    known = f"{KNOWN}党支部" if any(e.mention == "party" for e in link.other) else KNOWN
    from_the_start = digest(merge(sheet_of(register, link, [known])).tables)
    unknown = sheet_of(register, link, [UNKNOWN])
    assert digest(merge(unknown).tables) != from_the_start
    if known == KNOWN and any(e.label == "Enterprise" for e in link.other):
        same = Same(name=UNKNOWN, unit="ent:甲轴承")
        assert digest(merge(unknown, decisions=[same]).tables) == from_the_start


def test_what_is_named_without_a_key_waits_and_is_told():
    need = Sheet("needs", {"title": ["义诊"], "@unit": [UNKNOWN]}, load_id="l3", seq=3)
    merged = merge(need)
    assert merged.tables.entities["Need"].height == 0
    assert {p.code for p in merged.problems} == {"unit.unknown"}, "the name is the cause, not a lacking key"
    assert merged.outcomes["l3"].rows == Outcome(waiting=1)


OWNERS = (KNOWN, ALSO_KNOWN, UNKNOWN, OTHER, "张三", "李四")
ROWS = [*product(("会议室", "食堂"), OWNERS)]


@settings(max_examples=8, deadline=None)
@given(st.permutations(ROWS), st.lists(st.integers(1, len(ROWS) - 1), max_size=3, unique=True))
def test_neither_the_order_of_rows_nor_how_they_are_parted_into_files_shows(rows, cuts):
    bounds = [0, *sorted(cuts), len(rows)]
    sheets = [
        Sheet("venues", {"name": [n for n, _ in part], "@owner": pl.Series([o for _, o in part], dtype=pl.String)}, load_id=f"l{i}", seq=i, file=f"{i}.xlsx", scope="increment")
        for i, part in enumerate((rows[a:b] for a, b in pairwise(bounds)), start=3)
    ]  # fmt: skip
    whole = Sheet("venues", {"name": [n for n, _ in ROWS], "@owner": [o for _, o in ROWS]}, seq=3, scope="increment")
    merged = merge(*sheets)
    assert content(merged) == content(merge(whole))
    assert merged.tables.entities["Venue"].height == len(ROWS) + 1


def test_the_name_of_a_person_stands_in_no_key_and_no_mark_of_a_key_in_a_name():
    names = name_unresolved(pl.Series(["张三", "李四", "张三", "某公司：一部|二部", None]))
    assert names[0] == names[2] != names[1]
    assert not {"张", "三", "李", "四"} & set("".join(names.drop_nulls()[:3]))
    assert names[3] == "?某公司/一部/二部"
    assert names[4] is None
