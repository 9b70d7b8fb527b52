"""The whole way on workbooks as offices send them: what is true of them is what the graph says.

Runs on the generated sample always, and on the workbooks of --data where they are.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graph.problems import ERROR
from loaders.loading import LoadOptions, load_paths, rebuild
from queries import District, connect
from tests import truths
from tests.loaded import Loaded

COUNTED = {
    "enterprises": "Enterprise",
    "communities": "Community",
    "members": "Member",
    "venues": "Venue",
    "red_bases": "RedBase",
    "agreements": "Agreement",
}


@pytest.fixture(params=["sample", "office"])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    found: Loaded = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def district(loaded: Loaded) -> District:
    return connect(loaded.workspace)


def test_everything_is_counted_once(loaded: Loaded) -> None:
    counts = loaded.result.counts["entities"]
    assert counts.get("Institution", 0) == len(loaded.truth.get("institutions", []))
    assert {k: counts[COUNTED[k]] for k in loaded.truth["counts"]} == loaded.truth["counts"]


def test_exactly_the_wrong_cells_are_errors_with_their_place_and_a_suggestion(loaded: Loaded) -> None:
    errors = [p for p in loaded.result.problems if p.severity == ERROR]
    assert len(errors) == len(loaded.truth["errors"]), [p.as_dict("en") for p in errors]
    for problem in errors:
        assert problem.file and problem.row and problem.column and problem.suggestion
    fields = sorted(p.field.removesuffix("_m2") for p in errors)
    assert fields == sorted(e["field"] for e in loaded.truth["errors"])


def test_rows_with_a_wrong_cell_are_still_loaded(loaded: Loaded) -> None:
    assert all(f["rows_rejected"] == 0 for f in loaded.result.files)


def test_no_column_is_asked_about_and_personal_ones_are_dropped(loaded: Loaded) -> None:
    columns = [c for f in loaded.result.files for c in f["columns"]]
    assert not [c for c in columns if c["treatment"] == "asked"]
    dropped = {c["header"].replace(" ", "") for c in columns if c["treatment"] == "dropped_personal"}
    assert any("姓名" in h for h in dropped)
    assert any("身份" in h for h in dropped)


def test_every_venue_is_in_its_class(loaded: Loaded, district: District) -> None:
    rows = district.unused_resources(all=True).rows
    found = {r.resource: r.status.replace("_", "-") for r in rows if r.resource in loaded.truth["venues"]}
    assert found == {name: kind.replace(" ", "-") for name, kind in loaded.truth["venues"].items()}


def test_members_living_in_each_community_are_as_in_truth(loaded: Loaded, district: District) -> None:
    truth = loaded.truth["members_living_in"]
    assert truths.count_members_by_pair(district) == truth
    for pair, members in list(truth.items())[:5]:
        assert district.member_links(*pair.split("|")).rows[0].members == members


def test_the_obvious_partners_come_first(loaded: Loaded, district: District) -> None:
    ranks = []
    for pair in loaded.truth["obvious_partners"]:
        answer = district.partners(pair["community"], k=3)
        ranks.append(next((r.rank for r in answer.rows if r.partner == pair["enterprise"]), 99))
        first = answer.rows[0]
        if first.partner == pair["enterprise"]:
            signals = {r.signal for r in first.reasons if r.contribution > 0}
            assert {"needs_met", "near", "members_living_there"} <= signals
    assert sum(r == 1 for r in ranks) >= len(ranks) - 1, ranks
    assert max(ranks) <= 3


def test_units_that_look_alike_stay_apart(loaded: Loaded, district: District) -> None:
    names = set(district.graph.entities("Enterprise", "name")["name"])
    for pair in loaded.truth["different_units"]:
        assert set(pair) <= names


def test_agreements_on_paper_only_are_as_in_truth(loaded: Loaded, district: District) -> None:
    found = sorted(r.number for r in district.paper_agreements().rows)
    assert found == sorted(loaded.truth["agreements_without_activity"])


@pytest.fixture
def headed(sample: Loaded) -> tuple[District, truths.Truth]:
    """The sample, whose registers of all ten headings have their truth, too."""
    return connect(sample.workspace), sample.truth


def test_who_reports_nothing_is_not_among_the_first_three_where_three_fit(
    headed: tuple[District, truths.Truth],
) -> None:
    assert truths.find_silent_partners(*headed) == []


def test_no_institution_and_nothing_closed_is_offered_and_histories_are_told(
    headed: tuple[District, truths.Truth],
) -> None:
    assert truths.find_institutions_recommended(*headed) == []
    assert truths.find_closed_needs_offered(*headed) == []
    assert truths.find_wrong_histories(*headed) == {}


def told(district: District, text: str) -> set[tuple[object, ...]]:
    """Return the rows of a reading of the graph as a set."""
    return set(district.graph.read(text).rows())


def test_what_the_registers_of_the_headings_say_is_in_the_graph(headed: tuple[District, truths.Truth]) -> None:
    district, truth = headed
    names = told(
        district, "MATCH (u)-[r:MEMBER_OF_CONFERENCE]->(c) WHERE r.until IS NULL RETURN u.name AS u, c.name AS c"
    )
    assert {c for _, c in names} == {truth["conference"]["name"]}
    assert {str(u).removesuffix("党委") for u, _ in names} == set(truth["conference"]["members"])
    overdue = told(
        district,
        "MATCH (a:ActionItem)-[r:ASSIGNED_TO]->(u) WHERE a.overdue AND r.role = '责任' RETURN a.number AS n, u.name AS u",
    )
    assert overdue == {(i["number"], i["unit"]) for i in truth["action_items"] if i["standing"] == "overdue"}
    assert told(district, "MATCH (u)-[:CREATED]->(b:Brand) RETURN b.name AS b, u.name AS u") == set(
        truth["brands"].items()
    )
    claimed = told(
        district,
        "MATCH (e:Enterprise)-[:CLAIMED]->(n:Need)<-[:SEEKS]-(c:Community) RETURN e.name AS e, c.name AS c, n.title AS t",
    )
    assert claimed == {tuple(claim) for claim in truth["claims"]}
    stars = told(
        district,
        "MATCH (a:Assessment)-[:ASSESSES]->(e:Enterprise) WHERE a.stars IS NOT NULL RETURN e.name AS e, a.period AS p, a.stars AS s",
    )
    planted = {
        (e, date(int(y), 1, 1), found["stars"]) for e, years in truth["stars"].items() for y, found in years.items()
    }
    assert stars == planted
    visited = told(
        district, "MATCH (v:Visit)-[:ABOUT_UNIT]->(e:Enterprise) WHERE v.day >= date('2026-04-01') RETURN e.name AS e"
    )
    everyone = {name for (name,) in told(district, "MATCH (e:Enterprise) RETURN e.name AS e")} - set(
        truth["institutions"]
    )
    assert everyone - {name for (name,) in visited} == set(truth["not_visited_this_quarter"])


def everything_in(folder: Path) -> bytes:
    """Return all bytes below a folder: files as they are, archives unpacked, tables decompressed."""
    collected = io.BytesIO()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        collected.write(str(path).encode() + path.read_bytes())
        if path.suffix == ".parquet":
            collected.write(pl.read_parquet(path).write_ndjson().encode())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                collected.writelines(archive.read(n) for n in archive.namelist())
    return collected.getvalue()


def test_no_personal_number_is_anywhere(loaded: Loaded, district: District, tmp_path: Path) -> None:
    from loaders.report.screen import save_report

    save_report(loaded.result, tmp_path / "report.xlsx")
    save_report(loaded.result, tmp_path / "report.html")
    texts = [everything_in(loaded.workspace), everything_in(tmp_path), repr(loaded.result.to_dict()).encode()]
    for label in (
        "Member",
        "Enterprise",
        "Community",
        "Venue",
        "ResourceUse",
        "Agreement",
        "Activity",
        "Need",
        "Offering",
        "RedBase",
    ):
        texts.append(district.graph.read(f"MATCH (n:{label}) RETURN n").write_ndjson().encode())
    haystack = b"\n".join([*texts, b"999000111222"])
    numbers: list[str] = loaded.truth["must_not_appear"]
    assert len(numbers) >= 100
    # All numbers are searched for at once; the last one is planted, and shows that what is there is found.
    found = pl.Series([haystack.decode("latin-1")]).str.extract_many([*numbers, "999000111222"])
    assert found.explode().to_list() == ["999000111222"]


def test_the_same_files_again_change_nothing(loaded: Loaded) -> None:
    again = load_paths(
        loaded.workspace,
        [loaded.workbooks],
        options=LoadOptions(as_of=date.fromisoformat(loaded.truth["as_of"])),
        settings=loaded.settings,
    )
    assert (again.changed, again.digest, again.snapshot) == (False, loaded.result.digest, loaded.result.snapshot)
    assert len(again.files) == len(loaded.result.files)


@pytest.mark.drill
@pytest.mark.parametrize("order", ["reversed", "one by one"])
def test_the_order_of_loading_does_not_show(loaded: Loaded, tmp_path: Path, order: str) -> None:
    files = sorted(p for p in loaded.workbooks.iterdir() if p.suffix in {".xlsx", ".csv"})
    calls = [list(reversed(files))] if order == "reversed" else [[f] for f in reversed(files)]
    options = LoadOptions(as_of=date.fromisoformat(loaded.truth["as_of"]))
    for call in calls:
        result = load_paths(tmp_path / "w", call, options=options, settings=loaded.settings)
    assert result.digest == loaded.result.digest


def test_a_rebuild_from_ledger_and_loads_alone_gives_the_same_digest(loaded: Loaded, tmp_path: Path) -> None:
    copy = tmp_path / "w"
    shutil.copytree(loaded.workspace, copy)
    shutil.rmtree(copy / "snapshots")
    (copy / "CURRENT").unlink()
    assert rebuild(copy, settings=loaded.settings).digest == loaded.result.digest


def test_a_changed_cell_is_one_changed_record_with_its_old_value_in_the_history(loaded: Loaded, tmp_path: Path) -> None:
    import openpyxl

    copy = tmp_path / "w"
    shutil.copytree(loaded.workspace, copy)
    source = next(p for p in loaded.workbooks.glob("*.xlsx") if "场地" in p.name or "阵地" in p.name)
    book = openpyxl.load_workbook(source)
    sheet: Any = book.worksheets[0]
    name, area = _set_area(sheet, 1234)
    book.save(tmp_path / source.name)
    options = LoadOptions(as_of=date.fromisoformat(loaded.truth["as_of"]))
    result = load_paths(copy, [tmp_path / source.name], options=options, settings=loaded.settings)
    assert result.changed
    touched = {k: v for k, v in result.difference.items() if any(v.values())}
    assert {k: v["changed"] for k, v in touched.items()} == {"Venue": 1}
    changed = connect(copy)
    values = [r.value for r in changed.provenance(name, field="area_m2").rows]
    assert values[0] == 1234.0
    assert any(str(v).startswith(str(area)) for v in values[1:]), (values, area)


def _set_area(sheet: Any, value: int) -> tuple[str, Any]:
    """Change the first readable area on a sheet of venues; return the venue's name and the old number."""
    import re

    heads: dict[str, int] = {}
    for row in sheet.iter_rows(min_row=1, max_row=8):  # the header may have two levels
        heads |= {str(c.value).replace("\n", ""): c.column for c in row if c.value}
        column = next((c for h, c in heads.items() if "面积" in h), None)
        named = next((c for h, c in heads.items() if "名称" in h), None)
        if column and named:
            for r in range(row[0].row + 1, sheet.max_row):
                old = re.match(r"\d+", str(sheet.cell(r, column).value or ""))
                if old:
                    sheet.cell(r, column).value = value
                    return sheet.cell(r, named).value, int(old.group())
    raise AssertionError("no area on the sheet")
