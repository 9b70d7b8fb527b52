"""Decisions about pairing in the graph: of several about one pair the last holds, and so of weights; taking one back undoes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from graph.decisions import Accept, ChosenWeights, Decision, Reject, Unreadable, Value, WordMeaning, make_decision
from graph.schema import SCHEMA
from graph.tables import empty_tables, entity_columns
from loaders.merging.derive import derive_decided_pairs, derive_weights, derive_words
from loaders.merging.merge import merge_loads
from tests.loaders.test_merge import ALL, ends

COMMUNITY, FIRM = "com:甲", "ent:一"


def decided(*decisions: Decision) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of either kind that follow from decisions in a graph of one community and one enterprise."""
    tables = empty_tables(SCHEMA)
    entities, relations = dict(tables.entities), dict(tables.relations)
    for label, id in (("Community", COMMUNITY), ("Enterprise", FIRM)):
        columns = entity_columns(SCHEMA.entity(label))
        entities[label] = pl.DataFrame([dict.fromkeys(columns) | {"id": id}], schema=columns)
    derive_decided_pairs(SCHEMA, entities, relations, decisions)
    return {
        kind: sorted(
            row
            for (name, *_), frame in relations.items()
            if name == kind
            for row in frame.select("source", "target").rows()
        )
        for kind in ("ACCEPTED", "DECLINED")
    }


def pair(kind: str, left: str = COMMUNITY, right: str = FIRM) -> Decision:
    return make_decision(kind, {"left": left, "right": right})


@pytest.mark.parametrize(
    ("decisions", "accepted", "declined"),
    [
        ([], [], []),
        ([pair("accept")], [(COMMUNITY, FIRM)], []),
        ([pair("reject")], [], [(COMMUNITY, FIRM)]),
        ([pair("accept"), pair("reject")], [], [(COMMUNITY, FIRM)]),
        ([pair("reject"), pair("accept")], [(COMMUNITY, FIRM)], []),
        ([pair("reject"), pair("accept", FIRM, COMMUNITY)], [(FIRM, COMMUNITY)], []),
        ([pair("accept", "com:gone")], [], []),
    ],
)
def test_the_last_decision_about_a_pair_holds(decisions: list[Any], accepted: list[Any], declined: list[Any]) -> None:
    assert decided(*decisions) == {"ACCEPTED": accepted, "DECLINED": declined}


def test_the_last_weights_of_each_pairing_are_in_the_graph_and_the_ones_before_return() -> None:
    first = ChosenWeights(pairing="a", name="learned", version=2, weights="near=1", proof="p")
    second = replace(first, version=3, weights="near=0.5, skills=0.5")
    other = replace(first, pairing="b")

    def stored(*decisions: Decision) -> list[tuple[Any, ...]]:
        entities: dict[str, pl.DataFrame] = {}
        derive_weights(SCHEMA, entities, decisions)
        return entities["PairingWeights"].select("id", "version", "weights").rows()

    assert stored(first, second, other) == [("wgt:a", 3, "near=0.5, skills=0.5"), ("wgt:b", 2, "near=1")]
    assert stored(first) == [("wgt:a", 2, "near=1")]
    assert stored() == []


def test_decided_words_are_in_the_graph_in_their_order_and_gone_when_taken_back() -> None:
    first = WordMeaning(word="长者饭桌", relation_to="=", target="老年助餐", number=3)
    second = WordMeaning(word="社区食堂", relation_to="不是", target="老年助餐", number=5)

    def stored(*decisions: Decision) -> list[tuple[Any, ...]]:
        entities: dict[str, pl.DataFrame] = {}
        derive_words(SCHEMA, entities, decisions)
        return entities["DecidedWord"].select("id", "word", "relation", "target").rows()

    assert stored(first, second) == [
        ("word:3", "长者饭桌", "=", "老年助餐"), ("word:5", "社区食堂", "not", "老年助餐"),
    ]  # fmt: skip
    assert stored(second) == [("word:5", "社区食堂", "not", "老年助餐")]


def test_an_accepted_pair_stays_accepted_when_its_unit_is_given_a_code() -> None:
    before = Accept(left="com:999901001001", right="ent:河阳轴承集团", number=1)
    merged = merge_loads(ALL, SCHEMA, [before])
    assert ends(merged, "ACCEPTED") == [("com:999901001001", "uscc:91999901U6KC4L8YB3")]
    assert [p.code for p in merged.problems if p.code.startswith("decision.")] == []


def test_a_decision_that_changes_nothing_is_told_with_its_number() -> None:
    gone = Reject(left="com:nowhere", right="uscc:91999901U6KC4L8YB3", number=7)
    odd = Unreadable(stored={"kind": "merge"}, number=8)
    worthless = Value(entity="com:999901001001", field="moons", value="2", number=9)
    told = [p for p in merge_loads(ALL, SCHEMA, [gone, odd, worthless]).problems if p.code.startswith("decision.")]
    assert {(p.code, dict(p.details)["number"]) for p in told} == {
        ("decision.unused", "7"), ("decision.unreadable", "8"), ("decision.unreadable", "9"),
    }  # fmt: skip
    assert "com:nowhere" in next(p for p in told if p.code == "decision.unused").message()
