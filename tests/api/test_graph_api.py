"""`/api/v1/graph`: what the canvas asks for, as other programs may ask for it, too."""

import json
import re

import pytest


def test_one_walks_from_the_overview_into_a_group_to_a_unit_and_its_neighbours(server):
    whole = server.get("/api/v1/graph").json()
    assert 2 <= len(whole["nodes"]) <= 30 and all(node["holds"] for node in whole["nodes"])
    group = server.get("/api/v1/graph/group", params={"group": whole["nodes"][0]["id"]}).json()
    community = next(node for node in group["nodes"] if node["label"] == "Community")
    near = server.get("/api/v1/graph/around", params={"entity": community["name"], "lang": "en"}).json()
    assert near["focus"] == [community["id"]] and near["edges"]
    shown = [node["id"] for node in near["nodes"]]
    more = server.post("/api/v1/graph/expand", json={"entity": shown[-1], "limit": 5, "shown": shown}).json()
    assert not set(shown) & {node["id"] for node in more["nodes"]}


def test_an_answer_and_a_way_are_drawn_by_their_address(server):
    group = server.get("/api/v1/graph", params={"by": "cluster"}).json()["nodes"][0]
    inside = server.get("/api/v1/graph/group", params={"group": group["id"]}).json()["nodes"]
    community, enterprise = (
        next(node["id"] for node in inside if node["label"] == label) for label in ("Community", "Enterprise")
    )
    way = server.get("/api/v1/graph/path", params={"start": community, "end": enterprise}).json()
    assert way["paths"] and all(path[0] == community and path[-1] == enterprise for path in way["paths"])
    drawn = server.get("/api/v1/graph/answers/partners", params={"unit": community, "k": 2, "lang": "en"})
    assert drawn.headers["cache-control"] == "private, no-store"
    assert community in {node["id"] for node in drawn.json()["nodes"]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/graph?by=colour", 422),
        ("/api/v1/graph/around", 422),
        ("/api/v1/graph/around?entity=没有这个单位&hops=1", 404),
        ("/api/v1/graph/around?entity=x&limit=301", 422),
        ("/api/v1/graph/expand?entity=x&more=1", 422),
        ("/api/v1/graph/group?group=group:subdistrict:nowhere", 404),
        ("/api/v1/graph/answers/nothing", 404),
        ("/api/v1/graph/words?x=1", 422),
        ("/api/v1/views?x=1", 422),
    ],
)
def test_what_is_not_there_or_not_understood_is_said(server, path, status):
    answer = server.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_the_description_of_the_api_knows_what_the_canvas_is_sent(server):
    document = server.get("/openapi.json").json()
    around = document["paths"]["/api/v1/graph/around"]["get"]
    shape = around["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert {"nodes", "edges", "focus", "paths"} <= set(document["components"]["schemas"][shape]["properties"])
    assert [p["name"] for p in around["parameters"]] == ["entity", "hops", "kinds", "limit", "lang"]


def test_the_explorer_is_sent_as_a_file_that_begins_where_it_was(server):
    way = server.get("/api/v1/graph").json()["nodes"][0]
    inside = server.get("/api/v1/graph/group", params={"group": way["id"]}).json()["nodes"][:3]
    scene = {
        "view": "group",
        "given": {"group": way["id"]},
        "places": [[node["id"], 7, 9] for node in inside],
        "steps": "l=map",
    }
    made = server.post("/api/v1/graph/file", json=scene, params={"lang": "en"})
    assert made.headers["content-disposition"].startswith("attachment") and 'lang="en"' in made.text[:60]
    kept = json.loads(re.search(r'id="kept">(.*?)</script>', made.text, re.DOTALL)[1])
    assert {(node["id"], node["x"], node["y"]) for node in kept["part"]["nodes"]} == {(n["id"], 7, 9) for n in inside}
    assert kept["steps"] == "l=map" and len(kept["more"]["nodes"]) > 3
    for wrong in (
        {},
        {"view": "entity", "given": {"entity": inside[0]["id"]}},
        {"view": "overview", "places": [["a", "b", 1]]},
        {"view": "overview", "x": 1},
    ):
        assert server.post("/api/v1/graph/file", json=wrong).status_code == 422
