"""The ways in which a unit and others are linked, persons apart: by a thing that both are tied to, or by two things that belong together.

Both have a part in one activity, agreement, handover, post, meeting …; one raised an item of a meeting that the other attended; one
held an activity in the other's hall. Which kinds of thing these are is read from the schema.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.documents import FrameRow
from graph.schema.cooperation import DECLINED, PARTNERED_WITH
from graph.schema.members import Concept
from graph.schema.resources import ABOUT, OFFERS, SEEKS
from graph.texts import Said
from queries.answers.rows import USED
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.kept_frames import keep_frame
from queries.reading.link_ends import find_shared_by_many, read_direct, read_ends, read_steps, read_things
from queries.reading.link_words import Joined, Step, UnitLink, name_link, say_direct, say_link, word_of, word_of_loan

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation
    from queries.reading.units import UnitRef

_JOINT = (("near_is_joint", "thing"), ("far_is_joint", "next"))
_AGAIN = (PARTNERED_WITH.type, DECLINED.type)  # the one only repeats an agreement, the other is no link
# Of several ties to one thing, the first by these columns is told: the same on every engine.
_TIES = ("type", "other_type", "role", "other_role", "day", "other_day", "side", "other_side")


def find_links(graph: Graph, unit: UnitRef, others: pl.Series) -> list[UnitLink]:
    """Return every link of a unit to the units of some ids, the latest first; those by needs and offers last."""
    wanted = pl.DataFrame({"other": others}).filter(pl.col("other") != unit.id)
    ends = read_ends(graph)
    mine = ends.filter(pl.col("unit") == unit.id).drop("unit")
    theirs = ends.rename({name: f"other_{name}" for name in ends.columns if name not in {"unit", "thing", "label"}})
    theirs = theirs.rename({"unit": "other"}).join(wanted, on="other", how="semi")
    paths = pl.concat([_through_one(mine, theirs), _through_two(graph, mine, theirs)], how="diagonal")
    names = dict(read_units(graph).select("id", "name").iter_rows())
    told = _tell(graph, paths).sort(
        "day", "thing", "next", "other", descending=[True, False, False, False], nulls_last=True
    )
    links = [_link(graph, unit, names, row) for row in told.iter_rows(named=True)]
    return [*_direct(graph, unit, wanted, names), *links, *_needs(graph, unit, wanted)]


def _through_one(mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each thing and other unit that is tied to it, too."""
    met = mine.join(theirs, on=["thing", "label"])
    return met.sort("thing", "other", *_TIES).unique(["thing", "other"], keep="first")


