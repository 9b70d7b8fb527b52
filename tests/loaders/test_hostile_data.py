"""Hostile and broken data, line by line: each is refused, flagged or made harmless, with its cell, and never read in silence."""

from __future__ import annotations

import csv
import io
import logging
import subprocess
import sys
import threading
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import polars as pl
import pytest

from graph.connect import connect
from graph.picture import draw
from graph.problems import ERROR
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_result import LoadResult
from loaders.report.screen import save_report
from loaders.template import save_template
from queries import connect as connect_district
from tests.loaders.people_at_run_time import NAMES, secrets, sentences
from tests.spent import at_most
from tests.test_acceptance import everything_in

VENUES = ["场地名称", "资源类型", "产权单位", "面积", "可容纳人数", "开放时间", "使用状态", "备注"]
ENTERPRISES = ["单位名称", "统一社会信用代码", "职工人数", "办公电话", "备注"]
AGREEMENTS = ["协议编号", "甲方", "乙方", "签订日期", "终止日期", "有效期", "履行情况"]


def write(folder: Path, name: str, header: list[str], *rows: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def load(tmp_path: Path, *paths: Path, **options: Any) -> LoadResult:
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    return load_paths(tmp_path / "w", paths, options=LoadOptions(**options), settings=settings)


def load_venues(tmp_path: Path, *rows: list[str]) -> tuple[LoadResult, pl.DataFrame]:
    result = load(tmp_path, write(tmp_path / "in", "场地资源登记表.csv", VENUES, *rows))
    return result, read(tmp_path, "Venue")


def read(tmp_path: Path, label: str) -> pl.DataFrame:
    with connect(workspace=tmp_path / "w") as graph:
        return graph.entities(label)


def errors_of(result: LoadResult) -> list[tuple[str, int | None, str]]:
    return [(p.code, p.row, p.column) for p in result.problems if p.severity == ERROR]


FORMULAS = ['=HYPERLINK("http://x","y")', "+1+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1)", "＝1+1"]


def test_a_formula_stays_text_in_the_graph_and_is_harmless_in_every_export(tmp_path: Path) -> None:
    rows = [[f"第{n}礼堂", "礼堂", "", "100", "", "", "", formula] for n, formula in enumerate(FORMULAS)]
    result, venues = load_venues(tmp_path, *rows)
    kept = dict(venues.select("name", "remark").iter_rows())
    assert kept == {row[0]: unicodedata.normalize("NFKC", row[-1]) for row in rows}
    save_report(result, tmp_path / "report.xlsx")
    for name, formula in kept.items():
        with connect_district(tmp_path / "w") as district:
            answer = district.provenance(name)
        answer.to_xlsx(tmp_path / "answer.xlsx")
        answer.to_csv(tmp_path / "answer.csv")
        for book in ("report.xlsx", "answer.xlsx"):
            cells = [c for sheet in openpyxl.load_workbook(tmp_path / book) for row in sheet.iter_rows() for c in row]
            assert any(formula in str(c.value) for c in cells)
            assert all(c.data_type != "f" and c.hyperlink is None for c in cells)
        lines = csv.reader((tmp_path / "answer.csv").read_text(encoding="utf-8-sig").splitlines())
        written = [cell for row in lines for cell in row]
        assert any(formula in cell for cell in written)
        assert not [cell for cell in written if cell.startswith(("=", "+", "-", "@", "＝"))]


def test_a_template_has_no_formula_and_no_link(tmp_path: Path) -> None:
    save_template(SCHEMA.register("venues"), tmp_path / "t.xlsx")
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "t.xlsx") for row in sheet.iter_rows() for c in row]
    assert all(c.data_type != "f" and c.hyperlink is None for c in cells)


MARKUP = ("<script>alert(1)</script>", '"onmouseover="alert(1)', "javascript:alert(1)", "<img src=x onerror=alert(1)>")


def test_markup_is_inert_in_pictures_reports_and_notebooks(tmp_path: Path) -> None:
    rows = [[f"礼堂{evil}", "礼堂", "", "-1", "", "", "", evil] for evil in MARKUP]
    result, venues = load_venues(tmp_path, *rows)
    assert venues.height == len(MARKUP)
    save_report(result, tmp_path / "report.html")
    with connect_district(tmp_path / "w") as district:
        answer = district.unused_resources(all=True)
    assert len(answer.rows) == len(MARKUP)
    pages = [(tmp_path / "report.html").read_text(encoding="utf-8"), answer._repr_html_()]
    for evil in MARKUP:
        network = nx.MultiDiGraph()
        for id, name in venues.select("id", "name").iter_rows():
            network.add_node(id, label="Venue", name=name, remark=evil)
        pages.append(draw(network, title=evil).html)
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert '"onmouseover="alert' not in text.replace('\\"', "")
        assert 'href="javascript:' not in text


