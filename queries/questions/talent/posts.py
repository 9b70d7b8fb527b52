"""哪些岗位空着，哪些单位合适派人？ Which posts are open, and which units could fill them?

Posts for secondment, of Party-building instructors, chief service officers and volunteers. Never who holds one or might: only units.
Enterprises that no instructor is sent to are counted below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.organizations import Enterprise
from graph.schema.posts import OPEN_AT, SERVES, Post
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import SUGGESTED_TO, Record, column
from queries.pairing.engine import open_engine
from queries.pairing.specs import find_spec
from queries.pairing.suggested import Suggestion, suggest_best
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.as_registered import as_registered
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.scope import Scope
from queries.reading.topics import names_any
from queries.reading.unloaded import tell_unloaded
from queries.reading.vacancies import is_vacant, places_left

if TYPE_CHECKING:
    from graph.graph import Graph

INSTRUCTOR = "指导员"
COLUMNS = (
    "kind", "title", "duties", "requirements", "skills", "places", "taken", "term", "nominated_by", "selection", "times", "status",
)  # fmt: skip


@dataclass(frozen=True)
class OpenPost:
    """A post that seeks somebody, and the units that could send one."""

    post_id: str = column("岗位标识", "post id", show="hidden")
    post: str = column("岗位", "post")
    kind: str = column("类型", "kind")
    unit: str | None = column("设岗单位", "where")
    places: int | None = column("设岗人数", "places")
    left: int | None = column("还缺", "places left")
    requirements: Said = column("任职条件", "what is asked for")
    term: Said = column("期限", "term")
    status: Said = column("状态", "status")
    candidates: list[Suggestion] = column("合适的派出单位", "units that could send somebody")
    duties: str | None = column("职责", "duties", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(
        mechanisms.RETIRED_CADRES,
        mechanisms.SECONDMENTS,
        mechanisms.INSTRUCTORS,
    ),
    phrases=Said(
        "岗位 空；挂职 岗位；指导员 岗位；挂职 岗位 空缺；挂职 锻炼；党建指导员 派；岗位 缺人 推荐 单位；"
        "空缺 岗位 合适 单位；挂职 干部；缺 指导员；互派 岗位",
        "open posts; secondments",
    ),
)
def posts(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None,
        Said(
            "只看类型、名称、专业或条件中有这些字的岗位，可写几种，如 法律、财会",
            "only posts with these words in kind, title or demands; several may be given, parted by commas",
        ),
    ] = None,
    *,
    unit: OfUnit = None,
    area: InArea = None,
    k: Annotated[int, Between(0, 20), Said("每个岗位推荐几个单位", "how many units for each post")] = 3,
    limit: Annotated[int, Between(1, 500), Said("最多几个岗位", "at most so many posts")] = 50,
) -> Answer[OpenPost]:
    """哪些岗位空着，哪些单位合适派人？ Which posts are open, and which units could fill them?"""
    units = read_units(graph).select(owner_id="id", owner="name", owner_label="label")
    at = open_relations(graph, OPEN_AT).select(id="source", owner_id="target").sort("id", "owner_id")
    placed = at.unique("id", keep="first").join(units, on="owner_id", how="left")
    every = open_entities(graph, Post, *COLUMNS).join(placed, on="id", how="left")
    # A post that serves somebody is held, though its register has no column that says so.
    untold = pl.col("status").is_null() & pl.col("taken").is_null()
    held = untold & pl.col("id").is_in(open_relations(graph, SERVES)["source"].unique().implode())
    wanted = is_within(graph, area, "owner_id"), is_of(graph, unit, "owner_id")
    found = every.filter(is_vacant(), ~held, *wanted).with_columns(left=places_left())
    if text:
        skills = pl.col("skills").list.join("、")
        said = pl.concat_str("kind", "title", "requirements", skills, separator=" ", ignore_nulls=True)
        found = found.filter(names_any(said, text))
    chosen = found.sort("kind", "title", "id").head(limit)
    best, shown = (
        suggest_best(graph, open_engine(graph, scope, find_spec("post-unit")), chosen["id"].to_list(), k)
        if k
        else ({}, None)
    )
    rows = [_row(graph, row, best.get(row["id"], [])) for row in chosen.iter_rows(named=True)]
    extra = _tell_unserved(graph, every) | tell_unloaded(graph, Post)
    return Answer(rows, truncated=found.height > limit, shown=shown, extra=extra, **_draw(graph, rows, chosen))


def _row(graph: Graph, row: FrameRow, candidates: Sequence[Suggestion]) -> OpenPost:
    asked = "；".join(filter(None, ("、".join(row["skills"] or []), row["requirements"])))
    return OpenPost(
        post_id=row["id"], post=row["title"], kind=row["kind"], unit=row["owner"], places=row["places"], left=row["left"],
        requirements=as_registered(asked), term=as_registered(row["term"] or row["times"]),
        status=as_registered(row["status"]), candidates=list(candidates), duties=row["duties"],
        records=[record_of(graph, row, Post.label)],
    )  # fmt: skip


def _tell_unserved(graph: Graph, posts: pl.DataFrame) -> dict[str, Said]:
    """Return how many enterprises no instructor is sent to, where any instructors are on record."""
    instructors = posts.filter(pl.col("kind").str.contains(INSTRUCTOR))
    if instructors.is_empty():
        return {}
    served = open_relations(graph, SERVES).filter(pl.col("source").is_in(instructors["id"].implode()))["target"]
    without = open_entities(graph, Enterprise, "name").filter(~pl.col("id").is_in(served.implode())).height
    return (
        {
            "without_instructor": Said(
                f"没有党建指导员联系的企业 {without} 家", f"enterprises that no instructor is sent to: {without}"
            )
        }
        if without
        else {}
    )


def _draw(graph: Graph, rows: Sequence[OpenPost], chosen: pl.DataFrame) -> Drawing:
    labels = dict(read_units(graph).select("id", "label").iter_rows())
    owners = dict(chosen.select("id", "owner_id").iter_rows())
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for row in rows:
        entities[row.post_id] = {"id": row.post_id, "label": Post.label, "name": row.post}
        owner = owners[row.post_id]
        ties = [(one.unit_id, one.unit, SUGGESTED_TO) for one in row.candidates]
        if owner and row.unit:
            ties.append((owner, row.unit, OPEN_AT.type))
        for unit, name, type in ties:
            entities[unit] = {"id": unit, "label": labels[unit], "name": name}
            ends = (row.post_id, unit) if type == OPEN_AT.type else (unit, row.post_id)
            relations.append({"source": ends[0], "target": ends[1], "type": type})
    return {"entities": list(entities.values()), "relations": relations}
