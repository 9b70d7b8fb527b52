"""The figures of names: how well short names fit full ones, and which units are suggested, on either side of each of them."""

import pytest

from loaders.names.registry import Registry
from loaders.names.resolve import Unit
from loaders.names.scores import comparable
from loaders.names.similarity import NameIndex

BEARING, LISTED, TRACTORS = "洛阳轴承集团有限公司", "洛阳轴承股份有限公司", "中国第一拖拉机集团公司"
NAMES = [
    BEARING, LISTED, TRACTORS, "洛阳轴承研究所", "一汽解放汽车公司", "洛阳移动服务站", "解放军医院", "中信重工机械股份有限公司", "ABC阀门厂",
    "洛阳矿山机械厂", "长宁路社区", "光华电子厂", "光华电子科技股份有限公司", "河洛文化传播集团", "东方红文化馆",
]  # fmt: skip


def index(*names: str) -> NameIndex:
    return NameIndex([(name, (comparable(name),)) for name in names])


@pytest.fixture(scope="module")
def known() -> NameIndex:
    return index(*NAMES)


@pytest.mark.parametrize(
    ("short", "full", "score"),
    [
        ("洛轴", BEARING, 0.8811), ("洛轴", LISTED, 0.8379), ("洛轴", "洛阳轴承研究所", 0.7737),  # the group rather than its listed company
        ("洛轴股份", LISTED, 0.9576), ("洛轴股份", BEARING, 0.3552), ("河洛集团", "河洛文化传播集团", 0.8286),  # an equal end
        ("一拖", TRACTORS, 0.8017), ("一托", TRACTORS, 0.4407),  # a character of the same sound
        ("ABC", "ABC阀门厂", 0.751), ("阀门", "ABC阀门厂", 0.7562), ("光华", "光华电子厂", 0.8071), ("长社区", "长宁路社区", 0.909),
    ],
)  # fmt: skip
def test_a_short_name_fits_a_full_one(known: NameIndex, short: str, full: str, score: float) -> None:
    assert dict(known.rank(short, 8))[full] == pytest.approx(score, abs=2e-4)


BRANCH = "中国移动通信集团河南有限公司洛阳分公司"


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("洛阳移动", 0.7176), ("洛阳移", 0.19),  # four characters or more
        ("洛阳移动通信集团河公", 0.8023), ("洛阳移动通信集团河南公", 0.6077),  # ten at most
        ("移动洛阳", 0.7716),
    ],
)  # fmt: skip
def test_a_place_may_stand_before_what_it_is_a_branch_of(written: str, score: float) -> None:
    assert dict(index(BRANCH, *NAMES[:4]).rank(written, 9)).get(BRANCH, 0.0) == pytest.approx(score, abs=2e-4)


def test_twenty_eight_characters_of_a_name_are_compared() -> None:
    assert len(comparable("某" * 29)) == 28


def test_of_units_with_many_names_six_of_each_count() -> None:
    def ranked(names: int) -> list[str]:
        forms = tuple(f"甲乙丙{n}" for n in "一二三四五六七八九十百千"[:names])
        return [unit for unit, _ in NameIndex([("many", forms), ("one", ("甲乙丁戊己庚辛壬",))]).rank("甲乙丙", 2)]

    assert ranked(11) == ["many", "one"] and ranked(12) == ["many"]


def test_three_units_are_suggested_of_four_times_as_many_that_are_looked_at() -> None:
    assert (
        len(Registry([Unit(f"e{n}", "Enterprise", f"甲乙丙{n}厂") for n in "一二三四"]).resolve("甲乙丙厂").suggestions)
        == 3
    )
    for others, found in ((11, ("甲乙子午戊己社区",)), (12, ())):
        units = [
            Unit(f"e{n:02}", "Enterprise", f"甲乙{c}厂") for n, c in enumerate("丙丁戊己庚辛壬癸子丑寅卯"[:others])
        ]
        registry = Registry([*units, Unit("x", "Community", "甲乙子午戊己社区")])
        assert registry.resolve("甲乙", {"Community"}).suggestions == found


def test_a_legal_word_may_be_left_out_of_a_name_of_four_characters() -> None:
    registry = Registry([Unit("e1", "Enterprise", "东方电缆"), Unit("e2", "Enterprise", "红电缆")])
    assert registry.resolve("东方电缆有限公司").id == "e1"
    assert registry.resolve("红电缆有限公司").id is None
