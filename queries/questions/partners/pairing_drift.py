"""现用的权重还合适吗？ Do the weights of pairing still fit?

How the signals are spread today beside how they were when the weights in use were learned (for the weights that come with the product:
in the generated district on which they were proven), and how many of the recommendations that were shown were accepted, now and before.
The answer says plainly when the weights should be learned again; `shilian learn` does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from graph.decisions import ChosenWeights
from graph.documents import Document
from graph.texts import Said, SaidKeys, text_keys
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.matching.weights import load_weights
from queries.pairing.engine import Engine, open_engine
from queries.pairing.learning.acceptance import Rate, has_fallen, parse_rate, read_rates
from queries.pairing.learning.drift import (
    DRIFTED,
    MOVED,
    Profile,
    Spread,
    compare_profiles,
    drift_limit,
    parse_profile,
    profile_pairs,
    shipped_profile,
    write_profile,
)
from queries.pairing.learning.seen import read_seen
from queries.pairing.reasons import list_words
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.facts import read_facts
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

MATTERS = 0.05  # the least weight of a signal whose drift is a reason to learn again
Verdict = Literal["same", "moved", "too_few", "drifted", "elsewhere", "unknown"]
VERDICTS: Mapping[str, Said] = {
    "same": Said("没有变化", "as before"), "moved": Said("略有变化", "moved a little"), "drifted": Said("明显不同", "another spread"),
    "elsewhere": Said("与出厂样区不同", "unlike where they were proven"),
    "too_few": Said("单位太少，难说", "too few units to say"), "unknown": Said("无从比较", "nothing to compare with"),
}  # fmt: skip


@dataclass(frozen=True)
class SignalDrift:
    """One signal over all candidate pairs: how much is known of it and its mean, then and now, and how far apart the spreads are."""

    signal: str = column("信号标识", "signal id", show="hidden")
    name: Said = column("信号", "signal")
    weight: float = column("权重", "weight", digits=3)
    known_then: float | None = column("原已知", "known then")
    known: float = column("现已知", "known now")
    mean_then: float | None = column("原均值", "mean then", digits=3)
    mean: float = column("现均值", "mean now", digits=3)
    index: float | None = column("PSI", "PSI", digits=3)
    verdict: Verdict = column("判断", "verdict", words=VERDICTS)


@dataclass(frozen=True)
class _Then:
    """What the weights in use were proven on: the spread of the signals, the day, and the acceptance of the time, where on record."""

    profile: Profile | None
    day: date | None = None
    rate: Rate | None = None


@question(
    phrases=Said(
        "结对 指标 漂移；打分 走样；数据 漂移 结对；权重 还 准不准；打分 过时", "pairing drift; signals drifted"
    )
)
def pairing_drift(graph: Graph, scope: Scope) -> Answer[SignalDrift]:
    """现用的权重还合适吗？ Do the weights of pairing still fit? Today's signals beside those that the weights were proven on."""
    engine = open_engine(graph, scope, ENTERPRISE_COMMUNITY)
    then, now = _find_then(graph, engine), profile_pairs(engine.spec, engine.sides)
    # What an invented district was like is no earlier state of this one: it may differ, and nothing has drifted.
    unlike: Verdict = "drifted" if then.day else "elsewhere"
    rows = _compare(engine, then.profile, now, unlike)
    rate, earlier = read_rates(read_seen(graph, engine.spec, read_facts(graph)))
    before = then.rate if then.rate is not None and then.rate.shown else earlier
    drifted = [row for row in rows if row.verdict == "drifted" and row.weight >= MATTERS]
    extra: Document = {
        "weights": engine.weights.as_dict(),
        "since": then.day,
        "limit": drift_limit(then.profile, now) if then.profile else None,
        "again": bool(drifted) or has_fallen(before, rate),
        "acceptance": {"before": asdict(before), "now": asdict(rate)} | _tell_acceptance(before, rate),
        "profile": write_profile(now),
    }
    return Answer(rows=rows, extra=extra | _tell(then, drifted, has_fallen(before, rate)))


