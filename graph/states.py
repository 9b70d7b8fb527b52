"""The state of a thing – planned, open, under way, done, cancelled, expired – and whether an agreement is in force on a day.

What the status says comes first where it says that something is over or only planned; else the dates decide: what has not begun is
planned, what is past its last day is expired. The last day counts, and a date that is not known ends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

PLANNED, OPEN, UNDER_WAY = "planned", "open", "under way"
DONE, CANCELLED, EXPIRED = "done", "cancelled", "expired"
UNKNOWN = "unknown"  # the status is empty, or of words that the vocabulary below does not have
OVER = (DONE, CANCELLED, EXPIRED)


@dataclass(frozen=True)
class StateWords:
    """Words in a status cell that mean one state, by the place where they must stand.

    As the whole text, at its beginning (both also after 已), or anywhere in it.
    """

    whole: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """Return the regular expression that finds these words in a status, except right after a word for not: 未, 不, 没."""
        ways = {rf"^已?(?:{'|'.join(self.whole)})$": self.whole, rf"^已?(?:{'|'.join(self.first)})": self.first}
        ways |= {rf"(?:^|[^未不没])(?:{'|'.join(self.inside)})": self.inside}
        return "|".join(way for way, words in ways.items() if words)


# In order: the first that fits counts. 未完成 and 正在解决 end nothing, so that words of an end count at the beginning only.
VOCABULARY: dict[str, StateWords] = {
    CANCELLED: StateWords(
        first=("撤回", "取消"),
        inside=("终止", "停用", "撤销", "撤除", "拆除", "注销", "关闭", "停止", "withdrawn", "closed"),
    ),
    DONE: StateWords(first=("完成", "办结", "解决", "满足", "销号", "实现")),
    EXPIRED: StateWords(whole=("到期", "期满", "逾期")),
    PLANNED: StateWords(whole=("拟签", "未启动")),
    OPEN: StateWords(whole=("征集", "未使用")),
    UNDER_WAY: StateWords(whole=("履行中", "续签", "办理中", "进行中", "公示", "在岗", "使用")),
}

CONVERTED = "改造"  # of a resource only: a need may be met by it


def said_state(status: str = "status") -> pl.Expr:
    """Return the expression for the state that the words in a status column express; UNKNOWN where they express none."""
    text, found = pl.col(status).cast(pl.String).fill_null(""), pl.lit(UNKNOWN)
    for state, words in reversed(VOCABULARY.items()):
        found = pl.when(text.str.contains(words.pattern)).then(pl.lit(state)).otherwise(found)
    return found


def find_state(day: date | None, *, begins: str | None = None, ends: str | None = None) -> pl.Expr:
    """Return the expression for the state on a given day, from the column `status` and the columns of the first and last day.

    Without a day, only the status counts.
    """
    said = said_state()
    return (
        pl.when(said.is_in([*OVER, PLANNED])).then(said)
        .when(_is_after(begins, day)).then(pl.lit(PLANNED))
        .when(_is_before(ends, day)).then(pl.lit(EXPIRED))
        .otherwise(said)
    )  # fmt: skip


def is_over(day: date | None, *, ends: str | None = None) -> pl.Expr:
    """Tell whether a thing is done, cancelled or past its last day."""
    return find_state(day, ends=ends).is_in(OVER)


def is_withdrawn(status: str) -> pl.Expr:
    """Tell whether a resource is no longer to be had, by the words of its status."""
    return (said_state(status) == CANCELLED) | pl.col(status).str.contains(CONVERTED).fill_null(False)


def in_force(day: date | None) -> pl.Expr:
    """Return the expression for whether an agreement is in force on a day: signed by then, not ended, not expired."""
    return ~find_state(day, begins="signed", ends="expires").is_in([*OVER, PLANNED])


def was_in_force(day: date) -> pl.Expr:
    """Return the expression for whether an agreement was in force on a past day, judged by its dates.

    One that is only planned today was never in force; one without a day of signing is not known to have been signed by then.
    """
    dated = pl.col("signed").is_not_null() & ~_is_after("signed", day) & ~_is_before("expires", day)
    return dated & (said_state() != PLANNED)


def _is_after(column: str | None, day: date | None) -> pl.Expr:
    return (pl.col(column) > pl.lit(day, pl.Date)).fill_null(False) if column else pl.lit(False)


def _is_before(column: str | None, day: date | None) -> pl.Expr:
    return (pl.col(column) < pl.lit(day, pl.Date)).fill_null(False) if column else pl.lit(False)
