"""Several statements about one thing become one row."""

from datetime import date
from typing import Any

import polars as pl

from loaders.merging.combine import MENTIONED, STANDING, combine

COLUMNS = {"id": pl.String, "a": pl.String, "b": pl.Int64}


def statements(*rows: dict[str, Any]) -> pl.DataFrame:
    filled = [
        {
            "_rank": 0,
            "_seq": 1,
            "_as_of": date(2026, 6, 30),
            "_live": True,
            "_until": None,
            "load_id": "l1",
            "sheet": "s",
            "row": n,
            **row,
        }
        for n, row in enumerate(rows, 4)
    ]
    return pl.DataFrame(filled, schema=COLUMNS | STANDING)


def test_single_statements_are_taken_as_they_are_in_the_order_of_their_ids() -> None:
    found = combine([statements({"id": "y", "a": "1"}, {"id": "x", "a": "2"})], ["id"], COLUMNS)
    assert found["id"].to_list() == ["x", "y"]
    assert found["row"].to_list() == [5, 4]
    assert found["valid_to"].null_count() == 2


def test_the_higher_rank_wins_and_a_blank_does_not_erase() -> None:
    old = statements({"id": "x", "a": "old", "b": 1})
    new = statements({"id": "x", "a": "new", "b": None, "_rank": 1, "_seq": 2, "load_id": "l2"})
    for order in ([old, new], [new, old]):
        found = combine(order, ["id"], COLUMNS)
        assert found.select("a", "b").rows() == [("new", 1)]


def test_what_only_a_replaced_list_mentions_is_closed() -> None:
    old = statements(
        {"id": "x", "a": "1", "_live": False, "_until": date(2026, 9, 30)},
        {"id": "y", "a": "1", "_live": False, "_until": date(2026, 9, 30)},
    )
    new = statements({"id": "x", "a": "1", "_rank": 1, "_seq": 2, "_as_of": date(2026, 9, 30), "load_id": "l2"})
    found = combine([old, new], ["id"], COLUMNS)
    assert found["valid_to"].to_list() == [None, date(2026, 9, 30)]
    assert found["valid_from"].to_list() == [date(2026, 6, 30)] * 2


def test_an_unchanged_row_keeps_the_cell_where_it_was_first_said() -> None:
    old = statements({"id": "x", "a": "1", "_live": False}, {"id": "y", "a": "1", "_live": False})
    new = statements(
        {"id": "x", "a": "1", "_rank": 1, "_seq": 2, "load_id": "l2"},
        {"id": "y", "a": "2", "_rank": 1, "_seq": 2, "load_id": "l2"},
    )
    found = combine([old, new], ["id"], COLUMNS)
    assert found["load_id"].to_list() == ["l1", "l2"]


def test_nothing_gives_no_rows_but_all_columns() -> None:
    assert combine([], ["id"], COLUMNS).columns == ["id", "a", "b", "valid_from", "valid_to", "load_id", "sheet", "row"]


def test_a_mere_mention_yields_to_what_a_list_of_these_things_says_however_old() -> None:
    listed = statements({"id": "x", "a": "中共第一拖拉机厂委员会", "_as_of": date(2024, 1, 1)})
    mentioned = statements({"id": "x", "a": "第一拖拉机厂党委", "_rank": 9}, {"id": "y", "a": "河轴党委"})
    mentioned = mentioned.with_columns(pl.lit(value=True).alias(MENTIONED))
    for order in ([listed, mentioned], [mentioned, listed]):
        assert combine(order, ["id"], COLUMNS)["a"].to_list() == ["中共第一拖拉机厂委员会", "河轴党委"]
