"""What in a column of streets names a street: nothing else makes a subdistrict."""

import pytest

from loaders.names.street_names import names_street


@pytest.mark.parametrize(
    "text",
    ["东井街道", "道口", "长宁路", "市府路", "园林路街道办事处", "北山镇", "西苑街道（筹）", "建设", "高新区街道"],
)
def test_a_street_is_known_by_its_word_or_a_short_name(text):
    assert names_street(text)


@pytest.mark.parametrize(
    "text",
    [
        "区直",
        "市里",
        "驻区",
        "园区",
        "区本级",
        "高新区",
        "其他",
        "各街道",
        "街道",
        "东井街道、道口街道",
        "东井社区",
        "省属企业",
        "辖区外",
        "3个街道",
        "河东电缆有限公司",
        "所属街道",
    ],
)
def test_what_names_no_street_by_its_form_makes_none(text):
    assert not names_street(text)


def test_a_name_that_another_list_has_is_known():
    assert names_street("园区", {"园区"})
