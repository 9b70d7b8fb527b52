"""The sentences that say how two units are linked: one for each link, and one for all links of a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.texts import NOTHING, Said, join_said
from queries.answers.rows import USED

if TYPE_CHECKING:
    from graph.kinds import Entity, Relation, Schema

Step = dict[str, Any]
NAMED = 3  # names in the sentence for all links of a kind
# How the links of a kind are counted; all others are counted by the word for what joins the two.
COUNTED = {
    "agreement": Said("签订共驻共建协议 {n} 份", "agreements signed: {n}"),
    "activity": Said("曾共同开展活动 {n} 次", "activities held together: {n}"),
    "meeting": Said("曾共同参加会议 {n} 次", "meetings attended by both: {n}"),
    "venue": Said("{kind} {n} 处，共 {times} 次", "{kind}: {n}, {times} times in all"),
    "shared_venue": Said("曾先后借用同一场地 {n} 处", "venues that both used one after the other: {n}"),
    "joint_conference": Said("同为联席会成员单位 {n} 个", "joint conferences of which both are members: {n}"),
    "service": Said("供需相合 {n} 类", "classes of service that one offers and the other needs: {n}"),
}  # fmt: skip
_COUNTED_ELSE = Said("{kind} {n} 项", "{kind}: {n}")
_PLANNED = Said("尚在计划或已取消：{kind} {n} 项", "only planned, or cancelled: {kind}: {n}")
_LAST = Said("，最近一次为{day}", ", last on {day}")
_ON = Said("（{day}）", " ({day})")
_NAMES = Said("：{names}", ": {names}")
_AND_MORE = Said("等", " and others")
_BORROWS = Said("{guest}借用{owner}场地", "venues of {owner} used by {guest}")
_TIMES = Said("借用{n}次", "used it {n} times")
_QUOTED = Said("{kind}“{name}”", "{kind} “{name}”")
_NAMELESS = Said("{first}—{second}{month}{kind}", "{kind} of {first} and {second}{month}")


@dataclass(frozen=True)
class Joined:
    """A thing that joins two units: its kind, its name if it has one, and its day if that is known."""

    kind: Entity
    name: str | None
    day: date | None

    @property
    def code(self) -> str:
        """Return the word for its kind in JSON documents (action_item)."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.kind.label).lower()

    @property
    def word(self) -> Said:
        """Return the word for its kind in sentences."""
        return Said(self.kind.zh, self.kind.en)


@dataclass(frozen=True)
class UnitLink:
    """A link of a unit with another one: what lies between the two, its day, its name, and a sentence that says it.

    `kind` is a code for what lies between (activity, handover, agenda_item_meeting), `kind_word` its word. What is only planned or was
    cancelled has not `happened`. `times` is how often a resource was used.
    """

    other: str
    kind: str
    between: tuple[Step, ...]
    day: date | None = None
    name: Said | None = None
    text: Said | None = None
    kind_word: Said = NOTHING
    happened: bool = True
    times: int = 0


@dataclass(frozen=True)
class LinkGroup:
    """All links of one kind between two units: how many, from when to when, and a sentence that says it."""

    kind: str
    count: int
    first: date | None
    last: date | None
    text: Said


def say_day(day: date) -> Said:
    """Return a day as texts have it: 2024年5月1日, 2024-05-01."""
    return Said(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def word_of(joined: Sequence[Joined]) -> Said:
    """Return the word for the kind of a link: what lies between the two units."""
    return join_said([one.word for one in joined], "—", " – ")


def word_of_loan(guest: str, owner: str) -> Said:
    """Return the words for a kind of link in which one unit uses what is the other's."""
    return _BORROWS.fill(guest=guest, owner=owner)


def name_link(joined: Sequence[Joined], units: Sequence[tuple[str, str | None]]) -> Said:
    """Return what a link is called: the names of what lies between; what has no name is called by its two units and its month.

    `units` are (name, side) of the two: the first party of an agreement comes first.
    """
    return join_said([_name(one, units) for one in joined], "—", " – ")


def _name(one: Joined, units: Sequence[tuple[str, str | None]]) -> Said:
    if one.name:
        return Said(one.name, one.name)
    first, second = (name for name, _ in sorted(units, key=lambda unit: "甲乙丙丁".find((unit[1] or "丁")[:1])))
    month = Said(f" {one.day.year}年{one.day.month}月", f", {one.day:%Y-%m}") if one.day else Said(" ", "")
    return _NAMELESS.fill(first=first, second=second, month=month, kind=one.word)


def say_link(
    schema: Schema,
    joined: Sequence[Joined],
    units: Sequence[tuple[str, str | None]],
    parts: Sequence[tuple[str, str, int | None, str | None]],
) -> Said:
    """Return the sentence for one link; `parts` are the two units, each with its tie to what lies between, how often, and as what."""
    things = [_QUOTED.fill(kind=one.word, name=_name(one, units)) if one.name else _name(one, units) for one in joined]
    did = [
        Said("{unit}（{role}）", "{unit} ({role})").fill(unit=unit, role=_role(schema, type, times, role))
        for unit, type, times, role in parts
    ]
    return join_said([join_said(things, "—", " – "), join_said(did, "、", ", ")], "：", ": ")


def _role(schema: Schema, type: str, times: int | None, role: str | None) -> Said:
    """Return what a unit is to the thing between: the role that its row tells, else what the relation makes of it."""
    if type == USED:
        return _TIMES.fill(n=times)
    relation = schema.relation(type)
    words = relation.unit_is or Said(relation.zh, relation.en)
    return Said(role or str(words), words.en)


def say_direct(relation: Relation, source: str, target: str) -> Said:
    """Return the sentence for a relation of two units with nothing between."""
    return Said(f"{relation.zh}：{source} → {target}", f"{relation.en}: {source} → {target}")


def group_links(links: Sequence[UnitLink]) -> list[LinkGroup]:
    """Return links by kind, in the order in which the kinds first come; what has not come about is counted apart."""
    kinds: dict[tuple[str, Said, bool], list[UnitLink]] = {}
    for link in links:
        kinds.setdefault((link.kind, link.kind_word, link.happened), []).append(link)
    return [_group(found) for found in kinds.values()]


def _group(found: Sequence[UnitLink]) -> LinkGroup:
    days = sorted(link.day for link in found if link.day)
    return LinkGroup(
        found[0].kind, len(found), days[0] if days else None, days[-1] if days else None, _say_group(found, days)
    )


def _say_group(found: Sequence[UnitLink], days: Sequence[date]) -> Said:
    one = found[0]
    if len(found) == 1 and one.text and one.happened and one.kind not in COUNTED:
        return join_said([one.text, _ON.fill(day=say_day(days[-1])) if days else NOTHING], "", "")
    form = COUNTED.get(one.kind, _COUNTED_ELSE) if one.happened else _PLANNED
    said = form.fill(n=len(found), kind=one.kind_word, times=sum(link.times for link in found))
    names = list(dict.fromkeys(link.name for link in found if link.name))
    told = join_said([join_said(names[:NAMED], "、", ", "), _AND_MORE if len(names) > NAMED else NOTHING], "", "")
    once = len(found) == 1 and one.times <= 1
    dated = (_ON if once else _LAST).fill(day=say_day(days[-1])) if days else NOTHING
    return join_said(
        [said, dated, _NAMES.fill(names=told) if names else NOTHING], "", ""
    )  # fmt: skip
