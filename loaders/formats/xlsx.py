"""Reads xlsx and xlsm workbooks: cell values by a Rust parser, and merged or hidden ranges by searching the XML."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import fastexcel
import polars as pl

from graph.errors import FileDamagedError, FileTypeError, SheetTooLargeError
from graph.problems import WARNING, Problem
from graph.texts import Said
from loaders.formats import cell_frames
from loaders.formats.archive import is_xml, open_archive, read_part
from loaders.formats.limits import FileLimits
from loaders.formats.marks import CellFault, Marks, measure_sheet, scan_sheet
from loaders.formats.number_formats import read_styles
from loaders.formats.raw_sheet import RawSheet, column_letter

DAY_ZERO, DAY_ZERO_1904 = "1899-12-31", "1904-01-01"
CELL_BYTES = 32  # what the parser spends on a cell of the rectangle around all filled cells
MAX_FAULTS = 100_000  # beyond, a sheet's faults are no longer counted


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it: its number from 0, its name, its part in the archive."""

    index: int
    name: str
    part: str
    visible: bool


def read_sheets(
    data: bytes, file: str, limits: FileLimits, careful: bool
) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Return the sheets and the problems of a workbook; `careful` measures every sheet before it is parsed, which takes longer."""
    archive = open_archive(io.BytesIO(data), file, limits)
    entries, epoch = list_sheets(archive, file)
    if careful:
        _check_extents(archive, entries, file, limits)
    with ThreadPoolExecutor(
        1
    ) as pool:  # the parser leaves the interpreter free, so that the search costs no time of its own
        loading: Future[dict[int, pl.DataFrame]] = pool.submit(_load_frames, data, entries, file)
        marks = _scan_parts(archive, entries, file, epoch == DAY_ZERO_1904)
        loaded = loading.result()
    sheets = tuple(
        _build_sheet(entry, loaded[entry.index], marks[entry.index], (file, epoch, limits)) for entry in entries
    )
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    return sheets, (Problem("file.macros", WARNING, file=file),) if has_macros else ()


def list_sheets(archive: zipfile.ZipFile, file: str) -> tuple[list[SheetEntry], str]:
    """Return the worksheets of a workbook in order, and the day that its times without a date fall on."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/workbook.xml" not in names:
        raise FileTypeError(file=file)
    book = read_part(archive, names["xl/workbook.xml"], file)
    relations = (
        read_part(archive, names["xl/_rels/workbook.xml.rels"], file) if "xl/_rels/workbook.xml.rels" in names else b""
    )
    targets = {
        a.get("Id", ""): a.get("Target", "")
        for a in _attributes(relations, b"Relationship")
        if a.get("Type", "").endswith("/worksheet")
    }
    entries = []
    for index, sheet in enumerate(_attributes(book, b"sheet")):
        relation = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))[1:]
        if relation in targets and part.lower() in names:
            entries.append(
                SheetEntry(
                    index, sheet.get("name", ""), names[part.lower()], sheet.get("state", "visible") == "visible"
                )
            )
    is_1904 = re.search(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"', book)
    return entries, DAY_ZERO_1904 if is_1904 else DAY_ZERO


def read_cells(workbook: fastexcel.ExcelReader, index: int) -> pl.DataFrame:
    """Return the cells of one sheet as text, row 1 first, by their columns A, B, …, blanks as null."""
    sheet = workbook.load_sheet(index, header_row=None, skip_rows=0, dtypes="string")
    frame, columns = sheet.to_polars(), sheet.available_columns()
    del sheet  # the parser's own copy of the cells
    first = columns[0].absolute_index if columns else 0  # the parser's frame begins at the first column in use
    return cell_frames.unwrap_texts(cell_frames.name_columns(cell_frames.blank_to_null(frame), first))


def _attributes(xml: bytes, tag: bytes) -> list[dict[str, str]]:
    elements = re.findall(rb"<(?:[\w.-]+:)?%b\s([^>]*)>" % tag, xml)
    pair = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
    return [
        {name: html.unescape(a or b) for name, a, b in pair.findall(text.decode("utf-8", "replace"))}
        for text in elements
    ]


def _load_frames(data: bytes, entries: Sequence[SheetEntry], file: str) -> dict[int, pl.DataFrame]:
    try:
        workbook = fastexcel.read_excel(data)
        return {entry.index: read_cells(workbook, entry.index) for entry in entries}
    except fastexcel.FastExcelError as cause:
        raise FileDamagedError(file=file, reason=Said("工作簿内容不完整", "the workbook is incomplete")) from cause


def _scan_parts(archive: zipfile.ZipFile, entries: Sequence[SheetEntry], file: str, is_1904: bool) -> dict[int, Marks]:
    parts = {entry.part: entry.index for entry in entries}
    names = {name.lower(): name for name in archive.namelist()}
    styles = read_styles(read_part(archive, names["xl/styles.xml"], file)) if "xl/styles.xml" in names else {}
    marks = {}
    for name in archive.namelist():
        if is_xml(name):
            xml = read_part(
                archive, name, file
            )  # unpacked even where nothing is searched: no part may declare entities
            if name in parts:
                marks[parts[name]] = scan_sheet(xml, MAX_FAULTS, styles, is_1904)
    return marks


def _check_extents(archive: zipfile.ZipFile, entries: Sequence[SheetEntry], file: str, limits: FileLimits) -> None:
    for entry in entries:
        rows, columns = measure_sheet(read_part(archive, entry.part, file))
        if (
            rows > limits.max_rows + 1
            or columns > limits.max_columns
            or rows * columns * CELL_BYTES > limits.memory_bytes
        ):
            raise SheetTooLargeError(file=file, sheet=entry.name, rows=rows, columns=columns)


def _build_sheet(
    entry: SheetEntry, cells: pl.DataFrame, marks: Marks, context: tuple[str, str, FileLimits]
) -> RawSheet:
    file, epoch, limits = context
    # A day typed as 20260305 into a cell with a date format is no date to the parser, and would be lost.
    cells = cell_frames.restore_cells(cells, marks.days)
    cells = cell_frames.replace_cells(cells, marks.shown)
    cell_frames.check_size(cells, entry.name, file, limits)
    damages = cell_frames.find_damages(cells, limits)
    cells = cell_frames.shorten_dates(cell_frames.drop_rows(cells, [d.row for d in damages]), epoch)
    return RawSheet(
        file=file,
        name=entry.name,
        cells=cells,
        merges=marks.merges,
        visible=entry.visible,
        hidden_rows=tuple(row for row in marks.hidden_rows if row <= cells.height),
        hidden_columns=tuple(column for column in marks.hidden_columns if column < cells.width),
        problems=(
            *cell_frames.damage_problems(damages, file, entry.name),
            *fault_problems(marks.faults, file, entry.name),
        ),
        is_1904=epoch == DAY_ZERO_1904,
    )


def fault_problems(faults: Sequence[CellFault], file: str, sheet: str) -> tuple[Problem, ...]:
    """Return a problem for each cell without a usable value."""
    problems = []
    for fault in faults:
        code = "row.damaged" if fault.reason else "formula.uncached"
        details = (
            (("reason", Said(f"单元格显示 {fault.reason}", f"a cell shows {fault.reason}")),) if fault.reason else ()
        )
        problems.append(
            Problem(code, file=file, sheet=sheet, row=fault.row, column=column_letter(fault.column), details=details)
        )
    return cell_frames.cap_problems(problems)
