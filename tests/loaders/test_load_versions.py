"""Lists of several offices, whole ways through: what is in the graph, and what the last lines of a load say."""

import csv
import tempfile
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from api.deciding import decide
from graph.decisions import Replaces
from graph.errors import ArgumentError
from graph.settings import Settings
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from loaders.report.screen import show_result

FIRMS, VENUES = ("企业名称", "员工数"), ("场地名称", "产权单位", "面积", "容纳人数")
FULL = LoadOptions(scope="full_list")


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def firms(path: Path, sender: str, month: str, numbers: range) -> Path:
    heads = [("辖区企业名册", ""), (f"填报单位：{sender}   填报时间：{month}", "")] if sender else []
    return write(path, *heads, FIRMS, *((f"第{n}机械有限公司", str(n)) for n in numbers))


class Place:
    """A workspace in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(workspace=folder / "w", key_file=folder / "key")

    def load(self, *paths: Path, options: LoadOptions | None = None) -> LoadResult:
        return load_paths(self.settings.workspace, paths, settings=self.settings, options=options)


def last_lines(result: LoadResult, lang: str = "zh") -> str:
    shown = StringIO()
    show_result(result, Console(file=shown, width=300), lang)
    return shown.getvalue()


def test_two_streets_send_one_form_in_two_loads_and_both_stay(tmp_path: Path) -> None:
    east = firms(tmp_path / "河东" / "辖区企业名册.csv", "河东街道", "2026年3月", range(1, 4))
    west = firms(tmp_path / "河西" / "辖区企业名册.csv", "河西街道", "2026年9月", range(4, 6))
    place = Place(tmp_path)
    place.load(east)
    result = place.load(west)
    assert result.counts["entities"] == {"Enterprise": 5}
    assert "读取 2 行 = 入图 2 + 等待认名 0 + 未载入 0；存疑 0 处\n关闭 0 条\n" in last_lines(result)


def test_two_files_of_one_name_are_shown_with_their_folders_and_each_keeps_its_own_names_to_find(
    tmp_path: Path,
) -> None:
    for street in "甲河", "乙河":
        write(
            tmp_path / "in" / f"{street}街道" / "场地资源登记表.csv",
            VENUES,
            ("文化活动室", f"{street}社区", "100", "50"),
        )
    whole = Place(tmp_path / "whole").load(tmp_path / "in")
    assert {f["file"] for f in whole.files} == {"甲河街道/场地资源登记表.csv", "乙河街道/场地资源登记表.csv"}
    assert whole.counts["entities"]["Venue"] == 2
    single = Place(tmp_path / "single")
    single.load(tmp_path / "in" / "甲河街道")
    last = single.load(tmp_path / "in" / "乙河街道")
    assert last.digest == whole.digest
    assert last.summary.names == ("乙河社区",)
    rows = last.summary
    assert (rows.read, rows.in_graph, rows.incomplete, rows.waiting) == (1, 1, 1, 0)
    assert "入图的行中有 1 行还有名称待认；待认的名称：乙河社区" in last_lines(last)


def test_a_shorter_full_list_without_a_day_is_asked_about_and_a_yes_closes(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.load(firms(tmp_path / "一" / "企业名册.csv", "", "", range(1, 21)))
    result = place.load(firms(tmp_path / "二" / "企业名册.csv", "", "", range(4, 21)), options=FULL)
    assert result.counts["entities"]["Enterprise"] == 20
    (asked,) = result.summary.asked
    assert (asked.count, asked.of, set(asked.names)) == (3, 20, {f"第{n}机械有限公司" for n in (1, 2, 3)})
    said = last_lines(result)
    command = f"shilian decide replaces {asked.load}"
    assert "少 3 条（上一份共 20 条），没有关闭" in said
    assert "第1机械有限公司" in said
    assert command in said
    assert command in last_lines(result, "en")
    with pytest.raises(ArgumentError, match="no such load"):
        decide(Replaces(list="0000"), place.settings)
    decided = decide(Replaces(list=asked.load), place.settings).result
    assert decided is not None
    assert decided.counts["entities"]["Enterprise"] == 17
    assert "关闭 3 条" in last_lines(decided)


def test_a_full_list_without_a_day_closes_up_to_a_tenth_from_today(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.load(firms(tmp_path / "一" / "企业名册.csv", "", "", range(1, 21)))
    result = place.load(firms(tmp_path / "二" / "企业名册.csv", "", "", range(2, 21)), options=FULL)
    assert result.counts["entities"]["Enterprise"] == 19
    assert result.changed
    assert "关闭 1 条：第1机械有限公司" in last_lines(result)
    assert place.load(tmp_path / "二", options=FULL).changed is False


def test_an_older_list_that_comes_late_closes_nothing_and_says_so(tmp_path: Path) -> None:
    new = firms(tmp_path / "2-名册.csv", "柳岸街道", "2026年9月30日", range(2, 13))
    old = firms(tmp_path / "1-名册.csv", "柳岸街道", "2026年3月31日", range(1, 12))
    place = Place(tmp_path)
    place.load(new)
    late = place.load(old)
    assert late.counts["entities"]["Enterprise"] == 11
    assert late.summary.closings == ()
    other = Place(tmp_path / "other")
    other.load(old)
    result = other.load(new)
    assert result.digest == late.digest
    assert result.to_dict()["summary"]["closed"][0]["names"] == ["第1机械有限公司"]


def test_a_trial_says_what_would_be_closed_and_that_nothing_was_written(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.load(firms(tmp_path / "1.csv", "柳岸街道", "2026年3月31日", range(1, 12)))
    new = firms(tmp_path / "2.csv", "柳岸街道", "2026年9月30日", range(2, 12))
    said = last_lines(place.load(new, options=LoadOptions(dry_run=True)))
    assert "关闭 1 条：第1机械有限公司\n试读：没有写入" in said


FILES = (
    ("辖区企业名册.csv", "河东街道", "2026年3月", range(1, 11)),
    ("辖区企业名册.csv", "河东街道", "2026年9月", range(2, 12)),
    ("辖区企业名册.csv", "河西街道", "2026年6月", range(12, 15)),
    ("辖区企业名册（第1批）.csv", "山前街道", "2026年6月", range(20, 25)),
    ("辖区企业名册（第2批）.csv", "山前街道", "2026年7月", range(25, 30)),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(len(FILES))),
    cuts=st.sets(st.integers(1, len(FILES) - 1)),
    folders=st.lists(st.sampled_from(["收件", "一", "2026", "a b"]), min_size=len(FILES), max_size=len(FILES)),
)
def test_files_give_the_same_graph_one_by_one_all_at_once_in_any_order_and_from_any_folder(
    order: list[int], cuts: set[int], folders: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        written = [firms(root / folders[i] / str(i) / name, *rest) for i, (name, *rest) in enumerate(FILES)]  # type: ignore[arg-type]
        place = Place(root)
        starts = [0, *sorted(cuts), len(FILES)]
        for start, end in pairwise(starts):
            result = place.load(*(written[i] for i in order[start:end]))
        assert result.counts["entities"]["Enterprise"] == 23
        assert DIGESTS.setdefault("", result.digest) == result.digest


DIGESTS: dict[str, str] = {}
