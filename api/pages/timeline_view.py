"""The timeline of 联系: what an enterprise and a community had to do with each other, when it began and when it ended.

With both named, a lane is a kind of link; with the enterprise alone, a lane is a community. The drawing is a picture of the list below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.pages.cells import CellSource, list_sources
from api.pages.question_fields import make_form
from api.pages.visit import Visit
from api.rendering import entity_path, with_query
from graph.documents import Document
from graph.texts import Lang, Said
from queries.answers.catalogue import find_question

PAIR, HISTORY, LINKS = ("enterprise", "community"), "pair-history", "member-links"
MOST_LANES, MOST_LISTED = 16, 200
WIDE, LEFT, ROW, NEAR = 1000, 210, 28, 11  # of the drawing; marks nearer than NEAR are drawn as one with their number
LONGEST_LANE = 27  # of its name that a lane shows: a Latin letter takes 1, a Chinese character 2
BEGAN, ENDED, HAPPENED = Said("开始", "began"), Said("结束", "ended"), Said("发生", "took place")
ENDS, PLANNED = Said("将结束", "will end"), Said("计划或已取消", "planned or cancelled")


@dataclass(frozen=True)
class TimelineMark:
    """What is drawn in a lane: a point, or a bar from its first day to its last; `count` things that lie at one place."""

    x: float
    width: float
    look: str
    told: str
    href: str
    count: int = 1


@dataclass(frozen=True)
class TimelineLane:
    """A row of the drawing with its name, where that leads, and its marks."""

    name: str
    short: str
    href: str
    y: int
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True)
class TimelineEntry:
    """A line of the list: on which day what of which kind began, ended or took place, and the rows that say so."""

    day: str
    what: Said
    kind: str
    text: str
    href: str
    sources: tuple[CellSource, ...]


async def describe_timeline(visit: Visit) -> dict[str, Any] | None:
    """Return the drawing and the list for the units that the address names; None where it names no enterprise."""
    enterprise, community = (visit.asked.get(name, "") for name in PAIR)
    if not enterprise:
        return None
    if community:
        document = await visit.ask(HISTORY, unit=enterprise, other=community)
        events = [row | {"lane": row["kind"]} for row in document["rows"]]
        hrefs: Mapping[str, str] = {}
    else:
        rows = (await visit.ask(LINKS, enterprise=enterprise))["rows"]
        events = [_from_link(row["community"], link) for row in rows for link in row["timeline"]]
        hrefs = {r["community"]: with_query("/links", enterprise=enterprise, community=r["community"]) for r in rows}
    as_of = await visit.read(lambda graph: graph.as_of) or date.today()
    dated = [event for event in events if event["day"]]
    given = {name: visit.asked.get(name, "") for name in PAIR}
    return {
        "between": " — ".join(filter(None, given.values())), "form": make_form(find_question(LINKS), given, visit.lang),
        "drawn": _draw(dated, hrefs, as_of, visit.lang) if dated else None, "undated": len(events) - len(dated), "as_of": as_of,
        "entries": list(_list(dated, as_of))[:MOST_LISTED] if community else [],
    }  # fmt: skip


def _from_link(community: str, link: Document) -> Document:
    return {
        "day": link["date"], "until": None, "lane": community, "kind": "", "text": link["text"], "id": link["id"], "happened": True,
        "records": [],
    }  # fmt: skip


def _draw(events: Sequence[Document], hrefs: Mapping[str, str], as_of: date, lang: Lang) -> dict[str, Any]:
    """Return lanes, ticks and today's place of a drawing; of very many lanes the fullest."""
    lanes: dict[str, list[Document]] = {}
    for event in events:
        lanes.setdefault(event["lane"], []).append(event)
    shown = sorted(lanes, key=lambda name: -len(lanes[name]))[:MOST_LANES]
    days = [_day(event[name]) for event in events for name in ("day", "until") if event[name]]
    axis = _Axis(min(days), max([*days, as_of]))
    drawn = [
        TimelineLane(
            name, _shorten(name), hrefs.get(name, ""), ROW * n + ROW,
            tuple(_marks(lanes[name], axis, as_of, lang)),
        )
        for n, name in enumerate(name for name in lanes if name in shown)
    ]  # fmt: skip
    return {
        "lanes": drawn, "ticks": list(axis.ticks()), "today": axis.place(as_of),
        "height": ROW * (len(drawn) + 2), "wide": WIDE, "left": LEFT, "rest": len(lanes) - len(drawn),
    }  # fmt: skip


