"""Walking through a graph: overview, groups, surroundings, expansion, ways, details; never a person."""

import json
from dataclasses import asdict

import pytest

from graph.errors import ShilianError
from graph.people import find_people
from graph.schema import SCHEMA
from queries.asking import ask
from queries.browsing.canvas_words import TEXTS, describe_canvas
from queries.browsing.drawn_answers import draw_answer
from queries.browsing.ground import read_ground
from queries.browsing.grouping import open_group, overview
from queries.browsing.mesh import read_mesh
from queries.browsing.views import canvas_views
from queries.browsing.walking import expand, select, walk_around
from queries.browsing.ways import find_ways
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district, small_graph

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def names(part):
    return {node.name for node in part.nodes}


def ties(part):
    return {(edge.source, edge.type, edge.target, edge.count) for edge in part.edges}


def test_no_view_shows_a_person_or_a_single_use(graph):
    hidden = find_people(SCHEMA) | {"ResourceUse"}
    assert not hidden & set(read_mesh(graph).dots["label"])
    everything = select(graph, ANALYST, [*read_mesh(graph).ids, "m1", "use:1"])
    assert not hidden & {node.label for node in everything.nodes}
    assert not any(set(node.around) & hidden for node in everything.nodes)
    with pytest.raises(ShilianError):
        walk_around(graph, ANALYST, "m1")


def test_members_are_told_as_a_number_that_the_asker_may_know(graph):
    living = {}
    for scope in (ANALYST, VIEWER):
        part = select(graph, scope, ["ent:yt", "com:ce", "com:ca", "com:zz"])
        living[scope.role] = {e.target: e.count for e in part.edges if e.type == "MEMBERS_LIVE_IN"}
    assert living["analyst"] == {"com:ce": 12, "com:ca": 6, "com:zz": 2}
    assert living["viewer"] == {"com:ce": 10}  # two are too few to be told, and the next smallest would tell them


def test_the_overview_has_a_dot_a_street_and_says_what_ties_two_of_them(graph):
    part = overview(graph, ANALYST)
    held = {node.name: node.holds for node in part.nodes}
    assert set(held) == {"长安路街道", "郑州路街道"}
    assert held["长安路街道"]["Community"] == 2 and held["郑州路街道"]["Community"] == 1
    assert held["长安路街道"]["Venue"] == 4, "a hall is its owner's, whoever borrows it"
    [tie] = part.edges
    assert tie.count == 4  # agreements 2 and 4, activity 2, and the pitch that 长安社区 borrows


def test_units_of_no_known_street_are_a_group_of_their_own():
    graph = small_graph({"Enterprise": [{"id": "ent:a", "name": "甲厂"}]})
    assert [(node.name, node.holds) for node in overview(graph, ANALYST).nodes] == [
        ("街道未登记的单位", {"Enterprise": 1})
    ]


def test_a_group_opens_with_what_its_numbers_promised(graph):
    for by in ("subdistrict", "cluster"):
        for group in overview(graph, ANALYST, by=by).nodes:
            part = open_group(graph, ANALYST, group.id)
            assert len(part.nodes) == sum(group.holds.values())
    small = open_group(graph, ANALYST, "group:subdistrict:sub:ca", limit=3)
    assert len(small.nodes) == 3 and sum(small.left_out.values()) > 3


def test_surroundings_are_shared_out_by_kind_and_the_rest_is_counted(graph):
    whole = walk_around(graph, ANALYST, "重二社区")
    assert whole.focus == ["com:ce"] and whole.left_out == {}
    assert {"长安路街道", "主题党日（2025-05-01）", "中国一拖集团有限公司", "重二社区图书室"} <= {
        n.name for n in whole.nodes
    }
    few = walk_around(graph, ANALYST, "重二社区", limit=4)
    assert len(few.nodes) == 5
    assert sum(few.left_out.values()) == len(whole.nodes) - 5
    center = next(node for node in few.nodes if node.id == "com:ce")
    assert center.around["Venue"] == 3 and "Member" not in center.around


def test_expanding_adds_only_what_is_new_and_ties_it_to_all_that_is_shown(graph):
    part = expand(graph, ANALYST, "com:ca", shown=["ent:lz", "com:ca", "sub:ca"])
    assert not {"ent:lz", "sub:ca"} & {node.id for node in part.nodes}
    assert ("ent:lz", "SIGNED", "agr:2", 1) in ties(part)
    assert ("com:ca", "USED", "ven:busy", 24) in ties(part)
    venues = expand(graph, ANALYST, "com:ca", kinds=["Venue"], limit=1)
    assert {node.label for node in venues.nodes} == {"Venue"} and venues.left_out == {"Venue": 1}


