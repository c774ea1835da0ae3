"""A hidden Markov model over the words of a sentence pair: neighbours translate neighbours.

Each word of one sentence (an observation) was brought forth by a word of the other (a state) or by none. The path from
state to state prefers small steps forward, as word order is much the same in both languages (Vogel, Ney & Tillmann
1996); with "none" one keeps the place one was at (Och & Ney 2003). How well two words go together comes from outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Order:
    """Hold how the path moves: a step of d words has weight exp(-decay |d - 1|) + floor; `alone` is P(no partner).

    With decay 0 all steps are alike, and word order says nothing.
    """

    decay: float = 1.0
    floor: float = 0.005
    alone: float = 0.1

    def steps(self, states: int) -> tuple[Floats, Floats]:
        """Give the probabilities of the first state (states,), and of each state after each (states, states)."""
        places = np.arange(states)
        weights = np.exp(-self.decay * np.abs(places[None, :] - places[:, None] - 1.0)) + self.floor
        first = np.exp(-self.decay * places) + self.floor
        steps = weights / weights.sum(axis=1, keepdims=True)
        return (first / first.sum()).astype(np.float32), steps.astype(np.float32)


def posteriors(fits: Sequence[Floats], order: Order) -> list[Floats]:
    """Give for each pair the probability (words, states) that each word stands with each state.

    `fits` (words, states) holds for each pair how well they go together, as a likelihood ratio against having no
    partner. Rows sum to at most 1; the rest is the probability of having none. Forward-backward (Rabiner 1989), for all
    pairs with equally many states at once.
    """
    found = [np.zeros(fit.shape, np.float32) for fit in fits]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, fit in enumerate(fits):
        if fit.size:
            groups[fit.shape[1]].append(number)
    for states, members in groups.items():
        members.sort(key=lambda number: -len(fits[number]))
        lengths = np.array([len(fits[number]) for number in members])
        fit = np.ones((lengths[0], len(members), states), np.float32)
        for column, number in enumerate(members):
            fit[: lengths[column], column] = fits[number]
        together = _forward_backward(fit, lengths, order)
        for column, number in enumerate(members):
            found[number][:] = together[: lengths[column], column]
    return found


def _forward_backward(fit: Floats, lengths: NDArray[np.int64], order: Order) -> Floats:
    """Give the posteriors (words, pairs, states) of pairs sorted by falling length; what lies beyond is of no use."""
    words, pairs, states = fit.shape
    first, steps = order.steps(states)
    steps *= 1 - order.alone
    alone = np.float32(order.alone)
    # how many pairs still have a word at each place: the longer ones come first
    live = np.searchsorted(-lengths, -np.arange(words), side="left").tolist()
    forward = np.zeros_like(fit)  # with a partner
    idle = np.zeros_like(fit)  # without, at the place of the last one
    place = np.broadcast_to(first, (pairs, states))
    for word in range(words):
        n = live[word]
        ahead = place[:n] @ steps if word else (1 - alone) * place[:n]
        np.multiply(ahead, fit[word, :n], out=forward[word, :n])
        np.multiply(place[:n], alone, out=idle[word, :n])
        place = forward[word, :n] + idle[word, :n]
        total = 1 / place.sum(axis=1, keepdims=True)
        forward[word, :n] *= total
        idle[word, :n] *= total
        place *= total
    back = np.ascontiguousarray(steps.T)
    rest = np.ones((pairs, states), np.float32)
    for word in range(words - 1, -1, -1):
        n = live[word]
        forward[word, :n] *= rest[:n]
        idle[word, :n] *= rest[:n]
        total = forward[word, :n].sum(axis=1, keepdims=True) + idle[word, :n].sum(axis=1, keepdims=True)
        before = (fit[word, :n] * rest[:n]) @ back + alone * rest[:n]
        rest[:n] = before / before.max(axis=1, keepdims=True)
        forward[word, :n] /= total
    return forward
