"""A ranker of trees over the same signals, tried beside the linear weights where there are choices enough (LightGBM, optional).

LambdaMART (Burges 2010): gradient-boosted trees whose gradients are those of nDCG. Each signal may only raise a score, as with weights
that are never negative. Scores of answers stay linear, since their contributions must add up; the ranker says what that costs.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import numpy as np

from queries.matching.arrays import FloatArray
from queries.pairing.learning.choice_model import Choices

TREES = 100
SETTINGS = {
    "objective": "lambdarank", "num_leaves": 7, "learning_rate": 0.05, "min_data_in_leaf": 20, "lambda_l2": 1.0,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 0, "verbose": -1,
}  # fmt: skip


def has_ranker() -> bool:
    """Tell whether LightGBM is installed."""
    return find_spec("lightgbm") is not None


def rank_by_trees(past: Choices, newest: Choices) -> FloatArray:
    """Return the scores that trees grown on past choices give to the pairs of newer ones."""
    lightgbm = import_module("lightgbm")  # optional: `has_ranker` tells whether it is there
    sizes = np.diff(np.append(past.starts, len(past.chooser)))
    data = lightgbm.Dataset(past.values, label=past.chosen.astype(np.int64), group=sizes, free_raw_data=False)
    rising = {"monotone_constraints": [1] * past.values.shape[1]}
    scores: FloatArray = lightgbm.train(SETTINGS | rising, data, TREES).predict(newest.values)
    return scores
