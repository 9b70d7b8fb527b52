"""What people decided about names of units, replayed at every merge: same, different, former name, each with its period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.names import normalize
from loaders.names.forms import Alias


@dataclass(frozen=True)
class NameDecisions:
    """The standing decisions about names: units by comparable name, at any time or in a period, and pairs that are barred."""

    same: Mapping[str, str]
    barred: frozenset[tuple[str, str]]
    dated: Mapping[str, tuple[tuple[str, Alias], ...]]

    @classmethod
    def of(cls, decisions: Iterable[Mapping[str, Any]]) -> NameDecisions:
        """Return what decisions, in the order in which they were taken, say together; of two that disagree the later counts."""
        same: dict[str, str] = {}
        barred: set[tuple[str, str]] = set()
        dated: dict[str, list[tuple[str, Alias]]] = {}
        for decision in decisions:
            kind = decision.get("kind")
            if kind not in {"same", "former", "different"}:
                continue
            name, unit = normalize(str(decision["name"])), str(decision["unit"])
            start, end = read_period(decision)
            dated[name] = [held for held in dated.get(name, ()) if kind != "different" or held[0] != unit]
            if kind == "different":
                barred.add((name, unit))
                same = {n: u for n, u in same.items() if (n, u) != (name, unit)}
                continue
            barred.discard((name, unit))
            if start or end:
                dated[name].append((unit, Alias(name, start, end)))
            else:
                same[name] = unit
        return cls(same, frozenset(barred), {name: tuple(held) for name, held in dated.items() if held})


def read_period(decision: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return the first and the last day for which a decision holds; None leaves an end open."""
    start, end = (decision.get(part) for part in ("from", "until"))
    return (date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
