"""A user's exceptions to the abbreviations known: a YAML file of words after which a sentence ends, or does not.

For each language, a list of abbreviations after which no sentence ends, or two lists::

    en: [approx., Mfr.]
    es:
      join: [Edo., "EE. AA."]
      cut: [Col.]

`join` are abbreviations after which no sentence ends; `cut` are words that bialign takes for abbreviations and that are
none in these texts. A word with a capital is meant as it is written, another one in any case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bialign.errors import ReadError

if TYPE_CHECKING:
    from bialign.yaml_lines import YamlFile


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Hold the exceptions of one language: abbreviations to join after, and words that are no abbreviations."""

    join: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


Given = Sequence[str] | Exceptions | Mapping[str, Exceptions]
"""Exceptions as a caller may give them: abbreviations to join after, or both kinds, or both kinds by language."""


def exceptions_of(given: Given, lang: str) -> Exceptions:
    """Give the exceptions for a language; "es-PE" has its own where there are some, else those of "es".

    >>> exceptions_of(["Edo."], "es")
    Exceptions(join=('Edo.',), cut=())
    >>> exceptions_of({"es": Exceptions(cut=("Col.",))}, "es-PE").cut
    ('Col.',)
    """
    if isinstance(given, Exceptions):
        return given
    if isinstance(given, Mapping):
        by_code = {code.lower().replace("_", "-"): exceptions for code, exceptions in given.items()}
        code = lang.lower().replace("_", "-")
        return by_code.get(code) or by_code.get(code[:2]) or Exceptions()
    if isinstance(given, str):
        raise TypeError("exceptions: a sequence of strings is wanted, not one string")
    return Exceptions(tuple(given))


def load_exceptions(path: Path) -> dict[str, Exceptions]:
    """Read a file of exceptions, by language; raise FormatError, with line and field, for what breaks its rules."""
    from bialign.yaml_lines import YamlFile

    if not path.is_file():
        raise ReadError(path, "there is no file here")
    file = YamlFile.load(path)
    if file.values is None:
        return {}
    if not isinstance(file.values, dict):
        raise file.error("", "languages are expected here, as in  es: [Edo., Mpio.]")
    return {code: _of_language(file, code) for code in file.values}


def _of_language(file: YamlFile, code: object) -> Exceptions:
    if not isinstance(code, str) or not (2 <= len(code.partition("-")[0]) <= 3):
        raise file.error(str(code), "{code} is no language: en, es, es-PE ...", code=code)
    if isinstance(file.values[code], list):
        found = Exceptions(file.convert(tuple[str, ...], code))
        places = {f"{code}[{number}]": word for number, word in enumerate(found.join)}
    else:
        if isinstance(file.values[code], dict):
            for name in file.values[code].keys() - {"join", "cut"}:
                raise file.error(f"{code}.{name}", "there is no field {name} here", name=name)
        found = file.convert(Exceptions, code)
        places = {
            f"{code}.{name}[{number}]": word
            for name in ("join", "cut")
            for number, word in enumerate(getattr(found, name))
        }
    for element, word in places.items():
        if not any(map(str.isalpha, word)):
            raise file.error(element, "an abbreviation is expected here, not {word}", word=repr(word))
    return found
