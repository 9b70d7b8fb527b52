"""Every row that was read is in the graph, waits for a name, or was not loaded; what the summary counts is what the graph has."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.settings import Settings
from graph.snapshot import SOURCES_TABLE
from graph.stored_tables import StoredTables
from graph.tables import SOURCES
from graph.workspace import Workspace
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from loaders.report.report_texts import state_line, tell_lines

COMMUNITIES = [("社区名称", "所属街道", "户数"), ("甲社区", "一街道", "100"), ("乙社区", "一街道", "200")]
VENUES = [
    ("场地名称", "产权单位", "面积", "可容纳人数"),
    ("会议室", "甲社区", "80", "40"),
    ("礼堂", "乙社区", "300", "200"),
]


def save(path: Path, rows: list[tuple[str, ...]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def load(folder: Path, *paths: Path, dry: bool = False) -> LoadResult:
    at = Settings(workspace=folder / "w", key_file=folder / "key")
    return load_paths(folder / "w", paths, settings=at, options=LoadOptions(dry_run=dry))


def base(folder: Path) -> None:
    load(folder, save(folder / "社区基本情况表.csv", COMMUNITIES), save(folder / "场地资源登记表.csv", VENUES))


def placed_rows(folder: Path, result: LoadResult) -> int:
    """Return how many rows of a call the graph itself has, as its provenance tells."""
    snapshot = Workspace.open(folder / "w").current()
    assert snapshot is not None
    sources = StoredTables(snapshot).read(SOURCES_TABLE, SOURCES)
    return sources.filter(pl.col("load_id").is_in(list(result.loads))).select("load_id", "sheet", "row").n_unique()


USES = ("使用日期", "使用时段", "场地名称", "使用单位", "活动名称", "参加人数")
places = st.sampled_from(["甲社区会议室", "乙社区礼堂", "滨河驿站", "无人知道的房间", ""])
units = st.sampled_from(["甲社区", "乙社区", "无名石材厂", "某单位", ""])
days = st.sampled_from(["2026-10-20", "2026-10-21", "2026-13-41", ""])
use_rows = st.lists(st.tuples(days, st.just("9:00-11:00"), places, units, st.just("党课"), st.sampled_from(["30", "很多", ""])), min_size=1, max_size=12)  # fmt: skip


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outcomes")
    base(folder)
    return folder


@settings(max_examples=8, deadline=None)
@given(use_rows)
def test_of_any_log_of_use_the_summary_counts_what_is_in_the_graph(ready, rows):
    with tempfile.TemporaryDirectory(dir=ready) as own:
        folder = Path(own)
        shutil.copytree(ready / "w", folder / "w")
        shutil.copy(ready / "key", folder / "key")
        result = load(folder, save(folder / "场地使用登记.csv", [USES, *rows]))
        summary, (entry,) = result.summary, result.files
        assert summary.read == summary.in_graph + summary.waiting + summary.not_loaded
        assert summary.in_graph == placed_rows(folder, result)
        parts = (entry["rows_read"], entry["rows_loaded"], entry["rows_waiting"], entry["rows_rejected"])
        assert parts == (summary.read, summary.in_graph, summary.waiting, summary.not_loaded)
        known = [r for r in rows if r[2] in {"甲社区会议室", "乙社区礼堂"} and r[0]]
        assert summary.in_graph <= len(known)
        assert bool(summary.names) == bool(summary.waiting or summary.incomplete)
        told = {p.row for p in result.problems} | {None}
        assert summary.not_loaded == 0 or len(told) > 1


def test_a_sheet_of_unknown_units_says_that_it_waits_and_not_that_a_cell_is_empty(tmp_path: Path) -> None:
    needs = [("单位名称", "需求内容"), ("松一社区", "法律讲座"), ("松二社区", "会议室"), ("松二社区", "义诊")]
    result = load(tmp_path, save(tmp_path / "居民需求清单.csv", needs))
    assert {p.code for p in result.problems} == {"unit.unknown"}
    assert (result.summary.read, result.summary.in_graph, result.summary.waiting) == (3, 0, 3)
    assert not result.summary.is_complete
    line = tell_lines(result, "zh")[0]
    assert "读取 3 行 = 入图 0 + 等待认名 3 + 未载入 0；待认的名称：松一社区、松二社区" in line


def test_a_dry_run_counts_the_same_and_says_that_nothing_was_written(tmp_path: Path) -> None:
    base(tmp_path)
    uses = save(tmp_path / "场地使用登记.csv", [USES, ("2026-10-20", "9:00-11:00", "滨河驿站", "甲社区", "党课", "3")])
    tried = load(tmp_path, uses, dry=True)
    assert tried.summary.waiting == 1
    assert state_line(tried, "zh") == "试读：没有写入任何内容"
    assert load(tmp_path, uses).summary == tried.summary


def test_a_row_that_two_registers_read_counts_once(tmp_path: Path) -> None:
    base(tmp_path)
    head = ("企业名称", "产品名称", "规格型号", "年产能", "需求产品", "年需求量")
    rows = [
        ("甲社区", "轴承", "A", "10", "钢", "5"),
        ("甲社区", "电机", "B", "2", "", ""),
        ("外星厂", "飞碟", "", "", "铁", "1"),
    ]
    result = load(tmp_path, save(tmp_path / "企业产品技术供需名录.csv", [head, *rows]))
    summary = result.summary
    assert (summary.read, summary.in_graph + summary.waiting + summary.not_loaded) == (3, 3)
    assert placed_rows(tmp_path, result) == summary.in_graph


def test_a_file_that_was_loaded_before_is_counted_again_as_it_is_now(tmp_path: Path) -> None:
    uses = save(
        tmp_path / "场地使用登记.csv", [USES, ("2026-10-20", "9:00-11:00", "乙社区礼堂", "甲社区", "党课", "3")]
    )
    assert load(tmp_path, uses).summary.waiting == 1
    base(tmp_path)
    again = load(tmp_path, uses)
    assert (again.summary.in_graph, again.summary.waiting, again.summary.names) == (1, 0, ())


@pytest.mark.parametrize("gap", [[], [""]])
def test_tables_beside_each_other_count_their_own_rows(tmp_path, gap):
    base(tmp_path)
    uses = [("2026-10-2" + str(i), "9:00-10:00", "会议室", "甲社区", f"活动{i}", "12") for i in range(4)]
    rows = [USES, *uses[:2]], [USES, *uses[2:]]
    beside = [(*left, *gap, *right) for left, right in zip(*rows, strict=True)]
    result = load(tmp_path, save(tmp_path / "场地使用登记.csv", beside))
    assert [(f["rows_read"], f["rows_loaded"]) for f in result.files] == [(2, 2), (2, 2)]
    assert (result.summary.read, result.summary.in_graph, result.summary.not_loaded) == (4, 4, 0)
