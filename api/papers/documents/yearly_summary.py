"""年度小结: a year of the ten headings in figures, each with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from api.papers.paper import Writing, paper
from api.papers.shown_rows import add_up, count_rows, find_open_needs, part_over
from api.papers.written_register import WrittenRow, write_things
from graph.kinds import Register
from graph.schema.assessing import observations, safety_stars
from graph.schema.brands import brand_honours, brands, honours
from graph.schema.conference import agenda_items, conference_members, meetings
from graph.schema.cooperation import activities, agreements
from graph.schema.courses import courses
from graph.schema.handing_over import retiree_handovers, utility_handovers
from graph.schema.posts import instructors, secondments
from graph.schema.projects import projects
from graph.schema.red_bases import red_bases
from graph.schema.resources import needs, offers, uses, venues
from graph.schema.supervision import action_items, case_statistics, follow_ups, visits
from graph.schema.volunteers import volunteer_needs
from graph.schema.wishes import wishes
from graph.texts import Said
from queries.answers.arguments import Between

_Tell = Callable[[str, str], str]


@paper(Said("年度小结", "summary of a year"))
def yearly_summary(
    writing: Writing,
    *,
    year: Annotated[
        int | None,
        Between(1990, 2100),
        Said("哪一年，缺省为数据截至的那一年", "of which year; that of the data by default"),
    ] = None,
) -> Mapping[str, object]:
    """Return the figures of a year: what was held, done, signed and handed over in it, and what there is at its end."""
    told = year or (writing.graph.as_of or date.today()).year
    figures = _Figures(writing, told)
    return {"year": told, **figures.standing(), **figures.of_year(), **figures.sums()}


class _Figures:
    """Counts rows of registers, all of them or those of one year, each number with its footnote."""

    def __init__(self, writing: Writing, year: int) -> None:
        self.writing, self.year = writing, year

    def standing(self) -> dict[str, object]:
        """Return how many things of each kind there are."""
        asked: dict[str, tuple[str, tuple[Register, ...]]] = {
            "venues": ("处", (venues,)), "bases": ("处", (red_bases,)), "courses": ("门", (courses,)), "offers": ("项", (offers,)),
            "brands": ("个", (brands,)), "posts": ("个", (secondments, instructors)), "conferences": ("个", (conference_members,)),
        }  # fmt: skip
        return {name: count_rows(self.writing, self._all(*of), unit) for name, (unit, of) in asked.items()}

    def of_year(self) -> dict[str, object]:
        """Return how much was held, done or told in the year, by the day of each."""
        asked: dict[str, tuple[str, str, tuple[Register, ...]]] = {
            "meetings": ("次", "day", (meetings,)), "activities": ("场", "day", (activities,)), "observed": ("次", "day", (observations,)),
            "uses": ("次", "day", (uses,)), "visits": ("次", "day", (visits,)), "signed": ("份", "signed", (agreements,)),
            "projects": ("个", "start", (projects,)), "honours": ("项", "awarded", (honours, brand_honours)),
            "handed": ("项", "day", (utility_handovers, retiree_handovers)), "stars": ("个", "period", (safety_stars,)),
        }  # fmt: skip
        return {
            name: count_rows(self.writing, self._in_year(day, *of), unit) for name, (unit, day, of) in asked.items()
        }

    def sums(self) -> dict[str, object]:
        """Return what is added up or has to be judged: people who came, items closed, needs still open, appeals."""
        today = self.writing.graph.as_of
        items = self._all(action_items, follow_ups)
        closed, open_ = part_over(items, today)
        wanted = find_open_needs(self.writing, needs, wishes, volunteer_needs)
        cases = self._in_year("month", case_statistics)
        return {
            "agenda": count_rows(self.writing, self._all(agenda_items), "个"),
            "items": count_rows(self.writing, items), "closed": count_rows(self.writing, closed), "open": count_rows(self.writing, open_),
            "share": f"{len(closed) / len(items):.0%}" if items else "—",
            "people": add_up(self.writing, self._in_year("day", activities), "headcount", "人次"),
            "needs": count_rows(self.writing, wanted), "agreements": count_rows(self.writing, self._all(agreements), "份"),
            "cases": add_up(self.writing, cases, "count", "件"), "cases_closed": add_up(self.writing, cases, "closed", "件"),
        }  # fmt: skip

    def _all(self, *registers: Register) -> list[WrittenRow]:
        return write_things(self.writing.graph, self.writing.scope, *registers)

    def _in_year(self, day: str, *registers: Register) -> list[WrittenRow]:
        rows = self._all(*registers)
        return [row for row in rows if row.values[day] is not None and row.values[day].year == self.year]
