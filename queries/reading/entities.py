"""What the questions read of a graph: the open entities and relations, names to show, and the file rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from queries.answers.answer import Record

if TYPE_CHECKING:
    from graph.graph import Graph

_SHOWN_AS = ("name", "title", "number", "purpose")  # the first of these that a thing has is its name on a screen
UNIT_COLUMNS = ("name", "short_name", "former_name", "lon", "lat")


def open_entities(graph: Graph, label: str, *columns: str) -> pl.DataFrame:
    """Return the entities of a kind that are not closed; columns that the kind does not have come as nulls."""
    stored = graph.schema.entity(label).columns()
    frame = graph.entities(label, *(c for c in columns if c in stored and c != "id")).filter(
        pl.col("valid_to").is_null()
    )
    missing = [pl.lit(None, dtype=pl.String).alias(c) for c in columns if c not in frame.columns]
    return frame.with_columns(missing)


def open_relations(graph: Graph, type: str) -> pl.DataFrame:
    """Return the relations of a type that are not closed."""
    return graph.relations(type).filter(pl.col("valid_to").is_null())


def read_units(graph: Graph, labels: Iterable[str] | None = None) -> pl.DataFrame:
    """Return the units as a frame: id, label, name, short_name, former_name, lon, lat, and where they were read."""
    chosen = tuple(labels) if labels else tuple(e.label for e in graph.schema.units)
    parts = [open_entities(graph, label, *UNIT_COLUMNS).with_columns(label=pl.lit(label)) for label in chosen]
    kinds = {"id": pl.String, "label": pl.String} | {
        c: pl.Float64 if c in {"lon", "lat"} else pl.String for c in UNIT_COLUMNS
    }
    keep = [*kinds, "load_id", "sheet", "row"]
    return pl.concat([part.select(keep).cast(kinds) for part in parts])  # type: ignore[arg-type]


def read_resources(graph: Graph, *columns: str) -> pl.DataFrame:
    """Return the venues and red bases with the unit that owns each: id, label, name, …, owner_id."""
    ends = {end.label for end in graph.schema.relation("USES").target}  # what can be lent
    parts = [
        open_entities(graph, label, "name", *columns).with_columns(label=pl.lit(label))
        for label in sorted(ends, reverse=True)
    ]
    owners = open_relations(graph, "OWNS").select(pl.col("target").alias("id"), pl.col("source").alias("owner_id"))
    owners = owners.sort("owner_id").unique("id", keep="first")
    return pl.concat(parts, how="diagonal_relaxed").join(owners, on="id", how="left", maintain_order="left")


def where_else(lon: str, lat: str) -> list[pl.Expr]:
    """Return the expressions for a thing's own position, and where it has none for that in other columns."""
    known = pl.col("lon").is_not_null() & pl.col("lat").is_not_null()
    places = {"lon": lon, "lat": lat}
    return [pl.when(known).then(own).otherwise(pl.col(other)).alias(own) for own, other in places.items()]


def folded(column: str) -> pl.Expr:
    """Return a column of names in the comparable form that `normalize` gives, as far as an expression can."""
    text = pl.col(column).str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s", "")
    return text.str.replace_many(["〔", "〕", "【", "】", "·"], ["[", "]", "[", "]", ""])


def shown_name(frame: pl.DataFrame) -> pl.Expr:
    """Return the expression for the name under which a row of an entity's frame is shown: with its day, where it has one."""
    name = pl.coalesce(*(pl.col(c).cast(pl.String) for c in _SHOWN_AS if c in frame.columns), pl.col("id"))
    if "day" not in frame.columns:
        return name
    return pl.when(pl.col("day").is_not_null()).then(pl.format("{}（{}）", name, pl.col("day"))).otherwise(name)


def read_names(graph: Graph, ids: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the shown names of a few entities, given as ids by label."""
    names: dict[str, str] = {}
    for label, wanted in ids.items():
        chosen = sorted(set(wanted))
        if not chosen:
            continue
        columns = [c for c in (*_SHOWN_AS, "day") if c in graph.schema.entity(label).columns()]
        # Label and columns come from the schema; the ids travel as a parameter.
        text = ", ".join(f"n.{c} AS {c}" for c in columns)
        frame = graph.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id{', ' + text if text else ''}", ids=chosen
        )
        names |= dict(frame.select("id", shown_name(frame).alias("shown")).iter_rows())
    return names


def record_of(graph: Graph, row: Mapping[str, Any], entity: str = "") -> Record:
    """Return the file row behind a row of a frame (its id, load_id, sheet and row)."""
    label = entity or row.get("label") or _label_of(graph, str(row.get("id") or ""))
    return Record(label, graph.files.get(row["load_id"], ""), row["sheet"] or "", row["row"])


def _label_of(graph: Graph, id: str) -> str:
    # An id begins as the key of its kind does (ven:…, agr:…); what begins with a property of its own has no such mark.
    for entity in graph.schema.entities:
        for key in entity.keys:
            mark = key.partition("{")[0]
            if mark and id.startswith(mark):
                return entity.label
    return ""


def kind_names(graph: Graph) -> dict[str, str]:
    """Return the Chinese name of every kind of entity."""
    return {entity.label: entity.zh for entity in graph.schema.entities}
