"""哪些单位是桥梁？ Which units hold the network of cooperation together, and what breaks if one leaves?

The network: units that signed, held, used, claimed or answered for something together. Betweenness (Freeman 1977) is the share of
shortest ways between others that lead over a unit; beyond 300 units it is estimated from 300 of them (Brandes and Pich 2007).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.betweenness import measure_betweenness
from queries.reading.entities import read_units, record_of
from queries.reading.facts import Recent, snapshot_key
from queries.reading.scope import Scope
from queries.reading.unit_network import make_network
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

EXACT_UP_TO, PIVOTS = 300, 300
_CUT = Said("离开后有 {n} 个单位与其余失去联系", "without it {n} units lose touch with the rest")
_ALONE = Said("，其中 {n} 个只与它有联系", ", {n} of them are tied to it alone")
_HELD = Said("离开后其余单位之间仍有联系", "without it the rest stay in touch")
_ESTIMATED = Said(
    "单位较多，中介度由抽取的 {n} 个单位估计", "of so many units, betweenness is estimated from {n} of them"
)


@dataclass(frozen=True)
class Bridge:
    """A unit of the network: how many others it is tied to, how many ways lead over it, and who is cut off without it."""

    unit_id: str
    label: str
    unit: str = column("单位", "unit")
    ties: int = column("有联系的单位", "units it is tied to")
    betweenness: float = column("中介度", "betweenness", digits=4)
    articulation: bool = column("关键节点", "cut point")
    text: Said = column("离开的影响", "if it leaves")
    cut_off: list[str] = column("失去联系的单位", "cut off without it", "detail")
    only_with_it: list[str] = column("只与它有联系的单位", "tied to it alone", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@dataclass(frozen=True)
class _Measures:
    """The network of a snapshot with the betweenness and the cut points of its units."""

    network: Any
    betweenness: Mapping[str, float]
    cut_points: frozenset[str]


_RECENT: Recent[_Measures] = Recent(2)


@question(
    phrases=Said(
        "桥梁 单位；关键 单位 离开；离开 断开；中介；单位 退出 影响；要是 退出 影响 谁；单位 断联；不参加 影响；"
        "枢纽 单位；关键 节点",
        "bridge units; what breaks if leaves; cut points",
    )
)
def bridges(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str | None, Said("只看这个单位离开的影响", "what breaks if this unit leaves")] = None,
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几个单位", "at most so many units")] = 20,
) -> Answer[Bridge]:
    """哪些单位是桥梁，离开了会断开什么？ Which units are bridges, and what breaks if one leaves? The most between others come first."""
    measures = _RECENT.get(snapshot_key(graph), partial(_measure, graph))
    units = read_units(graph).filter(pl.col("id").is_in(list(measures.network)))
    names = dict(units.select("id", "name").iter_rows())
    if unit:
        units = units.filter(pl.col("id") == find_unit(graph, unit).id)
    elif area:
        units = units.filter(pl.col("id").is_in(list_units(graph, area).implode()))
    ranked = units.with_columns(
        between=pl.col("id").replace_strict(measures.betweenness, default=0.0, return_dtype=pl.Float64)
    )
    ranked = ranked.sort(-pl.col("between").round(9), "name", "id")
    rows = []
    for row in ranked.head(limit).iter_rows(named=True):
        cut_off, alone = _break(measures, row["id"])
        rows.append(Bridge(
            row["id"], row["label"], row["name"], measures.network.degree[row["id"]], round(row["between"], 6),
            row["id"] in measures.cut_points, _say(cut_off, alone), sorted(names[id] for id in cut_off), sorted(names[id] for id in alone),
            [record_of(graph, row)],
        ))  # fmt: skip
    size = measures.network.number_of_nodes()
    note = {"note": _ESTIMATED.fill(n=PIVOTS)} if size > EXACT_UP_TO else {}
    told = {"units": size, "ties": measures.network.number_of_edges(), "cut_points": len(measures.cut_points)}
    return Answer(rows, truncated=ranked.height > limit, extra=told | note)


def _measure(graph: Graph) -> _Measures:
    import networkx as nx  # start-up: 0.2 s

    network = make_network(graph)
    pivots = PIVOTS if network.number_of_nodes() > EXACT_UP_TO else None
    return _Measures(network, measure_betweenness(network, pivots), frozenset(nx.articulation_points(network)))


def _break(measures: _Measures, unit: str) -> tuple[set[str], set[str]]:
    """Return who is cut off from the largest rest of its part of the network without a unit, and who is tied to it alone."""
    import networkx as nx  # start-up: 0.2 s

    network = measures.network
    alone = {other for other in network[unit] if network.degree[other] == 1}
    if unit not in measures.cut_points:
        return alone, alone
    rest = network.subgraph(nx.node_connected_component(network, unit) - {unit})
    parts = sorted(nx.connected_components(rest), key=lambda part: (-len(part), min(part)))
    return set().union(*parts[1:]) | (alone & parts[0] if len(parts[0]) == 1 else set()), alone


def _say(cut_off: set[str], alone: set[str]) -> Said:
    if not cut_off:
        return _HELD
    first, more = _CUT.fill(n=len(cut_off)), _ALONE.fill(n=len(alone)) if alone else Said("", "")
    return Said(first + more, first.en + more.en)