def test_characters_that_print_nothing_or_turn_text_around_are_gone_everywhere(tmp_path: Path) -> None:
    result, venues = load_venues(
        tmp_path, ["大\u202e礼\u200b堂\u2066", "礼堂", "", "100", "", "", "", "a\u202eb\ufeffc"]
    )
    assert venues.select("name", "remark").rows() == [("大礼堂", "abc")]
    assert not [p for p in result.problems if p.severity == ERROR]


def test_a_nul_is_an_error_with_its_row_and_a_very_long_text_is_cut_and_told(tmp_path: Path) -> None:
    result, venues = load_venues(
        tmp_path,
        ["大礼堂", "礼堂", "", "100", "", "", "", "长" * 10_000],
        ["食堂\0", "食堂", "", "100", "", "", "", ""],
        ["长" * 10_000, "礼堂", "", "100", "", "", "", ""],
    )
    assert ("text.too_long", 2) in {(p.code, p.row) for p in result.problems}
    assert ("row.damaged", 3) in {(p.code, p.row) for p in result.problems}
    assert ("text.too_long", 4) in {(p.code, p.row) for p in result.problems}
    assert sorted(len(r) for r in venues["remark"].drop_nulls()) == [2000]
    assert max(len(n) for n in venues["name"]) == 200


def test_full_width_digits_and_both_ways_of_composing_letters_give_one_key(tmp_path: Path) -> None:
    name = "Café机械厂"
    rows = [[unicodedata.normalize(form, name), "", "", "", ""] for form in ("NFC", "NFD")]
    numbers = [["第３机械厂", "", "１２", "", ""], ["第3机械厂", "", "", "", ""]]
    result = load(tmp_path, write(tmp_path / "in", "驻区单位基本情况表.csv", ENTERPRISES, *rows, *numbers))
    assert result.counts["entities"]["Enterprise"] == 2
    assert set(read(tmp_path, "Enterprise").select("name", "employees").rows()) == {(name, None), ("第3机械厂", 12)}


def test_a_date_that_is_wrong_or_can_be_read_twice_is_never_guessed_in_silence(tmp_path: Path) -> None:
    cells = {
        "2024-02-30": ("date.none", "error", None), "60": ("date.form", "error", None), "2019.1": ("date.ambiguous", "warning", date(2019, 1, 1)),
        "2025-13-01": ("date.none", "error", None), "2026-03-01至2025-03-01": ("date.order", "error", None), "明天": ("date.form", "error", None),
    }  # fmt: skip
    rows = [[str(n), "长一社区", "甲厂", cell, "", "三年", ""] for n, cell in enumerate(cells)]
    result = load(tmp_path, write(tmp_path / "in", "共驻共建协议台账.csv", AGREEMENTS, *rows))
    told = [(p.row, p.code, p.severity, p.column) for p in result.problems if p.field == "signed"]
    assert sorted(told) == [(row, code, severity, "D") for row, (code, severity, _) in enumerate(cells.values(), 2)]
    stored = read(tmp_path, "Agreement").sort("number")["signed"]
    assert stored.to_list() == [day for _, _, day in cells.values()]


def test_an_end_before_its_start_is_an_error_at_its_cell_and_is_not_used(tmp_path: Path) -> None:
    terms = [("2025-03-01", "2024-03-01"), ("2025-03-05", "2025.03"), ("2025年4月", "2025.03"), ("2025-03-05", "2025")]
    rows = [[str(n), "长一社区", "甲厂", signed, ends, "三年", ""] for n, (signed, ends) in enumerate(terms)]
    result = load(tmp_path, write(tmp_path / "in", "共驻共建协议台账.csv", AGREEMENTS, *rows))
    assert sorted(errors_of(result)) == [("date.order", 2, "E"), ("date.order", 4, "E")]
    assert read(tmp_path, "Agreement").sort("number")["ends"].is_null().to_list() == [True, False, True, False]


