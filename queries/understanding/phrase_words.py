"""The words by which sentences are told apart: a table of concepts with their words, and the phrases of the questions."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.names import normalize
from queries.answers.catalogue import Question, catalogue

TABLE = Path(__file__).with_name("phrase_words.csv")
SEPARATOR = re.compile(r"[；;]")
FILLER = ""  # the concept of words that say nothing of what is asked
LEAST_WEIGHT = 0.5  # of a phrase: one of everyday words only (哪个单位) would fit everything
VAGUE = 0.4  # the weight in the table below which a concept may be said in a sentence about anything
TELLING = 1.0  # the weight in the table from which on a concept says what a sentence is about
OWN_WEIGHT = 1.0  # of a word that only a phrase has
_LATIN = re.compile(r"[a-z][a-z'-]*")
_NO_WORD = re.compile(r"[^\w'-]+")
_LONGEST = 24


@dataclass(frozen=True)
class Phrase:
    """What one phrase of a question speaks of; `trust` is less for a title, which was not written to be recognised by."""

    question: str
    concepts: frozenset[str]
    trust: float = 1.0


@dataclass(frozen=True)
class ConceptVocabulary:
    """Words and their concepts, what each concept weighs, and the phrases of all questions in terms of these."""

    words: dict[str, str]
    weights: dict[str, float]
    telling: frozenset[str]  # the concepts of the table that say what a sentence is about
    vague: frozenset[str]  # those that are said in sentences about anything: who, how many, enterprises
    phrases: tuple[Phrase, ...]

    def read(self, text: str) -> tuple[Counter[str], list[str]]:
        """Return the concepts in a text, and the pieces of it that are no known words."""
        return _read(text, self.words)

    def runs(self, text: str) -> list[list[tuple[str, str]]]:
        """Return the words of a text with their concepts, a list for each stretch between filler words (请问, 的, 由).

        A concept stands for all words of one meaning: 没人用 gives (没人用, idle). Of an unknown piece it is "".
        """
        found: list[list[tuple[str, str]]] = [[]]
        for word, concept in _split(normalize_sentence(text), self.words):
            if concept == FILLER or (concept is None and not _NO_WORD.sub("", word)):
                found.append([])
            else:
                found[-1].append((word, concept or ""))
        return [run for run in found if run]

    def weigh(self, concepts: frozenset[str]) -> float:
        """Return what concepts weigh together."""
        return sum(self.weights.get(one, OWN_WEIGHT) for one in concepts)


TITLE_TRUST = 0.8


@cache
def read_vocabulary() -> ConceptVocabulary:
    """Return the vocabulary of the table and of all questions' phrases."""
    words, weights = _read_table()
    questions = list(catalogue().values())
    for question in questions:
        for word in (word for phrase in _phrases_of(question) for word in _words_of(phrase)):
            # One character stands in too many words to mean anything by itself.
            words.setdefault(word, word if len(word) > 1 else FILLER)
    phrases = tuple(phrase for question in questions for phrase in _read_phrases(question, words))
    # A concept that many questions speak of tells less which one is meant.
    spread = Counter(concept for _, concept in {(p.question, c) for p in phrases for c in p.concepts})
    rarity = {c: 0.5 + 0.5 * math.log(1 + len(questions) / n) / math.log(1 + len(questions)) for c, n in spread.items()}
    weighed = {c: weights.get(c, OWN_WEIGHT) * rarity.get(c, 1.0) for c in {*weights, *spread}}
    telling = frozenset(concept for concept, weight in weights.items() if weight >= TELLING)
    vague = frozenset(concept for concept, weight in weights.items() if weight < VAGUE)
    found = ConceptVocabulary(words, weighed, telling, vague, phrases)
    return replace(found, phrases=tuple(p for p in phrases if found.weigh(p.concepts) >= LEAST_WEIGHT))


def _read_table() -> tuple[dict[str, str], dict[str, float]]:
    words: dict[str, str] = {}
    weights: dict[str, float] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weights[row["concept"]] = float(row["weight"])
            for word in SEPARATOR.split(f"{row['zh']}；{row['en']}"):
                words.setdefault(normalize_sentence(word), row["concept"])
    words.pop("", None)
    return words, weights


def _phrases_of(question: Question) -> list[str]:
    """Return the phrases of a question in both languages, each as it is written."""
    return [
        phrase
        for half in (str(question.phrases), question.phrases.en)
        for phrase in SEPARATOR.split(half)
        if phrase.strip()
    ]


def _words_of(phrase: str) -> list[str]:
    return [normalize_sentence(word) for word in phrase.split() if word.strip()]


def _read_phrases(question: Question, words: dict[str, str]) -> list[Phrase]:
    found = [Phrase(question.name, frozenset(words[w] for w in _words_of(p)) - {FILLER}) for p in _phrases_of(question)]
    for title in (str(question.title), question.title.en):
        concepts = frozenset(_read(title, words)[0]) - {FILLER}
        found.append(Phrase(question.name, concepts, TITLE_TRUST))
    return [phrase for phrase in dict.fromkeys(found) if phrase.concepts]


def normalize_sentence(text: str) -> str:
    """Return a text in comparable form; words of letters keep the blanks between them."""
    folded = " ".join(normalize(part) for part in text.split())
    return re.sub(r"(?<=[^a-z0-9]) | (?=[^a-z0-9])", "", folded)


def _read(text: str, words: dict[str, str]) -> tuple[Counter[str], list[str]]:
    """Find the longest known word at each place of a text; letters are taken word by word."""
    found, unknown = Counter[str](), [""]
    for piece, concept in _split(normalize_sentence(text), words):
        if concept is None:
            unknown[-1] += piece
        else:
            found[concept] += 1
            unknown.append("")
    pieces = (_NO_WORD.sub(" ", piece).split() for piece in unknown)
    return found, [one for piece in pieces for one in piece]


def split_words(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the known words of a normalized text with their concepts, and each character between them with None."""
    return _split(text, read_vocabulary().words)


def _split(text: str, words: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """Yield the known words of a normalized text with their concepts, and what stands between them with None, piece by piece."""
    place = 0
    while place < len(text):
        end = next((end for end in ends_of_word(text, place) if text[place:end] in words), 0)
        if end:
            yield text[place:end], words[text[place:end]]
        else:
            latin = _LATIN.match(text, place)
            end = latin.end() if latin else place + 1
            stem = next((w for w in _stems(text[place:end]) if w in words), "") if latin else ""
            yield text[place:end], words[stem] if stem else None
        place = end


def _stems(word: str) -> list[str]:
    """Return an English word without the endings of plural and tense, and with the e that these swallow."""
    cut = [word.removesuffix(ending) for ending in ("s", "es", "ed", "ing", "'s") if word.endswith(ending)]
    return [one for stem in cut if len(stem) > 2 for one in (stem, f"{stem}e")]


def ends_of_word(text: str, place: int) -> list[int]:
    """Return where a word that begins at `place` may end, the longest first; not inside a word of letters."""
    ends = range(min(len(text), place + _LONGEST), place, -1)
    if not text[place].isascii() or not text[place].isalpha():
        return list(ends)
    if place and text[place - 1].isascii() and text[place - 1].isalpha():
        return []
    return [end for end in ends if end == len(text) or not (text[end].isascii() and text[end].isalpha())]
