"""Rows made of free text that lists several things: each thing becomes a record of its own, marked for review, with its cell.

In a list of offers or needs a row gives way to the things that its cell lists. Of a unit's cell (闲置场地情况, 需求) each thing
becomes an offering or a need of the unit, as if the office had sent that list too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from graph.kinds import Column, ItemsOf, Register, Schema
from graph.problems import WARNING, Problem
from graph.types import Text
from graph.types.value_type import show
from loaders.cleaning.items import Item, is_list, may_count, read_items
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.sheets.table_finder import Table

MENTION = "@"  # as in loaders.cleaning.clean
_ITEM = {"title": pl.String, "category": pl.String, "quantity": pl.Int64, "unit": pl.String, "content": pl.String}


@dataclass(frozen=True)
class Listed:
    """Records of a register made of one column's items, the column that each field stands in, and a note for each such cell."""

    register: Register
    frame: pl.DataFrame
    columns: tuple[ColumnMapping, ...]
    problems: tuple[Problem, ...]


def split_rows(
    register: Register, records: pl.DataFrame, origin: Mapping[str, str], table: Table
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return records with rows whose text lists several things replaced by a row for each thing.

    Where another column names the row (a title beside 资源内容), the row stays and the counted things are added. `origin` gives the
    column letter of each field.
    """
    problems: list[Problem] = []
    for column in register.columns:
        if isinstance(column, ItemsOf) and column.into == register.name and column.rides in records.columns:
            records, parts = _split_by(column, records)
            problems += _notes(parts, table, origin.get(column.rides, ""), column.rides)
    return records, problems


def name_by_text(
    register: Register, columns: Mapping[str, pl.Series], letters: Mapping[str, str]
) -> tuple[dict[str, pl.Series], dict[str, str]]:
    """Return columns in which a blank title is the text that lists the row's things, and the column letter of each field."""
    filled, places = dict(columns), dict(letters)
    for column in register.columns:
        text = columns.get(column.rides) if isinstance(column, ItemsOf) and column.into == register.name else None
        if text is not None and column.rides != column.field:
            title = filled.get(column.field)
            filled[column.field] = text if title is None else pl.select(pl.coalesce(title, text)).to_series()
            places.setdefault(column.field, places.get(column.rides, ""))
    return filled, places


def list_elsewhere(mapping: TableMapping, schema: Schema, table: Table, records: pl.DataFrame) -> Iterator[Listed]:
    """Yield the records of other registers that free text of this one lists: what an enterprise has idle, what it needs."""
    for mapped in mapping.columns:
        column = mapped.column
        if not isinstance(column, ItemsOf) or mapping.register is None or "name" not in records.columns:
            continue
        text = Text().clean(table.body[mapped.letter]).values[""]
        rows = table.body.select("row").with_columns(_text=text)
        named = records.select("row", pl.col("name").alias("_unit"))
        parts = _parts_of(named.join(rows, on="row", how="left", maintain_order="left"), lambda items: items)
        if parts.height:
            register = schema.register(column.into)
            problems = tuple(_notes(parts, table, mapped.letter, column.field))
            yield Listed(register, _as_records(register, parts), _as_fields(mapped, register), problems)


def _split_by(column: ItemsOf, records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_title = column.rides == column.field
    named = pl.lit(value=False) if is_title else pl.col(column.field) != pl.col(column.rides)
    rows = records.with_row_index("_at").with_columns(_text=pl.col(column.rides), _named=named.fill_null(value=False))
    rows = rows.with_columns(_text=pl.when(may_count(rows["_text"])).then("_text"))
    alone = _parts_of(rows.filter(~pl.col("_named")), lambda items: items if is_list(items) else ())
    counted = _parts_of(rows.filter("_named"), _several_counted)
    parts = pl.concat([alone, counted])
    if parts.is_empty():
        return records, parts
    kept = rows.join(alone.select("_at").unique(), on="_at", how="anti", maintain_order="left")
    made = rows.join(parts, on="_at", suffix="_item", maintain_order="right")
    changed = made.with_columns(*_item_columns(records), **_own_words(records))
    frame = pl.concat([kept, changed], how="diagonal_relaxed").sort("_at", maintain_order=True)
    return frame.select(pl.exclude("_at", "_text", "_named", "^.*_item$")), parts


def _several_counted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    counted = tuple(item for item in items if item.quantity is not None)
    return counted if len(counted) > 1 else ()


def _item_columns(records: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield the columns of rows made of items: what a row says of itself counts, but for its title and its number."""
    for name in ("title", "unit", "content"):
        yield (pl.col(f"{name}_item") if name in records.columns else pl.col(name)).alias(name)
    category = pl.col("category_item") if "category" in records.columns else pl.col("category")
    yield (pl.coalesce("category", category) if "category" in records.columns else category).alias("category")
    number = pl.col("quantity_item") if "quantity" in records.columns else pl.col("quantity")
    yield number.alias("quantity")
    yield pl.lit(value=True).alias("to_review")


def _own_words(records: pl.DataFrame) -> dict[str, pl.Expr]:
    # What an offer is about is read from its title; the item has one of its own.
    title = "title_item" if "title" in records.columns else "title"
    return {"@about": pl.concat_list(title)} if records.schema.get("@about") == pl.List(pl.String) else {}


def _parts_of(rows: pl.DataFrame, take: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> pl.DataFrame:
    """Return a row per item that `take` leaves of each text, beside the place of its row; each distinct text is read once."""
    keys = [name for name in ("_at", "row", "_unit") if name in rows.columns]
    texts = rows["_text"].drop_nulls().unique().sort()
    read = [(text, *_fields(item)) for text in texts.to_list() for item in take(read_items(text))]
    items = pl.DataFrame(read, schema={"_text": pl.String, **_ITEM}, orient="row")
    return rows.select(*keys, "_text").join(items, on="_text", how="inner", maintain_order="left_right")


def _fields(item: Item) -> tuple[str, str | None, int | None, str | None, str]:
    return item.title, item.category or None, item.quantity, item.unit or None, item.content


def _as_records(register: Register, parts: pl.DataFrame) -> pl.DataFrame:
    unit = next(link for link in register.links if link.required)
    about = [pl.concat_list("title").alias("@about")] if register.name == "offers" else []
    return parts.select(
        "row", pl.col("_unit").alias(MENTION + unit.field), *_ITEM, *about, to_review=pl.lit(value=True)
    )


def _as_fields(mapped: ColumnMapping, register: Register) -> tuple[ColumnMapping, ...]:
    column: Column = register.column("title")
    return tuple(replace(mapped, field=name, column=column) for name in _ITEM)


def _notes(parts: pl.DataFrame, table: Table, letter: str, field: str) -> Iterator[Problem]:
    """Yield a note for each cell that was taken apart: what stands in it, and what it became."""
    if parts.is_empty():
        return
    item = pl.concat_str("title", pl.concat_str(pl.col("quantity"), pl.col("unit").fill_null("")).fill_null(""))
    cells = parts.group_by("row", maintain_order=True).agg(
        pl.col("_text").first(), item.str.join("、").alias("became"), pl.len()
    )
    for row, text, became, count in cells.with_columns(_text=show(cells["_text"])).iter_rows():
        yield Problem(
            "items.review", WARNING, table.file, table.sheet, int(row), letter, field, text, became, (("count", count),)
        )
