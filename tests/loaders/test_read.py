"""What a user sees of a folder of ordinary spreadsheets."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from graph.errors import FileMissingError, FileTypeError
from loaders.formats.content import read_content
from loaders.formats.raw_sheet import RawFile, RawSheet
from loaders.formats.read import FileLimits, display_name, read_files

pytestmark = pytest.mark.guarded


def read_one(path: Path) -> RawFile:
    return read_content(path.read_bytes(), path.name, FileLimits())


def read_sheet(path: Path) -> RawSheet:
    raw = read_one(path)
    assert raw.error is None, raw.error
    return raw.sheets[0]


def save(path: Path, fill) -> Path:
    book = openpyxl.Workbook()
    fill(book, book.active)
    book.save(path)
    return path


def test_cells_are_text_as_the_spreadsheet_shows_them(tmp_path):
    def fill(book, sheet):
        sheet.append(
            ["名称", dt.datetime(2026, 12, 31), dt.datetime(2026, 12, 31, 9, 30), dt.time(9, 0), 12, 1.5, " ", None]
        )
        sheet.append(["甲", dt.date(2019, 3, 1), None, dt.time(0, 0), -3, 0.1 + 0.2, None, None])

    cells = read_sheet(save(tmp_path / "a.xlsx", fill)).cells
    assert cells.columns == list("ABCDEF")
    assert cells.row(0) == ("名称", "2026-12-31", "2026-12-31 09:30:00", "09:00", "12", "1.5")
    assert cells.row(1) == ("甲", "2019-03-01", None, "00:00", "-3", "0.3")


def test_a_day_typed_as_a_number_into_a_date_cell_is_not_lost(tmp_path):
    def fill(book, sheet):
        sheet.append(["日期"])
        for number in (20240305, 46387):
            sheet.append([number])
            sheet.cell(sheet.max_row, 1).number_format = "yyyy-mm-dd"

    assert read_sheet(save(tmp_path / "a.xlsx", fill)).cells["A"].to_list() == ["日期", "20240305", "2026-12-31"]


def test_dates_of_a_1904_workbook_are_right(tmp_path):
    def fill(book, sheet):
        book.epoch = CALENDAR_MAC_1904
        sheet.append([dt.datetime(2026, 12, 31), dt.time(9, 0)])

    assert read_sheet(save(tmp_path / "a.xlsx", fill)).cells.row(0) == ("2026-12-31", "09:00")


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_rows_and_columns_keep_their_addresses_when_the_first_ones_are_empty(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    if ending == "xlsx":
        save(path, lambda book, sheet: sheet.cell(5, 3, "C5"))
    else:
        book = xlwt.Workbook()
        book.add_sheet("表").write(4, 2, "C5")
        book.save(str(path))
    sheet = read_sheet(path)
    assert sheet.cells.columns == ["A", "B", "C"]
    assert sheet.cells["C"][5 - sheet.first_row] == "C5"
    assert sheet.cells.height == 6 - sheet.first_row


def test_empty_rows_and_columns_after_the_data_do_not_count(tmp_path):
    def fill(book, sheet):
        sheet.append(["a", "b"])
        sheet.cell(1000, 50, " ")
        sheet.cell(2000, 60).font = openpyxl.styles.Font(bold=True)

    assert read_sheet(save(tmp_path / "a.xlsx", fill)).cells.shape == (1, 2)


def test_merged_ranges_and_hidden_things_are_told(tmp_path):
    def fill(book, sheet):
        for row in range(1, 6):
            sheet.append([f"{column}{row}" for column in "ABCD"])
        sheet.merge_cells("B2:C4")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        secret = book.create_sheet("草稿")
        secret.sheet_state = "hidden"
        secret.append(["x"])

    raw = read_one(save(tmp_path / "a.xlsx", fill))
    shown, secret = raw.sheets
    assert shown.merges == ((2, 1, 4, 2),)
    assert shown.hidden_rows == (3,)
    assert shown.hidden_columns == (3,)
    assert shown.cells.row(1) == ("A2", "B2", None, "D2")
    assert (shown.visible, secret.visible, secret.name) == (True, False, "草稿")


def test_an_xls_tells_its_merged_ranges_and_hidden_things_too(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(1, 3, 1, 2, "m")
    sheet.write(4, 3, dt.datetime(2026, 12, 31), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(5, 3, dt.time(9, 0), xlwt.easyxf(num_format_str="hh:mm"))
    sheet.row(2).hidden = True
    sheet.col(3).hidden = True
    book.add_sheet("草稿").visibility = 1
    book.save(str(tmp_path / "a.et"))
    shown, secret = read_one(tmp_path / "a.et").sheets
    assert shown.merges == ((2, 1, 4, 2),)
    assert (shown.hidden_rows, shown.hidden_columns) == ((3,), (3,))
    assert shown.cells["D"].to_list() == [None, None, None, None, "2026-12-31", "09:00"]
    assert (shown.visible, secret.visible) == (True, False)


def test_a_chart_sheet_of_an_xls_is_none_either(tmp_path):
    book = xlwt.Workbook()
    for name in ("chart", "cells"):
        book.add_sheet(name).write(0, 0, name)
    book.save(str(tmp_path / "a.xls"))
    content = bytearray((tmp_path / "a.xls").read_bytes())
    kind = (
        content.index(b"chart") - 3
    )  # before a name: its length and how it is written, before these the kind of its sheet
    content[kind] = 2
    (tmp_path / "a.xls").write_bytes(content)
    assert [sheet.name for sheet in read_one(tmp_path / "a.xls").sheets] == ["cells"]


def test_a_chart_sheet_is_no_sheet_of_cells(tmp_path):
    def fill(book, sheet):
        sheet.append(["x"])
        book.create_chartsheet("图", 0)
        book.create_sheet("末").append(["y"])

    sheets = read_one(save(tmp_path / "a.xlsx", fill)).sheets
    assert [(sheet.name, sheet.cells.item(0, 0)) for sheet in sheets] == [("Sheet", "x"), ("末", "y")]


def test_a_folder_gives_its_spreadsheets_by_name_and_says_what_it_skipped(tmp_path):
    (tmp_path / "子").mkdir()
    for name in ("b.csv", "子/a.csv", ".hidden.csv", "~$b.csv"):
        (tmp_path / name).write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "说明.txt").write_text("请先阅读", encoding="utf-8")
    (tmp_path / "truth.json").write_text("{}", encoding="utf-8")
    (tmp_path / "图.pdf").write_bytes(b"%PDF-1.7 ...")
    heard = []
    files = read_files([tmp_path], on_progress=lambda *said: heard.append(said))
    assert [raw.file for raw in files] == ["a.csv", "b.csv", "truth.json", "图.pdf", "说明.txt"]
    assert [type(raw.error) for raw in files[2:]] == [FileTypeError] * 3
    assert sorted(done for _, done, _ in heard) == [1, 2, 3, 4, 5]
    assert {total for *_, total in heard} == {5}


def test_a_file_is_read_once_however_often_it_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n", encoding="utf-8")
    assert len(read_files([path, tmp_path, path])) == 1


def test_files_of_one_name_in_two_folders_get_two_names(tmp_path):
    for folder in ("东", "西"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(f"x,y\n{folder},2\n", encoding="utf-8")
    assert [raw.file for raw in read_files([tmp_path])] == ["东/a.csv", "西/a.csv"]


def test_the_digest_is_that_of_the_bytes_also_for_a_refused_file(tmp_path):
    good, bad = tmp_path / "a.csv", tmp_path / "b.pdf"
    good.write_text("x,y\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    for raw, path in zip(read_files([good, bad]), (good, bad), strict=True):
        assert raw.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_path_is_said_at_once(tmp_path):
    with pytest.raises(FileMissingError, match="no file"):
        read_files([tmp_path / "没有.xlsx"])


def test_no_paths_give_no_files():
    assert read_files([]) == []


@pytest.mark.parametrize(
    ("evil", "shown"),
    [
        ("..\\..\\windows\\a.xlsx", "a.xlsx"),
        ("a\u202exslx.exe.xlsx", "axslx.exe.xlsx"),
        ("a\x07\x1b[31mb.csv", "a[31mb.csv"),
        ("\u200b\u200b", "unnamed"),
        ("长" * 300 + ".xlsx", "长" * 110 + ".xlsx"),
    ],
)
def test_an_evil_file_name_becomes_a_harmless_one(evil, shown):
    assert display_name(Path(evil)) == shown


def test_a_file_with_an_evil_name_is_read(tmp_path):
    path = tmp_path / "$(reboot) ; 表\u202e'.csv"
    path.write_text("名称,数\n甲,1\n", encoding="utf-8")
    raw = read_files([path])[0]
    assert raw.file == "$(reboot) ; 表'.csv"
    assert raw.sheets[0].cells.row(1) == ("甲", "1")


def test_all_sample_workbooks_are_read_without_an_error(request):
    data = request.config.getoption("--data", default=None)
    if data is None:
        pytest.skip("needs --data FOLDER with workbooks/")
    files = [raw for raw in read_files([Path(data) / "workbooks"]) if not raw.file.endswith(".json")]
    assert len(files) == 10
    assert [raw.error for raw in files] == [None] * 10
    cells = pl.concat([sheet.cells.select(pl.col("A")) for raw in files for sheet in raw.sheets])
    assert cells.height > 500
    assert cells["A"].str.contains(" 00:00:00|\ufffd").any() is False