def _shorten(name: str) -> str:
    room = LONGEST_LANE
    for place, letter in enumerate(name):
        room -= 1 if letter.isascii() else 2
        if room < 0:
            return f"{name[:place]}…"
    return name


@dataclass(frozen=True)
class _Axis:
    """The days that a drawing spans."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return where a day lies, from the left."""
        span = max((self.last - self.first).days, 1)
        return round(LEFT + 14 + (WIDE - LEFT - 28) * (day - self.first).days / span, 1)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield the beginnings of years, or of quarters where there are few years, with their names."""
        years = self.last.year - self.first.year
        months = (1,) if years > 3 else (1, 4, 7, 10)
        every = max(1, years // 10)
        for year in range(self.first.year, self.last.year + 1):
            for month in months:
                day = date(year, month, 1)
                if self.first <= day <= self.last and year % every == 0:
                    yield self.place(day), f"{year}" if month == 1 else f"{year}-{month:02}"


def _marks(events: Iterable[Document], axis: _Axis, as_of: date, lang: Lang) -> Iterator[TimelineMark]:
    """Yield the bars of a lane, then its points; points that would lie over each other are one."""
    points: list[tuple[float, Document]] = []
    for event in sorted(events, key=lambda one: one["day"]):
        begins, until = _day(event["day"]), event["until"] and _day(event["until"])
        if not until:
            points.append((axis.place(begins), event))
            continue
        x = axis.place(begins)
        look = "planned" if not event["happened"] else "past" if until < as_of else "open"
        yield TimelineMark(
            x,
            round(max(axis.place(until) - x, 5), 1),
            look,
            f"{event['day']}—{event['until']} {_text(event)}",
            _href(event),
        )
    group: list[tuple[float, Document]] = []
    for x, event in [*points, (float("inf"), {})]:
        if group and x - group[0][0] > NEAR:
            yield _point(group, as_of, lang)
            group = []
        group.append((x, event))


def _point(group: Sequence[tuple[float, Document]], as_of: date, lang: Lang) -> TimelineMark:
    x, first = group[0]
    is_ahead = not first["happened"] or _day(first["day"]) > as_of
    told = ("；" if lang == "zh" else "; ").join(f"{event['day']} {_text(event)}" for _, event in group[:5])
    more = len(group) - 5
    rest = "" if more <= 0 else f"…… 另 {more} 项" if lang == "zh" else f" … {more} more"
    return TimelineMark(x, 0, "planned" if is_ahead else "point", told + rest, _href(first), len(group))


def _list(events: Iterable[Document], as_of: date) -> Iterator[TimelineEntry]:
    """Yield what began, ended and took place, the latest first."""
    found = []
    for event in events:
        begins = HAPPENED if not event["until"] else BEGAN
        found.append((event["day"], begins if event["happened"] else PLANNED, event))
        if event["until"]:
            found.append((event["until"], ENDED if _day(event["until"]) <= as_of else ENDS, event))
    for day, what, event in sorted(found, key=lambda one: one[0], reverse=True):
        yield TimelineEntry(day, what, event["kind"], _text(event), _href(event), list_sources(event["records"]))


def _text(event: Document) -> str:
    return str(event["text"] or event["kind"])


def _href(event: Document) -> str:
    return entity_path(event["id"]) if event["id"] else ""


def _day(text: str) -> date:
    return date.fromisoformat(text)
