"""What a sentence says that a reading of it does not take: a sentence is plain only where every word of it is accounted for.

A word is accounted for by the question's own texts, by an argument, by a name, by a condition on a column of the answer, or by the lists
of words of courtesy (courtesy_words.csv, and the first row of phrase_words.csv). What is left may be a condition, and an answer
without it would be to another question.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from queries.answers.catalogue import Question
from queries.understanding.likely_questions import NOT, LikelyQuestion
from queries.understanding.named_arguments import LOOKED_FOR, blank_options
from queries.understanding.phrase_words import FILLER, SEPARATOR, normalize_sentence, read_vocabulary, split_words
from queries.understanding.plain_words import say_plainly
from queries.understanding.question_profiles import ASKED_BY, HEADED, SAID_BY, read_profiles
from queries.understanding.said_parts import SaidParts
from queries.understanding.said_subjects import PART_SLOT

# Words that are said in any sentence but limit what is asked for: no text of a question takes them.
_LIMITS = re.compile(
    r"以上|以下|往上|往下|不到|至少|起码|不足|除了|除开|除去|不算|不含|不包括|之外|第一次|首次|头一个|最早|最晚|最低|"
    r"其他|其它|别的|另外|国企|央企|民企|上次|上一次|上回|下次|下一次|连续|中午|夜里|凌晨|other than|except|only|at least|last time"
)
# Courtesy of several words, in which one by itself would be a condition.
_PHRASES = re.compile(
    r"不要(?:列|写)?(?:名字|姓名|人名)|只要(?:数字?|个数)|给个数|不用列名|未来|一年到头|省得|(?:[不没]|没有|吗|呢)$|几次会|要不要|是不是|好不好|行不行|多不多"
)
_NARROWER = frozenset(("国企", "央企", "小区"))  # kinds of units that say more than "enterprise" and "community"
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万两]")
_ARTICLE = re.compile(r"^一(?=[间块处座套名位款样类点])|^(?:几|一)$")
_COURTESY = Path(__file__).with_name("courtesy_words.csv")


def list_leftovers(first: LikelyQuestion, given: Mapping[str, str], parts: SaidParts) -> list[str]:
    """Return what a sentence says that a question with its arguments does not take: names, days, numbers, conditions and words."""
    taken = "\n".join(given.values())
    found = [
        *first.filled.unused,
        *(thing.written for thing in parts.names if thing.text not in given.values()),
        *(words for name, words in parts.conditions.items() if name not in given),
        *_list_unused_texts(first.question, given, parts),
        *_list_words(first.question, given, parts, taken),
    ]
    return list(dict.fromkeys(found))


def _list_unused_texts(question: Question, given: Mapping[str, str], parts: SaidParts) -> Iterator[str]:
    """Yield values of the graph, services and products that a sentence names and the reading does not take."""
    known, taken = read_profiles(), "\n".join(given.values())
    looks_for = {argument.name for argument in question.arguments} & LOOKED_FOR.keys() - given.keys()
    values = (thing.written for thing in parts.values if thing.text not in given.values())
    subjects = (text for text, form in parts.subjects if form != PART_SLOT or looks_for)
    for text in (*values, *subjects):
        if not is_taken(text, taken) and not known.knows(question.name, text):
            yield text


def _list_words(question: Question, given: Mapping[str, str], parts: SaidParts, taken: str) -> Iterator[str]:
    """Yield the words that limit, and those for which neither the question nor courtesy accounts."""
    rest = _PHRASES.sub(" ", blank_options(parts.rest, given))
    limits = (hit[0] for hit in _LIMITS.finditer(rest))
    yield from (one for one in limits if not _is_asked_by(question, one))
    if "field" in {argument.name for argument in question.arguments}:
        return  # there anything of a unit may be what is asked about
    for word, concept in _pieces(say_plainly(rest)):
        if not is_taken(word, taken) and not _is_accounted(question, word, concept):
            yield word


def _is_asked_by(question: Question, limit: str) -> bool:
    """Tell whether a word that limits is what a question asks by: 上次 its title, 最低 also one of its phrases."""
    is_most = limit.startswith("最") and read_profiles().knows(question.name, limit, SAID_BY)
    return is_most or any(word and word in question.title for word in say_plainly(limit).split("、"))


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the words of a text with their concepts, and what nobody knows as whole runs with None."""
    run = ""
    for word, concept in (*split_words(text), (" ", FILLER)):
        if concept is None and word.isalnum():
            run += word
            continue
        if run:
            yield run, None
        run = ""
        if concept:
            yield word, concept


def _is_accounted(question: Question, word: str, concept: str | None) -> bool:
    """Tell whether a word is one of courtesy, or the question itself speaks of it: of "not" its phrases must."""
    profiles, courtesy = read_profiles(), _read_courtesy()
    if concept is None:
        left = _ARTICLE.sub("", word)
        return _is_courteous(left) or (not _FIGURE.search(left) and profiles.knows(question.name, left))
    if concept == NOT:
        return profiles.says(question.name, concept, ASKED_BY)
    is_vague = concept in read_vocabulary().vague and word not in _NARROWER
    return is_vague or word in courtesy or profiles.says(question.name, concept, HEADED)


def _is_courteous(run: str) -> bool:
    """Tell whether a run of characters that nobody knows is made of words of courtesy."""
    courtesy = _read_courtesy()
    if not run or run in courtesy:
        return True
    return any(run[:size] in courtesy and _is_courteous(run[size:]) for size in range(len(run) - 1, 0, -1))


@cache
def _read_courtesy() -> frozenset[str]:
    with _COURTESY.open(encoding="utf-8", newline="") as file:
        words = (word for row in csv.DictReader(file) for word in SEPARATOR.split(row["words"]))
        return frozenset(map(normalize_sentence, words))


def is_taken(text: str, taken: str) -> bool:
    """Tell whether most of a text stands in what the arguments are given."""
    return any(
        text[at : at + size] in taken
        for size in range(len(text), len(text) // 2, -1)
        for at in range(len(text) - size + 1)
    )
