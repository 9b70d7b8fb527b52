"""What people decided about names of units, replayed at every merge: same, different, former name, each with its period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.decisions import Decision, Different, Former, Same
from graph.names import normalize
from loaders.names.forms import Alias


@dataclass(frozen=True)
class NameDecisions:
    """The standing decisions about names: units by comparable name, at any time or in a period, and pairs that are barred."""

    same: Mapping[str, str]
    barred: frozenset[tuple[str, str]]
    dated: Mapping[str, tuple[tuple[str, Alias], ...]]

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> NameDecisions:
        """Combine decisions about names, given oldest first; where two disagree the later counts."""
        same: dict[str, str] = {}
        barred: set[tuple[str, str]] = set()
        dated: dict[str, list[tuple[str, Alias]]] = {}
        for one in decisions:
            if not isinstance(one, Same | Former | Different):
                continue
            name, unit = normalize(one.name), one.unit
            if isinstance(one, Different):
                dated[name] = [held for held in dated.get(name, ()) if held[0] != unit]
                same = {n: u for n, u in same.items() if (n, u) != (name, unit)}
                barred.add((name, unit))
                continue
            barred.discard((name, unit))
            if one.start or one.until:
                dated.setdefault(name, []).append((unit, Alias(name, one.start, one.until)))
            else:
                same[name] = unit
        return cls(same, frozenset(barred), {name: tuple(held) for name, held in dated.items() if held})
