"""哪些品牌相近、可以合并，哪些单位还没有品牌？ Which brands are alike or could be merged, and which units have none yet?

Two brands are alike where their names are, or what they stand for, or where what they say of themselves is about the same service.
They could be merged where they share a partner or something that supports them, too, or lie in one subdistrict. Each finding says by
what it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import Brand, Honour
from graph.schema.organizations import Community, Enterprise, Subdistrict
from graph.schema.resources import RECOGNISED_AS
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.pairing.serving import understand_rows
from queries.reading.area import InArea, is_within
from queries.reading.brand_texts import read_brands, read_supporters
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.facts import KEPT, Recent, read_own_words, snapshot_key
from queries.reading.scope import Scope
from queries.reading.shown_work import WORDS, read_shown_work
from queries.reading.unloaded import tell_unloaded
from queries.words.own_words import add_words
from queries.words.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

Finding = Literal["mergeable", "similar", "single", "missing"]
FINDING_WORDS = {
    "mergeable": Said("可合并", "could be merged"), "similar": Said("相近", "alike"),
    "single": Said("未见相近", "none alike"), "missing": Said("尚无品牌", "no brand yet"),
}  # fmt: skip
LIKE_NAMES = 70.0  # likeness (0 to 100) of the particular parts of two names, or of what they stand for, from which on they are alike
MOST_NAMED = 3
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
UNITS = (Community, Enterprise, Subdistrict)


@dataclass(frozen=True)
class BrandFinding:
    """Two brands that are alike, a brand like no other, or a unit without one, and by what that is known."""

    finding: Finding = column("结论", "finding", words=FINDING_WORDS)
    brand: str | None = column("品牌", "brand")
    unit: str = column("创建单位", "created by")
    other: str | None = column("相近的品牌", "the other brand")
    other_unit: str | None = column("其创建单位", "created by")
    evidence: Said = column("依据", "evidence")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.BRAND_LIST,),
    phrases=Said(
        "品牌 相近；品牌 合并；没有 品牌；品牌 相似 整合；党建 品牌 有哪些；哪家 品牌；品牌 重复；还没有 党建品牌",
        "brands alike; brands to merge; no brand",
    ),
)
def brands(
    graph: Graph,
    scope: Scope,
    *,
    only: Annotated[Finding | None, Said("只看一种结论", "only one kind of finding")] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[BrandFinding]:
    """哪些品牌相近、可以合并，哪些单位还没有品牌？ Which brands are alike or could be merged, and which units have none yet?"""
    known = read_brands(graph)
    inside = known.filter(is_within(graph, area, "unit_id"))["id"].implode()
    every = _RECENT.get(snapshot_key(graph), lambda: _find_pairs(graph, known))
    pairs = every.filter(pl.col("id").is_in(inside) | pl.col("other").is_in(inside))
    own = known.filter(pl.col("id").is_in(inside))
    single = own.filter(~pl.col("id").is_in(pl.concat([every["id"], every["other"]]).implode())).sort(
        "unit", "name", "id"
    )
    missing = _find_missing(graph, known, area)
    if only:
        pairs = pairs.filter(pl.lit(only in ("mergeable", "similar")) & (pl.col("merge") == (only == "mergeable")))
        single, missing = (
            found.filter(pl.lit(only == name)) for found, name in ((single, "single"), (missing, "missing"))
        )
    rows = [_pair_row(graph, row) for row in _add_brands(pairs.head(limit), known).iter_rows(named=True)]
    held = _read_held(graph)
    rows += [
        _single_row(graph, row, held.get(row["id"], [])) for row in single.head(limit - len(rows)).iter_rows(named=True)
    ]
    rows += [_missing_row(graph, row) for row in missing.head(limit - len(rows)).iter_rows(named=True)]
    extra = {"count": Said(f"在册品牌 {own.height} 个", f"{own.height} brands on record")}
    cut = pairs.height + single.height + missing.height > limit
    return Answer(rows, truncated=cut, extra=extra | tell_unloaded(graph, Brand))


def _find_pairs(graph: Graph, brands: pl.DataFrame) -> pl.DataFrame:
    """Return each two brands that are alike, with what they share: services, supporters, street; those that could be merged first."""
    parts = [_like(brands, "stem", "likeness"), _like(brands, "meaning", "meant"), _like_services(graph, brands)]
    alike = (
        pl.concat(parts, how="diagonal")
        .group_by("id", "other")
        .agg(pl.col("likeness", "meant").max(), pl.col("services").drop_nulls().first())
    )
    shared = read_supporters(graph)
    both = shared.join(shared, on=["supporter", "name"], suffix="_other").filter(
        pl.col("brand") < pl.col("brand_other")
    )
    both = both.group_by(id="brand", other="brand_other").agg(shared=pl.col("name").sort().str.join("、"))
    streets = brands.select("id", "street")
    rows = alike.join(both, on=["id", "other"], how="left").join(streets, on="id")
    rows = rows.join(streets.rename({"id": "other"}), on="other", suffix="_other")
    same_street = (pl.col("street") == pl.col("street_other")).fill_null(False)
    rows = rows.with_columns(same_street=same_street, merge=pl.col("shared").is_not_null() | same_street)
    return rows.drop("street", "street_other").sort(
        ~pl.col("merge"), -pl.max_horizontal("likeness", "meant").fill_null(0), "id", "other"
    )


def _add_brands(pairs: pl.DataFrame, brands: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with what is shown of both brands, that of the second under names that end with _other."""
    told = brands.select("id", "name", "unit", "load_id", "sheet", "row")
    first = pairs.join(told, on="id", maintain_order="left")
    return first.join(told.rename({"id": "other"}), on="other", suffix="_other", maintain_order="left")


