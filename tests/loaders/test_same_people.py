"""One person, one member: namesakes stay apart, who is told again by name is found where one alone can be meant, and else waits."""

from __future__ import annotations

import itertools
from datetime import date
from functools import partial

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ledger_rows import SheetOrigin
from graph.problems import Problem
from graph.schema import SCHEMA
from graph.workspace import LoadedSheet
from loaders.formats.raw_sheet import RawFile
from loaders.intake import Intake, LoadOptions
from loaders.merging.merge import Merged, merge_loads
from tests.loaders.sheets import make_sheet

KEY = b"k" * 32
ROLL, NAMED, REPORT = "姓名 身份证号 所在党支部 工作单位", "姓名 所在党支部 工作单位", "姓名 工作单位 报到社区"
UNITS = (
    "驻区单位基本情况表",
    "单位名称 简称 地址",
    "东方红拖拉机有限公司 东拖 甲路1号",
    "中信重型机器有限公司 中信重机 乙路1号",
)
ONE, OTHER = "410305198001011234", "410305198101011235"


def load(number: int, title: str, headers: str, *rows: str) -> list[LoadedSheet]:
    """Return the sheets of a file with a title; cells stand apart by blanks, - is a blank cell."""
    cells = [[None if c == "-" else c for c in line.split(" ")] for line in (headers, *rows)]
    raw = make_sheet([[title], *cells], file=f"{title}.xlsx")
    made = Intake(LoadOptions(), KEY).read(RawFile(f"{title}.xlsx", f"{number:064d}", (raw,)), lambda _: f"l{number}")
    origin = SheetOrigin(digest=f"{number:064d}", title=title)
    return [
        LoadedSheet(made.id, number, made.file, s.sheet, s.register, s.scope, date(2026, 1, number), partial(pl.DataFrame.clone, s.frame), origin=origin)
        for s in made.sheets
    ]  # fmt: skip


def merge(*lists: tuple[str, ...]) -> Merged:
    sheets = [sheet for number, told in enumerate((UNITS, *lists), 1) for sheet in load(number, *told)]
    return merge_loads(sheets, SCHEMA)


def members(merged: Merged) -> int:
    return merged.tables.entities["Member"].filter(pl.col("valid_to").is_null()).height


def unsure(merged: Merged) -> list[Problem]:
    return [p for p in merged.problems if p.code == "person.unsure"]


ROLL_OF_TWO = ("党员花名册", ROLL, f"王伟 {ONE} 东拖第一党支部 东拖", f"李四 {OTHER} 东拖第一党支部 东拖")
SIX = ("党员花名册", NAMED, *["王伟 东拖第一党支部 东拖"] * 6)


def test_six_namesakes_of_one_branch_are_six_members_in_every_reload():
    assert members(merge(SIX)) == 6
    assert members(merge(SIX, ("党员花名册", NAMED, *SIX[2:]))) == 6


@pytest.mark.parametrize(
    ("roll", "report", "number", "waits"),
    [
        (ROLL_OF_TWO, "王伟 东方红拖拉机有限公司 松一社区", 2, 0),  # the same name and employer, whatever it is called
        (ROLL_OF_TWO, "王伟 中信重机 松一社区", 3, 0),  # a namesake of another employer is somebody else
        (ROLL_OF_TWO, "赵六 中信重机 松一社区", 3, 0),  # nobody of that name yet
        (("党员花名册", ROLL, f"王伟 {ONE} 东拖第一党支部 -", f"李四 {OTHER} - 东拖"), "王伟 中信重机 松一社区", 2, 1),  # only the name is told
        (("党员花名册", ROLL, f"王伟 {ONE} 东拖第一党支部 东拖", f"王伟 {OTHER} 东拖第二党支部 东拖"), "王伟 东拖 松一社区", 2, 1),
        (SIX, "王伟 东拖 松一社区", 6, 1),  # one of six
    ],
)  # fmt: skip
def test_who_is_told_again_by_name_is_found_or_waits_and_is_never_a_second_member(roll, report, number, waits):
    merged = merge(roll, ("双报到登记表", REPORT, report))
    assert members(merged) == number
    assert sum(dict(p.details)["count"] for p in unsure(merged)) == waits
    assert sum(o.rows.waiting for o in merged.outcomes.values()) >= waits
    # In whatever order the lists came.
    assert members(merge(("双报到登记表", REPORT, report), roll)) == number


