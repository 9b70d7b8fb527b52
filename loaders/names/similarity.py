"""The units whose names are most like a name: few are looked at (those that share a pair of characters), these are scored exactly.

index = NameIndex([("e1", (comparable("洛阳轴承集团有限公司"),)), …])
index.rank_many(["洛轴"])          # [[("e1", 0.93), …]]
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph.names import normalize
from loaders.names import name_figures as figures
from loaders.names.scores import Alphabet, Forms, comparable

Ints = NDArray[np.int64]
_CHUNK = 512  # names at once: bounds the memory
_FORM_BITS = 24


class NameIndex:
    """Names by the pairs of characters that follow each other in them."""

    def __init__(self, names: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._ids = [i for i, _ in names]
        forms = [(at, form) for at, (_, known) in enumerate(names) for form in dict.fromkeys(known) if form]
        self._owner: Ints = np.array([at for at, _ in forms], dtype=np.int64)
        self._names = [form for _, form in forms]

    @cached_property
    def _forms(self) -> Forms:
        return Forms(self._names)

    @property
    def _alphabet(self) -> Alphabet:
        return self._forms.alphabet

    @property
    def _codes(self) -> NDArray[np.int32]:
        return self._forms.codes

    @cached_property
    def _pairs(self) -> tuple[Ints, Any]:
        """Return the pairs that occur, in order, and for each the forms that have it (sparse, pairs × forms)."""
        codes, size = self._codes, self._alphabet.size
        found = [np.zeros(0, dtype=np.int64)]
        number = np.arange(len(codes), dtype=np.int64)
        for reach in range(1, figures.REACH + 1):
            left, right = codes[:, :-reach], codes[:, reach:]
            rows, columns = np.nonzero(right)
            keys = left[rows, columns].astype(np.int64) * size + right[rows, columns]
            found.append(keys << _FORM_BITS | number[rows])
        packed = np.sort(np.concatenate(found))
        packed = packed[np.append(True, packed[1:] != packed[:-1])] if len(packed) else packed
        pairs, forms = packed >> _FORM_BITS, (packed & ((1 << _FORM_BITS) - 1)).astype(np.int32)
        starts = np.nonzero(np.append(True, pairs[1:] != pairs[:-1]))[0] if len(pairs) else pairs
        keys, ends = pairs[starts], np.append(starts, len(packed))
        ones = np.ones(len(forms), dtype=np.float32)
        return keys, sparse.csr_matrix((ones, forms, ends), shape=(len(keys), max(len(codes), 1)))

    @cached_property
    def _singles(self) -> Any:
        """Return the forms by character (sparse, characters × forms): for names of which no pair is known."""
        rows, columns = np.nonzero(self._codes)
        marks = (np.ones(len(rows), dtype=np.float32), (self._codes[rows, columns], rows))
        return sparse.csr_matrix(marks, shape=(self._alphabet.size, len(self._codes)))

    def rank(self, name: str, limit: int = 3) -> list[tuple[str, float]]:
        """Return up to `limit` (id, score in [0, 1]) of the names most like `name`, best first; ties by id."""
        return self.rank_many([name], limit)[0]

    def rank_many(self, names: Sequence[str], limit: int = 3) -> list[list[tuple[str, float]]]:
        """Return for each name up to `limit` (id, score in [0, 1]) of the names most like it, best first; ties by id."""
        if not self._names:
            return [[] for _ in names]
        ranked: list[list[tuple[str, float]]] = []
        for start in range(0, len(names), _CHUNK):
            ranked += self._rank_chunk([comparable(normalize(n)) for n in names[start : start + _CHUNK]], limit)
        return ranked

    def _rank_chunk(self, names: list[str], limit: int) -> list[list[tuple[str, float]]]:
        rows, owners, scores, fits = self._score(names)
        # 洛阳移动 for 中国移动…洛阳分公司: a place may stand before what it is a branch of.
        turned = [i for i in np.nonzero(~fits)[0].tolist() if figures.TURNED_FROM <= len(names[i]) <= figures.TURNED_TO]
        if turned:
            more = self._score([names[i][figures.PLACE :] + names[i][: figures.PLACE] for i in turned])
            rows = np.concatenate([rows, np.array(turned)[more[0]]])
            owners, scores = np.concatenate([owners, more[1]]), np.concatenate([scores, more[2] * figures.TURNED])
        return self._cut(rows, owners, scores, len(names), limit)

    def _score(self, names: Sequence[str]) -> tuple[Ints, Ints, NDArray[np.float32], NDArray[np.bool_]]:
        """Return the names' numbers, units and scores, and which names some unit's name holds whole."""
        codes = self._alphabet.encode(names)
        rows, forms = self._find_near(codes)
        return rows, self._owner[forms], *self._forms.score(codes, rows, forms)

    def _cut(
        self, rows: Ints, owners: Ints, scores: NDArray[np.float32], count: int, limit: int
    ) -> list[list[tuple[str, float]]]:
        order = np.lexsort((owners, -scores, rows))
        starts = np.searchsorted(rows[order], np.arange(count))
        order = order[np.arange(len(order)) - starts[rows[order]] < limit * figures.FORMS_A_UNIT]
        ranked: list[list[tuple[str, float]]] = [[] for _ in range(count)]
        seen: set[tuple[int, int]] = set()
        for row, owner, value in zip(rows[order].tolist(), owners[order].tolist(), scores[order].tolist(), strict=True):
            if value > 0 and len(ranked[row]) < limit and (row, owner) not in seen:
                seen.add((row, owner))
                ranked[row].append((self._ids[owner], value))
        return ranked

    def _find_near(self, codes: NDArray[np.int32]) -> tuple[Ints, Ints]:
        """Return which forms to score for which names: those that share the rarest pairs, sounded alike where not written alike."""
        keys, by_pair = self._pairs
        rows, at, weight = self._asked_pairs(codes, keys)
        asked = sparse.csr_matrix((weight, (rows, at)), shape=(len(codes), len(keys)))
        found = asked @ by_pair
        lonely = np.nonzero(np.diff(found.indptr) < figures.LONELY)[0]
        if len(lonely):
            found = found + self._by_singles(codes, lonely)
        return _best_of_rows(found.tocsr())

    def _asked_pairs(self, codes: NDArray[np.int32], keys: Ints) -> tuple[Ints, Ints, NDArray[np.float32]]:
        """Return the pairs of each name that occur in forms (row, place in `keys`, weight), and those that sound like them."""
        size, alphabet = self._alphabet.size, self._alphabet
        asked: list[tuple[Ints, Any, Any, float]] = []
        for reach in (1, 2):
            left, right = codes[:, :-reach], codes[:, reach:]
            rows, columns = np.nonzero(right)
            a, b = left[rows, columns], right[rows, columns]
            asked.append((rows, a, b, 1.0))
            at, other = alphabet.sound_alike(a)
            asked.append((rows[at], other, b[at], figures.SOUND))
            at, other = alphabet.sound_alike(b)
            asked.append((rows[at], a[at], other, figures.SOUND))
        rows = np.concatenate([r for r, _, _, _ in asked])
        wanted = np.concatenate(
            [np.where(np.maximum(a, b) < size, a.astype(np.int64) * size + b, -1) for _, a, b, _ in asked]
        )
        factor = np.concatenate([np.full(len(r), f, dtype=np.float32) for r, _, _, f in asked])
        at = np.searchsorted(keys, wanted)
        known = np.append(keys, -2)[at] == wanted
        return self._within_budget(rows[known], at[known], factor[known])

    def _within_budget(
        self, rows: Ints, at: Ints, factor: NDArray[np.float32]
    ) -> tuple[Ints, Ints, NDArray[np.float32]]:
        """Keep of each name's pairs the rarest, as many as the postings allowed; always one."""
        counts = np.diff(self._pairs[1].indptr)[at]
        order = np.lexsort((counts, rows))
        rows, at, factor, counts = rows[order], at[order], factor[order], counts[order]
        running = np.cumsum(counts)
        first = np.append(True, rows[1:] != rows[:-1]) if len(rows) else np.zeros(0, bool)
        before = np.repeat((running - counts)[first], np.diff(np.append(np.nonzero(first)[0], len(rows))))
        kept = first | (running - before <= figures.POSTINGS)
        weight = factor * np.log1p(len(self._names) / counts).astype(np.float32)
        return rows[kept], at[kept], weight[kept]

    def _by_singles(self, codes: NDArray[np.int32], lonely: Ints) -> Any:
        rows, columns = np.nonzero(codes[lonely])
        characters = codes[lonely][rows, columns]
        rows, characters = rows[characters < self._alphabet.size], characters[characters < self._alphabet.size]
        counts = np.diff(self._singles.indptr)[characters]
        known = (counts > 0) & (counts <= max(figures.POSTINGS, counts.min(initial=figures.POSTINGS)))
        weight = np.log1p(len(self._names) / np.maximum(counts, 1)).astype(np.float32) * known
        asked = sparse.csr_matrix((weight, (lonely[rows], characters)), shape=(len(codes), self._alphabet.size))
        return asked @ self._singles


def _best_of_rows(found: Any) -> tuple[Ints, Ints]:
    """Return the row and column numbers of the largest values of each row of a sparse matrix."""
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for row in range(found.shape[0]):
        part = slice(found.indptr[row], found.indptr[row + 1])
        indices, values = found.indices[part], found.data[part]
        if len(values) > figures.SCORED:
            indices = indices[np.argpartition(-values, figures.SCORED)[: figures.SCORED]]
        columns.append(indices.astype(np.int64))
        rows.append(np.full(len(indices), row, dtype=np.int64))
    return np.concatenate(rows), np.concatenate(columns)
