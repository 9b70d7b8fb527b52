"""The parts by which an offer fits a need: its kind, how much of it, when, how far away, on which terms; each as a sentence."""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.documents import FrameRow
from graph.schema.assets import Course
from graph.schema.resources import Offering, Venue
from graph.texts import NOTHING, Said, join_said
from graph.types.open_at import opens_at, tell_hours
from queries.pairing.serving import ALIKE, FIT_ORDER, FITS, PARTLY
from queries.reading.as_registered import as_registered

FIT_WORDS = {
    FITS: Said("对口", "serves it"), PARTLY: Said("部分对口", "serves it partly"),
    ALIKE: Said("字面相近，待核实", "of like words, to be asked about"),
}  # fmt: skip
THING_WORDS = {
    Offering.label: Said("资源", "offering"), Course.label: Said("课程", "course"), Venue.label: Said("场地", "venue"),
}  # fmt: skip
_PEOPLE = "^(?:人|名|位|个人|人次)$"
_SAME = {"场次": "场", "课时": "节", "套房": "套", "台套": "台"}


def count_alike(rows: pl.DataFrame, needed: str = "needed", need_measure: str = "need_measure") -> pl.DataFrame:
    """Return rows with `share`: which part of the quantity needed is offered, at most 1; null where the two cannot be compared."""
    own, other = (_measure(column) for column in ("measure", need_measure))
    alike = own.eq_missing(other) | other.is_null()
    share = (pl.col("quantity") / pl.when(pl.col(needed) > 0).then(pl.col(needed))).clip(upper_bound=1)
    return rows.with_columns(share=pl.when(alike).then(share))


def _measure(column: str) -> pl.Expr:
    plain = pl.col(column).replace(_SAME)
    return pl.when(plain.str.contains(_PEOPLE)).then(pl.lit("人")).otherwise(plain)


def add_opening(rows: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """Return rows with `then`: whether an offer is to be had on a day, by its weekly times; null where it does not say."""
    if day is None:
        return rows.with_columns(then=pl.lit(None, pl.Boolean))
    told = {text: opens_at(text, day) for text in rows["slots"].drop_nulls().unique()}
    return rows.with_columns(
        then=pl.Series([told.get(text) if text else None for text in rows["slots"]], dtype=pl.Boolean)
    )


def order_offers(rows: pl.DataFrame, *ties: str) -> pl.DataFrame:
    """Return offers in order: by kind, then those that are enough, then those to be had that day, then the nearest."""
    kind = pl.col("verdict").replace_strict(FIT_ORDER, return_dtype=pl.Int8)
    enough = pl.col("share").fill_null(0.5)  # not comparable: before what is surely less than half
    return rows.sort(kind, -enough, pl.col("then").fill_null(True) != True, pl.col("km").fill_null(1e6), *ties)  # noqa: E712 -- an expression


def tell_quantity(row: FrameRow) -> Said:
    """Say how much is offered, and how much of it is needed."""
    needed, offered = row["needed"], row["quantity"]
    wanted = f"{needed:g}{row['need_measure'] or ''}" if needed is not None else ""
    if offered is None:
        asked = Said(f"，需要{wanted}", f", {wanted} needed") if wanted else NOTHING
        return join_said([Said("未登记数量", "quantity not registered"), asked], "", "")
    had = f"{offered:g}{row['measure'] or ''}"
    if not wanted:
        return Said(f"可提供{had}", f"{had} offered")
    if row["share"] is None:
        return Said(
            f"可提供{had}，需要{wanted}，单位不同，待核实", f"{had} offered, {wanted} needed: ask, the units differ"
        )
    if row["share"] < 1:
        short = f"{needed - offered:g}"
        return Said(f"可提供{had}，需要{wanted}，差{short}", f"{had} offered, {wanted} needed, {short} too few")
    return Said(f"可提供{had}，够用", f"{had} offered, enough")


def tell_time(row: FrameRow, day: date | None) -> Said:
    """Say when an offer is to be had, and whether on the day asked for."""
    if row["slots"]:
        hours = tell_hours(row["slots"])
    elif row["available"]:
        hours = Said(row["available"], row["available"])
    else:
        return Said("未登记可提供时间", "times not registered")
    if day is None or row["then"] is None:
        return hours
    had, not_had = (
        Said("{day} 可提供（{hours}）", "on {day} ({hours})"),
        Said("{day} 不提供（{hours}）", "not on {day} ({hours})"),
    )
    return (had if row["then"] else not_had).fill(day=day, hours=hours)


def tell_terms(row: FrameRow) -> Said:
    """Say on which terms an offer is given, in the words of its register."""
    return as_registered(row["terms"])
