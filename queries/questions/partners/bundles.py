"""Offers that meet a need only together: by adding up to the quantity needed, or by each serving another part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import polars as pl

from graph.texts import Said
from queries.pairing.serving import FITS, PARTLY, Served, Understood
from queries.words import taxonomy as words

MOST = 8  # offers in a bundle: more are no plan


class Bundle(TypedDict):
    """Offers that together meet a need, with a sentence that names them."""

    text: Said
    offers: Sequence[str]


def bundle_quantities(ranked: pl.DataFrame, needed: float | None, measure: str | None) -> list[Bundle]:
    """Return the fewest fitting offers that add up to the quantity needed, where none is enough alone; else how much is missing."""
    if needed is None or ranked.filter((pl.col("verdict") == FITS) & (pl.col("share") == 1)).height:
        return []
    fitting = ranked.filter((pl.col("verdict") == FITS) & pl.col("share").is_not_null() & (pl.col("quantity") > 0))
    several = fitting.sort(-pl.col("quantity"), pl.col("km").fill_null(1e6), "offer").head(MOST)
    total, chosen = 0.0, []
    for row in several.iter_rows(named=True):
        total += row["quantity"]
        chosen.append(row)
        if total >= needed:
            break
    if len(chosen) < 2:
        return []
    unit = measure or ""
    names = "、".join(
        f"{row['owner'] or ''}“{row['title']}”{row['quantity']:g}{row['measure'] or ''}" for row in chosen
    )
    if total >= needed:
        said = Said(f"合起来够用：{names}，共 {total:g}{unit}", f"enough together: {names}, {total:g} in all")
    else:
        said = Said(
            f"合起来仍差 {needed - total:g}{unit}：{names}", f"together still {needed - total:g} too few: {names}"
        )
    return [{"text": said, "offers": [row["offer"] for row in chosen]}]


def bundle_kinds(served: Served, need: Understood, ranked: pl.DataFrame) -> list[Bundle]:
    """Return offers that each serve another of the kinds that a need names (义诊、理发、家电维修), where none serves all of them."""
    wanted = _main_kinds(need)
    if len(wanted) < 2:
        return []
    serves = _serving(served, need, ranked)
    if any(kinds >= wanted for kinds in serves.values()):
        return []
    chosen, left = [], set(wanted)
    while left:
        best = max(serves, key=lambda offer: len(serves[offer] & left), default=None)
        if best is None or not serves[best] & left:
            break
        chosen.append((best, serves[best] & left))
        left -= serves[best]
    if not chosen:
        return []
    told = {row["offer"]: f"{row['owner'] or ''}“{row['title']}”" for row in ranked.iter_rows(named=True)}
    names = "；".join(f"{'、'.join(sorted(kinds))}：{told[offer]}" for offer, kinds in chosen)
    missing = f"；无人提供：{'、'.join(sorted(left))}" if left else ""
    lacking = f"; offered by nobody: {', '.join(sorted(left))}" if left else ""
    said = Said(f"可分项对接：{names}{missing}", f"part by part: {names}{lacking}")
    return [{"text": said, "offers": [offer for offer, _ in chosen]}]


def _main_kinds(need: Understood) -> set[str]:
    rows, spoken = need
    sides = rows["side"].unique().implode()
    return set(spoken.kinds.filter(pl.col("side").is_in(sides) & pl.col("main") & ~pl.col("soft"))["kind"].to_list())


def _serving(served: Served, need: Understood, ranked: pl.DataFrame) -> Mapping[str, set[str]]:
    """Return which of the need's kinds each offer serves, in the order of the offers."""
    offered = served.offers[1].kinds.filter("main").select("side", kind_offer="kind")
    related = served.taxonomy.relations.filter(pl.col("relation") == words.FITS)
    wanted = pl.DataFrame({"kind": sorted(_main_kinds(need))})
    fitting = ranked.filter(pl.col("verdict").is_in([FITS, PARTLY])).select("offer", "side")
    met = (
        fitting.join(offered, on="side", maintain_order="left")
        .join(related, on="kind_offer")
        .join(wanted, on="kind", how="semi")
    )
    found: dict[str, set[str]] = {offer: set() for offer in ranked["offer"]}
    for offer, kind in met.select("offer", "kind").iter_rows():
        found[offer].add(kind)
    return found
