"""哪些共享资源闲置？该给谁用？ Which shared resources lie idle, and who should use them?

Five answers, never one. *unused*: a log of use is kept, and nothing shows a use in the period. *under_used*: fewer than six uses a
year and under 2 % of the offered hours. *no_record*: nobody logs it and nothing else shows a use, so it is unknown, not idle.
*withdrawn*: not to be had, no longer, not yet or not for now. *used*: the rest, also what has no log but had activities. A log is
kept when the register says so, or when the resource has logged uses at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.errors import ArgumentError
from graph.schema.assets import Course
from graph.schema.resources import OWNS, RedBase, Venue
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import SUGGESTED_TO, Record, column
from queries.pairing.resource_users import SuggestedUser, suggest_users
from queries.questions.resources.offered_use import CALLED, Taken, find_called, measure_offered
from queries.reading.area import AreaName, InArea, OfUnit, is_of, is_within, list_inside, list_units
from queries.reading.entities import read_units, record_of
from queries.reading.period import LAST_YEAR, Days, Period
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.reading.use import IDLE, MIN_SHARE, MIN_USES_A_YEAR, STATUS_WORDS, Status, classify, measure

if TYPE_CHECKING:
    from graph.graph import Graph

# What a user may call all venues, and all bases; the first two are their names in both languages.
WHOLE = {
    Venue.label: ("场地", "venues", "场所", "场馆", "阵地", "venue"),
    RedBase.label: ("红色教育基地", "red education bases", "红色基地", "教育基地", "基地", "bases"),
}


CLOSED_UNTIL = Said(
    "登记的暂停期限到 {day}，之后可再安排使用", "closed until {day} as registered, to be had again after that"
)
CLOSED_BEFORE = Said(
    "登记的暂停期限 {day} 已过，请核实是否已恢复使用",
    "the closure registered until {day} is over: see whether it is to be had again",
)
CLOSED_IN_HOLIDAYS = Said(
    "登记写明寒暑假不开放，可开放小时未扣除寒暑假",
    "closed in the school holidays as registered; the hours offered still count them",
)


@dataclass(frozen=True)
class IdleResource:
    """A shared resource, how much it was offered and used in the period, and who might use it."""

    resource_id: str
    resource: str = column("资源", "resource")
    kind: str | None = column("类型", "kind")
    owner: str | None = column("产权单位", "owner")
    status: Status = column("状态", "status", words=STATUS_WORDS)
    evidence: str = column("依据", "evidence")
    hours_offered: int | None = column("可开放小时", "hours offered")
    hours_used: float | None = column("使用小时", "hours used")
    days_since_use: int | None = column("距上次使用（天）", "days since use")
    suggested_users: list[SuggestedUser] = column("可以给谁用", "who should use it")
    note: str | None = column("说明", "note", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.VENUES, mechanisms.VENUE_LOG),
    phrases=Said(
        "闲置 场地；闲置 资源；空闲 场地；场地 没人用；哪里 闲置；资源 没有 用；场地 没 用过；闲置 用 谁；"
        "资源 从来没人用；场地 没有 利用；场所 没有 使用 记录；资源 报上来 没有 用；会议室 闲置；物资 可借；"
        "物资 没有 领用；基地 没人去；场地 没有 借出；活动室 没有 用过；场地 睡大觉",
        "idle venues; unused resources; empty rooms; which resources idle who use",
    ),
)
def unused_resources(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    period: Annotated[
        Period,
        Said("看哪段时间，如 2025-07..2026-06 或 2025", "the time looked at, such as 2025-07..2026-06 or 2025"),
    ] = LAST_YEAR,
    kind: Annotated[
        str | None,
        Said(
            "只看这一类资源，如 会议室；也可填 场地、红色教育基地、物资、资金、师资、闲置房产",
            "only resources of this kind; also venues, bases, goods, funds, lecturers and idle property",
        ),
    ] = None,
    unit: OfUnit = None,
    never: Annotated[
        bool,
        Said(
            "只看期内没有一次使用的；没有使用登记的也列出，状态另标",
            "only what is not known to be used in the time",
        ),
    ] = False,
    all: Annotated[bool, Said("在用的也列出", "also those in use")] = False,
    min_uses: Annotated[
        float,
        Between(0),
        Said("一年少于几次算使用率低", "with fewer uses a year a resource counts as under-used"),
    ] = MIN_USES_A_YEAR,
    min_share: Annotated[
        float,
        Between(0, 1),
        Said("且使用时间不到开放时间的几成", "and with a smaller share of its offered hours than this"),
    ] = MIN_SHARE,
    limit: Annotated[int, Between(1, 5000), Said("最多几处", "at most so many")] = 200,
) -> Answer[IdleResource]:
    """哪些共享资源闲置未用？ Which shared resources lie idle, and who should use them? The idlest come first."""
    days = period.resolve(graph.as_of)
    statuses = ["unused", "no_record"] if never else [one for one in STATUS_WORDS if all or one != "used"]
    other = find_called(kind)
    if other:
        return _answer_offered(graph, scope, other, days, _list_owners(graph, area, unit), statuses)
    resources = measure(graph, days).pipe(classify, days, min_uses, min_share)
    _check_kind(resources, kind)
    chosen_by = is_within(graph, area, "owner_id") & is_of(graph, unit, "owner_id") & pl.col("status").is_in(statuses)
    every = resources.filter(chosen_by & (_is_of_kind(kind) if kind else pl.lit(True)))
    chosen = every.sort("order", -pl.col("hours_offered").fill_null(0), "id").head(limit)
    users, shown = suggest_users(graph, scope, chosen.filter(pl.col("status").is_in(IDLE)), resources, days)
    counts = dict(resources.group_by("status").len().sort("status").iter_rows())
    return Answer(
        [_row(graph, row, users.get(row["id"], []), days) for row in chosen.iter_rows(named=True)],
        truncated=every.height > limit,
        extra={"period": str(Period(days.start, days.end)), "counts": counts},
        shown=shown,
        **_network(graph, chosen, users),
    )


def _answer_offered(
    graph: Graph, scope: Scope, what: Said, days: Days, inside: set[str] | None, statuses: Sequence[str]
) -> Answer[IdleResource]:
    """Return the goods, funds, courses or property of some units that nobody took in the period, the idle ones first."""
    found = [
        (row, taken)
        for row, taken in measure_offered(graph, scope, what, days)
        if inside is None or row["owner_id"] in inside
    ]
    counts = Counter(taken.status for _, taken in found)
    order = list(STATUS_WORDS)
    shown = sorted((one for one in found if one[1].status in statuses), key=lambda one: order.index(one[1].status))
    rows = [_offered_row(graph, row, taken, what, days) for row, taken in shown]
    return Answer(rows, extra={"period": str(Period(days.start, days.end)), "counts": dict(sorted(counts.items()))})


def _list_owners(graph: Graph, area: AreaName | None, unit: str | None) -> set[str] | None:
    """Return the ids of the units in an area that are a unit or its Party organization; None for every unit."""
    parts = [
        *([] if area is None else [set(list_units(graph, area))]),
        *([] if unit is None else [set(list_inside(graph, find_unit(graph, unit).id))]),
    ]
    return set.intersection(*parts) if parts else None


def _offered_row(graph: Graph, row: FrameRow, taken: Taken, what: Said, days: Days) -> IdleResource:
    return IdleResource(
        resource_id=row["id"], resource=row["name"], kind=what, owner=row["owner"], status=taken.status, evidence=taken.evidence,
        hours_offered=None, hours_used=None, days_since_use=(days.end - taken.last).days if taken.last else None,
        suggested_users=[], note=None, records=[record_of(graph, row, row.get("label") or Course.label)],
    )  # fmt: skip


def _is_of_kind(kind: str) -> pl.Expr:
    """Tell whether a resource is of a kind as a user calls it: 会议室, or 场地 for every venue."""
    label = next((label for label, words in WHOLE.items() if kind.lower() in words), None)
    return pl.col("label") == label if label else pl.col("kind").str.contains(kind, literal=True).fill_null(False)


def _check_kind(resources: pl.DataFrame, kind: str | None) -> None:
    """Refuse a kind of which there is no resource, with the kinds that there are."""
    if (
        not kind
        or any(kind.lower() in words for words in WHOLE.values())
        or not resources.filter(_is_of_kind(kind)).is_empty()
    ):
        return
    own = resources["kind"].drop_nulls().unique().sort().to_list()
    groups = [*(Said(*words[:2]) for words in WHOLE.values()), *CALLED]
    raise ArgumentError(
        argument="kind", value=kind,
        reason=Said(
            f"没有这一类资源；可填：{'、'.join([*map(str, groups), *own])}",
            f"there is no resource of this kind; there are: {', '.join([*(one.en for one in groups), *own])}",
        ),
    )  # fmt: skip


def _row(graph: Graph, row: FrameRow, users: Sequence[SuggestedUser], days: Days) -> IdleResource:
    records = [record_of(graph, row)]
    if row["use_id"]:
        records.append(
            record_of(
                graph,
                {"id": row["use_id"], "load_id": row["use_load"], "sheet": row["use_sheet"], "row": row["use_row"]},
            )
        )
    logged = row["status"] != "no_record" and row["seen"] == 0 and (row["uses"] == 0 or row["timed"] > 0)
    return IdleResource(
        resource_id=row["id"],
        resource=row["name"],
        kind=row["kind"],
        owner=row["owner"],
        status=row["status"],
        evidence=_evidence(row),
        hours_offered=None if row["hours_offered"] is None else round(row["hours_offered"]),
        hours_used=round(row["hours"], 2) if logged else None,
        days_since_use=row["days_since_use"],
        suggested_users=list(users),
        note=_note(row, days),
        records=records,
    )


def _evidence(row: FrameRow) -> Said:
    """Say by what the status is known: entries of a log, activities, or what the register says."""
    if row["status"] == "withdrawn":
        return Said(f"登记表写明“{row['registered']}”", f"the register says “{row['registered']}”")
    if row["status"] == "no_record":
        return Said("无使用登记，也未见活动", "no log of use, and no activity on record")
    log = Said(f"使用登记 {row['logged']} 次", f"{row['logged']} entries in the log")
    if not row["seen"]:
        return log if row["logged"] else Said("有使用登记，期内无记录", "a log is kept and has no entry in the period")
    held = Said(f"活动 {row['seen']} 次", f"{row['seen']} activities")
    return Said(f"{log}，{held}", f"{log.en}, {held.en}") if row["logged"] else held


def _note(row: FrameRow, days: Days) -> Said | None:
    """Say what a reader of the status must know besides, and which bookings lie ahead."""
    booked = Said("已有预订 {n} 次，最近一次 {day}", "{n} bookings ahead, the next on {day}")
    ahead = booked.fill(n=row["booked"], day=row["next_use"]) if row["booked"] else None
    told = [said for said in (_caution(row), _closing(row, days), ahead) if said]
    return join_said(told) if told else None


def _closing(row: FrameRow, days: Days) -> Said | None:
    """Say until when a resource is closed by plan, whether that day is past, and that it is closed in the school holidays."""
    if row["status"] == "withdrawn" and row["closed_until"]:
        past = row["closed_until"] <= days.end
        return (CLOSED_BEFORE if past else CLOSED_UNTIL).fill(day=row["closed_until"])
    return CLOSED_IN_HOLIDAYS if row["holidays_off"] else None


def _caution(row: FrameRow) -> Said | None:
    """Say what makes the status less than certain."""
    if row["stale"] and row["status"] == "unused":
        return Said(
            f"该单位所有场地的使用登记自{row['last'] or '更早'}起都已中断，可能是停止登记，而非无人使用",
            f"the log of all of this owner's resources has stopped (last entry {row['last'] or 'earlier'}): "
            "perhaps nobody logs, rather than nobody uses",
        )
    if row["status"] == "no_record":
        return Said("是否有人使用不明，请补使用登记", "whether it is used is unknown: a log of use should be kept")
    if row["status"] == "used" and not row["logged"]:
        return Said("使用登记中没有这些活动，次数可能不全", "the log has none of these activities; there may be more")
    untimed = row["logged"] - row["timed"]
    if untimed and row["status"] != "withdrawn":
        return Said(
            f"{row['logged']} 次使用登记中有 {untimed} 次只记了日期，时长不明，未计入使用小时",
            f"{untimed} of {row['logged']} logged uses have a day only; how long they took is unknown and not among the hours used",
        )
    return None


def _network(graph: Graph, chosen: pl.DataFrame, users: dict[str, list[SuggestedUser]]) -> Drawing:
    """Return what a picture of the answer shows: resources, their owners, and who should use them."""
    labels = dict(read_units(graph).select("id", "label").iter_rows())
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for row in chosen.select("id", "label", "name", "status", "owner_id", "owner").iter_rows(named=True):
        entities[row["id"]] = {"id": row["id"], "label": row["label"], "name": row["name"], "status": row["status"]}
        if row["owner"]:
            entities.setdefault(
                row["owner_id"], {"id": row["owner_id"], "label": labels[row["owner_id"]], "name": row["owner"]}
            )
            relations.append({"source": row["owner_id"], "target": row["id"], "type": OWNS.type})
        for user in users.get(row["id"], []):
            entities[user.unit_id] = {"id": user.unit_id, "label": labels[user.unit_id], "name": user.unit}
            relations.append({"source": row["id"], "target": user.unit_id, "type": SUGGESTED_TO})
    return {"entities": list(entities.values()), "relations": relations}
