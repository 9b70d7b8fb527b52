"""Needs that are likely one and the same and were listed twice: of one unit, in two lists, in the same or in like words.

They are shown and counted as such, never joined by themselves: whether they are one, people decide.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from graph.names import map_unique, normalize
from graph.schema.need_decisions import TOLD_APART
from graph.schema.resources import SEEKS, Need
from graph.states import is_over
from graph.texts import Said
from queries.pairing.things import PRODUCT, first_owner
from queries.reading.entities import open_entities, open_relations
from queries.reading.facts import KEPT, Recent, find_met, read_own_words, snapshot_key
from queries.words.fitting import Verdict, judge_fits
from queries.words.own_words import add_words
from queries.words.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

SAME_WORDS = 0.8  # so much of two titles in common: the words alone say it, unless they are known to be of two services
LIKE_WORDS = 0.5  # so much, where both are known to be of one service
MOST_DAYS = 90  # between two days of one kind: farther apart, it is asked again, not listed twice
_FILLERS = r"希望|需要|申请|想要|求助|征集|[\s“”\"'（）()【】、，,。；;：:·\-—]"
_NUMBERS = r"\d+|[一二三四五六七八九十百]+(?:号|栋|幢|楼|单元|组|期|次|届|批|区|院|街坊)"  # 3号楼 and 5号楼 are two
_COLUMNS = ("title", "category", "scheme", "supplier", "raised", "deadline", "status", "place")
_TWICE = Said(
    "{of} {n} 项可能与另一项是同一件事、登记了两次，请核对（“哪些需求可能登记了两次？”）",
    "{n} {of} may be another one listed twice; see needs-to-review",
)
_OF = Said("其中", "of them")
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)


def find_alike_needs(graph: Graph) -> pl.DataFrame:
    """Return the pairs of needs that are likely one (need, other: ids; `alike` from 0 to 1), each other named once; once a snapshot.

    One of the two at least is open; the other may be met already. What people told apart is left out.
    """
    return _RECENT.get(snapshot_key(graph), partial(_find, graph))


def tell_alike(graph: Graph, needs: pl.Series, of: Said = _OF) -> dict[str, Said]:
    """Return how many of some needs (ids) that are listed or counted are likely another of them; nothing where none is."""
    listed = needs.unique().implode()
    twice = find_alike_needs(graph).filter(pl.col("need").is_in(listed), pl.col("other").is_in(listed))
    return {"listed_twice": _TWICE.fill(of=of, n=twice.height)} if twice.height else {}


def name_alike(graph: Graph, needs: pl.DataFrame) -> pl.DataFrame:
    """Return for needs (id, title) that are likely one with another of them what that one is called: id, twice."""
    pairs = find_alike_needs(graph).select("need", "other")
    ends = pl.concat([pairs, pairs.select(need="other", other="need")])
    named = ends.join(needs.select(other="id", twice="title"), on="other").sort("need", "other")
    return named.unique("need", keep="first", maintain_order=True).select("twice", id="need")


def _find(graph: Graph) -> pl.DataFrame:
    pairs = _pair_up(_read(graph))
    score = process.cpdist(pairs["words"], pairs["words_other"], scorer=fuzz.ratio, dtype=np.float64) / 100
    likely = pairs.with_columns(alike=pl.Series(score, dtype=pl.Float64)).filter(pl.col("alike") >= LIKE_WORDS)
    if likely.is_empty():  # most districts: the words of services need not be read
        return pl.DataFrame(schema={"need": pl.String, "other": pl.String, "owner_id": pl.String, "alike": pl.Float64})
    verdicts = [_judge(graph, likely.rename({a: "need_title", b: "offer_title"})) for a, b in (_ENDS, _ENDS[::-1])]
    one_service = (verdicts[0] == Verdict.FITS) & (verdicts[1] == Verdict.FITS)
    two_services = (verdicts[0] == Verdict.NO) | (verdicts[1] == Verdict.NO)
    same_words = (likely["alike"] >= SAME_WORDS) & ~two_services
    found = likely.filter((likely["alike"] == 1) | same_words | one_service).rename({"id": "need", "id_other": "other"})
    found = found.join(_read_told_apart(graph), on=["need", "other"], how="anti")
    # Of three that are one, the second and the third are each told once, beside the one that is most like it.
    return (
        found.sort("other", -pl.col("alike"), "need")
        .unique("other", keep="first", maintain_order=True)
        .select("need", "other", "owner_id", "alike")
    )


_ENDS = ("title", "title_other")


def _judge(graph: Graph, sides: pl.DataFrame) -> pl.Series:
    taxonomy = add_words(load_taxonomy(), read_own_words(graph))
    return judge_fits(sides.select("need_title", "offer_title"), taxonomy)["verdict"]


def _read(graph: Graph) -> pl.DataFrame:
    """Return the needs that are no products, with whose they are, what their titles say, and whether they are still open."""
    needs = open_entities(graph, Need, *_COLUMNS).join(first_owner(graph, SEEKS, "source", "target", Need), on="id")
    needs = needs.filter(~PRODUCT, pl.col("supplier").is_null())
    day = graph.as_of or date.today()
    open_now = ~is_over(day, ends="deadline") & ~pl.col("id").is_in(find_met(graph))
    return needs.select(
        "id", "owner_id", "title", "raised", "deadline", "load_id", "sheet", "row",
        is_open=open_now,
        words=map_unique(needs["title"], normalize).str.replace_all(_FILLERS, ""),
        numbers=pl.concat_str("title", "place", separator=" ", ignore_nulls=True).str.extract_all(_NUMBERS).list.sort().list.join(","),
    )  # fmt: skip


def _pair_up(needs: pl.DataFrame) -> pl.DataFrame:
    """Return each two needs of a unit that may be one: of two lists, none of other numbers, not long after each other, not both over."""
    first = needs.sort("raised", "id", nulls_last=True).with_row_index("place")
    pairs = first.join(first, on="owner_id", suffix="_other").filter(pl.col("place") < pl.col("place_other"))
    two_lists = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_other") for name in ("load_id", "sheet"))
    near = [(pl.col(day) - pl.col(f"{day}_other")).dt.total_days().abs() <= MOST_DAYS for day in ("raised", "deadline")]
    numbers = [pl.col("numbers"), pl.col("numbers_other")]
    one_place = (numbers[0] == numbers[1]) | (numbers[0] == "") | (numbers[1] == "")
    return pairs.filter(
        two_lists, one_place, pl.col("is_open") | pl.col("is_open_other"), *(day.fill_null(True) for day in near)
    )


def _read_told_apart(graph: Graph) -> pl.DataFrame:
    """Return the pairs that people said are two, each way round: need, other."""
    if not graph.counts["relations"].get(TOLD_APART.type):
        return pl.DataFrame(schema={"need": pl.String, "other": pl.String})
    ends = open_relations(graph, TOLD_APART).select(need="source", other="target")
    return pl.concat([ends, ends.select(need="other", other="need")])
