"""Tells things of one name apart by whose they are and where they lie: rows of one file that differ in these are different things.

What a kind is told apart by is declared at it (`Entity.apart`). A list that does not say whose a thing is means the only one of its
name that nothing speaks against; of several it is asked which. All of it follows from what the sheets say together, never from the
order or the batches in which they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Told:
    """Ids told apart. Rows that may be one of several things are `unsure` (by position) and have no id; others are `weak`ly told apart.

    `weak` has index and the property in which the rows differ.
    """

    ids: pl.Series
    unsure: pl.Series
    weak: pl.DataFrame


WEAK = pl.Schema({"index": pl.UInt32, "property": pl.String})


def adopt_owners(
    base: pl.Series, owner: pl.Series, sheet: pl.Series, signs: Sequence[pl.Series], *, is_unit: bool
) -> tuple[pl.Series, pl.Series]:
    """Return the owner of each row, and the positions of rows whose thing may be one of several owners'.

    A row without an owner takes the only owner of a thing of its name (`base`) that no sign speaks against. Where its own sheet
    names owners of such things it is a thing of nobody; but of units no second one of a name is made, and it is asked.
    """
    frame = pl.DataFrame({"base": base, "owner": owner, "sheet": sheet}).with_row_index("index")
    frame = frame.with_columns(s.alias(f"sign{n}") for n, s in enumerate(signs))
    named = pl.col("owner").is_not_null()
    grouped = frame.filter(pl.col("base").is_not_null() & named.any().over("base") & (~named).any().over("base"))
    loose = grouped.with_columns(_own=named.any().over("base", "sheet")).filter(~named)
    if not is_unit:
        loose = loose.filter(~pl.col("_own"))
    if not loose.height:
        return owner, pl.Series("index", [], dtype=pl.UInt32)
    found = _possible_owners(loose, grouped.filter(named), len(signs))
    sure = found.filter((pl.col("count") == 1) & ~pl.col("_own"))
    return owner.clone().scatter(sure["index"], sure["first"]), found.join(sure, on="index", how="anti")["index"].sort()


def _possible_owners(loose: pl.DataFrame, known: pl.DataFrame, signs: int) -> pl.DataFrame:
    """Count for each row the owners of things of its name that no sign speaks against; if a sign agrees with some, only these."""
    names = [f"sign{n}" for n in range(signs)]
    pairs = loose.join(known.select("base", "owner", *names).unique(), on="base", suffix="_known")
    same = [pl.col(name) == pl.col(f"{name}_known") for name in names]
    pairs = pairs.with_columns(
        _against=pl.any_horizontal(pl.lit(value=False), *((~one).fill_null(value=False) for one in same)),
        _for=pl.any_horizontal(pl.lit(value=False), *(one.fill_null(value=False) for one in same)),
    )
    owners = pairs.group_by("index", "_own", "owner_known").agg(pl.col("_against").all(), pl.col("_for").any())
    fitting = owners.filter(pl.col("_for") | (~pl.col("_against") & ~pl.col("_for").any().over("index")))
    counted = fitting.sort("index", "owner_known").group_by("index", "_own", maintain_order=True)
    return counted.agg(pl.len().alias("count"), pl.col("owner_known").first().alias("first"))


def tell_apart(ids: pl.Series, signs: Mapping[str, pl.Series], weak: Sequence[str], sheet: pl.Series) -> Told:
    """Return ids with the sign added in which rows of one sheet and one id differ; `signs` by name, the most trusted first.

    A row of another sheet that does not say it may be any of them, and is unsure; of the signs in `weak` it is told.
    """
    frame = pl.DataFrame({"id": ids, "sheet": sheet}).with_row_index("index")
    frame = frame.filter(ids.is_not_null() & ids.is_duplicated())
    lost, doubted = [pl.Series("index", [], dtype=pl.UInt32)], [pl.DataFrame(schema=WEAK)]
    for name, sign in signs.items():
        if not frame.height:
            break
        frame = _split(frame.with_columns(sign=sign.gather(frame["index"])))
        lost.append(frame.filter("_unsure")["index"])
        if name in weak:
            split = frame.filter(pl.col("_new") != pl.col("id"))
            doubted.append(split.select(pl.col("index").cast(pl.UInt32), pl.lit(name).alias("property")))
        frame = frame.filter(~pl.col("_unsure")).select("index", "sheet", id="_new")
    unsure = pl.concat(lost)
    told = ids.clone().scatter(frame["index"], frame["id"]) if frame.height else ids
    return Told(without(told, unsure), unsure, pl.concat(doubted))


def _split(frame: pl.DataFrame) -> pl.DataFrame:
    said = pl.col("sign").is_not_null()
    differs = pl.col("sign").drop_nulls().n_unique().over("id", "sheet") > 1
    frame = frame.with_columns(_told=differs.any().over("id"), _says=said.any().over("id", "sheet"))
    return frame.with_columns(
        _new=pl.when(pl.col("_told") & said).then(pl.concat_str("id", "sign", separator=":")).otherwise("id"),
        _unsure=pl.col("_told") & ~pl.col("_says"),
    )


def without(series: pl.Series, rows: pl.Series) -> pl.Series:
    """Return a series of texts with nothing in some rows, which are given by position."""
    return series.clone().scatter(rows, [None] * rows.len()) if rows.len() else series
