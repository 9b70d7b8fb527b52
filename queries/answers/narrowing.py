"""Conditions on the columns of an answer (the last rating is 五星, absent at least twice): what a question has no argument for.

An answer holds its rows with all their columns, so that any column can narrow it down: to some of its values, to numbers and days
from or up to one, or to rows in which it is empty. A page's address, the command line and a sentence say it in the same way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.documents import Document
from graph.texts import Lang, Said, in_language
from queries.answers.answer import Answer
from queries.answers.contents import Asked
from queries.answers.rows import NOT_REGISTERED, heading, plain
from queries.answers.show import show_share, show_value

IS, HAS, LEAST, MOST, NONE = (
    "_is.",
    "_has.",
    "_least.",
    "_most.",
    "_none.",
)  # begin the parameters of addresses that narrow an answer down
OR = "|"  # between several values of which a row may show any
_SAYINGS = {
    IS: Said("{heading}：{value}", "{heading}: {value}"), HAS: Said("{heading}含“{value}”", "{heading} with “{value}”"),
    LEAST: Said("{heading}不少于 {value}", "{heading} at least {value}"),
    MOST: Said("{heading}不多于 {value}", "{heading} at most {value}"), NONE: Said("没有“{heading}”", "without “{heading}”"),
}  # fmt: skip
_SINCE, _UNTIL = (
    Said("{heading}自 {value} 起", "{heading} from {value} on"),
    Said("{heading}到 {value} 止", "{heading} up to {value}"),
)
Fields = Sequence[dataclasses.Field[Any]]


@dataclass(frozen=True)
class Narrowing:
    """A condition on one column: how it narrows (`IS`, `LEAST`, `MOST`, `NONE`), the column's name, and by which value."""

    way: str
    column: str
    value: str = "1"

    @property
    def parameter(self) -> str:
        """Return the parameter of an address that says it."""
        return f"{self.way}{self.column}"

    def say(self, fields: Fields) -> Said:
        """Return the condition in words, with the heading of its column."""
        field = next(f for f in fields if f.name == self.column)
        words = field.metadata.get("words", {})
        way = _SAYINGS[self.way]
        if self.way in (LEAST, MOST) and not _is_number(self.value):
            way = _SINCE if self.way == LEAST else _UNTIL
        told = [words.get(one, one) for one in self.value.split(OR)]
        value = Said("、".join(map(str, told)), ", ".join(str(in_language(one, "en")) for one in told))
        return way.fill(heading=Said(heading(field, "zh"), heading(field, "en")), value=value)


def read_narrowings(parameters: Mapping[str, str], fields: Fields) -> tuple[Narrowing, ...]:
    """Return the conditions on columns that an address sets; of columns that an answer does not have, none."""
    names = {f.name for f in fields}
    found = (
        Narrowing(way, name.removeprefix(way), value)
        for name, value in parameters.items()
        for way in _SAYINGS
        if name.startswith(way) and value
    )
    return tuple(one for one in found if one.column in names)


def write_narrowings(narrowings: Iterable[Narrowing]) -> dict[str, str]:
    """Return conditions as the parameters of an address."""
    return {one.parameter: one.value for one in narrowings}


def narrow(answer: Answer[Any], narrowings: Sequence[Narrowing], lang: Lang = "zh") -> Answer[Any]:
    """Return an answer with only the rows that fulfil all conditions; it repeats these as it does its arguments."""
    fields = answer.fields()
    kept = list(answer.rows)
    for one in narrowings:
        field = next(f for f in fields if f.name == one.column)
        kept = [row for row in kept if fulfils(one, field, plain(getattr(row, one.column), lang), lang)]
    told = tuple(("", one.say(fields).text(lang)) for one in narrowings)
    return dataclasses.replace(answer, rows=kept, asked=Asked(answer.asked.title, (*answer.asked.given, *told)))


def fulfils(narrowing: Narrowing, field: dataclasses.Field[Any], value: Any, lang: Lang) -> bool:
    """Tell whether a value of a column, as JSON has it, fulfils a condition; what is not known fulfils none but to be empty."""
    is_empty = value in (None, "", [], {}, NOT_REGISTERED.text(lang))
    if narrowing.way == NONE or is_empty:
        return is_empty and narrowing.way == NONE
    if narrowing.way == HAS:
        return narrowing.value in str(value)
    if narrowing.way == IS:
        wanted = narrowing.value.split(OR)
        return any(text in wanted for text in tell_value(field, value, lang))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _is_number(narrowing.value):
        limit = float(narrowing.value)
        return value >= limit if narrowing.way == LEAST else value <= limit
    day = narrowing.value
    return isinstance(value, str) and (value >= day if narrowing.way == LEAST else value[: len(day)] <= day)


def tell_value(field: dataclasses.Field[Any], value: Any, lang: Lang) -> tuple[str, ...]:
    """Return the texts by which a value is narrowed down to: of a code the code and its word, of a list none."""
    if isinstance(value, (list, Mapping)):
        return ()
    words = field.metadata.get("words", {})
    if isinstance(value, str):
        return (value, str(in_language(words[value], lang))) if value in words else (value,)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return (show_value(value, lang),)
    text = (
        show_share(value) if field.metadata.get("share") else show_value(value, lang, field.metadata.get("digits", 2))
    )
    return (text,)


def list_values(rows: Iterable[Document], field: dataclasses.Field[Any], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield the different values of a column of texts: each as a condition has it, and in words."""
    seen = dict.fromkeys(v for row in rows if isinstance(v := row.get(field.name), (str, bool)) and v != "")
    for value in seen:
        told = tell_value(field, value, lang)
        yield told[0], told[-1]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()
