"""Loading as a user meets it: what is used, what is refused, and that nothing is written when nothing can be."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from graph.connect import connect
from graph.errors import FileEncryptedError, FileMissingError, InputError, NothingToLoadError, RegisterRefusedError
from graph.problems import ERROR
from graph.settings import Settings
from graph.storage_errors import DiskFullError, WorkspaceLockedError
from graph.types.coordinates import wgs2bd
from graph.workspace import Workspace
from loaders.loading import LoadOptions, load_paths, rebuild, withdraw
from loaders.report.load_result import LoadResult
from loaders.report.screen import save_report

VENUES = "场地名称,资源类型,产权单位,面积,开放时间,使用状态,备注\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def load(tmp_path: Path, *paths: Path, **options: Any) -> LoadResult:
    settings = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")
    return load_paths(tmp_path / "w", paths, options=LoadOptions(**options), settings=settings)


def test_what_is_no_register_is_listed_and_stops_nothing(tmp_path: Path, folder: Path) -> None:
    write(folder, "场地.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    write(folder, "说明.csv", "请各单位按时填报\n谢谢\n")
    write(folder, "readme.txt", "hello")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4)
    (folder / "空.xlsx").write_bytes(b"")
    result = load(tmp_path, folder)
    assert result.counts["entities"]["Venue"] == 1
    skipped = {f["file"] for f in result.files if f["register"] is None}
    assert skipped == {"说明.csv", "readme.txt", "photo.jpg", "空.xlsx"}
    assert not [p for p in result.problems if p.severity == ERROR]


def test_nothing_to_load_is_an_error_and_writes_nothing(tmp_path: Path, folder: Path) -> None:
    write(folder, "说明.csv", "请各单位按时填报\n谢谢\n")
    with pytest.raises(NothingToLoadError) as nothing:
        load(tmp_path, folder)
    zh, en = (nothing.value.message(lang) for lang in ("zh", "en"))
    assert "说明.csv" in zh and "需要一行表头" in zh and "headers" not in zh  # what to do, in one language
    assert "说明.csv" in en and "a row of headers is wanted" in en and "表头" not in en
    assert not Workspace.open(tmp_path / "w").ledger.loads()
    with pytest.raises(FileMissingError):
        load(tmp_path, folder / "gone.xlsx")


def test_a_single_bad_file_is_refused_with_its_own_reason(tmp_path: Path, folder: Path) -> None:
    import msoffcrypto

    openpyxl.Workbook().save(folder / "plain.xlsx")
    with (folder / "plain.xlsx").open("rb") as plain, (folder / "locked.xlsx").open("wb") as locked:
        msoffcrypto.OfficeFile(plain).encrypt("secret", locked)
    with pytest.raises(FileEncryptedError, match=r"locked\.xlsx"):
        load(tmp_path, folder / "locked.xlsx")


def test_a_register_of_petitioners_is_refused_whole(tmp_path: Path, folder: Path) -> None:
    write(folder, "信访人员名册.csv", "信访人姓名,身份证号,家庭住址,信访事项\n张三,110105194912310021,某街1号,噪音\n")
    with pytest.raises((RegisterRefusedError, NothingToLoadError)) as refused:
        load(tmp_path, folder)
    assert "110105194912310021" not in str(refused.value)


def test_rows_in_are_rows_loaded_and_rows_reported(tmp_path: Path, folder: Path) -> None:
    write(folder, "场地.csv", VENUES + "大礼堂,礼堂,,100,,,\n,会议室,,50,,,\n食堂,食堂,,-5,,,\n")
    result = load(tmp_path, folder)
    report = next(f for f in result.files if f["register"] == "venues")
    assert (report["rows_read"], report["rows_loaded"], report["rows_rejected"]) == (3, 2, 1)
    errors = [(p.code, p.row, p.column, p.suggestion) for p in result.problems if p.severity == ERROR]
    assert ("required.missing", 3, "A", "") in errors
    assert ("number.negative", 4, "D", "5") in errors
    assert len(errors) == 2


def test_a_formula_stays_text(tmp_path: Path, folder: Path) -> None:
    write(folder, "场地.csv", VENUES + '"=HYPERLINK(""http://x"",""y"")",礼堂,,100,,,\n')
    result = load(tmp_path, folder)
    save_report(result, tmp_path / "report.xlsx")
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx") for row in sheet.iter_rows() for c in row]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    assert all(c.data_type != "f" and c.hyperlink is None for c in cells)


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path: Path, folder: Path) -> None:
    write(folder, "场地.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    result = load(tmp_path, folder, dry_run=True)
    assert result.counts["entities"] == {"Venue": 1}
    assert Workspace.open(tmp_path / "w").current() is None
    assert load(tmp_path, folder).digest == result.digest


def test_a_withdrawn_load_is_as_if_it_had_not_been(tmp_path: Path, folder: Path) -> None:
    write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    first = load(tmp_path, folder)
    write(folder, "b.csv", VENUES + "食堂,食堂,,50,,,\n")
    assert load(tmp_path, folder).counts["entities"]["Venue"] == 2
    second = next(row for row in Workspace.open(tmp_path / "w").ledger.loads() if row["file"] == "b.csv")
    back = withdraw(tmp_path / "w", second["id"], settings=Settings(workspace=tmp_path / "w"))
    assert back.digest == first.digest
    assert load(tmp_path, folder).counts["entities"]["Venue"] == 2


def test_a_run_that_was_cut_short_is_finished_by_the_next(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import loaders.loading as module

    write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    first = load(tmp_path, folder)
    write(folder, "b.csv", VENUES + "食堂,食堂,,50,,,\n")
    with monkeypatch.context() as patch:
        patch.setattr(module, "publish", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path, folder)
    assert connect(workspace=tmp_path / "w").digest == first.digest
    result = load(tmp_path, folder)
    assert result.changed
    assert result.counts["entities"]["Venue"] == 2


def test_a_full_disk_leaves_the_old_graph_served(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    first = load(tmp_path, folder)
    write(folder, "b.csv", VENUES + "食堂,食堂,,50,,,\n")

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pl.DataFrame, "write_parquet", full)
        with pytest.raises(DiskFullError):
            load(tmp_path, folder)
    assert connect(workspace=tmp_path / "w").digest == first.digest
    assert load(tmp_path, folder).counts["entities"]["Venue"] == 2


def test_a_second_writer_is_told_who_holds_the_workspace(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess
    import sys

    write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    load(tmp_path, folder)
    write(folder, "b.csv", VENUES + "食堂,食堂,,50,,,\n")
    holder = (
        "import sys; from graph.workspace import Workspace\n"
        "with Workspace.open(sys.argv[1]).writing():\n    print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "w")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout and child.stdout.readline() == "held\n"
        waiting = Workspace.writing
        monkeypatch.setattr(Workspace, "writing", lambda self, timeout=0.2: waiting(self, timeout))
        with pytest.raises(WorkspaceLockedError, match=str(child.pid)):
            load(tmp_path, folder)


def test_the_day_of_a_load_comes_from_the_sheet_unless_it_is_told(tmp_path: Path, folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["场地资源登记表"],
        ["填报单位（盖章）：某办 填报时间：2026年6月"],
        VENUES.strip().split(","),
        ["大礼堂", "礼堂", "", 100],
    ):
        sheet.append(row)
    book.save(folder / "场地.xlsx")
    load(tmp_path, folder)
    assert connect(workspace=tmp_path / "w").as_of == date(2026, 6, 30)
    load(tmp_path, folder, as_of=date(2026, 7, 15))
    assert connect(workspace=tmp_path / "w").as_of == date(2026, 7, 15)


def test_as_many_snapshots_stay_as_the_settings_given_from_python_say(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHILIAN_KEEP_SNAPSHOTS", "2")
    path = write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    given = Settings(workspace=tmp_path / "w", key_file=tmp_path / "key", keep_snapshots=5)
    loaded = load_paths(tmp_path / "w", [path], settings=given)
    for _ in range(6):
        loaded = rebuild(tmp_path / "w", settings=given)
    load_id = Workspace.open(tmp_path / "w").ledger.loads()[0]["id"]
    withdrawn = withdraw(tmp_path / "w", load_id, settings=given)
    assert (loaded.snapshot, withdrawn.snapshot) == ("7", "8")
    assert Workspace.open(tmp_path / "w").snapshots() == list(range(4, 9))


def test_a_register_that_comes_later_and_names_the_owner_gives_the_room_its_proper_key(
    tmp_path: Path, folder: Path
) -> None:
    rooms = write(folder, "场地.csv", VENUES + "会议室,会议室,火星机械厂,100,,,\n会议室,会议室,木星机械厂,50,,,\n")
    assert load(tmp_path, rooms).counts["entities"]["Venue"] == 2
    firms = write(folder, "企业.csv", "驻区企业基本情况表,\n企业名称,所属行业\n火星机械厂,机械\n")
    later = load(tmp_path, firms)
    assert later.counts["entities"]["Venue"] == 2
    with connect(workspace=tmp_path / "w") as graph:
        assert graph.entities("Venue")["id"].to_list() == ["ven:?木星机械厂:会议室", "ven:ent:火星机械厂:会议室"]
    assert load(tmp_path / "new", rooms, firms).digest == later.digest


def test_a_rebuild_of_an_empty_workspace_says_so(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"shilian load"):
        rebuild(tmp_path / "nowhere", settings=Settings(workspace=tmp_path / "nowhere"))


def test_an_unknown_report_suffix_is_a_clear_error(tmp_path: Path, folder: Path) -> None:
    write(folder, "a.csv", VENUES + "大礼堂,礼堂,,100,,,\n")
    with pytest.raises(InputError, match=r"\.pdf"):
        save_report(load(tmp_path, folder), tmp_path / "report.pdf")


def test_the_marked_up_workbook_comments_the_bad_cell_and_has_no_person(tmp_path: Path, folder: Path) -> None:
    text = "场地名称,资源类型,产权单位,面积,联系人,联系电话\n大礼堂,礼堂,,-20,张三丰,13812345678\n"
    result = load(tmp_path, write(folder, "场地.csv", text))
    save_report(result, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    comments = [c.comment.text for sheet in book for row in sheet.iter_rows() for c in row if c.comment]
    assert len(comments) == 1
    assert "20" in comments[0]
    values = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert not any("张三丰" in v or "13812345678" in v for v in values)
    save_report(result, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "-20" in page
    assert "13812345678" not in page


def test_a_wrong_day_is_an_error_and_its_row_still_counts(tmp_path: Path, folder: Path) -> None:
    text = (
        "活动日期,活动名称,承办单位,参加单位,地点,参加人数\n2026-02-30,义诊,,,,20\n,清扫,,,,5\n2026-03-01,讲座,,,,9\n"
    )
    result = load(tmp_path, write(folder, "活动台账.csv", text))
    report = next(f for f in result.files if f["register"] == "activities")
    assert (report["rows_loaded"], report["rows_rejected"]) == (2, 1)
    errors = {(p.code, p.row, p.column): p.advice("en") for p in result.problems if p.severity == ERROR}
    assert errors == {("date.none", 2, "A"): "2026-02-28", ("required.missing", 3, "A"): "fill in this cell"}


def test_every_error_says_what_to_do(tmp_path: Path, folder: Path) -> None:
    text = "单位名称,统一社会信用代码,职工人数,经度,纬度\n甲厂,123,很多很多个,1124,34\n乙厂,91110108551385082Q,-5,112.4,34.6\n"
    result = load(tmp_path, write(folder, "驻区单位基本情况表.csv", text))
    errors = [p for p in result.problems if p.severity == ERROR]
    assert {p.field for p in errors} == {"uscc", "employees", "lon"}
    assert all(p.as_dict(lang)["suggestion"] for p in errors for lang in ("zh", "en"))
    assert result.counts["entities"]["Enterprise"] == 2


def test_the_positions_of_rooms_and_bases_are_kept_in_wgs84(tmp_path: Path, folder: Path) -> None:
    (lon,), (lat,) = (one.tolist() for one in wgs2bd([112.40], [34.66]))
    write(folder, "场地.csv", f'场地名称,资源类型,产权单位,百度坐标\n大礼堂,礼堂,甲厂,"{lon:.7f},{lat:.7f}"\n')
    write(folder, "红色教育基地名录.csv", f"基地名称,级别,百度经度,百度纬度\n农耕博物馆,国家级,{lon:.7f},{lat:.7f}\n")
    load(tmp_path, folder)
    with connect(workspace=tmp_path / "w") as graph:
        for label in ("Venue", "RedBase"):
            (place,) = graph.entities(label).select("lon", "lat", "datum").rows()
            assert place == (pytest.approx(112.40, abs=1e-6), pytest.approx(34.66, abs=1e-6), "BD-09")
