"""A unit with very many relations: half a million activities that one enterprise leads."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from graph.publish import publish
from graph.schema import SCHEMA
from graph.tables import SOURCES, Tables, empty_tables, entity_columns, relation_columns
from graph.workspace import Workspace

UNIT = "ent:甲机械厂"


def publish_hub(path: Path, relations: int) -> None:
    """Publish a graph in which one enterprise leads so many activities."""
    tables = empty_tables(SCHEMA)
    ids = pl.select(pl.format("act:{}", pl.int_range(relations).cast(pl.String).str.zfill(7)).alias("id"))
    unit = pl.DataFrame({"id": [UNIT], "name": ["甲机械厂有限公司"]})
    entities = dict(tables.entities) | {
        "Enterprise": fill(unit, entity_columns(SCHEMA.entity("Enterprise"))),
        "Activity": fill(ids.with_columns(title=pl.col("id")), entity_columns(SCHEMA.entity("Activity"))),
    }
    led = ids.select(source=pl.lit(UNIT), target="id")
    links = dict(tables.relations) | {
        ("LEADS", "Enterprise", "Activity"): fill(led, relation_columns(SCHEMA.relation("LEADS")))
    }
    workspace = Workspace.open(path, create=True)
    with workspace.writing():
        publish(
            workspace, Tables(entities, links, pl.DataFrame(schema=SOURCES)), SCHEMA, {"as_of": None, "problems": []}
        )


def fill(frame: pl.DataFrame, columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Return a frame with all of the columns, null where it has none of them."""
    return frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in columns.items()
    )
