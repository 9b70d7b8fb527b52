"""Which question a sentence asks, and about what; where that is not plain, the questions that it may ask, to ask back.

A sentence is read in steps: names and values of the graph, days and a period, numbers, services and products, and the words that are
left, said plainly. Each question then has a chance to be what is asked; one is taken where its chance is far the best and it takes all
that the sentence says: a condition that is dropped without a word would be a wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from graph.errors import RequestError
from graph.texts import Said
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.understanding.doubts import find_doubt
from queries.understanding.graph_texts import find_in_graph
from queries.understanding.likely_questions import LikelyQuestion, list_unspoken, rank_questions
from queries.understanding.phrase_words import read_vocabulary
from queries.understanding.said_names import SaidThing
from queries.understanding.said_parts import SaidParts, take_apart

if TYPE_CHECKING:
    from graph.graph import Graph

WORTH_ASKING = 0.02  # from this chance on a question is among those asked back
MOST_ASKED = 4
LONGEST = 200


class UnclearSentenceError(RequestError):
    """A sentence that may ask several questions, or none."""

    code = "sentence.unclear"
    zh = "{doubt}{asked}"
    en = "{doubt}{asked}"


@dataclass(frozen=True)
class AskedQuestion:
    """A question that a sentence may ask, with its arguments as texts, those it would still need, and the chance that it is meant."""

    question: Question
    given: dict[str, str]
    missing: tuple[Argument, ...]
    chance: float

    @property
    def said(self) -> Said:
        """Return the question as it was read: its title, and each argument with what it is."""
        arguments = {argument.name: argument for argument in self.question.arguments}
        # What is only chosen (不收费的) is said without a value.
        parts = [
            (arguments[n].help, "" if arguments[n].type is bool else f"：{value}") for n, value in self.given.items()
        ]
        zh, en = ("；".join(f"{help.text(lang)}{value}" for help, value in parts) for lang in ("zh", "en"))
        title = self.question.title
        return Said(f"{title}（{zh}）" if zh else str(title), f"{title.en} ({en})" if en else title.en)


@dataclass(frozen=True)
class Understanding:
    """What a sentence asks: the questions it may ask, the likeliest first; whether the first is meant; if not, why not."""

    asked: tuple[AskedQuestion, ...]
    is_sure: bool
    named: tuple[SaidThing, ...]
    doubt: Said | None = None


def understand(graph: Graph, sentence: str, today: date | None = None) -> Understanding:
    """Return the question that a sentence asks with its arguments, or those among which to ask back."""
    vocabulary = read_vocabulary()
    parts = take_apart(graph, sentence[:LONGEST], vocabulary, today or graph.as_of or date.today())
    likely = [one for one in rank_questions(parts, vocabulary)[:MOST_ASKED] if one.chance >= WORTH_ASKING]
    asked = tuple(_complete(graph, one, parts) for one in likely)
    doubt = find_doubt(graph, likely, asked[0].given if asked else {}, parts)
    return Understanding(asked, doubt is None, tuple(parts.names), doubt)


def _complete(graph: Graph, likely: LikelyQuestion, parts: SaidParts) -> AskedQuestion:
    """Return a question with what else it is given by texts of the graph."""
    given = likely.filled.given
    words = (*parts.unknown, *list_unspoken(likely.question, parts))
    argument, text = find_in_graph(graph, likely.question, given, words)
    return AskedQuestion(likely.question, given | ({argument: text} if argument else {}), likely.missing, likely.chance)
