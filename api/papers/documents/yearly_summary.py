"""年度小结: a year of the ten headings in figures, each beside the same time of the year before and with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from api.papers.paper import Writing, paper
from api.papers.shown_rows import add_up, count_rows, find_open_needs
from api.papers.written_register import WrittenRow, write_things
from graph.kinds import Register
from graph.schema.assessing import observations, safety_stars
from graph.schema.brands import brand_honours, brands, honours
from graph.schema.conference import agenda_items, meetings
from graph.schema.cooperation import activities, agreements
from graph.schema.courses import courses
from graph.schema.handing_over import retiree_handovers, utility_handovers
from graph.schema.notices import notices
from graph.schema.posts import instructors, secondments
from graph.schema.products import product_needs, products
from graph.schema.projects import projects
from graph.schema.property import idle_properties
from graph.schema.red_bases import red_bases
from graph.schema.resources import needs, offers, uses, venues
from graph.schema.supervision import action_items, case_statistics, follow_ups, visits
from graph.schema.volunteers import volunteer_needs
from graph.schema.wishes import wishes
from graph.texts import Said
from queries.answers.arguments import Between

NO_DATA = "无数据"
MOST_PAIRS = 5  # brands that are alike and named


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
    """Return the figures of a year, each beside those of the year before up to the same day, and what there is now."""
    until = writing.graph.as_of or date.today()
    told = year or until.year
    figures = _Figures(writing, _year(told, until), _year(told - 1, until, told))
    return {
        "year": told,
        "period": figures.now.text,
        **_tell_work(figures),
        **_tell_things(figures),
        **_tell_counts(figures),
    }


@dataclass(frozen=True)
class _Span:
    """A year, or of one that goes on the part that is past."""

    start: date
    end: date

    @property
    def text(self) -> str:
        """Return the span as a sentence has it."""
        whole = (self.end.month, self.end.day) == (12, 31)
        return f"{self.start.year}年" + ("" if whole else f"1月1日至{self.end.month}月{self.end.day}日")


def _year(year: int, until: date, running: int | None = None) -> _Span:
    """Return a year; where the data end within it, or within the one that it is compared with, up to that day of the year."""
    if until.year != (running or year):
        return _Span(date(year, 1, 1), date(year, 12, 31))
    days = min((until - date(until.year, 1, 1)).days, 364)
    return _Span(date(year, 1, 1), until if until.year == year else date(year, 1, 1) + timedelta(days=days))


class _Figures:
    """Counts rows of registers, all of them or those of a time, each number with its footnote."""

    def __init__(self, writing: Writing, now: _Span, before: _Span) -> None:
        self.writing, self.now, self.before = writing, now, before

    def all(self, *registers: Register) -> list[WrittenRow]:
        """Return every thing that registers tell of."""
        return write_things(self.writing.graph, self.writing.scope, *registers)

    def within(self, rows: list[WrittenRow], day: str, span: _Span) -> list[WrittenRow]:
        """Return the rows whose day lies in a time."""
        return [row for row in rows if row.values.get(day) is not None and span.start <= row.values[day] <= span.end]

    def there(self, unit: str, *registers: Register) -> str:
        """Return how many things there are: 33 处[7], or that nothing was loaded."""
        rows = self.all(*registers)
        return count_rows(self.writing, rows, unit) if rows else NO_DATA

    def done(self, unit: str, day: str, *registers: Register) -> str:
        """Return how many things the year brought, and the same time of the year before: 226 次[10]（上年同期 257 次[11]）."""
        rows = self.all(*registers)
        if not rows:
            return NO_DATA
        now, then = (count_rows(self.writing, self.within(rows, day, span), unit) for span in (self.now, self.before))
        then = f" {then}" if self._reach_back(rows, day) else "无记录"
        undated = [row for row in rows if row.values.get(day) is None]
        more = f"；另有 {count_rows(self.writing, undated, unit)}未登记日期" if undated else ""
        return f"{now}（上年同期{then}{more}）"

    def summed(self, name: str, unit: str, day: str, register: Register) -> str:
        """Return the sum of a number over the year, and over the same time of the year before."""
        rows = self.all(register)
        if not rows:
            return NO_DATA
        now, then = (add_up(self.writing, self.within(rows, day, span), name, unit) for span in (self.now, self.before))
        return f"{now}（上年同期{f' {then}' if self._reach_back(rows, day) else '无记录'}）"

    def _reach_back(self, rows: list[WrittenRow], day: str) -> bool:
        """Tell whether registers speak of the year before at all: where they begin later, nothing is known of it."""
        return any(row.values[day] <= self.before.end for row in rows if row.values.get(day) is not None)


def _tell_work(figures: _Figures) -> dict[str, object]:
    """Return what was held, done, signed and handed over in the year."""
    return {
        "meetings": figures.done("次", "day", meetings), "activities": figures.done("场", "day", activities),
        "people": figures.summed("headcount", "人次", "day", activities), "observed": figures.done("次", "day", observations),
        "uses": figures.done("次", "day", uses), "visits": figures.done("次", "day", visits),
        "signed": figures.done("份", "signed", agreements), "projects": figures.done("个", "start", projects),
        "honours": figures.done("项", "awarded", honours, brand_honours), "handed": figures.done("项", "day", utility_handovers),
        "retired": figures.done("项", "day", retiree_handovers), "stars": figures.done("个", "period", safety_stars),
        "cases": figures.summed("count", "件", "month", case_statistics),
        "cases_closed": figures.summed("closed", "件", "month", case_statistics), "notices": figures.done("条", "day", notices),
    }  # fmt: skip


def _tell_things(figures: _Figures) -> dict[str, object]:
    """Return how many things of each kind there are."""
    return {
        "venues": figures.there("处", venues), "bases": figures.there("处", red_bases), "courses": figures.there("门", courses),
        "offers": figures.there("项", offers), "brands": figures.there("个", brands), "agreements": figures.there("份", agreements),
        "secondments": figures.there("个", secondments), "instructors": figures.there("个", instructors),
        "idle": figures.there("处", idle_properties), "products": figures.there("项", products, product_needs),
        "agenda": figures.there("个", agenda_items),
    }  # fmt: skip


def _tell_counts(figures: _Figures) -> dict[str, object]:
    """Return what has to be judged or asked: members of conferences, items closed, Party members, needs still open, brands alike."""
    writing = figures.writing
    inside = [row for row in writing.ask("conference-members").rows if row.standing == "in"]
    then = [row for row in writing.ask("conference-members", as_of=figures.before.end).rows if row.standing == "in"]
    cited = writing.cite(one for row in inside for one in row.records)
    open_ = find_open_needs(writing, needs, wishes, volunteer_needs)
    return {
        "conference": f"{len(inside)} 家{cited}（上年同期 {len(then)} 家）" if inside else NO_DATA,
        "needs": count_rows(writing, open_) if figures.all(needs, wishes, volunteer_needs) else NO_DATA,
        "members": _tell_members(figures), **_tell_items(figures), **_tell_brands(figures),
    }  # fmt: skip


def _tell_items(figures: _Figures) -> dict[str, str]:
    """Return how many action items there are, by how they stand, and the share that is closed of those not called off."""
    told = {one.item_id: one.standing for one in figures.writing.ask("follow-ups", all=True).rows}
    rows = [row for row in figures.all(action_items, follow_ups) if row.values["id"] in told]
    if not rows:
        return dict.fromkeys(("items", "closed", "overdue", "share"), NO_DATA)
    by = {
        state: [row for row in rows if told[row.values["id"]] == state] for state in ("closed", "overdue", "called_off")
    }
    counted = len(rows) - len(by["called_off"])
    return {
        "items": count_rows(figures.writing, rows), "closed": count_rows(figures.writing, by["closed"]),
        "overdue": count_rows(figures.writing, by["overdue"]), "share": f"{len(by['closed']) / counted:.0%}" if counted else "—",
    }  # fmt: skip


def _tell_members(figures: _Figures) -> str:
    """Return the numbers of Party members by category, as anybody may see them, and what may be said of the year before."""
    answer = figures.writing.ask("member-statistics", by="category", compare=figures.before.end)
    if not answer.rows:
        return NO_DATA
    cited = figures.writing.cite(one for row in answer.rows for one in row.records)
    parts = (f"{row.group}党员约 {row.members} 人" + (f"（{row.change}）" if row.change else "") for row in answer.rows)
    late = [str(one) for one in answer.extra["remarks"] if "无法与" in str(one)]
    return "、".join(parts) + cited + "".join(f"；{one}" for one in late)


def _tell_brands(figures: _Figures) -> dict[str, str]:
    """Return the brands that are alike or could be merged, each pair with by what that is known."""
    rows = [row for row in figures.writing.ask("brands").rows if row.other]
    said = (
        f"“{row.brand}”（{row.unit}）与“{row.other}”（{row.other_unit}）{row.evidence}{figures.writing.cite(row.records)}"
        for row in rows[:MOST_PAIRS]
    )
    more = f"等 {len(rows)} 对" if len(rows) > MOST_PAIRS else ""
    return {"alike": "；".join(said) + more if rows else "未见名称、内涵相近的品牌" if figures.all(brands) else NO_DATA}
