"""How likely each question is what a sentence asks: by its likest phrase, its profile, and what of the sentence it cannot take.

The chances of all questions, and of none, add up to 1. What each part counts was learned from 480 sentences of six hands, each hand's
share judged by what the others had taught (docs/decisions/0033); they are few and tell of no single question, so that a new one needs none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from queries.answers.arguments import Argument
from queries.answers.catalogue import Question, catalogue
from queries.understanding.column_conditions import find_worded
from queries.understanding.filled_arguments import FilledArguments, fill_arguments
from queries.understanding.phrase_words import ConceptVocabulary, Phrase, read_vocabulary
from queries.understanding.question_profiles import read_profiles
from queries.understanding.said_parts import SaidParts

# What the likest phrase, the profile, what is not taken and what is missing count.
PHRASED, COVERED, TAKEN, LACKING = 9.3, 6.8, 4.0, 1.5
WORDED = 2.0  # that the table of words of columns has a word of the sentence for the question
NONE = 2.4  # what there is for no question at all
UNKNOWN_WEIGHT = 0.3  # of a character that is no known word
FALLBACK = "search"  # it finds names, and is never what a sentence asks
_DENIED, _DENIES = 0.6, 0.85  # only the phrase says "not"; only the sentence does
NOT = "not"


@dataclass(frozen=True)
class LikelyQuestion:
    """A question, its arguments as a sentence gives them, those it would still need, and the chance that it is meant."""

    question: Question
    filled: FilledArguments
    missing: tuple[Argument, ...]
    chance: float


def rank_questions(parts: SaidParts, vocabulary: ConceptVocabulary) -> list[LikelyQuestion]:
    """Return the questions that have to do with a sentence, the likeliest first."""
    asked = {name: question for name, question in catalogue().items() if name != FALLBACK}
    filled = {name: fill_arguments(question, parts) for name, question in asked.items()}
    likest = _find_likest(parts, filled, vocabulary)
    found: list[tuple[float, Question, tuple[Argument, ...]]] = []
    for name, question in asked.items():
        worth = PHRASED * likest.get(name, 0.0) + COVERED * parts.covered[name]
        if worth > 0:
            missing = tuple(a for a in question.arguments if a.required and a.name not in filled[name].given)
            worth += WORDED * any(True for _ in find_worded(question, parts))
            worth += TAKEN * math.log(filled[name].factor) - LACKING * len(missing)
            found.append((worth, question, missing))
    whole = math.exp(NONE) + sum(math.exp(worth) for worth, *_ in found)
    ranked = sorted(found, key=lambda one: (-one[0], one[1].name))
    return [LikelyQuestion(one, filled[one.name], missing, math.exp(worth) / whole) for worth, one, missing in ranked]


def _find_likest(
    parts: SaidParts, filled: dict[str, FilledArguments], vocabulary: ConceptVocabulary
) -> dict[str, float]:
    """Return for each question how like the sentence its likest phrase is, from 0 to 1."""
    best: dict[str, float] = {}
    known = vocabulary.weigh(parts.concepts)
    for phrase in (one for one in vocabulary.phrases if one.question in filled):
        given = filled[phrase.question].given.values()
        unknown = UNKNOWN_WEIGHT * sum(len(one) for one in parts.unknown if one not in given)
        best[phrase.question] = max(
            best.get(phrase.question, 0.0), _likeness(phrase, parts, known + unknown, vocabulary)
        )
    return best


def _likeness(phrase: Phrase, parts: SaidParts, said: float, vocabulary: ConceptVocabulary) -> float:
    """Return how much of what sentence and phrase weigh they share, from 0 to 1."""
    both = phrase.concepts & (parts.concepts | parts.implied)
    if both <= vocabulary.vague:
        return 0.0
    shared = vocabulary.weigh(both)
    said += vocabulary.weigh(phrase.concepts & parts.implied - parts.concepts)
    if NOT in phrase.concepts - parts.concepts:
        shared *= _DENIED
    elif NOT in parts.concepts - phrase.concepts:
        shared *= _DENIES
    return phrase.trust * 2 * shared / (said + vocabulary.weigh(phrase.concepts)) if shared else 0.0


def list_unspoken(question: Question, parts: SaidParts) -> list[str]:
    """Return the telling words of a sentence of which a question does not speak."""
    telling, profiles = read_vocabulary().telling, read_profiles()
    return [
        word
        for concept, word in parts.written.items()
        if concept in telling and not profiles.speaks_of(question.name, concept)
    ]
