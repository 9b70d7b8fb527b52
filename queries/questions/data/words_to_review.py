"""哪些用词还看不懂？ Which words of needs and offers are not understood yet?

An unknown word fits nothing and excludes nothing. The words on which the most pairs hang come first, with what they may mean and the
decisions ready to be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph.decision_forms import MEANS
from graph.schema.claims import CLAIMED
from graph.schema.cooperation import SIGNED
from graph.schema.resources import Need, Offering
from graph.shell_words import write_command
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.entities import open_relations
from queries.reading.facts import KEPT, TEXTS, Recent, read_facts, read_needs, read_offers, read_own_words, snapshot_key
from queries.reading.scope import Scope
from queries.words.own_words import add_words
from queries.words.spoken import understand
from queries.words.suggest import MOST, suggest_kinds
from queries.words.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

WHERE = {Need.label: Said("需求", "need"), Offering.label: Said("供给", "offer")}
CLAIM, PARTNER = (
    Said("认领单位的供给", "what the claiming unit offers"),
    Said("结对双方的清单", "the lists of the partner"),
)
LIKE = Said("字面相近", "alike in letters")


@dataclass(frozen=True)
class WordToReview:
    """A word of needs or offers that nobody understands yet: where it stands, how many pairs hang on it, what it may mean."""

    word: str = column("用词", "word")
    where: str = column("出现在", "stands in", words=WHERE)
    rows: int = column("行数", "rows")
    pairs: int = column("待判断的配对", "pairs that hang on it")
    suggestions: list[str] = column("可能是", "may be")
    because: str = column("依据", "because")
    commands: list[str] = column("决定", "decisions", "detail")


@question(
    least="analyst",
    phrases=Said(
        "词语 核对；看不懂的词；词 不认识；看不懂 词；词 没弄明白；用词 待定",
        "words to check; words not understood; unknown words",
    ),
)
def words_to_review(
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None, Said("用词或其中一部分；不填则列出全部", "the word or a part of it; without it, all")
    ] = None,
    *,
    limit: Annotated[int, Between(1, 1000), Said("最多几个", "at most so many")] = 100,
) -> Answer[WordToReview]:
    """哪些用词还看不懂？ Which words of needs and offers are not understood yet? With what each may mean and the decisions to take."""
    every = _RECENT.get(snapshot_key(graph), partial(_review_all, graph))
    rows = [row for row in every if not text or text in row.word]
    return Answer(rows[:limit], truncated=len(rows) > limit, extra={"words": len(rows)})


_RECENT: Recent[list[WordToReview]] = Recent(KEPT)


def _review_all(graph: Graph) -> list[WordToReview]:
    """Return every word of a snapshot that nobody understands yet; those on which most pairs hang first."""
    taxonomy = add_words(load_taxonomy(), read_own_words(graph))
    lists = _read_lists(graph, taxonomy)
    sizes = {label: lists.filter(pl.col("where") == label).height for label in WHERE}
    others = {Need.label: sizes[Offering.label], Offering.label: sizes[Need.label]}
    waiting = (
        lists.filter(~pl.col("known")).sort("id").group_by("where", "word", maintain_order=True).agg("id", "owner_id")
    )
    hints = _find_hints(graph, lists)
    rows = [
        _review(word, where, len(ids) * others[where], _hint(hints, ids, owners), len(ids), taxonomy)
        for where, word, ids, owners in waiting.iter_rows()
    ]
    return sorted(rows, key=lambda row: (-row.pairs, row.word, row.where))


def _read_lists(graph: Graph, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return open needs and offers: where, id, owner_id, word, whether it is known (understood), and its main kinds."""
    as_of = graph.as_of or date.today()
    frames = ((Need.label, read_needs(graph, as_of)), (Offering.label, read_offers(graph)))
    rows = pl.concat([frame.select("id", "owner_id", *TEXTS, where=pl.lit(label)) for label, frame in frames])
    texts = rows.select(TEXTS).unique(maintain_order=True).with_row_index("side")
    spoken = understand(texts, taxonomy)
    kinds = spoken.kinds.filter("main").group_by("side", maintain_order=True).agg(kinds="kind")
    read = texts.join(spoken.sides.select("side", "known"), on="side").join(kinds, on="side", how="left")
    return rows.join(read, on=TEXTS, how="left", nulls_equal=True).with_columns(
        word=pl.coalesce("title", "content", "category")
    )


def _find_hints(graph: Graph, lists: pl.DataFrame) -> dict[Said, dict[str, list[str]]]:
    """Return the kinds that people's own choices speak for: by the need that a unit claimed, and by the unit that has a partner."""
    understood = lists.filter("known").explode("kinds")
    offered = understood.filter(pl.col("where") == Offering.label).select("kinds", unit="owner_id")
    claims = open_relations(graph, CLAIMED).select("target", unit="source").join(offered, on="unit")
    facts = read_facts(graph)
    signed = open_relations(graph, SIGNED).select(unit="source", agreement="target")
    both = signed.join(signed, on="agreement", suffix="_other").filter(pl.col("unit") != pl.col("unit_other"))
    accepted = facts.accepted.rename({"source": "unit", "target": "unit_other"})
    ties = pl.concat(
        [both.select("unit", "unit_other"), accepted, accepted.select(unit="unit_other", unit_other="unit")]
    )
    said = understood.select("kinds", unit_other="owner_id")
    return {CLAIM: _by(claims, "target"), PARTNER: _by(ties.unique().join(said, on="unit_other"), "unit")}


def _by(frame: pl.DataFrame, key: str) -> dict[str, list[str]]:
    grouped = frame.group_by(key, "kinds").len().sort(key, "len", "kinds", descending=[False, True, False])
    return dict(grouped.group_by(key, maintain_order=True).agg("kinds").iter_rows())


def _hint(
    hints: Mapping[Said, Mapping[str, list[str]]], ids: Iterable[str], owners: Iterable[str]
) -> tuple[Said, list[str]] | None:
    """Return what people's choices say about a word, the claims of its needs first."""
    for because, keys in ((CLAIM, ids), (PARTNER, owners)):
        found = [kind for key in keys for kind in hints[because].get(key, ())]
        if found:
            return because, list(dict.fromkeys(found))
    return None


def _review(
    word: str, where: str, pairs: int, hint: tuple[Said, list[str]] | None, rows: int, taxonomy: Taxonomy
) -> WordToReview:
    alike = suggest_kinds(word, taxonomy)
    because, chosen = hint or (LIKE, [])
    kinds = list(dict.fromkeys([*(chosen if because == CLAIM else []), *alike, *chosen]))[:MOST]
    if alike and because == PARTNER:
        because = LIKE
    commands = [write_command("decide", "word", word, MEANS, kind) for kind in kinds]
    return WordToReview(word, where, rows, pairs, kinds, because if kinds else Said("", ""), commands)
