"""English tables: headers, titles and values in English are understood, persons are dropped, and what is not understood is told in English."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from graph.errors import NothingToLoadError
from graph.kinds import FULL_LIST
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.types import Area, Count, Date, OpeningHours, Term
from graph.workspace import Workspace
from loaders.headers.mapper import map_headers
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from loaders.template import save_template, template_columns
from loaders.vocabulary.english import read_words, translate_header

HSDS = {
    "organizations": """id,name,alternate_name,email,tax_id,legal_status
o1,Example Shelter,ES,a@example.com,1,non-profit
o2,Bay Bakery Ltd,,b@example.com,2,for-profit
""",
    "services": """id,organization_id,name,description,fees_description
s1,o1,Night shelter,Beds for the night,free
s2,o2,Bread for schools,Daily bread,by contract
""",
    "locations": """id,organization_id,name,latitude,longitude
l1,o1,Shelter Hall,34.66,112.43
l2,o2,Bakery Yard,34.67,112.44
""",
    "addresses": """id,location_id,address_1,city,address_type
a1,l1,1 Main Street,Exampleton,physical
a2,l2,2 Mill Road,Exampleton,physical
""",
    "schedules": """id,service_id,location_id,freq,byday,opens_at,closes_at
h1,,l1,WEEKLY,"MO,TU",09:00:00,17:00
h2,,l1,WEEKLY,SA,10:00,12:00
h3,s1,,WEEKLY,FR,18:00,22:00
""",
    "phones": """id,organization_id,contact_id,number
p1,o1,,0379-64000001
p2,o2,c1,0379-64000002
""",
    "contacts": "id,organization_id,name,email\nc1,o2,John Smith,j@example.com\n",
}


def load(folder: Path, **tables: str) -> LoadResult:
    """Load tables, given by their files' names, into a workspace of the folder."""
    (folder / "in").mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    return load_paths(folder / "w", [folder / "in"], settings=settings, options=LoadOptions(scope=FULL_LIST))


def rows(folder: Path, register: str) -> list[dict[str, object]]:
    """Return the records of a register in the workspace of the folder."""
    sheets = [s for s in Workspace.open(folder / "w").live_sheets() if s.register == register]
    return [row for sheet in sheets for row in sheet.frame().to_dicts()]


@pytest.mark.parametrize(
    ("register", "title", "headers"),
    [
        ("enterprises", "Local businesses", {"Business name": "name", "Sector": "industry", "Staff": "employees", "Street address": "address", "Email": "", "Manager": ""}),
        ("communities", "neighbourhoods", {"Neighbourhood": "name", "Number of households": "households", "Population": "residents", "Telephone": "phone"}),
        ("venues", "Community facilities", {"FacilityName": "name", "Facility type": "kind", "Managed by": "owner", "Max. capacity": "capacity", "Floor area (sq ft)": "area_m2", "Hours of operation": "open_hours", "Contact person": ""}),
        ("members", "Members", {"Name": "name", "Date of Birth": "birth", "Party branch": "branch", "Year joined": "joined_year", "Gender": "", "Home address": "home"}),
        ("agreements", "Partnership agreements", {"Agreement No.": "number", "First party": "party_a", "Second party": "party_b", "Signed on": "signed", "Valid until": "ends"}),
        ("red_bases", "Red bases", {"Name of base": "name", "Level": "level", "Visitors per group": "group_capacity", "Opening times": "open_hours"}),
    ],
)  # fmt: skip
def test_english_headers_are_known_by_the_words_of_chinese_ones(
    register: str, title: str, headers: dict[str, str]
) -> None:
    frame = map_headers([*headers], title=_chinese(title))
    assert frame["register"][0] == register
    got = {h: f or "" for h, f in frame.select("header", "field").iter_rows()}
    assert got == headers


def _chinese(title: str) -> str:
    from loaders.vocabulary.english import translate_title

    return translate_title(title)


@pytest.mark.parametrize(
    ("header", "words"),
    [("numberOfEmployees", "number of employee"), ("opening_hours", "opening hour"), ("Companies & Churches", "company and church"),
     ("HTTPAddress", "http address"), ("Floor area (m²)", "floor area"), ("business status", "business status")],
)  # fmt: skip
def test_words_are_read_however_they_are_joined(header: str, words: str) -> None:
    assert " ".join(read_words(header)) == words


def test_what_stands_behind_of_goes_first_and_unknown_words_stay() -> None:
    assert translate_header("Name of the venue") == translate_header("Venue name") == "场地名称"
    assert translate_header("Zang capacity") == "zang可容纳人数"
    assert translate_header("Blorp qux") == translate_header("场地名称") == ""


@pytest.mark.parametrize("register", SCHEMA.registers, ids=lambda register: register.name)
def test_an_english_template_is_read_as_its_register(register, tmp_path: Path) -> None:
    headers = save_template(register, tmp_path / "t.xlsx", "en")
    columns = [c for c in template_columns(register) if any(c is own for own in register.columns)]
    frame = map_headers(headers[1:], register.name).head(len(columns))
    assert frame["field"].to_list() == [column.field for column in columns]
    han = [header for header in headers if not header.isascii()]
    assert len(han) <= 1, han


