"""How rows are sent: a column is a list, and what all rows share is sent once."""

import pytest

from graph.server import cypher_texts, packed_columns
from graph.server.packed_columns import choose_hub, group_rows, share_columns, split_by_origin
from tests.graph.small import DAY_1, joined, people

ROWS = [
    {"id": "a", "name": "甲", "day": DAY_1, "tags": ["x", "y"], "score": 1.5},
    {"id": "b", "name": "乙", "day": DAY_1, "tags": ["x", "y"], "score": None},
]


@pytest.fixture
def sharing(monkeypatch):
    monkeypatch.setattr(packed_columns, "SHARED_FROM", 1)


def test_what_all_rows_share_is_sent_once_and_the_rest_as_lists(sharing):
    frame = people(*ROWS)
    found = share_columns(frame, ("id",))
    assert found.varied == ("id", "name", "score")
    given = found.parameters(frame)
    assert {given["day"], given["load_id"]} == {DAY_1, None}
    assert (given["id"], given["tags"], given["score"]) == (["a", "b"], ["x", "y"], [1.5, None])
    assert given.keys() == set(frame.columns)


def test_a_key_is_a_list_also_where_all_rows_have_the_same(sharing):
    frame = joined({"source": "a", "target": "c"}, {"source": "a", "target": "c"})
    found = share_columns(frame, ("source", "target"))
    assert found.varied == ("source", "target")
    assert found.parameters(frame)["target"] == ["c", "c"]


def test_a_value_is_shared_only_where_no_row_is_without_it(sharing):
    found = share_columns(people({"id": "a", "name": "甲"}, {"id": "b", "name": None}), ("id",))
    assert "name" in found.varied


def test_a_few_rows_keep_the_one_text_of_their_table():
    frame = people(*ROWS)
    found = share_columns(frame, ("id",))
    assert (found.varied, found.shared) == (tuple(frame.columns), {})


def test_a_property_is_named_by_its_column_whatever_word_it_is():
    text = cypher_texts.merge_entities("Person", ["id", "order"], ["day"])
    assert text.endswith("SET n.`order` = $`order`[i], n.`day` = $`day`")
    text = cypher_texts.create_relations(("JOINED", "Person", "Club"), "target", ["source", "fee"], ["row"])
    assert text.endswith("CREATE (source)-[r:`JOINED` {`fee`: $`fee`[i], `row`: $`row`}]->(target)")


def test_rows_of_one_sheet_and_period_go_together_and_few_of_many_sheets_at_last():
    origins = [("a", "1"), ("b", "1"), ("a", "1"), ("a", "2"), ("a", "1"), ("a", "2")]
    frame = people(*({"id": str(n), "load_id": load, "sheet": sheet} for n, (load, sheet) in enumerate(origins)))
    parts = split_by_origin(frame, 2)
    assert [part["id"].to_list() for part in parts] == [["0", "2", "4"], ["3", "5"], ["1"]]
    assert [part["id"].to_list() for part in split_by_origin(frame.head(2), 2)] == [["0", "1"]]


def test_relations_go_by_the_end_that_fewer_have(sharing):
    frame = joined(*({"source": person, "target": club} for club in "cd" for person in "abe"))
    assert choose_hub(frame) == ("target", "source")
    assert group_rows(frame, "target") == {cypher_texts.HUBS: ["c", "d"], cypher_texts.FIRST: [0, 3, 6]}


def test_a_few_relations_keep_the_one_order_of_their_table():
    frame = joined({"source": "a", "target": "c"}, {"source": "b", "target": "c"})
    assert choose_hub(frame) == ("source", "target")


def test_what_no_new_relation_has_is_not_sent(sharing):
    frame = joined({"source": "a", "target": "c"}, {"source": "b", "target": "c"})
    found = share_columns(frame, ("source",)).without_nulls()
    assert found.shared.keys() == {name for name in found.shared if frame[name].null_count() == 0}
    assert "load_id" not in found.shared
