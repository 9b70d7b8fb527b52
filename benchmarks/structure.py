"""Signals that an edge list alone gives: popularity, common partners, random walks, nearness, size, kinship of groups.

Each is a function from the known edges and some choosers to a matrix choosers × targets in [0, 1], higher is better.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.stats import rankdata

from benchmarks.edge_list import EdgeList
from queries.matching.arrays import FloatArray, IntArray
from queries.matching.distance import EARTH_KM, square_arcs

HALF_NEAR_KM = 500.0  # sister cities lie in other countries: near is the next country
RESTART, STEPS = 0.2, 15  # of the random walk
RANK_HALF = 3  # a rank of 5 is worth half of the first
STEEP = 1e-6  # a chance this small counts as none


class Structure:
    """The edges known at the time of choosing, as matrices."""

    def __init__(self, edges: EdgeList) -> None:
        self.edges = edges
        shape = (len(edges.left), len(edges.right))
        known = sparse.csr_array((np.ones(len(edges)), (edges.source, edges.target)), shape=shape)
        self.links = sparse.csr_array(known + known.T) if edges.symmetric else known

    @cached_property
    def taken(self) -> FloatArray:
        """Return how many partners each target has."""
        return np.asarray(self.links.sum(axis=0), dtype=np.float64).ravel()

    @cached_property
    def given(self) -> FloatArray:
        """Return how many partners each chooser has."""
        return np.asarray(self.links.sum(axis=1), dtype=np.float64).ravel()

    def popularity(self, choosers: IntArray) -> FloatArray:
        """ln(1 + partners), as a share of the most popular."""
        usual = np.log1p(self.taken)
        return np.tile(usual / max(usual.max(), 1), (len(choosers), 1))

    def adamic_adar(self, choosers: IntArray) -> FloatArray:
        """x ÷ (1 + x), x = Σ 1 ÷ ln(degree) over the ways through common partners (Adamic and Adar 2003)."""
        rarity = np.where(self.given > 1, 1 / np.log(np.maximum(self.given, 2)), 0)
        own = self.links[choosers]
        if self.edges.symmetric:
            found = (own @ sparse.diags_array(rarity) @ self.links).toarray()
        else:
            found = (own @ (self.links.T @ sparse.diags_array(rarity) @ self.links)).toarray()
        return np.asarray(found / (1 + found), dtype=np.float64)

    def cosine(self, choosers: IntArray) -> FloatArray:
        """Mean cosine of a target with the chooser's partners, each seen as the set of its own partners."""
        unit = self.links @ sparse.diags_array(1 / np.sqrt(np.maximum(self.taken, 1)))
        share = sparse.diags_array(1 / np.maximum(self.given[choosers], 1))
        return np.asarray((share @ self.links[choosers] @ (unit.T @ unit)).toarray(), dtype=np.float64)

    def likeness(self, choosers: IntArray) -> FloatArray:
        """Cosine of target and chooser themselves, where both are of one kind; else nothing."""
        if not self.edges.symmetric:
            return np.zeros((len(choosers), len(self.edges.right)))
        unit = sparse.diags_array(1 / np.sqrt(np.maximum(self.given, 1))) @ self.links
        return np.asarray((unit[choosers] @ unit.T).toarray(), dtype=np.float64)

    def walk(self, choosers: IntArray) -> FloatArray:
        """Chance of being met by a random walk with restart (personalised PageRank; Haveliwala 2002), on a logarithmic scale."""
        chance = self._walk(choosers)
        return np.asarray(np.log(np.maximum(chance, STEEP) / STEEP) / np.log(1 / STEEP), dtype=np.float64)

    def _walk(self, choosers: IntArray) -> FloatArray:
        share = sparse.diags_array(1 / np.maximum(self.given[choosers], 1))
        start = np.zeros((len(choosers), len(self.edges.right)))
        if self.edges.symmetric:
            start[np.arange(len(choosers)), choosers] = 1
            step = sparse.diags_array(1 / np.maximum(self.given, 1)) @ self.links
        else:
            start = (share @ self.links[choosers]).toarray()
            back = sparse.diags_array(1 / np.maximum(self.taken, 1)) @ self.links.T
            step = back @ (sparse.diags_array(1 / np.maximum(self.given, 1)) @ self.links)
        back_step = sparse.csr_array(step.T)
        chance = start
        for _ in range(STEPS):
            chance = RESTART * start + (1 - RESTART) * (back_step @ chance.T).T
        return chance

    def near(self, choosers: IntArray) -> FloatArray:
        """1 ÷ (1 + (d ÷ 500 km)²)."""
        return _nearness(self.edges.left.points[choosers], self.edges.right.points)

    def near_partners(self, choosers: IntArray) -> FloatArray:
        """Mean nearness of a target to the chooser's partners."""
        points, links = self.edges.right.points, self.links[choosers]
        found = np.zeros((len(choosers), len(points)))
        for row in range(len(choosers)):
            own = links.indices[links.indptr[row] : links.indptr[row + 1]]
            if len(own):
                found[row] = _nearness(points[own], points).mean(axis=0)
        return found

    def size(self, choosers: IntArray) -> FloatArray:
        """√(smaller ÷ larger) of the two sizes; 0.3 where one is unknown."""
        own, other = self.edges.left.size[choosers][:, None], self.edges.right.size[None, :]
        ratio = np.sqrt(np.minimum(own, other) / np.maximum(own, other))
        return np.where(np.isfinite(ratio), ratio, 0.3)

    def kinship(self, choosers: IntArray) -> FloatArray:
        """How much more often the chooser's group partners with the target's than usual: ln(1 + edges ÷ usual), as a share of the most.

        A chooser without a group stands in those of its partners.
        """
        left, right = self.edges.left.group, self.edges.right.group
        count = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
        target = _one_of(right, count)
        partners = sparse.diags_array(1 / np.maximum(self.given, 1)) @ self.links @ target
        own = _one_of(left, count) if (left >= 0).any() else sparse.csr_array(partners)
        kin = (own.T @ self.links @ target).toarray() / np.maximum(np.outer(own.sum(axis=0), target.sum(axis=0)), 1)
        kin = np.log1p(kin / max(kin[kin > 0].mean() if (kin > 0).any() else 1, 1e-12))
        return np.asarray(own[choosers] @ (kin / max(kin.max(initial=0), 1e-12)) @ target.T, dtype=np.float64)


SIGNALS: dict[str, Callable[[Structure, IntArray], FloatArray]] = {
    "popularity": Structure.popularity, "Adamic-Adar": Structure.adamic_adar, "cosine": Structure.cosine,
    "likeness": Structure.likeness, "random walk": Structure.walk, "near": Structure.near,
    "near partners": Structure.near_partners, "size": Structure.size, "kinship": Structure.kinship,
}  # fmt: skip


def by_rank(values: FloatArray) -> FloatArray:
    """Return values by their rank in each row, 1 for the first, falling by half in a few places: what is far down is all alike."""
    return np.asarray((1 + RANK_HALF) / (rankdata(-values, axis=1) + RANK_HALF), dtype=np.float64)


def _nearness(first: FloatArray, second: FloatArray) -> FloatArray:
    arcs = square_arcs(np.maximum(2 - 2 * first @ second.T, 0))
    return np.nan_to_num(1 / (1 + arcs * (EARTH_KM / HALF_NEAR_KM) ** 2))


def _one_of(group: IntArray, count: int) -> sparse.csr_array:
    known = np.flatnonzero(group >= 0)
    return sparse.csr_array((np.ones(len(known)), (known, group[known])), shape=(len(group), count))
