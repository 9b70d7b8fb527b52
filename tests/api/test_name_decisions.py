"""Decisions about names through every door: seen before they are taken, in the graph when taken, gone when taken back."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graph.access import TokenFile
from graph.connect import connect
from graph.past_figures import FiguresFolder
from graph.settings import Settings
from loaders.loading import load_paths
from tests.api.doors import serving
from tests.loaded import Loaded

HEADER = "场地名称,资源类型,产权单位,面积,开放时间,使用状态,备注\n"
OLD = "老拖拉机厂"


@pytest.fixture(scope="module")
def waiting(core: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace in which three venues wait for a name that nobody knows."""
    folder = tmp_path_factory.mktemp("waiting")
    shutil.copytree(core.workspace, folder / "w")
    settings = replace(core.settings, workspace=folder / "w")
    path = folder / "旧场地.csv"
    path.write_text(HEADER + "".join(f"旧礼堂{n},礼堂,{OLD},100,,,\n" for n in range(3)), encoding="utf-8")
    load_paths(settings.workspace, [path], settings=settings)
    return settings


@pytest.fixture
def own(waiting: Settings, tmp_path: Path) -> Settings:
    """A copy of that workspace which the test may change."""
    shutil.copytree(waiting.workspace, tmp_path / "own")
    return replace(waiting, workspace=tmp_path / "own")


@pytest.fixture
def units(own: Settings) -> tuple[str, str]:
    """Two enterprises of the workspace."""
    with connect(workspace=own.workspace) as graph:
        names = graph.entities("Enterprise", "name")["name"].sort().to_list()
    return names[0], names[1]


def read(own: Settings, cypher: str) -> pl.DataFrame:
    with connect(workspace=own.workspace) as graph:
        return graph.read(cypher)


def owners(own: Settings) -> list[str]:
    text = "MATCH (e)-[:OWNS]->(v:Venue) WHERE v.name STARTS WITH '旧礼堂' RETURN e.name AS name"
    return sorted(set(read(own, text)["name"]))


def test_a_name_is_reviewed_decided_and_taken_back(shilian: Any, own: Settings, units: tuple[str, str]) -> None:
    where = ("--workspace", own.workspace, "--json")
    asked = shilian("ask", "names-to-review", OLD, *where).json
    (row,) = asked["rows"]
    assert (row["name"], row["rows"], row["why"]) == (OLD, 3, "unit.unknown")
    assert len(row["candidates"]) == 3
    assert len(row["commands"]) == 4  # one for each candidate, and one that makes it a unit of its own
    assert row["commands"][0].split()[:3] == ["shilian", "decide", "same"]
    seen = shilian("decide", "same", OLD, units[0], "--dry-run", *where).json
    assert (seen["rows"], seen["relations"]["OWNS"]["added"]["count"]) == (3, 3)
    assert owners(own) == []
    assert shilian("decide", "list", *where).json == {"decisions": []}
    number = shilian("decide", "same", OLD, units[0], "--reason", "问过", *where).json["id"]
    assert owners(own) == [units[0]]
    assert shilian("ask", "names-to-review", OLD, *where).json["rows"] == []
    undone = shilian("decide", "undo", number, "--dry-run", *where).json
    assert undone["relations"]["OWNS"]["removed"]["count"] == 3
    shilian("decide", "undo", number, *where)
    assert owners(own) == []
    assert shilian("decide", "undo", number, *where).code == 1


def test_what_a_decision_would_change_reads_well(shilian: Any, own: Settings, units: tuple[str, str]) -> None:
    shown = shilian("decide", "same", OLD, units[0], "--dry-run", "--workspace", own.workspace, "--lang", "en")
    assert f"{OLD}: 3 rows" in shown.out
    assert "OWNS" in shown.out and "Nothing was written" in shown.out
    nothing = shilian("decide", "different", "没人这么叫", units[0], "--dry-run", "--workspace", own.workspace)
    assert "图不会改变" in nothing.out


