"""议题汇总: the issues that units handed in for a meeting, as the secretariat lays them before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, show_rows
from api.papers.written_register import write_things
from graph.names import normalize
from graph.schema.conference import agenda_items
from graph.texts import Said


@paper(Said("议题汇总", "issues handed in for meetings"), "议题汇总表", "联席会议议题汇总")
def agenda_summary(
    writing: Writing,
    *,
    meeting: Annotated[str | None, Said("只列这次会议的议题", "only the issues of this meeting")] = None,
) -> Mapping[str, object]:
    """Return the issues with who raised them, what they ask and whether they are admitted."""
    rows = write_things(writing.graph, writing.scope, agenda_items)
    if meeting is not None:
        rows = [row for row in rows if normalize(meeting) in normalize(str(row.cells.get("meeting") or ""))]
    admitted = [row for row in rows if row.values["admitted"]]
    several = [row for row in rows if "、" in str(row.cells.get("unit") or "")]
    return {
        "meeting": meeting or "",
        "rows": show_rows(writing, rows, agenda_items),
        "n_all": count_rows(writing, rows, "个"),
        "n_admitted": count_rows(writing, admitted, "个"),
        "n_several": count_rows(writing, several, "个"),
    }
