"""Which action items concern which project: those that name it, and those of its parties that speak of the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from graph.names import map_unique, normalize
from graph.schema.assets import Project
from graph.schema.cooperation import LEADS, TAKES_PART_IN
from graph.schema.governance import ActionItem, AgendaItem
from graph.schema.projects import BENEFITS
from graph.schema.supervision import ASSIGNED_TO, RESULTED_IN
from queries.reading.entities import open_entities, open_relations, read_units

if TYPE_CHECKING:
    from graph.graph import Graph

PARTIES = (
    (LEADS, "source", "target", "lead"),
    (TAKES_PART_IN, "source", "target", "helps"),
    (BENEFITS, "target", "source", "benefits"),
)
SHORTEST = 4  # characters of a project's title, without its common ending, by which an item can name it
ALIKE = 75.0  # likeness (0 to 100) of an item and a project of the same unit from which on both are about the same
_ENDING = re.compile(r"(?:建设|改造|实施|惠民|民生|服务)?(?:项目|工程)$|[“”\"《》（）()\s]")
_ITEM = ("number", "name", "due", "progress", "issues", "status", "overdue")


def read_project_parties(graph: Graph) -> pl.DataFrame:
    """Return who has which part in which project: project, unit, name, part (lead, helps, benefits)."""
    names = read_units(graph).select("name", unit="id")
    parts = [
        open_relations(graph, kind).select(unit=unit, project=thing, label=f"{thing}_label", part=pl.lit(part))
        for kind, unit, thing, part in PARTIES
    ]
    found = pl.concat(parts).filter(pl.col("label") == Project.label).drop("label").unique()
    return found.join(names, on="unit").sort("project", "part", "name", "unit")


def read_project_items(graph: Graph, projects: pl.DataFrame) -> pl.DataFrame:
    """Return the action items that concern projects (id, title): project, item, its columns, and the units that answer for it."""
    items = open_entities(graph, ActionItem, *_ITEM).rename({"id": "item"})
    texts = _texts(graph, items)
    titles = projects.select("title", project="id").with_columns(stem=map_unique(projects["title"], _stem))
    pairs = pl.concat([_named(texts, titles), _by_party(graph, texts, titles)]).unique()
    return pairs.join(items, on="item").join(_responsible(graph), on="item", how="left").sort("project", "due", "item")


def _texts(graph: Graph, items: pl.DataFrame) -> pl.DataFrame:
    """Return what each item speaks of: its own words, and the issue of the agenda that it comes from."""
    agenda = open_entities(graph, AgendaItem, "name").select(source="id", agenda="name")
    raised = (
        open_relations(graph, RESULTED_IN)
        .join(agenda, on="source")
        .group_by(item="target")
        .agg(pl.col("agenda").sort().str.join(" "))
    )
    joined = items.select("item", "name").join(raised, on="item", how="left")
    text = joined.select("item", pl.concat_str("name", "agenda", separator=" ", ignore_nulls=True).alias("text"))
    return text.with_columns(map_unique(text["text"], lambda said: _ENDING.sub("", normalize(said))))


def _stem(title: str) -> str:
    return _ENDING.sub("", _ENDING.sub("", normalize(title)))


def _named(texts: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """Return the items whose text contains a project's title."""
    long = titles.filter(pl.col("stem").str.len_chars() >= SHORTEST)
    if long.is_empty():
        return pl.DataFrame(schema={"project": pl.String, "item": pl.String})
    found = texts.select(
        "item", stem=pl.col("text").str.extract_many(long["stem"].unique().to_list(), overlapping=True)
    )
    return found.explode("stem").drop_nulls().join(long, on="stem").select("project", "item")


def _by_party(graph: Graph, texts: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """Return the items of which a party of the project answers, and which speak of the same."""
    from rapidfuzz import fuzz  # start-up: only this question compares texts so

    units = open_relations(graph, ASSIGNED_TO).select(item="source", unit="target")
    both = (
        read_project_parties(graph).select("project", "unit").join(units, on="unit").select("project", "item").unique()
    )
    near = both.join(titles, on="project").join(texts, on="item")
    alike = [fuzz.partial_ratio(stem, text) >= ALIKE for stem, text in near.select("stem", "text").iter_rows()]
    long = near["stem"].str.len_chars() >= SHORTEST
    return near.filter(pl.Series(alike, dtype=pl.Boolean) & long).select("project", "item")


def _responsible(graph: Graph) -> pl.DataFrame:
    names = read_units(graph).select(target="id", responsible="name")
    held = open_relations(graph, ASSIGNED_TO).join(names, on="target").sort("source", "responsible")
    return held.group_by(item="source", maintain_order=True).agg(
        pl.col("responsible").unique(maintain_order=True).str.join("、")
    )
