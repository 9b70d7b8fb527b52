"""The concepts that the wordings of each register column share, weighted by how well each tells the column from others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.kinds import Column
from loaders.vocabulary import word_figures as figures
from loaders.vocabulary.concepts import HEADS, NARROWING, TELLING_HEADS, concepts_of, kind_of

FIELDS = frozenset({"value", "link", "office", "identity", "items"})
_PLAIN = HEADS - TELLING_HEADS
_OF_ANYTHING = frozenset({"FILING", "WHETHER"})  # may be said of whatever a sheet is about
_ALIKE_HEADS = {"SIZE": "COUNT", "CAPACITY": "COUNT", "NAME": "UNIT"}


@dataclass(frozen=True)
class _Profile:
    column: Column
    shares: Mapping[str, float]  # of the column's wordings that have a concept
    heads: frozenset[str]
    always: frozenset[str] = frozenset()  # narrowing concepts of all its wordings: 社区 is no 报到社区

    def ends_like(self, head: str) -> bool:
        fits = head in self.heads or _ALIKE_HEADS.get(head) in self.heads
        return fits or (head not in HEADS and head in self.shares)


class Profiles:
    """The columns of a register that fill fields, each with the concepts of its wordings."""

    def __init__(self, wordings: Iterable[tuple[Column, str]], subject: Iterable[str] = ()) -> None:
        self._subject = {concept for form in subject for concept in concepts_of(form)} - HEADS
        forms: dict[int, tuple[Column, list[tuple[str, ...]]]] = {}
        for column, form in wordings:
            if column.role in FIELDS and concepts_of(form):
                forms.setdefault(id(column), (column, []))[1].append(concepts_of(form))
        self._profiles = {key: _profile(column, found) for key, (column, found) in forms.items()}
        count = len(self._profiles)
        spread = Counter(concept for profile in self._profiles.values() for concept in profile.shares)
        self._weights = {concept: math.log((count + 1) / n) for concept, n in spread.items()}
        self._peaks = {c: max(p.shares.get(c, 0.0) for p in self._profiles.values()) for c in spread}
        self._most = math.log(count + 1) or 1.0
        self._heads = Counter(head for profile in self._profiles.values() for head in profile.heads)

    def compare(self, form: str) -> list[tuple[Column, float]]:
        """Return the columns that a header in comparable form may be about, with how alike it is, in [0, 1].

        That is the share of the header's concepts that the column's wordings have, less where the header lacks what nearly all
        of them have; each concept weighs the more, the fewer columns have it.
        """
        concepts = concepts_of(form)
        if not concepts:
            return []
        weights = {concept: self._weights.get(concept, figures.UNKNOWN * self._most) for concept in concepts}
        found = ((p.column, self._likeness(p, concepts, weights)) for p in self._profiles.values())
        return [(column, value) for column, value in found if value]

    def ends_like(self, column: Column, head: str) -> bool:
        """Tell whether some wording of a column ends with the given concept."""
        profile = self._profiles.get(id(column))
        return profile is not None and head in profile.heads

    def lacking(self, form: str, column: Column) -> tuple[str, ...]:
        """Return the concepts of a header that no wording of a column has, and its head where that is another kind of thing.

        What a row is may stand before all else: 企业党员总数 of an enterprise lacks nothing.
        """
        profile, concepts = self._profiles.get(id(column)), concepts_of(form)
        if profile is None or not concepts:
            return (form,)
        head = concepts[-1]
        while len(concepts) > 1 and concepts[0] in self._subject and concepts[1] not in HEADS:
            concepts = concepts[1:]
        lacks = [concept for concept in concepts if concept not in profile.shares]
        a_word = len(head) > 1 and not kind_of((head,))
        is_like = a_word or head in profile.heads or _ALIKE_HEADS.get(head) in profile.heads
        return tuple(lacks) if lacks or is_like else (head,)

    def is_only_head(self, head: str, column: Column) -> bool:
        """Tell whether one column alone has wordings that end with a head which says by itself what they are about (…电话)."""
        return head in TELLING_HEADS and self._heads[head] == 1 and self.ends_like(column, head)

    def discount(self, form: str, column: Column) -> float:
        """Return the factor by which a character likeness is lowered when a header has words that the column's wordings lack.

        Narrowing words do (女职工人数, 是否有党组织), and words of other columns (党员规模 is no 人员规模).
        """
        profile = self._profiles.get(id(column))
        if profile is None:
            return 1.0
        concepts = concepts_of(form)
        lacking = [concept for concept in concepts if concept not in profile.shares]
        if not NARROWING.isdisjoint(lacking) or profile.always.difference(concepts):
            return figures.NARROWED
        telling = (
            len(c) > 1 and c not in HEADS and self._weights.get(c, 0.0) > figures.FOREIGN_FROM * self._most
            for c in lacking
        )
        return figures.FOREIGN if any(telling) else 1.0

    def _likeness(self, profile: _Profile, concepts: tuple[str, ...], weights: Mapping[str, float]) -> float:
        known = sum(weight * self._usage(profile, concept) for concept, weight in weights.items())
        if not known:
            return 0.0
        head = concepts[-1]
        value = (
            figures.ALL_KNOWN * known / sum(weights.values()) * (1.0 - figures.LACKS * self._lack(profile, concepts))
        )
        value *= 1.0 if profile.ends_like(head) else figures.OTHER_HEAD
        if head in TELLING_HEADS and head in profile.heads and self._heads[head] == 1 and "WHETHER" not in concepts:
            value = max(value, figures.ONLY_HEAD)
        value *= self._little(profile, concepts)
        narrowed = any(c in NARROWING and c not in profile.shares for c in concepts)
        narrowed = narrowed or bool(profile.always.difference(concepts))
        return value * (figures.NARROWED if narrowed else 1.0)

    def _little(self, profile: _Profile, concepts: tuple[str, ...]) -> float:
        """Return the share that is left where a header and a column have little but a head in common."""
        told = [concept for concept in concepts if concept not in _PLAIN]
        shared = [concept for concept in told if concept in profile.shares and concept not in _OF_ANYTHING]
        if told and not shared:
            return figures.HEAD_ALONE
        stray = all(len(concept) == 1 for concept in shared) and len(shared) <= figures.STRAY_UP_TO * len(concepts)
        return figures.STRAY if told and stray else 1.0

    def _usage(self, profile: _Profile, concept: str) -> float:
        """Return 1 for the column that uses a concept most, down to a half for one that hardly does, 0 for one that does not."""
        share = profile.shares.get(concept, 0.0)
        return figures.RARELY + (1 - figures.RARELY) * share / self._peaks[concept] if share else 0.0

    def _lack(self, profile: _Profile, concepts: tuple[str, ...]) -> float:
        """Return the largest share of wordings that has a telling concept which the header lacks."""
        lacking = (
            share * self._weights[concept] / self._most
            for concept, share in profile.shares.items()
            if concept not in concepts and concept not in HEADS
        )
        return max(lacking, default=0.0)


def _profile(column: Column, forms: list[tuple[str, ...]]) -> _Profile:
    counts = Counter(concept for concepts in forms for concept in set(concepts))
    shares = {concept: n / len(forms) for concept, n in counts.items()}
    always = frozenset(c for c in NARROWING & counts.keys() if counts[c] == len(forms) > 1)
    return _Profile(column, shares, frozenset(concepts[-1] for concepts in forms), always)
