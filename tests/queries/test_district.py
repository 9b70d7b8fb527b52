import inspect
import subprocess
import sys

import pytest

from graph.errors import ArgumentError
from graph.storage_errors import WorkspaceMissingError
from queries import connect
from queries.answers.catalogue import catalogue
from queries.from_python import District, district_class
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district


@pytest.fixture(scope="module")
def district():
    return district_class()(small_district(), Scope("tester", "analyst"))


def test_every_question_is_a_method_with_its_signature_and_text(district):
    for asked in catalogue().values():
        method = getattr(district, asked.attribute)
        assert list(inspect.signature(method).parameters) == [a.name for a in asked.arguments]
        assert inspect.getdoc(method).startswith(f"{asked.title} {asked.title.en}")
        assert all(f"{a.name}: {a.help}" in inspect.getdoc(method) for a in asked.arguments)
        assert asked.attribute in dir(district)


def test_a_method_takes_positions_and_names(district):
    row = district.member_links("一拖", "重二社区").rows[0]
    assert row.members == 12
    assert district.member_links(enterprise="一拖", community="重二社区").rows[0] == row
    assert district.ask("member-links", enterprise="一拖", community="重二社区").rows[0] == row


def test_a_wrong_argument_is_refused_at_once(district):
    with pytest.raises(ArgumentError, match=r"colour.*period"):
        district.unused_resources(colour="red")
    with pytest.raises(TypeError, match="too many"):
        district.partners("一拖", 5)
    with pytest.raises(ArgumentError):
        district.neighbourhood("一拖", hops=9)


def test_it_says_what_it_holds(district):
    assert "社区 3" in repr(district)
    assert "2026-06-30" in repr(district)


def test_the_graph_can_be_read_in_cypher(district):
    names = district.graph.read("MATCH (c:Community) RETURN c.name AS name ORDER BY name")["name"].to_list()
    assert names == sorted(["重二社区", "长安社区", "郑州路社区"])


def test_a_workspace_without_data_says_what_to_do(tmp_path):
    with pytest.raises(WorkspaceMissingError, match="shilian load"):
        connect(tmp_path / "nothing")


def test_whoever_runs_it_is_the_asker(monkeypatch):
    monkeypatch.setattr("graph.connect.connect", lambda **_: small_district())
    monkeypatch.setenv("SHILIAN_USER", "李四")
    opened = connect("anywhere")
    assert isinstance(opened, District)
    assert (opened.scope.user, opened.scope.role) == ("李四", "analyst")
    assert connect("anywhere", user="王五", role="viewer").scope == Scope("王五", "viewer")


def test_importing_queries_costs_nothing():
    heavy = "import sys, queries; print(sorted({'polars', 'ladybug', 'numpy', 'networkx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
