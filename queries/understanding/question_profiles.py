"""What each question is about, in words and pairs of characters: from its own texts and from the registers that it answers for.

Nobody writes this: a question's title, phrases, remarks, arguments and columns, the mechanisms that it answers, and the titles and
headers of the registers which load these, say it. What many questions are about tells little, so it weighs little.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.schema import SCHEMA
from queries.answers.catalogue import Question, catalogue
from queries.reading.period import Period
from queries.understanding.named_arguments import GRAPH_TEXT, LOOKED_FOR, MEASURED
from queries.understanding.phrase_words import read_vocabulary

# How much a text says of what its question is about: what it is asked by says most, a header of a sheet behind it least.
ASKED_BY, SAID_BY, SHOWN, LOADED, HEADED = 1.0, 0.6, 0.5, 0.35, 0.15
SLOT = "#"  # begins the features that say what a question's arguments take: people, a day, an area in square metres
ABOUT = f"{SLOT}about"  # what something is said to be about
CONCEPT, TAKEN = 2.0, 2.5  # what a concept and a slot weigh beside a pair of characters
UNKNOWN = 0.5  # what characters that no question has weigh beside rare ones
_LONGEST_PIECE = 3


@dataclass(frozen=True)
class QuestionProfiles:
    """How much each question (a column) has to do with each feature of texts (a row), and how telling a feature is."""

    questions: tuple[str, ...]
    features: dict[str, int]
    shares: NDArray[np.float32]
    telling: NDArray[np.float32]
    most_telling: float

    def knows(self, question: str, text: str, least: float = 0.0) -> bool:
        """Tell whether texts of a question that weigh more than `least` speak of something: each pair of its characters is in them."""
        place = self.questions.index(question)
        pairs = (text[at : at + 2] for at in range(max(1, len(text) - 1)))
        return all(pair in self.features and self.shares[self.features[pair], place] > least for pair in pairs)

    def speaks_of(self, question: str, concept: str) -> bool:
        """Tell whether a concept is in a question's own texts."""
        row = self.features.get(f"={concept}")
        return row is not None and self.shares[row, self.questions.index(question)] > 0

    def says(self, question: str, concept: str, least: float) -> bool:
        """Tell whether texts of a question that weigh at least so much hold a concept."""
        row = self.features.get(f"={concept}")
        return row is not None and bool(self.shares[row, self.questions.index(question)] >= least)

    def cover(self, features: Iterable[str]) -> NDArray[np.float32]:
        """Return how much of what a text says each question has to do with, from 0 to 1."""
        said = set(features)
        known = [self.features[one] for one in said if one in self.features]
        whole = float(self.telling[known].sum()) + UNKNOWN * self.most_telling * sum(
            _size(one) for one in said if one not in self.features
        )
        covered: NDArray[np.float32] = self.telling[known] @ self.shares[known]
        return covered / np.float32(whole or 1.0)


@cache
def read_profiles() -> QuestionProfiles:
    """Return the profiles of all questions of the catalogue."""
    questions = list(catalogue().values())
    shares: dict[str, dict[int, float]] = {}
    for place, question in enumerate(questions):
        for weight, text in _texts_of(question):
            for feature in split_features(text):
                of = shares.setdefault(feature, {})
                of[place] = max(of.get(place, 0.0), weight)
        for slot, share in _slots_of(question):
            of = shares.setdefault(slot, {})
            of[place] = max(of.get(place, 0.0), share)
    table = np.zeros((len(shares), len(questions)), dtype=np.float32)
    for row, of in enumerate(shares.values()):
        table[row, list(of)] = list(of.values())
    features = {feature: row for row, feature in enumerate(shares)}
    sizes = np.array([_size(feature) for feature in features], dtype=np.float32)
    rarity = np.log(1 + len(questions) / table.sum(axis=1)).astype(np.float32)
    return QuestionProfiles(
        tuple(q.name for q in questions), features, table, sizes * rarity, math.log(1 + len(questions))
    )


def split_features(text: str) -> set[str]:
    """Return the concepts of a text, and the characters, pairs and triples of characters that stand between its words without meaning."""
    vocabulary = read_vocabulary()
    features: set[str] = set()
    for run in vocabulary.runs(text):
        features |= {f"={concept}" for _, concept in run if concept and concept in vocabulary.weights}
        written = "".join(word for word, _ in run)
        if written.isascii():
            features |= {f"={word}" for word in written.split()}
            continue
        for size in range(1, _LONGEST_PIECE + 1):
            features |= {written[at : at + size] for at in range(len(written) - size + 1)}
    return features


def _slots_of(question: Question) -> Iterator[tuple[str, float]]:
    """Yield what a question's arguments take; all the more where it cannot be answered without."""
    for argument in question.arguments:
        share = ASKED_BY if argument.required else SAID_BY
        yield f"{SLOT}{argument.name}", share
        yield from (
            (f"{SLOT}{m}", share)
            for m, names in MEASURED.items()
            if argument.name in names and argument.name != "limit"
        )
        if argument.type is Period:
            yield f"{SLOT}period", share
        if argument.name in GRAPH_TEXT and argument.type is str:
            yield ABOUT, share
        if argument.name in LOOKED_FOR:
            yield f"{SLOT}{LOOKED_FOR[argument.name]}", share


def _size(feature: str) -> float:
    """Return what a feature weighs by itself: a concept most, a single character little."""
    return CONCEPT if feature[0] == "=" else TAKEN if feature[0] == SLOT else (0.15, 1.0, 0.7)[len(feature) - 1]


def _texts_of(question: Question) -> Iterator[tuple[float, str]]:
    yield from ((ASKED_BY, text) for text in (*str(question.phrases).split("；"), question.title, question.title.en))
    yield from ((ASKED_BY, text) for text in question.phrases.en.split(";"))
    yield SAID_BY, str(question.about)
    yield from ((SAID_BY, str(argument.help)) for argument in question.arguments)
    if dataclasses.is_dataclass(question.row):
        yield from (
            (SHOWN, str(f.metadata["heading"])) for f in dataclasses.fields(question.row) if "heading" in f.metadata
        )
    yield from ((SAID_BY, str(mechanism.name)) for mechanism in question.answers)
    for register in SCHEMA.registers:
        if set(register.loads) & set(question.answers):
            yield from ((LOADED, text) for text in (register.zh, *register.titles))
            yield from ((HEADED, text) for column in register.columns for text in column.headers[:3])
