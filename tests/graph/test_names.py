"""Names of organizations: what two spellings have in common, and what tells two units apart."""

import hashlib

import pytest

from graph.names import (
    bare,
    core,
    cut_suffix,
    is_masked,
    legal_marks,
    normalize,
    split_brackets,
    split_branch,
    split_party_body,
    unbracket,
)  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ＬＹＣ 轴承", "lyc轴承"), ("中國一拖", "中国一拖"), ("长一社区　", "长一社区"), ("一拖（集团）", "一拖(集团)"), ("\u202e一拖\u200b", "一拖"),
    ],
)  # fmt: skip
def test_two_ways_to_write_a_name_are_one(a: str, b: str) -> None:
    assert normalize(a) == normalize(b)


# What OpenCC 1.4 makes of the characters for which it was mended since the tables that earlier loads were compared by.
MENDED = dict(zip("劄幷扞搧擡牴甦礆箚舖谿貍逕遶", "札并捍扇抬抵甦礆札铺溪狸径绕", strict=True))
BIG5 = [bytes((high, low)) for high in range(0xA4, 0xFA) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))]
BEFORE = "de6b19b163aa7284508c04e7745e36632cec8c19db67445ac19f5792a272c9d0"  # sha256 of all others


def test_thirteen_thousand_characters_are_compared_as_they_were_before() -> None:
    characters = [character for pair in BIG5 if (character := pair.decode("big5", "ignore")).isalpha()]
    kept = "".join(normalize(character) for character in characters if character not in MENDED)
    assert hashlib.sha256(kept.encode()).hexdigest() == BEFORE


def test_a_rare_variant_is_compared_as_its_usual_form() -> None:
    assert {character: normalize(character) for character in MENDED} == MENDED


def test_half_a_character_is_no_error() -> None:
    assert normalize("東風\udce9") == "东风?"


def test_the_core_keeps_group_and_listed_company_apart() -> None:
    assert core("河阳轴承集团有限公司") == core("河阳轴承集团有限责任公司") == "河阳轴承集团"
    assert core("河阳轴承股份有限公司") == "河阳轴承股份"
    assert bare("河阳轴承集团有限公司") == bare("河阳轴承股份有限公司") == "河阳轴承"
    assert legal_marks("河阳轴承集团有限公司") == {"集团"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("重二社区居委会", "重二"), ("长安路街道办事处", "长安路"), ("重二社区", "重二"), ("建设居民委员会", "建设")],
)
def test_a_committee_has_the_core_of_its_place(name: str, expected: str) -> None:
    assert core(name) == expected


@pytest.mark.parametrize(
    ("name", "host", "kind"),
    [
        ("中共河阳轴承集团有限公司委员会", "河阳轴承集团有限公司", "党委"),
        ("河轴党委", "河轴", "党委"),
        ("青五社区党总支", "青五社区", "党总支"),
        ("青五社区居民委员会", "青五社区居民委员会", ""),
        ("河轴", "河轴", ""),
    ],
)
def test_a_party_body_has_a_host(name: str, host: str, kind: str) -> None:
    assert split_party_body(name) == (host, kind)


@pytest.mark.parametrize("name", ["河轴第三党支部", "河轴三支部", "河轴3支部", "河轴第3支部"])
def test_a_branch_has_one_number(name: str) -> None:
    assert split_branch(name) == ("河轴", "第3")


def test_tens_are_read() -> None:
    assert [split_branch(f"河轴第{n}党支部")[1] for n in ("十", "十二", "二十", "二十三", "12")] == [
        "第10",
        "第12",
        "第20",
        "第23",
        "第12",
    ]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("X集团", True),
        ("XX重工", True),
        ("某公司", True),
        ("大唐X热", True),
        ("一托X号", True),
        ("X 集团", True),
        ("○○厂", True),
        ("XX", True),
        ("医用X射线机厂", False),
        ("XCMG徐工", False),
        ("LYC轴承", False),
        ("SKX轴承", False),
    ],
)
def test_a_masked_name_is_seen(name: str, masked: bool) -> None:
    assert is_masked(name) is masked


@pytest.mark.parametrize(
    ("name", "stem", "kind"),
    [
        ("河阳轴承有限责任公司", "河阳轴承", "有限公司"), ("河阳轴承公司", "河阳轴承", "公司"), ("河阳轴承", "河阳轴承", ""),
        ("建设居委会", "建设", "社区"), ("建设村委会", "建设村", "村"), ("建设村村民委员会", "建设村", "村"), ("建设村", "建设村", "村"),
        ("长宁路街道办", "长宁路", "街道"), ("北山镇人民政府", "北山镇", "镇"), ("北山镇", "北山镇", "镇"), ("公司", "公司", ""),
    ],
)  # fmt: skip
def test_a_name_is_parted_into_its_core_and_what_it_is(name: str, stem: str, kind: str) -> None:
    assert cut_suffix(name) == (stem, kind)


def test_brackets_are_a_part_of_a_name_and_remarks_are_not() -> None:
    assert unbracket("一拖（河阳）柴油机有限公司（盖章）") == "一拖河阳柴油机有限公司"
    assert unbracket("一汽-大众") == "一汽大众"
    assert split_brackets("一拖（河阳）柴油机【原柴油机厂】") == ("一拖柴油机", ("河阳",))
    assert core("一拖（河阳）有限公司") != core("一拖（江北）有限公司")
    assert unbracket("（）") == "()"
