"""The programs that a file can be examined for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PROGRAMS: Mapping[str, str] = {
    "omegat": "OmegaT 6.1 and later",
    "omegat-old": "OmegaT up to 6.0",
    "trados": "Trados",
    "memoq": "memoQ",
    "xmllint": "xmllint and strict schemas",
    "opus": "OPUS tools, uplug",
    "moses": "Moses and tools of its kind",
    "excel-en": "Excel, English settings",
    "excel-es": "Excel, Spanish settings",
    "bialign": "bialign",
}
"""Every program by its id, with its name."""

ALL = "all"


def chosen(programs: Iterable[str]) -> tuple[str, ...]:
    """Give the programs that are meant: "all", or none, is every one; ValueError for one that is not known.

    >>> chosen(["trados", "omegat"])
    ('omegat', 'trados')
    """
    wanted = set(programs)
    unknown = sorted(wanted - {ALL, *PROGRAMS})
    if unknown:
        raise ValueError(f"no program is known as {unknown[0]!r}; there are: {', '.join(PROGRAMS)}, {ALL}")
    return tuple(name for name in PROGRAMS if not wanted or ALL in wanted or name in wanted)
