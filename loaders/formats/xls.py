"""Reads xls workbooks (Excel 97 to 2003, and .et files of WPS): cells by a parser shared with xlsx, all else from its records."""

from __future__ import annotations

import io
import struct

import fastexcel
import olefile
import python_calamine

from graph.errors import FileDamagedError, FileEncryptedError, FileTypeError
from graph.problems import WARNING, Problem
from graph.texts import Said
from loaders.formats import cell_frames
from loaders.formats.biff import BookMarks, SheetMarks, read_book, read_sheet
from loaders.formats.limits import FileLimits
from loaders.formats.marks import CellFault
from loaders.formats.raw_sheet import RawSheet
from loaders.formats.xlsx import DAY_ZERO, DAY_ZERO_1904, fault_problems, load_frame

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
    try:
        fast = fastexcel.read_excel(data)
        slow = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(_read_sheet(fast, slow, index, (stream, book), (file, limits)) for index in _worksheets(slow))
    except (fastexcel.FastExcelError, python_calamine.CalamineError) as cause:
        raise FileDamagedError(file=file, reason=_DAMAGED) from cause
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


def _worksheets(workbook: python_calamine.CalamineWorkbook) -> list[int]:
    return [
        i for i, sheet in enumerate(workbook.sheets_metadata) if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def _read_sheet(
    fast: fastexcel.ExcelReader,
    slow: python_calamine.CalamineWorkbook,
    index: int,
    source: tuple[bytes, BookMarks],
    context: tuple[str, FileLimits],
) -> RawSheet:
    (stream, book), (file, limits) = source, context
    about, sheet = slow.sheets_metadata[index], slow.get_sheet_by_index(index)
    frame = cell_frames.blank_to_null(load_frame(fast, index))
    cells = cell_frames.name_columns(frame, sheet.start[1] if sheet.start and frame.width else 0)
    cell_frames.check_size(cells, about.name, file, limits)
    damages = cell_frames.find_damages(cells, limits)
    cells = cell_frames.shorten_dates(
        cell_frames.drop_rows(cells, [d.row for d in damages]), DAY_ZERO_1904 if book.is_1904 else DAY_ZERO
    )
    marks = read_sheet(stream, book.sheets[index]) if index < len(book.sheets) else SheetMarks((), (), ())
    faults = [CellFault(row, column, text) for row, column, text in marks.errors]
    return RawSheet(
        file=file,
        name=about.name,
        cells=cells,
        merges=tuple(
            (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ),
        visible=about.visible == python_calamine.SheetVisibleEnum.Visible,
        hidden_rows=tuple(row for row in marks.hidden_rows if row <= cells.height),
        hidden_columns=tuple(column for column in marks.hidden_columns if column < cells.width),
        problems=(*cell_frames.damage_problems(damages, file, about.name), *fault_problems(faults, file, about.name)),
    )
