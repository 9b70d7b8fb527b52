"""What of people an asker sees: whoever is limited to an area or a unit gets the same answers whatever is true of others' members."""

from __future__ import annotations

import json

import polars as pl
import pytest

from graph.access import RoleError
from graph.backends.ladybug import LadybugBackend, build
from graph.backends.protocol import GraphFacts
from graph.confined import reaches_nobody
from graph.digest import relation_table_name
from graph.errors import ShilianError
from graph.graph import Graph
from graph.schema import SCHEMA
from graph.tables import SOURCES
from queries.answers.catalogue import catalogue
from queries.asking import ask
from queries.reading.scope import Scope
from queries.reading.sight import see, see_rows
from tests.queries.small_graph import AS_OF, ENTITIES, RELATIONS, make_tables

AREA = Scope("o", "officer", area_id="sub:ca")  # 长安路街道: 一拖, 重二社区, 长安社区
UNIT = Scope("o", "officer", unit_id="ent:yt")
AREA_VIEWER, VIEWER, ANALYST = Scope("v", "viewer", area_id="sub:ca"), Scope("v", "viewer"), Scope("a", "analyst")
# 洛轴 and 郑州路社区 lie in the other subdistrict: these people have nothing to do with 长安路街道.
ELEVENTH = (("WORKS_AT", "m30", "ent:lz"), ("LIVES_IN", "m30", "com:zz"))
STRANGERS = tuple(f"m{n}" for n in range(20, 31))
COUNT = "MATCH (m:Member) RETURN count(m.id) AS n"
ANYTHING = "MATCH (n) RETURN n.id AS id"


class KeptLines:
    """The tables of a few lines, read without an engine."""

    def __init__(self, tables):
        self._frames = {**tables.entities, **{relation_table_name(k): f for k, f in tables.relations.items()}}

    def read(self, name, columns):
        return self._frames[name].select(list(columns))

    def read_sources(self, label):
        frame = self._frames[label].with_columns(label=pl.lit(label))
        return frame.select(list(SOURCES)).cast(pl.Schema(SOURCES))

    def find_written(self, asked):
        return None

    def find_sources(self, id):
        rows = [
            f.filter(pl.col("id") == id).with_columns(label=pl.lit(n))
            for n, f in self._frames.items()
            if "id" in f.columns
        ]
        return pl.concat([row.select(list(SOURCES)).cast(pl.Schema(SOURCES)) for row in rows])


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    def district(*left_out: str) -> Graph:
        """The small district without some of its members, and with telephones."""
        entities = dict(ENTITIES)
        members = [*ENTITIES["Member"], {"id": "m30", "pseudonym": "m30"}]
        entities["Member"] = [one for one in members if one["id"] not in left_out]
        entities["Enterprise"] = [
            {**one, "phone": f"0379-6400000{n}", "party_members": 3} for n, one in enumerate(ENTITIES["Enterprise"])
        ]
        tables = make_tables(entities, [one for one in (*RELATIONS, *ELEVENTH) if one[1] not in left_out])
        path = tmp_path_factory.mktemp("sight") / "graph"
        build(path, tables, SCHEMA)
        facts = GraphFacts("1", f"digest without {len(left_out)}", AS_OF, tables.counts(), {"load1": "登记表.xlsx"})
        return Graph(LadybugBackend(path, facts, 1 << 26), SCHEMA, KeptLines(tables))

    return district


@pytest.fixture(scope="module")
def graph(make):
    with make() as made:
        yield made


def askable():
    """Every question that can be asked of the small district, about units of the other area."""
    values = {
        "unit": "洛轴", "enterprise": "洛轴", "community": "郑州路社区", "text": "m25", "id": "m25", "pairing": "enterprise-community",
        "area": "郑州路街道", "source": "洛轴", "target": "郑州路社区", "a": "洛轴", "b": "郑州路社区", "entity": "m25", "start": "洛轴",
        "end": "郑州路社区", "left": "洛轴", "right": "郑州路社区",
    }  # fmt: skip
    for question in catalogue().values():
        needed = [one.name for one in question.arguments if one.required]
        if question.least in {"viewer", "officer"} and all(name in values for name in needed):
            yield question.name, {name: values[name] for name in needed}
            if "unit" in needed:
                yield question.name, {name: values[name] for name in needed} | {"unit": "郑州路社区"}


def told(graph, scope, name, given):
    """Everything that an answer says, or how it is refused."""
    try:
        document = ask(graph, scope, name, **given).to_dict()
    except ShilianError as error:
        return f"{error.code} {error}"
    document.pop("digest")
    return json.dumps(document, ensure_ascii=False, default=str)


def differing(one, other, scope, names=None):
    asked = [(name, given) for name, given in askable() if names is None or name in names]
    return {name for name, given in asked if told(one, scope, name, given) != told(other, scope, name, given)}


