"""The figures of cleaning: what is kept of addresses, positions and lists in free text, on either side of each of them."""

import polars as pl

from graph.kinds import Link
from graph.schema import SCHEMA
from loaders.cleaning.items import read_items
from loaders.cleaning.mentions import read_mentions
from loaders.cleaning.sheet_positions import settle_positions


def kept_of_home(address: str) -> str | None:
    home = SCHEMA.register("members").column("home")
    assert isinstance(home, Link)
    return read_mentions(home, pl.Series([address]))[0][0]


def test_of_a_home_address_without_a_number_forty_characters_are_kept() -> None:
    assert kept_of_home("路" * 40) == "路" * 40
    assert kept_of_home("路" * 40 + "王家东屋") == "路" * 40


def far_ones(*northward_km: float) -> int:
    lat = pl.Series([34.6, 34.6, 34.6, *(34.6 + km / 111.195 for km in northward_km)])
    settled = settle_positions({"lon": pl.Series([112.4] * lat.len()), "lat": lat}, None, "WGS-84")
    return int((settled.problems["lon"]["code"] == "place.far").sum())


def test_a_place_is_far_off_from_150_kilometres_where_five_positions_tell_the_middle() -> None:
    assert far_ones(0, 149.5) == 0 and far_ones(0, 150.5) == 1
    assert far_ones(999) == 0


def test_where_more_than_a_quarter_of_the_places_are_far_off_the_sheet_has_no_middle_and_says_so_once() -> None:
    assert far_ones(0, 0, 0, 400, 800) == 2  # of eight
    assert far_ones(0, 0, 400, 800) == 0
    lat = pl.Series([34.6, 31.2, 39.9, 22.5, 43.8, 45.7])
    settled = settle_positions({"lon": pl.Series([112.4, 121.5, 116.4, 114.0, 87.6, 126.6]), "lat": lat}, None, None)
    assert settled.problems["lon"]["code"].to_list() == ["place.spread"]


def test_a_text_of_more_than_2000_characters_or_60_things_is_no_list() -> None:
    assert read_items("桌" * 1996 + "10张") and not read_items("桌" * 1998 + "10张")
    things = [
        f"{a}{b}桌{n}张"
        for n, (a, b) in enumerate(zip("甲乙丙丁戊己庚辛壬癸" * 7, "子丑寅卯辰巳午" * 10, strict=True), 1)
    ]
    assert len(read_items("、".join(things[:60]))) == 60 and read_items("、".join(things[:61])) == ()


def test_a_title_has_at_most_sixty_characters_and_a_thing_less_than_a_million_million_pieces() -> None:
    assert [len(item.title) for item in read_items("桌" * 61)] == [60]
    assert [item.quantity for item in read_items("桌子999999999999张")] == [999999999999]
    assert [item.quantity for item in read_items("桌子1000000000000张")] == [None]
