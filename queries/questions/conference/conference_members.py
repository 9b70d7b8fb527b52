"""联席会有哪些成员单位？哪些企业、社区还没有加入？ Who belongs to the joint conference? Which enterprises and communities do not?

A unit belongs from the day of joining to the day of leaving; where the list gives no day, it belongs. Posts are those that serve the
unit or are open at it, never who holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.conference import MEMBER_OF_CONFERENCE
from graph.schema.governance import JointConference
from graph.schema.organizations import HAS_PARTY_ORGANIZATION, Community, Enterprise, PartyOrganization
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.contact_posts import read_contact_posts
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.meeting_records import belonged, find_conference, read_conference_members
from queries.reading.scope import Scope
from queries.reading.waiting_names import tell_waiting

if TYPE_CHECKING:
    from graph.graph import Graph

Standing = Literal["out", "left", "in"]
STANDING_WORDS: dict[str, Said] = {
    "out": Said("未加入", "no member"),
    "left": Said("已退出", "has left"),
    "in": Said("成员", "member"),
}


@dataclass(frozen=True)
class ConferenceMember:
    """A unit and its place in the joint conference, or that it has none."""

    unit_id: str
    unit: str = column("单位", "unit")
    kind: Said = column("类型", "kind")
    standing: Standing = column("成员情况", "membership", words=STANDING_WORDS)
    conference: str | None = column("联席会（分会）", "joint conference")
    role: str | None = column("成员身份", "role")
    since: date | None = column("加入时间", "since")
    until: date | None = column("退出时间", "until", "detail")
    party_organization: str | None = column("党组织", "Party organization")
    posts: str | None = column("联系岗位", "posts of contact")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.CONFERENCE_ROLL, mechanisms.DUTIES, mechanisms.RULES),
    phrases=Said(
        "联席会 成员单位；没有 加入 联席会；联席会 名册；联席会 单位 名单；谁 在 联席会；成员单位 有哪些；"
        "没有 进 联席会；联席会 成员",
        "conference members; not member of conference; who belongs conference",
    ),
)
def conference_members(
    graph: Graph,
    scope: Scope,
    *,
    conference: Annotated[
        str | None, Said("只看这个联席会或分会", "only this joint conference or branch of it")
    ] = None,
    area: InArea = None,
    as_of: Annotated[date | None, Said("看哪一天，如 2026-06-30", "on which day, such as 2026-06-30")] = None,
    missing: Annotated[
        bool, Said("只列未加入或已退出的企业、社区", "only enterprises and communities that are no members")
    ] = False,
) -> Answer[ConferenceMember]:
    """联席会有哪些成员单位？哪些还没有加入？ Who belongs to the joint conference, and who does not? Those who do not come last."""
    day = as_of or graph.as_of or date.today()
    ties = read_conference_members(graph, find_conference(graph, conference))
    ties = ties.filter(pl.col("since").is_null() | (pl.col("since") <= day)).with_columns(member=belonged(day))
    rows = _join_units(graph, ties).filter(is_within(graph, area, "unit"))
    if missing:
        rows = rows.filter(pl.col("standing") != "in")
    expected = rows.filter(pl.col("label").is_in([Enterprise.label, Community.label]))
    counts = dict(expected.unique("unit").group_by("standing").len().iter_rows())
    return Answer(
        [_row(graph, row) for row in rows.iter_rows(named=True)],
        extra={"as_of": day, "counts": counts, "summary": _summary(rows)} | tell_waiting(graph, ties),
        **_draw(rows),
    )


def _join_units(graph: Graph, ties: pl.DataFrame) -> pl.DataFrame:
    """Return every member, present or past, and every enterprise and community without a tie, with what each is known by."""
    units = read_units(graph).select(
        "label", unit="id", name="name", unit_load="load_id", unit_sheet="sheet", unit_row="row"
    )
    expected = units.filter(pl.col("label").is_in([Enterprise.label, Community.label]))
    tied = ties.join(units, on="unit")
    rows = pl.concat([tied, expected.join(ties, on="unit", how="anti")], how="diagonal_relaxed")
    # One who left and came back is a member, however many rows tell of it.
    rows = rows.sort("unit", "conference", "member", "since", descending=[False, False, True, True], nulls_last=True)
    rows = rows.unique(["unit", "conference"], keep="first", maintain_order=True)
    member = pl.col("member")
    standing = pl.when(member).then(pl.lit("in")).when(~member).then(pl.lit("left")).otherwise(pl.lit("out"))
    order = pl.col("standing").replace_strict({"in": 0, "left": 1, "out": 2}, return_dtype=pl.Int8)
    return (
        rows.with_columns(standing=standing)
        .join(_party_organizations(graph), on="unit", how="left")
        .join(_posts(graph), on="unit", how="left")
        .sort(order, "conference_name", "label", "name", nulls_last=True)
    )


def _party_organizations(graph: Graph) -> pl.DataFrame:
    """Return the highest Party organization of each unit, not one of retired or floating members: unit, party."""
    names = open_entities(graph, PartyOrganization, "name", "type").select("type", target="id", party="name")
    ties = open_relations(graph, HAS_PARTY_ORGANIZATION).select("target", unit="source").join(names, on="target")
    text = pl.concat_str("party", "type", ignore_nulls=True)
    rank = (
        pl.when(text.str.contains("离退休|流动")).then(3)
        .when(text.str.contains("委")).then(0)
        .when(text.str.contains("总支")).then(1)
        .otherwise(2)
    )  # fmt: skip
    ordered = ties.with_columns(rank=rank).sort("unit", "rank", pl.col("party").str.len_chars(), "party")
    return ordered.unique("unit", keep="first", maintain_order=True).select("unit", "party")


def _posts(graph: Graph) -> pl.DataFrame:
    """Return the posts through which a unit is in touch, as one text: unit, posts."""
    named = (
        pl.when(pl.col("post").str.contains(pl.col("kind"), literal=True))
        .then("post")
        .otherwise(pl.format("{}（{}）", "post", "kind"))
    )
    posts = read_contact_posts(graph).with_columns(named=named)
    return posts.group_by("unit", maintain_order=True).agg(
        posts=pl.col("named").unique(maintain_order=True).str.join("、")
    )


def _row(graph: Graph, row: FrameRow) -> ConferenceMember:
    kind = graph.schema.entity(row["label"])
    tied = row["conference"] is not None
    cell = row if tied else {**row, "load_id": row["unit_load"], "sheet": row["unit_sheet"], "row": row["unit_row"]}
    return ConferenceMember(
        unit_id=row["unit"], unit=row["name"], kind=Said(kind.zh, kind.en), standing=row["standing"],
        conference=row["conference_name"], role=row["role"], since=row["since"], until=row["until"],
        party_organization=row["party"], posts=row["posts"],
        records=[record_of(graph, cell, MEMBER_OF_CONFERENCE.type if tied else row["label"])],
    )  # fmt: skip


def _summary(rows: pl.DataFrame) -> Said:
    """Return the sentence that says how many enterprises and communities belong, and how many do not."""
    numbers: dict[str, int] = {}
    for name, label in (("e", Enterprise.label), ("c", Community.label)):
        units = rows.filter(pl.col("label") == label)
        inside = units.filter(pl.col("standing") == "in")["unit"].n_unique()
        numbers |= {f"{name}_in": inside, f"{name}_out": units["unit"].n_unique() - inside}
    return Said(
        "已加入：企业 {e_in} 家、社区 {c_in} 个；未加入或已退出：企业 {e_out} 家、社区 {c_out} 个",
        "members: {e_in} enterprises, {c_in} communities; not or no longer: {e_out} enterprises, {c_out} communities",
    ).fill(**numbers)


def _draw(rows: pl.DataFrame) -> Drawing:
    inside = rows.filter(pl.col("standing") == "in")
    things = {
        row["conference"]: (JointConference.label, row["conference_name"]) for row in inside.iter_rows(named=True)
    } | {row["unit"]: (row["label"], row["name"]) for row in rows.iter_rows(named=True)}
    return {
        "entities": [{"id": id, "label": label, "name": name} for id, (label, name) in things.items()],
        "relations": [
            {"source": row["unit"], "target": row["conference"], "type": MEMBER_OF_CONFERENCE.type}
            for row in inside.iter_rows(named=True)
        ],
    }
