"""Where the entities of a picture stand: computed once, the same every time, each connected part by itself and side by side.

A part is laid out so that distances in the picture are like those in the graph: stress majorization (Gansner, Koren, North 2004,
"Graph Drawing by Stress Majorization"), from positions by classical scaling.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.csgraph import shortest_path

SPACING = 150.0  # pixels between neighbours
ROUNDS, ENOUGH = 40, 1e-3  # rounds of improvement at most; smaller gains end them
SEED = 1
Points = NDArray[np.float64]


def place(network: nx.MultiDiGraph) -> dict[object, tuple[float, float]]:
    """Return a position in pixels for each entity."""
    plain = nx.Graph()
    plain.add_nodes_from(sorted(network, key=str))
    plain.add_edges_from(sorted(network.to_undirected(as_view=True).edges(), key=str))
    parts = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(map(str, part))))
    ordered = [sorted(part, key=str) for part in parts]
    return _pack(ordered, [_place_part(plain, members) for members in ordered])


def _place_part(plain: nx.Graph, members: list[object]) -> Points:
    """Return positions of the members of one connected part, lying wider than high."""
    if len(members) == 1:
        return np.zeros((1, 2))
    hops = shortest_path(nx.to_scipy_sparse_array(plain, members, weight=None, dtype=float), directed=False, unweighted=True)
    points = _improve(_first_guess(hops), hops)
    points -= points.mean(0)
    _, axes = np.linalg.eigh(points.T @ points)
    return points @ axes[:, ::-1] * SPACING


def _first_guess(hops: Points) -> Points:
    """Return positions by classical scaling, shaken a little so that entities with equal neighbours come apart."""
    squares = hops**2
    centred = -0.5 * (squares - squares.mean(0) - squares.mean(1)[:, None] + squares.mean())
    size = len(hops)
    values, vectors = eigh(centred, subset_by_index=[max(0, size - 2), size - 1])
    vectors *= np.sign(vectors[np.abs(vectors).argmax(0), range(vectors.shape[1])])
    points: Points = vectors * np.sqrt(np.maximum(values, 0))
    return points + np.random.default_rng(SEED).normal(0, 0.1, points.shape)


def _improve(points: Points, hops: Points) -> Points:
    """Move the points until the weighted stress falls no more."""
    size = len(hops)
    far = hops + np.eye(size)
    weights = far**-2.0 - np.eye(size)
    laplacian = np.diag(weights.sum(1)) - weights
    inverse = np.linalg.inv(laplacian + 1 / size) - 1 / size
    wanted, before = weights * hops, np.inf
    for _ in range(ROUNDS):
        squares = (points**2).sum(1)
        distance = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 1e-9))
        stress = float((weights * (distance - hops) ** 2).sum())
        if before - stress < ENOUGH * stress:
            break
        before, pull = stress, wanted / distance
        points = inverse @ ((pull.sum(1)[:, None] * points) - pull @ points)
    return points


def _pack(parts: list[list[object]], drawn: list[Points]) -> dict[object, tuple[float, float]]:
    """Put the parts side by side in rows, largest first."""
    corners = [points.min(0) for points in drawn]
    sizes = [points.max(0) - points.min(0) + 1.2 * SPACING for points in drawn]
    areas = [float(width * height) for width, height in sizes]
    widest = max((float(width) for width, _ in sizes), default=0.0)
    limit = widest if areas and areas[0] > sum(areas) / 2 else max(widest, math.sqrt(2 * sum(areas)))
    placed: dict[object, tuple[float, float]] = {}
    x = y = row = 0.0
    for members, points, corner, (width, height) in zip(parts, drawn, corners, sizes, strict=True):
        if x and x + width > limit:
            x, y, row = 0.0, y + row, 0.0
        for member, (left, top) in zip(members, points - corner + [x, y], strict=True):
            placed[member] = (round(float(left), 1), round(float(top), 1))
        x, row = x + float(width), max(row, float(height))
    return placed
