"""这个数字数的是哪些？ Which things does a number of the overview count? Each by its name and where it lies; people are never listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph.errors import ArgumentError
from graph.names import normalize
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import kind_names, open_entities, record_of, shown_name
from queries.reading.scope import Scope
from queries.reading.tallies import Tally, read_tallies
from queries.reading.units_of import keep_within, name_streets

if TYPE_CHECKING:
    from graph.graph import Graph

_PEOPLE = Said("这是人数，不列名单", "it is a number of people, who are not listed")


@dataclass(frozen=True)
class CountedThing:
    """A thing that a number of the overview counts."""

    id: str
    label: str
    kind: str = column("类别", "kind")
    name: str = column("名称", "name")
    streets: str = column("街道", "subdistrict")
    number: int = column("数量", "number", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(phrases=Said("数的是 哪些；数字 明细；这个 数字 明细", "which things counted; list behind"))
def figure(
    graph: Graph,
    scope: Scope,
    figure: Annotated[
        str, Said("总览中的项目，如 企业、闲置未用", "a figure of the overview, such as enterprise or unused")
    ],
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几项", "at most so many")] = 100,
) -> Answer[CountedThing]:
    """总览中的这个数字数的是哪些？ Which things does a number of the overview count?"""
    tally = find_tally(graph, figure)
    if tally.guarded:
        raise ArgumentError(argument="figure", value=figure, reason=_PEOPLE)
    if tally.things is None:
        return Answer([], extra={"note": tally.note})
    things = keep_within(graph, tally.things, list_units(graph, area) if area else None)
    named = things.join(_names(graph, things), on=["id", "label"], how="left").sort("label", "name", "id")
    streets, kinds = name_streets(graph, things), kind_names(graph)
    rows = [
        CountedThing(
            row["id"], row["label"], kinds[row["label"]], row["name"], "、".join(streets.get(row["id"], ())), row["number"],
            [record_of(graph, row)],
        )
        for row in named.head(limit).iter_rows(named=True)
    ]  # fmt: skip
    return Answer(rows, truncated=named.height > limit, extra={"number": int(things["number"].sum())})


def find_tally(graph: Graph, name: str) -> Tally:
    """Return the tally of this name in either language; ArgumentError names those that there are."""
    asked = normalize(name)
    tallies = read_tallies(graph)
    for tally in tallies:
        if asked in {normalize(str(tally.name)), normalize(tally.name.en)}:
            return tally
    known = Said("、".join(str(t.name) for t in tallies), ", ".join(t.name.en for t in tallies))
    raise ArgumentError(
        argument="figure", value=name, reason=Said("可用的：{known}", "known: {known}").fill(known=known)
    )


def _names(graph: Graph, things: pl.DataFrame) -> pl.DataFrame:
    """Return the names of things, and the rows of files they come from."""
    parts = []
    for label in things["label"].unique().sort():
        kind = graph.schema.entity(label)
        frame = open_entities(graph, kind, *kind.named_by, "day")
        parts.append(frame.select("id", "load_id", "sheet", "row", label=pl.lit(label), name=shown_name(frame, kind)))
    empty = {
        "id": pl.String,
        "load_id": pl.String,
        "sheet": pl.String,
        "row": pl.Int32,
        "label": pl.String,
        "name": pl.String,
    }
    return pl.concat([pl.DataFrame(schema=empty), *parts])
