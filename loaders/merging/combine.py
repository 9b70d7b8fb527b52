"""Combines all statements about an entity or relation into one row: its newest values, its validity, and its first source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from graph.kinds import PROVENANCE, VALIDITY
from graph.types.value_type import PolarsType

# What a statement carries beside its content: the standing of its sheet and its own row.
STANDING = {
    "_rank": pl.Int64,
    "_seq": pl.Int64,
    "_as_of": pl.Date,
    "_live": pl.Boolean,
    "_until": pl.Date,
    **PROVENANCE,
}

MENTIONED = (
    "_mentioned"  # true of what only a name in somebody else's row tells: it yields to what a list of these things says
)


def combine(statements: Sequence[pl.DataFrame], keys: list[str], columns: Mapping[str, PolarsType]) -> pl.DataFrame:
    """Return one row per key with `columns`, validity and provenance, sorted by key.

    A statement frame has the keys, any of `columns`, and the STANDING columns. Content comes from statements that still hold, the
    highest rank first, mere mentions last; a key that only replaced statements mention is closed. Provenance is the oldest
    statement that says what holds now, so that sending a list again does not move it.
    """
    wanted = dict(columns) | STANDING | {MENTIONED: pl.Boolean}
    frames = [_align(frame, wanted) for frame in statements if frame.height]
    if not frames:
        return pl.DataFrame(schema=dict(columns) | VALIDITY | PROVENANCE)
    everything = frames[0] if len(frames) == 1 else pl.concat(frames, rechunk=False)
    everything = _sort(everything, keys)
    content = [c for c in columns if c not in keys]
    repeated = _is_repeated(everything, keys)
    if repeated is None:
        return _close(everything).select([*columns, *VALIDITY, *PROVENANCE])
    single, many = everything.filter(~repeated), everything.filter(repeated)
    merged = _merge_repeated(many, keys, content)
    rows = [
        _close(single).select([*columns, *VALIDITY, *PROVENANCE]),
        merged.select([*columns, *VALIDITY, *PROVENANCE]),
    ]
    return _sort(rows[0].merge_sorted(rows[1], key=keys[0]), keys)


def _align(frame: pl.DataFrame, wanted: Mapping[str, PolarsType]) -> pl.DataFrame:
    return frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in wanted.items()
    )


def _sort(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    first = frame[keys[0]]
    if not (first.shift(1) <= first).fill_null(True).all():
        return frame.sort(keys, maintain_order=True, nulls_last=False)
    if len(keys) == 1:
        return frame
    # In order of the first key: only the runs of one first key need sorting, and they stay where they are.
    same = (first == first.shift(1)).fill_null(False)
    runs = (same | same.shift(-1, fill_value=False)).arg_true()
    if not runs.len():
        return frame
    order = pl.int_range(frame.height, eager=True, dtype=pl.UInt32)
    within = frame.select(keys)[runs].with_columns(_at=runs).sort(keys, maintain_order=True, nulls_last=False)
    return frame[order.scatter(runs, within["_at"])]


def _is_repeated(frame: pl.DataFrame, keys: list[str]) -> pl.Series | None:
    """Return which rows of a frame sorted by key share their key with a neighbour; None if none do."""
    same = frame.select(pl.all_horizontal(pl.col(k).eq_missing(pl.col(k).shift(1)) for k in keys)).to_series()
    if frame.height:
        same = pl.concat([pl.Series([False]), same[1:]])
    if not same.any():
        return None
    return same | same.shift(-1, fill_value=False)


def _close(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(valid_from=pl.col("_as_of"), valid_to=pl.when(~pl.col("_live")).then(pl.col("_until")))


def _merge_repeated(many: pl.DataFrame, keys: list[str], content: list[str]) -> pl.DataFrame:
    # Sheets of one register are ranked among themselves; between registers the day they speak of decides.
    own = ~pl.col(MENTIONED).fill_null(value=False)
    ordered = many.sort([*keys, "_live", own, "_as_of", "_rank", "row"], nulls_last=False)
    live = pl.col("_live")
    holds = live | ~live.any().over(keys)  # of a closed thing the replaced statements are all there is
    held = ordered.filter(holds)
    merged = held.group_by(keys, maintain_order=True).agg(
        *(pl.col(c).drop_nulls().last() for c in content),
        pl.col("_live").any(),
        pl.col("_until").max(),
    )
    begun = ordered.group_by(keys, maintain_order=True).agg(pl.col("_as_of").min().alias("valid_from"))
    merged = merged.join(begun, on=keys, maintain_order="left", nulls_equal=True).with_columns(
        valid_to=pl.when(~live).then(pl.col("_until"))
    )
    return merged.join(
        _origins(ordered, merged, keys, content), on=keys, how="left", maintain_order="left", nulls_equal=True
    )


def _origins(ordered: pl.DataFrame, merged: pl.DataFrame, keys: list[str], content: list[str]) -> pl.DataFrame:
    """Return for each key the oldest statement whose content is the merged one; without such, the statement that counts most."""
    compared = ordered.join(
        merged.select(*keys, *content), on=keys, suffix="_merged", maintain_order="left", nulls_equal=True
    )
    equal = pl.all_horizontal(pl.lit(True), *(pl.col(c).eq_missing(pl.col(f"{c}_merged")) for c in content))
    # Equal statements: the oldest (smallest seq, row). Otherwise the newest that holds.
    return (
        compared.with_columns(_equal=equal)
        .sort(
            [*keys, "_equal", "_live", "_rank", "_seq", "row"],
            descending=[*[False] * len(keys), True, True, True, False, False],
        )
        .with_columns(_first=pl.when("_equal").then(pl.col("_seq")).otherwise(-pl.col("_rank")))
        .sort(
            [*keys, "_equal", "_first", "row"],
            descending=[*[False] * len(keys), True, False, False],
            maintain_order=True,
        )
        .group_by(keys, maintain_order=True)
        .agg(pl.col(name).first() for name in PROVENANCE)
    )
