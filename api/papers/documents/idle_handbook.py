"""闲置厂房楼宇招商手册: every property that is to be had, with what an investor asks, whom to call and where it lies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from api.papers.paper import Writing, paper
from api.papers.shown_rows import add_up, count_rows, show_rows
from api.papers.written_register import WrittenRow, write_things
from graph.schema.organizations import Enterprise
from graph.schema.property import idle_properties
from graph.schema.resources import OWNS
from graph.states import said_state
from graph.texts import Said
from queries.answers.arguments import Between
from queries.pairing.specs.property_enterprise import TAKEN
from queries.reading.entities import open_entities, open_relations

if TYPE_CHECKING:
    from graph.graph import Graph

_BARE = re.compile(r"^[0-9.]+$")  # a rent without its unit is in that of the register's header
_DETAILS = (  # what an entry tells, in this order: heading, field, unit
    ("坐落地址", "address", ""), ("载体类型", "kind", ""), ("权属单位", "owner", ""),
    ("建筑面积", "area_m2", " 平方米"), ("占地面积", "land_m2", " 平方米"),
    ("楼层", "floor", ""), ("层高", "clear_height_m", " 米"), ("承重", "floor_load", ""), ("行车吨位", "crane_t", " 吨"),
    ("配电容量", "power_kva", " kVA"), ("消防等级", "fire_class", ""), ("产权性质", "tenure", ""), ("租金", "rent", ""),
    ("可租起始", "available_from", ""), ("适宜产业", "industries", ""), ("入驻条件", "conditions", ""), ("现状", "status", ""),
)  # fmt: skip


# What every investor asks: where nobody has registered it, the handbook says so.
_ASKED_BY_ALL = frozenset(["area_m2", "clear_height_m", "floor_load", "crane_t", "power_kva", "rent", "industries"])


@paper(Said("闲置厂房楼宇招商手册", "handbook of idle property"), "招商手册")
def idle_handbook(
    writing: Writing,
    *,
    least: Annotated[float | None, Between(0), Said("最小建筑面积（平方米）", "the least floor area in m²")] = None,
) -> Mapping[str, object]:
    """Return the properties that are to be had, each with its details, its owner's office and its position."""
    rows = _to_be_had(write_things(writing.graph, writing.scope, idle_properties))
    if least is not None:
        rows = [row for row in rows if (row.values["area_m2"] or 0) >= least]
    owners = _read_owners(writing.graph)
    entries = [
        one | _describe(one, owners.get(row.values["id"], {}), writing)
        for one, row in zip(show_rows(writing, rows, idle_properties), rows, strict=True)
    ]
    return {
        "entries": entries,
        "photos": ["（在此处粘贴）"],
        "n_all": count_rows(writing, rows, "处"),
        "area": add_up(writing, rows, "area_m2", "平方米"),
    }


def _to_be_had(rows: list[WrittenRow]) -> list[WrittenRow]:
    """Return the properties whose status does not say that they are let, or not to be had."""
    told = pl.DataFrame({"status": [row.values["status"] for row in rows]}, schema={"status": pl.String})
    gone = told.select(said_state(resource=True).is_in(TAKEN)).to_series().to_list()
    return [row for row, is_gone in zip(rows, gone, strict=True) if not is_gone]


def _read_owners(graph: Graph) -> dict[str, dict[str, Any]]:
    """Return for each property the unit that owns it: its position and its office's telephone."""
    units = open_entities(graph, Enterprise, "name", "phone", "lon", "lat").select("id", "phone", "lon", "lat")
    ties = open_relations(graph, OWNS).join(units, left_on="source", right_on="id")
    return {row["target"]: row for row in ties.iter_rows(named=True)}


def _describe(entry: Mapping[str, Any], owner: Mapping[str, Any], writing: Writing) -> dict[str, Any]:
    if _BARE.match(str(entry["rent"])):
        entry = {**entry, "rent": f"{entry['rent']} 元/㎡·月"}
    details = [
        {"name": zh, "text": "未登记" if entry[field] == "" else f"{_plain(entry[field])}{unit}"}
        for zh, field, unit in _DETAILS
        if entry[field] != "" or field in _ASKED_BY_ALL
    ]
    position = f"东经 {owner['lon']:.5f}，北纬 {owner['lat']:.5f}" if owner.get("lon") and owner.get("lat") else ""
    phone = (owner.get("phone") or "") if writing.scope.sees_members else ""
    return {"details": details, "position": position and f"{position}（权属单位所在地）", "phone": phone}


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
