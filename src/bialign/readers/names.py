"""Names of XML elements as their specifications write them ("w:p", "text:h"), whatever prefixes a file declares."""

from __future__ import annotations

from collections.abc import Mapping


class Names:
    """Translate tags with namespaces into short names, by a table from namespace to prefix.

    >>> Names({"urn:a": "a"})("{urn:a}b"), Names({})("{urn:a}b"), Names({"urn:a": "a"})("b")
    ('a:b', '?:b', 'b')
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes, self._known = prefixes, dict[object, str]()

    def __call__(self, tag: object) -> str:
        """Give the short name of a tag or attribute; "" for comments and instructions, whose tag is no string."""
        name = self._known.get(tag)
        if name is None:
            name = self._name(tag) if isinstance(tag, str) else ""
            if len(self._known) < 10_000:
                self._known[tag] = name
        return name

    def _name(self, tag: str) -> str:
        if not tag.startswith("{"):
            return tag
        namespace, _, local = tag[1:].partition("}")
        return f"{self._prefixes.get(namespace, '?')}:{local}"
