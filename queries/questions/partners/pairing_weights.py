"""以往的选择说明权重该怎么调？ What do the agreements that were made say about the weights of pairing?

The weights in use beside those that past choices teach, and the proof: learned from the older choices, judged on the newest quarter.
Pairs that were accepted are choices, pairs that were refused count against what they have; what people were shown is taken into account.
Nothing changes by asking; `shilian learn --apply` puts learned weights to use, as a decision that can be withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.documents import Document
from graph.texts import Said, SaidKeys, text_keys
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.matching.arrays import FloatArray
from queries.pairing.engine import open_engine
from queries.pairing.learning.choice_model import Choices, Learned, learn
from queries.pairing.learning.evaluation import Interval, interval, owners, ranks
from queries.pairing.learning.past_choices import join_choices, past_choices
from queries.pairing.learning.ranker import has_ranker, rank_by_trees
from queries.pairing.learning.seen import read_seen
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.facts import read_facts
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

FEWEST_FOR_TREES = 200  # choices up to which a ranker of trees is not even tried
FEWEST = 30  # choices below which the weights in use stay
HELD_OUT = 0.25  # share of the choices, the newest, on which learned weights must prove themselves
DIGITS = 4  # of a learned weight


@dataclass(frozen=True)
class SignalWeight:
    """The weight of one signal: in use, and as past choices teach it."""

    signal: str = column("信号标识", "signal id", show="hidden")
    name: Said = column("信号", "signal")
    weight: float = column("现用权重", "weight in use", digits=3)
    learned: float = column("学得权重", "learned weight", digits=3)
    change: float = column("变化", "change", digits=3)


@dataclass(frozen=True)
class WeightsProof:
    """How learned weights did on choices that they were not learned from: mean reciprocal rank, against the weights in use."""

    judged_on: int
    in_use: Interval
    learned: Interval
    gain: Interval

    @property
    def is_better(self) -> bool:
        """Tell whether the learned weights rank the partners chosen better than those in use: the 95 % interval of the gain is above 0."""
        return self.gain.low > 0


@question(
    phrases=Said(
        "结对 权重；学习 权重；打分 权重；权重 要不要 改；以前 选择 看重；各项 权重 调整",
        "pairing weights; learn weights",
    )
)
def pairing_weights(graph: Graph, scope: Scope) -> Answer[SignalWeight]:
    """以往的选择说明权重该怎么调？ What do the agreements that were made say about the weights of pairing?"""
    engine = open_engine(graph, scope, ENTERPRISE_COMMUNITY)
    signals, facts = engine.spec.signals, read_facts(graph)
    use = np.array([engine.weights.by_signal[kind.name] for kind in signals])
    seen = read_seen(graph, engine.spec, facts)
    windows = [choices for _, choices in past_choices(facts, engine.spec, scope.count, seen)]
    made = join_choices(windows, len(signals))
    proof = prove(windows, use)
    taught = learn(made, use) if proof is not None else Learned(use, 1.0)
    learned = round_weights(taught.weights) if proof is not None else use
    rows = [
        SignalWeight(kind.name, Said(kind.zh, kind.en), float(now), float(new), round(float(new - now), DIGITS))
        for kind, now, new in zip(signals, use, learned, strict=True)
    ]
    extra: Document = {
        "weights": engine.weights.as_dict(),
        "choices": len(made),
        "better": proof is not None and proof.is_better,
        "labels": count_labels(made, taught),
    }
    extra["proof"] = asdict(proof) if proof else None
    ranker = try_ranker(windows, use) if len(made) > FEWEST_FOR_TREES and has_ranker() else None
    extra["ranker"] = asdict(ranker) | {"better": ranker.is_better} if ranker else None
    return Answer(rows=rows, extra=extra | _tell(len(made), proof, ranker))


def count_labels(made: Choices, taught: Learned) -> Document:
    """Return how many past choices were pairings, pairings of shown pairs, shown pairs not taken, and refused pairs."""
    chosen, shown = made.chosen, made.shown
    from_shown, refused = int((chosen & shown).sum()), int(made.refused.sum())
    passed = int((shown & ~chosen & ~made.refused).sum())
    told: Document = {
        "made": len(made), "from_shown": from_shown, "share_from_shown": from_shown / len(made) if len(made) else None,
        "passed_over": passed, "refused": refused, "pull": float(np.exp(taught.pull)),
    }  # fmt: skip
    if not shown.any():
        return told | text_keys(
            "没有向这些单位展示或被其驳回的记录", "nothing is on record of what these units were shown or refused"
        )
    share = told["share_from_shown"] or 0.0
    zh = f"{len(made)} 次结对中 {from_shown} 次（{share:.0%}）是先展示过的；展示而未选 {passed} 对，驳回 {refused} 对"
    en = (
        f"of {len(made)} pairings {from_shown} ({share:.0%}) had been shown before; {passed} pairs were shown and passed over,"
        f" {refused} refused"
    )
    if taught.pull > 0:
        zh += f"；展示过的被选中的机会是未展示的 {told['pull']:.1f} 倍，已从权重中扣除"
        en += f"; being shown makes a pair {told['pull']:.1f} times as likely to be taken, which the weights leave out"
    return told | text_keys(zh, en)


def prove(windows: Sequence[Choices], use: FloatArray) -> WeightsProof | None:
    """Return how weights learned from the older windows do on the newest quarter of the choices; None where there are too few."""
    parts = split_by_time(windows, len(use))
    if parts is None:
        return None
    past, newest = parts
    return compare(newest, newest.values @ use, newest.values @ learn(past, use).weights)


def try_ranker(windows: Sequence[Choices], use: FloatArray) -> WeightsProof | None:
    """Return how much better a ranker of decision trees predicts the newest quarter of choices than the learned weights do.

    The figures `in_use` are then those of the learned weights.
    """
    parts = split_by_time(windows, len(use))
    if parts is None:
        return None
    past, newest = parts
    return compare(newest, newest.values @ learn(past, use).weights, rank_by_trees(past, newest))


def split_by_time(windows: Sequence[Choices], signals: int) -> tuple[Choices, Choices] | None:
    """Return the older choices and the newest quarter; None where there are too few, or all are of one window."""
    sizes = np.array([len(window) for window in windows])
    if sizes.sum() < FEWEST:
        return None
    older = int(np.searchsorted(np.cumsum(sizes), (1 - HELD_OUT) * sizes.sum(), "right"))
    older = min(max(older, 1), len(windows) - 1)
    if older < 1:
        return None
    return join_choices(list(windows[:older]), signals), join_choices(list(windows[older:]), signals)


def compare(newest: Choices, before: FloatArray, after: FloatArray) -> WeightsProof:
    """Return how high two scores rank the partners that were really chosen in the newest choices: 1 ÷ rank on average, and the gain.

    `before` and `after` hold a score for each pair that a chooser could have taken, by the weights in use and by learned ones.
    """
    owner, (first, second) = owners(newest), (1 / ranks(newest, scores) for scores in (before, after))
    return WeightsProof(len(newest), interval(first, owner), interval(second, owner), interval(second - first, owner))


def round_weights(weights: FloatArray) -> FloatArray:
    """Return weights with few digits that still add up to 1: what is left over goes to the largest."""
    rounded: FloatArray = np.round(weights, DIGITS)
    rounded[np.argmax(rounded)] += 1 - rounded.sum()
    return np.round(rounded, DIGITS)


def _tell(choices: int, proof: WeightsProof | None, ranker: WeightsProof | None) -> SaidKeys:
    if proof is None:
        zh = f"只有 {choices} 次有日期的结对（至少要 {FEWEST} 次、分在两个半年），不足以学习，权重不变"
        en = f"only {choices} dated pairings (at least {FEWEST}, in two half-years): too few to learn from; the weights stay"
        return text_keys(zh, en)
    verdict = (
        Said("学得的权重确实更好", "the learned weights are better")
        if proof.is_better
        else Said("看不出更好，建议不变", "no better as far as can be seen; keep those in use")
    )
    before, after, gain = proof.in_use.mean, proof.learned.mean, proof.gain
    zh = (
        f"由 {choices} 次结对学得；在最近 {proof.judged_on} 次上，平均倒数名次由 {before:.3f} 变为 {after:.3f}"
        f"（差 {gain.mean:+.3f}，95% 区间 {gain.low:+.3f} 至 {gain.high:+.3f}）：{verdict}"
    )
    en = (
        f"learned from {choices} pairings; on the newest {proof.judged_on} the mean reciprocal rank goes from {before:.3f} to"
        f" {after:.3f} (difference {gain.mean:+.3f}, 95 % interval {gain.low:+.3f} to {gain.high:+.3f}): {verdict.en}"
    )
    if ranker is not None:
        told = _tell_ranker(ranker)
        zh, en = f"{zh}。{told}", f"{en}. {told.en}"
    return text_keys(zh, en)


def _tell_ranker(ranker: WeightsProof) -> Said:
    gain = ranker.gain
    verdict = Said("更好", "better") if ranker.is_better else Said("看不出更好", "no better as far as can be seen")
    return Said(
        f"梯度提升树排序为 {ranker.learned.mean:.3f}（比学得权重 {gain.mean:+.3f}，95% 区间 {gain.low:+.3f} 至 {gain.high:+.3f}）："
        f"{verdict}；得分仍按权重计算，以便逐项解释",
        f"A ranker of trees reaches {ranker.learned.mean:.3f} ({gain.mean:+.3f} over the learned weights, 95 % interval {gain.low:+.3f}"
        f" to {gain.high:+.3f}): {verdict.en}; scores stay weighted sums, so that they can be explained",
    )
