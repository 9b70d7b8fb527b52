"""Every question gives the same answer on every engine: the sample district, the workbooks of --data; tables also of 100,000 members."""

import gc
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from graph.access import ROLES
from graph.connect import connect
from graph.names import normalize
from graph.schema import SCHEMA
from graph.server.server_publish import publish_on_server
from graph.workspace import Workspace
from loaders.district import generate_workbooks
from queries.answers.catalogue import catalogue, find_question
from queries.asking import ask
from queries.pairing.specs import SPECS
from queries.reading.clock_span import ClockSpan
from queries.reading.facts import Recent
from queries.reading.scope import Scope
from tests.contract.engines import SERVERS
from tests.loaded import load_folder
from tests.neo4j.plans import explain, walk

pytestmark = pytest.mark.slow  # a server, and every question of every role twice: minutes

SCOPES = (Scope("tester", "analyst"), Scope("viewer", "viewer"))
UNITS = 2  # of each kind are read; of several things a question must have, no two are one
# What a question must be given, by argument, from the graph that it is asked of; a new question with another one adds a line here.
CHOOSE = {
    "unit": lambda graph: [*names(graph, "Community")[:1], *names(graph, "Enterprise")[:1]],
    "enterprise": lambda graph: names(graph, "Enterprise")[:1],
    "other": lambda graph: names(graph, "Enterprise")[1:],
    "entity": lambda graph: [*names(graph, "Community")[:1], *names(graph, "Venue")[:1]],
    "pairing": lambda graph: list(SPECS),
    "text": lambda graph: ["社区", "一拖", "ce"],
    "figure": lambda graph: ["企业", "闲置未用", "待办需求"],
    "need": lambda graph: ["法律援助", "健康义诊"],
    "offer": lambda graph: ["法律援助", "健康义诊"],
    "file": lambda graph: [],  # its rows are of one workspace's files
}
MORE = {
    "unused-resources": [{"all": True}, {"period": "2025"}],
    "neighbourhood": [{"hops": 3}],
    "pairing-plan": [{"count_existing": True}],
    "follow-ups": [{"all": True}],
    "member-statistics": [{"by": "branch"}, {"by": "community"}],
    "skills-and-needs": [{"spare": True}],
    "visits": [{"period": "2026Q1"}],
    "due": [{"days": 366}],
    "venues-for": [{"people": 30, "day": date(2026, 7, 11), "time": ClockSpan.parse("下午"), "equipment": ["投影"]}],
    "expiring-agreements": [{"days": 3650}],
    "unmatched-needs": [{"days": 0}],
    "offers-for": [{"quantity": 20.0, "day": date(2026, 7, 11)}],
    "idle-property": [{"size": 1000.0, "height": 5.0, "rent": 20.0, "industry": "装备制造"}],
    "base-visits": [{"theme": "工匠", "people": 50, "month": "2026-07"}],
    "lecturers": [{"topic": "工匠", "day": date(2026, 7, 11)}],
    "projects": [{"finished": True}],
}  # beside the first call of a question with what it must have


def names(graph, label):
    return graph.entities(label, "name").drop_nulls("name").sort("name")["name"].to_list()[:UNITS]


def calls(graph, most=None):
    """Return every question with arguments that it can be asked with here, at most so many values of what it must have."""
    for question in catalogue().values():
        needed = [a.name for a in question.arguments if a.required]
        values = (CHOOSE[needed[0]](graph) if needed else [None])[:most]
        for number, value in enumerate(values):
            given = {needed[0]: value} | {name: CHOOSE[name](graph)[-1] for name in needed[1:]} if needed else {}
            for more in ({}, *(MORE.get(question.name, []) if not number else [])):
                yield question.name, given | more


@contextmanager
def asked_afresh():
    """Forget what questions remember of a snapshot: the engines serve the same one."""
    for kept in [o for o in gc.get_objects() if isinstance(o, Recent)]:
        kept._made.clear()
    yield


def may_ask(scope, name):
    return ROLES.index(scope.role) >= ROLES.index(find_question(name).least)