def test_subsidiaries_and_branches_are_in_the_graph_with_their_decision(
    shilian: Any, own: Settings, units: tuple[str, str]
) -> None:
    where = ("--workspace", own.workspace, "--json")
    first, second = units
    made = shilian("decide", "parent", first, second, "--from", "1997-06-01", *where).json
    shilian("decide", "branch", first, second, *where)
    text = "MATCH (a)-[r:{}]->(b) RETURN a.name AS a, b.name AS b, r.decision AS decision, r.valid_from AS since"
    found = read(own, text.format("SUBSIDIARY_OF"))
    assert found.select("a", "b", "decision").rows() == [(first, second, made["id"])]
    assert str(found["since"][0]) == "1997-06-01"
    assert read(own, text.format("BRANCH_OF")).height == 1
    above_itself = shilian("decide", "parent", second, first, *where)
    assert (above_itself.code, above_itself.json["error"]["code"]) == (1, "argument.invalid")


def test_a_day_that_is_none_is_refused(shilian: Any, own: Settings, units: tuple[str, str]) -> None:
    where = ("--workspace", own.workspace, "--json")
    for days in (("--until", "去年"), ("--from", "2000-01-02", "--until", "2000-01-01")):
        refused = shilian("decide", "former", OLD, units[0], *days, *where)
        assert (refused.code, refused.json["error"]["code"]) == (1, "argument.invalid")
    assert shilian("decide", "list", *where).json == {"decisions": []}


def test_what_is_put_off_is_seen_by_colleagues_and_changes_no_snapshot(own: Settings, units: tuple[str, str]) -> None:
    own = replace(own, keep_snapshots=1)
    tokens = TokenFile(own.workspace)
    colleague, viewer = (tokens.add(name, role, "test") for name, role in (("同事", "analyst"), ("访客", "viewer")))
    with serving(own) as steward, steward.holding(colleague) as other, steward.holding(viewer) as guest:
        before = steward.get("/api/v1/questions/overview").json()["snapshot"]
        put_off = {"decisions": [{"kind": "later", "point": OLD, "reason": "等回话"}]}
        assert steward.post("/settle", json=put_off).json() == {"job": ""}
        points = json.loads(other.get("/settle").text.partition('id="points">')[2].partition("</script>")[0])
        mine = next(point["put_off"] for point in points if point["what"] == OLD)
        assert (mine["by"], mine["reason"]) == (own.user, "等回话")
        assert guest.get("/settle").text.count(OLD) == 0
        pair = {"kind": "later", "left": units[0], "right": units[1]}
        made = other.post("/api/v1/decisions", json=pair).json()
        (seen,) = steward.get("/pairing/later").json()
        assert (seen["id"], seen["by"], {seen["left"], seen["right"]}) == (
            made["id"], "同事", {one["id"] for one in made["units"].values()},
        )  # fmt: skip
        assert guest.get("/pairing/later").json() == []
        assert guest.post("/api/v1/decisions", json=pair).status_code == 403
        assert other.post("/api/v1/decisions", json={"kind": "later", "left": units[0]}).status_code == 422
        job = steward.delete(f"/api/v1/decisions/{mine['id']}").json()["job"]
        while steward.get(job).json()["state"] not in {"done", "failed"}:
            time.sleep(0.05)
        points = json.loads(other.get("/settle").text.partition('id="points">')[2].partition("</script>")[0])
        assert all(point["put_off"] is None for point in points)
        assert steward.get("/api/v1/questions/overview").json()["snapshot"] == before
        assert FiguresFolder(own.workspace).read()[-1].snapshot == int(before), "noted before it could be deleted"


def test_the_same_over_http(own: Settings, units: tuple[str, str]) -> None:
    with connect(workspace=own.workspace) as graph:
        ids = dict(graph.entities("Enterprise", "name").select("name", "id").iter_rows())
    body = {"kind": "former", "name": OLD, "unit": ids[units[0]], "until": "2030-12-31"}
    with serving(own) as client:
        seen = client.post("/api/v1/decisions", params={"dry_run": "true"}, json=body)
        assert (seen.status_code, seen.json()["rows"]) == (200, 3)
        assert client.get("/api/v1/decisions").json() == {"decisions": []}
        made = client.post("/api/v1/decisions", json=body)
        assert made.status_code == 201
        number = made.json()["id"]
        gone = client.delete(f"/api/v1/decisions/{number}", params={"dry_run": "true"})
        assert (gone.status_code, gone.json()["dry_run"]) == (200, True)
        assert client.delete(f"/api/v1/decisions/{number}").json()["withdrawn"] is True
        assert client.delete(f"/api/v1/decisions/{number}").status_code == 404
        assert client.post("/api/v1/decisions", json=body | {"unit": "ent:没有"}).status_code == 404
        assert client.post("/api/v1/decisions", params={"dry_run": "x"}, json=body).status_code == 422
