"""共驻共建协议（草案）: the parties, needs and what meets them, members in numbers, room for signatures.

Numbers of members are those that anybody may see (five or more, rounded down): the draft leaves the house.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from api.papers.paper import Writing, paper
from graph.errors import ArgumentError
from graph.texts import Said
from queries.matching.arrays import Cell
from queries.matching.needs import Asks
from queries.pairing.engine import Engine, open_engine
from queries.pairing.reasons import list_classes, tell_members, tell_skills
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.questions.cooperation.pair_history import SharedEvent
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.words.spoken import name_class

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_PAST = 20  # of what the two did together the latest are told
_SIGNATURES = ("（盖章）", "代表签字：＿＿＿＿＿＿＿＿", "日期：　　　　年　　月　　日")


@dataclass(frozen=True)
class Party:
    """One party of an agreement as its register has it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """What a draft says: the parties, (need, what meets it) of either, and sentences about the members."""

    parties: tuple[Party, Party]
    needs: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
    members: tuple[str, ...]


@paper(Said("共驻共建协议", "draft of a co-building agreement"), "协议草案", "共建协议")
def agreement_draft(
    writing: Writing,
    unit: Annotated[str, Said("一方：社区或企业", "one party: a community or an enterprise")],
    partner: Annotated[str, Said("另一方", "the other party")],
) -> Mapping[str, object]:
    """Return the parties, what each needs and the other offers for it, and what may be told of the members."""
    draft = make_draft(writing.graph, writing.scope.user, (unit, partner))
    past = [event for event in writing.ask("pair-history", unit=unit, other=partner).rows if _was_joint(event)]
    names = ("first", "second")
    return {
        **dict(zip(names, draft.parties, strict=True)),
        **{f"needs_of_{name}": pairs for name, pairs in zip(names, draft.needs, strict=True)},
        "members": draft.members,
        "past": [
            {
                "n": number,
                "day": str(event.day or "日期未登记"),
                "kind": str(event.kind),
                "text": str(event.text),
                "result": str(event.result),
                "source": writing.cite(event.records),
            }
            for number, event in enumerate(past[-MOST_PAST:], 1)
        ],
        "signatures": _SIGNATURES,
    }


def _was_joint(event: SharedEvent) -> bool:
    """Tell whether two units did something with or for each other: not only that both came to one meeting."""
    return event.happened and not {"联席会", "联席会议", "议题"} & set(str(event.kind).split("—"))


def make_draft(graph: Graph, user: str, units: tuple[str, str]) -> Draft:
    """Return what the draft of an agreement between a community and an enterprise says."""
    engine = open_engine(graph, Scope(user, "viewer"), ENTERPRISE_COMMUNITY)
    labels = (engine.spec.left, engine.spec.right)
    found = {
        unit.label: unit.id for unit in (find_unit(graph, name, map(graph.schema.entity, labels)) for name in units)
    }
    if set(found) != set(labels):
        reason = Said("应是一个社区和一家企业", "must be a community and an enterprise")
        raise ArgumentError(argument="UNIT", value="|".join(units), reason=reason)
    sides = engine.sides
    left, right = sides.left.places[found[labels[0]]], sides.right.places[found[labels[1]]]
    parties = (_party(sides.left.row(left)), _party(sides.right.row(right)))
    needs = (
        _met(engine, sides.asks, (left, right), found[labels[1]]),
        _met(engine, sides.asks_back, (right, left), found[labels[0]]),
    )
    return Draft(parties, needs, (tell_members(sides, left, right).zh, tell_skills(sides, left, right).zh))


def _party(row: Cell) -> Party:
    shown = (("统一社会信用代码", "uscc"), ("地址", "address"))
    return Party(row["name"], tuple(f"{zh}：{row[field]}" for zh, field in shown if row.get(field)))


def _name_offers(offers: Sequence[Cell], need: str, asks: Asks) -> dict[str, None]:
    """Return the classes of offers that serve a need, each once, as users read them."""
    serving = (offer["service"] for offer in offers if need in asks.answers.get(offer["service"], frozenset()))
    return dict.fromkeys(map(name_class, serving))


def _met(engine: Engine, asks: Asks, places: tuple[int, int], giver: str) -> tuple[tuple[str, str], ...]:
    """Return each need of one unit, in the words of its register, and what the other offers for it; each once."""
    offers = engine.sides.told.offers.of(giver)
    sides = engine.sides
    asking = sides.left.ids[places[0]] if asks is sides.asks else sides.right.ids[places[0]]
    own = sides.told.needs.of(asking)
    pairs = (
        (list_classes([need], own), "、".join(_name_offers(offers, need, asks)) or "（协商）")
        for need in asks.wanted(places[0])
    )
    return tuple(dict.fromkeys(pairs))
