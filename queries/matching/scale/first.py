"""The best few of a run of scores, compiled: what may be among them is listed without a branch, and then put in order by insertion."""

from __future__ import annotations

from typing import Any

import numpy as np

from queries.matching.scale.compiling import compiled


@compiled
def take_first(start: Any, score: Any, turn: Any, most: int) -> Any:
    """Return the best of each run (see `Kernels.first`)."""
    kept = np.empty(len(score), dtype=np.int64)
    longest = np.diff(start).max() if len(start) > 1 else 0
    able, top, turns = np.empty(longest, np.int64), np.empty(most), np.empty(most, np.int64)
    size = 0
    for run in range(len(start) - 1):
        begin, end = start[run], start[run + 1]
        if end - begin <= most:
            for i in range(begin, end):
                kept[size] = i
                size += 1
            continue
        own, own_turn = score[begin:end], turn[begin:end]
        few = list_able(own, top, able)
        rank(few, own, own_turn, top, turns)
        for i in few:
            kept[size] = begin + i
            size += is_among(own[i], own_turn[i], top, turns)
    return kept[:size]


@compiled
def list_able(score: Any, top: Any, able: Any) -> Any:
    """Return the places of what may be among the best `len(top)`: as high as the highest of each of so many groups."""
    groups = len(top)
    top[:] = score[:groups]
    for group in range(groups, len(score), groups):
        for i in range(min(groups, len(score) - group)):
            top[i] = max(top[i], score[group + i])
    least, size = top.min(), 0
    for i in range(len(score)):  # without a branch, which would often be guessed wrong
        able[size] = i
        size += score[i] >= least
    return able[:size]


@compiled
def rank(places: Any, score: Any, turn: Any, top: Any, turns: Any) -> None:
    """Write the highest scores and their turns, of equals the smaller turns first."""
    size = 0
    for i in places:
        at = size
        while at and (top[at - 1] < score[i] or (top[at - 1] == score[i] and turns[at - 1] > turn[i])):
            if at < len(top):
                top[at], turns[at] = top[at - 1], turns[at - 1]
            at -= 1
        if at < len(top):
            top[at], turns[at] = score[i], turn[i]
            size = min(size + 1, len(top))


@compiled
def is_among(score: float, turn: int, top: Any, turns: Any) -> bool:
    """Return whether a score is among those that were ranked."""
    is_higher: bool = score > top[-1] or (score == top[-1] and turn <= turns[-1])
    return is_higher
