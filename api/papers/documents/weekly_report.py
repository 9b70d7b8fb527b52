"""督查周报: what meetings decided, by how it stands on the day of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.supervision import action_items, follow_ups
from graph.texts import Said
from queries.answers.arguments import Between
from queries.questions.conference.follow_ups import FollowUp
from queries.reading.action_items import ALERT_WORDS
from queries.reading.period import Period

LATELY = timedelta(days=7)


@paper(Said("督查周报", "weekly report on what meetings decided"))
def weekly_report(
    writing: Writing,
    *,
    days: Annotated[
        int, Between(1, 365), Said("多少天内到期算临近", "how many days ahead a deadline counts as near")
    ] = 30,
    period: Annotated[
        Period | None, Said("只看这段时间的会议定下的事项，如 2026Q2", "only what meetings of this time decided")
    ] = None,
) -> Mapping[str, object]:
    """Return overdue, near, other open, undated and lately closed items with where each comes from, and the numbers of them."""
    today = writing.graph.as_of or date.today()
    answer = writing.ask("follow-ups", all=True, period=period)
    told: dict[str, FollowUp] = {one.item_id: one for one in answer.rows}
    rows = [
        row for row in write_things(writing.graph, writing.scope, action_items, follow_ups) if row.values["id"] in told
    ]
    rows.sort(key=lambda row: (row.values["due"] or date.max, row.values["id"]))
    by = {
        name: [row for row in rows if told[row.values["id"]].standing == name]
        for name in ("overdue", "open", "undated")
    }
    closed, called_off = (
        [row for row in rows if told[row.values["id"]].standing == name] for name in ("closed", "called_off")
    )
    near = [row for row in by["open"] if (row.values["due"] or date.max) <= today + timedelta(days=days)]
    parts = {
        "overdue": by["overdue"],
        "near": near,
        "rest": [row for row in by["open"] if row not in near],
        "undated": by["undated"],
        "lately": [row for row in closed if (row.values["closed_at"] or date.min) > today - LATELY],
    }
    counts = {
        "all": rows,
        "closed": closed,
        "called_off": called_off,
        "open": [row for row in rows if row not in closed and row not in called_off],
        **parts,
    }
    return {
        "days": days,
        "rule": str(answer.extra["rule"]),
        "by_unit": "；".join(str(one) for one in answer.extra["by_unit"]),
        **{f"n_{name}": count_rows(writing, part) for name, part in counts.items()},
        **{name: _show(writing, part, told) for name, part in parts.items()},
    }


def _show(writing: Writing, rows: Sequence[WrittenRow], told: Mapping[str, FollowUp]) -> list[dict[str, Any]]:
    shown = show_rows(writing, rows, action_items, follow_ups)
    return [
        one
        | {"units": by.units or "", "helping": by.helping or "", "origin": by.meeting or "", "late": by.late or ""}
        | {"alert": ALERT_WORDS[by.warning] if by.warning else ""}
        for one, by in zip(shown, (told[row.values["id"]] for row in rows), strict=True)
    ]
