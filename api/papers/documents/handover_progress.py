"""移交进度表: what enterprises hand over to communities – supply and property, retired members – and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from api.papers.paper import Writing, paper
from api.papers.shown_rows import add_up, count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.handing_over import retiree_handovers, utility_handovers
from graph.state_vocabulary import DONE
from graph.texts import Said

_NOTHING_OPEN = ("", "无", "已解决", "没有")


@paper(Said("移交进度表", "progress of what is handed over"), "三供一业移交进度表", "离退休党员移交进度表")
def handover_progress(writing: Writing) -> Mapping[str, object]:
    """Return the handovers of both kinds with their progress, how many are done, and those with open issues."""
    works = write_things(writing.graph, writing.scope, utility_handovers)
    people = write_things(writing.graph, writing.scope, retiree_handovers)
    open_ = [row for row in works + people if str(row.cells.get("open_issues") or "") not in _NOTHING_OPEN]
    moved = {one.handover_id for one in writing.ask("handovers").rows if one.step == DONE}
    return {
        **_tell(writing, "works", works, ("households", "户"), moved),
        **_tell(writing, "people", people, ("headcount", "人"), moved),
        "n_open": count_rows(writing, open_),
        "members": add_up(writing, people, "party_members", "人"),
    }


def _tell(
    writing: Writing, name: str, rows: list[WrittenRow], counted: tuple[str, str], moved: Set[str]
) -> dict[str, Any]:
    """Return the rows of one kind of handover, and how many and how much there is in all, handed over, and left."""
    done = [row for row in rows if row.values["id"] in moved]
    parts = {name: rows, f"done_{name}": done, f"left_{name}": [row for row in rows if row not in done]}
    shown = show_rows(writing, rows, utility_handovers, retiree_handovers)
    return {
        name: [one | {"moved": _say_when(row, row in done)} for one, row in zip(shown, rows, strict=True)],
        **{f"n_{part}": count_rows(writing, some) for part, some in parts.items()},
        **{f"sum_{part}": add_up(writing, some, *counted) if some else "" for part, some in parts.items()},
    }


def _say_when(row: WrittenRow, is_done: bool) -> str:
    day = row.cells.get("day")
    return str(day or "已移交，日期未登记") if is_done else f"未移交（计划 {day}）" if day else "未移交"