def _through_two(graph: Graph, mine: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each two things that belong together, one tied to the unit and one to another; not both to both."""
    theirs, mine = (ends.filter(pl.col(c) != USED) for ends, c in ((theirs, "other_type"), (mine, "type")))
    far = theirs.rename({"thing": "next", "label": "next_label"})
    met = mine.join(read_steps(graph), on=["thing", "label"]).join(far, on=["next", "next_label"])
    # Where both things join the two already, the way from one to the other says nothing new.
    joint = theirs.select("thing", "other").unique().with_columns(near_is_joint=True)
    own = mine.select(next="thing").unique().with_columns(far_is_joint=True)
    met = met.join(joint, on=["thing", "other"], how="left").join(own, on="next", how="left")
    met = met.filter(pl.col("near_is_joint").is_null() | pl.col("far_is_joint").is_null())
    # Nor does a way over what joins the two anyhow, and with them a dozen others: a conference, on to each of its meetings.
    many = find_shared_by_many(graph).implode()
    met = met.filter(*(pl.col(joint).is_null() | ~pl.col(thing).is_in(many) for joint, thing in _JOINT))
    return met.sort("thing", "next", "other", "step", *_TIES).unique(["thing", "next", "other"], keep="first")


def _tell(graph: Graph, paths: pl.DataFrame) -> pl.DataFrame:
    """Return paths with what is known of the things on them, without those through a thing that is no longer open."""
    ids = pl.concat(
        [paths.select("thing", "label"), paths.select(thing="next", label="next_label").drop_nulls("thing")]
    )
    things = read_things(
        graph, {str(label): part["thing"] for (label,), part in ids.partition_by("label", as_dict=True).items()}
    )
    things = things.rename({"day": "held", "happened": "held_at_all"})
    nexts = things.rename({name: f"next_{name}" for name in things.columns}).rename({"next_thing": "next"})
    return (
        paths.join(things, on="thing").join(nexts, on="next", how="left")
        .filter(pl.col("next").is_null() | pl.col("next_held_at_all").is_not_null())
        .with_columns(
            day=pl.coalesce(pl.max_horizontal("day", "other_day"), pl.max_horizontal("held", "next_held")),
            happened=pl.all_horizontal(
                pl.col("happened", "other_happened", "held_at_all"), pl.col("next_held_at_all").fill_null(True)
            ),
        )
    )  # fmt: skip


def _link(graph: Graph, unit: UnitRef, names: dict[str, str], row: FrameRow) -> UnitLink:
    schema, other = graph.schema, (names.get(row["other"]) or row["other"])
    units = ((unit.name, row["side"]), (other, row["other_side"]))
    joined = [Joined(schema.entity(row["label"]), row["name"], row["held"])]
    steps: list[Step] = [
        _tie(row["type"], row["outward"], row["times"]),
        _thing(row["thing"], joined[0], units, row["shown"]),
    ]
    if row["next"]:
        joined.append(Joined(schema.entity(row["next_label"]), row["next_name"], row["next_held"]))
        steps += [
            _tie(row["step"], row["step_outward"]), _thing(row["next"], joined[1], units, row["next_shown"])
        ]  # fmt: skip
    steps.append(_tie(row["other_type"], not row["other_outward"], row["other_times"]))
    parts = (
        (unit.name, row["type"], row["times"], row["role"]),
        (other, row["other_type"], row["other_times"], row["other_role"]),
    )
    used = [type for _, type, *_ in parts].count(USED)
    kind = ("", "venue", "shared_venue")[used] or "_".join(one.code for one in joined)
    word = word_of(joined)
    if kind == "venue":
        word = word_of_loan(*((unit.name, other) if row["type"] == USED else (other, unit.name)))
    return UnitLink(
        row["other"], kind, tuple(steps), row["day"], name_link(joined, units), say_link(schema, joined, units, parts),
        word, row["happened"], (row["times"] or 0) + (row["other_times"] or 0),
    )  # fmt: skip


def _tie(type: str, outward: bool, times: int | None = None) -> Step:
    tie = {"type": type, "outward": outward}
    return {**tie, "count": times} if times else tie


def _thing(id: str, joined: Joined, units: tuple[tuple[str, str | None], ...], shown: str | None) -> Step:
    return {"id": id, "label": joined.kind.label, "name": shown or name_link([joined], units)}


def _direct(graph: Graph, unit: UnitRef, wanted: pl.DataFrame, names: dict[str, str]) -> list[UnitLink]:
    """Return the relations of the unit itself to others: whose part it is, which street a community belongs to."""
    found = read_direct(graph).filter(pl.col("unit") == unit.id, ~pl.col("type").is_in(_AGAIN))
    found = (
        found.join(wanted, on="other", how="semi")
        .sort("type", "other", "outward", "day")
        .unique(["other", "type", "outward"], keep="first", maintain_order=True)
    )
    links = []
    for row in found.iter_rows(named=True):
        relation = graph.schema.relation(row["type"])
        ends = (unit.name, names.get(row["other"]) or row["other"])
        said = say_direct(relation, *(ends if row["outward"] else ends[::-1]))
        between = (_tie(relation.type, row["outward"]),)
        links.append(
            UnitLink(
                row["other"], relation.type.lower(), between, row["day"], said, said, Said(relation.zh, relation.en)
            )
        )
    return links


def _needs(graph: Graph, unit: UnitRef, wanted: pl.DataFrame) -> list[UnitLink]:
    """Return a link a class of service that one of the two offers and the other needs."""
    names = open_entities(graph, Concept, "name").select("name", concept="id")
    offered, sought = (
        keep_frame(graph, ("classes", kind.type), partial(_read_classes, graph, kind)) for kind in (OFFERS, SEEKS)
    )
    links = []
    for mine, theirs in ((offered, sought), (sought, offered)):
        other = theirs.select("concept", other="unit", other_type="type")
        met = mine.filter(pl.col("unit") == unit.id).join(other, on="concept").join(wanted, on="other", how="semi")
        for row in met.join(names, on="concept").sort("other", "name", "concept").iter_rows(named=True):
            word = {"id": row["concept"], "label": Concept.label, "name": row["name"]}
            between = (_tie(row["type"], True), word, _tie(row["other_type"], False))
            links.append(UnitLink(row["other"], "service", between, name=Said(row["name"], row["name"])))
    return links


def _read_classes(graph: Graph, kind: Relation) -> pl.DataFrame:
    """Return the classes of service of what units offer or seek, each once a unit: unit, concept, type."""
    about = open_relations(graph, ABOUT).select(thing="source", concept="target")
    things = open_relations(graph, kind).select(unit="source", thing="target", type=pl.lit(kind.type))
    return things.join(about, on="thing").select("unit", "concept", "type").unique()