def test_ways_by_what_few_share_come_before_ways_by_street_or_service(graph):
    part = find_ways(graph, ANALYST, "com:ce", "ent:yt", k=5)
    ways = [way[1:-1] for way in part.paths]
    assert ways[0] == []  # they are partners
    assert ways[1] in (["agr:1"], ["act:1"]) and ways[-1] != ["agr:1"]
    assert ["sub:ca"] not in ways[:3]
    assert find_ways(graph, ANALYST, "com:ce", "ent:yt", without=["Agreement", "Activity"], k=9).paths
    assert not any(
        id.startswith("agr:")
        for way in find_ways(graph, ANALYST, "com:ce", "ent:yt", without=["Agreement"], k=9).paths
        for id in way
    )


def test_what_is_not_linked_has_no_way(graph):
    apart = small_graph({"Community": [{"id": "com:a", "name": "甲社区"}, {"id": "com:b", "name": "乙社区"}]})
    part = find_ways(apart, ANALYST, "甲社区", "乙社区")
    assert part.paths == [] and len(part.nodes) == 2


def test_an_answer_is_drawn_with_what_it_speaks_of_and_nothing_else(graph):
    answer = ask(graph, ANALYST, "unit-links", unit="重二社区", other="一拖")
    part = draw_answer(graph, answer, "en")
    assert {node.id for node in part.nodes} == {entity["id"] for entity in answer.entities}
    cohort = next(node for node in part.nodes if node.label == "MemberCohort")
    assert cohort.name == "12 members" and cohort.around == {}
    assert next(node for node in part.nodes if node.id == "agr:1").since.year == 2024


def test_positions_leave_every_name_its_room(graph):
    part = walk_around(graph, ANALYST, "ent:yt", hops=2, limit=300)
    spots = {(node.x, node.y) for node in part.nodes}
    assert len(spots) == len(part.nodes)


def test_the_details_name_the_rows_and_keep_a_telephone_from_others():
    graph = small_graph({"Enterprise": [{"id": "ent:a", "name": "甲厂", "phone": "0379-64960000", "employees": 12}]})
    view = canvas_views()["entity"]
    told = view.show(graph, ANALYST, "en", {"entity": "甲厂"})
    assert [(v.heading, v.value) for v in told.values if v.name == "employees"] == [("employees", "12")]
    assert {v.name for v in told.values} - {
        v.name for v in view.show(graph, VIEWER, "zh", {"entity": "甲厂"}).values
    } == {"phone"}
    assert told.records[0].row == 3


def test_every_text_of_the_canvas_is_there_in_both_languages():
    for lang in ("zh", "en"):
        told = describe_canvas(lang)
        assert set(told["texts"]) == set(TEXTS) and all(told["texts"].values())
        assert all(kind["name"] for kind in told["kinds"].values()) and all(told["types"].values())
    assert "Member" in told["kinds"] and not told["kinds"]["Member"]["isEntity"]
    signs = [kind["sign"] for kind in told["kinds"].values()]
    assert len(set(signs)) == len(signs)
    json.dumps(asdict(walk_around(small_district(), ANALYST, "com:ce")), default=str)


SQUARE = [[112.30, 34.60], [112.60, 34.60], [112.60, 34.75], [112.30, 34.60]]


def test_the_offices_map_is_read_as_lines_with_names_and_the_note_that_must_be_shown(tmp_path):
    path = tmp_path / "map.geojson"
    street = {"type": "Feature", "properties": {"名称": "北街街道"}, "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE]]}}  # fmt: skip
    road = {"type": "Feature", "properties": None, "geometry": {"type": "LineString", "coordinates": SQUARE * 20_000}}
    whole = {"type": "FeatureCollection", "审图号": "豫S(2025)001号", "features": [street, road]}
    path.write_text(json.dumps(whole), encoding="utf-8")
    ground = read_ground(path)
    assert (ground["lines"][0], ground["note"]) == (SQUARE, "豫S(2025)001号")
    assert ground["names"] == [["北街街道", pytest.approx(112.45), pytest.approx(34.675)]]
    assert len(ground["lines"][1]) <= 30_001, "what is too fine is thinned out"
    assert read_ground(None)["lines"] == []


@pytest.mark.parametrize(
    "text", ["", "[]", '{"type": "Feature"', json.dumps({"type": "LineString", "coordinates": [[500000.0, 3800000.0]] * 2})]
)  # fmt: skip
def test_a_file_that_is_no_map_is_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "map.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ShilianError, match="WGS-84"):
        read_ground(path)
