"""Every name that a row waits for is listed, of units, venues and rows that may be one of several, with the commands that settle it."""

from __future__ import annotations

import pytest

from graph.problems import WARNING, Problem
from graph.shell_words import write_command
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, small_graph

SCOPE = Scope("tester", "analyst")
VENUE = ENTITIES["Venue"][0]


def told(code: str, value: str, rows: int, **details: str) -> Problem:
    return Problem(
        code, WARNING, "表.xlsx", "Sheet1", 4, field="resource", value=value, details=(("rows", rows), *details.items())
    )


class Waiting:
    """A history of which only the problems are asked."""

    def problems(self):
        return [
            told("resource.unknown", "滨河驿站", 3, kinds="Venue|RedBase").store(),
            told("resource.ambiguous", "会议室", 1, candidates=VENUE["id"], kinds="Venue|RedBase").store(),
            told("key.unsure", "民主社区", 1, candidates=VENUE["id"]).store(),
            told("unit.unknown", "无名中学", 2, kinds="Enterprise|Community|Subdistrict|Institution").store(),
            told("conflict", "别的", 9).store(),
        ]


@pytest.fixture(scope="module")
def rows():
    with small_graph(ENTITIES, RELATIONS, Waiting()) as graph:
        return {row.name: row for row in ask(graph, SCOPE, "names-to-review").rows}


def test_venues_and_rows_that_may_be_one_of_several_are_listed_by_the_rows_that_hang_on_them(rows):
    assert list(rows) == ["滨河驿站", "无名中学", "会议室", "民主社区"]
    assert [row.rows for row in rows.values()] == [3, 2, 1, 1]


def test_each_has_the_commands_that_settle_it(rows):
    same = write_command("decide", "same", "会议室", VENUE["id"])
    assert rows["会议室"].commands == [same, write_command("decide", "new", "会议室", "Venue")]
    assert rows["滨河驿站"].commands == [write_command("decide", "new", "滨河驿站", "Venue")]
    assert rows["无名中学"].commands == [write_command("decide", "new", "无名中学", "Institution")]
    assert rows["民主社区"].commands == [write_command("decide", "same", "民主社区", VENUE["id"])]
    assert rows["会议室"].candidates == [VENUE["name"]]
