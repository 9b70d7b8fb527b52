"""How alike two names of organizations are: an ordered subsequence weighted by how rare its characters are.

Chinese short names pick characters of the full name in order (洛阳轴承 → 洛轴), so a short name scores by the share of its own
weight that is found in order in the full name, tempered by how much of the full name's weight it covers.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from graph.names import core, normalize

_CANDIDATES = 400  # names that share the rarest characters; more never changed the first three on registries of 300,000


class NameIndex:
    """Names by the characters they hold, so that only names with a rare character in common are compared."""

    def __init__(self, names: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._names = [(i, tuple(dict.fromkeys(core(n) for n in all_names if n))) for i, all_names in names]

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        postings: dict[str, list[int]] = defaultdict(list)
        for position, (_, forms) in enumerate(self._names):
            for character in set("".join(forms)):
                postings[character].append(position)
        return postings

    def weight(self, character: str) -> float:
        """Return the rarity of a character: its inverse document frequency over the names."""
        return math.log((1 + len(self._names)) / (1 + len(self._postings.get(character, ()))) + 1.0)

    def rank(self, name: str, limit: int = 3) -> list[tuple[str, float]]:
        """Return up to `limit` (id, score in [0, 1]) of the names most like `name`, best first; ties by id."""
        text = core(normalize(name))
        counts: Counter[int] = Counter()
        for character in sorted(set(text), key=lambda c: len(self._postings.get(c, ()))):
            for position in self._postings.get(character, ())[: _CANDIDATES * 50]:
                counts[position] += 1
            if len(counts) > _CANDIDATES * 50:
                break
        near = [position for position, _ in counts.most_common(_CANDIDATES)]
        scored = ((self._names[p][0], max(self.score(text, form) for form in self._names[p][1])) for p in near)
        return sorted(((i, s) for i, s in scored if s > 0), key=lambda item: (-item[1], item[0]))[:limit]

    def score(self, short: str, full: str) -> float:
        """Return how well `short` is an ordered subsequence of `full`, by weight, in [0, 1]."""
        if not short or not full:
            return 0.0
        if len(short) > len(full):
            short, full = full, short
        common = self._common_weight(short, full)
        own = sum(map(self.weight, short))
        whole = sum(map(self.weight, full))
        return (common / own) ** 2 * (0.75 + 0.25 * common / whole)

    def _common_weight(self, short: str, full: str) -> float:
        best = [0.0] * (len(full) + 1)
        for character in short:
            previous = 0.0
            gain = self.weight(character)
            for position, other in enumerate(full, 1):
                keep = best[position]
                best[position] = max(keep, best[position - 1], previous + gain if other == character else 0.0)
                previous = keep
        return best[-1]
