"""The employer out of a cell that tells a job too: the unit's name is read, the job is stored nowhere."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kinds import Link
from graph.schema import SCHEMA
from loaders import map_headers
from loaders.merging.links import Resolver
from loaders.names.resolve import Registry, Unit
from loaders.vocabulary.job_titles import cut_job, is_beside_unit, is_department

LINK = SCHEMA.register("members").column("employer")


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("东拖工程师", "东拖"), ("东拖（退休）", "东拖"), ("东拖(退休)", "东拖"), ("东拖车间主任", "东拖"), ("东拖、退休", "东拖"), ("东拖-工会主席", "东拖"),
        ("东方红拖拉机集团 总装分厂 党支部书记", "东方红拖拉机集团 总装分厂"), ("东拖第二车间班长", "东拖"), ("东拖原副厂长", "东拖"), ("东拖财务科科长", "东拖"),
        ("中信重工机械股份有限公司总经理助理", "中信重工机械股份有限公司"), ("洛阳市第一中学教师", "洛阳市第一中学"), ("区委组织部部长", "区委组织部"),
        ("长安路街道办事处主任", "长安路街道办事处"), ("松一社区党支部书记", "松一社区"), ("建行客户经理", "建行"),
        ("退休（原东拖）", "东拖"), ("原中信重工机械股份有限公司（退休）", "中信重工机械股份有限公司"), ("离退休（原东拖车间主任）", "东拖"), ("原料公司", "原料公司"),
        # No job: what a unit is called stays whole.
        ("东拖（集团）", "东拖（集团）"), ("一拖（东区）", "一拖（东区）"), ("东拖财务科", "东拖财务科"), ("老干部局", "老干部局"), ("正大会计师事务所", "正大会计师事务所"),
        ("河阳技师学院", "河阳技师学院"), ("东拖职工医院", "东拖职工医院"), ("工人日报社", "工人日报社"), ("保安公司", "保安公司"), ("总工会", "总工会"),
        # No unit.
        ("务农", ""), ("无业", ""), ("退休", ""), ("个体", ""), ("教师", ""), ("退休教师", ""), ("自由职业", ""), ("社区书记", ""), ("外出务工", ""),
    ],
)  # fmt: skip
def test_a_job_behind_a_unit_is_cut_and_a_unit_is_not(cell, unit):
    assert cut_job(cell) == unit


UNITS = st.sampled_from(
    ["东拖", "中信重机", "河阳轴承集团有限公司", "长安路街道办事处", "河阳市第二人民医院", "松一社区居委会"]
)
RANKS = st.sampled_from(["", "副", "高级", "党支部", "原", "第三车间", "办公室"])
JOBS = st.sampled_from(["工程师", "主任", "书记", "技术员", "经理", "会计", "职工", "退休干部", "车工", "司机", "退休"])


@given(UNITS, st.sampled_from(["", " ", "、", "（", "/", "，"]), RANKS, JOBS)
def test_however_a_job_is_joined_to_a_unit_the_unit_is_left(unit, mark, rank, job):
    assert cut_job(f"{unit}{mark}{rank}{job}{'）' if mark == '（' else ''}") == unit


@pytest.mark.parametrize(
    "header", ["工作单位及职务", "单位及职务", "单位、职务或职业", "现工作单位职务", "工作单位(职务)", "任职单位和岗位"]
)
def test_a_header_that_asks_for_a_job_too_is_that_of_the_employer(header):
    row = map_headers(["姓名", "身份证号", "所在党支部", header], "members").row(3, named=True)
    assert (row["field"], row["treatment"]) == ("employer", "mapped")
    assert (
        map_headers(["姓名", "身份证号", "所在党支部", "职务"], "members").row(3, named=True)["treatment"]
        == "dropped_personal"
    )


def test_a_department_behind_a_known_unit_is_of_that_unit_and_a_company_is_another():
    assert isinstance(LINK, Link)
    registry = Registry([Unit("ent:1", "Enterprise", "东方红拖拉机集团有限公司", aliases=("东拖",))])
    cells = [
        "东拖 总装分厂",
        "东拖二车间",
        "东拖财务科",
        "东拖",
        "东拖销售公司",
        "东拖二分厂",
        "东拖研究院",
        "某拖车间",
    ]
    found = Resolver(registry).resolve(LINK, pl.Series(cells))
    ids = dict(found.select("mention", "id").iter_rows())
    assert {cell for cell, unit in ids.items() if unit} == {
        "东拖 总装分厂",
        "东拖二车间",
        "东拖财务科",
        "东拖",
        "东拖二分厂",
    }
    assert is_department("总装分厂")
    assert not is_department("第二拖拉机厂")


@pytest.mark.parametrize(
    ("rest", "beside"),
    [("通风区区长", True), ("机电科科长兼", True), ("(矿井工程师)", True), ("总装分厂", True), ("第二机械厂", False), ("物业有限公司", False), ("附属中学", False)],
)  # fmt: skip
def test_what_follows_a_units_name_is_a_job_or_a_part_unless_it_is_a_unit_of_its_own(rest, beside):
    assert is_beside_unit(rest) is beside
