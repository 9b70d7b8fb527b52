"""Decisions about pairing on a graph server: accepted pairs and learned weights are in its graph as in the embedded one."""

from __future__ import annotations

import pytest

from loaders.district import generate_workbooks
from tests.api.doors import CommandLine


@pytest.fixture
def shilian(capfd: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capfd)


@pytest.mark.drill
@pytest.mark.slow
def test_an_accepted_pair_and_learned_weights_are_seen_on_a_server(shilian, on_server, tmp_path):
    truth = generate_workbooks(tmp_path / "books", seed=3, communities=60, enterprises=20, members=150, headings=False)
    where = ("--workspace", tmp_path / "w", "--graph", on_server.uri, "--json")
    assert shilian("load", tmp_path / "books", "--as-of", truth["as_of"], *where).code == 0
    known = truth["obvious_partners"][0]
    community, enterprise = known["community"], known["enterprise"]
    before = shilian("ask", "partners", community, *where).json
    shown = shilian("learn", *where).json
    assert shown["proof"] is not None
    decided = shilian("learn", "--apply", "--force", *where)
    assert decided.code == 0, decided.err
    accepted = shilian("decide", "accept", community, enterprise, *where)
    assert accepted.code == 0, accepted.err
    after = shilian("ask", "partners", community, *where).json
    assert after["weights"]["weights"] == {row["signal"]: row["learned"] for row in shown["rows"]}
    assert [one["unit"] for one in after["accepted"]] == [enterprise]
    embedded = shilian("ask", "partners", community, "--workspace", tmp_path / "w", "--json").json
    assert embedded["rows"] == after["rows"] and embedded["digest"] == after["digest"]
    for number in (accepted.json["id"], decided.json["id"]):
        assert shilian("decide", "undo", number, *where).code == 0
    assert shilian("ask", "partners", community, *where).json["rows"] == before["rows"]
