"""What one would write without the pairing engine: a plain loop, a cross join, a nearest-neighbour search with numpy."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import polars as pl

from benchmarks.land import SIZES, make_facts


def plain_loop(size: str, lefts: int = 20) -> dict[str, Any]:
    """Score some communities with every enterprise in a plain Python loop, by four of the eight formulas; returns seconds a pair."""
    from math import asin, cos, radians, sin, sqrt

    facts = make_facts(*SIZES[size])
    units = {row["id"]: row for row in facts.units.iter_rows(named=True)}
    needs: dict[str, set[str]] = {}
    offers: dict[str, set[str]] = {}
    for table, frame in ((needs, facts.needs), (offers, facts.offers)):
        for unit, service in frame.select("unit", "service").iter_rows():
            table.setdefault(unit, set()).add(service)
    homes = {
        (employer, community): n
        for employer, community, n in facts.homes.select("employer", "community", "members").iter_rows()
    }
    communities = [u for u in units.values() if u["label"] == "Community"][:lefts]
    enterprises = [u for u in units.values() if u["label"] == "Enterprise"]
    start, pairs = time.perf_counter(), 0
    for community in communities:
        for enterprise in enterprises:
            lon, lat, lon2, lat2 = (
                radians(v) for v in (community["lon"], community["lat"], enterprise["lon"], enterprise["lat"])
            )
            half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
            near = 1 / (1 + (12742 * asin(sqrt(half)) / 5) ** 2)
            wanted, given = needs.get(community["id"], set()), offers.get(enterprise["id"], set())
            met = len(wanted & given) / len(wanted) if wanted else 0.25
            living = homes.get((enterprise["id"], community["id"]), 0)
            size_fit = sqrt(
                min(community["party_members"], enterprise["party_members"])
                / max(community["party_members"], enterprise["party_members"])
            )
            _ = (
                0.24 * met
                + 0.18 * living / (living + 10)
                + 0.16 * near
                + 0.14 * met
                + 0.05
                + 0.02
                + 0.006
                + 0.04 * size_fit
            )
            pairs += 1
    return {"seconds_a_pair": (time.perf_counter() - start) / pairs}


def cross_join(size: str) -> dict[str, Any]:
    """Measure distance and needs of every pair by a polars cross join: two of the eight signals."""
    facts = make_facts(*SIZES[size])
    side = facts.units.select("id", "label", "lon", "lat")
    needs = facts.needs.group_by("unit").agg("service")
    offers = facts.offers.group_by("unit").agg("service")
    start = time.perf_counter()
    left = side.filter(pl.col("label") == "Community").join(needs, left_on="id", right_on="unit", how="left")
    right = side.filter(pl.col("label") == "Enterprise").join(offers, left_on="id", right_on="unit", how="left")
    lon, lat, lon2, lat2 = (pl.col(c).radians() for c in ("lon", "lat", "lon_right", "lat_right"))
    half = ((lat2 - lat) / 2).sin().pow(2) + lat.cos() * lat2.cos() * ((lon2 - lon) / 2).sin().pow(2)
    near = 1 / (1 + (12742 * half.sqrt().arcsin() / 5).pow(2))
    met = pl.col("service").list.set_intersection("service_right").list.len() / pl.col("service").list.len()
    scored = left.lazy().join(right.lazy(), how="cross").select("id", "id_right", score=0.16 * near + 0.24 * met)
    rows = scored.sort("score", descending=True).group_by("id").head(10).collect().height
    return {"seconds": time.perf_counter() - start, "rows": rows}


def nearest(size: str) -> dict[str, Any]:
    """Find each community's 200 nearest enterprises and rank them by distance alone, with scipy's tree and numpy."""
    from scipy.spatial import cKDTree

    from queries.matching.arrays import make_side

    facts = make_facts(*SIZES[size])
    left, right = make_side(facts.units, "Community"), make_side(facts.units, "Enterprise")
    start = time.perf_counter()
    distance, _ = cKDTree(right.points).query(left.points, k=200, workers=-1)
    near = 1 / (1 + (6371 * distance / 5) ** 2)
    np.argpartition(-near, 10, axis=1)
    return {"seconds": time.perf_counter() - start}
