"""哪些名称还不知道指哪个单位？ Which names stand for no unit yet?

What loading could not place for sure, the most rows first, with what it may mean and the decisions ready to be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from graph.shell_words import write_command
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.entities import read_units
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.problems import StoredProblem

WHY = {
    "unit.unknown": Said("没有这个名称", "no unit is called so"),
    "unit.ambiguous": Said("可能指多个单位", "may mean several"),
    "unit.masked": Said("名称被隐去", "the name was masked"),
}


@dataclass(frozen=True)
class NameToReview:
    """A name that stands for no unit yet: how many rows wait for it, and up to three units that it may mean."""

    name: str = column("名称", "name")
    rows: int = column("等待的行", "rows waiting")
    why: str = column("原因", "why", words=WHY)
    candidates: list[str] = column("可能是", "may be")
    candidate_ids: list[str] = column("编号", "ids", "hidden")
    commands: list[str] = column("决定", "decisions", "detail")
    places: list[dict[str, Any]] = column("位置", "places", "hidden")


@question
def names_to_review(
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None, Said("名称或其中一部分；不填则列出全部", "the name or a part of it; without it, all")
    ] = None,
    *,
    limit: Annotated[int, Between(1, 1000), Said("最多几个", "at most so many")] = 100,
) -> Answer[NameToReview]:
    """哪些名称还不知道指哪个单位？ Which names stand for no unit yet? With the units that each may mean and the decisions to take."""
    if graph.history is None:
        return Answer([])
    units = dict(read_units(graph).select("id", "name").iter_rows())
    waiting = [p for p in graph.history.problems() if p["code"] in WHY and (not text or text in p["value"])]
    rows = [_review(told, units) for told in _by_name(waiting)]
    rows.sort(key=lambda row: (-row.rows, row.name))
    return Answer(
        rows[:limit], truncated=len(rows) > limit, extra={"names": len(rows), "rows_waiting": sum(r.rows for r in rows)}
    )


def _by_name(problems: Iterable[StoredProblem]) -> list[list[StoredProblem]]:
    found: dict[tuple[str, str], list[StoredProblem]] = {}
    for problem in problems:
        found.setdefault((problem["value"], problem["code"]), []).append(problem)
    return list(found.values())


def _review(told: list[StoredProblem], units: Mapping[str, str]) -> NameToReview:
    details = [dict(p.get("details", ())) for p in told]
    name, why = told[0]["value"], told[0]["code"]
    proposed = [i for d in details for i in str(d.get("candidates") or "").split("|") if i in units]
    ids = list(dict.fromkeys(proposed))[:3]
    places = [{key: p.get(key) for key in ("file", "sheet", "row", "field")} for p in told]
    return NameToReview(
        name, sum(int(d.get("rows", 1)) for d in details), why, [units[i] for i in ids], ids, _commands(name, ids), places
    )  # fmt: skip


def _commands(name: str, ids: Iterable[str]) -> list[str]:
    """Return the decisions that may be taken, ready for a shell: by id, since names may repeat."""
    return [write_command("decide", "same", name, i) for i in ids]
