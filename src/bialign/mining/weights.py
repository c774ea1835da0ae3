"""The weights of the judgements: a readable file that names every feature, and what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def default_weights() -> Mapping[str, Mapping[str, Any]]:
    """Load the weights that ship with bialign: "about", and one table of name to weight for each judgement."""
    import yaml

    text = (resources.files("bialign.mining") / "weights.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return loaded
