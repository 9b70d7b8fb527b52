"""Makers of damaged, hostile and unusual spreadsheets, for the tests of every part that meets files."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto
import msoffcrypto.format.ooxml
import openpyxl
import xlwt

SHEET = "xl/worksheets/sheet1.xml"
BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def make_workbook(path: Path, rows: list[list[object]], sheet: str = "表") -> Path:
    """Write an ordinary workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def change_part(path: Path, change: Callable[[str], str], part: str = SHEET) -> Path:
    """Rewrite one XML part of a workbook in place."""
    parts = read_parts(path)
    parts[part] = change(parts[part].decode()).encode()
    return write_parts(path, parts)


def read_parts(path: Path) -> dict[str, bytes]:
    """Return all parts of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Write an archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_cells(path: Path, rows: str) -> Path:
    """Write a workbook whose sheet data are this XML."""
    make_workbook(path, [["x"]])
    return change_part(
        path,
        lambda xml: re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", xml, flags=re.S),
    )


def with_far_cell(path: Path) -> Path:
    """Write a workbook with one cell in A1 and one in the last corner of the sheet, on which the parser aborts."""
    return with_cells(
        path, '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def with_entities(path: Path, doctype: str = BILLION_LAUGHS, part: str = SHEET) -> Path:
    """Write a workbook with a document type declaration in one part."""
    make_workbook(path, [["x"]])
    return change_part(path, lambda xml: doctype + re.sub(r"^<\?xml[^>]*\?>", "", xml), part)


def with_macros(path: Path) -> Path:
    """Write a workbook that carries a macro project."""
    make_workbook(path, [["名称"], ["甲"]])
    return write_parts(path, {**read_parts(path), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})


def encrypt(path: Path, password: str = "secret") -> Path:
    """Protect a workbook by a password, in place."""
    protected = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(path.read_bytes())).encrypt(password, protected)
    path.write_bytes(protected.getvalue())
    return path


def make_bomb(path: Path, megabytes: int = 150) -> Path:
    """Write a workbook with a part of nothing but blanks."""
    make_workbook(path, [["x"]])
    return write_parts(path, {**read_parts(path), "xl/media/blank.xml": b" " * (megabytes * 1024 * 1024)})


def cut_off(path: Path, share: float = 0.6) -> Path:
    """Leave only the first part of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def make_xls(
    path: Path, rows: list[list[object]], change: Callable[[xlwt.Workbook, xlwt.Worksheet], None] | None = None
) -> Path:
    """Write an xls workbook of one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    if change:
        change(book, sheet)
    book.save(str(path))
    return path


def lock_xls(path: Path) -> Path:
    """Turn the second record of an xls stream into the mark of an encrypted workbook."""
    content = bytearray(path.read_bytes())
    start = content.index(struct.pack("<HH", 0x0809, 16))
    second = start + 4 + 16
    content[second : second + 2] = struct.pack("<H", 0x002F)
    path.write_bytes(bytes(content))
    return path
