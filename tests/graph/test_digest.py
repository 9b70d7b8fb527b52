from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.digest import digest, sort_table
from graph.stored_tables import arrange
from graph.tables import Tables
from tests.graph.random_tables import random_tables
from tests.graph.small import SMALL, people, shuffled, small_tables, with_person


@settings(max_examples=25, deadline=None)
@given(random_tables(), st.integers(0, 5))
def test_the_digest_does_not_depend_on_the_order_or_split_of_rows(tables, seed):
    expected = digest(tables)
    assert digest(shuffled(tables, seed)) == expected
    parts = {
        label: pl.concat([frame.slice(0, seed), frame.slice(seed)], rechunk=False)
        for label, frame in tables.entities.items()
    }
    assert digest(Tables(parts, tables.relations)) == expected
    reordered = {label: frame.select(sorted(frame.columns, reverse=True)) for label, frame in tables.entities.items()}
    assert digest(Tables(reordered, tables.relations)) == expected


@settings(max_examples=25, deadline=None)
@given(random_tables(), random_tables())
def test_the_digest_differs_where_content_differs(one, other):
    def content(tables):
        ordered = arrange(tables, SMALL)
        frames = {**ordered.entities, **ordered.relations}
        return {
            k: sort_table(f, ["id"] if isinstance(k, str) else ["source", "target"])
            .drop("load_id", "sheet", "row")
            .to_dicts()
            for k, f in frames.items()
        }

    assert (digest(one) == digest(other)) == (content(one) == content(other))


def test_the_digest_of_known_tables_never_changes():
    assert digest(small_tables()) == "fcebef731fe3cc84c5471449fcd98af1"


def test_the_digest_knows_where_a_null_stands_and_one_text_ends():
    def of(**columns):
        return digest(
            Tables(
                {
                    "Person": people(
                        *(
                            {"id": f"p{i}", **dict(zip(columns, row, strict=True))}
                            for i, row in enumerate(zip(*columns.values(), strict=True))
                        )
                    )
                },
                {},
            )
        )

    different = [
        of(name=["ab", "c"]), of(name=["a", "bc"]), of(name=["abc", None]), of(name=[None, "abc"]), of(name=["abc", ""]), of(name=[None, None]),
        of(tags=[["a"], ["b"]]), of(tags=[["a", "b"], []]), of(tags=[["a", "b"], None]), of(tags=[["a", None], ["b"]]), of(count=[0, 1]), of(count=[None, 1]),
    ]  # fmt: skip
    assert len(set(different)) == len(different)


def test_the_digest_leaves_provenance_out_and_counts_closing():
    tables = small_tables()
    assert digest(small_tables(load="other")) == digest(tables)
    assert digest(Tables(tables.entities, tables.relations)) == digest(tables)
    assert digest(with_person(tables, id="p00001", valid_to=date(2025, 1, 1))) != digest(tables)


def test_a_property_without_a_value_does_not_change_the_digest():
    tables = small_tables()
    wider = {
        label: frame.with_columns(pl.lit(None, pl.Float64).alias("new")) for label, frame in tables.entities.items()
    }
    assert digest(Tables(wider, tables.relations)) == digest(tables)