def test_an_impossible_number_is_an_error_and_its_row_is_kept(tmp_path: Path) -> None:
    cells = ["-20", "1e308", "NaN", "inf", "1e400", "-1e400", "9" * 400]
    rows = [[f"第{n}礼堂", "礼堂", "", cell, cell, "", "", ""] for n, cell in enumerate(cells)]
    result, venues = load_venues(tmp_path, *rows)
    assert {(row, column) for _, row, column in errors_of(result)} == {
        (row, column) for row in range(2, 2 + len(cells)) for column in "DE"
    }
    assert venues.select("area_m2", "capacity").rows() == [(None, None)] * len(cells)


def test_a_unit_paired_with_itself_is_an_error_at_its_cell_and_no_partnership(tmp_path: Path) -> None:
    units = write(tmp_path / "in", "驻区单位基本情况表.csv", ENTERPRISES, ["甲机械厂有限公司", "", "", "", ""])
    paired = ["1", "甲机械厂", "甲机械厂有限公司", "2026-01-01", "", "长期", ""]
    write(tmp_path / "in", "共驻共建协议台账.csv", AGREEMENTS, paired)
    result = load(tmp_path, units.parent)
    told = next(p for p in result.problems if p.code == "relation.self")
    assert (told.severity, told.file, told.row, told.column) == (ERROR, "共驻共建协议台账.csv", 2, "C")
    assert "PARTNERED_WITH" not in result.counts["relations"]


def test_a_name_that_stands_for_nothing_is_told_with_its_cell(tmp_path: Path) -> None:
    result, _ = load_venues(tmp_path, ["大礼堂", "礼堂", "火星机械厂", "100", "", "", "", ""])
    told = [(p.code, p.file, p.row, p.column, p.value) for p in result.problems if p.field == "owner"]
    assert told == [("unit.unknown", "场地资源登记表.csv", 2, "C", "火星机械厂")]


def test_a_ring_in_a_hierarchy_is_left_out_and_told_whatever_the_order(tmp_path: Path) -> None:
    header = ["党组织名称", "党组织类型", "所在单位名称", "上级党组织"]
    names = ["甲机械厂", "乙轴承厂", "丙水泥厂", "丁纺织厂"]
    units = [[f"{name}有限公司", "", "", "", ""] for name in names]
    ring = [[f"{a}党委", "党委", a, f"{b}党委"] for a, b in zip(names, [*names[1:3], names[0], names[0]], strict=True)]
    digests = set()
    for number, rows in enumerate((ring, ring[::-1])):
        place = tmp_path / str(number)
        place.mkdir()
        write(place / "in", "驻区单位基本情况表.csv", ENTERPRISES, *units)
        write(place / "in", "党组织信息采集表.csv", header, *rows)
        result = load(place, place / "in")
        told = [p for p in result.problems if p.code == "relation.ring"]
        assert {p.severity for p in told} == {ERROR}
        assert sorted(p.row or 0 for p in told) == ([2, 3, 4] if number == 0 else [3, 4, 5])
        assert {p.column for p in told} == {"D"}
        with connect(workspace=place / "w") as graph:
            found = graph.relations("SUBORDINATE_TO")
        assert found.height == 1  # 丁 is below the ring, not in it
        digests.add(found.select("source", "target").rows()[0])
    assert len(digests) == 1


def test_a_row_gone_from_a_full_list_is_closed_and_its_history_kept(tmp_path: Path) -> None:
    rows = [[name, "礼堂", "", "100", "", "", "", ""] for name in "甲乙丙丁戊己庚辛壬"]
    gone = ["食堂", "食堂", "", "50", "", "", "", ""]
    load(tmp_path, write(tmp_path / "in", "场地资源登记表.csv", VENUES, *rows, gone), as_of=date(2026, 1, 31))
    load(tmp_path, write(tmp_path / "in", "场地资源登记表.csv", VENUES, *rows), as_of=date(2026, 2, 28))
    venues = read(tmp_path, "Venue").sort("name").select("name", "area_m2", "valid_to")
    closed = ("食堂", 50.0, date(2026, 2, 28))
    assert sorted(venues.rows()) == sorted([closed, *((row[0], 100.0, None) for row in rows)])


