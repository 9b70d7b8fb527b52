"""Names of organizations: what two spellings have in common, and what tells two units apart."""

import pytest

from graph.names import bare, core, is_masked, legal_marks, normalize, split_branch, split_party_body


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ＬＹＣ 轴承", "lyc轴承"), ("中國一拖", "中国一拖"), ("长一社区　", "长一社区"), ("一拖（集团）", "一拖(集团)"), ("\u202e一拖\u200b", "一拖"),
    ],
)  # fmt: skip
def test_two_ways_to_write_a_name_are_one(a: str, b: str) -> None:
    assert normalize(a) == normalize(b)


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
    [("X集团", True), ("XX重工", True), ("某公司", True), ("大唐X热", True), ("LYC轴承", False), ("SKX轴承", False)],
)
def test_a_masked_name_is_seen(name: str, masked: bool) -> None:
    assert is_masked(name) is masked