def _like(brands: pl.DataFrame, column: str, likeness: str) -> pl.DataFrame:
    """Return each two brands of which a text is alike: id, other, and how much under the name `likeness`."""
    from rapidfuzz import fuzz, process  # start-up: only this question compares all texts with all

    told = brands.filter(pl.col(column).str.len_chars() > 0)
    texts, ids = told[column].to_list(), told["id"]
    scores = np.triu(process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LIKE_NAMES), 1)
    first, second = np.nonzero(scores)
    found = {"id": ids.gather(first), "other": ids.gather(second), likeness: scores[first, second].astype(np.float64)}
    return pl.DataFrame(found)


def _like_services(graph: Graph, brands: pl.DataFrame) -> pl.DataFrame:
    """Return each two brands that speak of one service: id, other, services."""
    taxonomy = add_words(load_taxonomy(), read_own_words(graph))
    said = pl.concat_str("slogan", "meaning", pl.col("activities").list.join("、"), separator="；", ignore_nulls=True)
    # What a brand says of itself is its matter, nothing beside it; of its name alone little can be read.
    matter = pl.when(said != "").then(said).otherwise("stem")
    texts = brands.select("id", category=pl.lit(None, pl.String), title=matter, content=pl.lit(None, pl.String))
    rows, spoken = understand_rows(texts, taxonomy)
    firm = spoken.kinds.filter("main", ~pl.col("soft"), ~pl.col("product")).select("side", "kind")
    named = rows.select("id", "side").join(firm, on="side").select("id", "kind").unique()
    both = named.join(named.rename({"id": "other"}), on="kind").filter(pl.col("id") < pl.col("other"))
    return both.group_by("id", "other").agg(services=pl.col("kind").sort().str.join("、"))


def _pair_row(graph: Graph, row: FrameRow) -> BrandFinding:
    cells = {name: row[f"{name}_other"] for name in ("load_id", "sheet", "row")}
    return BrandFinding(
        finding="mergeable" if row["merge"] else "similar", brand=row["name"], unit=row["unit"] or "", other=row["name_other"],
        other_unit=row["unit_other"], evidence=_tell_pair(row),
        records=[record_of(graph, row, Brand.label), record_of(graph, cells, Brand.label)],
    )  # fmt: skip


def _read_held(graph: Graph) -> dict[str, list[str]]:
    """Return the honours of brands, each with its year where that is on record."""
    ties = (
        open_relations(graph, RECOGNISED_AS).filter(pl.col("source_label") == Brand.label).select("source", id="target")
    )
    held = ties.join(open_entities(graph, Honour, "title", "awarded"), on="id").sort("source", "awarded", "title")
    year = pl.format("{}（{}年）", "title", pl.col("awarded").dt.year())
    told = held.with_columns(said=pl.coalesce(year, pl.format("{}（年份未登记）", "title")))
    return dict(told.group_by("source", maintain_order=True).agg("said").iter_rows())


def _single_row(graph: Graph, row: FrameRow, honours: list[str]) -> BrandFinding:
    said = "、".join(honours)
    told = Said(f"荣誉：{said}", f"honours: {said}") if honours else Said("荣誉无登记", "no honour on record")
    return BrandFinding(
        finding="single", brand=row["name"], unit=row["unit"] or "", other=None, other_unit=None, evidence=told,
        records=[record_of(graph, row, Brand.label)],
    )  # fmt: skip


def _tell_pair(row: FrameRow) -> Said:
    told = []
    if row["likeness"]:
        told.append(Said("名称相近", "names alike"))
    if row["meant"]:
        told.append(Said("内涵相近", "alike in what they stand for"))
    if row["services"]:
        told.append(Said(f"都做{row['services']}", f"both about {row['services']}"))
    if row["shared"]:
        told.append(Said(f"共同的支撑：{row['shared']}", f"supported by the same: {row['shared']}"))
    if row["same_street"]:
        told.append(Said("同一街道", "in one subdistrict"))
    return join_said(told)


def _find_missing(graph: Graph, brands: pl.DataFrame, area: InArea) -> pl.DataFrame:
    """Return the units without a brand of their own, those with most to build one on first."""
    without = ~pl.col("id").is_in(brands["unit_id"].drop_nulls().implode())
    units = read_units(graph, UNITS).filter(without, is_within(graph, area, "id"))
    shown = read_shown_work(graph).filter(pl.col("kind") != Brand.label)
    work = shown.group_by(id="unit").agg(kinds=pl.col("kind"), names=pl.col("name"), much=pl.len())
    joined = units.join(work, on="id", how="left")
    return joined.sort("much", "name", "id", descending=[True, False, False], nulls_last=True)


def _missing_row(graph: Graph, row: FrameRow) -> BrandFinding:
    return BrandFinding(
        finding="missing", brand=None, unit=row["name"], other=None, other_unit=None, evidence=_tell_work(row),
        records=[record_of(graph, row, row["label"])],
    )  # fmt: skip


def _tell_work(row: Mapping[str, list[str]]) -> Said:
    """Say on what a unit could build a brand."""
    if not row["kinds"]:
        return Said(
            "台账中没有可依托的荣誉、基地或完成的项目", "no honour, base or finished project on record to build on"
        )
    told = [
        Said(f"{WORDS[kind]}“{name}”", f"{WORDS[kind].en} “{name}”")
        for kind, name in zip(row["kinds"][:MOST_NAMED], row["names"][:MOST_NAMED], strict=True)
    ]
    return join_said([Said("可依托", "may build on"), join_said(told, "、", ", ")], "：", ": ")
