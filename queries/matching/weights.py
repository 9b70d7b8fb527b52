"""The weights of a pairing's signals: read from a file, checked, and named in every answer."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypedDict

import polars as pl

from graph.errors import ArgumentError
from graph.texts import Said

TOLERANCE = 1e-9


class NamedWeights(TypedDict):
    """A set of weights as JSON answers have it: its name, its version, and the weight of each signal."""

    name: str
    version: int
    weights: dict[str, float]


@dataclass(frozen=True)
class Weights:
    """Weights by signal, with the name and version under which answers speak of them."""

    name: str
    version: int
    by_signal: dict[str, float]

    def __post_init__(self) -> None:
        for signal, weight in self.by_signal.items():
            if not weight >= 0:  # also refuses what is not a number
                raise ArgumentError(
                    argument=f"weights.{signal}",
                    value=f"{weight:g}",
                    reason=Said("权重不能为负数", "a weight must not be negative"),
                )
        total = sum(self.by_signal.values())
        if not abs(total - 1) <= TOLERANCE:
            raise ArgumentError(
                argument="weights", value=f"{total:g}", reason=Said("权重之和应为 1", "the weights must add up to 1")
            )

    def check_signals(self, signals: Iterable[str]) -> None:
        """Refuse weights that leave out a signal or name one that the pairing does not have."""
        expected = set(signals)
        if expected != set(self.by_signal):
            wrong = "、".join(sorted(expected ^ set(self.by_signal)))
            raise ArgumentError(
                argument="weights",
                value=wrong,
                reason=Said("每个信号恰有一个权重", "each signal must have exactly one weight"),
            )

    @property
    def label(self) -> str:
        """Return name, version and a short hash of a set of weights (`default 1 3f2a9c01`), which tells apart sets of one name."""
        return f"{self.name} {self.version} {hashlib.sha256(write_weights(self.by_signal).encode()).hexdigest()[:8]}"

    def turned(self, opposites: Iterable[tuple[str, str]]) -> Weights:
        """Return the weights for a pair as the right unit sees it: paired opposite signals swap their weights."""
        turned = dict(self.by_signal)
        for one, other in opposites:
            turned[one], turned[other] = self.by_signal[other], self.by_signal[one]
        return replace(self, by_signal=turned)

    def as_dict(self) -> NamedWeights:
        """Return the weights as answers name them."""
        return {"name": self.name, "version": self.version, "weights": dict(self.by_signal)}


def write_weights(by_signal: Mapping[str, float]) -> str:
    """Return weights as a decision states them: `near=0.16, skills=0.14`, in the order of their names."""
    return ", ".join(f"{signal}={by_signal[signal]:g}" for signal in sorted(by_signal))


def parse_weights(name: str, version: int, text: str) -> Weights:
    """Return the weights that a decision states; ArgumentError for text of another form."""
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    try:
        return Weights(name, version, {signal.strip(): float(weight) for signal, _, weight in parts})
    except ValueError as error:
        raise ArgumentError(
            argument="weights",
            value=text[:40],
            reason=Said("应写成 near=0.16, skills=0.14", "must be written near=0.16, skills=0.14"),
        ) from error


def weights_in_use(decided: pl.DataFrame, pairing: str, shipped: Weights) -> Weights:
    """Return the weights decided for a pairing (columns pairing, name, version, weights), else the shipped ones.

    Weights decided for other signals than the pairing has today do not apply: answers then name the shipped ones.
    """
    for row in decided.filter(pl.col("pairing") == pairing).iter_rows(named=True):
        weights = parse_weights(row["name"], row["version"], row["weights"])
        if set(weights.by_signal) == set(shipped.by_signal):
            return weights
    return shipped


@cache
def load_weights(path: Path) -> Weights:
    """Return the weights of a file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Weights(
            str(content["name"]), int(content["version"]), {k: float(v) for k, v in content["weights"].items()}
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = Said("应有 name、version 和 [weights]", "must have name, version and [weights]")
        raise ArgumentError(argument="weights", value=path.name, reason=reason) from error
