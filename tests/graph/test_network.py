import networkx as nx
import polars as pl

from graph.network import to_networkx

ENTITIES = pl.DataFrame(
    {"id": ["c1", "e1"], "label": ["Community", "Enterprise"], "name": ["重二社区", "一拖"], "employees": [None, 900]}
)
RELATIONS = pl.DataFrame(
    {
        "source": ["e1", "e1", "c1"],
        "target": ["c1", "c1", "v9"],
        "type": ["SIGNED", "OWNS", "OWNS"],
        "since": ["2024", None, None],
    }
)


def test_entities_and_relations_become_a_graph_with_their_attributes():
    network = to_networkx(ENTITIES, RELATIONS)
    assert isinstance(network, nx.MultiDiGraph)
    assert network.nodes["e1"] == {"label": "Enterprise", "name": "一拖", "employees": 900}
    assert network.nodes["c1"] == {"label": "Community", "name": "重二社区"}
    assert [facts for *_, facts in network.edges("e1", data=True)] == [
        {"type": "SIGNED", "relation": "SIGNED", "since": "2024"},
        {"type": "OWNS", "relation": "OWNS"},
    ]


def test_rows_of_an_answer_serve_as_well_as_frames():
    network = to_networkx(ENTITIES.to_dicts(), RELATIONS.to_dicts())
    assert nx.utils.graphs_equal(network, to_networkx(ENTITIES, RELATIONS))


def test_an_end_that_was_not_given_stands_under_its_id():
    assert to_networkx(ENTITIES, RELATIONS).nodes["v9"] == {"label": "", "name": "v9"}


def test_nothing_is_an_empty_graph():
    assert len(to_networkx([], [])) == 0
