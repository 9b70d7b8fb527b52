"""Names in cells stand for the right unit, or for none."""

import polars as pl
import pytest

from loaders.names.resolve import Registry, Unit, match_names

UNITS = [
    Unit("e1", "Enterprise", "中国东方红拖拉机集团有限公司", ("东拖",)),
    Unit("e2", "Enterprise", "东方红拖拉机股份有限公司", ("东拖股份",)),
    Unit("e3", "Enterprise", "河阳中信重型机器集团有限公司", ("中信重机",)),
    Unit("e4", "Enterprise", "电缆有限责任公司", ("涧缆",)),
    Unit("e5", "Enterprise", "涧东轴承集团有限公司"),
    Unit("c1", "Community", "青四社区", (), "sub:青石桥"),
    Unit("c2", "Community", "建设社区", (), "sub:青石桥"),
    Unit("c3", "Community", "建设社区", (), "sub:武汉路"),
    Unit("c4", "Community", "长宁路社区", (), "sub:长宁路"),
    Unit("sub:青石桥", "Subdistrict", "青石桥街道"),
    Unit("sub:武汉路", "Subdistrict", "武汉路街道"),
    Unit("sub:长宁路", "Subdistrict", "长宁路街道"),
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(UNITS)


@pytest.mark.parametrize(
    ("mention", "unit"),
    [
        ("中国东方红拖拉机集团有限公司", "e1"),
        ("中国东方红拖拉机集团", "e1"),
        ("东拖", "e1"),
        ("东拖党委", "e1"),
        ("中共中国东方红拖拉机集团有限公司委员会", "e1"),
        ("東方紅拖拉機股份", "e2"),
        ("东拖股份", "e2"),
        (" 河阳中信重型机器 集团", "e3"),
        ("电缆", "e4"),
        ("电缆有限公司", "e4"),
        ("青四", "c1"),
        ("青四社区居委会", "c1"),
        ("青石桥街道青四社区党总支", "c1"),
        ("河阳市涧东区青石桥青四社区", "c1"),
        ("武汉路街道建设社区", "c3"),
        ("青石桥办事处建设社区居委会", "c2"),
        ("长宁路社区", "c4"),
        ("长宁路街道长宁路社区", "c4"),
        ("青石桥街道办事处", "sub:青石桥"),
    ],
)
def test_a_name_stands_for_its_unit(registry: Registry, mention: str, unit: str) -> None:
    assert registry.resolve(mention).id == unit


@pytest.mark.parametrize(
    ("mention", "code"),
    [
        ("东方红拖拉机", "unit.ambiguous"),  # the group or the listed company
        ("建设社区", "unit.ambiguous"),  # in two streets
        ("X集团", "unit.masked"),
        ("某公司", "unit.masked"),
        ("涧轴", "unit.unknown"),  # a short name that nobody declared
        ("河阳中信重型机器股份有限公司", "unit.unknown"),  # another legal person
        ("东方红拖拉机集团二装厂", "unit.unknown"),
    ],
)
def test_a_doubtful_name_is_never_merged(registry: Registry, mention: str, code: str) -> None:
    found = registry.resolve(mention)
    assert (found.id, found.code) == (None, code)


def test_a_short_name_is_suggested_first(registry: Registry) -> None:
    assert registry.resolve("涧轴").suggestions[0] == "涧东轴承集团有限公司"


def test_only_the_asked_kinds_count(registry: Registry) -> None:
    assert registry.resolve("东拖", {"Community"}).id is None


def test_a_decision_makes_a_name_known_and_another_bars_it() -> None:
    assert Registry(UNITS, decided={"涧轴": "e5"}).resolve("涧轴").id == "e5"
    assert Registry(UNITS, barred=frozenset({("东拖", "e1")})).resolve("东拖").id is None


def test_match_names_answers_by_itself() -> None:
    registry = pl.DataFrame(
        {"id": ["1", "2", "3"], "name": ["洛阳轴承集团有限公司", "洛阳耐火材料厂", "中国一拖集团有限公司"]}
    )
    answer = match_names(["洛轴", "洛阳轴承集团", "X集团"], registry)
    first = {row["name"]: row for row in answer.filter(pl.col("rank") == 1).iter_rows(named=True)}
    assert (first["洛轴"]["candidate_id"], first["洛轴"]["verdict"]) == ("1", "ask")
    assert (first["洛阳轴承集团"]["candidate_id"], first["洛阳轴承集团"]["verdict"]) == ("1", "same")
    assert first["X集团"]["verdict"] == "none"
