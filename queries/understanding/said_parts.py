"""What was found in a sentence: names and values of the graph, days and a period, numbers, services and products, and the words left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from queries.understanding.named_arguments import find_conditions, find_options
from queries.understanding.phrase_words import FILLER, ConceptVocabulary, normalize_sentence, split_words
from queries.understanding.plain_words import say_plainly
from queries.understanding.question_profiles import ABOUT, SLOT, read_profiles, split_features
from queries.understanding.said_days import SaidDays, read_days_in
from queries.understanding.said_names import HOLE, SaidThing, read_names_in
from queries.understanding.said_numbers import read_numbers_in
from queries.understanding.said_subjects import find_about, find_subjects
from queries.understanding.said_times import SaidPeriod, read_period_in

if TYPE_CHECKING:
    from graph.graph import Graph

UNIT_WORD = "单位"


@dataclass(frozen=True)
class SaidParts:
    """What was found in a sentence, and the words of it in which nothing was found."""

    plain: str  # the whole sentence, normalized
    things: list[SaidThing]
    whole: str  # the sentence with blanks in place of names
    rest: str  # the same without days, periods and numbers
    today: date
    period: SaidPeriod
    days: SaidDays
    numbers: list[tuple[str, float]]
    concepts: frozenset[str]
    implied: frozenset[str]  # the kinds of what is named: whoever names a community speaks of one
    written: dict[str, str]  # how each concept is written
    unknown: tuple[str, ...]
    subjects: list[tuple[str, str]]  # services and products
    about: str  # what is said to be what a course, project or notice is about (关于停水的)
    options: dict[str, tuple[str, ...]]  # values of arguments of few values
    conditions: dict[str, str]  # options without which an answer would be to another question, as they are written
    covered: dict[str, float]  # how much of the sentence each question has to do with

    @property
    def names(self) -> list[SaidThing]:
        """Return what bears a name of those that were said."""
        return [thing for thing in self.things if thing.labels]

    @property
    def values(self) -> list[SaidThing]:
        """Return the values of properties that were said (会议室)."""
        return [thing for thing in self.things if not thing.labels]


def take_apart(graph: Graph, sentence: str, vocabulary: ConceptVocabulary, today: date) -> SaidParts:
    """Return what is found in a sentence, as it is said on a day."""
    plain = normalize_sentence(sentence).strip(" ?？。.!！")
    found, rest = read_names_in(graph, plain)
    # Of what is called like an ordinary word (会议室, 平安) the word is meant.
    words = {thing.written for thing in found if thing.written in vocabulary.words}
    things = [thing for thing in found if thing.written not in words or thing.property]
    for thing in found:  # words and values stay in the sentence: they tell what is asked, too
        kept = thing.written if thing.written in words else " "
        rest = rest.replace(HOLE, kept, 1)
    whole = rest
    days, rest = read_days_in(rest, today)
    period, rest = read_period_in(rest, today)
    numbers, rest = read_numbers_in(rest)
    left, subjects = rest, find_subjects(rest)
    written = {concept: word for word, concept in split_words(rest) if concept}
    rest = say_plainly(rest)
    concepts, unknown = vocabulary.read(rest)
    said, implied = frozenset(concepts) - {FILLER}, frozenset(_imply(graph, things, vocabulary))
    slots = _list_slots(things, period, days, numbers) | {f"{SLOT}{form}" for _, form in subjects}
    about = find_about(left)
    slots |= {ABOUT} if about else set()
    profiles = read_profiles()
    covered = dict(zip(profiles.questions, profiles.cover(split_features(rest) | slots).tolist(), strict=True))
    return SaidParts(
        plain, things, whole, left, today, period, days, numbers, said, implied, written, tuple(unknown), subjects, about,
        find_options(whole), find_conditions(whole), covered,
    )  # fmt: skip


def _imply(graph: Graph, things: list[SaidThing], vocabulary: ConceptVocabulary) -> Iterator[str]:
    for label in {label for thing in things for label in thing.labels}:
        kind = graph.schema.entity(label)
        yield vocabulary.words.get(normalize_sentence(kind.zh), FILLER)
        if kind.is_unit:
            yield vocabulary.words[UNIT_WORD]


def _list_slots(
    things: list[SaidThing], period: SaidPeriod, days: SaidDays, numbers: list[tuple[str, float]]
) -> set[str]:
    """Return what a sentence says that only certain arguments take, as features of it."""
    slots = {f"{SLOT}{measure}" for measure, _ in numbers} | {
        f"{SLOT}{thing.property}" for thing in things if thing.property
    }
    told = {"period": period.text, "day": days.day or days.time, "by": days.by}
    return slots | {f"{SLOT}{name}" for name, value in told.items() if value}
