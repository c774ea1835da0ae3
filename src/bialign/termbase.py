"""The glossary as a termbase: concepts, each with its terms in several languages, read from YAML and found in texts.

The shape is that of ISO 30042 (TBX): a concept holds what is said of the thing, a term what is said of the word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from bialign.errors import FormatError, ReadError

if TYPE_CHECKING:
    from yaml import Node

Kind = Literal["full form", "acronym", "short form", "variant"]
TermStatus = Literal["preferred", "admitted", "deprecated", "superseded"]
CasePolicy = Literal["exact", "free"]
KINDS: tuple[Kind, ...] = ("full form", "acronym", "short form", "variant")
TERM_STATUSES: tuple[TermStatus, ...] = ("preferred", "admitted", "deprecated", "superseded")
CASE_POLICIES: tuple[CasePolicy, ...] = ("exact", "free")


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one designation of a concept; `case_policy` "exact" keeps SIN, the agency, apart from the word "sin"."""

    text: str
    lang: str
    kind: Kind = "full form"
    status: TermStatus = "preferred"
    case_policy: CasePolicy = "free"
    part_of_speech: str = ""
    gender: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """Hold one concept: `definition` and `source` (a sentence where it occurs) by language, `related` as ids."""

    id: str
    subject: str = ""
    definition: Mapping[str, str] = field(default_factory=dict, hash=False)
    terms: tuple[Term, ...] = ()
    note: str = ""
    source: Mapping[str, str] = field(default_factory=dict, hash=False)
    related: tuple[str, ...] = ()

    def terms_in(self, lang: str) -> tuple[Term, ...]:
        """Give the concept's terms of a language, best first (preferred, admitted, deprecated, superseded)."""
        wanted = primary(lang)
        terms = [term for term in self.terms if primary(term.lang) == wanted]
        return tuple(sorted(terms, key=lambda term: TERM_STATUSES.index(term.status)))


class TermHit(NamedTuple):
    """Tell that ``text[start:stop]`` names a concept by one of its terms."""

    start: int
    stop: int
    concept: Concept
    term: Term


@dataclass(frozen=True, slots=True)
class Termbase:
    """Hold the concepts of a glossary, ids unique, in the order of its file."""

    languages: tuple[str, ...]
    concepts: tuple[Concept, ...]
    _indexes: dict[str, _Index] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path | str) -> Termbase:
        """Read a glossary in YAML; raise FormatError with file, line and field for whatever breaks its rules."""
        return _Reader(Path(path)).termbase()

    def find(self, text: str, lang: str) -> tuple[TermHit, ...]:
        """Find the terms of a language in a text, in order and without overlaps, the longest at each place.

        Terms match whole words. "exact" terms match as they are written; "free" ones in any case and in the regular
        plural ("death squads", "escuadrones"). Time grows with the text, not with the number of terms.

        >>> sin = Term("SIN", "es", "acronym", "preferred", "exact")
        >>> base = Termbase(("en", "es"), (Concept("sin", "state", terms=(sin,)),))
        >>> [(hit.start, hit.stop) for hit in base.find("Actúa sin permiso del SIN.", "es-PE")]
        [(22, 25)]
        """
        wanted = primary(lang)
        if wanted not in self._indexes:
            self._indexes[wanted] = _Index(self.concepts, wanted)
        return tuple(self._indexes[wanted].find(text))


def primary(lang: str) -> str:
    """Give the language of a BCP 47 code without script and region.

    >>> primary("es-PE"), primary("EN_us")
    ('es', 'en')
    """
    return re.split("[-_]", lang, maxsplit=1)[0].lower()


# --- finding ------------------------------------------------------------------------------------------------------

