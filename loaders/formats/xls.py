"""Reads xls workbooks (Excel 97 to 2003, and .et files of WPS): cells by a parser shared with xlsx, all else from its records."""

from __future__ import annotations

import struct

import fastexcel
import olefile
import polars as pl

from graph.errors import FileDamagedError, FileEncryptedError, FileTypeError
from graph.problems import WARNING, Problem
from graph.texts import Said
from loaders.formats import cell_frames
from loaders.formats.biff import SheetMarks, read_book, read_sheet
from loaders.formats.limits import FileLimits
from loaders.formats.marks import CellFault
from loaders.formats.raw_sheet import RawSheet
from loaders.formats.xlsx import DAY_ZERO, DAY_ZERO_1904, fault_problems, read_cells

_STREAMS = ("Workbook", "Book")
_DAMAGED = Said("工作簿内容不完整", "the workbook is incomplete")


def read_sheets(
    data: bytes, file: str, limits: FileLimits, careful: bool
) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Return the sheets and the problems of an xls workbook; its format bounds its size, so `careful` changes nothing."""
    stream, has_macros = _open_stream(data, file)
    book = read_book(stream)
    if book.encrypted:
        raise FileEncryptedError(file=file)
    epoch = DAY_ZERO_1904 if book.is_1904 else DAY_ZERO
    try:
        workbook = fastexcel.read_excel(data)
        names = workbook.sheet_names
        cells = {index: read_cells(workbook, index) for index, entry in enumerate(book.sheets) if entry}
    except fastexcel.FastExcelError as cause:
        raise FileDamagedError(file=file, reason=_DAMAGED) from cause
    sheets = tuple(
        _build_sheet(
            (names[index], entry.visible),
            cells[index],
            read_sheet(stream, entry.start, book.styles, book.is_1904),
            (file, epoch, limits),
        )
        for index, entry in enumerate(book.sheets)
        if entry
    )
    return sheets, (Problem("file.macros", WARNING, file=file),) if has_macros else ()


def _open_stream(data: bytes, file: str) -> tuple[bytes, bool]:
    try:
        with olefile.OleFileIO(data) as ole:
            if ole.exists("EncryptedPackage"):
                raise FileEncryptedError(file=file)
            name = next((name for name in _STREAMS if ole.exists(name)), None)
            if name is None:
                raise FileTypeError(file=file)
            return ole.openstream(name).read(), ole.exists("_VBA_PROJECT_CUR")
    except (OSError, ValueError, IndexError, struct.error) as cause:
        raise FileDamagedError(file=file, reason=_DAMAGED) from cause


def _build_sheet(
    about: tuple[str, bool], cells: pl.DataFrame, marks: SheetMarks, context: tuple[str, str, FileLimits]
) -> RawSheet:
    (name, visible), (file, epoch, limits) = about, context
    cell_frames.check_size(cells, name, file, limits)
    damages = cell_frames.find_damages(cells, limits)
    cells = cell_frames.shorten_dates(cell_frames.drop_rows(cells, [d.row for d in damages]), epoch)
    cells = cell_frames.replace_cells(cells, marks.shown)
    faults = [CellFault(row, column, text) for row, column, text in marks.errors]
    return RawSheet(
        file=file,
        name=name,
        cells=cells,
        merges=marks.merges,
        visible=visible,
        hidden_rows=tuple(row for row in marks.hidden_rows if row <= cells.height),
        hidden_columns=tuple(column for column in marks.hidden_columns if column < cells.width),
        problems=(*cell_frames.damage_problems(damages, file, name), *fault_problems(faults, file, name)),
        is_1904=epoch == DAY_ZERO_1904,
    )
