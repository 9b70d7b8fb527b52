"""Text files: every encoding and delimiter reads back as written, a damaged row costs itself only."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import FileTypeError
from graph.settings import Settings
from loaders.formats.content import read_content
from loaders.formats.delimited import has_regular_quotes
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import RawSheet
from loaders.loading import load_paths

HEADER = ["单位名称", "数量", "日期", "备注说明"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
TABLE = [
    HEADER,
    ["中国一拖集团有限公司", "12", "2026-12-31", "含“引号”、逗号,和\n换行"],
    ["重二社区", "3", "2019.1", "㐀𠀀"],
]


def read(content: bytes, limits: FileLimits | None = None) -> RawSheet:
    raw = read_content(content, "台账.csv", limits or FileLimits())
    assert raw.error is None, raw.error
    return raw.sheets[0]


def write_csv(
    rows: list[list[str]], delimiter: str = ",", line_end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return text.getvalue()


def as_read(rows: list[list[str]]) -> list[tuple[str | None, ...]]:
    return [tuple(cell if cell.strip() else None for cell in row) for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_all_encodings_and_delimiters_give_the_same_cells(encoding, delimiter):
    sheet = read(write_csv(TABLE, delimiter).encode(encoding))
    assert sheet.cells.rows() == as_read(TABLE)
    assert sheet.cells.columns == ["A", "B", "C", "D"]
    assert sheet.name == "台账"


printable = st.characters(exclude_categories=["C", "Z"], exclude_characters=",;|\ufffd", codec="gb18030")
# An apostrophe at a cell's head says that it is text, and goes (test_number_formats.py); as do the signs of ="00123".
cells = st.text(st.one_of(printable, st.sampled_from(' "\n-，')), max_size=8).filter(
    lambda text: not text or (text.strip() and text.lstrip()[0] not in "'=")
)
tables = st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=8)


@settings(max_examples=50, deadline=None)
@given(
    rows=tables,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_reads_back_as_written(rows, encoding, delimiter, line_end, quoting):
    table = [HEADER, *rows, ["末", "末", "末", "末"]]
    sheet = read(write_csv(table, delimiter, line_end, quoting).encode(encoding))
    assert sheet.cells.rows() == as_read(table)
    assert sheet.problems == ()


@settings(max_examples=300, deadline=None)
@given(st.text('ab,"\n', max_size=40))
def test_quotes_called_regular_are_read_alike_by_both_readers(text):
    content = text.encode()
    if has_regular_quotes(content, ","):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        written = write_csv(rows, line_end="\n", quoting=csv.QUOTE_ALL)
        assert list(csv.reader(io.StringIO(written, newline=""))) == rows


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text('a,;"\n\0\ufffd', max_size=40).map(str.encode))
def test_any_bytes_give_cells_or_an_error_and_never_a_crash(content):
    raw = read_content(content, "a.csv", FileLimits())
    assert bool(raw.sheets) != bool(raw.error)


def test_rows_of_other_lengths_are_kept_whole():
    sheet = read("附件1\n单位名称,数量\n甲,1,多余\n乙\n".encode())
    assert sheet.cells.rows() == [
        ("附件1", None, None),
        ("单位名称", "数量", None),
        ("甲", "1", "多余"),
        ("乙", None, None),
    ]
    assert sheet.problems == ()


def test_blank_lines_keep_their_row_numbers():
    sheet = read("\n\n单位名称,数量\n\n甲,1\n\n\n".encode())
    assert sheet.cells.rows() == [(None, None), (None, None), ("单位名称", "数量"), (None, None), ("甲", "1")]


def test_a_single_column_is_a_table_too():
    assert read("单位名称\n甲\n\n乙".encode()).cells.rows() == [("单位名称",), ("甲",), (None,), ("乙",)]


def test_an_open_quote_costs_its_own_row_only():
    sheet = read('单位名称,数量\n甲,1\n乙,"2\n丙,3\n丁,"4,四"\n戊,5\n'.encode())
    assert sheet.cells.rows() == [
        ("单位名称", "数量"),
        ("甲", "1"),
        (None, None),
        ("丙", "3"),
        ("丁", "4,四"),
        ("戊", "5"),
    ]
    (problem,) = sheet.problems
    assert (problem.code, problem.severity, problem.row) == ("row.damaged", "error", 3)
    assert "第 3 行引号不成对" in problem.message("zh")
    assert "line 3" in problem.message("en")


def test_an_open_quote_that_a_later_one_seems_to_close_swallows_nothing():
    rows = "".join(f"单位{i},{i}\n" for i in range(1000))
    sheet = read(f'单位名称,数量\n甲,"1\n{rows}乙,2"\n丙,"\n'.encode())
    assert sheet.cells.height > 1000
    assert "单位500" in sheet.cells["A"].to_list()
    assert sheet.problems[0].row == 2


def test_a_nul_costs_its_own_row_and_names_the_line():
    sheet = read('单位名称,数量\n"甲\n厂",1\n乙,\x002\n丙,3\n'.encode())
    assert sheet.cells["A"].to_list() == ["单位名称", "甲\n厂", None, "丙"]
    assert sheet.problems[0].row == 3
    assert "第 4 行" in sheet.problems[0].message("zh")
    assert "NUL" in sheet.problems[0].message("en")


@pytest.mark.parametrize(
    "content",
    ["单位名称,数量\n甲,1\n".encode() + b"\xed\xa0\x80,2\n" + "丙,3\n".encode(), b"name,n\na,1\n\xed\xa0\x80,2\nc,3\n"],
    ids=["chinese", "ascii"],
)
def test_a_lone_surrogate_costs_its_own_row(content):
    sheet = read(content)
    assert sheet.cells["B"].to_list()[1:] == ["1", None, "3"]
    assert [problem.row for problem in sheet.problems] == [3]


def test_a_few_broken_bytes_do_not_change_the_encoding_of_the_rest():
    content = ("单位名称,数量\n" + "重二社区,1\n" * 50_000).encode() + b"\xff\xfe,2\n" + "丙,3\n".encode()
    sheet = read(content)
    assert sheet.cells["A"].to_list()[0] == "单位名称"
    assert sheet.cells["A"].to_list()[-1] == "丙"
    assert [problem.row for problem in sheet.problems] == [50_002]


def test_a_field_of_a_megabyte_costs_its_own_row():
    sheet = read("单位名称,数量\n甲,1\n".encode() + b"x" * 1_000_000 + b",2\n" + "丙,3\n".encode())
    assert sheet.cells["B"].to_list() == ["数量", "1", None, "3"]
    assert [(problem.code, problem.row) for problem in sheet.problems] == [("row.damaged", 3)]


def test_formulas_and_long_numbers_stay_text():
    sheet = read("单位名称,代码\n=HYPERLINK(1),00123\n@x,410305199001011234\n".encode())
    assert sheet.cells.rows()[1:] == [("=HYPERLINK(1)", "00123"), ("@x", "410305199001011234")]


def test_old_line_ends_are_line_ends():
    assert read("单位名称,数量\r甲,1\r".encode()).cells.rows() == [("单位名称", "数量"), ("甲", "1")]


def test_binary_rubbish_is_no_text():
    raw = read_content(bytes(range(256)) * 100, "a.csv", FileLimits())
    assert isinstance(raw.error, FileTypeError)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_graph(tmp_path, encoding):
    text = "场地名称\t资源类型\t面积\t可容纳人数\r\n大礼堂\t礼堂\t120㎡\t80\r\n“小”会议室\t会议室\t30\t20人\r\n"
    digests = []
    for name in ("utf-8", encoding):
        marked = "\ufeff" + text if name in {"utf-16-le", "utf-16-be"} else text
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "场地.txt").write_bytes(marked.encode(name))
        own = Settings(workspace=folder / "w", key_file=folder / "key")
        digests.append(load_paths(folder / "w", [folder / "场地.txt"], settings=own).digest)
    assert digests[0] == digests[1]
