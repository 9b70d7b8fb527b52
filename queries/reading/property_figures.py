"""The figures in what a register says of idle property in words: what a floor bears, and what the rent is a month for a square metre."""

from __future__ import annotations

import polars as pl

from graph.types.numerals import numerals_to_digits

_TONNES = {
    "吨": 1.0, "T": 1.0, "t": 1.0, "公斤": 1e-3, "千克": 1e-3, "kg": 1e-3, "KG": 1e-3, "Kg": 1e-3,
    "kN": 0.102, "KN": 0.102, "kn": 0.102, "千牛": 0.102,
}  # fmt: skip
_LOAD = r"([0-9]+(?:\.[0-9]+)?)\s*(?:[-~—至到]\s*[0-9.]+)?\s*(吨|[Tt]|公斤|千克|[Kk][Gg]|[Kk][Nn]|千牛)"
_MONEY = r"([0-9]+(?:\.[0-9]+)?)\s*(?:[-~—至到]\s*[0-9.]+)?\s*(万)?"
_BARE = r"^\s*([0-9]+(?:\.[0-9]+)?)(?:\s*[-~—至到]\s*[0-9.]+)?\s*元?\s*$"
_HEAVY = 50.0  # a bare figure from here on is in kilograms, not tonnes
_METRE = r"㎡|平方米|平米|平方|m2|m²|M2|每平"
_DAYS_A_MONTH = 365 / 12


def add_figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Return property (floor_load, rent, area_m2) with `load_t` (tonnes a square metre) and `rent_m2` (yuan a month and square metre).

    Null where the words give no figure (面议, 按楼板设计荷载) or nothing to divide a total rent by.
    """
    load, rent = (numerals_to_digits(rows[name].cast(pl.String), quantities=True) for name in ("floor_load", "rent"))
    with_texts = rows.with_columns(_load=load, _rent=rent)
    parts = pl.col("_load").str.extract_groups(_LOAD)
    bare = pl.col("_load").str.extract(_BARE).cast(pl.Float64, strict=False)
    tonnes = parts.struct.field("1").cast(pl.Float64, strict=False) * parts.struct.field("2").replace_strict(
        _TONNES, default=None, return_dtype=pl.Float64
    )
    bare_tonnes = pl.when(bare >= _HEAVY).then(bare / 1000).otherwise(bare)
    return with_texts.with_columns(load_t=pl.coalesce(tonnes, bare_tonnes), rent_m2=_rent_a_month()).drop(
        "_load", "_rent"
    )


def _rent_a_month() -> pl.Expr:
    """Return the expression for the rent a month and square metre; a bare figure is one, as the handbook's header has it."""
    text = pl.col("_rent")
    amount = text.str.extract_groups(_MONEY)
    yuan = amount.struct.field("1").cast(pl.Float64, strict=False)
    yuan = pl.when(amount.struct.field("2") == "万").then(yuan * 1e4).otherwise(yuan)
    by_metre = text.str.contains(_METRE)
    months = (
        pl.when(text.str.contains(r"[/·每]\s*(?:天|日)|日租")).then(_DAYS_A_MONTH)
        .when(text.str.contains(r"[/·每]\s*年|年租")).then(1 / 12)
        .when(text.str.contains(r"[/·每]\s*(?:季)")).then(1 / 3)
        .otherwise(1.0)
    )  # fmt: skip
    plain = text.str.contains(_BARE)
    total = yuan / pl.when(pl.col("area_m2") > 0).then(pl.col("area_m2"))
    let = pl.when(by_metre | plain).then(yuan).when(text.str.contains("元")).then(total)
    sold = text.str.contains("售") & ~text.str.contains("租")
    return pl.when(~sold).then((let * months).round(2))
