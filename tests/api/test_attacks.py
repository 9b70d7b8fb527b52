"""Fifty attacks with a viewer's and an officer's token on what only others may see or do, and what revoking a token ends."""

from __future__ import annotations

import html
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

import httpx
import polars as pl
import pytest

from api.graph_files import export_graph
from graph.access import TokenFile
from graph.connect import connect
from graph.errors import ArgumentError
from graph.statement import refuse_writes
from queries import connect as district_of
from queries.reading.scope import Scope
from queries.reading.sight import see_rows
from tests.api.doors import ServedClient, serving
from tests.loaded import load_folder

Q = "/api/v1/questions"


@dataclass(frozen=True)
class Target:
    """What is attacked: an enterprise of another area, a community there, and a member who works and lives there."""

    enterprise: str
    community: str
    member: str
    members: int  # who work at the one and live in the other
    area: str  # the attacker's own
    unit: str


@pytest.fixture(scope="module")
def target(sample) -> Target:
    with connect(sample.settings) as graph:
        places = {
            unit: area
            for tie in ("LOCATED_IN", "BELONGS_TO")
            for unit, area in graph.relations(tie).select("source", "target").iter_rows()
        }
        works = dict(graph.relations("WORKS_AT").select("source", "target").iter_rows())
        homes = dict(graph.relations("LIVES_IN").select("source", "target").iter_rows())
        pairs = pl.DataFrame(
            [(works[m], homes[m], m) for m in works.keys() & homes.keys()], schema=["e", "c", "m"], orient="row"
        )
        areas = pl.col("e").replace_strict(places, default=None), pl.col("c").replace_strict(places, default=None)
        there = pairs.with_columns(ea=areas[0], ca=areas[1]).filter(pl.col("ea") == pl.col("ca"))
        e, c, ms = there.group_by("e", "c").agg("m").sort(pl.col("m").list.len(), "e", "c").row(-1)
        own = sorted({area for area in places.values() if area != places[e]})[0]
        unit = sorted(unit for unit, area in places.items() if area == own and unit in set(works.values()))[0]
        return Target(e, c, sorted(ms)[0], len(ms), own, unit)


@dataclass(frozen=True)
class Attackers:
    """Clients by who holds their token."""

    by_name: dict[str, httpx.Client]
    steward: ServedClient


@pytest.fixture(scope="module")
def attackers(sample, target) -> Iterator[Attackers]:
    tokens = TokenFile(sample.workspace)
    limits = {
        "viewer": ("viewer", {}),
        "officer": ("officer", {"area": target.area}),
        "clerk": ("officer", {"unit": target.unit}),
    }
    issued = {name: tokens.add(name, role, "test", **limit) for name, (role, limit) in limits.items()}
    with serving(sample.settings) as steward, ExitStack() as opened:
        clients = {name: opened.enter_context(steward.holding(token)) for name, token in issued.items()}
        yield Attackers(clients, steward)
    for name in issued:
        tokens.revoke(name)