# a word (with loose combining accents, as decomposed text has them), a run of spaces or one other character
_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\s+|[^\w\s]")
# words that end the part of a term that takes the plural: states of emergency, jueces sin rostro
_AFTER_HEAD = {
    "en": frozenset({"of", "for", "in", "to", "at", "by", "against", "with", "without", "from", "on", "under"}),
    "es": frozenset({"de", "del", "a", "al", "en", "por", "para", "con", "sin", "contra", "sobre", "entre", "bajo"}),
}
# what the end of a singular becomes, the first that fits
_PLURALS = {
    "en": ((r"(?<![aeiou])y$", "ies"), (r"(?<=s|x|z)$|(?<=ch|sh)$", "es"), (r"$", "s")),
    "es": (
        *((f"{accented}n$", f"{plain}nes") for accented, plain in zip("áéíóú", "aeiou", strict=True)),
        (r"és$", "eses"), (r"ás$", "ases"), (r"país$", "países"), (r"z$", "ces"),
        (r"(?<=s|x)$", ""), (r"(?<=[aeiouáéó])$", "s"), (r"$", "es"),
    ),
}  # fmt: skip

_Trie = dict[str, Any]
_END = "\n"  # no token is a newline: runs of spaces are one space


class _Index:
    """Match terms word by word in two tries, one of exact terms and one of case-folded terms."""

    def __init__(self, concepts: tuple[Concept, ...], lang: str) -> None:
        self.exact: _Trie = {}
        self.free: _Trie = {}
        ranked = [
            (TERM_STATUSES.index(term.status), number, concept, term)
            for number, concept in enumerate(concepts)
            for term in concept.terms
            if primary(term.lang) == lang
        ]
        # when two concepts share a term, the one that prefers it wins
        for _, _, concept, term in sorted(ranked, key=lambda entry: entry[:2]):
            for tokens in _forms(term, lang):
                node = self.exact if term.case_policy == "exact" else self.free
                for token in tokens:
                    node = node.setdefault(token, {})
                node.setdefault(_END, (concept, term))

    def find(self, text: str) -> Iterator[TermHit]:
        tokens = _TOKEN.findall(text)
        words = tokens if unicodedata.is_normalized("NFC", text) else [_nfc(token) for token in tokens]
        folded = [word.casefold() for word in words]
        offsets: list[int] = []
        free_from = 0
        for place, (word, fold) in enumerate(zip(words, folded, strict=True)):
            if place < free_from or not (word in self.exact or fold in self.free):
                continue
            # the tokens hold every character, so their lengths add up to their offsets
            offsets = offsets or list(itertools.accumulate(map(len, tokens), initial=0))
            found = [
                best
                for trie, sequence in ((self.exact, words), (self.free, folded))
                if sequence[place] in trie and (best := self._longest(text, sequence, offsets, place, trie))
            ]
            if found:
                # the longest; of two the exact one, which comes first
                free_from, (concept, term) = max(found, key=lambda best: best[0])
                yield TermHit(offsets[place], offsets[free_from], concept, term)

    @staticmethod
    def _longest(
        text: str, tokens: list[str], offsets: list[int], place: int, trie: _Trie
    ) -> tuple[int, tuple[Concept, Term]] | None:
        """Walk down the trie from a token; give the token after the longest term and what the term is."""
        if not _free_standing(text, offsets[place]):
            return None
        best = None
        node = trie
        for after in range(place, len(tokens)):
            token = " " if tokens[after].isspace() else tokens[after]
            if token not in node:
                break
            node = node[token]
            if _END in node and _free_standing(text, offsets[after + 1]):
                best = (after + 1, cast(tuple[Concept, Term], node[_END]))
        return best


