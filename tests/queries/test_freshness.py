"""How fresh the data is: rhythms guessed from past sheets, and what is due."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.settings import Settings
from loaders.loading import load_paths
from queries import connect
from queries.questions.data.freshness import guess_rhythm


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [
        (["2026-01-31", "2026-02-28", "2026-03-31"], "monthly"),
        (["2025-12-31", "2026-03-31", "2026-06-30"], "quarterly"),
        (["2024-06-30", "2025-06-30", "2026-06-30"], "yearly"),
        (["2026-01-01", "2026-01-03", "2026-01-05"], "unknown"),
        (["2026-03-31", "2026-06-30"], "unknown"),
        ([], "unknown"),
    ],
)
def test_a_rhythm_needs_three_days_and_a_usual_gap(days: list[str], rhythm: str) -> None:
    assert guess_rhythm([date.fromisoformat(d) for d in days])[0] == rhythm


@pytest.mark.parametrize(
    ("gap", "rhythm"),
    [
        (19, "unknown"), (20, "monthly"), (45, "monthly"), (46, "unknown"), (69, "unknown"), (70, "quarterly"), (120, "quarterly"),
        (121, "unknown"), (299, "unknown"), (300, "yearly"), (430, "yearly"), (431, "unknown"),
    ],
)  # fmt: skip
def test_a_gap_is_usual_from_its_least_to_its_most_day(gap: int, rhythm: str) -> None:
    assert guess_rhythm([date(2024, 1, 1) + timedelta(days=gap * n) for n in range(3)])[0] == rhythm


@pytest.mark.parametrize(("gap", "period"), [(31, 31), (92, 92), (366, 366), (500, 0)])
def test_the_next_list_of_a_rhythm_is_awaited_after_its_longest_month_quarter_or_year(gap: int, period: int) -> None:
    assert guess_rhythm([date(2024, 1, 1) + timedelta(days=gap * n) for n in range(3)])[1] == period


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    for month, rows in ((3, 1), (4, 2), (5, 3)):
        lines = "".join(f"礼堂{n},礼堂,\n" for n in range(rows))
        text = f"填报单位：长安路街道   填报时间：2026年{month}月\n场地名称,资源类型,产权单位\n{lines}"
        path = folder / f"场地{month}.csv"
        path.write_text(text, encoding="utf-8")
        load_paths(folder / "w", [path], settings=settings)
    (folder / "需求.csv").write_text("需求单位,需求类别,需求内容\n重二社区,便民服务,修灯\n", encoding="utf-8")
    load_paths(folder / "w", [folder / "需求.csv"], settings=settings)
    return folder / "w"


def test_each_register_and_sender_tells_its_age_and_whether_it_is_due(workspace: Path) -> None:
    rows = {r.register: r for r in connect(workspace).freshness(today=date(2026, 7, 20)).rows}
    venues = rows["venues"]
    assert (venues.sender, venues.as_of, venues.loads, venues.rows) == ("长安路街道", date(2026, 5, 31), 3, 3)
    assert (venues.rhythm, venues.age_days, venues.due) == ("monthly", 50, True)
    assert venues.next_due == date(2026, 7, 1)
    assert (rows["needs"].rhythm, rows["needs"].due) == ("unknown", None)


@pytest.mark.parametrize(("day", "due"), [(date(2026, 7, 7), False), (date(2026, 7, 8), True)])
def test_a_list_is_due_a_fifth_of_its_period_after_its_day(workspace: Path, day: date, due: bool) -> None:
    (venues,) = connect(workspace).freshness("venues", today=day).rows
    assert venues.next_due == date(2026, 7, 1) and venues.due is due
