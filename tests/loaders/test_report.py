"""The load report as people get it: a workbook with comments, a page without script, the same facts in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from graph.problems import WARNING, Problem
from graph.settings import Settings
from graph.texts import Said
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from loaders.report.screen import save_report

VENUES = "场地名称,资源类型,产权单位,面积,使用条件,可容纳人数,联系人\n"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> LoadResult:
    folder = tmp_path_factory.mktemp("report")
    (folder / "in").mkdir()
    venues = (
        VENUES
        + "大礼堂,礼堂,河阳轴承,-20,先打招呼,很多,某甲\n小会议室,会议室,不存在的单位,80㎡,先打招呼,20人,某乙\n,会议室,,50,,20,\n"
    )
    (folder / "in" / "场地.csv").write_text(
        "填报单位：长安路街道办事处,,填报时间：2026年6月\n" + venues, encoding="utf-8"
    )
    (folder / "in" / "企业.csv").write_text("单位名称,职工人数\n河阳轴承股份有限公司,abc\n", encoding="utf-8")
    (folder / "in" / "签到.csv").write_text("姓名,签名\n某甲,\n", encoding="utf-8")
    return load_paths(folder / "w", [folder / "in"], settings=Settings(workspace=folder / "w", key_file=folder / "key"))


def test_every_bad_cell_has_its_comment_also_in_rows_that_were_not_loaded(result: LoadResult, tmp_path: Path) -> None:
    save_report(result, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book["场地"]
    headings = [cell.value for cell in sheet[1]]
    noted = {
        (sheet.cell(c.row, 1).value, headings[c.column - 1]): c.comment.text
        for row in sheet.iter_rows()
        for c in row
        if c.comment
    }
    placed = [p for p in result.problems if p.file == "场地.csv" and p.row]
    assert len(placed) >= 4
    assert {row for row, _ in noted} - {"行"} == {p.row for p in placed}
    assert "不能为负数" in noted[3, "面积"]
    assert "不是数字" in noted[3, "可容纳人数"]
    assert "场地名称" in noted[5, "场地名称"], "a field is told by its header, not by its name in the schema"


def test_the_workbook_says_what_each_column_was_taken_for(result: LoadResult, tmp_path: Path) -> None:
    save_report(result, tmp_path / "r.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx")["列的含义"].iter_rows(values_only=True))
    told = {row[3]: row for row in rows[1:] if row[0] == "场地.csv"}
    assert told["面积"][6] == "已对应"
    assert told["联系人"][6] == "个人信息，已去除"
    asked = told["使用条件"]
    assert asked[6] == "请确认"
    assert "fee" in asked[7]
    assert asked[8].startswith("shilian decide header venues") and "--sender 长安路街道办事处" in asked[8]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_tells_files_columns_problems_and_names(result: LoadResult, tmp_path: Path, lang: str) -> None:
    save_report(result, tmp_path / "r.html", lang)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "长安路街道办事处" in page and "2026-06-30" in page
    assert "某甲" not in page
    assert page.count("<section>") == 5
    assert re.search(r"<p>[^<]*(等待认名|wait for a name)[^<]*不存在的单位", page)
    assert "不存在的单位" in page and "shilian decide same 河阳轴承 河阳轴承股份有限公司" in page
    assert f'<html lang="{lang}">' in page
    assert ("跳过" in page) == (lang == "zh") and ("skipped" in page) == (lang == "en")


def test_the_page_needs_no_script_and_loads_nothing(result: LoadResult, tmp_path: Path) -> None:
    save_report(result, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|\bsrc=|\bhref=|\bon\w+=|style=", page)


def test_problems_of_one_kind_stand_together_with_their_number(result: LoadResult, tmp_path: Path) -> None:
    save_report(result, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    numbers = sum(p.code == "number.form" for p in result.problems)
    assert numbers == 2
    said = re.search(
        r"<b>“(很多)”不是数字</b>.*<b>“(abc)”不是数字</b>|<b>“(abc)”不是数字</b>.*<b>“(很多)”不是数字</b>", page, re.S
    )
    assert said, "one message a column"


def test_a_stored_problem_says_the_same_when_it_is_read_back() -> None:
    hidden = Problem("sheet.hidden", WARNING, "表.xlsx", "Sheet1", details=(("what", Said("行（2）", "rows (2)")),))
    again = Problem.restore(json.loads(json.dumps(hidden.store())))
    assert again == hidden
    assert (again.message("zh"), again.message("en")) == ("隐藏的行（2）也已读取", "hidden rows (2) were read too")
