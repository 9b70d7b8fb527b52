"""A question limited to a part of the district: which units lie in a subdistrict or a community."""

import pytest

from graph.errors import UnknownUnitError
from queries.asking import ask
from queries.reading.area import AreaName, list_units, read_streets
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district, small_graph

VIEWER = Scope("viewer", "viewer")


def test_a_subdistrict_has_its_communities_and_the_units_located_there():
    assert list_units(small_district(), AreaName("长安路街道")).to_list() == ["com:ca", "com:ce", "ent:yt", "sub:ca"]


def test_a_community_is_an_area_of_its_own_with_its_party_organization():
    graph = small_graph(
        {
            "Community": [{"id": "com:ce", "name": "重二社区"}, {"id": "com:ca", "name": "长安社区"}],
            "PartyOrganization": [{"id": "po:ce", "name": "重二社区党委"}, {"id": "po:ca", "name": "长安社区党委"}],
        },
        [("HAS_PARTY_ORGANIZATION", "com:ce", "po:ce"), ("HAS_PARTY_ORGANIZATION", "com:ca", "po:ca")],
    )
    assert list_units(graph, AreaName("重二社区")).to_list() == ["com:ce", "po:ce"]


def test_a_name_that_is_no_area_is_refused_with_what_comes_close():
    with pytest.raises(UnknownUnitError, match="长安"):
        list_units(small_district(), AreaName("长安街"))


def test_every_unit_knows_its_subdistrict():
    assert dict(read_streets(small_district()).iter_rows()) == {
        "com:ca": "sub:ca", "com:ce": "sub:ca", "com:zz": "sub:zz", "ent:lz": "sub:zz", "ent:yt": "sub:ca", "sub:ca": "sub:ca", "sub:zz": "sub:zz",
    }  # fmt: skip


@pytest.mark.parametrize("area", ["重二社区", "com:ce", "zhonger"])
def test_a_question_takes_an_area_by_name_id_or_pinyin_and_repeats_it(area):
    answer = ask(small_district(), VIEWER, "unused-resources", area=area)
    assert {row.owner for row in answer.rows} == {"重二社区"}
    assert answer.to_dict()["arguments"]["area"] == area