def _free_standing(text: str, offset: int) -> bool:
    """Tell whether an offset is no joint inside something longer: "U.S." does not stand in "U.S.A."."""
    if offset in (0, len(text)):
        return True
    left, right = text[offset - 1], text[offset]
    return not (left == "." and right.isalnum())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _forms(term: Term, lang: str) -> Iterator[list[str]]:
    """Give the token sequences under which a term is found: as written and, where that is safe, in the plural."""
    tokens = _TOKEN.findall(_nfc(" ".join(term.text.split())))
    if term.case_policy == "exact":
        yield tokens
        return
    tokens = [token.casefold() for token in tokens]
    yield tokens
    if term.kind == "acronym":
        return
    words = [place for place, token in enumerate(tokens) if token[0].isalpha()]
    after = (at for at, place in enumerate(words) if at and tokens[place] in _AFTER_HEAD.get(lang, ()))
    inflected = words[: next(after, len(words))]
    if lang == "en":
        # the noun alone; in Spanish its adjectives agree with it: golpes militares
        inflected = inflected[-1:]
    plural = [_plural(token, lang) if place in inflected else token for place, token in enumerate(tokens)]
    if plural != tokens:
        yield plural


def _plural(word: str, lang: str) -> str:
    """Give the regular plural of a word in lower case.

    >>> [_plural(word, "en") for word in ("agency", "day", "clash", "squad")]
    ['agencies', 'days', 'clashes', 'squads']
    >>> [_plural(word, "es") for word in ("golpe", "militar", "escuadrón", "juez", "país")]
    ['golpes', 'militares', 'escuadrones', 'jueces', 'países']
    """
    if len(word) < 3 or not word.isalpha() or lang not in _PLURALS:
        return word
    before, after = next((before, after) for before, after in _PLURALS[lang] if re.search(before, word))
    return re.sub(before, after, word, count=1)


# --- reading ------------------------------------------------------------------------------------------------------

_CONCEPT_FIELDS = ("id", "subject", "definition", "terms", "note", "source", "related")
# a glossary has six collections inside one another at most
_DEEPEST = 20
_TERM_FIELDS = ("text", "kind", "status", "case", "part_of_speech", "gender", "note")


