"""How one gets to a place from where one is: in which direction, how far as the crow flies, and what else lies by the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph.texts import Said, join_said
from queries.matching.distance import km_between

if TYPE_CHECKING:
    from graph.documents import FrameRow
    from queries.reading.found_places import FoundPlace

BY_THE_WAY_KM = 3.0  # so near another place can be seen on one day
_DIRECTIONS = (
    Said("东", "east"), Said("东北", "north-east"), Said("北", "north"), Said("西北", "north-west"), Said("西", "west"),
    Said("西南", "south-west"), Said("南", "south"), Said("东南", "south-east"),
)  # fmt: skip
_HERE_KM = 0.05  # so near there is no direction
_WAY = Said("往{where} {km} 公里（直线）", "{km} km {where}, as the crow flies")
_HERE = Said("就在{place}", "at {place}")
_NEXT = Said("顺路：{name}（相隔 {km} 公里）", "by the way: {name}, {km} km off")
_UNPLACED = Said("位置未登记，去前请核对地址", "position not registered: check the address before you go")


def tell_ways(rows: Sequence[FrameRow], start: FoundPlace) -> list[Said]:
    """Return for each row (name, lon, lat, km from the start) how one gets there, and which other of the rows is nearest to it."""
    places = np.array([[row["lon"], row["lat"]] for row in rows], dtype=float).reshape(-1, 2)
    apart = km_between(places, places)
    np.fill_diagonal(apart, np.inf)
    return [_tell(row, start, rows, km) for row, km in zip(rows, np.nan_to_num(apart, nan=np.inf), strict=True)]


def _tell(row: FrameRow, start: FoundPlace, rows: Sequence[FrameRow], apart: np.ndarray) -> Said:
    if row["lon"] is None or row["lat"] is None:
        return _UNPLACED
    told = [_tell_direction(row, start)] if row["km"] is not None else []
    nearest = int(np.argmin(apart))
    if apart[nearest] <= BY_THE_WAY_KM:
        told.append(_NEXT.fill(name=rows[nearest]["name"], km=f"{apart[nearest]:.1f}"))
    return join_said(told)


def _tell_direction(row: FrameRow, start: FoundPlace) -> Said:
    if row["km"] < _HERE_KM or start.lon is None or start.lat is None:
        return _HERE.fill(place=start.name)
    east = (row["lon"] - start.lon) * np.cos(np.radians(start.lat))
    eighth = round(np.degrees(np.arctan2(row["lat"] - start.lat, east)) / 45) % len(_DIRECTIONS)
    return _WAY.fill(where=_DIRECTIONS[eighth], km=f"{row['km']:.1f}")
