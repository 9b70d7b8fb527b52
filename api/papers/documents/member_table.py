"""党员信息统计表: members by category, by unit, by skill and by where they live, in numbers that point at nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.papers.paper import Writing, paper
from graph.texts import Said

_GROUPINGS = {
    "category": "人员类别",
    "stage": "正式、预备",
    "unit": "所在单位",
    "branch": "所在党支部",
    "community": "居住社区",
    "skill": "特长",
}


@paper(Said("党员信息统计表", "numbers of members"), "党员统计表")
def member_table(writing: Writing) -> Mapping[str, object]:
    """Return a table for each way of grouping; groups of fewer than five are in none of them, whoever asks."""
    answers = {zh: writing.ask("member-statistics", by=by) for by, zh in _GROUPINGS.items()}
    tables = [{"name": zh, "rows": _show(writing, answer.rows)} for zh, answer in answers.items() if answer.rows]
    remarks = {str(one): None for answer in answers.values() for one in answer.extra.get("remarks", ())}
    return {"tables": tables, "remarks": list(remarks)}


def _show(writing: Writing, rows: Any) -> list[dict[str, object]]:
    return [
        {"n": number, "group": row.group, "members": row.members, "source": writing.cite(row.records)}
        for number, row in enumerate(rows, 1)
    ]
