import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import RequestError
from graph.spelling import find_spelled, readings
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.memory_graph import MemoryGraph
from tests.queries.small_graph import make_tables, small_district

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
    whole = len(ask(graph, SCOPE, "search", text="社区").rows)
    assert [ask(graph, SCOPE, "search", text="社区", limit=whole + n).truncated for n in (-1, 0)] == [True, False]
    assert not ask(graph, SCOPE, "search", text="农耕").truncated


@pytest.mark.parametrize("hostile", ["' OR 1=1 //", ".*", "%", "`", "\\", "\u200b", "(?i)x"])
def test_signs_are_searched_as_they_are(graph, hostile):
    assert found(graph, hostile) == []


def test_a_name_with_many_readings_keeps_a_bounded_number_of_spellings():
    full, initials = readings("重庆长江行业调查系统重要单位曾单仇朴行长")
    assert 1 < len(full) < 100
    assert len(initials) <= len(full)


@pytest.fixture(scope="module")
def many():
    """Two communities and two halls of one name, and one of each kind that is found by way of something else."""
    entities = {
        "Subdistrict": [{"id": "sub:n", "name": "北街街道"}, {"id": "sub:s", "name": "南街街道"}],
        "Community": [{"id": "com:n", "name": "建设社区", "code": "410305001001"}, {"id": "com:s", "name": "建设社区"}],
        "Enterprise": [{"id": "ent:1", "name": "第一拖拉机厂", "uscc": "91410300MA3X"}],
        "Venue": [{"id": "ven:1", "name": "会议室"}, {"id": "ven:2", "name": "会议室"}],
        "ActionItem": [{"id": "task:1", "number": "DB-2026-03", "name": "修缮管网"}],
        "Meeting": [{"id": "mtg:1", "name": "第二次联席会议", "minutes": "会纪〔2026〕2号"}],
        "Notice": [{"id": "notice:1", "title": "社保办理指南", "content": "高龄补贴如何申领"}],
        "Member": [{"id": "m1", "pseudonym": "建设社区"}],
    }
    relations = [
        ("BELONGS_TO", "com:n", "sub:n"), ("BELONGS_TO", "com:s", "sub:s"),
        ("OWNS", "ent:1", "ven:1"), ("OWNS", "com:n", "ven:2"),
    ]  # fmt: skip
    return MemoryGraph(make_tables(entities, relations))


@pytest.mark.parametrize(
    ("text", "name", "match"),
    [
        ("DB-2026-03", "修缮管网", "exact"), ("db-2026", "修缮管网", "prefix"), ("会纪[2026]2号", "第二次联席会议", "exact"),
        ("xsgw", "修缮管网", "initials"), ("lianxihuiyi", "第二次联席会议", "substring"), ("91410300ma3x", "第一拖拉机厂", "exact"),
        ("410305001001", "建设社区", "exact"), ("高龄补贴", "社保办理指南", "word"),
    ],
)  # fmt: skip
def test_every_kind_is_found_by_name_letters_number_document_and_word(many, text, name, match):
    assert found(many, text)[0] == (name, match)


def test_of_one_name_the_rows_say_whose_they_are_and_an_area_narrows(many):
    rows = ask(many, SCOPE, "search", text="建设社区").rows
    assert [(row.name, row.whose, row.kind) for row in rows] == [
        ("建设社区", "北街街道", "社区"),
        ("建设社区", "南街街道", "社区"),
    ]
    assert [row.id for row in ask(many, SCOPE, "search", text="建设社区", area="南街街道").rows] == ["com:s"]


def test_in_a_list_units_of_one_name_have_their_subdistricts_before_it(many):
    names = {row.unit for row in ask(many, SCOPE, "without-partner").rows}
    assert names >= {"北街街道·建设社区", "南街街道·建设社区", "第一拖拉机厂"}


@pytest.mark.parametrize(
    ("question", "argument", "name", "qualified"),
    [
        ("entity-page", "entity", "建设社区", {"北街街道·建设社区": "com:n", "南街街道·建设社区": "com:s"}),
        ("entity-page", "entity", "会议室", {"第一拖拉机厂·会议室": "ven:1", "建设社区·会议室": "ven:2"}),
        ("unit-page", "unit", "建设社区", {"北街街道·建设社区": "com:n", "南街街道·建设社区": "com:s"}),
    ],
)  # fmt: skip
def test_a_name_of_several_is_answered_with_names_each_of_which_finds_its_own(
    many, question, argument, name, qualified
):
    with pytest.raises(RequestError) as refused:
        ask(many, SCOPE, question, **{argument: name})
    assert set(refused.value.details["suggestions"].split("、")) == set(qualified)
    for text, id in qualified.items():
        assert ask(many, SCOPE, question, **{argument: text}).extra["entity"]["id"] == id


@given(st.text(alphabet="重长行乐单曾朴二安厦社区A1", min_size=1, max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_looking_through_names_by_characters_misses_none_that_is_spelled_so(name, data):
    spelled = [text for part in readings(name) for text in part if text]
    text = data.draw(st.sampled_from(spelled or ["a"]))
    start = data.draw(st.integers(0, len(text) - 1))
    typed = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert name in find_spelled(pl.Series(["别的", name]), typed)