def test_two_loads_at_once_come_one_after_the_other_and_both_are_on_the_record(tmp_path: Path) -> None:
    load_venues(tmp_path, ["大礼堂", "礼堂", "", "100", "", "", "", ""])
    script = (
        "import sys; from pathlib import Path; from graph.settings import Settings; from loaders.loading import load_paths\n"
        "w = Path(sys.argv[1]); load_paths(w, [Path(sys.argv[2])], settings=Settings(workspace=w, key_file=w.parent / 'key'))"
    )
    # Separate folders and names, so that neither list is a newer version of the other.
    sources = [
        write(tmp_path / f"in{n}", name, VENUES, [venue, "礼堂", "", "5", "", "", "", ""])
        for n, (name, venue) in enumerate((("甲厂场地.csv", "甲厂礼堂"), ("乙厂场地.csv", "乙厂礼堂")))
    ]
    children = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "w"), str(s)]) for s in sources]
    assert [child.wait(120) for child in children] == [0, 0]
    assert len(Workspace.open(tmp_path / "w").ledger.loads()) == 3
    assert read(tmp_path, "Venue").height == 3


@pytest.mark.slow
def test_a_hub_of_half_a_million_relations_is_answered_in_time_or_said_to_be_cut(tmp_path: Path) -> None:
    from tests.loaders.hub import publish_hub

    publish_hub(tmp_path / "w", 500_000)
    with connect_district(tmp_path / "w") as district, at_most(20):
        answer = district.neighbourhood("甲机械厂有限公司", limit=100)
    assert answer.truncated
    assert len(answer.rows) == 100


def test_nothing_about_a_person_is_left_anywhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Planted in remarks, titles, headers, file and sheet names, phone and number columns; searched for in all that is kept or told."""
    told = secrets()
    remarks = sentences(told)
    name = f"场地资源登记表{NAMES[0]}{told['mobile']}.csv"
    rows = [[f"礼堂{n}", "礼堂", remark, remark, "", remark, remark, remark] for n, remark in enumerate(remarks)]
    header = [*VENUES[:-1], f"备注（{NAMES[1]}老师 {told['mobile']}）"]
    write(tmp_path / "in", name, header, *rows)
    units = [[f"第{n}机械厂", told["national"], remark, remark, remark] for n, remark in enumerate(remarks)]
    write(tmp_path / "in", "驻区单位基本情况表.csv", [*ENTERPRISES, "企业需求"], *([*u, u[-1]] for u in units))
    signed = [[str(n), r, r, r, r, r, r] for n, r in enumerate(remarks)]
    write(tmp_path / "in", "共驻共建协议台账.csv", AGREEMENTS, *signed)
    book = openpyxl.Workbook()
    book.active.title = f"{NAMES[2]}主任{told['mobile']}"
    for line in (["需求单位", "需求类别", "需求内容"], *(["第1机械厂", "服务", r] for r in remarks)):
        book.active.append(line)
    book.save(tmp_path / "in" / "需求清单.xlsx")
    with caplog.at_level(logging.DEBUG):
        result = load(tmp_path, tmp_path / "in")
    save_report(result, tmp_path / "out.xlsx")
    save_report(result, tmp_path / "out.html")
    (tmp_path / "in" / name).unlink()
    with connect(workspace=tmp_path / "w") as graph:
        kept = [graph.entities(e.label).write_ndjson().encode() for e in graph.schema.entities]
    haystack = b"\n".join(
        [
            everything_in(tmp_path / "w"),
            *(everything_in(_alone(tmp_path, report)) for report in ("out.xlsx", "out.html")),
            repr([result.to_dict(lang) for lang in ("zh", "en")]).encode(),
            caplog.text.encode(),
            *kept,
        ]
    )
    assert result.counts["entities"]["Venue"] == len(remarks)
    found = [what for what in (*told.values(), *NAMES) if what.encode() in haystack]
    assert found == []
    assert told["mobile"][:3].encode() + b"****" in haystack or b"[\xe5\xb7\xb2" in haystack  # it was there, and masked


def _alone(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / f"only-{name}"
    folder.mkdir()
    return (tmp_path / name).rename(folder / name).parent


def test_threads_that_clean_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    from loaders.cleaning.items import read_items

    text = "会议室1间、志愿者10名"
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(len(read_items(text)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [2] * 8


def test_the_position_of_a_sheet_is_stored_in_one_datum(tmp_path: Path) -> None:
    header = ["单位名称", "百度经度", "百度纬度"]
    load(tmp_path, write(tmp_path / "in", "驻区单位基本情况表.csv", header, ["甲机械厂", "112.4130", "34.6700"]))
    row = read(tmp_path, "Enterprise").row(0, named=True)
    assert row["datum"] == "BD-09"
    assert (row["lon"], row["lat"]) == (pytest.approx(112.4001, abs=2e-4), pytest.approx(34.6650, abs=2e-4))
