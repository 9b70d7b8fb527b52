"""Reads a form, in which each label stands beside its value (场所名称 | 轮机报告厅 | 面积 | 280㎡), as a table of one row a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from loaders.sheets import sheet_figures as figures
from loaders.sheets.sheet_layout import Row, fold, is_label
from loaders.vocabulary.wording import normalize_header


@dataclass(frozen=True)
class LabelForm:
    """The forms of a sheet: the row where the first begins, their labels, and of each its first row and its values by label.

    `places` says where the value of a label stands in the form that begins in a row: its row and column, from 0.
    """

    top: int
    labels: tuple[str, ...]
    records: tuple[tuple[int, dict[str, str]], ...]
    places: Mapping[tuple[int, str], tuple[int, int]]


@dataclass(frozen=True)
class _Field:
    row: int
    label: str
    value: str | None
    column: int
    is_known: bool


def find_label_form(rows: Sequence[Row], is_known: Callable[[str], bool]) -> LabelForm | None:
    """Return the forms that a sheet consists of; None where it is a table, as nearly every sheet is."""
    if not figures.FORM_ROWS <= len(rows) <= figures.HEAD_ROWS:
        return None
    told = [[fold(cell) for cell in row] for row in rows]
    columns = _label_columns(told, is_known)
    top = next((i for i, row in enumerate(told) if columns and row[columns[0]] and sum(map(bool, row)) > 1), None)
    if top is None or columns[0] != next(i for i, cell in enumerate(told[top]) if cell):
        return None
    fields = [field for at in range(top, len(told)) for field in _read_row(told[at], at, columns, is_known)]
    return _build(top, fields) if _is_form(told[top:], fields, is_known) else None


def _label_columns(told: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> list[int]:
    """Return the columns most of whose cells are known labels."""
    columns = []
    for i, cells in enumerate(zip(*told, strict=True)):
        filled = [cell for cell in cells if cell]
        known = [cell for cell in filled if is_label(cell) and is_known(cell)]
        if len(set(known)) > 1 and len(known) >= figures.FORM_KNOWN * len(filled):
            columns.append(i)
    return columns


def _read_row(row: Sequence[str], at: int, columns: Sequence[int], is_known: Callable[[str], bool]) -> list[_Field]:
    """Return the labels of a row, each with the first cell before the next label; none of a row of one cell, the title of the next form."""
    places = [i for i in columns if row[i]] if sum(map(bool, row)) > 1 else []
    ends = [*places[1:], len(row)] if places else []
    fields = []
    for i, end in zip(places, ends, strict=True):
        column = next((j for j in range(i + 1, end) if row[j]), i)
        fields.append(_Field(at, row[i], row[column] if column > i else None, column, is_known(row[i])))
    return fields


def _is_form(told: Sequence[Sequence[str]], fields: Sequence[_Field], is_known: Callable[[str], bool]) -> bool:
    """Whether labels stand beside values: enough of them are known, and hardly any value is itself a label."""
    labels = {normalize_header(field.label) for field in fields if field.is_known}
    known = sum(field.is_known for field in fields)
    values = [field.value for field in fields if field.value]
    strange = sum(is_known(value) for value in values)
    heads = any(is_known(field.value or "") for field in fields if field.row == fields[0].row)  # then it heads columns
    rows = sum(sum(map(bool, row)) > 1 for row in told)
    return (
        not heads
        and len(labels) >= figures.FORM_LABELS
        and len({field.row for field in fields}) >= max(figures.FORM_ROWS - 1, figures.FORM_KNOWN * rows)
        and known >= figures.FORM_KNOWN * len(fields)
        and len(values) >= figures.FORM_FILLED * len(fields)
        and strange <= figures.FORM_STRANGE * len(values)
    )


def _build(top: int, fields: Sequence[_Field]) -> LabelForm:
    labels: dict[str, str] = {}
    records: list[tuple[int, dict[str, str]]] = []
    places: dict[tuple[int, str], tuple[int, int]] = {}
    for field in fields:
        form = normalize_header(field.label)
        begins = not records or form == next(iter(labels), "")  # the first label comes again: the next form
        labels.setdefault(form, field.label.rstrip(":："))
        if begins:
            records.append((field.row, {}))
        if field.value is not None:
            records[-1][1].setdefault(labels[form], field.value)
            places.setdefault((records[-1][0], labels[form]), (field.row, field.column))
    return LabelForm(top, tuple(labels.values()), tuple(records), places)
