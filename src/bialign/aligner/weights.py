"""The weights of the two passes: a readable file that names every feature, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.aligner.features import EXTENSIONS, LATTICE_FEATURES, SCAN_FEATURES
from bialign.errors import FormatError

_PARTS = {"scan": SCAN_FEATURES, "lattice": LATTICE_FEATURES, "extensions": EXTENSIONS}


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Hold the weights of the first pass (`scan`), of the second (`lattice`), and of continuing a run of nulls.

    The arrays follow SCAN_FEATURES, LATTICE_FEATURES and EXTENSIONS; `about` says when and from what they were made.
    """

    scan: NDArray[np.float64]
    lattice: NDArray[np.float64]
    extensions: NDArray[np.float64]
    about: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Give the name that stands in signatures."""
        return str(self.about.get("name", "unnamed"))

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read a weights file."""
        import yaml

        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise FormatError(path, "not a weights file", line=mark.line + 1 if mark else None) from error
        if not isinstance(content, dict) or not isinstance(content.get("about"), dict):
            raise FormatError(path, "not a weights file")
        arrays = {}
        for part, names in _PARTS.items():
            given = content.get(part)
            if not isinstance(given, dict) or set(given) != set(names):
                missing = ", ".join(sorted(set(names) - set(given if isinstance(given, dict) else {}))) or "-"
                raise FormatError(path, "the weights are of another version (missing: {names})", names=missing)
            arrays[part] = np.array([float(given[name]) for name in names])
        return cls(**arrays, about=content["about"])

    def dumps(self) -> str:
        """Give the text of a weights file."""
        import yaml

        parts = {
            part: {name: round(float(value), 4) for name, value in zip(names, getattr(self, part), strict=True)}
            for part, names in _PARTS.items()
        }
        return yaml.safe_dump({"about": dict(self.about), **parts}, sort_keys=False, allow_unicode=True, width=110)


@lru_cache(maxsize=1)
def default_weights() -> Weights:
    """Load the weights that ship with bialign."""
    with resources.as_file(resources.files("bialign.aligner") / "weights.yaml") as path:
        return Weights.load(path)