# Reading: what is asked, and that neither the member's id nor an exact number of members of the other area comes back.
READS = {
    "a member by id, as a unit": (f"{Q}/neighbourhood", {"unit": "{member}"}),
    "a member's provenance": (f"{Q}/provenance", {"entity": "{member}"}),
    "a member by search": (f"{Q}/search", {"text": "{member}"}),
    "a member as a partner": (f"{Q}/partners", {"unit": "{member}"}),
    "a member drawn": ("/api/v1/pictures", {"unit": "{member}"}),
    "a member in the graph": ("/api/v1/graph/around", {"entity": "{member}"}),
    "a member's details": ("/api/v1/graph/details", {"entity": "{member}"}),
    "links of another enterprise's members": (f"{Q}/member-links", {"enterprise": "{enterprise}"}),
    "links of another pair": (f"{Q}/member-links", {"enterprise": "{enterprise}", "community": "{community}"}),
    "links of another enterprise": (f"{Q}/unit-links", {"unit": "{enterprise}"}),
    "links of another community": (f"{Q}/unit-links", {"unit": "{community}"}),
    "what surrounds another enterprise": (f"{Q}/neighbourhood", {"unit": "{enterprise}", "hops": "2"}),
    "a picture of it": ("/api/v1/pictures", {"unit": "{enterprise}", "hops": "2"}),
    "who could pair with it": (f"{Q}/partners", {"unit": "{enterprise}", "k": "50"}),
    "who could pair with the community": (f"{Q}/partners", {"unit": "{community}", "k": "50"}),
    "a member by its address": ("/api/v1/entities/{member}", {}),
    "a member among the names to complete": ("/complete", {"text": "{member}"}),
    "a member selected": ("/api/v1/graph/selection", {"ids": "{member},{enterprise}"}),
    "a way from a member": ("/api/v1/graph/path", {"start": "{member}", "end": "{community}"}),
    "another enterprise by its address": ("/api/v1/entities/{enterprise}", {"lang": "en"}),
    "another enterprise as it was": ("/api/v1/entities/{enterprise}", {"as_of": "2026-06-30", "limit": "1000"}),
    "the export of another pair's links": (
        "/questions/member-links/export",
        {"enterprise": "{enterprise}", "community": "{community}", "_form": "csv"},
    ),
    "an answer about another enterprise drawn": ("/api/v1/graph/answers/member-links", {"enterprise": "{enterprise}"}),
    "the examples of the description": ("/openapi.json", {}),
    "groups of members as offers": (f"{Q}/matches", {"pairing": "cohort-need", "k": "50", "limit": "1000"}),
    "numbers of the district": (f"{Q}/overview", {}),
}
CLOSED = {
    "the list of loads": ("GET", "/api/v1/loads"),
    "a load and its rows": ("GET", "/api/v1/loads/1"),
    "the loads on their page": ("GET", "/import"),
    "the heads of the loads": ("HEAD", "/api/v1/loads"),
    "the difference of two snapshots": ("GET", "/api/v1/diff?from=1&to=2"),
    "what others decided": ("GET", "/api/v1/decisions"),
    "a report of the rolls": ("GET", f"{Q}/load-report"),
    "conflicting rows": ("GET", f"{Q}/conflicts"),
    "names in the rolls": ("GET", f"{Q}/names-to-review"),
    "words in the rolls": ("POST", f"{Q}/words-to-review"),
    "the counters": ("GET", "/metrics"),
    "loading a file": ("POST", "/api/v1/loads"),
    "taking a load back": ("DELETE", "/api/v1/loads/1"),
    "a correction": ("POST", "/api/v1/decisions"),
    "taking a decision back": ("DELETE", "/api/v1/decisions/1"),
    "saving a view for others": ("POST", "/api/v1/views"),
    "deleting a view": ("DELETE", "/api/v1/views/1"),
    "an address of no rule": ("PUT", "/api/v1/questions"),
}


def fill(target: Target, values: dict[str, str]) -> dict[str, str]:
    return {name: value.format(**vars(target)) for name, value in values.items()}


@pytest.mark.parametrize("name", ["viewer", "officer", "clerk"])
@pytest.mark.parametrize("attack", READS)
def test_reading(attackers, target, name, attack):
    path, asked = READS[attack]
    found = attackers.by_name[name].get(path.format(**vars(target)), params=fill(target, asked))
    assert found.status_code in {200, 404}, found.text[:200]
    rest = found.text.replace(json.dumps(target.member), "").replace(f"“{target.member}”", "")
    assert target.member not in rest or found.status_code == 404 or found.json()["rows"] == []
    if found.headers["content-type"] == "application/json; charset=utf-8" and name != "viewer":
        for row in found.json().get("rows", ()):
            about = {row.get(key) for key in ("enterprise_id", "community_id", "unit_id", "id", "other_id")}
            if target.enterprise in about and target.community in about:
                assert not row.get("members")
    assert not re.search(rf"\D{target.members} ?名", found.text)  # the exact number, in words


@pytest.mark.parametrize("name", ["viewer", "officer"])
def test_the_explorer_as_a_file_holds_what_its_asker_may_see(attackers, target, name):
    scene = {
        "view": "around",
        "given": {"entity": target.enterprise, "hops": 2},
        "places": [[target.member, 1, 1], [target.community, 2, 2]],
    }
    made = attackers.by_name[name].post("/api/v1/graph/file", json=scene)
    assert made.status_code == 200 and target.community in made.text
    assert target.member not in made.text and not re.search(rf"\D{target.members} ?名", made.text)
    lines = json.loads(re.search(r'id="kept">(.*?)</script>', made.text, re.DOTALL)[1])["part"]["edges"]
    assert not [line for line in lines if line["type"] == "MEMBERS_LIVE_IN" and line["count"] == target.members]


