"""Conditions on columns of an answer in a sentence, for what its question has no argument for: 五星, 省级以上, 缺席两次以上, 没写租金.

The columns of the question that is asked say what can be a condition: words of codes and grades (column_words.csv), numbers with a
bound, what is missing, a unit that a column names; values of texts come from the rows of the answer itself.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

from graph.documents import Document
from queries.answers.catalogue import Question
from queries.answers.narrowing import HAS, IS, LEAST, MOST, NONE, OR, Fields, Narrowing, list_values
from queries.answers.show import is_reference
from queries.understanding.named_arguments import UNITS
from queries.understanding.phrase_words import normalize_sentence
from queries.understanding.said_numbers import NUMBER, to_number, write_number
from queries.understanding.said_parts import SaidParts

_TABLE = Path(__file__).with_name("column_words.csv")
_SCALE, _NUMBER, _NEVER = "scale", "number", "never"
_BOUND = re.compile(
    rf"(?P<more>超过|多于|大于|高于|不少于|至少|不低于|不止)?(?P<less>少于|低于|不到|不足|不超过)?\s*{NUMBER}\s*"
    r"(?:元|块钱?|万元|个?工作日|天|个|次|回|人|家|名|条|项|分|户|件|处)?\s*(?P<up>及?以上|往上|开外)?(?P<down>及?以下|往下|以内)?"
)
_AROUND = 8  # characters before a number among which its column is told
_MISSING = re.compile(r"(?:没有?|未|无|缺)(?:有|写|填|登记|注明|标|定|报)?(?:明|上|过)?(?P<what>[\u4e00-\u9fff]{2,6})")
_PARTIES = "parties"
_SUBJECTS = ("unit", "units", "enterprise", "holder", "buyer", "name")  # columns that say whom a row is about
_MOST_VALUES, _LONGEST_VALUE = 60, 12
_ENDINGS = re.compile(r"(?:级|类|型|式|方面|专业)$")


@dataclass(frozen=True)
class SaidCondition:
    """A condition on a column, and the words of a sentence that say it."""

    narrowing: Narrowing
    words: str

    def explains(self, word: str) -> bool:
        """Tell whether a word that was left is said by this condition."""
        is_number = self.narrowing.way in (LEAST, MOST) and re.sub(r"\D", "", word) == self.narrowing.value
        return is_number or word in self.words or self.words in word


@dataclass(frozen=True)
class _ColumnWords:
    question: str
    column: str
    way: str
    value: str
    words: re.Pattern[str]


def list_columns(question: Question) -> Fields:
    """Return the columns of a question's answers by which these can be narrowed down."""
    is_row = dataclasses.is_dataclass(question.row)
    return [f for f in dataclasses.fields(question.row) if not is_reference(f.name)] if is_row else []


def find_conditions_on(
    question: Question, given: Mapping[str, str], parts: SaidParts, read_rows: Callable[[], Sequence[Document]]
) -> Iterator[SaidCondition]:
    """Yield the conditions on columns that a sentence says; `read_rows` answers the question, which only some need."""
    columns = list_columns(question)
    yield from _find_bounds(question, columns, parts)
    yield from _find_missing(columns, parts)
    yield from _find_days(question, columns, parts)
    yield from _find_party(columns, given, parts)
    if not {thing.text for thing in parts.names} & set(given.values()):  # of two units the second is rarely a filter
        yield from _find_subject(columns, parts)
    rows = read_rows()
    for field in columns:
        yield from _find_values(field, rows, parts)


