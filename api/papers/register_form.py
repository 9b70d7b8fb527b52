"""The stock form of a register as a workbook: what an office copies and edits, and what is filled in where it names no form of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from graph.kinds import Column, Register
from loaders.template import header_of, own_columns

NUMBER = "序号"
PERSONAL = ("联系人", "联系电话")
WHY_EMPTY = "个人信息不入图谱，由填报单位自行填写。"
FILL_IN = "填报单位（盖章）：{{ office }}        填报人：          填报时间：{{ day }}"
NOTE = "备注：{{ about }}"
TITLE, HEADER, FIRST = 1, 3, 4  # rows
_BODY, _HEAVY = "仿宋", "黑体"
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="center", wrap_text=True)


def make_form(register: Register) -> bytes:
    """Return the stock form of a register as a workbook."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = register.zh[:31]
    headers = form_headers(register)
    _add_line(sheet, TITLE, (register.titles or (register.zh,))[0], Font(name=_HEAVY, size=18), _MIDDLE, len(headers))
    _add_line(sheet, TITLE + 1, FILL_IN, Font(name=_BODY, size=11), _LEFT, len(headers))
    _add_line(sheet, FIRST + 1, NOTE, Font(name=_BODY, size=10), _LEFT, len(headers))
    for place, header in enumerate(headers, 1):
        _add_column(sheet, place, header)
    sheet.row_dimensions[TITLE].height, sheet.row_dimensions[TITLE + 1].height = 34, 24
    sheet.row_dimensions[FIRST + 1].height = 48
    set_page(sheet, f"{HEADER}:{HEADER}")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def form_headers(register: Register) -> list[str]:
    """Return the headers of a register's form: a running number, its own columns, and for whom to call, which stay empty."""
    headers = [NUMBER, *(header_of(column).replace("\n", "") for column in own_columns(register))]
    dropped = {word for column in register.columns if column.role == "personal" for word in column.headers}
    return headers + [word for word in PERSONAL if word in dropped and word not in headers]


def find_personal(register: Register) -> list[Column]:
    """Return the columns of a register that tell of persons, which are never kept."""
    return [column for column in register.columns if column.role == "personal"]


def set_page(sheet: Worksheet, title_rows: str) -> None:
    """Set a sheet up for printing: A4, as wide as the page, the headers on every page, the page's number below."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_options.horizontalCentered = title_rows, True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.oddFooter.center.text = "第 &P 页  共 &N 页"
    sheet.freeze_panes = f"A{int(title_rows.rpartition(':')[2]) + 1}"


def _add_line(sheet: Worksheet, row: int, text: str, font: Font, alignment: Alignment, width: int) -> None:
    cell: Any = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, alignment
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _add_column(sheet: Worksheet, place: int, header: str) -> None:
    head: Any = sheet.cell(HEADER, place, header)
    head.font, head.alignment, head.border = Font(name=_HEAVY, size=11), _MIDDLE, _GRID
    head.fill = PatternFill("solid", fgColor="EDEDED")
    if header in PERSONAL:
        head.comment = Comment(WHY_EMPTY, "十联")
    below: Any = sheet.cell(FIRST, place)
    below.font, below.border = Font(name=_BODY, size=11), _GRID
    below.alignment = _MIDDLE if header == NUMBER else _LEFT
    below.number_format = "General" if header == NUMBER else "@"