@pytest.mark.parametrize("name", ["viewer", "officer"])
@pytest.mark.parametrize("attack", CLOSED)
def test_what_is_closed_is_refused_with_a_sentence(attackers, name, attack):
    verb, path = CLOSED[attack]
    body = {"kind": "value", "unit": "x", "field": "name", "value": "y"} if verb == "POST" else None
    found = attackers.by_name[name].request(verb, path, json=body)
    assert found.status_code in {403, 404, 405} and found.headers["content-type"] == "application/problem+json"
    assert found.content == b"" or found.json()["code"] in {"auth.role", "auth.unit", "load.unknown"}


def test_one_who_is_not_there_and_one_who_may_not_be_seen_look_alike(attackers, target):
    for path, name in ((f"{Q}/provenance", "entity"), (f"{Q}/partners", "unit"), (f"{Q}/neighbourhood", "unit")):
        answers = []
        for asked in (target.member, "m" + "0" * (len(target.member) - 1)):
            answer = attackers.by_name["officer"].get(path, params={name: asked})
            assert "etag" not in answer.headers
            answers.append((answer.status_code, answer.text.replace(asked, "?"), len(answer.headers)))
        assert answers[0] == answers[1] and answers[0][0] == 404


def test_how_long_a_refusal_takes_tells_nothing_either(attackers, target):
    ids = (target.member, "m" + "0" * (len(target.member) - 1))
    took = {id: [] for id in ids}
    for _ in range(25):  # in turn, and the shortest of each: what else the machine does then touches neither
        for id in ids:
            start = time.perf_counter()
            attackers.by_name["officer"].get(f"{Q}/provenance", params={"entity": id})
            took[id].append(time.perf_counter() - start)
    seen, unknown = (min(times) for times in took.values())
    assert 0.5 < seen / unknown < 2


def test_a_tag_of_anothers_answer_opens_nothing(attackers, target):
    path, asked = f"{Q}/member-links", {"enterprise": target.enterprise}
    mine = attackers.steward.get(path, params=asked)
    tags = {mine.headers["etag"]}
    for client in attackers.by_name.values():
        answer = client.get(path, params=asked, headers={"If-None-Match": mine.headers["etag"]})
        assert answer.status_code == 200 and answer.content != mine.content
        tags.add(answer.headers["etag"])
        assert client.get(path, params=asked).content == answer.content  # now from the cache, which is each one's own
    assert len(tags) == 4


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/links?enterprise={enterprise}",
        "/entities/{enterprise}",
        "/questions/member-links?enterprise={enterprise}",
    ],
)
def test_a_page_kept_for_one_role_or_host_is_never_sent_to_another(attackers, target, path):  # fmt: skip
    address = path.format(**vars(target))
    mine = [attackers.steward.get(address).text for _ in range(2)]  # made, then kept
    assert mine[0] == mine[1] and "/import" in mine[0]
    for client in attackers.by_name.values():
        answers = [client.get(address) for _ in range(2)]
        pages = [answer.text for answer in answers]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert pages[0] == pages[1] != mine[0] and 'href="/import"' not in pages[0]
    named = {**attackers.steward.headers, "Host": f"localhost:{attackers.steward.base_url.port}"}
    assert "http://127.0.0.1" not in attackers.steward.get(address, headers=named).text
    assert "http://localhost" not in attackers.steward.get(address).text


def test_two_answers_subtracted_tell_nothing_that_is_withheld(attackers, target):
    whole = (
        attackers.by_name["viewer"].get(f"{Q}/member-links", params={"enterprise": target.enterprise}).json()["rows"]
    )
    shown = [row["members"] for row in whole if row["members"]]
    assert all(number % 5 == 0 for number in shown)
    exact = attackers.steward.get(f"{Q}/member-links", params={"enterprise": target.enterprise}).json()["rows"]
    few = [row["community"] for row in exact if 0 < (row["members"] or 0) < 5]
    assert len(few) != 1 or sum(row["members"] is None for row in whole if row["community"] not in few) >= 1


