"""Measures how far today's signals differ from those on which the weights were tested, which may call for learning again.

The measure is the population stability index, Σ (now − then)·ln(now ÷ then) over classes of values (Siddiqi 2006, "Credit Risk
Scorecards"): below 0.1 nothing has changed, from 0.25 on it is another population. Between few units chance alone moves it: without any
drift it is distributed as χ² · (1/n + 1/m) (Yurdakul and Naranjo 2020, "Statistical properties of the population stability index").
Pairs share units, so n and m count the units of the smaller side, not pairs.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

import numpy as np
from scipy.special import chdtri

from graph.documents import Document
from graph.errors import ArgumentError
from graph.texts import Said
from queries.matching.arrays import FloatArray
from queries.matching.candidates import candidate_blocks
from queries.matching.score import apply_rules, measure
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.pairing.signals import FOLDER

CLASSES = 10  # of equal width for known values; one more for what is unknown
LEAST = 1e-3  # share that an empty class counts as at least
MOVED, DRIFTED = 0.1, 0.25
CERTAIN = 0.95
THOUSAND = 1000  # shares are kept in thousandths
SHIPPED = FOLDER / "weights_profile.toml"


@dataclass(frozen=True)
class Spread:
    """The distribution of a signal over all candidate pairs: the share known, their mean, and a histogram."""

    known: float
    mean: float
    shares: tuple[float, ...]  # CLASSES of known values from 0 to 1, then what is unknown


class KeptProfile(TypedDict):
    """The distributions of a pairing's signals in the form in which a decision stores them.

    Of each signal the share known, the mean and the classes in thousandths.
    """

    units: int
    signals: dict[str, list[int]]


@dataclass(frozen=True)
class Profile:
    """How every signal of a pairing is spread, and how many units the smaller side has."""

    units: int
    signals: Mapping[str, Spread]

    def as_dict(self) -> KeptProfile:
        """Return the profile as decisions keep it."""
        signals = {name: [one.known, one.mean, *one.shares] for name, one in self.signals.items()}
        return {
            "units": self.units,
            "signals": {name: [round(THOUSAND * n) for n in numbers] for name, numbers in signals.items()},
        }


def profile_pairs(spec: PairSpec, sides: Sides) -> Profile:
    """Return how the signals are spread over the pairs that are ranked: all candidates that no rule excludes."""
    classes = np.zeros((len(spec.signals), CLASSES + 1))
    sums = np.zeros(len(spec.signals))
    for pairs in candidate_blocks(sides):
        free = apply_rules(spec, pairs) < 0
        values, known = (part[:, free] for part in measure(spec, pairs))
        place = np.where(known, np.minimum((values * CLASSES).astype(np.int64), CLASSES - 1), CLASSES)
        classes += [np.bincount(row, minlength=CLASSES + 1) for row in place]
        sums += np.where(known, values, 0).sum(axis=1)
    return Profile(min(len(sides.left), len(sides.right)), _spread(spec, classes, sums))


def _spread(spec: PairSpec, classes: FloatArray, sums: FloatArray) -> dict[str, Spread]:
    counted = classes[:, :CLASSES].sum(axis=1)
    shares = classes / np.maximum(classes.sum(axis=1, keepdims=True), 1)
    means = sums / np.maximum(counted, 1)
    return {
        kind.name: Spread(float(1 - own[CLASSES]) if own.any() else 0.0, float(mean), tuple(own.tolist()))
        for kind, mean, own in zip(spec.signals, means, shares, strict=True)
    }


def stability_index(then: Spread, now: Spread, least: float = LEAST) -> float:
    """Return how far two distributions of a signal differ (population stability index), 0 for equal ones.

    Σ (now − then)·ln(now ÷ then) over the classes; an empty class counts as the share `least`.
    """
    first, second = (np.maximum(one.shares, least) for one in (then, now))
    return float(((second - first) * np.log(second / first)).sum())


def compare_profiles(then: Profile, now: Profile) -> dict[str, float]:
    """Return how far the distribution of each signal differs between two profiles, as `stability_index`.

    An empty class counts as half a unit.
    """
    least = max(LEAST, 0.5 / max(min(then.units, now.units), 1))
    return {
        name: stability_index(one, now.signals[name], least)
        for name, one in then.signals.items()
        if name in now.signals
    }


def drift_limit(then: Profile, now: Profile) -> float:
    """Return the stability index from which a signal counts as drifted: 0.25, or more where there are few units.

    With few units chance alone can bring it about.
    """
    units = max(then.units, 1), max(now.units, 1)
    return max(DRIFTED, float(chdtri(CLASSES, 1 - CERTAIN)) * (1 / units[0] + 1 / units[1]))


def write_profile(profile: Profile) -> str:
    """Return a profile as the text that a decision keeps."""
    return json.dumps(profile.as_dict(), separators=(",", ":"), sort_keys=True)


def parse_profile(text: str) -> Profile:
    """Return the profile that a decision keeps; ArgumentError for text that is none."""
    try:
        return _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = Said("不是信号分布", "is no distribution of signals")
        raise ArgumentError(argument="signals", value=text[:40], reason=reason) from error


@cache
def shipped_profile() -> Profile:
    """Return the signal distributions of the synthetic district on which the product's own weights were tested."""
    return _read(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))


def _read(content: Document) -> Profile:
    signals = {}
    for name, numbers in content["signals"].items():
        known, mean, *shares = (int(n) / THOUSAND for n in numbers)
        if len(shares) != CLASSES + 1:
            raise ValueError(name)
        signals[str(name)] = Spread(known, mean, tuple(shares))
    return Profile(int(content["units"]), signals)
