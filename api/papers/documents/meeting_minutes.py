"""会议纪要: when and where a meeting was held, who was there, what it discussed and decided, who answers for it until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from api.papers.paper import Writing, paper
from api.papers.shown_rows import cite_rows, show_rows
from api.papers.written_register import write_register, write_things
from graph.errors import ArgumentError
from graph.names import normalize
from graph.schema.conference import meetings
from graph.schema.supervision import action_items, follow_ups
from graph.texts import Said


@paper(Said("会议纪要", "minutes of a meeting"))
def meeting_minutes(
    writing: Writing,
    meeting: Annotated[str, Said("哪次会议，如 第一次联席会议", "which meeting, by its name")],
) -> Mapping[str, object]:
    """Return what is told of one meeting: its day and place, units present, items of its agenda, and what followed."""
    rows = write_register(writing.graph, meetings, writing.scope)
    names = list(dict.fromkeys(str(row.cells["name"]) for row in rows))
    meant = [name for name in names if normalize(meeting) in normalize(name)]
    exact = [name for name in meant if normalize(name) == normalize(meeting)]
    if len(chosen := exact or meant) != 1:
        known = "、".join(meant or names) or "—"
        raise ArgumentError(argument="meeting", value=meeting, reason=Said(f"可用的：{known}", f"known: {known}"))
    own = [row for row in rows if row.cells["name"] == chosen[0]]
    followed = [
        row
        for row in write_things(writing.graph, writing.scope, follow_ups, action_items)
        if normalize(str(row.cells.get("origin") or "")) == normalize(chosen[0])
    ]
    held = show_rows(writing, own[:1], meetings)[0]
    return {
        "meeting": held,
        "held": cite_rows(writing, own),
        "items": [one for one in show_rows(writing, own, meetings) if one["agenda"]],
        "followed": [
            one | {"units": one["lead"] or one["responsible"]}
            for one in show_rows(writing, followed, action_items, follow_ups)
        ],
    }
