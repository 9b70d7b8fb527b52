"""党员信息统计表: members by category, by unit, by skill and by where they live, in numbers that point at nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

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
def member_table(
    writing: Writing,
    *,
    compare: Annotated[
        date | None, Said("与哪一天比较，如 2025-12-31", "the day to compare with, such as 2025-12-31")
    ] = None,
) -> Mapping[str, object]:
    """Return a table for each way of grouping; groups of fewer than five are in none of them, whoever asks."""
    answers = {zh: writing.ask("member-statistics", by=by, compare=compare) for by, zh in _GROUPINGS.items()}
    remarks = {zh: [str(one) for one in answer.extra.get("remarks", ())] for zh, answer in answers.items()}
    shared = [one for one in next(iter(remarks.values())) if all(one in told for told in remarks.values())]
    tables: list[dict[str, Any]] = [
        {"name": zh, "rows": _show(writing, answer.rows), "remarks": [one for one in remarks[zh] if one not in shared]}
        for zh, answer in answers.items()
        if answer.rows
    ]
    return {
        "tables": tables,
        "remarks": shared,
        "compared": any(row["change"] for one in tables for row in one["rows"]),
    }


def _show(writing: Writing, rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "n": number, "group": row.group, "members": row.members, "change": str(row.change or ""),
            "source": writing.cite(row.records),
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
