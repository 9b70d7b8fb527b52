"""Saved views: for whom each is, who may delete it, and that nothing but an address of the explorer is ever kept."""

import pytest

from graph.access import Token
from graph.errors import ArgumentError
from graph.saved_views import MOST_VIEWS, UnknownViewError, ViewsFile

ANALYST, OTHER = Token("甲", "", "analyst"), Token("乙", "", "analyst")
OFFICER, STEWARD = Token("丙", "", "officer", area="sub:1"), Token("丁", "", "steward")
ADDRESS = "/graph?entity=com%3Ace&hops=2#h=ent%3Ayt&l=map"


@pytest.fixture
def views(tmp_path):
    return ViewsFile(tmp_path)


def names(views, caller):
    return [view.name for view in views.list_for(caller)]


def test_a_view_is_seen_by_those_for_whom_it_is(views):
    for whom in ("me", "district", "all"):
        views.add(ANALYST, f"给{whom}", "", ADDRESS, whom)
    assert names(views, ANALYST) == ["给all", "给district", "给me"], "the latest first"
    assert names(views, OTHER) == names(views, STEWARD) == ["给all", "给district"]
    assert names(views, OFFICER) == ["给all"]


def test_only_its_maker_and_a_steward_who_sees_it_delete_a_view(views):
    own, shared = (views.add(ANALYST, whom, "", ADDRESS, whom) for whom in ("me", "district"))
    for caller, view in ((OTHER, shared), (OFFICER, shared), (STEWARD, own), (OTHER, own)):
        with pytest.raises(UnknownViewError):
            views.remove(caller, view.id)
    views.remove(STEWARD, shared.id)
    views.remove(ANALYST, own.id)
    assert names(views, ANALYST) == []


def test_a_view_of_the_same_name_gives_way_to_the_new_one_of_the_same_maker(views):
    for caller in (ANALYST, OTHER, ANALYST):
        kept = views.add(caller, " 例会\n用图 ", "找 13812345678", ADDRESS, "all")
    assert names(views, ANALYST) == ["例会 用图", "例会 用图"]
    assert "138" not in kept.note and "[" in kept.note


@pytest.mark.parametrize(
    "address",
    ["", "/", "/graphs", "//evil.example/graph", "https://evil.example/graph", "javascript:alert(1)", "/graph?a b", "/graph?a\n", "/graph/../x", "/graph#中", 7, None, "/graph?" + "a" * 20_000],
)  # fmt: skip
def test_nothing_but_an_address_of_the_explorer_is_kept(views, address):
    with pytest.raises(ArgumentError):
        views.add(ANALYST, "x", "", address, "me")


@pytest.mark.parametrize(
    ("name", "whom"), [("", "me"), ("x" * 61, "me"), (None, "me"), (3, "me"), ("x", "nobody"), ("x", ["all"])]
)
def test_a_view_needs_a_name_and_an_audience_that_there_is(views, name, whom):
    with pytest.raises(ArgumentError):
        views.add(ANALYST, name, "", ADDRESS, whom)


def test_there_is_an_end_to_views(views, monkeypatch):
    monkeypatch.setattr("graph.saved_views.MOST_VIEWS", 2)
    for n in range(2):
        views.add(ANALYST, str(n), "", ADDRESS, "me")
    with pytest.raises(ArgumentError):
        views.add(ANALYST, "2", "", ADDRESS, "me")
    views.add(ANALYST, "1", "another", ADDRESS, "me")
    assert MOST_VIEWS == 500 and len(views.list_for(ANALYST)) == 2
