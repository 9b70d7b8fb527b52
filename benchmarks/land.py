"""An invented land of communities and enterprises, as large as one likes: what the pairing is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from queries.reading.facts import Facts

SIZES = {"district": (150, 300), "city": (2_000, 5_000), "province": (25_000, 60_000), "nation": (600_000, 1_600_000)}
SERVICES = (
    "法律援助", "健康义诊", "环境整治", "文艺辅导", "治安防范", "青少年课堂", "帮困助残", "便民服务", "政策宣讲", "矛盾调解", "就业援助",
    "科普讲座",
)  # fmt: skip
SKILLS = ("法律", "医疗", "护理", "家电维修", "水电维修", "理发", "教学", "书法", "文艺", "安保", "绿化", "心理辅导")
AS_OF = date(2026, 6, 30)


def make_facts(communities: int, enterprises: int, seed: int = 1) -> Facts:
    """Return the facts of an invented land: towns of differing size, needs, offers, members at home near their work, agreements."""
    numbers = np.random.default_rng(seed)
    towns = max(1, communities // 60)
    centres = np.column_stack([numbers.uniform(110, 116, towns), numbers.uniform(31, 36, towns)])
    sides = [
        _side(numbers, centres, kind, count)
        for kind, count in (("Community", communities), ("Enterprise", enterprises))
    ]
    units = pl.concat([side for side, _ in sides], how="diagonal_relaxed")
    names = [side["id"].to_numpy() for side, _ in sides]
    town = [place for _, place in sides]
    cells = {"entity": pl.lit("Row"), "load_id": pl.lit("l"), "sheet": pl.lit("s"), "row": pl.lit(1, pl.Int32)}
    needs = _words(numbers, names[0], 3, SERVICES, "unit", "service").with_columns(urgency=pl.lit(1.0), **cells)
    offers = _words(numbers, names[1], 2, SERVICES, "unit", "service").with_columns(availability=pl.lit(1.0), **cells)
    skills = _words(numbers, names[1], 2, SKILLS, "employer", "skill").with_columns(
        members=pl.lit(6, pl.Int64), **cells
    )
    pairs = _local_pairs(numbers, names, town, 4 * enterprises)
    homes = pairs.rename({"left": "community", "right": "employer"}).with_columns(
        members=pl.Series(numbers.integers(1, 40, pairs.height)).cast(pl.Int64)
    )
    signed = (
        _local_pairs(numbers, names, town, communities).with_row_index("n").with_columns(id=pl.format("agr:{}", "n"))
    )
    agreements = signed.select(
        "id", name="id", number="id", signed=pl.lit(date(2024, 1, 1)), expires=pl.lit(date(2027, 1, 1)), status=pl.lit(None, pl.String),
        rating=pl.when(pl.col("n") % 3 == 0).then(pl.lit("满意")), in_force=pl.lit(True), **cells,
    )  # fmt: skip
    ends = [
        signed.select(unit=side, label=pl.lit(label), agreement="id")
        for side, label in (("left", "Community"), ("right", "Enterprise"))
    ]
    met = (
        _local_pairs(numbers, names, town, 2 * communities)
        .with_row_index("n")
        .with_columns(thing=pl.format("act:{}", "n"))
    )
    shared = pl.concat(
        met.select(unit=side, label=pl.lit(label), thing="thing", title="thing", day=pl.lit(date(2025, 5, 1)), **cells)
        for side, label in (("left", "Community"), ("right", "Enterprise"))
    )
    return Facts(
        as_of=AS_OF, units=units, needs=needs, offers=offers, homes=homes.sort("employer", "community"), skills=skills,
        agreements=agreements, signers=pl.concat(ends).sort("agreement", "unit"), shared=shared.sort("unit", "thing"),
        declined=pl.DataFrame(schema={"source": pl.String, "target": pl.String}),
    )  # fmt: skip


def _side(numbers: np.random.Generator, centres: Any, label: str, count: int) -> tuple[pl.DataFrame, Any]:
    town = np.sort(numbers.zipf(1.3, count) % len(centres))
    points = centres[town] + numbers.normal(0, 0.05, (count, 2))
    ids = pl.Series([f"{label[:3].lower()}:{n:07}" for n in range(count)])
    frame = {
        "id": ids, "label": pl.Series([label] * count), "name": ids, "lon": points[:, 0], "lat": points[:, 1],
        "party_members": numbers.integers(20, 900, count),
    }  # fmt: skip
    if label == "Enterprise":
        frame["industry"] = np.array(["C", "Q", "P", "R", "G", "J"])[numbers.integers(0, 6, count)]
    rows = pl.DataFrame(frame).with_columns(
        entity=pl.lit(label), load_id=pl.lit("l"), sheet=pl.lit("s"), row=pl.lit(1, pl.Int32)
    )
    return rows, town


def _words(
    numbers: np.random.Generator, ids: Any, each: int, words: Sequence[str], unit: str, word: str
) -> pl.DataFrame:
    chosen = np.array(words)[numbers.integers(0, len(words), each * len(ids))]
    return pl.DataFrame({unit: np.repeat(ids, each), word: chosen}).unique().sort(unit, word)


def _local_pairs(numbers: np.random.Generator, names: Any, town: Any, count: int) -> pl.DataFrame:
    """Return pairs of a community and an enterprise of one town (a random one where the town has no other)."""
    left = numbers.integers(0, len(names[0]), count)
    first, last = (np.searchsorted(town[1], town[0][left], side) for side in ("left", "right"))
    right = np.where(
        last > first,
        first + (numbers.random(count) * (last - first)).astype(np.int64),
        numbers.integers(0, len(names[1]), count),
    )
    return pl.DataFrame({"left": names[0][left], "right": names[1][right]}).unique().sort("left", "right")
