"""A small schema and small tables for the tests of how graphs are kept."""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.kinds import Entity, Property, Relation, Schema
from graph.tables import Tables, entity_columns, relation_columns
from graph.types import Area, Bool, Count, Date, ListOf, Text

TEXT, WHOLE, REAL, DAY, FLAG, LIST = Text(), Count(), Area(), Date(), Bool(), ListOf()

Person = Entity(
    "Person", zh="人", en="person", keys=("p:{name}",),
    properties=(
        Property("name", TEXT), Property("count", WHOLE), Property("score", REAL), Property("day", DAY), Property("order", FLAG), Property("tags", LIST),
    ),
)  # fmt: skip
Club = Entity("Club", zh="社", en="club", keys=("c:{name}",), properties=(Property("name", TEXT),))
KNOWS = Relation(
    "KNOWS",
    zh="认识",
    en="knows",
    source=(Person,),
    target=(Person,),
    properties=(Property("since", DAY), Property("note", TEXT)),
    starts="since",
)
JOINED = Relation(
    "JOINED", zh="加入", en="joined", source=(Person,), target=(Club, Person), properties=(Property("fee", WHOLE),)
)
SMALL = Schema((Person, Club), (KNOWS, JOINED))
DAY_1 = date(2024, 1, 1)


def frame_of(columns, rows):
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=dict(columns), orient="row")


def people(*rows):
    return frame_of(entity_columns(Person), rows)


def clubs(*rows):
    return frame_of(entity_columns(Club), rows)


def knows(*rows):
    return frame_of(relation_columns(KNOWS), rows)


def joined(*rows):
    return frame_of(relation_columns(JOINED), rows)


def small_tables(n=40, load="L1"):
    """Return n people, three clubs, and who knows and joined what."""
    stated = {"load_id": load, "sheet": "名册", "valid_from": DAY_1}
    persons = [
        {"id": f"p{i:05d}", "name": f"人{i}", "count": i, "score": i / 4 if i % 3 else None, "day": DAY_1 if i % 2 else None,
         "order": [True, False, None][i % 3], "tags": [["甲", "乙"], [], None][i % 3], "row": i + 3, **stated}
        for i in range(n)
    ]  # fmt: skip
    friends = [
        {"source": f"p{i:05d}", "target": f"p{(i * 7 + 1) % n:05d}", "since": day, "note": "x" * (i % 3), "row": i + 3, **stated}
        for i in range(n) for day in ([DAY_1, None] if i % 5 == 0 else [DAY_1])
    ]  # fmt: skip
    members = [
        {"source": f"p{i:05d}", "target": f"c{i % 3}", "fee": i or None, "row": i + 3, **stated} for i in range(n)
    ]
    sources = pl.DataFrame(
        [{"label": "Person", "id": p["id"], "load_id": load, "sheet": "名册", "row": p["row"]} for p in persons]
    )
    return Tables(
        {
            "Person": people(*persons),
            "Club": clubs(*({"id": f"c{i}", "name": f"社{i}", "row": 1, **stated} for i in range(3))),
        },
        {("KNOWS", "Person", "Person"): knows(*friends), ("JOINED", "Person", "Club"): joined(*members)},
        sources.cast({"row": pl.Int32}),
    )


def shuffled(tables, seed=1):
    """Return the same tables with their rows in another order."""

    def mix(frame):
        return frame.sample(fraction=1, shuffle=True, seed=seed)

    return Tables(
        {k: mix(f) for k, f in tables.entities.items()},
        {k: mix(f) for k, f in tables.relations.items()},
        mix(tables.sources),
    )


def with_person(tables, **row):
    """Return the tables with one more person, or one person changed."""
    old = tables.entities["Person"].filter(pl.col("id") != row["id"])
    kept = tables.entities["Person"].filter(pl.col("id") == row["id"]).to_dicts()
    new = {**(kept[0] if kept else {"load_id": "L2", "sheet": "名册", "row": 9}), **row}
    return Tables(
        {**tables.entities, "Person": pl.concat([old, people(new)]).sort("id")}, tables.relations, tables.sources
    )
