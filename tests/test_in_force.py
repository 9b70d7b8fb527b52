"""Whether an agreement is in force has one answer, whoever asks: every status with every date around the very day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest

from graph.backends.ladybug import LadybugBackend, build
from graph.backends.protocol import GraphFacts
from graph.graph import Graph
from graph.ledger_rows import SheetOrigin
from graph.schema import SCHEMA
from graph.states import in_force, was_in_force
from loaders.merging.merge import merge_loads
from queries.asking import ask
from queries.pairing.learning.past_choices import facts_before
from queries.reading.facts import read_facts
from queries.reading.scope import Scope

AS_OF, DAY, ANALYST = date(2026, 6, 30), timedelta(days=1), Scope("a", "analyst")
# What the status says: is it in force where no date objects?
STATUSES = {
    None: True, "履行中": True, "已续签": True, "不明": True,
    "拟签": False, "已到期": False, "已终止": False, "提前终止": False, "已完成": False,
}  # fmt: skip
AROUND = (None, AS_OF - DAY, AS_OF, AS_OF + DAY)


@dataclass(frozen=True)
class Case:
    """An agreement between a community and an enterprise of its own."""

    status: str | None
    signed: date | None
    ends: date | None

    @property
    def begun(self) -> bool:
        return self.signed is None or self.signed <= AS_OF

    @property
    def binds(self) -> bool:
        """Nobody is bound by what is only planned, whatever day it gives."""
        return self.begun and self.status != "拟签"

    @property
    def holds(self) -> bool:
        lasts = self.ends is None or self.ends >= AS_OF
        return STATUSES[self.status] and self.begun and lasts


CASES = [Case(*case) for case in product(STATUSES, AROUND, AROUND)]
NUMBERS = [f"a-{n:03}" for n in range(len(CASES))]
# Every status without dates, and every date with a status that ends nothing: what a unit is asked about one by one.
ASKED = [n for n, c in zip(NUMBERS, CASES, strict=True) if c.status == "履行中" or c.signed == c.ends is None]
HOLDING = {n for n, case in zip(NUMBERS, CASES, strict=True) if case.holds}


@dataclass(frozen=True)
class Rows:
    register: str
    records: dict[str, list[Any]]
    seq: int
    load_id: str = "l1"
    file: str = "协议.xlsx"
    sheet: str = "Sheet1"
    scope: str = "full_list"
    as_of: date | None = AS_OF
    origin: SheetOrigin = field(default_factory=SheetOrigin)

    def frame(self) -> pl.DataFrame:
        rows = pl.Series("row", range(4, 4 + len(CASES)), dtype=pl.UInt32)
        dated = [pl.col(c).cast(pl.Date) for c in ("signed", "ends") if c in self.records]
        return pl.DataFrame({"row": rows, **self.records}).with_columns(dated)


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A graph of an agreement for each case, loaded as registers are."""
    agreements = {
        "number": NUMBERS, "status": [c.status for c in CASES], "signed": [c.signed for c in CASES], "ends": [c.ends for c in CASES],
        "@party_a": [f"甲{n}社区" for n in NUMBERS], "@party_b": [f"乙{n}厂" for n in NUMBERS],
    }  # fmt: skip
    units = [
        Rows("communities", {"name": agreements["@party_a"]}, 1),
        Rows("enterprises", {"name": agreements["@party_b"]}, 2),
    ]
    tables = merge_loads([*units, Rows("agreements", agreements, 3)], SCHEMA).tables
    path = tmp_path_factory.mktemp("in_force") / "graph.lbug"
    build(path, tables, SCHEMA)
    facts = GraphFacts("1", "in-force", AS_OF, tables.counts(), {"l1": "协议.xlsx"})
    with Graph(LadybugBackend(path, facts, 1 << 28, 60), SCHEMA, None) as opened:
        yield opened


def numbers(frame: pl.DataFrame) -> set[str]:
    return set(frame["number"].to_list())


def test_the_rule_itself(graph):
    assert len(HOLDING) == 4 * 9
    assert numbers(graph.entities("Agreement").filter(in_force(AS_OF))) == HOLDING


def test_partnerships_are_of_agreements_in_force(graph):
    found = graph.relations("PARTNERED_WITH")
    assert set(found["agreement"].str.split(":").list.get(1)) == HOLDING


def test_a_neighbourhood_has_partners_by_agreements_in_force(graph):
    partnered = {
        n
        for n in ASKED
        if "结对" in {row.relation for row in ask(graph, ANALYST, "neighbourhood", unit=f"甲{n}社区").rows}
    }
    assert partnered == HOLDING & set(ASKED)


def test_pairing_leaves_out_partners_with_an_agreement_in_force(graph):
    assert numbers(read_facts(graph).agreements.filter("in_force")) == HOLDING
    told = (ask(graph, ANALYST, "partners", unit=f"甲{n}社区", why_not=f"乙{n}厂").extra["why_not"] for n in ASKED)
    ruled = {
        n for n, why in zip(ASKED, told, strict=True) if (why.get("excluded") or {}).get("rule") == "already_in_force"
    }
    assert ruled == HOLDING & set(ASKED)


def test_a_plan_refuses_what_is_in_force_and_takes_what_is_over(graph):
    free = next(n for n in NUMBERS if n not in HOLDING)
    plan = ask(graph, ANALYST, "pairing-plan", must=[f"甲{free}社区|乙{free}厂"])
    assert (f"甲{free}社区", f"乙{free}厂") in {(row.left, row.right) for row in plan.rows}
    assert not {(f"甲{n}社区", f"乙{n}厂") for n in HOLDING} & {(row.left, row.right) for row in plan.rows}


def test_agreements_on_paper_say_which_are_in_force(graph):
    found = {row.number: row.in_force for row in ask(graph, ANALYST, "paper-agreements").rows}
    assert set(found) == {n for n, case in zip(NUMBERS, CASES, strict=True) if case.binds}
    assert {n for n, holds in found.items() if holds} == HOLDING


def test_the_overview_counts_those_in_force(graph):
    figures = {row.name: row.value for row in ask(graph, ANALYST, "overview").rows}
    assert figures["有结对单位的社区"] == figures["有结对社区的企业"] == len(HOLDING)
    assert figures["90天内到期"] == sum(case.holds and case.ends is not None for case in CASES)
    begun = [c for c in CASES if c.begun]
    assert figures["已过期未标明"] == sum(STATUSES[c.status] and c.ends == AS_OF - DAY for c in begun)


@pytest.mark.parametrize("day", [AS_OF - DAY, AS_OF, AS_OF + DAY])
def test_choices_of_the_past_know_what_was_in_force_then(graph, day):
    then = facts_before(read_facts(graph), day).agreements
    expected = {
        n for n, c in zip(NUMBERS, CASES, strict=True)
        if c.signed is not None and c.signed < day and (c.ends is None or c.ends >= day) and c.status != "拟签"
    }  # fmt: skip
    assert numbers(then.filter("in_force")) == expected
    assert numbers(graph.entities("Agreement").filter((pl.col("signed") < day) & was_in_force(day))) == expected
    if (
        day == AS_OF
    ):  # of the day itself both rules say the same, where the day of signing is known and the status ends nothing
        assert {n for n in expected if STATUSES[CASES[int(n[2:])].status]} <= HOLDING
