import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from queries.reading.spelling import readings
from tests.queries.small_graph import small_district

SCOPE = Scope("tester", "viewer")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def found(graph, text, **arguments):
    return [(row.name, row.match) for row in ask(graph, SCOPE, "search", text=text, **arguments).rows]


def test_exact_comes_before_beginnings_before_the_rest(graph):
    assert found(graph, "重二社区") == [
        ("重二社区", "exact"),
        ("重二社区会议室", "prefix"),
        ("重二社区图书室", "prefix"),
    ]
    assert found(graph, "会议室") == [("一拖会议室", "substring"), ("重二社区会议室", "substring")]


def test_a_short_name_finds_the_unit(graph):
    assert found(graph, "一拖")[0] == ("中国一拖集团有限公司", "exact")


def test_both_readings_of_a_character_find_the_name(graph):
    assert found(graph, "chongershequ")[0] == ("重二社区", "exact")
    assert found(graph, "zhonger")[0] == ("重二社区", "prefix")
    assert found(graph, "Zhang An")[0] == ("长安社区", "prefix")


def test_initials_find_the_name(graph):
    assert ("重二社区", "initials") in found(graph, "cesq")
    assert ("重二社区", "initials") in found(graph, "ze")


def test_three_letters_inside_a_spelling_find_the_name_and_two_do_not(graph):
    assert ("长安社区", "substring") in found(graph, "gan")
    assert ("重二社区会议室", "substring") in found(graph, "qhy")
    assert found(graph, "gs") == found(graph, "an") == []


def test_an_agreement_is_found_by_its_number_whatever_the_brackets(graph):
    assert found(graph, "共建[2025]3号") == [("共建〔2025〕3号", "exact")]


def test_people_are_never_found(graph):
    assert found(graph, "m1") == []


def test_a_long_list_says_that_it_was_cut(graph):
    answer = ask(graph, SCOPE, "search", text="社区", limit=2)
    assert (len(answer.rows), answer.truncated) == (2, True)
    assert not ask(graph, SCOPE, "search", text="农耕").truncated


@pytest.mark.parametrize("hostile", ["' OR 1=1 //", ".*", "%", "`", "\\", "\u200b", "(?i)x"])
def test_signs_are_searched_as_they_are(graph, hostile):
    assert found(graph, hostile) == []


def test_a_name_with_many_readings_keeps_a_bounded_number_of_spellings():
    full, initials = readings("重庆长江行业调查系统重要单位曾单仇朴行长")
    assert 1 < len(full) < 100
    assert len(initials) <= len(full)
