"""Damaged and hostile files: each gets its error, none stops the others or this process."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from graph.errors import (
    FileDamagedError,
    FileEmptyError,
    FileEncryptedError,
    FileTooLargeError,
    FileTypeError,
    FileUnsafeError,
    SheetTooLargeError,
)
from loaders.formats import guard
from loaders.formats.content import read_content
from loaders.formats.limits import MEGABYTE
from loaders.formats.raw_sheet import RawFile
from loaders.formats.read import FileLimits, read_files
from tests.loaders import bad_files as bad
from tests.spent import at_most

pytestmark = pytest.mark.guarded


def read_one(path: Path, limits: FileLimits | None = None) -> RawFile:
    """Read a file here: what the child does with it, without the child."""
    return read_content(path.read_bytes(), path.name, limits or FileLimits())


def read_guarded_one(path: Path, limits: FileLimits | None = None) -> RawFile:
    return read_files([path], limits or FileLimits())[0]


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_of_0_bytes_is_empty(tmp_path):
    raw = read_guarded_one(write(tmp_path / "a.xlsx", b""))
    assert isinstance(raw.error, FileEmptyError)
    assert "a.xlsx" in raw.error.message("zh")


def test_a_file_of_blank_lines_is_empty(tmp_path):
    assert isinstance(read_one(write(tmp_path / "a.csv", b"\r\n \n\n")).error, FileEmptyError)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a", "a.pdf"])
def test_a_csv_under_another_name_is_read_by_its_content(tmp_path, name):
    raw = read_one(write(tmp_path / name, "名称,数\n甲,1\n".encode("gb18030")))
    assert raw.sheets[0].cells.rows() == [("名称", "数"), ("甲", "1")]


def test_a_workbook_under_another_name_is_read_by_its_content(tmp_path):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["名称"], ["甲"]]).rename(tmp_path / "a.csv")
    assert read_one(path).sheets[0].cells.rows() == [("名称",), ("甲",)]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"<html><table><tr><td>x</td></tr></table></html>",
        b"\xef\xbb\xbf<!DOCTYPE html><html></html>",
        b'<?xml version="1.0"?><Workbook/>',
        b'{"a": [1, 2]}',
        bytes(1000),
        bytes(range(256)) * 20,
    ],
    ids=["pdf", "png", "jpeg", "html", "doctype", "xml", "json", "zeros", "rubbish"],
)
def test_what_is_no_spreadsheet_is_refused_whatever_its_name(tmp_path, content):
    assert isinstance(read_one(write(tmp_path / "a.xlsx", content)).error, FileTypeError)


def test_a_zip_without_a_workbook_is_no_spreadsheet(tmp_path):
    assert isinstance(
        read_one(bad.write_parts(tmp_path / "a.xlsx", {"word/document.xml": b"<x/>"})).error, FileTypeError
    )


def test_a_workbook_with_a_password_is_told_apart(tmp_path):
    assert isinstance(read_one(bad.encrypt(bad.make_workbook(tmp_path / "a.xlsx", [["x"]]))).error, FileEncryptedError)


def test_an_xls_with_a_password_is_told_apart(tmp_path):
    assert isinstance(read_one(bad.lock_xls(bad.make_xls(tmp_path / "a.xls", [["x"]]))).error, FileEncryptedError)


def test_macros_are_ignored_and_the_values_read(tmp_path):
    raw = read_one(bad.with_macros(tmp_path / "a.xlsm"))
    assert [problem.code for problem in raw.problems] == ["file.macros"]
    assert raw.problems[0].severity == "warning"
    assert raw.sheets[0].cells.rows() == [("名称",), ("甲",)]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({f"xl/media/{i}.xml": b"" for i in range(2001)}, FileUnsafeError),
        ({"../../evil.xml": b"x"}, FileUnsafeError),
        ({"xl\\..\\..\\evil.xml": b"x"}, FileUnsafeError),
        ({"/etc/passwd": b"x"}, FileUnsafeError),
    ],
    ids=["entries", "parent", "backslash", "absolute"],
)
def test_an_unsafe_archive_is_refused_before_it_is_unpacked(tmp_path, parts, error):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["x"]])
    bad.write_parts(path, {**bad.read_parts(path), **parts})
    start = time.process_time()
    raw = read_guarded_one(path)
    assert time.process_time() - start < 0.1
    assert isinstance(raw.error, error)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = bad.make_bomb(tmp_path / "a.xlsx")
    start = time.process_time()
    raw = read_guarded_one(path)
    assert time.process_time() - start < 0.1
    assert isinstance(raw.error, FileUnsafeError)
    assert ":1" in raw.error.message("zh")


def test_a_workbook_over_the_unpacked_limit_is_too_large(tmp_path):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["x"]])
    raw = read_one(path, FileLimits(max_unpacked_bytes=1000))
    assert isinstance(raw.error, FileTooLargeError)
    assert raw.error.status == 413


def test_a_file_over_the_size_limit_is_too_large(tmp_path):
    assert isinstance(
        read_guarded_one(write(tmp_path / "a.csv", b"a,b\n" * 100), FileLimits(max_file_bytes=100)).error,
        FileTooLargeError,
    )


def test_a_lying_size_in_the_archive_is_damage(tmp_path):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["x" * 500]])
    content = path.read_bytes()
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(bad.SHEET.encode()))
    path.write_bytes(content[: entry + 24] + (50).to_bytes(4, "little") + content[entry + 28 :])
    assert isinstance(read_one(path).error, FileDamagedError)


def test_one_cell_in_the_last_corner_does_not_take_this_process_down(tmp_path):
    with at_most(5):
        raw = read_guarded_one(bad.with_far_cell(tmp_path / "a.xlsx"))
    assert isinstance(raw.error, SheetTooLargeError)
    assert (raw.error.details["rows"], raw.error.details["columns"]) == (1_048_576, 16_384)
    assert "1048576 行 16384 列" in raw.error.message("zh")


def test_the_files_around_a_deadly_one_are_read(tmp_path):
    for name in ("a.csv", "c.csv"):
        write(tmp_path / name, "名称,数\n甲,1\n".encode())
    bad.with_far_cell(tmp_path / "b.xlsx")
    files = read_files([tmp_path])
    assert [type(raw.error).__name__ for raw in files] == ["NoneType", "SheetTooLargeError", "NoneType"]
    assert files[2].sheets[0].cells.row(1) == ("甲", "1")


def test_formats_without_values_do_not_make_a_sheet_too_large(tmp_path):
    path = bad.with_cells(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert read_one(path).sheets[0].cells.rows() == [("1",)]


@pytest.mark.parametrize("claimed", ["A1:XFD1048576", "A1:A1"])
def test_a_lying_dimension_changes_nothing(tmp_path, claimed):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["a", "b"], ["c", "d"]])
    bad.change_part(path, lambda xml: xml.replace('ref="A1:B2"', f'ref="{claimed}"'))
    assert read_one(path).sheets[0].cells.rows() == [("a", "b"), ("c", "d")]


def test_more_rows_than_the_limit_are_too_many(tmp_path):
    limits = FileLimits(max_rows=100)
    fits = bad.make_workbook(tmp_path / "a.xlsx", [["x"]] * 101)
    text = write(tmp_path / "b.csv", b"x,y\n" * 102)
    over = bad.make_workbook(tmp_path / "c.xlsx", [["x"]] * 102)
    files = read_files([fits, text, over], limits)
    assert files[0].error is None
    assert [type(raw.error) for raw in files[1:]] == [SheetTooLargeError] * 2
    assert files[2].error is not None
    assert files[2].error.status == 413
    assert files[2].error.details["rows"] == 102


def test_more_columns_than_the_limit_are_too_many(tmp_path):
    wide = bad.make_workbook(tmp_path / "a.xlsx", [["x"] * 1001])
    text = write(tmp_path / "b.csv", b",".join([b"x"] * 1001))
    assert [type(raw.error) for raw in read_files([wide, text])] == [SheetTooLargeError] * 2


@pytest.mark.parametrize("part", [bad.SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"])
def test_billion_laughs_are_refused_in_any_part(tmp_path, part):
    path = bad.with_entities(tmp_path / "a.xlsx", part=part)
    start = time.process_time()
    raw = read_one(path)
    assert time.process_time() - start < 1
    assert isinstance(raw.error, FileUnsafeError)


def test_an_external_entity_leaks_nothing(tmp_path):
    secret = write(tmp_path / "secret.txt", b"TOP-SECRET")
    raw = read_guarded_one(
        bad.with_entities(tmp_path / "a.xlsx", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>')
    )
    assert isinstance(raw.error, FileUnsafeError)
    assert "SECRET" not in str(raw.error.as_dict())
    assert raw.sheets == ()


def test_a_declaration_in_another_encoding_is_found(tmp_path):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["x"]])
    parts = bad.read_parts(path)
    bad.write_parts(path, {**parts, "docProps/core.xml": ("\ufeff" + bad.BILLION_LAUGHS).encode("utf-16-le")})
    assert isinstance(read_one(path).error, FileUnsafeError)


def test_a_formula_without_a_stored_result_names_its_cell(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f>A1&gt;0</f></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f t="shared" si="0"/><v/></c></row>'
    )
    sheet = read_one(bad.with_cells(tmp_path / "a.xlsx", rows)).sheets[0]
    assert [(p.code, p.row, p.column) for p in sheet.problems] == [
        ("formula.uncached", 2, "A"),
        ("formula.uncached", 2, "C"),
    ]
    assert sheet.cells.row(0) == ("1", "2")


def test_an_error_value_is_null_and_named(tmp_path):
    rows = '<row r="4"><c r="A4"><v>1</v></c><c r="AB4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    sheet = read_one(bad.with_cells(tmp_path / "a.xlsx", rows)).sheets[0]
    problem = sheet.problems[0]
    assert (problem.code, problem.row, problem.column) == ("row.damaged", 4, "AB")
    assert "#DIV/0!" in problem.message("zh")
    assert sheet.cells.row(3)[0] == "1"


def test_cells_without_addresses_and_prefixed_names_are_understood(tmp_path):
    path = bad.with_cells(
        tmp_path / "a.xlsx",
        '<row><c><v>1</v></c></row><row hidden="1"><c/><c><f>A1</f></c></row><row><c><v>3</v></c></row>',
    )
    bad.change_part(
        path,
        lambda xml: (
            xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
        ),
    )
    sheet = read_one(path).sheets[0]
    assert sheet.hidden_rows == (2,)
    assert [(p.row, p.column) for p in sheet.problems] == [(2, "B")]
    assert sheet.cells["A"].to_list() == ["1", None, "3"]


def test_so_many_problems_are_cut_and_the_last_says_how_many_more(tmp_path):
    rows = "".join(f'<row r="{i}"><c r="A{i}"><f>B1</f></c></row>' for i in range(1, 1502))
    problems = read_one(bad.with_cells(tmp_path / "a.xlsx", rows)).sheets[0].problems
    assert len(problems) == 1000
    assert "501" in problems[-1].suggestion


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_off_workbook_is_damaged(tmp_path, share):
    path = bad.cut_off(bad.make_workbook(tmp_path / "a.xlsx", [["x", "y"]] * 50), share)
    assert isinstance(read_one(path).error, FileDamagedError)


def test_a_cut_off_xls_is_damaged(tmp_path):
    path = bad.cut_off(bad.make_xls(tmp_path / "a.xls", [["x", "y"]] * 50), 0.3)
    assert isinstance(read_one(path).error, FileDamagedError)


def test_broken_xml_in_a_sheet_is_damage(tmp_path):
    path = bad.make_workbook(tmp_path / "a.xlsx", [["x", "y"]])
    bad.change_part(path, lambda xml: xml[: len(xml) // 2] + "<<<&&&")
    assert isinstance(read_one(path).error, FileDamagedError)


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    slow = write(tmp_path / "a.csv", '名称,数\n5" 管,"x\n'.encode() * 1_500_000)
    after = write(tmp_path / "b.csv", "名称,数\n甲,1\n".encode())
    started = time.perf_counter()
    assert read_guarded_one(after).error is None
    wall = max(1.5, round(4 * (time.perf_counter() - started), 1))  # a busy machine takes longer for either
    first, second = read_files([slow, after], FileLimits(wall_seconds=wall))
    assert isinstance(first.error, FileTooLargeError)
    assert f"{wall} 秒" in first.error.message("zh")
    assert first.digest
    assert second.error is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the parent watches the memory, once in a while")
def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="ALL1000000"><v>1</v></c></row>'
    raw = read_guarded_one(bad.with_cells(tmp_path / "a.xlsx", rows), FileLimits(memory_bytes=3000 * MEGABYTE))
    assert isinstance(raw.error, SheetTooLargeError)
    assert raw.error.details["rows"] == 1_000_000


def test_a_reader_that_cannot_start_says_why(tmp_path, monkeypatch):
    broken = tmp_path / "python"
    broken.write_text(f"#!{sys.executable}\nraise SystemExit('no module')\n", encoding="utf-8")
    broken.chmod(0o700)
    monkeypatch.setattr(guard.sys, "executable", str(broken))
    path = write(tmp_path / "a.csv", b"a,b\n")
    with pytest.raises(RuntimeError, match="did not start"):
        read_guarded_one(path)


def test_nothing_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    read_files([bad.with_far_cell(tmp_path / "a.xlsx"), write(tmp_path / "b.csv", b"a,b\n")])
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("formula", ["[1]Sheet1!A1", "cmd|'/C calc'!A0", "WEBSERVICE(&quot;http://127.0.0.1/x&quot;)"])
def test_links_to_other_files_and_programs_give_their_stored_values_only(tmp_path, formula):
    path = bad.with_cells(
        tmp_path / "a.xlsx",
        f'<row r="1"><c r="A1"><f>{formula}</f><v>7</v></c><c r="B1" t="str"><f>{formula}</f><v>x</v></c></row>',
    )
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    away = b'<Relationships><Relationship Id="rId1" Type="x" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    parts = {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": away}
    raw = read_guarded_one(bad.write_parts(path, {**bad.read_parts(path), **parts}))
    assert raw.error is None
    assert raw.sheets[0].cells.rows() == [("7", "x")]
    assert raw.sheets[0].problems == ()


def test_the_limits_of_an_archive_are_those_that_are_promised():
    limits = FileLimits()
    assert (limits.max_entries, limits.max_unpacked_bytes, limits.max_ratio) == (2000, 200 * MEGABYTE, 100)
    assert limits.max_rows == 1_000_000
