"""What an asker wants of idle property, as conditions with a sentence each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from graph.documents import FrameRow
from graph.texts import Said
from queries.answers.rows import NOT_REGISTERED
from queries.pairing.specs.property_enterprise import name_trades
from queries.reading.conditions import Condition

NEARLY = 0.85  # of a figure that was asked for: so much misses it only just


@dataclass(frozen=True)
class SpaceWanted:
    """The figures that property must have: None where nothing was asked."""

    size: float | None = None
    height: float | None = None
    load: float | None = None
    power: float | None = None
    crane: float | None = None
    rent: float | None = None
    industry: str | None = None
    by: date | None = None


_FIGURES = (  # of SpaceWanted, of the property's columns, how they are called and counted
    ("size", "area_m2", Said("建筑面积", "floor area"), Said("㎡", "m²")),
    ("height", "clear_height_m", Said("层高", "clear height"), Said("米", "m")),
    ("load", "load_t", Said("承重", "floor load"), Said("吨/㎡", "t/m²")),
    ("power", "power_kva", Said("配电容量", "power"), Said("kVA", "kVA")),
    ("crane", "crane_t", Said("行车吨位", "crane"), Said("吨", "t")),
)


def show_figure(value: float | None, unit: Said) -> Said:
    """Return a figure with its unit, or that no register gives it."""
    if value is None:
        return NOT_REGISTERED
    return Said(f"{value:g} {unit}", f"{value:g} {unit.en}")


def make_conditions(wanted: SpaceWanted, industries: pl.Series) -> list[Condition]:
    """Return the conditions that were asked for; of a frame with the columns of idle property, among them `industries`, and its figures."""
    found = []
    for name, column, called, unit in _FIGURES:
        least = getattr(wanted, name)
        if least is not None:
            figure = pl.col(column)
            found.append(Condition(figure >= least, _tell_short(column, called, unit, least), figure >= NEARLY * least))
    if wanted.rent is not None:
        rent = pl.col("rent_m2")
        found.append(Condition(rent <= wanted.rent, _tell_rent(wanted.rent), rent <= wanted.rent / NEARLY))
    if wanted.by is not None:
        found.append(Condition(pl.col("available_from") <= wanted.by, _tell_late(wanted.by)))
    if wanted.industry is not None:
        found.append(Condition(_is_of_trade(wanted.industry, industries), _tell_trade(wanted.industry), pl.lit(False)))
    return found


def _tell_short(column: str, called: Said, unit: Said, least: float) -> Callable[[FrameRow], Said]:
    def tell(row: FrameRow) -> Said:
        here = row[column]
        if here is None:
            return Said(f"未登记{called}", f"{called.en} not registered")
        short = round(least - here, 2)
        return Said(
            f"{called} {here:g} {unit}，差 {short:g} {unit}",
            f"{called.en} {here:g} {unit.en}, {short:g} {unit.en} too little",
        )

    return tell


def _tell_rent(most: float) -> Callable[[FrameRow], Said]:
    def tell(row: FrameRow) -> Said:
        if row["rent_m2"] is None and row["rent"]:
            return Said(f"租金写作“{row['rent']}”，需面谈", f"rent is given as “{row['rent']}”: ask")
        if row["rent_m2"] is None:
            return Said("未登记租金", "rent not registered")
        over = round(row["rent_m2"] - most, 2)
        zh = f"租金折合每月每平方米 {row['rent_m2']:g} 元，高 {over:g} 元"
        return Said(zh, f"rent comes to {row['rent_m2']:g} yuan a square metre and month, {over:g} too much")

    return tell


def _tell_late(by: date) -> Callable[[FrameRow], Said]:
    def tell(row: FrameRow) -> Said:
        if row["available_from"] is None:
            return Said("未登记可租起始时间", "from when it is to be had is not registered")
        return Said(
            f"{row['available_from']} 起可租，晚于 {by}", f"to be had from {row['available_from']}, later than {by}"
        )

    return tell


def _is_of_trade(industry: str, texts: pl.Series) -> pl.Expr:
    """Tell whether one of the trades that property is meant for is the one asked for, by its section of GB/T 4754 or its words."""
    asked = set(name_trades(industry))
    distinct = texts.explode().drop_nulls().unique().to_list()
    fitting = [text for text in distinct if asked & set(name_trades(text)) or industry in text or text in industry]
    named = pl.col("industries").list.len() > 0
    return pl.when(named).then(
        pl.col("industries").list.set_intersection(pl.lit(fitting, pl.List(pl.String))).list.len() > 0
    )


def _tell_trade(industry: str) -> Callable[[FrameRow], Said]:
    def tell(row: FrameRow) -> Said:
        if not row["industries"]:
            return Said("未写明入驻产业", "the trades wanted there are not registered")
        named = "、".join(row["industries"])
        return Said(f"拟入驻产业为{named}，不含{industry}", f"meant for {named}, not for {industry}")

    return tell
