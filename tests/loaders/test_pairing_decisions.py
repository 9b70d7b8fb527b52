"""Decisions about pairing in the graph: of several about one pair the last holds, and so of weights; taking one back undoes it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from graph.schema import SCHEMA
from graph.tables import empty_tables, entity_columns
from loaders.merging.derive import derive_decided_pairs, derive_weights

COMMUNITY, FIRM = "com:甲", "ent:一"


def decided(*decisions: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
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


def pair(kind: str, left: str = COMMUNITY, right: str = FIRM) -> dict[str, Any]:
    return {"kind": kind, "left": left, "right": right}


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
    first = {"kind": "weights", "pairing": "a", "name": "learned", "version": "2", "weights": "near=1", "proof": "p"}
    second = first | {"version": "3", "weights": "near=0.5, skills=0.5"}
    other = first | {"pairing": "b"}

    def stored(*decisions: dict[str, Any]) -> list[tuple[Any, ...]]:
        entities: dict[str, pl.DataFrame] = {}
        derive_weights(SCHEMA, entities, decisions)
        return entities["PairingWeights"].select("id", "version", "weights").rows()

    assert stored(first, second, other) == [("wgt:a", 3, "near=0.5, skills=0.5"), ("wgt:b", 2, "near=1")]
    assert stored(first) == [("wgt:a", 2, "near=1")]
    assert stored() == []
