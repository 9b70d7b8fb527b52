"""The explorer in a notebook: what the canvas asks is answered, and what is selected is there in Python; networks as files."""

import json
import re

import networkx as nx
import pytest

from graph.graph import Graph
from queries.asking import ask
from queries.browsing.bundle import CANVAS, bundle_widget
from queries.from_python import District
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district, small_graph

pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def district():
    return District(small_district(), Scope("a", "analyst"))


def test_what_is_selected_is_a_frame_and_a_network(district):
    explorer = district.explore("重二社区")
    assert explorer.part["focus"] == ["com:ce"] and "com:ce" in explorer.shown
    assert explorer.selection().height == len(explorer.shown)
    explorer.selected = ["com:ce", "agr:1", "ent:yt"]
    assert explorer.selection()["kind"].to_list() == ["社区", "共驻共建协议", "企业"]
    assert {(a, b) for a, b, _ in explorer.to_networkx().edges} == {
        ("com:ce", "agr:1"),
        ("ent:yt", "agr:1"),
        ("ent:yt", "com:ce"),
    }
    assert "<svg" in explorer._repr_mimebundle_()[0]["image/svg+xml"]
    assert "holds" in district.explore().part["nodes"][0]


def test_python_answers_what_the_canvas_asks_and_says_what_it_cannot(district, monkeypatch):
    explorer, sent = district.explore("重二社区"), []
    monkeypatch.setattr(explorer, "send", sent.append)
    for number, (view, given) in enumerate([("expand", {"entity": "ent:yt"}), ("around", {"entity": "没有的单位"})]):
        explorer._answer(None, {"number": number, "view": view, "given": given}, [])
    assert sent[0]["part"]["nodes"] and "没有的单位" in sent[1]["failed"]


def test_the_widget_is_one_module_that_asks_for_no_other():
    script = bundle_widget()
    assert "import " not in [line[:7] for line in script.splitlines()]
    assert script.count("export default") == 1
    names = {path.stem for path in CANVAS.glob("*.js")} - {"page", "alone"}
    assert all(f"const {name}_ = " in script for name in names), "every module of the canvas but the page's is in it"


def test_the_explorer_is_saved_as_one_file_that_asks_for_nothing_and_holds_no_person(district, tmp_path):
    explorer = district.explore("重二社区")
    page = explorer.save(tmp_path / "x.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page and not re.search(r"(?:src|href)=[\"']?https?:", page)
    kept = json.loads(re.search(r'id="kept">(.*?)</script>', page, re.DOTALL)[1])
    held = {node["id"]: node for node in kept["more"]["nodes"]}
    assert set(explorer.shown) <= set(held) and len(held) > len(explorer.shown), "it can be expanded"
    assert {"Member", "MemberCohort"}.isdisjoint(node["label"] for node in held.values())
    drawn = {node["id"]: (node["x"], node["y"]) for node in kept["part"]["nodes"]}
    assert drawn == {node["id"]: (node["x"], node["y"]) for node in explorer.part["nodes"]}, "as it stood"
    assert kept["details"]["com:ce"]["values"], "values can be read without a server"
    explorer.shown = ["com:ce", "ent:yt"]
    kept = json.loads(
        re.search(r'id="kept">(.*?)</script>', explorer.save(tmp_path / "y.html").read_text(), re.DOTALL)[1]
    )
    assert {node["id"] for node in kept["part"]["nodes"]} == {"com:ce", "ent:yt"}


def test_the_whole_graph_is_a_network_without_persons_that_other_programs_read(district, tmp_path):
    network = district.to_networkx()
    assert {"Member", "MemberCohort"}.isdisjoint(dict(network.nodes(data="label")).values())
    offices = small_graph({"Enterprise": [{"id": "ent:a", "name": "甲厂", "phone": "0379-64960000"}]})
    told = {role: District(offices, Scope("x", role)).to_networkx().nodes["ent:a"] for role in ("analyst", "viewer")}
    assert "phone" in told["analyst"] and "phone" not in told["viewer"]
    assert network.nodes["agr:1"]["signed"] == "2024-03-01" and network.number_of_edges() > 50
    answer = ask(district.graph, district.scope, "unit-links", unit="重二社区", other="一拖").to_networkx()
    for name, one in {"whole": network, "answer": answer}.items():
        nx.write_graphml(one, tmp_path / f"{name}.graphml")
        nx.write_gexf(one, tmp_path / f"{name}.gexf")
        again = nx.read_graphml(tmp_path / f"{name}.graphml", force_multigraph=True)
        assert again.number_of_edges() == one.number_of_edges()
        assert set(nx.read_gexf(tmp_path / f"{name}.gexf")) == set(one)
    assert {relation for _, _, relation in network.edges(data="relation")} >= {"OWNS", "SIGNED"}


def test_a_line_of_cypher_is_drawn_with_all_relations_among_what_it_returns_and_no_person(district):
    graph: Graph = district.graph
    drawn = graph.draw("MATCH (c:Community)-[:SIGNED]->(a:Agreement) WHERE c.id = $id RETURN c, a", id="com:ce")
    assert "重二社区" in drawn.svg and "签约" in drawn.svg
    whole = graph.draw("MATCH p=(m:Member)-[:LIVES_IN]->(c:Community {id: 'com:ce'}) RETURN p")
    assert whole.svg.count("<circle") == 1


def test_an_answer_hands_out_the_network_of_pyvis_itself(district):
    network = ask(district.graph, district.scope, "unit-links", unit="重二社区", other="一拖").to_pyvis()
    assert type(network).__module__ == "pyvis.network"
    assert {node["id"] for node in network.nodes} >= {"com:ce", "ent:yt", "agr:1"}
