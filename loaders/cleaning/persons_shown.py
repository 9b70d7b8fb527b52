"""Which rows of a list of persons are of the people that its register keeps: by what the sheet says of them, or each row.

What the cells say of a person's politics is read here, in memory, and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from graph.kinds import Register
from graph.names import map_unique, normalize
from graph.problems import WARNING, Problem
from graph.proofs import PersonProof
from graph.texts import NOTHING, Said
from graph.types.value_type import blank_to_null
from loaders.cleaning import cleaning_figures as figures
from loaders.cleaning.mentions import MENTION
from loaders.formats.raw_sheet import plain_name
from loaders.headers.mapping import TableMapping
from loaders.sheets.table_finder import Table
from loaders.vocabulary.groups_of_people import names_a_group, names_a_unit_at_most
from loaders.vocabulary.wording import normalize_header

Says = Literal["these", "others", "gone", ""]
_MOST_ROWS = 5  # named in a message
_NOBODY = Said(
    "逐人列出的名单，标题和各列都没有写明列的是{who}，不能推定，未载入。确是{who}名册的，请在标题中写明{advice}，再载入",
    "a list of persons of which neither title nor columns say that they are {who}; this is not assumed, and none was loaded."
    " If they are, say so in the title{advice}, and load again",
)
_OF_NO_KIND = Said(
    "逐人列出的名单，标题和各列都没有写明列的是什么人，不能推定是“{register}”，未载入",
    "a list of persons of whom neither title nor columns say who they are; that it is “{register}” is not assumed, and none was loaded",
)
_BY_ROW = Said("，或逐人填写“{column}”一栏", " or for each in a column “{column}”")
_NONE_OF_THEM = Said(
    "逐人列出的名单，按“{column}”一栏没有一人是{who}，未载入",
    "a list of persons none of whom is one of the {who} by its column “{column}”; none was loaded",
)
_ALL_GONE = Said(
    "列出的是已转出、去世等的{who}，不是现有的，未载入；要在图中结束这些人，请载入不含他们的新名册",
    "a list of {who} who were transferred away, died or left; none was loaded. To end them in the graph, load a new roll without them",
)


@dataclass(frozen=True)
class PersonsShown:
    """The rows to leave out, why (a problem for each reason, with a count), and why the whole sheet is left out, if it is.

    A person may say of the sheet that it is the register after all, where it `asks`: where nothing in it speaks of other people.
    """

    left_out: pl.Series
    problems: tuple[Problem, ...] = ()
    refusal: Said = NOTHING
    asks: bool = False


def find_shown(
    register: Register, table: Table, mapping: TableMapping, columns: Mapping[str, pl.Series], is_said: bool
) -> PersonsShown | None:
    """Return which rows of a table are not of its register's people; None where its rows are no persons.

    `columns` are the cleaned ones; `is_said` where somebody decided that these are the register's people.
    """
    proof = register.shown_by
    if proof is None or not table.body.height:
        return None
    return _ListOfPersons(register, proof, table, mapping, columns).read(is_said)


class _ListOfPersons:
    def __init__(
        self,
        register: Register,
        proof: PersonProof,
        table: Table,
        mapping: TableMapping,
        columns: Mapping[str, pl.Series],
    ) -> None:
        self.register = register
        self.proof, self.table, self.mapping, self.columns = proof, table, mapping, columns
        self.headers = [(h.letter, normalize_header(h.text)) for h in table.headers]
        self.specific = (normalize(table.title), normalize(table.sheet))
        self.file = normalize(plain_name(table.file).rsplit(".", 1)[0])
        self.says = self._read_titles()

    def _read_titles(self) -> Says:
        """Return of whom the titles say the list is: that of the table and of its sheet first, then the file's name."""
        for texts in (self.specific, (self.file,)):
            for says, pattern in (
                ("gone", self.proof.gone),
                ("others", self.proof.others),
                ("these", self.proof.titles),
            ):
                if pattern and any(re.search(pattern, text) for text in texts):
                    return says  # type: ignore[return-value]
        return ""

    def read(self, is_said: bool) -> PersonsShown:
        """Return who is left out."""
        if self.says == "gone":
            return self._refuse(_ALL_GONE)
        if not (is_said or self._may_show()):
            register = Said(self.register.zh, self.register.en)
            return replace(self._refuse(_OF_NO_KIND, register=register), asks=not self._lists_others())
        status = self._find_status()
        left, denied, told = self._read_beside()
        by = status[0] if status else self._denied_in(denied)
        shown = told | self._read_signs()
        if status is not None:
            cells = status[1]
            shown = _is(cells, self.proof.yes) | (cells.is_null() & shown)
            denied = denied | (cells.is_not_null() & ~shown)
        elif self.says != "others":
            shown = shown | self._named(is_said) | self._read_bodies()
        kept = shown & ~left & ~denied
        if not kept.any():
            return self._refuse_all(left, by)
        problems = [
            *self._tell("person.gone", left),
            *self._tell("person.other", denied & ~left, by),
            *self._tell("person.unproven", ~kept & ~left & ~denied & self._has_somebody()),
        ]
        return PersonsShown(~kept & self._has_somebody(), tuple(problems))

    def _may_show(self) -> bool:
        return self.proof.may_show((*self.specific, self.file), [header for _, header in self.headers])

    def _find_status(self) -> tuple[str, pl.Series] | None:
        """Return the column that says row by row who somebody is, with its letter; one without any cell says nothing."""
        names = {m.letter for m in self.mapping.columns if m.column is not None and m.column.role == "identity"}
        for letter, _ in self._headed(self.proof.status):
            cells = self._cells(letter)
            if letter not in names and cells.null_count() < cells.len():
                return letter, cells
        return None

    def _read_beside(self) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Return whom the other columns call gone, whom they deny, and whom they call one of the register's people."""
        left = denied = told = self._nobody()
        for letter, header in self._headed(self.proof.beside):
            cells = self._cells(letter)
            short = cells.zip_with(cells.str.len_chars() <= figures.LONGEST_STATUS, self._blank())
            left, denied = left | _is(short, self.proof.left), denied | _is(short, self.proof.no)
            about = "" if self.proof.who in header or "党" in header else rf"(?=.*{self.proof.who})"
            told = told | _is(short, about + f"(?:{self.proof.yes})")
        for letter, _ in self._headed(self.proof.left_on) if "转入" not in "".join(self.specific) else ():
            left = left | self._cells(letter).is_not_null()
        return left, denied, told & ~denied

    def _denied_in(self, denied: pl.Series) -> str:
        """Return the letter of the column beside that calls somebody none of the register's people."""
        beside = self._headed(self.proof.beside) if denied.any() else ()
        return next((letter for letter, _ in beside if _is(self._cells(letter), self.proof.no).any()), "")

    def _read_signs(self) -> pl.Series:
        """Return whose row has the day that only the register's people have."""
        signed = self.columns.get(self.proof.sign)
        header = next((m.header for m in self.mapping.columns if m.field == self.proof.sign and m.column), "")
        if signed is None or self.says == "others" or not re.search(self.proof.signed_on, normalize_header(header)):
            return self._nobody()
        return signed.is_not_null()

    def _named(self, is_said: bool) -> pl.Series:
        """Return everybody, where the sheet says of all whom it lists; else nobody."""
        named = self.says == "these" or any(self._headed(self.proof.headers)) or (is_said and not self._lists_others())
        return pl.Series([named]).new_from_index(0, self.table.body.height)

    def _read_bodies(self) -> pl.Series:
        bodies = self.columns.get(MENTION + self.proof.body)
        plain = all(map(names_a_unit_at_most, (*self.specific, self.file)))
        if bodies is None or not plain or self._lists_others():
            return self._nobody()
        return _is(map_unique(bodies, normalize), self.proof.body_words)

    def _lists_others(self) -> bool:
        """Tell whether a title names another group of people, or headers speak of one whose people have no day of the register's."""
        others = any(self._headed(self.proof.others)) and not any(self._headed(self.proof.signed_on))
        return self.says == "others" or others or any(map(names_a_group, (*self.specific, self.file)))

    def _refuse_all(self, left: pl.Series, status: str) -> PersonsShown:
        if left.any():
            return self._refuse(_ALL_GONE)
        if status:
            return self._refuse(_NONE_OF_THEM, column=self._header(status))
        advice = _BY_ROW.fill(column=self.proof.advice) if self.proof.advice else NOTHING
        return replace(self._refuse(_NOBODY, advice=advice), asks=not self._lists_others())

    def _refuse(self, reason: Said, **details: str) -> PersonsShown:
        return PersonsShown(~self._nobody(), refusal=reason.fill(who=self.proof.who, **details))

    def _tell(self, code: str, rows: pl.Series, letter: str = "") -> Iterable[Problem]:
        numbers = self.table.body["row"].filter(rows).to_list()
        if not numbers:
            return
        details = (
            ("count", len(numbers)),
            ("where", name_rows(numbers)),
            ("who", self.proof.who),
            ("advice", self.proof.advice),
        )
        header = self._header(letter) if letter else ""
        yield Problem(
            code, WARNING, self.table.file, self.table.sheet, numbers[0], letter, value=header, details=details
        )

    def _headed(self, pattern: str) -> Sequence[tuple[str, str]]:
        return [(letter, header) for letter, header in self.headers if pattern and re.search(pattern, header)]

    def _header(self, letter: str) -> str:
        return next(h.text for h in self.table.headers if h.letter == letter)

    def _cells(self, letter: str) -> pl.Series:
        cells = blank_to_null(self.table.body[letter])
        return map_unique(cells, normalize)

    def _has_somebody(self) -> pl.Series:
        return self.columns["pseudonym"].is_not_null()

    def _blank(self) -> pl.Series:
        return pl.Series([None], dtype=pl.String).new_from_index(0, self.table.body.height)

    def _nobody(self) -> pl.Series:
        return pl.Series([False]).new_from_index(0, self.table.body.height)


def _is(cells: pl.Series, pattern: str) -> pl.Series:
    """Tell which cells have what a pattern finds, looking at each distinct text once."""
    texts = cells.unique().drop_nulls().to_list()
    found = [text for text in texts if pattern and re.search(pattern, text)]
    return cells.is_in(found).fill_null(False)


def name_rows(numbers: Sequence[int]) -> str:
    """Return the first of several rows as a message names them."""
    return "、".join(map(str, numbers[:_MOST_ROWS])) + ("…" if len(numbers) > _MOST_ROWS else "")
