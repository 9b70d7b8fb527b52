"""The map under positions: borders and roads out of a GeoJSON file that the office has, as plain lines; none is shipped.

Coordinates are WGS-84, as GeoJSON (RFC 7946) and the graph have them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from graph.documents import Document
from graph.errors import FileError
from graph.texts import Said

MOST_BYTES, MOST_POINTS = 32 << 20, 30_000  # of a file; drawn: more are thinned out evenly
DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}  # how deep the lines of a shape lie
NAMES = ("name", "NAME", "名称", "街道", "title")
APPROVALS = ("审图号", "approval", "attribution")  # properties of the file that must be shown with the map
NOTHING: Document = {"lines": [], "names": [], "note": ""}
Line = list[list[float]]


def read_ground(path: Path | None) -> Document:
    """Return the lines of a map, the names in it with where each is written, and the note that must be shown; nothing without a file."""
    if path is None or str(path) in {"", "."}:
        return NOTHING
    try:
        facts = path.stat()
        return _read(path, facts.st_mtime_ns, facts.st_size)
    except OSError as error:
        raise FileError(file=path.name, reason=error.strerror or str(error)) from error


@lru_cache(maxsize=1)
def _read(path: Path, changed: int, size: int) -> Document:
    if size > MOST_BYTES:
        raise FileError(file=path.name, reason=Said("超过 32 MB", "it is larger than 32 MB"))
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        shapes = list(_shapes(document))
        lines = [line for _, geometry in shapes for line in _lines(geometry)]
        names = [_named(name, geometry) for name, geometry in shapes if name]
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        reason = Said("不是 WGS-84 坐标的 GeoJSON", "it is no GeoJSON with WGS-84 coordinates")
        raise FileError(file=path.name, reason=reason) from error
    step = -(-sum(map(len, lines)) // MOST_POINTS) or 1
    thin = [line if len(line) < 3 * step else [*line[:-1:step], line[-1]] for line in lines]
    note = next((str(document[key])[:200] for key in APPROVALS if document.get(key)), "")
    return {"lines": thin, "names": [one for one in names if one], "note": note}


def _shapes(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every geometry of a document with the name of its feature."""
    kind = document["type"]
    if kind == "FeatureCollection":
        for feature in document["features"]:
            yield from _shapes(feature)
    elif kind == "Feature":
        told = document.get("properties") or {}
        name = next((str(told[key])[:60] for key in NAMES if told.get(key)), "")
        for _, geometry in _shapes(document["geometry"]) if document.get("geometry") else ():
            yield name, geometry
    elif kind == "GeometryCollection":
        for geometry in document["geometries"]:
            yield from _shapes(geometry)
    else:
        yield "", document


def _lines(geometry: Mapping[str, Any]) -> Iterator[Line]:
    depth = DEPTHS.get(geometry["type"])
    if depth is None:  # a point is no line
        return
    lines = [geometry["coordinates"]]
    for _ in range(depth):
        lines = list(chain.from_iterable(lines))
    for line in lines:
        yield [_point(*point[:2]) for point in line]


def _point(lon: Any, lat: Any) -> list[float]:
    found = [round(float(lon), 6), round(float(lat), 6)]
    if not (abs(found[0]) <= 180 and abs(found[1]) <= 90):  # not a number fails here, too
        raise ValueError(found)
    return found


def _named(name: str, geometry: Mapping[str, Any]) -> list[Any]:
    """Return a name with the middle of its longest line; nothing for a shape without one."""
    longest: Line = max(_lines(geometry), key=len, default=[])
    if not longest:
        return []
    lons, lats = zip(*longest, strict=True)
    return [name, (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2]
