"""An answer as a table that sorts, filters, facets and pages by the parameters of its page's address."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.cells import NO_NAMES, CellSource, Names, ShownCell, list_sources, list_texts, make_cell
from api.pages.visit import Visit
from graph.documents import Document
from graph.names import normalize
from graph.texts import Lang
from queries.answers.catalogue import Question
from queries.answers.narrowing import IS, OR, Narrowing, fulfils, read_narrowings
from queries.answers.rows import heading
from queries.answers.show import is_reference
from queries.browsing.named_texts import find_named

SORT, FIND, PAGE = "_sort", "_find", "_page"
ROWS_A_PAGE = 50
FEWEST_ROWS, MOST_CHOICES, LONGEST_CHOICE = 8, 12, 24  # from how many rows on facets help, and what makes a good one
Fields = Sequence[dataclasses.Field[Any]]


@dataclass(frozen=True)
class ShownColumn:
    """A column of a table: its name and heading, whether it holds numbers, and how it is sorted now (1 up, −1 down, 0 not)."""

    name: str
    heading: str
    is_number: bool
    sorted: int = 0

    @property
    def next_sort(self) -> str:
        """Return what the address says after a click on the heading: up, then down, then as the answer had it."""
        return {0: self.name, 1: f"-{self.name}", -1: ""}[self.sorted]


@dataclass(frozen=True)
class FacetChoice:
    """A value of a column by which a table can be narrowed down, with how many rows have it."""

    value: str
    text: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one column, the most frequent first."""

    parameter: str
    heading: str
    choices: tuple[FacetChoice, ...]


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its cells, and the rows of files that it rests on."""

    cells: tuple[ShownCell, ...]
    sources: tuple[CellSource, ...]
    document: Document


@dataclass(frozen=True)
class ShownNarrowing:
    """A condition on a column by which a table is narrowed down, and the parameter of the address to take away."""

    parameter: str
    text: str


@dataclass(frozen=True)
class ShownTable:
    """One page of a table, what it could be narrowed down by, and how many rows there are of it."""

    columns: tuple[ShownColumn, ...]
    rows: tuple[TableRow, ...]
    facets: tuple[Facet, ...]
    total: int
    matching: int
    page: int
    pages: int
    find: str
    is_cut: bool
    narrowed: tuple[ShownNarrowing, ...] = ()

    @property
    def has_sources(self) -> bool:
        """Tell whether any row names the rows of files behind it."""
        return any(row.sources for row in self.rows)


def leave_out_empty(table: ShownTable) -> tuple[ShownTable, tuple[str, ...]]:
    """Return a table without the columns in which no row that is shown has anything, and what these are called."""
    places = range(len(table.columns))
    told = {place for place in places if any(row.cells[place].value not in (None, "", []) for row in table.rows)}
    rows = (dataclasses.replace(row, cells=tuple(row.cells[place] for place in sorted(told))) for row in table.rows)
    columns = tuple(table.columns[place] for place in sorted(told))
    left_out = tuple(table.columns[place].heading for place in places if place not in told)
    return dataclasses.replace(table, columns=columns, rows=tuple(rows)), left_out


async def read_table(visit: Visit, question: Question, document: Document, parameters: Mapping[str, str]) -> ShownTable:
    """Return an answer as a table in which names lead to their pages, each of several in a cell to its own."""
    texts = list_texts(document["rows"])
    names = await visit.read(lambda graph: find_named(graph, texts)) if texts else NO_NAMES
    return make_table(question.row, document, parameters, visit.lang, names)


def make_table(
    row_type: Any, document: Document, parameters: Mapping[str, str], lang: Lang, names: Names = NO_NAMES
) -> ShownTable:
    """Return the part of an answer that a page's address asks for; `row_type` is the dataclass of its rows."""
    fields = [f for f in dataclasses.fields(row_type) if is_shown(f, document["rows"])]
    rows = [_make_row(fields, row, lang, names) for row in document["rows"]]
    facets = tuple(_facets(fields, rows, parameters, lang))
    find = parameters.get(FIND, "")
    all_fields = dataclasses.fields(row_type)
    narrowings = read_narrowings(parameters, all_fields)
    chosen = [row for row in rows if _is_chosen(row, all_fields, narrowings, find, lang)]
    sort = parameters.get(SORT, "")
    ordered = _sort(chosen, fields, sort)
    pages = max(1, -(-len(ordered) // ROWS_A_PAGE))
    page = min(_page_number(parameters), pages)
    return ShownTable(
        tuple(_columns(fields, rows, sort, lang)), tuple(ordered[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]), facets,
        len(rows), len(ordered), page, pages, find, bool(document.get("truncated")),
        tuple(ShownNarrowing(one.parameter, one.say(all_fields).text(lang)) for one in narrowings),
    )  # fmt: skip


def is_shown(field: dataclasses.Field[Any], rows: Sequence[Document]) -> bool:
    """Tell whether a page shows a field: all but ids, codes, what is for programs, and details that no row has."""
    place = field.metadata.get("show", "hidden" if is_reference(field.name) else "table")
    has_any = any(row.get(field.name) not in (None, "", [], {}) for row in rows)
    return bool(place == "table" or (place == "detail" and has_any))


def _make_row(fields: Fields, row: Document, lang: Lang, names: Names) -> TableRow:
    return TableRow(tuple(make_cell(f, row, lang, names) for f in fields), list_sources(row.get("records")), row)


def _columns(fields: Fields, rows: Sequence[TableRow], sort: str, lang: Lang) -> Iterable[ShownColumn]:
    for place, field in enumerate(fields):
        values = [v for row in rows if (v := row.cells[place].value) is not None]
        numbers = bool(values) and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)
        way = 1 if sort == field.name else -1 if sort == f"-{field.name}" else 0
        yield ShownColumn(field.name, heading(field, lang), numbers, way)


def _facets(fields: Fields, rows: Sequence[TableRow], parameters: Mapping[str, str], lang: Lang) -> Iterable[Facet]:
    """Yield the columns by whose values the rows fall into a few groups, and those that the address narrows down by."""
    for place, field in enumerate(fields):
        parameter = f"{IS}{field.name}"
        asked = parameters.get(parameter, "")
        cells = [row.cells[place] for row in rows]
        counts = Counter(cell.text for cell in cells if isinstance(cell.value, (str, bool)) and cell.text)
        helps = len(rows) >= FEWEST_ROWS and 1 < len(counts) <= min(MOST_CHOICES, len(rows) // 2)
        if asked or (helps and max(map(len, counts)) <= LONGEST_CHOICE):
            choices = (FacetChoice(text, text, n, text in asked.split(OR)) for text, n in counts.most_common())
            yield Facet(parameter, heading(field, lang), tuple(choices))


def _is_chosen(row: TableRow, fields: Fields, narrowings: Sequence[Narrowing], find: str, lang: Lang) -> bool:
    named = {f.name: f for f in fields}
    if not all(fulfils(one, named[one.column], row.document.get(one.column), lang) for one in narrowings):
        return False
    return not find or normalize(find) in normalize(" ".join(cell.text for cell in row.cells))


def _sort(rows: list[TableRow], fields: Fields, sort: str) -> list[TableRow]:
    """Return the rows by the values of one column; what is not known stands last either way."""
    names = [f.name for f in fields]
    if sort.removeprefix("-") not in names:
        return rows
    place = names.index(sort.removeprefix("-"))
    known = [row for row in rows if row.cells[place].value not in (None, "")]
    rest = [row for row in rows if row.cells[place].value in (None, "")]
    return sorted(known, key=lambda row: _sort_key(row.cells[place]), reverse=sort.startswith("-")) + rest


def _sort_key(cell: ShownCell) -> tuple[bool, float, str]:
    is_number = isinstance(cell.value, (int, float))
    return (not is_number, float(cell.value) if is_number else len(cell.lines) if cell.is_list else 0.0, cell.text)


def _page_number(parameters: Mapping[str, str]) -> int:
    written = parameters.get(PAGE, "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 8 else 1
