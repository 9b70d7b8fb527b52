"""What a person can do is kept where it is a known craft or service; all else that stands in such a column is dropped and told."""

import polars as pl
import pytest

from graph.problems import WARNING
from graph.schema import SCHEMA
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_table
from loaders.sheets.table_finder import find_tables
from loaders.vocabulary.crafts import is_craft, keep_crafts
from loaders.vocabulary.word_figures import LONGEST_CRAFT
from tests.loaders.sheets import make_sheet

CRAFTS = [
    "书法",
    "会修手机",
    "钢琴十级",
    "心理咨询师",
    "A1驾照",
    "围棋段位",
    "党务工作二十年",
    "钳工",
    "电工证",
    "会糊灯笼",
    "环境监督岗",
    "老年病护理",
    "助残服务",
    "球类裁判",
]
PRIVATE = [
    "患有高血压", "低保户", "信仰基督教", "受过警告处分", "多次上访", "需要护理", "因酒驾被拘留", "身体不好需要照护", "残疾三级", "练法轮功", "信佛念经", "吸毒史", "困难党员", "离异", "长期服药", "曾被判刑",
    "社区矫正", "参加邪教组织", "癌症康复期", "基督教堂唱诗", "退伍军人", "张建国", "13800138000", "[已隐去]",
]  # fmt: skip


@pytest.mark.parametrize("word", CRAFTS)
def test_a_craft_is_kept(word):
    assert is_craft(word)


@pytest.mark.parametrize("word", PRIVATE)
def test_what_is_no_craft_or_private_is_not(word):
    assert not is_craft(word)


def test_a_skill_is_no_sentence():
    assert is_craft("修" * LONGEST_CRAFT)
    assert not is_craft("修" * (LONGEST_CRAFT + 1))


def test_of_a_list_the_crafts_stay():
    kept, lost = keep_crafts(pl.Series([["书法", "低保户"], ["低保户"], ["书法"], None], dtype=pl.List(pl.String)))
    assert kept.to_list() == [["书法"], None, ["书法"], None]
    assert lost.to_list() == [True, True, False, False]


def test_a_roll_tells_how_many_cells_lost_a_word_and_never_which_word():
    rows = [
        ["姓名", "所在党支部", "特长"],
        ["王建国", "一拖第一党支部", "书法、患有高血压"],
        ["李秀英", "一拖第一党支部", "信仰基督教"],
        ["张明华", "一拖第一党支部", "二胡"],
    ]
    table = find_tables(make_sheet([["党员花名册"], *rows]))[0]
    records = clean_table(table, map_table(table, SCHEMA), b"0" * 32)
    skills = records.frame.sort("row")["@skill"].to_list()
    assert skills == [["书法"], None, ["二胡"]]
    told = [p for p in records.problems if p.field == "skill"]
    assert {(p.severity, p.value) for p in told} <= {(WARNING, ""), (WARNING, "[已隐去]"), (WARNING, "书法、[已隐去]")}
    assert len({p.row for p in told}) == 2
