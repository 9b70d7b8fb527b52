"""Which question a sentence asks, and about what; where that is not plain, the questions that it may ask, to ask back.

A sentence is read in steps: names and values of the graph, days and a period, numbers, services and products, and the words that are
left, said plainly. Each question then has a chance to be what is asked; one is taken where its chance is far the best and it takes all
that the sentence says: a condition that is dropped without a word would be a wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from graph.documents import Document
from graph.errors import RequestError
from graph.texts import Said
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.answers.narrowing import Narrowing
from queries.answers.rows import plain
from queries.asking import answer_question
from queries.reading.scope import Scope
from queries.understanding.column_conditions import find_conditions_on, find_denied, find_worded, list_columns
from queries.understanding.doubts import SURE, find_doubt
from queries.understanding.graph_texts import find_in_graph
from queries.understanding.leftovers import list_leftovers
from queries.understanding.likely_questions import LikelyQuestion, list_unspoken, rank_questions
from queries.understanding.phrase_words import read_vocabulary
from queries.understanding.said_names import SaidThing
from queries.understanding.said_parts import SaidParts, take_apart

if TYPE_CHECKING:
    from graph.graph import Graph

WORTH_ASKING = 0.02  # from this chance on a question is among those asked back
MOST_ASKED = 4
LONGEST = 200
ANYBODY = Scope("", "viewer")


class UnclearSentenceError(RequestError):
    """A sentence that may ask several questions, or none."""

    code = "sentence.unclear"
    zh = "{doubt}{asked}"
    en = "{doubt}{asked}"


@dataclass(frozen=True)
class AskedQuestion:
    """A question that a sentence may ask, with its arguments as texts, those it would still need, and the chance that it is meant.

    `narrowed` are conditions on columns of its answer, for what no argument takes.
    """

    question: Question
    given: dict[str, str]
    missing: tuple[Argument, ...] = ()
    chance: float = 1.0
    narrowed: tuple[Narrowing, ...] = ()

    @property
    def said(self) -> Said:
        """Return the question as it was read: its title, and each argument with what it is."""
        arguments = {argument.name: argument for argument in self.question.arguments}
        # What is only chosen (不收费的) is said without a value.
        parts = [
            (arguments[n].help, "" if arguments[n].type is bool else f"：{value}")
            for n, value in self.given.items()
            if n != "limit" or not self.narrowed
        ]
        columns = list_columns(self.question)
        filters = [one.say(columns) for one in self.narrowed]
        zh, en = (
            "；".join([*(f"{help.text(lang)}{value}" for help, value in parts), *(one.text(lang) for one in filters)])
            for lang in ("zh", "en")
        )
        title = self.question.title
        return Said(f"{title}（{zh}）" if zh else str(title), f"{title.en} ({en})" if en else title.en)


@dataclass(frozen=True)
class Understanding:
    """What a sentence asks: the questions it may ask, the likeliest first; whether the first is meant; if not, why not."""

    asked: tuple[AskedQuestion, ...]
    is_sure: bool
    named: tuple[SaidThing, ...]
    doubt: Said | None = None


def understand(graph: Graph, sentence: str, today: date | None = None, scope: Scope = ANYBODY) -> Understanding:
    """Return the question that a sentence asks with its arguments, or those among which to ask back.

    `scope` is who asks: for some conditions the answer is looked at.
    """
    vocabulary = read_vocabulary()
    parts = take_apart(graph, sentence[:LONGEST], vocabulary, today or graph.as_of or date.today())
    likely = [one for one in rank_questions(parts, vocabulary)[:MOST_ASKED] if one.chance >= WORTH_ASKING]
    asked = [_complete(graph, one, parts) for one in likely]
    left: list[str] = []
    if likely and likely[0].chance >= SURE:
        asked[0], left = _narrow_down(graph, scope, likely[0], asked[0], parts)
    doubt = find_doubt(graph, likely, left, parts)
    return Understanding(tuple(asked), doubt is None, tuple(parts.names), doubt)


def _complete(graph: Graph, likely: LikelyQuestion, parts: SaidParts) -> AskedQuestion:
    """Return a question with what else it is given by texts of the graph."""
    given = likely.filled.given
    words = (*parts.unknown, *list_unspoken(likely.question, parts))
    argument, text = find_in_graph(graph, likely.question, given, words)
    return AskedQuestion(likely.question, given | ({argument: text} if argument else {}), likely.missing, likely.chance)


def _narrow_down(
    graph: Graph, scope: Scope, likely: LikelyQuestion, asked: AskedQuestion, parts: SaidParts
) -> tuple[AskedQuestion, list[str]]:
    """Return a question with conditions on columns for what it has no argument for, and the words that are left even so."""
    left = [*list_leftovers(likely, asked.given, parts), *find_denied(likely.question, parts)]
    found = list(find_worded(likely.question, parts))
    left = [word for word in left if not any(one.explains(word) for one in found)]
    if left and not likely.missing:
        read_rows = partial(_read_rows, graph, scope, asked)
        for one in find_conditions_on(likely.question, asked.given, parts, read_rows):
            explained = [word for word in left if one.explains(word)]
            found += [one] if explained or one.words in {other.words for other in found} else []
            left = [word for word in left if word not in explained]
    narrowed = tuple({one.narrowing.parameter: one.narrowing for one in reversed(found)}.values())
    given = {name: value for name, value in asked.given.items() if name not in {one.column for one in narrowed}}
    return replace(asked, given=_list_more(likely.question, given) if narrowed else given, narrowed=narrowed), left


def _list_more(question: Question, given: dict[str, str]) -> dict[str, str]:
    """Return arguments with the longest list that a question gives: rows beyond it could not be narrowed down to."""
    most = next((a.between.most for a in question.arguments if a.name == "limit" and a.between), None)
    return {**given, "limit": str(int(most))} if most else given


def _read_rows(graph: Graph, scope: Scope, asked: AskedQuestion) -> list[Document]:
    """Return the rows of a question's answer as documents; none where it is refused."""
    try:
        given = asked.question.reader.read_texts(_list_more(asked.question, asked.given))
        answer = answer_question(graph, scope, asked.question, given)
    except RequestError:
        return []
    return [plain(row) for row in answer.rows]
