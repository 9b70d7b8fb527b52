"""What a sentence looks for, in any words: a service or product that the taxonomy knows (理发, 铜板带), or what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.understanding.named_arguments import FREE_TEXT
from queries.understanding.phrase_words import read_vocabulary
from queries.words.taxonomy import PRODUCT, load_taxonomy

SERVICE_SLOT, PRODUCT_SLOT = "service", PRODUCT
_LONGEST, _SHORTEST = 10, 2


@cache
def _read_subjects() -> dict[str, str]:
    """Return the words of services and products that mean nothing else in a sentence, and which of the two each is."""
    taxonomy = load_taxonomy()
    forms = dict(taxonomy.kinds.select("kind", "form").iter_rows())
    known = read_vocabulary().words
    words = taxonomy.words.filter(~taxonomy.words["weak"]).select("word", "kind").iter_rows()
    parts = ((word, "") for word in taxonomy.parts["word"])
    return {
        word: PRODUCT_SLOT if forms.get(kind) == PRODUCT else SERVICE_SLOT
        for word, kind in (*words, *parts)
        if len(word) >= _SHORTEST and word not in known
    }


def find_subjects(text: str) -> list[tuple[str, str]]:
    """Return the services and products that a text names, each with which of the two it is; the longest first."""
    subjects, place = _read_subjects(), 0
    found: list[tuple[str, str]] = []
    while place < len(text):
        ends = range(min(len(text), place + _LONGEST), place + _SHORTEST - 1, -1)
        end = next((end for end in ends if text[place:end] in subjects), 0)
        if end and found and text[:place].endswith(found[-1][0]):  # 独居老人送餐 is one
            found[-1] = (found[-1][0] + text[place:end], subjects[text[place:end]])
        elif end:
            found.append((text[place:end], subjects[text[place:end]]))
        place = end or place + 1
    return sorted(found, key=lambda one: -len(one[0]))


def fill_free_text(question: Question, subjects: list[tuple[str, str]], unknown: Iterable[str]) -> tuple[str, str]:
    """Return the argument of a question that takes any words, and the words to look for; both empty where either lacks.

    An argument that may be left out is given only what is known to be a subject: a word too many would find nothing.
    """
    taking = [a for a in question.arguments if a.type is str and not a.choices and a.name in FREE_TEXT]
    argument = min(taking, key=lambda a: FREE_TEXT.index(a.name), default=None)
    if argument is None:
        return "", ""
    rest = max(unknown, key=len, default="")
    text = subjects[0][0] if subjects else rest if len(rest) > 1 and _fits(argument, rest) else ""
    return (argument.name, text) if text else ("", "")


def _fits(argument: Argument, text: str) -> bool:
    """Tell whether words that nobody knows may be what an argument takes: where it must be given, or has them as an example."""
    return argument.required or text in argument.help
