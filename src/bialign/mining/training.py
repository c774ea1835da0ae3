"""Learn the weights of the judgements from pairs of which it is known whether they are right: logistic regression."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bialign.errors import MissingExtra

Floats = NDArray[np.float32]


def fit(
    tables: Sequence[Floats], truths: Sequence[NDArray[np.bool_]], names: Sequence[str], penalty: float = 1e-5
) -> dict[str, float]:
    """Fit weights, one for each name and a "bias", to tables of features (pairs, names) and whether each is right.

    Each table counts by the square root of its size. `penalty` is that of the squared weights of features brought to
    one spread, to the mean loss. Raises MissingExtra without the extra ``train``.
    """
    try:
        from scipy.optimize import minimize
    except ImportError:
        raise MissingExtra("training", "train") from None
    table = np.concatenate([np.asarray(each, np.float64) for each in tables])
    truth = np.concatenate(truths).astype(np.float64)
    share = np.concatenate([np.full(len(each), len(each) ** -0.5) for each in truths])
    share /= share.sum()
    middle, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1
    scaled = (table - middle) / spread

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = scaled @ weights[:-1] + weights[-1]
        error = share * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth)
        slope = np.append(scaled.T @ error + 2 * penalty * weights[:-1], error.sum())
        return float(
            (share * (np.logaddexp(0, score) - truth * score)).sum() + penalty * (weights[:-1] ** 2).sum()
        ), slope

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    bias = float(found[-1] - weights @ middle)
    return {
        **{name: round(float(value), 4) for name, value in zip(names, weights, strict=True)},
        "bias": round(bias, 4),
    }
