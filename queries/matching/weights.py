"""The weights of a pairing's signals: read from a file, checked, and named in every answer."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from graph.errors import ArgumentError

TOLERANCE = 1e-9
FOLDER = Path(__file__).parents[1] / "pairing"  # of the files that come with the product, one a pairing


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
                    reason="权重不能为负数 / a weight must not be negative",
                )
        total = sum(self.by_signal.values())
        if not abs(total - 1) <= TOLERANCE:
            raise ArgumentError(
                argument="weights", value=f"{total:g}", reason="权重之和应为 1 / the weights must add up to 1"
            )

    def check_signals(self, signals: Iterable[str]) -> None:
        """Refuse weights that leave out a signal or name one that the pairing does not have."""
        expected = set(signals)
        if expected != set(self.by_signal):
            wrong = "、".join(sorted(expected ^ set(self.by_signal)))
            raise ArgumentError(
                argument="weights",
                value=wrong,
                reason="每个信号恰有一个权重 / each signal must have exactly one weight",
            )

    @property
    def label(self) -> str:
        """Return name, version and what tells one set of weights from another of the same name: `default 1 3f2a9c01`."""
        return f"{self.name} {self.version} {hashlib.sha256(write_weights(self.by_signal).encode()).hexdigest()[:8]}"

    def turned(self, opposites: Iterable[tuple[str, str]]) -> Weights:
        """Return the weights as the right unit sees a pair: signals that look one way each change places."""
        turned = dict(self.by_signal)
        for one, other in opposites:
            turned[one], turned[other] = self.by_signal[other], self.by_signal[one]
        return replace(self, by_signal=turned)

    def as_dict(self) -> dict[str, Any]:
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
            reason="应写成 near=0.16, skills=0.14 / must be written near=0.16, skills=0.14",
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


def load_weights(path: Path | None = None) -> Weights:
    """Return the weights of a file, or those that come with the product."""
    return _load(path or FOLDER / "weights.toml")


@cache
def _load(path: Path) -> Weights:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Weights(
            str(content["name"]), int(content["version"]), {k: float(v) for k, v in content["weights"].items()}
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = "应有 name、version 和 [weights] / must have name, version and [weights]"
        raise ArgumentError(argument="weights", value=path.name, reason=reason) from error
