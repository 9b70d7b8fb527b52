"""What a sentence looks for, in any words: a service or product that the taxonomy knows (理发, 铜板带), or what nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import polars as pl

from graph.names import normalize
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.understanding.named_arguments import ANY_TEXT, KNOWN_TEXT, LOOKED_FOR
from queries.understanding.phrase_words import FILLER, read_vocabulary, split_words
from queries.understanding.plain_words import list_colloquial
from queries.words.taxonomy import PRODUCT, load_taxonomy

SERVICE_SLOT, PRODUCT_SLOT, PART_SLOT = "service", PRODUCT, "part"
_LONGEST, _SHORTEST = 10, 2
_MOST_AROUND = 4  # characters that nobody knows on each side of a known word that belong to it: 托辊 in 皮带托辊
_SUBJECT_PARTS = ("object", "act")  # of the taxonomy; its other parts are words of manner (周末, 有人)
_SERVICE = "服务"
_THING = "(?:党?课|课程|讲座|老师|师资|项目|工程|通知|公告|诉求|投诉|信访|问题|品牌|基地)"
_ABOUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:关于|有关|涉及)([\u4e00-\u9fff]{2,6}?)(?:方面)?的", r"[跟和与]([\u4e00-\u9fff]{2,6}?)(?:有关|相关)的?",
        rf"讲(?:讲|授)?([\u4e00-\u9fff]{{2,6}}?)(?:方面)?的{_THING}", rf"([\u4e00-\u9fff]{{2,6}})(?:方面|专题|主题|类)的?{_THING}",
    )
)  # fmt: skip
_PARTICLES = "的了些个里给"
_VERBS = "产做造供卖用买要缺"  # before what nobody knows: 产皮带托辊
_LACK = "缺"  # acts of lacking are no services


@cache
def _read_subjects() -> dict[str, str]:
    """Return the words of services and products that mean nothing else in a sentence, and what each is: PART where no kind by itself."""
    taxonomy = load_taxonomy()
    forms = dict(taxonomy.kinds.select("kind", "form").iter_rows())
    told = taxonomy.parts.filter(pl.col("part").is_in(_SUBJECT_PARTS))
    found = dict.fromkeys(told["word"], PART_SLOT)
    for word, kind in taxonomy.words.select("word", "kind").iter_rows():
        found[word] = PRODUCT_SLOT if forms.get(kind) == PRODUCT else SERVICE_SLOT
    lacking = set(taxonomy.parts.filter((pl.col("part") == "act") & (pl.col("name") == _LACK))["word"])
    return {
        word: form
        for word, form in found.items()
        if len(word) >= _SHORTEST and word not in lacking and not _means_else(word)
    }


def _means_else(word: str) -> bool:
    """Tell whether a word is made of words of questions, but for one character: 师资库, 活动场, 志愿者招募."""
    known = read_vocabulary().words
    if word in known or word in list_colloquial():
        return True
    pieces = list(split_words(word))
    return any(concept for _, concept in pieces) and sum(concept is None for _, concept in pieces) <= 1


def names_service(text: str) -> bool:
    """Tell whether a text is just a word of the taxonomy of services and products."""
    return normalize(text) in _read_subjects()


def find_subjects(text: str) -> list[tuple[str, str]]:
    """Return the services and products that a text names, each with which of the two it is; the longest first.

    What nobody knows beside one belongs to it (皮带托辊 is no 皮带), and a longer word of questions is no subject (红色教育基地).
    """
    subjects, known = _read_subjects(), read_vocabulary().words
    found: list[tuple[str, str]] = []
    place, start = 0, -1  # where the last one ends
    while place < len(text):
        ends = range(min(len(text), place + _LONGEST), place + _SHORTEST - 1, -1)
        end = next((end for end in ends if text[place:end] in subjects or text[place:end] in known), 0)
        if end and text[place:end] in subjects:
            joined = found and start == place  # 独居老人送餐 is one
            form = SERVICE_SLOT if text.startswith(_SERVICE, end) else subjects[text[place:end]]  # 养老服务
            found[-1:] = [(found[-1][0] + text[place:end], form)] if joined else [*found[-1:], (text[place:end], form)]
            start = end
        place = end or place + 1
    return sorted((_widen(text, one) for one in found), key=lambda one: -len(one[0]))


def find_about(text: str) -> str:
    """Return what something is said to be about, such as 安全生产 of 讲安全生产的课; "" where nothing is."""
    for pattern in _ABOUT:
        if said := pattern.search(text):
            pieces = list(split_words(said[1]))
            fillers = [
                place
                for place, (word, concept) in enumerate(pieces)
                if concept == FILLER and (len(word) > 1 or word in _PARTICLES)
            ]
            found = "".join(piece for piece, _ in pieces[fillers[-1] + 1 if fillers else 0 :])
            if len(found) >= _SHORTEST:
                return found
    return ""


def _widen(text: str, subject: tuple[str, str]) -> tuple[str, str]:
    """Return a subject with the characters beside it that are no known words."""
    start = text.index(subject[0])
    end = start + len(subject[0])
    before = _unknown_run(reversed(list(split_words(text[:start]))))[::-1].lstrip(_VERBS)
    behind = _unknown_run(split_words(text[end:]))
    return (before + subject[0] + behind if max(len(before), len(behind)) <= _MOST_AROUND else subject[0]), subject[1]


def _unknown_run(pieces: Iterable[tuple[str, str | None]]) -> str:
    run = ""
    for piece, concept in pieces:
        if concept is not None or not piece.isalnum():
            break
        run += piece
    return run


def fill_free_text(question: Question, subjects: list[tuple[str, str]], unknown: Iterable[str]) -> tuple[str, str]:
    """Return the argument of a question that takes any words, and the words to look for; both empty where either lacks.

    An argument that may be left out is given only what is known to be a subject: a word too many would find nothing.
    """
    order = (*ANY_TEXT, *KNOWN_TEXT)
    taking = [a for a in question.arguments if a.type is str and not a.choices and a.name in order]
    argument = min(taking, key=lambda a: order.index(a.name), default=None)
    if argument is None:
        return "", ""
    rest = max(unknown, key=len, default="")
    known = next((text for text, form in subjects if _is_looked_for(argument, form)), "")
    is_else = bool(subjects) and rest in subjects[0][0]  # a service, where products are looked for
    text = known or (rest if len(rest) > 1 and not is_else and _fits(argument, rest) else "")
    return (argument.name, text) if text else ("", "")


def _is_looked_for(argument: Argument, form: str) -> bool:
    """Tell whether an argument takes services, products, or both: who needs a service cannot look for its maker."""
    if argument.name in ANY_TEXT:
        return LOOKED_FOR.get(argument.name) != PRODUCT_SLOT or form in (PART_SLOT, PRODUCT_SLOT)
    return form == LOOKED_FOR.get(argument.name, SERVICE_SLOT)


def _fits(argument: Argument, text: str) -> bool:
    """Tell whether words that nobody knows may be what an argument takes: where any do, or has them as an example."""
    return argument.name in ANY_TEXT or text in argument.help
