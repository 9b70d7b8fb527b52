"""平安星级评定公示: which units and compounds got how many stars, before it is final."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.assessing import safety_stars
from graph.texts import Said
from queries.answers.arguments import Between
from queries.reading.assessments import read_assessments

_STARS = ("五星", "四星", "三星", "二星", "一星")


@paper(Said("星级评定公示", "notice of star ratings"), "平安星级评定公示")
def star_notice(
    writing: Writing,
    *,
    year: Annotated[
        int | None, Between(1990, 2100), Said("哪一年度，缺省为最近一次", "of which year; the latest by default")
    ] = None,
    days: Annotated[int, Between(1, 60), Said("公示几天", "for how many days it is put up")] = 7,
) -> Mapping[str, object]:
    """Return the ratings of one year, the most stars first, with the number of each."""
    rows = [row for row in write_things(writing.graph, writing.scope, safety_stars) if row.values["stars"] in _STARS]
    years = {row.values["period"].year for row in rows if row.values["period"]}
    shown = year or max(years, default=None)
    rows = [row for row in rows if (row.values["period"].year if row.values["period"] else None) == shown]
    rows = _name_in_full(writing, rows)
    rows.sort(key=lambda row: (-(row.values["score"] or 0), str(row.cells.get("subject") or "")))
    parts = {star: [row for row in rows if row.values["stars"] == star] for star in _STARS}
    told = [f"{star} {count_rows(writing, part, '个')}" for star, part in parts.items() if part]
    return {
        "year": f"{shown} 年度" if shown else "",
        "days": days,
        "rows": show_rows(writing, rows, safety_stars),
        "n_all": count_rows(writing, rows, "个"),
        "told": "，".join(told),
    }


def _name_in_full(writing: Writing, rows: list[WrittenRow]) -> list[WrittenRow]:
    """Return ratings with units under their full names: a list may call them by short ones, a public notice may not."""
    told = read_assessments(writing.graph).drop_nulls("unit_name").select("assessment", "unit_name")
    names = dict(told.iter_rows())
    return [replace(r, cells={**r.cells, "subject": names.get(r.values["id"]) or r.cells.get("subject")}) for r in rows]
