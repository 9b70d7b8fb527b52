"""Who partnered with whom, and when: edge lists from public files, for judging rankings on real choices.

Any CSV with `left,right` and, where known, `month`, `left_lon,left_lat,right_lon,right_lat`, `left_size,right_size`,
`left_group,right_group` is read; so are the two public sets under their own columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from queries.matching.arrays import FloatArray, IntArray, sphere_points

PUBLIC = ("norway_boards_memberships.csv", "norway_boards_companies.csv", "sister_cities.tsv")


@dataclass(frozen=True)
class Nodes:
    """What is known of each node of one side: a point on the unit sphere, a size, a group; NaN and −1 where unknown."""

    points: FloatArray
    size: FloatArray
    group: IntArray

    def __len__(self) -> int:
        return len(self.size)


@dataclass(frozen=True)
class EdgeList:
    """Edges between two sides (one and the same where `symmetric`); `month` is −1 where unknown."""

    name: str
    left: Nodes
    right: Nodes
    source: IntArray
    target: IntArray
    month: IntArray
    symmetric: bool

    def where(self, kept: np.ndarray) -> EdgeList:
        """Return the list with some of its edges only."""
        return replace(self, source=self.source[kept], target=self.target[kept], month=self.month[kept])

    def __len__(self) -> int:
        return len(self.source)


def read_norway(folder: Path) -> EdgeList:
    """Return who joined which Norwegian board in which month (Seierstad and Opsahl 2011); of a company's postcode, its area."""
    seats = pl.read_csv(folder / PUBLIC[0])
    companies = pl.read_csv(folder / PUBLIC[1], infer_schema=False)
    area = dict(companies.select(pl.col("company_id").cast(pl.Int64), pl.col("postcode").str.head(2)).iter_rows())
    named = seats.select(
        left=pl.col("person_id").cast(pl.String), right=pl.col("company_id").cast(pl.String), month="first_month",
        right_group=pl.col("company_id").replace_strict(area, default=None, return_dtype=pl.String),
    )  # fmt: skip
    return make_edge_list("Norway boards", named)


def read_sister_cities(folder: Path) -> EdgeList:
    """Return which European cities are sisters (Wikidata), with their positions, populations and countries."""
    rows = pl.read_csv(folder / PUBLIC[2], separator="\t", infer_schema=False, quote_char=None)
    named = rows.select(
        left=pl.concat_str("origincityLabel", "origincountry", separator="|"),
        right=pl.concat_str("sistercityLabel", "destination_countryLabel", separator="|"),
        left_lon=pl.col("originlong").cast(pl.Float64, strict=False), left_lat=pl.col("originlat").cast(pl.Float64, strict=False),
        right_lon=pl.col("destinationlong").cast(pl.Float64, strict=False),
        right_lat=pl.col("destinationlat").cast(pl.Float64, strict=False),
        left_size=_number("originpopulation"), right_size=_number("destinationpopulation"),
        left_group="origincountry", right_group="destination_countryLabel",
    )  # fmt: skip
    return make_edge_list("sister cities", named, symmetric=True)


def read_csv(path: Path) -> EdgeList:
    """Return the edge list of any CSV with left and right."""
    frame = pl.read_csv(path, infer_schema_length=None, schema_overrides={"left": pl.String, "right": pl.String})
    return make_edge_list(path.stem, frame)


def make_edge_list(name: str, frame: pl.DataFrame, symmetric: bool = False) -> EdgeList:
    """Return an edge list; in a symmetric one the sides share their nodes, and an edge is kept once."""
    frame = frame.drop_nulls(["left", "right"])
    ends = [_describe(frame, "left"), _describe(frame, "right")]
    if symmetric:
        both = pl.concat(ends, how="diagonal_relaxed").group_by("id").agg(pl.all().drop_nulls().first()).sort("id")
        ends = [both, both]
    places = [{node: i for i, node in enumerate(end["id"].to_list())} for end in ends]
    source, target = (
        frame[side].replace_strict(place, return_dtype=pl.Int64).to_numpy()
        for side, place in zip(("left", "right"), places, strict=True)
    )
    month = (
        frame["month"].cast(pl.Int64).fill_null(-1).to_numpy() if "month" in frame.columns else np.full(len(source), -1)
    )
    if symmetric:
        source, target = np.minimum(source, target), np.maximum(source, target)
    edges = pl.DataFrame({"source": source, "target": target, "month": month})
    if symmetric:
        edges = edges.filter(pl.col("source") != pl.col("target"))
    edges = edges.group_by("source", "target").agg(pl.col("month").min()).sort("source", "target")
    groups = sorted({g for end in ends if "group" in end.columns for g in end["group"].drop_nulls().to_list()})
    nodes = [_make_nodes(end, {group: i for i, group in enumerate(groups)}) for end in ends]
    source, target, month = (edges[c].to_numpy() for c in ("source", "target", "month"))
    return EdgeList(name, nodes[0], nodes[1], source, target, month, symmetric)


def _describe(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    """Return the distinct nodes of a side, each with what its rows say of it."""
    wanted = {c.removeprefix(f"{side}_"): c for c in frame.columns if c.startswith(f"{side}_")}
    named = frame.select(pl.col(side).alias("id"), **{new: pl.col(old) for new, old in wanted.items()})
    return named.group_by("id").agg(pl.all().drop_nulls().first()).sort("id")


def _make_nodes(frame: pl.DataFrame, groups: dict[str, int]) -> Nodes:
    blank = np.full(frame.height, np.nan)
    lon, lat, size = (
        frame[c].cast(pl.Float64).fill_null(float("nan")).to_numpy() if c in frame.columns else blank
        for c in ("lon", "lat", "size")
    )
    group = np.full(frame.height, -1)
    if "group" in frame.columns:
        group = frame["group"].replace_strict(groups, default=-1, return_dtype=pl.Int64).fill_null(-1).to_numpy()
    return Nodes(sphere_points(lon, lat), size, group)


def _number(column: str) -> pl.Expr:
    """Return a number as an encyclopedia writes it (15,762 or 15762); what is not positive is unknown."""
    value = pl.col(column).str.replace_all(",", "").cast(pl.Float64, strict=False)
    return pl.when(value > 0).then(value)
