from datetime import date

import networkx as nx
import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from queries.reading.unit_network import make_network
from tests.queries.memory_graph import District, MemoryGraph
from tests.queries.small_graph import ENTITIES, RELATIONS, make_tables

VIEWER = Scope("t", "viewer")
SERVICE = "健康义诊"


@pytest.fixture(scope="module")
def bowtie():
    """Two triangles of units that one factory alone joins, a unit that is tied to the factory alone, and one that is tied to nobody."""
    district = District()
    left = [district.community(f"左{n}社区", 112.40, 34.60 + n / 100) for n in range(3)]
    right = [district.community(f"右{n}社区", 112.60, 34.60 + n / 100) for n in range(3)]
    factory = district.enterprise("中厂", 112.50, 34.60, offers=[SERVICE])
    district.enterprise("孤厂", 112.41, 34.60)
    lonely = district.community("远社区", 113.00, 34.60, needs=[SERVICE])
    district.community("无位社区", None, None)
    for side in (left, right):
        for n, (a, b) in enumerate(((0, 1), (1, 2), (0, 2))):
            activity = district.entity("Activity", f"act:{side[0]}{n}", title="活动", day=date(2026, 1, 5))
            for unit in (side[a], side[b]):
                district.relate("TAKES_PART_IN", ("Community", unit), ("Activity", activity))
        district.agreement(f"协{side[0]}", side[0], factory)
    district.agreement("远协", lonely, factory)
    return district.graph()


def rows(graph, question, **arguments):
    return ask(graph, VIEWER, question, **arguments).rows


def test_the_unit_over_which_all_ways_lead_is_the_bridge_and_what_breaks_without_it_is_told(bowtie):
    first = rows(bowtie, "bridges")[0]
    assert (first.unit, first.articulation, first.only_with_it) == ("中厂", True, ["远社区"])
    assert (
        len(first.cut_off) == 4
    )  # one of the triangles stays the rest; the other one and the lonely community are cut off
    assert {name[0] for name in first.cut_off} in ({"左", "远"}, {"右", "远"})
    end = rows(bowtie, "bridges", unit="左1社区")[0]
    assert (end.articulation, end.cut_off, end.betweenness) == (False, [], 0)


def test_betweenness_and_cut_points_are_those_of_networkx(bowtie):
    network = make_network(bowtie)
    expected = nx.betweenness_centrality(nx.Graph(network.edges))
    found = {row.unit_id: row for row in rows(bowtie, "bridges")}
    assert {id: row.betweenness for id, row in found.items()} == pytest.approx(expected, abs=1e-6)
    assert {id for id, row in found.items() if row.articulation} == set(nx.articulation_points(network))


def test_units_that_do_much_together_are_one_group(bowtie):
    groups = rows(bowtie, "unit-groups")
    sides = [{name[0] for name in group.members if name[0] in "左右"} for group in groups]
    assert [side for side in sides if len(side) > 1] == []
    assert sum(group.units for group in groups) == 8
    assert groups == rows(bowtie, "unit-groups")


def test_who_has_no_partner_is_told_with_the_nearest_of_the_other_side(bowtie):
    lacking = {row.unit: row for row in rows(bowtie, "without-partner", lack="contact")}
    assert lacking.keys() == {"孤厂", "无位社区"}
    assert lacking["孤厂"].near[0].unit == "左0社区"
    assert lacking["无位社区"].near == []
    paired = MemoryGraph(make_tables(ENTITIES, RELATIONS))
    assert {row.unit for row in rows(paired, "without-partner")} == {"洛阳轴承集团有限公司", "长安社区", "郑州路社区"}
    assert {row.unit for row in rows(paired, "without-partner", side="enterprise")} == {"洛阳轴承集团有限公司"}


def test_a_community_far_from_every_provider_has_a_gap_and_one_nearby_none(bowtie):
    answer = ask(bowtie, VIEWER, "supply-gaps", radius=10)
    assert [(row.community, row.service, row.needs, row.nearest) for row in answer.rows] == [
        ("远社区", SERVICE, 1, "中厂")
    ]
    assert answer.rows[0].km == pytest.approx(45.8, abs=0.2)
    assert "无位社区" in str(answer.extra["note"])
    near = rows(bowtie, "supply-gaps", radius=1)
    assert {row.community for row in near if not row.needs} == {f"{side}{n}社区" for side in "左右" for n in range(3)}
    assert [row.community for row in rows(bowtie, "supply-gaps", radius=1, needed=True)] == ["远社区"]
