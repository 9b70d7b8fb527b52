"""各类数据新不新？ How fresh is the data?

For each register and sender: when it was last sent, of which day it speaks, and whether it is due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Annotated

from graph import mechanisms
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.ledger_rows import LoadRow, ReportedSheet

MONTHLY, QUARTERLY, YEARLY, UNKNOWN = "monthly", "quarterly", "yearly", "unknown"
_RHYTHMS = (
    (MONTHLY, 20, 45, 31),
    (QUARTERLY, 70, 120, 92),
    (YEARLY, 300, 430, 366),
)  # median gap in days from, to; the period
_GRACE = 0.2  # share of a period by which a list may be late
_WORDS = {
    MONTHLY: Said("每月", "monthly"),
    QUARTERLY: Said("每季度", "quarterly"),
    YEARLY: Said("每年", "yearly"),
    UNKNOWN: Said("未知", "unknown"),
}


@dataclass(frozen=True)
class Freshness:
    """How fresh the data of one register from one sender is; `age_days` counts from the day the data speaks of."""

    register: str = column("登记表", "register", "hidden")
    name: Said = column("登记表", "register")
    sender: str = column("填报单位", "sender")
    as_of: date | None = column("数据截至", "as of")
    loaded_on: date | None = column("最近载入", "last loaded")
    loads: int = column("载入次数", "loads")
    rows: int = column("行数", "rows")
    age_days: int | None = column("已过天数", "age in days")
    rhythm: str = column("规律", "rhythm", words=_WORDS)
    due: bool | None = column("应更新", "due")
    next_due: date | None = column("下次应报", "next due", "detail")
    files: list[str] = column("文件", "files", "detail")


@dataclass(frozen=True)
class _Sent:
    """One sheet as it was sent: its load's order, file, the day it speaks of, the day it was loaded, its rows."""

    seq: int
    file: str
    as_of: date | None
    loaded: date
    rows: int

    @property
    def day(self) -> date:
        return self.as_of or self.loaded


@question(
    answers=(mechanisms.FILLED_LEDGERS,),
    phrases=Said(
        "表格 更新；登记表 过时；多久没更新；哪些 表 该报；数据 时效；台账 好久没更新；数据 旧；哪张表 没更新；"
        "最近 更新 时间；该催报",
        "stale registers; data fresh; outdated files; when updated",
    ),
)
def freshness(
    graph: Graph,
    scope: Scope,
    register: Annotated[str | None, Said("只看这种登记表，如 venues", "only this register, such as venues")] = None,
    *,
    today: Annotated[
        date | None, Said("以哪一天计算，默认今天", "the day from which to count; today by default")
    ] = None,
) -> Answer[Freshness]:
    """各类数据新不新，哪些该催报了？ How fresh is the data, and what is due?

    报送频率由以往各表的截至日期推断：每月、每季度或每年；不足三个日期的为未知。
    The rhythm is guessed from the days of which past sheets speak: monthly, quarterly or yearly; with fewer than three of them, unknown.
    """
    known = {r.name: r for r in graph.schema.registers}
    day = today or date.today()
    rows = [
        _describe(name, Said(known[name].zh, known[name].en), sender, sent, day)
        for (name, sender), sent in _sendings(graph)
        if name in known and register in (None, name)
    ]
    return Answer(
        sorted(rows, key=lambda r: (not r.due, -(r.age_days or 0), r.register, r.sender)), extra={"today": day}
    )


def _sendings(graph: Graph) -> Iterator[tuple[tuple[str, str], Sequence[_Sent]]]:
    """Yield what was sent of each register by each sender, in order of the days it speaks of."""
    found: dict[tuple[str, str], list[_Sent]] = defaultdict(list)
    history = graph.history
    for load in history.loads() if history is not None else ():
        if load.get("withdrawn"):
            continue
        for sheet in history.report(load["id"]).get("files", ()) if history is not None else ():
            if sheet["register"]:
                found[sheet["register"], sheet.get("sender", "")].append(_sent(load, sheet))
    for key, sent in found.items():
        yield key, sorted(sent, key=lambda s: (s.day, s.seq))


def _sent(load: LoadRow, sheet: ReportedSheet) -> _Sent:
    as_of = sheet.get("reported") or load["as_of"]
    return _Sent(
        load["seq"], sheet["file"], date.fromisoformat(str(as_of)) if as_of else None,
        date.fromisoformat(load["at"][:10]), sheet["rows_loaded"],
    )  # fmt: skip


def _describe(register: str, name: Said, sender: str, sent: Sequence[_Sent], today: date) -> Freshness:
    last = sent[-1]
    rhythm, period = guess_rhythm(sorted({s.day for s in sent}))
    next_due = last.day + timedelta(days=period) if period else None
    late = next_due + timedelta(days=round(_GRACE * period)) if next_due else None
    latest = [s for s in sent if s.day == last.day and s.seq == last.seq]
    return Freshness(
        register, name, sender, last.as_of, max(s.loaded for s in sent), len({s.seq for s in sent}), sum(s.rows for s in latest),
        (today - last.day).days, rhythm, None if late is None else today > late, next_due, list(dict.fromkeys(s.file for s in latest)),
    )  # fmt: skip


def guess_rhythm(days: Sequence[date]) -> tuple[str, int]:
    """Return how often something is sent, and its period in days, by the median gap between three or more days; unknown and 0 else."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(gaps) < 2:  # one gap is no rhythm
        return UNKNOWN, 0
    usual = median(gaps)
    return next(((name, period) for name, low, high, period in _RHYTHMS if low <= usual <= high), (UNKNOWN, 0))