def test_rows_are_neither_exported_nor_read_by_cypher(sample, target, tmp_path):
    scopes = {"viewer": Scope("v", "viewer"), "officer": Scope("o", "officer", area_id=target.area)}
    with connect(sample.settings) as graph:
        for name, scope in scopes.items():
            rows = see_rows(graph, scope)
            export_graph(rows, tmp_path / name, people=True)
            written = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / name).rglob("*.*"))
            assert target.member not in written
            assert target.member not in "".join(graph_text(rows, "MATCH (n) RETURN n.id AS id"))
            assert graph_text(rows, "MATCH (n {id: $id}) RETURN n.id AS id", id=target.member) == []
        with pytest.raises(Exception, match="CALL"):
            see_rows(graph, scopes["viewer"]).read(refuse_writes("CALL show_tables() RETURN *"))


def test_a_notebook_with_a_token_sees_what_its_holder_sees(sample, attackers, target):
    token = attackers.by_name["officer"].headers["authorization"].partition(" ")[2]
    with district_of(sample.workspace, token=token) as district:
        assert (district.scope.role, district.scope.area_id) == ("officer", target.area)
        assert target.member not in graph_text(district.graph, "MATCH (m:Member) RETURN m.id AS id")
        asked = {"enterprise": target.enterprise}
        served = attackers.by_name["officer"].get(f"{Q}/member-links", params=asked).json()
        assert district.member_links(**asked).to_dict() == served
    with district_of(sample.workspace, role="viewer") as district:
        assert graph_text(district.graph, "MATCH (m:Member) RETURN m.id AS id") == []
    with district_of(sample.workspace) as district:
        assert target.member in graph_text(district.graph, "MATCH (m:Member) RETURN m.id AS id")
    with pytest.raises(ArgumentError, match="valid token"):
        district_of(sample.workspace, token=token + "x")


def graph_text(graph, text, **values):
    return graph.read(text, **values)["id"].cast(pl.String).to_list()


def test_an_edited_token_a_role_in_the_request_and_another_scheme_are_refused(attackers):
    client = attackers.by_name["viewer"]
    token = client.headers["authorization"].partition(" ")[2]
    for written in (
        f"Bearer {token}x",
        f"Bearer {token[:-1]}",
        f"Bearer {token.upper()}",
        f"Basic {token}",
        "Bearer null",
    ):
        assert client.get(Q, headers={"Authorization": written}).status_code == 401
    assert client.get("/metrics", headers={"X-Role": "steward", "X-Forwarded-User": "admin"}).status_code == 403
    assert client.get("/api/v1/me").json() == {"name": "viewer", "role": "viewer", "limited_to": ""}


def test_a_revoked_token_is_refused_at_once_in_the_middle_of_a_session_too(sample, attackers):
    tokens = TokenFile(sample.workspace)
    token = tokens.add("leaver", "analyst", "test")
    with attackers.steward.holding(token) as client, httpx.Client(base_url=client.base_url) as browser:
        browser.post("/sign-in", data={"token": token})
        path = f"{Q}/overview"
        assert (client.get(path).status_code, browser.get(path).status_code) == (200, 200)
        tokens.revoke("leaver")
        assert (client.get(path).status_code, browser.get(path).status_code) == (401, 401)
    again = tokens.add("leaver", "viewer", "test")
    assert again != token
    with attackers.steward.holding(token) as client:
        assert client.get(Q).status_code == 401
    tokens.revoke("leaver")


def test_tokens_are_kept_as_hashes_only(sample, attackers):
    kept = (sample.workspace / "access" / "tokens.json").read_text(encoding="utf-8")
    for client in attackers.by_name.values():
        assert client.headers["authorization"].partition(" ")[2] not in kept


def test_an_officer_cannot_ask_for_another_unit_by_an_argument(attackers, target):
    for extra in ({"role": "steward"}, {"scope": "steward"}, {"unit_id": target.enterprise}, {"area_id": "sub:x"}):
        refused = attackers.by_name["officer"].get(f"{Q}/overview", params=extra)
        assert refused.status_code == 422


