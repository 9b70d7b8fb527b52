"""What the questions read of a graph: the open entities and relations, names to show, and the file rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.documents import FrameRow
from graph.schema.organizations import BELONGS_TO, LOCATED_IN, Subdistrict
from graph.schema.resources import OWNS, USES, Venue
from graph.texts import Said
from queries.answers.rows import Record
from queries.reading.kept_frames import keep_frame
from queries.reading.room_kinds import name_room

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

_UNKNOWN_UNIT = r"([:|])\?"  # in an id: what follows is the name of a unit that nobody knows
_KEY_WORDS, _KEY_YEAR = (
    r"[^:|]*[\u4e00-\u9fff][^:|]*",
    r"[:|]((?:19|20)\d\d)-\d\d-\d\d",
)  # the parts of an id that say something
DOT = "·"  # between whose a thing is and its name, where several have the name: 北街街道·建设社区
UNIT_NAMES = ("name", "short_name", "former_name")
UNIT_COLUMNS = (*UNIT_NAMES, "lon", "lat")


def open_entities(graph: Graph, kind: Entity, *columns: str) -> pl.DataFrame:
    """Return the entities of a kind that are not closed; columns that the kind does not have come as nulls."""
    return keep_frame(graph, ("entities", kind.label, columns), lambda: _open_entities(graph, kind, columns))


def _open_entities(graph: Graph, kind: Entity, columns: tuple[str, ...]) -> pl.DataFrame:
    stored = kind.columns()
    frame = graph.entities(kind.label, *(c for c in columns if c in stored and c != "id")).filter(
        pl.col("valid_to").is_null()
    )
    missing = [pl.lit(None, dtype=pl.String).alias(c) for c in columns if c not in frame.columns]
    return frame.with_columns(missing)


def open_relations(graph: Graph, kind: Relation) -> pl.DataFrame:
    """Return the relations of a kind that are not closed."""
    return keep_frame(
        graph, ("relations", kind.type), lambda: graph.relations(kind.type).filter(pl.col("valid_to").is_null())
    )


def held_relations(graph: Graph, kind: Relation) -> pl.DataFrame:
    """Return the relations of a kind that are not closed and came about: without those of units that were expected and absent."""
    ties = open_relations(graph, kind)
    return ties.filter((pl.col(kind.absent[0]) != kind.absent[1]).fill_null(True)) if kind.absent else ties


def read_units(graph: Graph, kinds: Iterable[Entity] | None = None, *, as_told: bool = False) -> pl.DataFrame:
    """Return the units as a frame: id, label, name, short_name, former_name, lon, lat, and where they were read.

    Units of one kind and name are told apart by their subdistricts (北街街道·建设社区); `as_told` leaves names as registers have them.
    """
    chosen = tuple(kinds or graph.schema.units)
    key = ("units", tuple(kind.label for kind in chosen), as_told)
    return keep_frame(graph, key, lambda: _read_units(graph, chosen, as_told))


def _read_units(graph: Graph, chosen: tuple[Entity, ...], as_told: bool) -> pl.DataFrame:
    parts = [open_entities(graph, kind, *UNIT_COLUMNS).with_columns(label=pl.lit(kind.label)) for kind in chosen]
    types = {"id": pl.String, "label": pl.String} | {
        c: pl.Float64 if c in {"lon", "lat"} else pl.String for c in UNIT_COLUMNS
    }
    keep = [*types, "load_id", "sheet", "row"]
    units = pl.concat([part.select(keep).cast(types) for part in parts])  # type: ignore[arg-type]
    return units if as_told else _tell_apart(graph, units)


def _tell_apart(graph: Graph, units: pl.DataFrame) -> pl.DataFrame:
    """Return units with the subdistrict of each before its name where others of its kind have that name, too."""
    twice = pl.struct("label", "name").is_duplicated() & pl.col("name").is_not_null()
    same = units.filter(twice)
    if same.is_empty():
        return units
    names = open_entities(graph, Subdistrict, "name").select(target="id", street="name")
    ties = pl.concat([open_relations(graph, kind).select("source", "target") for kind in (BELONGS_TO, LOCATED_IN)])
    placed = ties.join(names, on="target").sort("source", "street").unique("source", keep="first")
    told = same.join(placed, left_on="id", right_on="source").select(
        "id", whole=pl.format("{}{}{}", "street", pl.lit(DOT), "name")
    )
    joined = units.join(told, on="id", how="left", maintain_order="left")
    return joined.with_columns(name=pl.coalesce("whole", "name")).drop("whole")


def read_resources(graph: Graph, *columns: str) -> pl.DataFrame:
    """Return the venues and red bases with the unit that owns each: id, label, name, …, owner_id."""
    kinds = sorted(USES.target, key=lambda kind: kind.label, reverse=True)  # what can be lent
    parts = [open_entities(graph, kind, "name", *columns).with_columns(label=pl.lit(kind.label)) for kind in kinds]
    resources = pl.concat(parts, how="diagonal_relaxed")
    if "kind" in columns:
        named = pl.when(pl.col("label") == Venue.label).then(name_room())
        resources = resources.with_columns(kind=pl.coalesce("kind", named))
    return resources.join(_owners(graph), on="id", how="left", maintain_order="left")


def read_owned(graph: Graph, kind: Entity, *columns: str) -> pl.DataFrame:
    """Return the things of one kind with the unit that owns each, and the owner's position where they have none: owner_id, owner, …"""
    units = read_units(graph).select(owner_id="id", owner="name", owner_lon="lon", owner_lat="lat")
    frame = open_entities(graph, kind, *columns).join(_owners(graph), on="id", how="left", maintain_order="left")
    joined = frame.join(units, on="owner_id", how="left", maintain_order="left")
    if {"lon", "lat"} <= set(columns):
        return joined.with_columns(where_else("owner_lon", "owner_lat")).drop("owner_lon", "owner_lat")
    return joined.rename({"owner_lon": "lon", "owner_lat": "lat"})


