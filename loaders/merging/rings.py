"""Links that cannot be true: a unit paired with itself, and rings in a hierarchy (甲 below 乙 below 甲).

They are left out of the graph and reported at their rows, whatever the order of loading: of a ring every link is left out, since
nothing tells which of them is the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graph.kinds import Register, Relation, Schema
from graph.problems import ERROR, Problem
from graph.tables import RelationKey
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION
from loaders.merging.linking import by_row
from loaders.merging.statements import SHEET


def find_self_pairs(
    sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame, resolved: Mapping[str, pl.DataFrame]
) -> list[Problem]:
    """Return an error for each row that names one unit on two sides of a relation (甲方 and 乙方 of an agreement).

    `resolved` is, by field of a link, what names were found to stand for.
    """
    found: list[Problem] = []
    links = [k for k in register.links if k.field in resolved and not k.split and MENTION + k.field in frame.columns]
    links = [k for k in links if frame.schema[MENTION + k.field] != pl.List(pl.String)]
    ids = {k.field: by_row(frame[MENTION + k.field], resolved[k.field])["id"] for k in links}
    for number, later in enumerate(links):
        for earlier in links[:number]:
            if earlier.relation is later.relation and earlier.end == later.end and earlier.constants != later.constants:
                same = (ids[earlier.field] == ids[later.field]).fill_null(value=False)
                found += _at_rows(sheets, frame.filter(same), later.field, MENTION + later.field)
    return found


def _at_rows(sheets: Sequence[LoadedSheet], rows: pl.DataFrame, field: str, name: str) -> Iterable[Problem]:
    for at, row, value in rows.select(SHEET, "row", name).iter_rows():
        sheet = sheets[at]
        yield Problem(
            "relation.self", ERROR, sheet.file, sheet.sheet, row, field=field, value=str(value), load=sheet.load_id
        )


def leave_out_rings(
    schema: Schema,
    entities: Mapping[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    files: Mapping[str, str],
) -> list[Problem]:
    """Remove from hierarchies, in place, all links that form a ring, and return an error for each at its spreadsheet row.

    `relations` are combined tables; `files` gives the file name of each load. A link to itself says that nothing stands above: it is
    left out, and no error.
    """
    found: list[Problem] = []
    for relation in schema.relations:
        if relation.hierarchy:
            for key in [key for key in relations if key[0] == relation.type]:
                relations[key] = relations[key].filter(pl.col("source") != pl.col("target"))
            keys = [key for key in relations if key[0] == relation.type and relations[key].height]
            closed = _in_ring([relations[key] for key in keys])
            for key, ring in zip(keys, closed, strict=True):
                rows = _named(relations[key].filter(ring), entities[key[1]], entities[key[2]])
                found += _tell(rows, _field_of(schema, relation), files)
                relations[key] = relations[key].filter(~ring)
    return found


def _in_ring(tables: Sequence[pl.DataFrame]) -> list[pl.Series]:
    """Tell for each row of some tables of links whether it is part of a ring: both its ends reach each other."""
    if not tables:
        return []
    lengths = [table.height for table in tables]
    ends = pl.concat([table.select("source", "target", closed=pl.col("valid_to").is_not_null()) for table in tables])
    names = pl.concat([ends["source"], ends["target"]]).unique().sort()
    places = pl.DataFrame({"name": names}).with_row_index("at")
    at = [
        ends.join(places, left_on=end, right_on="name", how="left", maintain_order="left")["at"].to_numpy()
        for end in ("source", "target")
    ]
    live = ~ends["closed"].to_numpy()  # what ended in the past may well stand the other way round today
    links = coo_array((np.ones(int(live.sum())), (at[0][live], at[1][live])), shape=(names.len(), names.len()))
    _, group = connected_components(links, directed=True, connection="strong")
    ring = pl.Series((group[at[0]] == group[at[1]]) & live)
    starts = np.cumsum([0, *lengths])
    return [ring.slice(int(start), length) for start, length in zip(starts, lengths, strict=False)]


def _field_of(schema: Schema, relation: Relation) -> str:
    """Return the field of the column that states a relation, by which a report finds the column's letter."""
    return next((k.field for register in schema.registers for k in register.links if k.relation is relation), "")


def _named(rows: pl.DataFrame, sources: pl.DataFrame, targets: pl.DataFrame) -> pl.DataFrame:
    for end, entities in (("source", sources), ("target", targets)):
        names = entities.select("id", pl.col("name").alias(f"{end}_name"))
        rows = rows.join(names, left_on=end, right_on="id", how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce("source_name", "source"), pl.coalesce("target_name", "target"))


def _tell(rows: pl.DataFrame, field: str, files: Mapping[str, str]) -> Iterable[Problem]:
    for source, target, load, sheet, row in rows.select(
        "source_name", "target_name", "load_id", "sheet", "row"
    ).iter_rows():
        told = (("source", source),)
        yield Problem(
            "relation.ring", ERROR, files.get(load, ""), sheet, row, field=field, value=target, details=told, load=load
        )