class _Reader:
    """Turn the nodes of a YAML file into a termbase; nodes, not values, since they know their line.

    Scalars are taken as they are written, so that the term NO stays a word and does not become false.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def termbase(self) -> Termbase:
        root = self.mapping(self.root(), "", ("version", "languages", "concepts"))
        if "version" in root and self.text(root["version"], "version") != "1":
            found = root["version"]
            raise self.error(found, "version", "glossary version {value}; this bialign reads 1", value=found.value)
        for name in ("languages", "concepts"):
            if name not in root:
                raise FormatError(self.path, "the glossary has no {field}", line=1, element=name, field=name)
        languages = tuple(self.text(node, "languages") for node in self.sequence(root["languages"], "languages"))
        nodes = self.sequence(root["concepts"], "concepts")
        lines: dict[str, int] = {}
        concepts = tuple(self.concept(node, languages, lines) for node in nodes)
        for node, concept in zip(nodes, concepts, strict=True):
            for id in concept.related:
                if id not in lines:
                    reason = "there is no concept {id} to be related to"
                    raise self.error(node, f"{concept.id}: related", reason, id=repr(id))
        return Termbase(languages, concepts)

    def root(self) -> Node:
        """Parse the file; libyaml's composer would overflow the stack on deep nesting, so depth is measured first."""
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        depth = 0
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEEPEST:
                    raise FormatError(self.path, "nested far too deeply for a glossary")
            root = yaml.compose(text, Loader=loader)
        except OSError as error:
            raise ReadError(self.path, "cannot be read: {why}", why=error.strerror or error) from None
        except UnicodeDecodeError as error:
            reason = "not UTF-8 at byte {offset}; save the glossary as UTF-8"
            raise FormatError(self.path, reason, offset=error.start) from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
            if "nesting" in why:  # newer parsers have a limit of their own
                raise FormatError(self.path, "nested far too deeply for a glossary") from None
            reason = "not well-formed YAML: {why}"
            raise FormatError(self.path, reason, line=mark.line + 1 if mark else None, why=why) from None
        if root is None:
            raise FormatError(self.path, "the glossary is empty")
        return root

    def concept(self, node: Node, languages: tuple[str, ...], lines: dict[str, int]) -> Concept:
        fields = self.mapping(node, "concepts", _CONCEPT_FIELDS)
        id = self.text(fields["id"], "id") if "id" in fields else ""
        if not id:
            raise self.error(node, "id", "a concept without an id")
        if id in lines:
            reason = "concept {id} stands already in line {first}"
            raise self.error(fields["id"], "id", reason, id=repr(id), first=lines[id])
        lines[id] = fields["id"].start_mark.line + 1
        sides = self.mapping(fields["terms"], f"{id}: terms", languages) if "terms" in fields else {}
        terms = tuple(
            self.term(entry, f"{id}: terms.{lang}", lang)
            for lang, side in sides.items()
            for entry in self.sequence(side, f"{id}: terms.{lang}")
        )
        if not terms:
            raise self.error(node, f"{id}: terms", "the concept has no term in any language")
        by_lang = {
            name: {
                lang: self.text(value, f"{id}: {name}.{lang}")
                for lang, value in self.mapping(fields[name], f"{id}: {name}", languages).items()
            }
            for name in ("definition", "source")
            if name in fields
        }
        plain = {name: self.text(fields[name], f"{id}: {name}") for name in ("subject", "note") if name in fields}
        related = self.sequence(fields["related"], f"{id}: related") if "related" in fields else []
        return Concept(
            id,
            terms=terms,
            related=tuple(self.text(entry, f"{id}: related") for entry in related),
            **cast(Any, plain | by_lang),
        )

    def term(self, node: Node, place: str, lang: str) -> Term:
        fields = self.mapping(node, place, _TERM_FIELDS)
        values = {name: self.text(value, f"{place}.{name}") for name, value in fields.items()}
        text = " ".join(values.pop("text", "").split())
        if not any(character.isalnum() for character in text):
            raise self.error(fields.get("text", node), f"{place}.text", "an empty term")
        choices = {"kind": KINDS, "status": TERM_STATUSES, "case": CASE_POLICIES}
        for name, known in choices.items():
            if name in values and values[name] not in known:
                value, listed = repr(values[name])[:60], ", ".join(known)
                raise self.error(
                    fields[name], f"{place}.{name}", "{value} is none of {known}", value=value, known=listed
                )
        if "case" in values:
            values["case_policy"] = values.pop("case")
        return Term(text, lang, **cast(Any, values))

    def mapping(self, node: Node, place: str, known: tuple[str, ...]) -> dict[str, Node]:
        """Give a mapping's nodes by key; refuse other nodes, unknown keys and keys written twice."""
        from yaml import MappingNode, ScalarNode

        if not isinstance(node, MappingNode):
            raise self.error(node, place, "a mapping (name: value) is expected here")
        result: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or key.value not in known:
                name = repr(key.value)[:60] if isinstance(key, ScalarNode) else "[...]"
                raise self.error(key, place, "the field {name} is none of {known}", name=name, known=", ".join(known))
            if key.value in result:
                raise self.error(key, place, "the field {name} is written twice", name=key.value)
            result[key.value] = value
        return result

    def sequence(self, node: Node, place: str) -> list[Node]:
        from yaml import SequenceNode

        if not isinstance(node, SequenceNode):
            raise self.error(node, place, "a list (- ...) is expected here")
        return list(node.value)

    def text(self, node: Node, place: str) -> str:
        from yaml import ScalarNode

        if not isinstance(node, ScalarNode):
            raise self.error(node, place, "a text is expected here")
        null = node.tag == "tag:yaml.org,2002:null"
        return "" if null else _nfc(str(node.value).strip())

    def error(self, node: Node, place: str, reason: str, **fields: object) -> FormatError:
        return FormatError(self.path, reason, line=node.start_mark.line + 1, element=place, **fields)
