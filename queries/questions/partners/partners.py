"""这个单位和谁结对最合适？ Which partner should a community or an enterprise pair with?

The best partners first, each with its score, how much is known (confidence), and reasons whose contributions add up to the score.
What is not known counts nothing, and units that reported nothing are named apart, not ranked – unless nobody reported anything.
Partners with an agreement in force are left out; `why_not` asks about one that is not among the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from graph.documents import Document
from graph.graph import Graph
from graph.schema.members import LIVES_IN
from graph.schema.organizations import Community, Enterprise, Institution
from graph.shell_words import write_command
from graph.shown import Shown
from graph.texts import Said, SaidKeys, text_keys
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import column
from queries.matching.arrays import IntArray, Side
from queries.matching.pairs import Limits, list_pairs
from queries.matching.score import Scored, score_as_chosen
from queries.pairing.engine import Engine, open_engine
from queries.pairing.explain import Reason, tell_basis
from queries.pairing.reasons import list_words, tell_accepted
from queries.pairing.rules import REACH_KM, Reach
from queries.pairing.specs import ENTERPRISE_COMMUNITY, WITH_INSTITUTIONS
from queries.pairing.subgraph import Subgraph
from queries.reading.member_places import tell_homeless, tell_unattached
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

MOST_SILENT = 100  # names of units that reported nothing in the JSON document
_TEMPLATE = write_command("template", "offers", output="资源清单.xlsx")
_SILENT = Said(
    "未报送资源清单、需求清单的单位 {n} 家，不参与排序：{names}。请其填报：{command}",
    "{n} units reported neither offers nor needs and are not ranked: {names}. Ask them to fill in: {command}",
)


@dataclass(frozen=True)
class Partner:
    """A proposed partner of the unit asked about."""

    unit_id: str = column("单位标识", "unit id", show="hidden")
    unit: str = column("单位", "unit")
    partner_id: str = column("伙伴标识", "partner id", show="hidden")
    partner: str = column("建议结对单位", "partner")
    rank: int = column("名次", "rank")
    score: float = column("得分", "score")
    confidence: float = column("把握", "confidence", show="hidden")
    basis: Said = column("依据", "what is known")
    chance: float | None = column("采纳机会", "chance of acceptance", show="hidden")
    reasons: tuple[Reason, ...] = column("理由", "reasons", show="detail")


class Silent(SaidKeys):
    """The units that reported nothing: how many, the first of them by name, and the sentence about them."""

    count: int
    units: list[str]


class Awaited(SaidKeys):
    """A partner that was accepted and awaits its agreement."""

    unit_id: str
    unit: str


@question(
    phrases=Said(
        "谁 结对 合适；和谁 结对；结对 推荐；合适 伙伴；谁 共建；结对 为什么；企业 共建 推荐；社区 结对 合适；"
        "企业 结对 合适；没有 结对 推荐；结对 理由；搭不搭 依据；配不配；适合 结对 吗；结对 牵线；社区 牵线 合适；"
        "结对 匹配度 最高；为什么 推荐 不是；伙伴 候选；找 伙伴；共建 对象",
        "who pair; best partner; recommend partner; pair why",
    )
)
def partners(  # noqa: PLR0913 -- a question's arguments are what its askers may say
    graph: Graph,
    scope: Scope,
    unit: Annotated[str, Said("社区或企业的名称或编号", "a community or an enterprise, by name or id")],
    *,
    k: Annotated[int, Between(1, 100), Said("最多几个伙伴", "how many partners")] = 5,
    why_not: Annotated[
        str | None,
        Said(
            "本以为会出现的伙伴：被哪条规则排除，或还差什么",
            "a partner that was expected: which rule excludes it, or what it would need",
        ),
    ] = None,
    partner_capacity: Annotated[
        int | None,
        Between(0),
        Said("履行中的协议已有这么多的伙伴不再列出", "leave out partners with so many agreements in force"),
    ] = None,
    reach: Reach = REACH_KM,
    institutions: Annotated[
        bool, Said("机关、学校、社会组织等也可作为伙伴", "offices, schools and associations may be partners, too")
    ] = False,
) -> Answer[Partner]:
    """这个单位和谁结对最合适？ Which partner should this community or enterprise pair with?"""
    engine = open_engine(graph, scope, WITH_INSTITUTIONS if institutions else ENTERPRISE_COMMUNITY)
    kinds = (Community, Enterprise, Institution) if institutions else (Community, Enterprise)
    asked = find_unit(graph, unit, kinds)
    choice = _Choice(engine, asked, _limits(engine, asked, partner_capacity, reach))
    ranked = choice.ranked()
    extra: Document = {"weights": engine.weights.as_dict(), "candidates": len(ranked)}
    extra["silent"] = choice.silent()
    extra["not_counted"] = choice.not_counted(graph, scope)
    extra["accepted"] = choice.accepted()
    extra["calibration"] = engine.calibration.as_dict() if engine.calibration else None
    if why_not is not None:
        extra["why_not"] = choice.why_not(
            find_unit(graph, why_not, kinds[1:] if choice.is_left else kinds[:1]), ranked, k
        )
    rows = choice.rows(ranked[:k])
    picture = choice.picture(ranked[:k])
    return Answer(rows=rows, truncated=len(ranked) > k, extra=extra, shown=choice.shown(ranked[:k]), **picture)


def _limits(engine: Engine, asked: UnitRef, partner_capacity: int | None, reach: float) -> Limits:
    if asked.label == engine.spec.left:
        return Limits(right_capacity=partner_capacity, reach_km=reach, heard="right")
    return Limits(left_capacity=partner_capacity, reach_km=reach, heard="left")


@dataclass(frozen=True)
class _Choice:
    """One unit and all that it may choose among; a single unit is compared with everybody, so nothing is missed."""

    engine: Engine
    asked: UnitRef
    limits: Limits

    @property
    def is_left(self) -> bool:
        return self.asked.label == self.engine.spec.left

    @property
    def own(self) -> Side:
        return self.engine.sides.left if self.is_left else self.engine.sides.right

    @property
    def partners(self) -> Side:
        return self.engine.sides.right if self.is_left else self.engine.sides.left

    def pair(self, partner: IntArray) -> tuple[IntArray, IntArray]:
        """Return the indices of left and right units for the unit asked about with each partner."""
        own = np.full(len(partner), self.own.places[self.asked.id], dtype=np.int64)
        return (own, partner) if self.is_left else (partner, own)

    def scored(self) -> Scored:
        """Return the scores of all partners that no rule excludes."""
        everybody = list_pairs(self.engine.sides, *self.pair(np.arange(len(self.partners))))
        return self.engine.score([everybody], self.limits, keep_all=True)

    def ranked(self) -> list[tuple[int, float, float]]:
        """Return (partner, score, confidence), the best first; of equals the smaller id."""
        found = self.scored()
        partner = found.right if self.is_left else found.left
        order = np.lexsort((partner, -found.score))  # places follow ids
        return [(int(partner[i]), float(found.score[i]), float(found.confidence[i])) for i in order]

    def rows(self, chosen: list[tuple[int, float, float]]) -> list[Partner]:
        """Return the rows of an answer for the best partners."""
        places = np.array([partner for partner, _, _ in chosen], dtype=np.int64)
        reasons = self.engine.explainer.explain(*self.pair(places))
        names, ids = self.partners.units["name"], self.partners.ids
        return [
            Partner(
                self.asked.id, self.asked.name, ids[place], names[place], rank, score, confidence, tell_basis(why),
                self.engine.chance(score), why,
            )
            for rank, ((place, score, confidence), why) in enumerate(zip(chosen, reasons, strict=True), start=1)
        ]  # fmt: skip

    def silent(self) -> Silent | None:
        """Return the possible partners that reported nothing; None where there are none."""
        places = np.flatnonzero(self.engine.sides.silent[1 if self.is_left else 0])
        if not len(places):
            return None
        names = self.partners.units["name"].gather(places).to_list()
        listed = list_words(names)
        told = _SILENT.fill(n=len(names), names=Said(listed, listed.replace("、", ", ")), command=_TEMPLATE)
        return {"count": len(names), "units": names[:MOST_SILENT], **text_keys(str(told), told.en)}

    def not_counted(self, graph: Graph, scope: Scope) -> Said:
        """Return how many members could not be counted for want of an employer or a home; nothing where there are none or too few."""
        if self.is_left:
            return tell_unattached(graph, scope, LIVES_IN, self.asked)
        return tell_homeless(graph, scope, self.asked)

    def shown(self, chosen: list[tuple[int, float, float]]) -> Shown:
        """Return the best partners for the log of what was shown."""
        left, right = self.pair(np.array([place for place, _, _ in chosen], dtype=np.int64))
        return self.engine.shown(left, right, np.arange(1, len(chosen) + 1))

    def picture(self, chosen: list[tuple[int, float, float]]) -> Drawing:
        """Return the entities and relations behind the reasons for the best partners."""
        drawn = Subgraph(self.engine.sides)
        drawn.add_unit(self.own, self.own.places[self.asked.id])
        for left, right in zip(*self.pair(np.array([place for place, _, _ in chosen], dtype=np.int64)), strict=True):
            drawn.add_pair(int(left), int(right))
        return drawn.as_dict()

    def accepted(self) -> list[Awaited]:
        """Return the partners that were accepted and await their agreement."""
        ends = np.divmod(self.engine.sides.accepted.keys, max(1, len(self.engine.sides.right)))
        own, other = ends if self.is_left else ends[::-1]
        found = other[own == self.own.places[self.asked.id]]
        told = tell_accepted(self.engine.sides, 0, 0)
        said = text_keys(told.zh, told.en)
        return [
            {"unit_id": self.partners.ids[place], "unit": self.partners.units["name"][place], **said}
            for place in found.tolist()
        ]

    def why_not(self, other: UnitRef, ranked: list[tuple[int, float, float]], k: int) -> Document:
        """Return why a partner is not among the first: the rule against it, or its rank and the smallest change that would help."""
        place = self.partners.places[other.id]
        left, right = self.pair(np.array([place], dtype=np.int64))
        told: Document = {"unit_id": other.id, "unit": other.name}
        against = self.engine.explainer.rule_against(int(left[0]), int(right[0]), self.limits)
        alone = score_as_chosen(self.engine.spec, self.engine.weights, list_pairs(self.engine.sides, left, right))
        told |= {"score": float(alone.score[0]), "confidence": float(alone.confidence[0])}
        if against is not None:
            return told | {"rank": None, "excluded": against, "text": against["text"], "text_en": against["text_en"]}
        rank = 1 + [partner for partner, _, _ in ranked].index(place)
        told |= {"rank": rank, "excluded": None, "reasons": self.engine.explainer.explain(left, right)[0]}
        if rank <= k:
            return told | text_keys(f"排第 {rank}，已在前 {k} 名之中", f"is number {rank}, among the first {k}")
        threshold = ranked[k - 1][1]
        change = self.engine.explainer.smallest_change(int(left[0]), int(right[0]), threshold, k)
        missing = change or text_keys("仅改变一项信号不足以入选", "no change of a single signal would be enough")
        said = text_keys(
            f"排第 {rank}，得分 {told['score']:.3f}，前 {k} 名至少 {threshold:.3f}。{missing['text']}",
            f"is number {rank} with {told['score']:.3f}; the first {k} have {threshold:.3f} or more; {missing['text_en']}",
        )
        return told | {"needed_score": threshold, "change": change} | said
