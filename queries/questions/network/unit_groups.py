"""哪些单位自成一群？ Which units form groups that have more to do with each other than with the rest?

Louvain's method (Blondel et al. 2008) on the network of cooperation; the same snapshot gives the same groups.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from graph.schema.organizations import Community, Enterprise
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import read_units, record_of
from queries.reading.facts import Recent, snapshot_key
from queries.reading.scope import Scope
from queries.reading.unit_network import make_network
from queries.reading.units_of import name_streets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.graph import Graph

SEED = 1
_NAME = Said("{first}等 {n} 个单位", "{first} and others, {n} units")
_RECENT: Recent[tuple[Any, Sequence[set[str]], float]] = Recent(2)


@dataclass(frozen=True)
class UnitGroup:
    """A group of units: who stands in its middle, of which subdistricts it is, and how much of its ties stay inside."""

    number: int = column("序号", "group")
    name: Said = column("群", "units")
    units: int = column("单位数", "number of units")
    enterprises: int = column("企业", "enterprises")
    communities: int = column("社区", "communities")
    streets: str = column("街道", "subdistricts")
    inside: float = column("群内联系占比", "share of ties inside", share=True)
    members: list[str] = column("成员", "members", "detail")
    member_ids: list[str] = column("成员编号", "ids of members", "hidden")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "单位 成群；抱团；哪些 单位 一群；圈子；单位 抱团；单位 圈子；自然 分成 几群；来往密切",
        "groups of units; clusters of units",
    )
)
def unit_groups(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几群", "at most so many groups")] = 50,
) -> Answer[UnitGroup]:
    """哪些单位自成一群？ Which units form groups? The largest come first; with an area, the groups that reach into it."""
    network, groups, modularity = _RECENT.get(snapshot_key(graph), partial(_find, graph))
    units = read_units(graph)
    inside = set(list_units(graph, area)) if area else None
    chosen = [group for group in groups if inside is None or group & inside]
    rows = [_row(graph, units, network, number, group) for number, group in enumerate(chosen[:limit], start=1)]
    alone = units.height - network.number_of_nodes()
    return Answer(
        rows, truncated=len(chosen) > limit, extra={"modularity": round(modularity, 4), "units_without_ties": alone}
    )


def _find(graph: Graph) -> tuple[Any, Sequence[set[str]], float]:
    import networkx as nx  # start-up: 0.2 s

    network = make_network(graph)
    if not network:
        return network, [], 0.0
    groups = nx.community.louvain_communities(network, weight="weight", seed=SEED)
    ordered = sorted(groups, key=lambda group: (-len(group), min(group)))
    return network, ordered, nx.community.modularity(network, groups, weight="weight")


def _row(graph: Graph, units: pl.DataFrame, network: Any, number: int, group: set[str]) -> UnitGroup:
    strength = {unit: sum(tie["weight"] for other, tie in network[unit].items() if other in group) for unit in group}
    rows = units.filter(pl.col("id").is_in(sorted(group))).with_columns(strength=pl.col("id").replace_strict(strength))
    rows = rows.sort(-pl.col("strength"), "name", "id")
    streets = sorted({street for names in name_streets(graph, rows).values() for street in names})
    kinds = Counter(rows["label"])
    every = sum(network.degree(weight="weight")[unit] for unit in group)
    within = sum(strength.values()) / every if every else 0.0
    return UnitGroup(
        number, _NAME.fill(first=rows["name"][0], n=len(group)), len(group), kinds[Enterprise.label], kinds[Community.label],
        "、".join(streets), round(within, 4), rows["name"].to_list(), rows["id"].to_list(),
        [record_of(graph, row) for row in rows.head(3).iter_rows(named=True)],
    )  # fmt: skip
