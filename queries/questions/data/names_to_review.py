"""哪些名称还不知道指什么？ Which names stand for nothing known yet?

Units, venues and whatever else rows name: what loading could not place for sure, the most rows first, with what it may mean and
the decisions ready to be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from graph.names import cut_suffix
from graph.schema.organizations import Community, Enterprise, Institution, Subdistrict
from graph.shell_words import write_command
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.entities import open_entities, read_units, shown_name
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.problems import StoredProblem

WHY = {
    "unit.unknown": Said("没有这个名称", "no unit is called so"),
    "unit.ambiguous": Said("可能指多个单位", "may mean several"),
    "unit.masked": Said("名称被隐去", "the name was masked"),
    "resource.unknown": Said("没有这个场地、基地或事项", "no venue, base or matter is called so"),
    "resource.ambiguous": Said("可能指多处", "may mean several places"),
    "key.unsure": Said("可能是已知的几个中的一个", "may be one of several known"),
}
_BY_WORD = {"社区": Community, "村": Community, "街道": Subdistrict, "镇": Subdistrict}
_OFFICE_ENDS = ("局", "院", "校", "会", "所", "部", "办", "中心", "学", "馆", "园", "团")


@dataclass(frozen=True)
class NameToReview:
    """A name that stands for nothing known yet: how many rows wait for it, what it may mean, and the decisions that settle it."""

    name: str = column("名称", "name")
    rows: int = column("等待的行", "rows waiting")
    why: str = column("原因", "why", words=WHY)
    candidates: list[str] = column("可能是", "may be")
    candidate_ids: list[str] = column("编号", "ids", "hidden")
    commands: list[str] = column("决定", "decisions")
    places: list[dict[str, Any]] = column("位置", "places", "hidden")


@question(
    least="analyst",
    phrases=Said(
        "名称 核对；名称 认不出；名字 认不出；待认 名称；名字 对不上号；名称 没认出；单位名 认不出来；待确认 名字；"
        "地名 单位名 不认识；名字 对不上",
        "names to check; names unknown; unresolved names",
    ),
)
def names_to_review(
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None, Said("名称或其中一部分；不填则列出全部", "the name or a part of it; without it, all")
    ] = None,
    *,
    limit: Annotated[int, Between(1, 1000), Said("最多几个", "at most so many")] = 100,
) -> Answer[NameToReview]:
    """哪些名称还不知道指什么？ Which names stand for nothing known yet? With what each may mean and the decisions to take."""
    if graph.history is None:
        return Answer([])
    named = _known_names(graph)
    waiting = [p for p in graph.history.problems() if p["code"] in WHY and (not text or text in p["value"])]
    rows = [_review(told, named) for told in _by_name(waiting)]
    rows.sort(key=lambda row: (-row.rows, row.name))
    return Answer(
        rows[:limit], truncated=len(rows) > limit, extra={"names": len(rows), "rows_waiting": sum(r.rows for r in rows)}
    )


def _known_names(graph: Graph) -> dict[str, str]:
    """Return the names of whatever a row may name, by id."""
    found = dict(read_units(graph).select("id", "name").iter_rows())
    for kind in (e for e in graph.schema.entities if e.mention == "resolve" and not e.is_unit):
        frame = open_entities(graph, kind, *kind.named_by)
        found |= dict(frame.select("id", shown_name(frame, kind)).iter_rows())
    return found


def _by_name(problems: Iterable[StoredProblem]) -> list[list[StoredProblem]]:
    found: dict[tuple[str, str], list[StoredProblem]] = {}
    for problem in problems:
        found.setdefault((problem["value"], problem["code"]), []).append(problem)
    return list(found.values())


def _review(told: list[StoredProblem], named: Mapping[str, str]) -> NameToReview:
    details = [dict(p.get("details", ())) for p in told]
    name, why = told[0]["value"], told[0]["code"]
    proposed = [i for d in details for i in str(d.get("candidates") or "").split("|") if i in named]
    ids = list(dict.fromkeys(proposed))[:3]
    kinds = next((str(d["kinds"]).split("|") for d in details if d.get("kinds")), [])
    places = [{key: p.get(key) for key in ("file", "sheet", "row", "field")} for p in told]
    return NameToReview(
        name, sum(int(d.get("rows", 1)) for d in details), why, [named[i] for i in ids], ids, _commands(name, ids, kinds), places
    )  # fmt: skip


def _commands(name: str, ids: Iterable[str], kinds: Sequence[str]) -> list[str]:
    """Return the decisions that may be taken, ready for a shell: by id, since names may repeat; and that it is something new."""
    same = [write_command("decide", "same", name, i) for i in ids]
    kind = _likely_kind(name, kinds)
    return same + ([write_command("decide", "new", name, kind)] if kind else [])


def _likely_kind(name: str, kinds: Sequence[str]) -> str:
    """Return which of the kinds that may be meant a name looks like; '' where none may be new."""
    word = cut_suffix(name)[1]
    looks = _BY_WORD.get(word) or (Institution if name.endswith(_OFFICE_ENDS) and not word else Enterprise)
    return looks.label if looks.label in kinds else kinds[0] if kinds else ""