def answers(graph, briefly=False):
    """Return the answers to all questions, each asked by one of the roles that may; `briefly` asks each with one value only."""
    found = {}
    with asked_afresh():
        for name, given in calls(graph, 1 if briefly else None):
            able = [one for one in SCOPES if may_ask(one, name)]
            for scope in able[len(name) % max(len(able), 1) :][:1]:
                found[(name, str(given), scope.role)] = ask(graph, scope, name, **given).to_dict()
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A generated district of 100,000 members with registers of ten kinds, loaded."""
    folder = tmp_path_factory.mktemp("large")
    sizes = {"enterprises": 400, "communities": 600, "venues": 800}
    truth = generate_workbooks(folder / "workbooks", members=100_000, headings=False, **sizes)
    return load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))


@pytest.fixture(scope="module", params=["sample", pytest.param("office", marks=pytest.mark.drill)])
def loaded(request):
    """A district of which nothing is logged as shown: what one engine's answers leave there would change the other's."""
    found = request.getfixturevalue(request.param)
    return replace(found, settings=replace(found.settings, shown_log=False))


@pytest.fixture(scope="module")
def is_first(loaded, sample):
    """Whether the district is the sample, of which all is asked; of the others, each question once."""
    return loaded.workspace == sample.workspace


@pytest.fixture(scope="module")
def embedded_answers(loaded, is_first):
    with connect(loaded.settings) as graph:
        return answers(graph, briefly=not is_first)


@pytest.mark.parametrize("engine", [SERVERS[0], *(pytest.param(name, marks=pytest.mark.drill) for name in SERVERS[1:])])
def test_every_question_is_answered_alike(loaded, is_first, embedded_answers, on_server, engine):
    if engine == "py2neo":
        pytest.importorskip("py2neo")
        if not is_first:
            pytest.skip("the same texts as on the sample: by one driver is enough")
    briefly = not is_first or engine == "py2neo"
    address = on_server.uri if engine == "neo4j" else f"py2neo+{on_server.uri}"
    settings = replace(loaded.settings, graph=address)
    publish_on_server(settings, Workspace.open(loaded.workspace), SCHEMA)
    with connect(settings) as graph:
        found = answers(graph, briefly)
    assert len(found) > 30
    assert found.keys() <= embedded_answers.keys()
    assert briefly or found.keys() == embedded_answers.keys()
    different = [call for call, answer in found.items() if answer != embedded_answers[call]]
    assert different == []
    assert any(answer["rows"] for answer in found.values())


# Names and their beginnings, letters, initials, numbers and parts of them, numbers of documents, words, and what nothing is called.
SEARCHED = (
    "社区", "社", "会议", "shequ", "sq", "jituan", "2025", "党", "服务", "法律援助", "理发", "a", "区1", "共建[2025]", "%", "没有这个", "nothing",
)  # fmt: skip


def test_a_full_text_index_finds_what_looking_through_all_names_finds(sample, on_server):
    settings = replace(sample.settings, graph=on_server.uri, shown_log=False)
    publish_on_server(settings, Workspace.open(sample.workspace), SCHEMA)
    with connect(replace(sample.settings, shown_log=False)) as embedded, connect(settings) as served:
        shown = [name for label in ("Community", "Agreement", "Notice") for name in own_names(embedded, label)[:4]]
        asked_index = 0
        for text in (*SEARCHED, *shown, *(name[1:4] for name in shown)):
            given = {"text": text, "limit": 100}
            with asked_afresh():
                expected = ask(embedded, SCOPES[1], "search", **given).to_dict()
            with asked_afresh():
                assert ask(served, SCOPES[1], "search", **given).to_dict() == expected, text
            asked_index += served.find_written(normalize(text)) is not None
        assert asked_index > len(shown)


def own_names(graph, label):
    """Return a few ways in which things of a kind are written."""
    kind = SCHEMA.entity(label)
    frame = graph.entities(label, *kind.found_by)
    return [str(value) for name in kind.found_by for value in frame[name].drop_nulls().unique().sort()[:2]]


@pytest.mark.parametrize(
    "district", ["sample", *(pytest.param(name, marks=pytest.mark.drill) for name in ("office", "large"))]
)
def test_tables_are_read_alike(request, on_server, district):
    loaded = request.getfixturevalue(district)
    settings = replace(loaded.settings, graph=on_server.uri)
    publish_on_server(settings, Workspace.open(loaded.workspace), SCHEMA)
    with connect(loaded.settings) as embedded, connect(settings) as served:
        for entity in SCHEMA.entities:
            assert served.entities(entity.label).equals(embedded.entities(entity.label)), entity.label
        for relation in SCHEMA.relations:
            assert served.relations(relation.type).equals(embedded.relations(relation.type)), relation.type


@pytest.mark.drill
def test_no_text_of_a_question_multiplies_rows_or_meets_an_unknown_function(
    loaded, is_first, neo4j_engine, on_server, monkeypatch
):
    if not is_first:
        pytest.skip("a question's texts are the same for every district")
    settings = replace(loaded.settings, graph=on_server.uri)
    publish_on_server(settings, Workspace.open(loaded.workspace), SCHEMA)
    texts = {}
    with connect(settings) as graph:
        read = graph._backend._engine.read
        monkeypatch.setattr(
            graph._backend._engine, "read", lambda text, given: texts.update({text: given}) or read(text, given)
        )
        answers(graph, briefly=True)
    assert len(texts) > 20
    for text, given in texts.items():
        operators = list(walk(explain(neo4j_engine, text, given)))
        assert not [
            o for o in operators if "CartesianProduct" in o["operatorType"] or "AllNodesScan" in o["operatorType"]
        ], text
