"""What a cell of a workbook shows beside its number: units, days of Chinese formats, days counted from 1904; texts forced by CSV."""

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
import xlwt

from loaders.formats.content import read_content
from loaders.formats.limits import FileLimits
from loaders.formats.number_formats import DAY, TIME, show_number


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("3", '0.0"亩"', "3亩"), ("1.2", '0.00"万平方米"', "1.2万平方米"), ("12345", '0.0,"千元"', "12.345千元"), ("12345", '0!.0,"万元"', "1.2345万元"), ("30", '#,##0"人"', "30人"),
        ("12345", '[>=10000]0!.0,"万";0', "1.2345万"), ("500", '[>=10000]0!.0,"万";0"元"', "500元"), ("12", 'General"台"', "12台"), ("1234567", '#,##0.00"元"', "1234567元"), ("5", "0个", "5个"),
        ("45000", DAY, "2023-03-15"), ("0.375", TIME, "09:00"), ("45000.5", DAY, "2023-03-15 12:00:00"), ("x", '0"人"', None),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_says(number, code, shown):
    assert show_number(number, code, is_1904=False) == shown


def make_book(cells, **options):
    """Return the first column of a workbook of (value, format code or number) cells, as it is read."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, options) as book:
        sheet = book.add_worksheet()
        for row, (value, code) in enumerate(cells):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))
    (read,) = read_content(data.getvalue(), "表.xlsx", FileLimits()).sheets
    return read


def test_units_in_formats_are_read_and_dates_and_money_are_as_before():
    read = make_book(
        [
            (3, '0.0"亩"'),
            (1.2, '0.00"万平方米"'),
            (12, "0"),
            (45000, 'yyyy"年"m"月"d"日"'),
            (5, '"¥"#,##0.00'),
            (0.5, "0%"),
            (7, '"约"0"人"'),
        ]
    )
    assert read.cells["A"].to_list() == ["3亩", "1.2万平方米", "12", "2023-03-15", "5", "0.5", "约7人"]


@pytest.mark.parametrize("number", [14, 31, 57])
def test_days_of_a_workbook_of_1904_are_right_in_every_format(number):
    read = make_book([((date(2025, 4, 14) - date(1904, 1, 1)).days, number), (44299, "General")], date_1904=True)
    assert read.is_1904
    assert read.cells["A"].to_list() == [
        "2025-04-14",
        "44299",
    ]  # only who reads a column of days knows that this is one


def test_marks_that_force_a_text_are_no_part_of_it():
    content = '单位名称,代码,人数,地址\n="中原电缆有限公司","=""9141A""","\t320",\'长安路8号\n甲厂,\t9142,="450","=HYPERLINK(""x"")"\n'.encode()
    (read,) = read_content(content, "表.csv", FileLimits()).sheets
    assert read.cells.row(1) == ("中原电缆有限公司", "9141A", "\t320", "长安路8号")
    assert read.cells.row(2) == ("甲厂", "\t9142", "450", '=HYPERLINK("x")')


def test_marks_that_force_a_text_are_no_part_of_it_in_a_workbook_either():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["编号", "面积"], ['="001"', '="1200"'], ["'002", "'800"]):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"  # a text that begins with =, no formula
    data = io.BytesIO()
    book.save(data)
    (read,) = read_content(data.getvalue(), "表.xlsx", FileLimits()).sheets
    assert [read.cells.row(n) for n in (1, 2)] == [("001", "1200"), ("002", "800")]


def test_units_and_days_in_formats_of_xls_are_read_too():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for row, (value, code) in enumerate([(3, '0.0"亩"'), (1.2, '0.00"万平方米"'), (12, "0"), (1234.56, '0.00"元"')]):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    sheet.write(4, 0, 5, xlwt.easyxf(num_format_str='0"人"'))
    sheet.write(4, 1, 6, xlwt.easyxf(num_format_str='0"户"'))
    data = io.BytesIO()
    book.save(data)
    (read,) = read_content(data.getvalue(), "表.xls", FileLimits()).sheets
    assert read.cells["A"].to_list() == ["3亩", "1.2万平方米", "12", "1234.56元", "5人"]
    assert read.cells["B"][4] == "6户"
