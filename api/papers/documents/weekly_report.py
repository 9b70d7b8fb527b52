"""督查周报: what meetings decided, by how it stands on the day of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, part_over, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.supervision import action_items, follow_ups
from graph.texts import Said
from queries.answers.arguments import Between
from queries.questions.conference.follow_ups import FollowUp
from queries.reading.action_items import ALERT_WORDS, BLUE

LATELY = timedelta(days=7)


@paper(Said("督查周报", "weekly report on what meetings decided"))
def weekly_report(
    writing: Writing,
    *,
    days: Annotated[
        int, Between(1, 365), Said("多少天内到期算临近", "how many days ahead a deadline counts as near")
    ] = 30,
) -> Mapping[str, object]:
    """Return overdue, near, other open and lately closed items with where each comes from, and the numbers of them."""
    today = writing.graph.as_of or date.today()
    rows = sorted(write_things(writing.graph, writing.scope, action_items, follow_ups), key=_order)
    closed, open_ = part_over(rows, today)
    struck = [row for row in open_ if row.values["closed_at"] is not None]
    closed, open_ = closed + struck, [row for row in open_ if row not in struck]
    warned = {one.item_id: one for one in writing.ask("follow-ups", soon=days).rows}
    overdue = [row for row in open_ if (told := warned.get(row.values["id"])) and told.warning != BLUE]
    near = [row for row in open_ if (told := warned.get(row.values["id"])) and told.warning == BLUE]
    parts = {
        "overdue": overdue,
        "near": near,
        "rest": [row for row in open_ if row not in overdue and row not in near],
        "lately": [row for row in closed if (row.values["closed_at"] or date.min) > today - LATELY],
    }
    counts = {"all": rows, "closed": closed, "open": open_, **parts}
    return {
        "days": days,
        **{f"n_{name}": count_rows(writing, part) for name, part in counts.items()},
        **{name: _show(writing, part, warned) for name, part in parts.items()},
    }


def _due(row: WrittenRow) -> date:
    due: date | None = row.values["due"]
    return due or date.max


def _order(row: WrittenRow) -> tuple[date, str]:
    return _due(row), row.values["id"]


def _show(writing: Writing, rows: Sequence[WrittenRow], warned: Mapping[str, FollowUp]) -> list[dict[str, Any]]:
    shown = show_rows(writing, rows, action_items, follow_ups)
    told = [warned.get(row.values["id"]) for row in rows]
    return [
        one
        | {"units": one["lead"] or one["responsible"], "late": (by.late if by else None) or ""}
        | {"alert": ALERT_WORDS[by.warning] if by and by.warning else one["alert"]}
        for one, by in zip(shown, told, strict=True)
    ]
