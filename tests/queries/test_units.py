import pytest

from graph.errors import UnknownUnitError
from graph.schema.organizations import Community, Subdistrict
from queries.reading.units import find_unit
from tests.queries.small_graph import small_district, small_graph


@pytest.fixture(scope="module")
def graph():
    return small_district()


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("ent:yt", "ent:yt"),
        ("中国一拖集团有限公司", "ent:yt"),
        ("一拖", "ent:yt"),
        ("中国一拖集团", "ent:yt"),
        ("中国一拖 集团有限公司", "ent:yt"),
        ("中国一拖集团有限公司党委", "ent:yt"),
        ("重二社区居委会", "com:ce"),
        ("长安路街道重二社区党总支", "com:ce"),
        ("重二", "com:ce"),
        ("chonger", "com:ce"),
        ("zhongershequ", "com:ce"),
        ("CESQ", "com:ce"),
        ("洛阳轴承", "ent:lz"),
        ("长安路", "sub:ca"),
    ],
)
def test_a_unit_is_found_however_it_is_written(graph, written, id):
    assert find_unit(graph, written).id == id


def test_the_kind_can_be_narrowed(graph):
    assert find_unit(graph, "郑州路", (Community,)).id == "com:zz"
    with pytest.raises(UnknownUnitError) as refused:
        find_unit(graph, "一拖", (Community,))
    assert refused.value.message("zh") == "“一拖”是企业，这里要填社区的名称"
    assert refused.value.message("en") == "“一拖” is of the kind enterprise; what is wanted here is: community"


def test_an_unknown_name_is_answered_with_the_nearest(graph):
    with pytest.raises(UnknownUnitError) as refused:
        find_unit(graph, "重三社区")
    assert refused.value.details["suggestions"].split("、")[0] == "重二社区"
    assert "重三社区" in refused.value.message("zh")


def test_a_name_with_another_kind_of_numeral_is_answered_with_the_one_of_that_number_first():
    places = {"Community": [{"id": f"com:{n}", "name": f"松{n}社区"} for n in "一二三四五"]}
    with small_graph(places) as streets, pytest.raises(UnknownUnitError) as refused:
        find_unit(streets, "松5社区")
    assert refused.value.details["suggestions"].split("、")[0] == "松五社区"


def test_two_units_of_one_name_are_told_apart_by_their_streets_and_found_by_them():
    streets = [{"id": "sub:t", "name": "天津路街道"}, {"id": "sub:c", "name": "重庆路街道"}]
    both = [{"id": "com:t", "name": "幸福社区"}, {"id": "com:c", "name": "幸福社区"}]
    ties = [("BELONGS_TO", "com:t", "sub:t"), ("BELONGS_TO", "com:c", "sub:c")]
    with small_graph({"Subdistrict": streets, "Community": both}, ties) as district:
        with pytest.raises(UnknownUnitError) as refused:
            find_unit(district, "幸福社区")
        offered = refused.value.details["suggestions"].split("、")
        assert sorted(offered) == sorted(["天津路街道·幸福社区", "重庆路街道·幸福社区"])
        for written in ("天津路街道幸福社区", "天津路街道·幸福社区"):
            assert find_unit(district, written).id == "com:t"
        assert {find_unit(district, name).id for name in offered} == {"com:t", "com:c"}


@pytest.mark.parametrize(
    ("kinds", "told", "not_told"),
    [
        ((), "社区基本情况表", "党员"),
        ((Community,), "社区基本情况表", "驻区单位"),
        ((Subdistrict,), "社区基本情况表", "—"),
    ],
)
def test_a_name_to_which_nothing_comes_close_is_answered_with_what_to_load(kinds, told, not_told):
    with small_graph({}) as empty, pytest.raises(UnknownUnitError) as refused:
        find_unit(empty, "甲社区", kinds)
    assert told in refused.value.message("zh") and "shilian load" in refused.value.message("zh")
    assert not_told not in refused.value.message("zh")
    assert "communities" in refused.value.message("en")


def test_a_name_that_several_units_begin_with_is_not_guessed(graph):
    with pytest.raises(UnknownUnitError) as refused:
        find_unit(graph, "郑州")
    assert {"郑州路社区", "郑州路街道"} <= set(refused.value.details["suggestions"].split("、"))


@pytest.mark.parametrize("hostile", ["' OR 1=1 //", "`", "$id", "\\u0027", ".*", "%", "", "长"])
def test_what_is_no_name_finds_nothing(graph, hostile):
    with pytest.raises(UnknownUnitError):
        find_unit(graph, hostile)


def test_each_of_several_short_names_in_one_cell_finds_the_unit():
    units = {"Enterprise": [{"id": "ent:x", "name": "汐海船舶重工有限公司", "short_name": "汐海船舶、汐船 / 船厂"}]}
    with small_graph(units) as graph:
        assert {find_unit(graph, name).id for name in ("汐船", "汐海船舶", "船厂")} == {"ent:x"}
