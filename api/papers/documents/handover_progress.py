"""移交进度表: what enterprises hand over to communities – supply and property, retired members – and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.papers.paper import Writing, paper
from api.papers.shown_rows import add_up, count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.handing_over import retiree_handovers, utility_handovers
from graph.texts import Said

_NOTHING_OPEN = ("", "无", "已解决", "没有")


@paper(Said("移交进度表", "progress of what is handed over"), "三供一业移交进度表", "离退休党员移交进度表")
def handover_progress(writing: Writing) -> Mapping[str, object]:
    """Return the handovers of both kinds with their progress, how many are done, and those with open issues."""
    works = write_things(writing.graph, writing.scope, utility_handovers)
    people = write_things(writing.graph, writing.scope, retiree_handovers)
    open_ = [row for row in works + people if str(row.cells.get("open_issues") or "") not in _NOTHING_OPEN]
    return {
        **_tell(writing, "works", works, "households", "户"),
        **_tell(writing, "people", people, "headcount", "人"),
        "n_open": count_rows(writing, open_),
        "members": add_up(writing, people, "party_members", "人"),
    }


def _tell(writing: Writing, name: str, rows: list[WrittenRow], counted: str, unit: str) -> dict[str, Any]:
    done = [row for row in rows if row.values["day"] is not None]
    return {
        name: show_rows(writing, rows, utility_handovers, retiree_handovers),
        f"n_{name}": count_rows(writing, rows),
        f"done_{name}": count_rows(writing, done),
        f"sum_{name}": add_up(writing, rows, counted, unit),
    }
