"""`/api/v1/entities/{id}`: everything about one thing, typed; as everybody may see it, and of persons nothing."""

from __future__ import annotations

import pytest

from graph.connect import connect

PATH = "/api/v1/entities"


@pytest.fixture(scope="module")
def community(sample):
    return sample.truth["obvious_partners"][0]["community"]


def test_a_unit_is_told_with_its_values_their_cells_and_what_it_is_tied_to(server, community):
    told = server.get(f"{PATH}/{community}").json()
    assert (told["name"], told["label"], told["kind"], told["truncated"]) == (community, "Community", "社区", False)
    assert server.get(f"{PATH}/{told['id']}").json() == told  # by its id as by its name
    values = {value["name"]: value for value in told["values"]}
    assert values["name"]["value"] == community
    source = values["name"]["records"][0]
    assert source["file"] and source["row"] > 1
    assert any(said["current"] and said["value"] == community for said in values["name"]["statements"])
    streets = [thing for tie in told["relations"] for thing in tie["things"] if thing["label"] == "Subdistrict"]
    street = server.get(f"{PATH}/{streets[0]['id']}").json()
    assert street["label"] == "Subdistrict"  # what it is tied to can be walked on by its id
    members = [tie for tie in told["relations"] if tie["name"] == "LIVES_IN"]
    assert members and all(tie["count"] and not tie["things"] and not tie["records"] for tie in members)


def test_it_is_told_as_of_a_day_in_either_language_and_known_by_its_tag(server, community):
    now = server.get(f"{PATH}/{community}")
    then = server.get(f"{PATH}/{community}", params={"as_of": "1990-01-01", "lang": "en"}).json()
    assert (then["as_of"], then["kind"]) == ("1990-01-01", "community")
    assert not [tie for tie in then["relations"] for thing in tie["things"] if (thing["since"] or "") > "1990-01-01"]
    again = server.get(f"{PATH}/{community}", headers={"If-None-Match": now.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    few = server.get(f"{PATH}/{community}", params={"limit": 1}).json()
    assert few["truncated"] and all(len(tie["things"]) <= 1 for tie in few["relations"])


@pytest.mark.parametrize(
    ("asked", "status"), [("没有这个单位", 404), ("?as_of=2024-02-30", 422), ("?limit=0", 422), ("?nothing=1", 422), ("", 422)]
)  # fmt: skip
def test_what_is_not_there_or_not_understood_is_said(server, community, asked, status):
    found = server.get(f"{PATH}/{community if asked.startswith('?') else ''}{asked}")
    assert (found.status_code, found.headers["content-type"]) == (status, "application/problem+json")


def test_no_person_has_an_address(server, sample):
    with connect(sample.settings) as graph:
        persons = {kind.label: graph.entities(kind.label) for kind in graph.schema.persons}
    ids = [frame["id"][0] for frame in persons.values() if frame.height]
    assert ids
    for id in ids:
        found = server.get(f"{PATH}/{id}")
        assert found.status_code == 404 and found.json()["code"] in {"entity.unknown", "unit.unknown"}, id


def test_the_page_of_an_entity_shows_the_same(server, community):
    told, page = server.get(f"{PATH}/{community}").json(), server.get(f"/entities/{community}").text
    for value in told["values"]:
        assert value["heading"] in page
    for tie in told["relations"]:
        assert all(thing["name"] in page for thing in tie["things"][:5])