def find_worded(question: Question, parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield the codes and grades that the table has words for."""
    for one in _words_for(question, list_columns(question)):
        if one.way == _SCALE:
            yield from _find_grade(one, parts.plain)
        elif one.way not in (_NUMBER, _NEVER) and (hit := one.words.search(parts.whole)):
            yield SaidCondition(Narrowing(one.way, one.column, one.value), hit[0])


def find_denied(question: Question, parts: SaidParts) -> list[str]:
    """Return the words of a sentence that a question is never asked with: 结了 tells of pairs that there are."""
    denied = (
        one.words.search(parts.plain) for one in _read_table() if one.way == _NEVER and one.question == question.name
    )
    return [hit[0] for hit in denied if hit]


def _find_grade(scale: _ColumnWords, text: str) -> Iterator[SaidCondition]:
    """Yield a grade, or with 以上 all from it on, with 以下 all up to it."""
    grades = scale.value.split(OR)  # the highest first
    said = re.search(rf"({scale.value})({scale.words.pattern})(及?以上|往上|及?以下)?", text)
    if said is None or not (said[2] or said[3] or len(said[1]) > 1):
        return
    place = grades.index(said[1])
    ends = (said[3] or "").strip("及")
    chosen = grades[: place + 1] if ends in ("以上", "往上") else grades[place:] if ends == "以下" else [said[1]]
    yield SaidCondition(Narrowing(IS, scale.column, OR.join(chosen)), said[0])


def _find_bounds(question: Question, columns: Fields, parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield numbers with a bound (缺席两次以上) of the one column of numbers that the words before it tell."""
    hints = get_type_hints(question.row) if columns else {}
    numbers = {f.name for f in columns if {int, float} & {hints[f.name], *get_args(hints[f.name])}}
    told = [one for one in _words_for(question, columns) if one.way == _NUMBER and one.column in numbers]
    for said in _BOUND.finditer(parts.whole):
        if not (said["more"] or said["less"] or said["up"] or said["down"]):
            continue
        around = parts.whole[max(0, said.start() - _AROUND) : said.start()]
        fits = {one.column: hit.start() for one in told if (hit := one.words.search(around))}
        if len(fits) == 1:
            way = MOST if said["less"] or said["down"] else LEAST
            column, start = fits.popitem()
            words = around[start:] + said[0]
            yield SaidCondition(Narrowing(way, column, write_number(to_number(said[3]))), words)


def _find_days(question: Question, columns: Fields, parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield the period of a sentence for the one column of days, or the one that it calls by its name (到期)."""
    hints = get_type_hints(question.row) if columns else {}
    days = [f for f in columns if date in {hints[f.name], *get_args(hints[f.name])}]
    called = [
        f for f in days if _name_of(f).removesuffix("日").removesuffix("日期").removesuffix("时间") in parts.plain
    ]
    fits = called if len(called) == 1 else days
    if parts.period.text and len(fits) == 1:
        first, last = (parts.period.ahead if called else parts.period.text).split("..")
        for way, day in ((LEAST, first), (MOST, last)):
            yield SaidCondition(Narrowing(way, fits[0].name, day), parts.period.said)


def _find_missing(columns: Fields, parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield what is said to be missing (没写租金) of the one column that is called so."""
    for said in _MISSING.finditer(parts.whole):
        fits = [f.name for f in columns if len(name := _name_of(f)) > 1 and said["what"].startswith(name)]
        if len(fits) == 1:
            yield SaidCondition(Narrowing(NONE, fits[0]), said[0])


def _find_subject(columns: Fields, parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield the unit that a sentence names where the answer has a column for whom its rows are about."""
    units = [thing for thing in parts.names if set(thing.labels) <= set(UNITS)]
    if len(units) == 1 and (subject := _subject_of(columns)):
        yield SaidCondition(Narrowing(HAS, subject, units[0].text), units[0].written)


def find_subject_column(question: Question) -> str:
    """Return the column that says whom the rows of a question's answer are about; "" for none."""
    return _subject_of(list_columns(question))


def _subject_of(columns: Fields) -> str:
    return next((name for name in _SUBJECTS if name in {f.name for f in columns}), "")


def _find_party(columns: Fields, given: Mapping[str, str], parts: SaidParts) -> Iterator[SaidCondition]:
    """Yield the second unit of those between which an agreement is, where the question takes the first."""
    rest = [thing for thing in parts.names if thing.text not in given.values()]
    if len(rest) == 1 and _PARTIES in {f.name for f in columns}:
        yield SaidCondition(Narrowing(HAS, _PARTIES, rest[0].text), rest[0].written)


def _find_values(
    field: dataclasses.Field[object], rows: Sequence[Document], parts: SaidParts
) -> Iterator[SaidCondition]:
    """Yield the values of a column that a sentence says, where the column has few."""
    values = list(list_values(rows, field, "zh"))
    if not 0 < len(values) <= _MOST_VALUES:
        return
    hits: dict[str, list[str]] = {}
    for value, text in values:
        form = _ENDINGS.sub("", normalize_sentence(text))
        if 1 < len(form) <= _LONGEST_VALUE and form in parts.whole:
            hits.setdefault(form, []).append(value)
    for form, chosen in hits.items():
        yield SaidCondition(Narrowing(IS, field.name, OR.join(chosen)), form)


def _name_of(field: dataclasses.Field[object]) -> str:
    """Return what a column is called in a sentence: its heading without what stands in brackets."""
    return re.split(r"[（(·]", str(field.metadata.get("heading", "")))[0]


def _words_for(question: Question, columns: Fields) -> list[_ColumnWords]:
    names = {f.name for f in columns}
    return [one for one in _read_table() if one.question in ("", question.name) and one.column in names]


@cache
def _read_table() -> tuple[_ColumnWords, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            _ColumnWords(row["question"], row["column"], row["way"], row["value"], re.compile(row["words"]))
            for row in csv.DictReader(file)
        )