COUNTING = {"member-links", "overview", "unit-links", "neighbourhood"}  # the questions that count members


def test_no_question_tells_an_officer_whether_another_area_has_members(graph, make):
    with make(*STRANGERS) as without:
        assert len(list(askable())) >= 15
        assert differing(graph, without, AREA) == set()
        assert differing(graph, without, UNIT, COUNTING) == differing(graph, without, AREA_VIEWER, COUNTING) == set()
        # The questions are not blind: who sees all is told.
        assert {"member-links", "overview", "unit-links"} <= differing(graph, without, ANALYST, COUNTING)


def test_two_snapshots_that_differ_in_one_member_tell_a_viewer_nothing(graph, make):
    # Of the eleven members of 洛轴 nine live in 郑州路社区; of ten, eight: both are shown as ten and five.
    with make("m27") as after:
        assert differing(graph, after, VIEWER, COUNTING) == set()
        assert differing(graph, after, ANALYST, COUNTING) != set()


def test_an_officer_still_sees_the_own_members_exactly(graph):
    for scope in (AREA, UNIT):
        rows = ask(graph, scope, "member-links", enterprise="一拖").rows
        assert {row.community: row.members for row in rows} == {"重二社区": 12, "长安社区": 6, "郑州路社区": 2}


@pytest.mark.parametrize(("scope", "members"), [(VIEWER, 0), (AREA_VIEWER, 0), (AREA, 20), (UNIT, 20), (ANALYST, 31)])
def test_rows_of_members_are_shown_as_far_as_the_role_goes(graph, scope, members):
    rows = see_rows(graph, scope)
    assert rows.entities("Member").height == members == rows.counts["entities"].get("Member", 0)
    assert rows.relations("WORKS_AT").height == members
    assert rows.relations("LIVES_IN").height == {0: 0, 20: 20, 31: 29}[members]
    assert rows.sources("m25").height == (scope == ANALYST)


@pytest.mark.parametrize(("scope", "members"), [(VIEWER, 0), (AREA, 20)])
def test_cypher_reads_no_other_rows_of_members(graph, scope, members):
    rows = see_rows(graph, scope)
    assert rows.read(COUNT)["n"].item() == members
    assert rows.read(ANYTHING)["id"].str.starts_with("m").sum() == members
    assert rows.read("MATCH (a)-[r:LIVES_IN]->(b) RETURN count(*) AS n")["n"].item() == members


def test_contacts_and_small_numbers_of_members_are_the_own_units_alone(graph):
    for scope, told_of in ((VIEWER, set()), (AREA, {"ent:yt"}), (UNIT, {"ent:yt"}), (ANALYST, {"ent:yt", "ent:lz"})):
        for seen in (see(graph, scope)[0], see_rows(graph, scope)):
            frame = seen.entities("Enterprise", "phone", "party_members")
            for column in ("phone", "party_members"):
                assert set(frame.filter(pl.col(column).is_not_null())["id"]) == told_of
    phones = see_rows(graph, AREA).read("MATCH (e:Enterprise) RETURN e.phone AS phone")["phone"]
    assert phones.drop_nulls().to_list() == ["0379-64000000"]


def test_a_text_in_doubt_is_answered_from_what_is_seen_even_for_a_question(graph):
    inside, _ = see(graph, AREA)
    for text in (ANYTHING, COUNT, "MATCH (e:Enterprise)<-[r]-(x) RETURN x.id AS id", "MATCH(n) RETURN n.id AS id"):
        assert not reaches_nobody(text, SCHEMA)
        assert not inside.read(text).to_series().cast(pl.String).is_in([*STRANGERS, "31"]).any()
    for text in (
        "MATCH (a:Enterprise {id: $id})-[r:OWNS]->(b:Venue) RETURN DISTINCT count(b.id) AS n",
        "UNWIND $ids AS id MATCH (n:Community {id: id}) RETURN n.id AS id",
    ):
        assert reaches_nobody(text, SCHEMA)
    for text in (
        "MATCH (e:Enterprise)-[*1..2]-(v:Venue) RETURN e",
        "MATCH (e:Enterprise), (:`Member`) RETURN e",
        "MATCH (a:Venue)--() RETURN a",
    ):
        assert not reaches_nobody(text, SCHEMA)


def test_what_is_about_the_data_itself_needs_an_analyst(graph):
    for name in ("load-report", "conflicts", "names-to-review", "words-to-review"):
        with pytest.raises(RoleError):
            ask(graph, AREA, name)


def test_an_area_that_is_gone_shows_nobody(graph):
    assert see_rows(graph, Scope("o", "officer", area_id="sub:gone")).entities("Member").is_empty()
    assert (
        ask(graph, Scope("o", "officer", unit_id="ent:gone"), "member-links", enterprise="一拖").rows[0].members is None
    )
