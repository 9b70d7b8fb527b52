"""How many of the pairs that people were shown were accepted, and whether that has fallen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import polars as pl

from graph.errors import ArgumentError
from graph.texts import Said
from queries.pairing.learning.seen import Seen

RIPE = timedelta(days=90)  # a pair that was shown has so long to be accepted; until then it counts for nothing
HALF_YEAR = timedelta(days=182)
CHANCE = 0.05


@dataclass(frozen=True)
class Rate:
    """Pairs that were shown, and how many of them were accepted and refused within 90 days."""

    shown: int = 0
    accepted: int = 0
    refused: int = 0

    @property
    def share(self) -> float | None:
        """Return the share accepted; None where nothing was shown."""
        return self.accepted / self.shown if self.shown else None

    def __str__(self) -> str:
        return f"{self.accepted}/{self.shown}"


def read_rates(seen: Seen) -> tuple[Rate, Rate]:
    """Return the rates of the pairs first shown in the newest half-year whose 90 days are over, and in the half-year before."""
    outcomes = seen.outcomes(RIPE)
    if outcomes.is_empty():
        return Rate(), Rate()
    newest = seen.shown["day"].max()
    ends = [pl.lit(newest) - RIPE - HALF_YEAR * n for n in range(3)]
    now, before = (outcomes.filter((pl.col("day") <= last) & (pl.col("day") > first)) for last, first in pairwise(ends))
    return _count(now), _count(before)


def _count(outcomes: pl.DataFrame) -> Rate:
    return Rate(outcomes.height, int(outcomes["accepted"].sum()), int(outcomes["refused"].sum()))


def parse_rate(text: str) -> Rate:
    """Return how many recommendations were accepted and how many shown, from text such as 12/85; ArgumentError for other text."""
    accepted, slash, shown = text.partition("/")
    if not (slash and accepted.isdecimal() and shown.isdecimal() and int(accepted) <= int(shown)):
        raise ArgumentError(
            argument="acceptance",
            value=text[:40],
            reason=Said("应写成 12/85", "must be written 12/85 (accepted/shown)"),
        )
    return Rate(int(shown), int(accepted))


def has_fallen(before: Rate, now: Rate) -> bool:
    """Tell whether the share accepted is lower by more than chance explains (Fisher's exact test, one-sided, 5 %)."""
    from scipy.stats import fisher_exact  # half a second to import, for every command that decides or serves

    table = [[rate.accepted, rate.shown - rate.accepted] for rate in (now, before)]
    return bool(before.shown and now.shown and fisher_exact(table, alternative="less").pvalue < CHANCE)