def _find_then(graph: Graph, engine: Engine) -> _Then:
    """Return what the weights in use were proven on: kept with their decision, or with the product."""
    if engine.weights == load_weights(engine.spec.weights):
        return _Then(shipped_profile())
    decisions = graph.history.decisions(ChosenWeights) if graph.history is not None else ()
    for one in reversed([one for one in decisions if one.pairing == engine.spec.name]):
        profile = parse_profile(one.signals) if one.signals else None
        rate = parse_rate(one.acceptance) if one.acceptance else None
        return _Then(profile, one.taken_on, rate)
    return _Then(None)


def _compare(engine: Engine, then: Profile | None, now: Profile, unlike: Verdict) -> list[SignalDrift]:
    rows = []
    limit, indexes = (drift_limit(then, now), compare_profiles(then, now)) if then else (0.0, {})
    for kind in engine.spec.signals:
        old: Spread | None = then.signals.get(kind.name) if then else None
        new, weight = now.signals[kind.name], engine.weights.by_signal[kind.name]
        index = indexes.get(kind.name)
        verdict = judge(index, limit)
        rows.append(
            SignalDrift(
                kind.name, Said(kind.zh, kind.en), weight, old.known if old else None, new.known, old.mean if old else None,
                new.mean, index, unlike if verdict == "drifted" else verdict,
            )
        )  # fmt: skip
    return rows


def judge(index: float | None, limit: float) -> Verdict:
    """Return the verdict on a signal's stability index: same, moved, drifted, too few units to tell, or unknown.

    Below `limit` chance alone may have brought a drift about.
    """
    if index is None:
        return "unknown"
    if index >= DRIFTED:
        return "drifted" if index >= limit else "too_few"
    return "moved" if index >= MOVED else "same"


def _tell(then: _Then, drifted: Sequence[SignalDrift], fell: bool) -> SaidKeys:
    """Return the sentence that says whether the weights should be learned again, and why."""
    names, names_en = list_words(row.name for row in drifted), list_words((row.name.en for row in drifted), ", ")
    if then.profile is None:
        return text_keys(
            "没有保存现用权重学成时的信号分布，无从比较",
            "how signals were spread when the weights were learned is not on record",
        )
    if then.day is None and not fell:
        return text_keys(
            "现用出厂权重，在合成街区上验证过，尚未按本地的结对学习；本地情况与样区不同不算变化。有 30 次结对后可以学习（shilian learn）",
            "the weights in use came with the product and were proven on an invented district; that it is unlike this one is no change."
            " With 30 pairings of your own, they can be learned (shilian learn)",
        )
    since = Said(f"自 {then.day} 启用以来", f" since {then.day}") if then.day else Said("", "")
    if drifted:
        why = Said(f"{names}的分布已明显不同", f"the spread of {names_en} has become another one")
    elif fell:
        why = Said("采纳率明显下降", "fewer of the recommendations are accepted")
    else:
        zh = f"权重仍然合适：{since}信号分布没有明显变化，不必重新学习"
        return text_keys(
            zh, f"the weights still fit:{since.en} no signal is spread otherwise; no need to learn them again"
        )
    return text_keys(
        f"权重应当重新学习（shilian learn）：{since}{why}",
        f"learn the weights again (shilian learn):{since.en} {why.en}",
    )


def _tell_acceptance(before: Rate, now: Rate) -> SaidKeys:
    if now.share is None:
        return text_keys("采纳率：还没有展示满 90 天的推荐", "acceptance: nothing was shown 90 days ago or earlier yet")
    zh = f"采纳率：{now.accepted}/{now.shown}（{now.share:.0%}）"
    en = f"acceptance: {now.accepted} of {now.shown} shown ({now.share:.0%})"
    if before.share is None:
        return text_keys(f"{zh}，没有更早的记录可比", f"{en}; nothing earlier to compare with")
    change = Said("明显下降", "clearly lower") if has_fallen(before, now) else Said("没有明显下降", "not clearly lower")
    return text_keys(
        f"{zh}，之前 {before.accepted}/{before.shown}（{before.share:.0%}）：{change}",
        f"{en}, before {before.accepted} of {before.shown} ({before.share:.0%}): {change.en}",
    )
