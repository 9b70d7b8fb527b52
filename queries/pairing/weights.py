"""The weights of a pairing's signals: read from a file, checked, and named in every answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import ArgumentError

TOLERANCE = 1e-9


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
                    argument=f"weights.{signal}", value=weight, reason="权重不能为负数 / a weight must not be negative"
                )
        total = sum(self.by_signal.values())
        if not abs(total - 1) <= TOLERANCE:
            raise ArgumentError(
                argument="weights", value=round(total, 6), reason="权重之和应为 1 / the weights must add up to 1"
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

    def as_dict(self) -> dict[str, Any]:
        """Return the weights as answers name them."""
        return {"name": self.name, "version": self.version, "weights": dict(self.by_signal)}


def load_weights(path: Path | None = None) -> Weights:
    """Return the weights of a file, or those that come with the product."""
    return _load(path or Path(__file__).with_name("weights.toml"))


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
