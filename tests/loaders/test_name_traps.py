"""A name is merged only where nothing else can be meant: relatives, parts, places, masks and look-alikes are asked about."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.district.invented_names import credit_code, firm_names
from loaders.names.resolve import Registry, Unit, match_names, street_core

# What is written, and the only unit known: a relative, a part, a namesake elsewhere, a look-alike. None may be merged.
SISTERS = [
    ("河阳轴承集团有限公司", "河阳轴承股份有限公司"),
    ("河阳轴承", "河阳轴承股份有限公司"),
    ("河阳轴承", "河阳轴承集团有限公司"),
    ("河阳轴承股份", "河阳轴承有限公司"),
    ("河阳轴承有限公司", "河阳轴承总公司"),
    ("河阳轴承厂", "河阳轴承有限公司"),
    ("东方红拖拉机集团", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司工会", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司职工医院", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司河阳分公司", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司（二装厂）", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司", "中国东方红拖拉机集团有限公司工会"),
    ("中国东方红拖拉机集团有限公司", "中共中国东方红拖拉机集团有限公司委员会"),
    ("中国东方红拖拉机集团有限公司第三党支部", "中国东方红拖拉机集团有限公司"),
    ("中国东方红拖拉机集团有限公司离退休党支部", "中国东方红拖拉机集团有限公司"),
    ("东风汽车（河阳）有限公司", "东风汽车有限公司"),
    ("东风汽车有限公司", "东风汽车（河阳）有限公司"),
    ("东风汽车（集团）公司", "东风汽车有限公司"),
    ("中铁十一局集团有限公司", "中铁一局集团有限公司"),
    ("河阳市第一中学", "河阳市第二中学"),
    ("河阳一中", "河阳市第一中学"),
    ("郑州市第一人民医院", "第一人民医院"),
    ("郑州市建设社区", "建设社区"),
    ("建设村", "建设社区"),
    ("建设村委会", "建设社区"),
    ("建设路社区", "建设社区"),
    ("东建设社区", "建设社区"),
    ("长宁路东社区", "长宁路西社区"),
    ("建设", "建设社区"),
    ("阳光社区", "阳光有限公司"),
    ("阳光有限公司", "阳光社区"),
    ("阳光街道", "阳光社区"),
    ("长宁路", "长宁路街道"),
    ("长宁镇", "长宁街道"),
    ("武汉路街道建设社区", "建设社区"),
    ("重二社区第一党支部", "重二社区"),
    ("长宁路第一党支部", "长宁路第一社区"),
    ("重一社区", "重二社区"),
    ("众二社区", "重二社区"),
    ("一托集团", "一拖集团"),
    ("一拖集团有限公司", "一拖"),
]


@pytest.mark.parametrize(("written", "known"), SISTERS)
def test_a_relative_or_namesake_is_never_merged(written: str, known: str) -> None:
    assert verdict(written, known) != "same"


SPELLINGS = [
    ("河阳轴承有限公司", "河阳轴承有限责任公司"),
    ("河阳轴承", "河阳轴承有限公司"),
    ("河阳轴承公司", "河阳轴承有限公司"),
    ("中国化工", "中国化工有限责任公司"),
    ("中国农机研究院", "中国农机研究院有限公司"),
    ("河阳轴承集团", "河阳轴承集团有限公司"),
    ("河阳轴承(集团)公司", "河阳轴承集团有限公司"),
    ("河 阳 轴 承 集 团 有 限 公 司", "河阳轴承集团有限公司"),
    ("河陽軸承集團有限公司", "河阳轴承集团有限公司"),
    ("河阳ＬＹＣ轴承有限公司", "河阳lyc轴承有限公司"),
    ("河阳轴承集团有限公司（盖章）", "河阳轴承集团有限公司"),
    ("河阳轴承集团有限公司（河轴）", "河阳轴承集团有限公司"),
    ("河轴（河阳轴承集团有限公司）", "河阳轴承集团有限公司"),
    ("河阳轴承集团有限公司（原河阳轴承厂）", "河阳轴承集团有限公司"),
    ("中共河阳轴承集团有限公司委员会", "河阳轴承集团有限公司"),
    ("河阳轴承集团党委", "河阳轴承集团有限公司"),
    ("一汽大众汽车有限公司", "一汽-大众汽车有限公司"),
    ("重二", "重二社区"),
    ("重二社区居委会", "重二社区"),
    ("重二社区居民委员会", "重二社区"),
    ("重二社区党委", "重二社区"),
    ("兴隆村委会", "兴隆村民委员会"),
    ("长安路办事处", "长安路街道办事处"),
    ("河阳轴承集团三支部", "河阳轴承集团第三党支部"),
    ("河阳轴承集团3支部", "河阳轴承集团第三党支部"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "known"), SPELLINGS)
def test_another_spelling_is_merged(written: str, known: str) -> None:
    assert verdict(written, known) == "same"


@pytest.mark.parametrize("other", ["中国化工集团有限公司", "中国化工橡胶有限公司", "中国化工有限公司河阳分公司"])
def test_a_name_without_its_legal_form_is_asked_about_where_others_begin_so(other: str) -> None:
    known = pl.DataFrame({"id": ["1", "2"], "name": ["中国化工有限责任公司", other]})
    assert match_names(["中国化工"], known)["verdict"][0] == "ask"


def verdict(written: str, known: str, **more: Any) -> str:
    frame = pl.DataFrame({"id": ["1"], "name": [known], **{k: [v] for k, v in more.items()}})
    return str(match_names([written], frame)["verdict"][0])


def test_a_community_is_told_by_its_street_or_area() -> None:
    registry = pl.DataFrame(
        {
            "id": ["a", "b", "c"],
            "name": ["建设社区", "建设社区", "青四社区"],
            "area": ["河阳市涧东区", "河阳市西岭区", "青石桥街道"],
        }
    )
    asked = ["建设社区", "西岭区建设社区", "河阳市涧东区建设社区居委会", "南岭区建设社区", "青石桥街道青四社区"]
    answer = match_names(asked, registry).filter(pl.col("rank") == 1)
    assert dict(answer.select("name", "verdict").iter_rows()) == {
        "建设社区": "ask", "西岭区建设社区": "same", "河阳市涧东区建设社区居委会": "same", "南岭区建设社区": "ask", "青石桥街道青四社区": "same",
    }  # fmt: skip
    assert answer["candidate_id"].to_list()[1:3] == ["b", "a"]


def test_a_credit_code_counts_unless_the_name_beside_it_says_something_else() -> None:
    import random

    code, other = (credit_code(random.Random(seed)) for seed in (1, 2))
    units = [
        Unit(f"uscc:{code}", "Enterprise", "河阳轴承集团有限公司"),
        Unit("ent:河阳耐火", "Enterprise", "河阳耐火有限公司"),
    ]
    registry = Registry(units)
    for written in (code, f" {code.lower()} ", f"河阳轴承（{code}）", f"{code} 河阳轴承集团有限公司"):
        assert registry.find(written).id == units[0].id, written
    for written in (
        f"河阳轴承集团有限公司工会（{code}）",
        f"河阳耐火有限公司（{code}）",
        other,
        f"河阳轴承集团有限公司{other}",
    ):
        assert registry.find(written).id is None, written


def test_a_credit_code_may_stand_in_a_column_of_the_registry() -> None:
    import random

    code = credit_code(random.Random(3))
    registry = pl.DataFrame({"id": ["1", "2"], "name": ["甲机械厂", "乙机械厂"], "uscc": [code, None]})
    answer = match_names([code, f"乙机械厂（{code}）"], registry).filter(pl.col("rank") == 1)
    assert answer["verdict"].to_list() == ["same", "ask"]
    assert answer["candidate_id"][0] == "1"


def test_a_party_body_of_the_registry_comes_before_its_unit() -> None:
    registry = pl.DataFrame(
        {
            "id": ["u", "p"],
            "name": ["河阳轴承集团有限公司", "中共河阳轴承集团有限公司委员会"],
            "aliases": [["河轴"], []],
        }
    )
    answer = match_names(["河轴党委", "河轴", "河阳轴承集团有限公司党委"], registry).filter(pl.col("rank") == 1)
    assert answer["candidate_id"].to_list() == ["p", "u", "p"]
    assert set(answer["verdict"]) == {"same"}


def test_an_alias_of_two_units_is_asked_with_both() -> None:
    registry = pl.DataFrame({"id": ["1", "2"], "name": ["甲机械厂", "乙机械厂"], "aliases": [["老厂"], ["老厂"]]})
    answer = match_names(["老厂"], registry)
    assert (answer["verdict"].to_list(), set(answer["candidate_id"])) == (["ask", "ask"], {"1", "2"})


FIRMS = [firm.name for firm in firm_names(60)]
NAMES = st.sampled_from(FIRMS)
WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})


@settings(max_examples=60, deadline=None)
@given(name=NAMES, gaps=st.lists(st.integers(0, 12), max_size=4), brackets=st.booleans(), order=st.randoms())
def test_spacing_width_brackets_and_order_do_not_matter(name: str, gaps: list[int], brackets: bool, order: Any) -> None:
    units = list(FIRMS)
    order.shuffle(units)
    registry = pl.DataFrame({"id": units, "name": units})
    written = name.replace("集团", "（集团）") if brackets else name
    for gap in gaps:
        written = f"{written[:gap]}\u3000{written[gap:]}"
    first = match_names([written.translate(WIDE)], registry).row(0, named=True)
    assert (first["candidate"], first["verdict"]) == (name, "same")


@settings(max_examples=60, deadline=None)
@given(name=NAMES, at=st.integers(0, 6), mask=st.sampled_from(["X", "XX", "某", "×", "＊", "x", "○○"]))
def test_a_masked_name_is_never_merged_nor_suggested(name: str, at: int, mask: str) -> None:
    registry = pl.DataFrame({"id": FIRMS, "name": FIRMS})
    written = name[:at] + mask + name[at + len(mask) :]
    assert match_names([written], registry)["verdict"].to_list() == ["none"]


@settings(max_examples=60, deadline=None)
@given(name=NAMES, form=st.sampled_from(["full", "short", "core"]), gone=st.lists(NAMES, max_size=20))
def test_whatever_units_are_missing_no_other_is_taken_for_them(name: str, form: str, gone: list[str]) -> None:
    left = [n for n in FIRMS if n not in {*gone, name}]
    written = {"full": name, "short": name[2:5], "core": name.removesuffix("有限公司").removesuffix("有限责任公司")}[
        form
    ]
    assert "same" not in set(match_names([written], pl.DataFrame({"id": left, "name": left}))["verdict"])


@settings(max_examples=40, deadline=None)
@given(name=NAMES, more=st.lists(NAMES, min_size=1, max_size=5))
def test_another_unit_changes_no_verdict_from_right_to_wrong(name: str, more: list[str]) -> None:
    registry = [name, *(f"霁川{m}服务站" for m in dict.fromkeys(more))]
    first = match_names([name], pl.DataFrame({"id": registry, "name": registry})).row(0, named=True)
    assert (first["candidate"], first["verdict"]) == (name, "same")


@settings(max_examples=40, deadline=None)
@given(name=NAMES, areas=st.lists(st.sampled_from("甲乙丙丁戊"), min_size=2, max_size=4, unique=True))
def test_one_name_in_several_areas_is_asked(name: str, areas: list[str]) -> None:
    registry = pl.DataFrame({"id": areas, "name": [name] * len(areas), "area": [f"{a}山市" for a in areas]})
    answer = match_names([name], registry)
    assert set(answer["verdict"]) == {"ask"}
    assert set(answer["candidate_id"]) <= set(areas)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["东井", "长宁路", "街道口", "北山"]),
    st.sampled_from(["街道", "街道办事处", "办事处", "街办"]),
    st.sampled_from(["", "（{}）", "({}社区)", "{}社区", "·{}社区", "/{}居委会"]),
    st.text("竖井水塔灯房巷一二", min_size=1, max_size=4),
)
def test_what_stands_behind_a_subdistrict_makes_no_other_one_of_it(name, kind, form, place):
    assert street_core(name + kind + form.format(place)) == name


@pytest.mark.parametrize(
    ("text", "street"), [("北山镇（三村）", "北山镇"), ("东井（竖井）", "东井"), ("社区街道", "社区")]
)
def test_a_town_stays_one_and_a_bracket_says_where_in_it(text, street):
    assert street_core(text) == street
