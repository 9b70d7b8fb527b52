"""What a sentence looks for among the texts of a graph: the 路灯 of a project's title, the 劳模精神 of a course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.names import normalize
from graph.schema.assets import Course, IdleProperty, Project
from graph.schema.governance import CaseStatistic, Notice
from graph.schema.handing_over import Handover
from graph.schema.posts import Post
from graph.schema.resources import Need, RedBase
from queries.answers.catalogue import Question
from queries.reading.entities import open_entities
from queries.reading.facts import Recent, snapshot_key

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

# The arguments that look for words in certain texts, with these; what no text holds is not looked for.
SEARCHED: dict[tuple[str, str], tuple[Entity, tuple[str, ...]]] = {
    ("lecturers", "topic"): (Course, ("name", "topic")),
    ("base-visits", "theme"): (RedBase, ("theme",)),
    ("appeals", "theme"): (CaseStatistic, ("theme",)),
    ("handovers", "subject"): (Handover, ("subject",)),
    ("posts", "text"): (Post, ("kind", "title", "requirements")),
    ("projects", "text"): (Project, ("title", "category")),
    ("notices", "text"): (Notice, ("title", "topics")),
    ("unmatched-needs", "category"): (Need, ("category", "title")),
    ("idle-property", "industry"): (IdleProperty, ("industries",)),
}
_SHORTEST, _LONGEST = 2, 12
_BREAK = "\n"  # stands between texts
_RECENT: Recent[str] = Recent(2 * len(SEARCHED))  # of two snapshots


def find_in_graph(graph: Graph, question: Question, given: Iterable[str], unknown: Iterable[str]) -> tuple[str, str]:
    """Return the argument of a question that looks for words in texts, and the longest words of a sentence that such a text holds."""
    for argument in question.arguments:
        if (question.name, argument.name) in SEARCHED and argument.name not in set(given):
            key = (question.name, argument.name)
            texts = _RECENT.get((*snapshot_key(graph), *key), partial(_read_texts, graph, *SEARCHED[key]))
            found = max((part for run in unknown for part in _parts_of(run) if part in texts), key=len, default="")
            if found:
                return argument.name, found
    return "", ""


def _parts_of(run: str) -> Iterator[str]:
    """Yield the parts of a run of characters that are at least half of it."""
    least = max(_SHORTEST, (len(run) + 1) // 2)
    for size in range(min(len(run), _LONGEST), least - 1, -1):
        yield from (run[at : at + size] for at in range(len(run) - size + 1))


def _read_texts(graph: Graph, kind: Entity, columns: tuple[str, ...]) -> str:
    """Return the texts of a kind's properties as one."""
    rows = open_entities(graph, kind, *columns)
    parts = [rows[name].explode() if rows[name].dtype == pl.List(pl.String) else rows[name] for name in columns]
    return _BREAK.join(normalize(text) for part in parts for text in part.cast(pl.String).drop_nulls().unique().sort())