def test_an_officer_sees_the_own_area_as_before(attackers, target, sample):
    with connect(sample.settings) as graph:
        works = graph.relations("WORKS_AT").filter(pl.col("target") == target.unit).height
    rows = attackers.by_name["clerk"].get(f"{Q}/member-links", params={"enterprise": target.unit}).json()["rows"]
    exact = attackers.steward.get(f"{Q}/member-links", params={"enterprise": target.unit}).json()["rows"]
    assert works and [row["members"] for row in rows] == [row["members"] for row in exact]


def test_small_numbers_and_telephones_of_others_are_in_no_value_no_history_no_row_and_no_paper(tmp_path):
    (tmp_path / "社区基本情况表.csv").write_text(
        "社区名称,所属街道,户数,常住人口,在册党员数,联系电话\n甲社区,北街街道,800,2100,3,0379-64000001\n乙社区,南街街道,900,2500,4,0379-64000002\n",
        encoding="utf-8",
    )
    loaded = load_folder(tmp_path, tmp_path / "kept", date(2026, 6, 30))
    tokens = TokenFile(loaded.workspace)
    with serving(loaded.settings) as steward:
        near = steward.get("/api/v1/entities/乙社区").json()
        street = next(t["id"] for tie in near["relations"] for t in tie["things"] if t["label"] == "Subdistrict")
        with ExitStack() as opened:
            viewer = opened.enter_context(steward.holding(tokens.add("v", "viewer", "test")))
            officer = opened.enter_context(steward.holding(tokens.add("o", "officer", "test", area=street)))
            asked = (
                "/api/v1/entities/甲社区", "/api/v1/entities/甲社区?as_of=2026-12-31", "/entities/甲社区", f"{Q}/provenance?entity=甲社区",
                f"{Q}/source-row?file=社区基本情况表.csv&row=2", "/api/v1/graph/entity?entity=甲社区", f"{Q}/unit-page?unit=甲社区",
            )  # fmt: skip
            for path in asked:
                told = [client.get(path) for client in (viewer, officer, steward)]
                assert [one.status_code for one in told] == [200] * 3, path
                for one in told[:2]:
                    assert "64000001" not in one.text and not re.search(r"在册党员[^{}]*[>: \"]3\b", one.text), path
                assert "64000001" in told[2].text, path
            own = officer.get("/api/v1/entities/乙社区").json()["values"]
            assert {"party_members": 4, "phone": "0379-64000002"}.items() <= {
                v["name"]: v["value"] for v in own
            }.items()
            paper = officer.get("/api/v1/papers/communities").content
            with zipfile.ZipFile(io.BytesIO(paper)) as parts:
                texts = html.unescape("".join(parts.read(name).decode() for name in parts.namelist()))
            assert "甲社区" in texts and "64000001" not in texts


def test_anothers_job_is_not_there_and_a_key_used_under_the_name_before_tells_nothing(own, sample):
    tokens, unit = TokenFile(own.workspace), sample.truth["obvious_partners"][0]["community"]
    body, key = {"kind": "same", "name": "那个社区", "unit": unit}, {"Idempotency-Key": "k"}
    with serving(own) as steward, ExitStack() as opened:
        before = opened.enter_context(steward.holding(tokens.add("keeper", "steward", "test")))
        done = before.post("/api/v1/decisions", json=body, headers=key)
        assert done.status_code == 201
        tokens.revoke("keeper")
        area = steward.get(f"/api/v1/entities/{unit}").json()["id"]
        after = opened.enter_context(steward.holding(tokens.add("keeper", "officer", "test", unit=area)))
        again = after.post("/api/v1/decisions", json=body, headers=key)
        assert (again.status_code, again.json()["code"]) == (403, "auth.role")
        viewer = opened.enter_context(steward.holding(tokens.add("looker", "viewer", "test")))
        for path in (done.json()["job"], f"{done.json()['job']}/events"):
            assert viewer.get(path).json()["code"] == "job.unknown"
            assert viewer.get(f"{path}?lang=en").status_code == 404
        assert viewer.post("/api/v1/decisions?dry_run=true", json=body).status_code == 403