def test_a_report_joins_the_member_whom_it_means():
    told = merge(
        ROLL_OF_TWO, ("双报到登记表", REPORT, "王伟 东拖 松一社区"), ("社区基本情况表", "社区名称 户数", "松一社区 900")
    )
    reported = told.tables.relations["REPORTED_TO", "Member", "Community"]
    branch = told.tables.relations["BELONGS_TO_BRANCH", "Member", "PartyOrganization"]
    assert set(reported["source"]) <= set(branch["source"])
    assert reported.height == 1


def test_two_rows_that_only_one_member_can_be_both_wait():
    merged = merge(ROLL_OF_TWO, ("双报到登记表", REPORT, "王伟 东拖 松一社区", "王伟 东拖 松二社区"))
    assert members(merged) == 2
    assert dict(unsure(merged)[0].details) == {"count": 2, "where": "3、4"}


def test_lists_by_name_only_that_spell_a_branch_differently_tell_of_one_member():
    other = ("在职党员名册", NAMED, "王伟 东方红拖拉机有限公司第一党支部 -")
    assert members(merge(("党员花名册", NAMED, "王伟 东拖第一党支部 东拖"), other)) == 1


NAMES = ("王伟", "李四", "赵六")
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["东拖", "中信重机"]), st.booleans()), min_size=1, max_size=6
)


@settings(max_examples=10, deadline=None)
@given(ROWS, ROWS)
def test_a_second_list_adds_nobody_who_may_be_there_and_takes_nobody_away(first, second):
    """A roll, by number or by name, and reports by name: as many members as the roll has rows, and those whom it cannot mean."""
    numbers = itertools.count(1)
    roll = [f"{n} {f'4103051980010112{next(numbers):02d}' if has else '-'} {u}第一党支部 {u}" for n, u, has in first]
    reports = [f"{n} {u} 松一社区" for n, u, _ in second]
    known = {(n, u) for n, u, _ in first}
    new = sum((n, u) not in known for n, u, _ in second)
    merged = merge(("党员花名册", ROLL, *roll), ("双报到登记表", REPORT, *reports))
    assert len(first) <= members(merged) <= len(first) + new
    waits = sum(dict(p.details)["count"] for p in unsure(merged))
    assert members(merged) + waits >= len(first) + new


def test_numbers_that_a_spreadsheet_rounded_are_told_and_make_no_two_people_one():
    rows = [
        f"{n} {number} 松一党支部"
        for number in ("410305198001011000", "410305198001012000")
        for n in ("甲一", "乙二", "丙三")
    ]
    sheets = load(1, "党员花名册", "姓名 身份证号 所在党支部", *rows)
    assert sheets[0].frame()["pseudonym"].n_unique() == 6
    made = Intake(LoadOptions(), KEY).read(
        RawFile("f", "0" * 64, (make_sheet([["党员花名册"], ["姓名", "身份证号", "所在党支部"], *([n, "4.10305E+17", "松一党支部"] for n in NAMES)]),)),
        lambda _: "l",
    )  # fmt: skip
    assert [p["code"] for p in made.report["problems"]] == ["number.rounded"]
    assert made.sheets[0].frame["pseudonym"].n_unique() == 3


def test_a_number_beside_two_names_is_told_and_not_used():
    made = load(
        1,
        "党员花名册",
        ROLL,
        f"王伟 {ONE} 东拖第一党支部 东拖",
        f"李四 {ONE} 东拖第一党支部 东拖",
        f"赵六 {OTHER} 东拖第一党支部 东拖",
    )
    frame = made[0].frame()
    assert frame["pseudonym"].n_unique() == 3
    assert frame["_by_name"].sum() == 2
