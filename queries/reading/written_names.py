"""Every way in which the entities of a graph are written, and the entity that a name, a number or an id stands for; never a person.

A name that several things have is told apart by whose it is: 北街街道·建设社区, 第一拖拉机厂·会议室.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.errors import UnknownEntityError
from graph.names import core, folded, normalize
from graph.people import find_people
from graph.schema.organizations import BELONGS_TO, LOCATED_IN
from graph.searched import list_searched
from graph.spelling import find_spelled, is_typed, readings
from graph.types.value_type import PolarsType
from queries.reading.entities import DOT, labels_of, open_entities, open_relations, shown_name
from queries.reading.facts import Recent, snapshot_key
from queries.reading.units import NothingCloseError, UnitRef, find_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.graph import Graph
    from graph.kinds import Entity, Relation

KEPT = 2  # snapshots whose names are kept
_NAMED = 5  # names that an error offers
WAYS: dict[str, PolarsType] = {
    "id": pl.String, "label": pl.String, "shown": pl.String, "first": pl.Boolean, "load_id": pl.String, "sheet": pl.String, "row": pl.Int32,
    "written": pl.String, "folded": pl.String,
}  # fmt: skip
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
_SEARCHED: Recent[Mapping[str, list[str]] | None] = Recent(4 * KEPT)  # by what was searched, and the snapshot


class SeveralEntitiesError(UnknownEntityError):
    """A name that several things of the graph have."""

    code = "entity.several"
    zh = "“{name}”不止一个，请写明是哪一个：{suggestions}"
    en = "“{name}” stands for several things; say which: {suggestions}"


def read_written(graph: Graph) -> pl.DataFrame:
    """Return a row for each way in which a thing is written: id, label, shown, written, first, and its file row.

    `first` says that it is a thing that people look for by its name, not one that is found by way of what it belongs to.
    """
    return _RECENT.get(snapshot_key(graph), partial(_read_written, graph))


def find_written(graph: Graph, asked: str) -> pl.DataFrame:
    """Return those of the rows of `read_written` in which a normalized text may stand or be spelled; others may be among them."""
    found = ask_index(graph, asked, _RECENT)
    return read_written(graph) if found is None else _read_written(graph, found)


def ask_index(graph: Graph, asked: str, kept: Recent[pl.DataFrame]) -> Mapping[str, list[str]] | None:
    """Return what an engine's index finds for a text the first time that a snapshot is searched; None from then on.

    Whoever searches once searches again, and texts that are `kept` are looked through quicker than a server is asked.
    """
    key = (id(kept), snapshot_key(graph))
    if kept.holds(key[1]) or _SEARCHED.holds(key):
        return None
    return _SEARCHED.get(key, partial(graph.find_written, asked))


def _read_written(graph: Graph, found: Mapping[str, list[str]] | None = None) -> pl.DataFrame:
    """Read the ways in which all things are written, or those that an index found."""
    parts = [_ways(read_found(graph, kind, found, *kind.found_by, "day"), kind) for kind in list_found(graph, found)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=WAYS)


def list_found(graph: Graph, found: Mapping[str, list[str]] | None = None) -> list[Entity]:
    """Return the kinds that have a name or number to be found by and of which there are any, or of which an index found some."""
    there = graph.counts["entities"] if found is None else found
    return [kind for kind in list_searched(graph.schema) if there.get(kind.label)]


def read_found(graph: Graph, kind: Entity, found: Mapping[str, list[str]] | None, *columns: str) -> pl.DataFrame:
    """Return the open things of a kind, or those of them that an index found."""
    frame = open_entities(graph, kind, *columns)
    return frame if found is None else frame.filter(pl.col("id").is_in(found.get(kind.label, [])))


def _ways(frame: pl.DataFrame, kind: Entity) -> pl.DataFrame:
    index = ["id", "label", "shown", "first", "load_id", "sheet", "row"]
    told = frame.with_columns(pl.col(kind.found_by).cast(pl.String)).with_columns(
        label=pl.lit(kind.label), shown=shown_name(frame, kind), first=pl.lit(kind.searched)
    )
    ways = told.unpivot(kind.found_by, index=index, value_name="written").drop("variable").drop_nulls("written")
    return ways.with_columns(folded=folded("written"))


def find_entity(graph: Graph, text: str) -> UnitRef:
    """Return the unit, resource, agreement or other thing that an id, a name or a number stands for; people are never found.

    A name that several have is refused with the names that tell them apart, each of which finds its own.
    """
    if one := _by_id(graph, text):
        return one
    asked = normalize(text)
    for found in (find_written(graph, asked).filter(pl.col("folded") == asked), _qualified(graph, text)):
        if one := _single(graph, found, text):
            return one
    try:
        return find_unit(graph, text)
    except NothingCloseError as unknown:
        if one := _single(graph, _spelled(graph, text), text):
            return one
        raise UnknownEntityError(name=text) from unknown


def _by_id(graph: Graph, text: str) -> UnitRef | None:
    """Return the thing of an id: of the kind whose ids begin so; an id without such a beginning is looked up in the rows that name it."""
    people = find_people(graph.schema)
    for find in (lambda: labels_of(graph, text), lambda: graph.sources(text)["label"].unique().to_list()):
        for label in sorted(set(find()) - people):
            frame = graph.entities(label).filter(pl.col("id") == text)
            if not frame.is_empty():
                return UnitRef(text, label, frame.select(shown_name(frame, graph.schema.entity(label))).item())
    return None


def _single(graph: Graph, found: pl.DataFrame, text: str) -> UnitRef | None:
    """Return the one thing among those found, what is looked for by its name before the rest; None where there is none."""
    named = found.unique("id", keep="first", maintain_order=True)
    for chosen in (named.filter("first"), named):
        if chosen.height == 1:
            return UnitRef(*chosen.select("id", "label", "shown").row(0))
        if chosen.height > 1:
            names = qualify(graph, chosen)
            offered = "、".join(names[id] for id in chosen["id"].head(_NAMED))
            raise SeveralEntitiesError(name=text, suggestions=offered)
    return None


def _qualified(graph: Graph, text: str) -> pl.DataFrame:
    """Return the things called as behind the dot of a name that are of the unit before it: 第一拖拉机厂·会议室."""
    whose, dot, name = text.rpartition(DOT)
    asked = normalize(name) if dot else ""
    same = find_written(graph, asked).filter(pl.col("folded") == asked) if asked else pl.DataFrame(schema=WAYS)
    owners = find_owners(graph, same)
    theirs = [id for id, owner in owners.items() if core(owner) == core(whose)]
    return same.filter(pl.col("id").is_in(theirs))


def _spelled(graph: Graph, text: str) -> pl.DataFrame:
    """Return the things whose whole name is spelled so, in pinyin or by its initials."""
    typed = normalize(text).replace(" ", "").replace("'", "")
    if not is_typed(typed):
        return pl.DataFrame(schema=WAYS)
    written = find_written(graph, typed)
    near = find_spelled(written["written"].unique(), typed)
    names = [name for name in near if any(typed in spelled for spelled in readings(name))]
    return written.filter(pl.col("written").is_in(names))


def qualify(graph: Graph, things: pl.DataFrame) -> dict[str, str]:
    """Return for things (id, label, shown) of one name the names that tell them apart; where no owner does, the id follows."""
    owners = find_owners(graph, things)
    names = {
        id: f"{owners[id]}{DOT}{name}" if id in owners else name
        for id, name in things.select("id", "shown").iter_rows()
    }
    shown = list(names.values())
    return {id: name if shown.count(name) == 1 else id for id, name in names.items()}


def find_owners(graph: Graph, things: pl.DataFrame) -> dict[str, str]:
    """Return the name of the unit or subdistrict to which each of some things (id, label) belongs, by the thing's id."""
    found: dict[str, str] = {}
    wanted = things["id"].unique()
    for label in things["label"].unique().sort():
        for near, far, kinds, relation in _owning(graph, label):
            names = pl.concat([graph.entities(kind.label, "name").select("id", "name") for kind in kinds])
            ties = open_relations(graph, relation).filter(
                pl.col(near).is_in(wanted.implode()), pl.col(f"{near}_label") == label
            )
            named = ties.join(names, left_on=far, right_on="id").sort(near, "name")
            found = dict(named.select(near, "name").unique(near, keep="first", maintain_order=True).iter_rows()) | found
    return found


def _owning(graph: Graph, label: str) -> Iterable[tuple[str, str, tuple[Entity, ...], Relation]]:
    """Yield the relations by which things of a kind belong to a unit, those that own first; a unit belongs to its subdistrict."""
    if label in {unit.label for unit in graph.schema.units}:
        yield from (("source", "target", relation.target, relation) for relation in (BELONGS_TO, LOCATED_IN))
        return
    for relation in sorted(graph.schema.relations, key=lambda relation: (not relation.owns, relation.type)):
        for mine, other, ends in (("target", "source", relation.source), ("source", "target", relation.target)):
            owners = tuple(kind for kind in ends if kind.is_unit)
            if owners and any(kind.label == label for kind in getattr(relation, mine)) and not relation.computed:
                yield mine, other, owners, relation