def test_a_directory_of_services_is_joined_by_its_ids_and_keeps_no_person(tmp_path: Path) -> None:
    result = load(tmp_path, **HSDS)
    assert result.counts["entities"] | {"Concept": 0} == {
        "Concept": 0,
        "Enterprise": 1,
        "Institution": 1,
        "Offering": 2,
        "Venue": 2,
    }
    assert result.summary.in_doubt == result.summary.waiting == 0
    units = {row["name"]: row for row in rows(tmp_path, "enterprises")}
    assert (units["Example Shelter"]["ownership"], units["Example Shelter"]["phone"]) == ("社会组织", "0379-64000001")
    assert (units["Bay Bakery Ltd"]["ownership"], units["Bay Bakery Ltd"]["phone"]) == ("民营", None)
    hall = next(row for row in rows(tmp_path, "venues") if row["name"] == "Shelter Hall")
    assert (hall["open_hours"], hall["address"]) == ("Mo-Tu 09:00-17:00; Sa 10:00-12:00", "1 Main Street, Exampleton")
    offer = next(row for row in rows(tmp_path, "offers") if row["title"] == "Night shelter")
    assert offer["slots"] == "Fr 18:00-22:00"
    assert "John" not in str(result.to_dict("en"))
    assert not load(tmp_path, **HSDS).changed
    addresses = {"addresses": HSDS["addresses"].replace("1 Main", "9 Main")}
    load(tmp_path, **addresses)
    assert "9 Main Street, Exampleton" in {row["address"] for row in rows(tmp_path, "venues")}


def test_services_without_their_organizations_are_told_what_to_load_with_them(tmp_path: Path) -> None:
    with pytest.raises(NothingToLoadError, match="organizations"):
        load(tmp_path, services=HSDS["services"], schedules=HSDS["schedules"])


def test_a_list_of_persons_with_nothing_but_a_name_is_no_list_of_units(tmp_path: Path) -> None:
    with pytest.raises(NothingToLoadError):
        load(
            tmp_path,
            staff="Name,Phone,Email\nJohn Smith,13812345678,js@example.com\nMary Jones,13812345679,mj@example.com\n",
        )
    with pytest.raises(NothingToLoadError):
        load(tmp_path, contacts="id,organization_id,name,title,email\nc1,o1,John Smith,Director,js@example.com\n")


def test_english_headers_that_nobody_understands_are_told_so_in_each_language(tmp_path: Path) -> None:
    with pytest.raises(NothingToLoadError) as refused:
        load(tmp_path, zzz="Blorp,Qux,Zang\nhither,thither,up\nyon,nowhere,down\n")
    assert "表头是英文的" in refused.value.message("zh") and "最接近" not in refused.value.message("zh")
    assert "in English, and none of them is understood" in refused.value.message("en")
    assert "nearest" not in refused.value.message("en")


def clean(kind, *cells: str) -> tuple[list[object], list[str]]:
    frame, problems = kind.clean_column("x", pl.Series(list(cells), dtype=pl.String))
    return frame.to_series(0).to_list(), problems["code"].to_list()


@pytest.mark.parametrize(
    ("written", "hours"),
    [("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"), ("Daily 10am - 6pm, closed Mondays", "Tu-Su 10:00-18:00; Mo off"), ("24/7", "24/7"),
     ("Monday to Thursday 8.30am to 4.30pm", "Mo-Th 08:30-16:30"), ("Mon, Wed and Fri 1-4pm", "Mo,We,Fr 13:00-16:00"),
     ("9am to noon on Saturdays", "Sa 09:00-12:00"), ("Weekdays 9:00-17:00; closed public holidays", "Mo-Fr 09:00-17:00; PH off"),
     ("Tue-Sun 9-5pm", "Tu-Su 09:00-17:00"), ("12pm-11:30pm every day", "Mo-Su 12:00-23:30")],
)  # fmt: skip
def test_english_hours_are_read(written: str, hours: str) -> None:
    assert clean(OpeningHours(), written) == ([hours], [])


def test_hours_that_leave_open_which_half_of_the_day_they_mean_are_not_guessed() -> None:
    assert clean(OpeningHours(), "Mon-Fri 9-5") == ([None], ["hours.form"])


def test_a_day_above_twelve_anywhere_tells_the_order_of_a_column_and_nothing_else_does() -> None:
    read, problems = clean(Date(), "03/04/2019", "13/04/2019")
    assert [str(day) for day in read] == ["2019-04-03", "2019-04-13"] and problems == []
    read, problems = clean(Date(), "03/04/2019", "04/13/2019")
    assert [str(day) for day in read] == ["2019-03-04", "2019-04-13"] and problems == []
    assert clean(Date(), "03/04/2019", "05/06/2019") == ([None, None], ["date.ambiguous"] * 2)
    assert str(clean(Date(), "04/04/2019")[0][0]) == "2019-04-04"
    read, problems = clean(Date(), "13/04/2019", "04/13/2019", "05/06/2019")
    assert read[2] is None and problems == ["date.ambiguous"]


@pytest.mark.parametrize(
    "written", ["March 5, 2019", "5 Mar 2019", "5th of March 2019", "Tuesday, March 5, 2019", "5-Mar-2019"]
)
def test_months_in_words_are_read(written: str) -> None:
    assert str(clean(Date(), written)[0][0]) == "2019-03-05"


def test_english_quantities_and_terms_are_read() -> None:
    assert clean(Area(), "1,200 sq ft", "300 sqm", "2 acres", "80 Square Metres")[0] == pytest.approx(
        [111.483648, 300.0, 8093.712845, 80.0]
    )
    assert clean(Area().in_header("Floor area (sq ft)"), "100")[0] == pytest.approx([9.290304])
    assert clean(Count(), "about 30 people", "120 seats", "1,200")[0] == [30, 120, 1200]
    assert clean(Term(), "3 years", "18 months", "open-ended")[0] == [36, 18, None]
