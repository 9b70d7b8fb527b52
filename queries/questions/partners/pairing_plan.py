"""所有单位怎样结对最均衡？ One balanced pairing plan for all communities and enterprises.

Nobody who can have a partner goes without; of such plans the one with the largest total score. Capacities are places for new
partners: agreements in force are kept and never proposed again; `count_existing` lets them use up places. Pairs that were accepted
and await their agreement always use up places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypedDict

import numpy as np

from graph.documents import Document
from graph.errors import ArgumentError, UnknownUnitError
from graph.graph import Graph
from graph.shown import Shown
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import AtMost, Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import column
from queries.matching.arrays import FloatArray, IntArray
from queries.matching.plans.choosing import Options
from queries.pairing.engine import Engine, open_engine
from queries.pairing.explain import Reason
from queries.pairing.plan_changes import Changes
from queries.pairing.planning import KEEP_BONUS, Pair, Plan, Planner, Wishes
from queries.pairing.rules import REACH_KM, Reach
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.pairing.subgraph import Subgraph
from queries.reading.scope import Scope
from queries.reading.units import find_unit

PAIRS_OF_A_CITY = 10_000  # the most pairs of a plan made before that can be named
MOST_HOLDERS = 3  # units named as holding the places that somebody went without
MOST_SEARCHED = 100  # pairs of a plan made before whose units are looked for by name in vain
MOST_WITH_REASONS = 30  # pairs: with more, a picture shows who pairs with whom, without the reasons


EnterpriseCapacity = Annotated[
    int,
    Between(0),
    Said("一家企业最多新结几个社区", "how many new communities an enterprise takes at most"),
]
CommunityCapacity = Annotated[
    int,
    Between(0),
    Said("一个社区最多新结几家企业", "how many new enterprises a community takes at most"),
]
Demanded = Annotated[
    Sequence[str],
    Said("方案中必须有的结对，每对写成 A|B", "pairs that the plan has to hold, each written A|B"),
]
Forbidden = Annotated[
    Sequence[str],
    Said("方案中不得有的结对，每对写成 A|B", "pairs that the plan must not hold, each written A|B"),
]
Kept = Annotated[
    Sequence[str],
    AtMost(PAIRS_OF_A_CITY),
    Said(
        "先前方案中应尽量保留的结对，每对写成 A|B（命令行也可给出它的 plan.json）",
        "pairs of a plan made before that should stay, each written A|B (on the command line also its plan.json)",
    ),
]
KeepBonus = Annotated[
    float,
    Between(0, 1),
    Said(
        "其他结对合计要好多少，才能取代一个应保留的结对",
        "how much better rivals must be together to take the place of a kept pair",
    ),
]
LoadPenalty = Annotated[
    float,
    Between(0, 1),
    Said(
        "企业的第二个伙伴少计多少（第三个少计两倍，依此类推）",
        "what the second partner of an enterprise counts less (the third twice that, …)",
    ),
]
BothChoose = Annotated[
    bool,
    Said(
        "以双方各自看来的得分的调和平均计，而不只按社区一方",
        "count the harmonic mean of what a pair is worth to either side, not to the community alone",
    ),
]
CountExisting = Annotated[bool, Said("履行中的协议占用名额", "agreements in force use up places")]
Compared = Annotated[
    Sequence[str],
    AtMost(PAIRS_OF_A_CITY),
    Said(
        "用来比较的先前方案的结对，每对写成 A|B（命令行也可给出它的 plan.json）",
        "pairs of a plan made before to compare with, each written A|B (on the command line also its plan.json)",
    ),
]
Away = Annotated[
    Sequence[str],
    Said(
        "不参加的单位，以及没有它们时的变化（反过来看即它们加入时的变化）",
        "units that take no part, and what changes without them (read backwards: what changes when they join)",
    ),
]
Expected = Annotated[
    str | None,
    Said(
        "本以为会有的一对 A|B：被哪条规则排除，或名额被谁占用、硬要结对的代价",
        "a pair A|B that was expected: the rule against it, or who holds its places and what forcing it would cost",
    ),
]


@dataclass(frozen=True)
class PlannedPair:
    """A pair of the plan."""

    left_id: str = column("社区标识", "community id", show="hidden")
    left: str = column("社区", "community")
    right_id: str = column("企业标识", "enterprise id", show="hidden")
    right: str = column("企业", "enterprise")
    score: float = column("得分", "score")
    reasons: tuple[Reason, ...] = column("理由", "reasons", show="detail")


class Uncovered(TypedDict):
    """A community that took part in the plan and is without a partner, and why."""

    unit_id: str
    unit: str
    why: Said


@question(
    phrases=Said(
        "结对 方案；全区 结对 安排；统筹 结对；怎么 分配 结对 全区；整体 结对；全区 结对 最均衡；"
        "一家 企业 最多 社区；结对 统筹 一对一；全部 结对 安排",
        "pairing plan; assign partners; plan partners all; who pairs whom whole",
    )
)
def pairing_plan(  # noqa: PLR0913 -- a question's arguments are what its askers may say
    graph: Graph, scope: Scope, *,
    enterprise_capacity: EnterpriseCapacity = 2, community_capacity: CommunityCapacity = 1, must: Demanded = (),
    forbid: Forbidden = (), keep: Kept = (), keep_bonus: KeepBonus = KEEP_BONUS, load_penalty: LoadPenalty = 0.0,
    both_choose: BothChoose = False, count_existing: CountExisting = False, compare: Compared = (), without: Away = (),
    why_not: Expected = None, reach: Reach = REACH_KM,
) -> Answer[PlannedPair]:  # fmt: skip
    """所有单位怎样结对最均衡？ One balanced pairing plan for all communities and enterprises."""
    engine = open_engine(graph, scope, ENTERPRISE_COMMUNITY)
    read = _PairReader(graph, engine)
    kept, compared = read.earlier(keep), read.earlier(compare)
    wishes = Wishes(
        read.pairs("must", must), read.pairs("forbid", forbid), kept.pairs, read.units(without), keep_bonus, load_penalty, both_choose,
        reach,
    )  # fmt: skip
    asked = [read.pair("why_not", why_not)] if why_not is not None else []
    busy = _busy(engine, count_existing)
    places = (np.maximum(community_capacity - busy[0], 0), np.maximum(enterprise_capacity - busy[1], 0))
    planner, changes = Planner(engine, places, wishes), Changes(engine)
    plan = planner.make([*asked, *compared.pairs])
    told = _Teller(engine, places)
    rows = told.rows(plan)
    extra: Document = {
        "uncovered": told.uncovered(plan, busy[0], wishes.without),
        "accepted": [changes.name(pair) for pair in _accepted(engine)],
        "total": plan.total,
        "capacities": {"community": community_capacity, "enterprise": enterprise_capacity},
        "weights": engine.weights.as_dict(),
    }
    if keep or compare:
        extra["unknown_pairs"] = sorted({*kept.unknown, *compared.unknown})
    if compare:
        extra["comparison"] = changes.compare_with_earlier(compared.pairs, plan)
    if without:
        everybody = replace(planner, wishes=replace(wishes, without=frozenset())).make([*asked, *compared.pairs])
        extra["without"] = changes.compare(everybody.pairs, everybody.total, plan)
    for pair in asked:
        extra["why_not"] = changes.explain_absence(planner, plan, pair)
    return Answer(rows=rows, extra=extra, shown=_shown(engine, plan), **_picture(engine, plan))


def _busy(engine: Engine, count_existing: bool) -> tuple[FloatArray, FloatArray]:
    """Return how many places of each unit of the left and of the right side are used up before the plan."""
    sides = engine.sides
    left, right = np.divmod(sides.accepted.keys, max(1, len(sides.right)))
    waiting = (np.bincount(left, minlength=len(sides.left)), np.bincount(right, minlength=len(sides.right)))
    signed = sides.busy if count_existing else (np.zeros(len(sides.left)), np.zeros(len(sides.right)))
    return waiting[0] + signed[0], waiting[1] + signed[1]


def _accepted(engine: Engine) -> list[Pair]:
    sides = engine.sides
    left, right = np.divmod(sides.accepted.keys, max(1, len(sides.right)))
    return [(sides.left.ids[a], sides.right.ids[b]) for a, b in zip(left, right, strict=True)]


@dataclass(frozen=True)
class _Earlier:
    """Pairs of a plan made before, and those whose units the graph no longer holds."""

    pairs: frozenset[Pair]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class _PairReader:
    """Reads pairs and units as the asker writes them."""

    graph: Graph
    engine: Engine

    def pairs(self, argument: str, texts: Iterable[str]) -> frozenset[Pair]:
        """Return pairs written A|B, in either order, as (left id, right id)."""
        return frozenset(self.pair(argument, text) for text in texts)

    def earlier(self, texts: Iterable[str]) -> _Earlier:
        """Return pairs of a plan made before; a unit may be gone since."""
        known: set[Pair] = set()
        unknown: list[str] = []
        for text in texts:
            try:
                if len(unknown) < MOST_SEARCHED or self._by_id(text):
                    known.add(self.pair("keep", text))
                else:
                    unknown.append(text)
            except UnknownUnitError:
                unknown.append(text)
        return _Earlier(frozenset(known), tuple(unknown))

    def pair(self, argument: str, text: str) -> Pair:
        """Return one pair written A|B."""
        labels, by_id = (self.engine.spec.left, self.engine.spec.right), self._by_id(text)
        if by_id is not None:
            return by_id
        names = _split(text)
        if len(names) != 2 or not all(names):
            raise ArgumentError(
                argument=argument, value=text, reason=Said("应写成 社区|企业", "must be written community|enterprise")
            )
        units = {
            unit.label: unit.id
            for unit in (find_unit(self.graph, name, map(self.graph.schema.entity, labels)) for name in names)
        }
        if set(units) != set(labels):
            raise ArgumentError(
                argument=argument,
                value=text,
                reason=Said("应是一个社区和一家企业", "must be a community and an enterprise"),
            )
        return units[labels[0]], units[labels[1]]

    def _by_id(self, text: str) -> Pair | None:
        names, sides = _split(text), self.engine.sides
        if len(names) == 2 and names[0] in sides.left.places and names[1] in sides.right.places:
            return names[0], names[1]
        return None

    def units(self, names: Iterable[str]) -> frozenset[str]:
        """Return the ids of units."""
        kinds = [self.graph.schema.entity(label) for label in (self.engine.spec.left, self.engine.spec.right)]
        return frozenset(find_unit(self.graph, name, kinds).id for name in names)


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.replace("｜", "|").split("|")]


@dataclass(frozen=True)
class _Teller:
    """Tells a plan: its rows, and who stays without a partner."""

    engine: Engine
    places: tuple[FloatArray, FloatArray]

    def rows(self, plan: Plan) -> list[PlannedPair]:
        """Return the rows of the answer, by community."""
        sides, chosen = self.engine.sides, plan.chosen
        lefts, rights = sides.left.units[chosen.left], sides.right.units[chosen.right]
        reasons = self.engine.explainer.explain(chosen.left, chosen.right)
        columns = (lefts["id"], lefts["name"], rights["id"], rights["name"], chosen.score.tolist(), reasons)
        return [PlannedPair(*row) for row in zip(*columns, strict=True)]

    def uncovered(self, plan: Plan, existing: FloatArray, without: frozenset[str]) -> list[Uncovered]:
        """Return the communities that took part and are without a partner, and why."""
        side, options = self.engine.sides.left, plan.options
        covered = set(plan.chosen.left.tolist())
        bare = [i for i, unit in enumerate(side.ids) if i not in covered and unit not in without and existing[i] == 0]
        order = np.lexsort((options.right, -options.score, options.left))
        starts, ends = (np.searchsorted(options.left[order], bare, end) for end in ("left", "right"))
        first = [options.right[order[a : min(b, a + MOST_HOLDERS)]] for a, b in zip(starts, ends, strict=True)]
        return [self._tell_bare(place, wished, plan.chosen) for place, wished in zip(bare, first, strict=True)]

    def _tell_bare(self, place: int, wished: IntArray, chosen: Options) -> Uncovered:
        """Return why one community stays without a partner: no place of its own, nobody to pair with, or who holds the places."""
        side = self.engine.sides.left
        if self.places[0][place] == 0:
            why = Said("名额为零", "it has no place for a partner")
        elif not len(wished):
            why = Said(
                "没有可结对的企业：均已有履行中的协议或被规则排除",
                "nobody to pair with: every enterprise has an agreement with it in force or is excluded by a rule",
            )
        else:
            held = self.engine.sides.right.units["name"].gather(wished)
            holders = np.unique(chosen.left[np.isin(chosen.right, wished)])
            names = side.units["name"].gather(holders[:MOST_HOLDERS]).to_list()
            by = Said(f"（由{'、'.join(names)}占用）", f" (held by {', '.join(names)})") if names else Said("", "")
            why = Said(
                f"企业名额不足：{'、'.join(held)}等的名额已满{by}",
                f"too few places: those of {', '.join(held)} and others are taken{by.en}",
            )
        return {"unit_id": side.ids[place], "unit": side.units["name"][place], "why": why}


def _shown(engine: Engine, plan: Plan) -> Shown:
    """Return the pairs of a plan for the log of what was shown: each is the one that the plan proposes, so all rank first."""
    chosen = plan.chosen
    return engine.shown(chosen.left, chosen.right, np.ones(len(chosen.left), np.int64))


def _picture(engine: Engine, plan: Plan) -> Drawing:
    drawn, chosen = Subgraph(engine.sides), plan.chosen
    for left, right in zip(chosen.left.tolist(), chosen.right.tolist(), strict=True):
        drawn.add_pair(left, right, reasons=len(chosen.left) <= MOST_WITH_REASONS)
    return drawn.as_dict()