def _owners(graph: Graph) -> pl.DataFrame:
    owners = open_relations(graph, OWNS).select(pl.col("target").alias("id"), pl.col("source").alias("owner_id"))
    return owners.sort("owner_id").unique("id", keep="first")


def where_else(lon: str, lat: str) -> list[pl.Expr]:
    """Return the expressions for a thing's position: its own, or where it has none, that in the columns `lon` and `lat` name."""
    known = pl.col("lon").is_not_null() & pl.col("lat").is_not_null()
    places = {"lon": lon, "lat": lat}
    return [pl.when(known).then(own).otherwise(pl.col(other)).alias(own) for own, other in places.items()]


def shown_name(frame: pl.DataFrame, kind: Entity) -> pl.Expr:
    """Return the expression for the name under which an entity is shown, followed by its day if it has one."""
    # What has no name is called by the words and the year in its key (目标考核（2024）), never by the key itself.
    key = pl.col("id").str.replace_all(_UNKNOWN_UNIT, "${1}")
    words, year = (
        key.str.extract_all(_KEY_WORDS).list.unique(maintain_order=True).list.join("·"),
        key.str.extract(_KEY_YEAR),
    )
    worded = pl.when(words != "").then(words).otherwise(pl.lit(kind.zh))
    nameless = pl.when(year.is_not_null()).then(pl.format("{}（{}）", worded, year)).otherwise(worded)
    name = pl.coalesce(*(pl.col(c).cast(pl.String) for c in kind.named_by if c in frame.columns), nameless)
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
        kind = graph.schema.entity(label)
        columns = [c for c in (*kind.named_by, "day") if c in kind.columns()] or ["id"]
        frame = graph.entities(label, *columns).filter(pl.col("id").is_in(chosen))
        names |= dict(frame.select("id", shown_name(frame, kind).alias("shown")).iter_rows())
    return names


def record_of(graph: Graph, row: FrameRow, entity: str = "") -> Record:
    """Return the spreadsheet row from which a row of a frame was read."""
    label = entity or row.get("label") or next(iter(labels_of(graph, str(row.get("id") or ""))), "")
    return Record(label, graph.files.get(row["load_id"], ""), row["sheet"] or "", row["row"])


def labels_of(graph: Graph, id: str) -> list[str]:
    """Return the kinds whose ids begin as this one does (ven:…, agr:…); what begins with a property of its own has no such mark."""
    marks = {(entity.label, key.partition("{")[0]) for entity in graph.schema.entities for key in entity.keys}
    found = {label for label, mark in marks if mark and id.startswith(mark)}
    return [entity.label for entity in graph.schema.entities if entity.label in found]


def group_rows(frame: pl.DataFrame, key: str) -> dict[Any, list[FrameRow]]:
    """Return the rows of a frame by the value of one column, in the order of the frame."""
    found: dict[Any, list[FrameRow]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[key], []).append(row)
    return found


def kind_names(graph: Graph) -> dict[str, Said]:
    """Return the name of every kind of entity."""
    return {entity.label: Said(entity.zh, entity.en) for entity in graph.schema.entities}
