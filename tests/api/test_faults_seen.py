"""Faults that newcomers met at the doors; each stays mended. Others of them stand where their subject does.

Accepting by name: test_decisions · curl: test_http · English: test_command_line · names: tests/queries/test_units.py ·
notebooks: tests/test_notebooks.py · the marked workbook: tests/loaders/test_report.py · stopping: test_server_process.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from graph.backends.result_frames import name_entities, to_frame
from graph.connect import connect
from graph.engines import open_server_engine
from graph.errors import QueryError, ServerPlainError
from graph.schema import SCHEMA
from graph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph(sample):
    with connect(sample.settings) as opened:
        yield opened


def test_sources_stand_below_each_reason_and_every_reason_is_told(shilian, sample):
    unit = sample.truth["obvious_partners"][0]["community"]
    words = ("ask", "partners", unit, "--k", 1, "--workspace", sample.workspace)
    short, whole = shilian(*words).out, shilian(*words, "--sources").out
    assert "… +" in short and "出处" not in short
    assert "… +" not in whole and whole.count("    – ") > short.count("    – ")
    assert re.search(r"– 相距 .+\n\s+出处：《.+》.*第 \d", whole)
    idle = shilian("ask", "unused-resources", "--sources", "--lang", "en", "--workspace", sample.workspace).out
    assert re.search(r"from .+, rows? \d+", idle)


@pytest.mark.parametrize("encoding", ["cp1252", "gbk"])
def test_a_pipe_that_cannot_write_every_sign_gets_replaced_ones(sample, encoding):
    command = [sys.executable, "-m", "api.cli", "ask", "overview", "--workspace", str(sample.workspace)]
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ("社区" in done.stdout.decode("gbk")) if encoding == "gbk" else (b"?" in done.stdout)


def test_entities_and_relations_of_a_cypher_text_come_as_what_they_are_and_can_be_drawn(graph):
    found = graph.read("MATCH (a:Community)-[r:BELONGS_TO]->(b) RETURN a, r, b, a.name AS name LIMIT 3")
    community, relation, street = found["a"][0], found["r"][0], found["b"][0]
    assert (community["label"], relation["label"], street["label"]) == ("Community", "BELONGS_TO", "Subdistrict")
    assert community["name"] == found["name"][0] and street["id"].startswith("sub:")
    assert not [name for name in (*community, *relation, *street) if name.startswith("_")]
    assert "uscc" not in street  # what only other kinds have is not there
    drawn = graph.draw("MATCH (a:Community)-[r:BELONGS_TO]->(b) RETURN a, r, b LIMIT 3")
    assert json.dumps(street["name"]) in drawn.html  # as the page has it


def test_paths_and_missing_entities_have_their_places(graph):
    path = graph.read("MATCH p=(a:Community)-[:BELONGS_TO*1..1]->(b) RETURN p LIMIT 2")["p"][0]
    assert [node["label"] for node in path["nodes"]] == ["Community", "Subdistrict"]
    assert [tie["label"] for tie in path["relations"]] == ["BELONGS_TO"]
    none = graph.read("MATCH (a:Community) OPTIONAL MATCH (a)-[:OWNS]->(b:Course) RETURN a.id AS id, b LIMIT 2")
    assert none["b"].to_list() == [None, None] or none.height


class Items:
    """An entity or relation as a driver gives it: values, and beside them a label or a type."""

    def __init__(self, **values):
        self._values = values

    def items(self):
        return self._values.items()


class Node(Items):
    labels = frozenset({"Community"})


class Relationship(Items):
    type = "BELONGS_TO"


class BELONGS_TO(Items):  # py2neo makes a class of each type
    pass


def test_a_server_s_entities_keep_their_labels():
    rows = [[Node(id="com:1", name="甲"), Relationship(since=2020), BELONGS_TO(since=2021)]]
    frame = to_frame(["a", "r", "s"], rows)
    assert frame["a"][0] == {"label": "Community", "id": "com:1", "name": "甲"}
    assert frame["r"][0] == {"label": "BELONGS_TO", "since": 2020}
    assert frame["s"][0] == {"label": "BELONGS_TO", "since": 2021}


def test_every_property_can_be_read_by_its_name_and_an_alias_is_told_how_to_write(graph):
    for kind in SCHEMA.entities:
        names = [name for name in kind.columns() if re.fullmatch(r"\w+", name)]
        read = graph.read(f"MATCH (a:{kind.label}) RETURN {', '.join(f'a.{name}' for name in names)} LIMIT 1")
        assert read.columns == [f"a.{name}" for name in names], kind.label
    with pytest.raises(QueryError) as refused:
        graph.read("MATCH (a:Agreement) RETURN a.expires AS ends")
    assert "`end`" in refused.value.message("zh") and "expecting" not in refused.value.message("en")
    assert graph.read("RETURN 'a.ends' AS x")["x"].item() == "a.ends"  # a text stays as it is


@contextmanager
def plain_server(says: bytes) -> Iterator[int]:
    """Serve on a port of this machine without TLS: whatever comes is answered with some bytes, and the line is closed."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve():
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with closing(line):
                    line.recv(1000)
                    line.sendall(says)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.mark.parametrize(("scheme", "says"), [("bolt+s", b""), ("neo4j+s", b"HTTP/1.1 400 Bad Request\r\n\r\n")])
def test_an_address_that_asks_a_plain_server_for_encryption_is_told_so(tmp_path, scheme, says):
    with plain_server(says) as port, pytest.raises(ServerPlainError) as refused:
        open_server_engine(replace(Settings(workspace=tmp_path), graph=f"{scheme}://127.0.0.1:{port}"), patience=0.1)
    for lang in ("zh", "en"):
        told = refused.value.message(lang)
        assert f"{scheme.partition('+')[0]}://…" in told and "TLS" in told


def test_the_page_of_idle_resources_names_the_unit_before_the_distance(server):
    page = server.get("/questions/unused-resources").text
    users = re.findall(r'<li><a [^>]*href="/entities/[^"]+"[^>]*>([^<]+)</a>([^<]*(?:相距|满足)[^<]*)', page)
    assert users and all(name and "公里" not in name for name, _ in users)


def test_a_dry_run_says_that_nothing_was_written_and_which_command_writes(shilian, own, core, monkeypatch):
    monkeypatch.setenv("SHILIAN_KEY_FILE", str(own.key_file))
    file = next(path for path in sorted(core.workbooks.iterdir()) if "场地" in path.name)
    told = shilian("load", file, "--dry-run", "--workspace", own.workspace)
    assert "没有写入任何内容" in told.out + told.err
    assert (
        re.search(r"shilian load .+", told.out + told.err)
        and "--dry-run" not in (told.out + told.err).split("shilian load")[-1]
    )


def test_frames_of_plain_values_are_left_alone():
    frame = pl.DataFrame({"n": [1, 2], "texts": [["a"], []]})
    assert name_entities(frame).equals(frame)
