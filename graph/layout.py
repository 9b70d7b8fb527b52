"""Computes positions for the entities of a picture; the same graph always gets the same picture.

Each connected part is laid out by itself, and the parts are then put side by side.
A part is laid out so that distances in the picture are like those in the graph: stress majorization (Gansner, Koren, North 2004,
"Graph Drawing by Stress Majorization"), from positions by scaling.
"""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

SPACING = 150.0  # pixels between neighbours
LANDMARKS = 40
ROUNDS, ENOUGH = 30, 2e-3  # rounds of improvement at most; smaller gains end them
NAME = np.array([118.0, 76.0])  # pixels that an entity takes with its name
BELOW = np.array([0.0, 16.0])  # how far below the entity's own place their middle lies
WORDS = np.array([36.0, 24.0])  # pixels that the words on a relation take
SEPARATED_UP_TO, SEPARATING_ROUNDS = 300, 60
SEED = 1
Points = NDArray[np.float64]


def place(network: nx.MultiDiGraph, are_written: bool = False) -> dict[object, tuple[float, float]]:
    """Return a position in pixels for each entity; `are_written` leaves room for the names of the relations."""
    # Sorted, so that a graph has the same picture in whatever order its entities were read.
    plain = nx.Graph()
    plain.add_nodes_from(sorted(network, key=str))
    plain.add_edges_from(sorted(network.to_undirected(as_view=True).edges(), key=str))
    parts = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(map(str, part))))
    ordered = [sorted(part, key=str) for part in parts]
    return _pack(ordered, [_place_part(plain, members, are_written) for members in ordered])


def _place_part(plain: nx.Graph, members: list[object], are_written: bool) -> Points:
    """Return positions of the members of one connected part, lying wider than high."""
    if len(members) == 1:
        return np.zeros((1, 2))
    hops = shortest_path(
        nx.to_scipy_sparse_array(plain, members, weight=None, dtype=float), directed=False, unweighted=True
    )
    points = _improve(_first_guess(hops), hops)
    points -= points.mean(0)
    _, axes = np.linalg.eigh(points.T @ points)
    placed: Points = points @ axes[:, ::-1] * SPACING
    if len(members) > SEPARATED_UP_TO:
        return placed
    number = {member: n for n, member in enumerate(members)}
    ends = [(number[a], number[b]) for a, b in plain.subgraph(members).edges() if a != b] if are_written else []
    return _separate(placed, np.array(sorted(ends), dtype=np.int64).reshape(-1, 2))


def _first_guess(hops: Points) -> Points:
    """Return positions by scaling from a few landmarks (Brandes, Pich 2007), shaken a little so that equals come apart."""
    size = len(hops)
    landmarks = [0]
    nearest = hops[0].copy()
    while len(landmarks) < min(size, LANDMARKS):
        landmarks.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, hops[landmarks[-1]])
    squares = hops[:, landmarks] ** 2
    centred = squares - squares.mean(0) - squares.mean(1)[:, None] + squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    points = np.zeros((size, 2))
    points[:, : min(2, len(landmarks))] = centred @ vectors[:, ::-1][:, :2]
    points *= np.sign(points[np.abs(points).argmax(0), range(2)])
    points *= hops.max() / (np.abs(points).max() or 1.0)
    return points + np.random.default_rng(SEED).normal(0, 0.1, points.shape)


def _improve(points: Points, hops: Points) -> Points:
    """Move the points until the weighted stress falls no more."""
    size = len(hops)
    weights = (hops + np.eye(size)) ** -2.0 - np.eye(size)
    laplacian = np.diag(weights.sum(1)) - weights
    inverse = np.linalg.inv(laplacian + 1 / size) - 1 / size
    wanted, hops, before = (weights * hops).astype(np.float32), hops.astype(np.float32), np.inf
    for _ in range(ROUNDS):
        distance = _distances(points)
        stress = float((wanted * np.abs(distance - hops)).sum())
        if before - stress < ENOUGH * stress:
            break
        before, pull = stress, wanted / distance
        points = inverse @ ((pull.sum(1)[:, None] * points) - pull @ points)
    return points


def _distances(points: Points) -> NDArray[np.float32]:
    small = points.astype(np.float32)
    squares = (small**2).sum(1)
    apart = squares[:, None] + squares - 2 * small @ small.T
    distances: NDArray[np.float32] = np.sqrt(np.maximum(apart, np.float32(1e-6)))
    return distances


def _separate(points: Points, ends: NDArray[np.int64]) -> Points:
    """Push entities apart whose names would lie over each other, or over what is written on the relation between two others.

    `ends` are the entities of each relation that is written; its words stand in its middle and move both of them.
    """
    points, size = points.copy(), len(points)
    halves = np.vstack([np.tile(NAME / 2, (size, 1)), np.tile(WORDS / 2, (len(ends), 1))])
    free = np.zeros((len(halves), len(halves)), dtype=np.bool_)  # what need not keep apart: a relation and its own ends
    for end in ends.T:
        free[end, size + np.arange(len(ends))] = free[size + np.arange(len(ends)), end] = True
    for _ in range(SEPARATING_ROUNDS):
        centres = np.vstack([points + BELOW, points[ends].mean(1)])
        move = _push(centres, halves, free)
        if not move.any():
            break
        points += move[:size]
        for end in ends.T:
            np.add.at(points, end, move[size:])
    return points


def _push(centres: Points, halves: Points, free: NDArray[np.bool_]) -> Points:
    """Return how far each of some boxes must move, along the shorter way, so that those that lie over each other come apart."""
    # Only boxes that are near each other are looked at.
    near = cKDTree(centres / (2 * halves.max(0))).query_pairs(1.0, p=np.inf, output_type="ndarray")
    a, b = near[np.lexsort(near.T[::-1])].T  # in one order, so that sums come out the same
    gap, room = centres[a] - centres[b], halves[a] + halves[b]
    over = room - np.abs(gap)
    over[(over <= 0).any(1) | free[a, b]] = 0
    sideways = over[:, 0] / room[:, 0] < over[:, 1] / room[:, 1]
    over[:, 0] *= sideways
    over[:, 1] *= ~sideways
    pushed = 0.3 * over * np.where(gap == 0, np.sign(a - b)[:, None], np.sign(gap))
    move = np.zeros_like(centres)
    np.add.at(move, a, pushed)
    np.add.at(move, b, -pushed)
    return move


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
