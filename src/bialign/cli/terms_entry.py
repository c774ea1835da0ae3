"""The entry of a concept, as lines for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bialign.cli.console import Console, printable
from bialign.cli.messages import Messages
from bialign.termbase import Concept, Property, Term

Line = tuple[str, str]
"""A style of rich ("bold", "dim", "") and a text."""


def entry(concept: Concept, say: Messages, langs: Iterable[str] = ()) -> Iterator[Line]:
    """Give the entry: id and subject, the terms language by language (`langs` first), definitions, notes, relations."""
    yield "bold", concept.id + (f" ({concept.subject})" if concept.subject else "")
    order = dict.fromkeys([*langs, *(term.lang for term in concept.terms)])
    for lang in order:
        for term in concept.terms:
            if term.lang == lang:
                yield "", f"  {lang}  {term.text}{_details(term, say)}"
        if concept.definition.get(lang):
            yield "dim", f"      {concept.definition[lang]}"
        if concept.source.get(lang):
            yield "italic", f"      “{concept.source[lang]}”"
    if concept.definition.get(""):
        yield "dim", f"  {concept.definition['']}"
    if concept.note:
        yield "", f"  {say('note')}: {concept.note}"
    if concept.related:
        yield "", f"  {say('see also')}: {', '.join(concept.related)}"
    for lang, properties in concept.properties.items():
        for one in properties:
            yield "dim", f"  {lang or '*'}  {_said(one)}"


def _details(term: Term, say: Messages) -> str:
    said = [say(word) for word in (term.kind, term.status) if word not in {"full form", "preferred"}]
    said += [say(word) for word in (term.part_of_speech, term.gender) if word]
    if term.since or term.until:
        said.append(f"{term.since}–{term.until}")
    if term.case_policy == "exact":
        said.append(say("case counts"))
    said += [term.note] if term.note else []
    return f"  [{', '.join(said)}]" if said else ""


def _said(one: Property) -> str:
    """Give a property in one line: its type and text, and those of its parts."""
    own = ": ".join(filter(None, (one.type or one.element, one.text)))
    parts = "; ".join(_said(part) for part in one.parts)
    return f"{own} ({parts})" if parts else own


def print_lines(console: Console, lines: Iterable[Line], *, colours: bool) -> None:
    """Print lines, in their styles where a person reads a terminal."""
    if not colours:
        console.write("\n".join(printable(text) for _, text in lines))
        return
    from rich.console import Console as Terminal
    from rich.padding import Padding
    from rich.text import Text

    terminal = Terminal(highlight=False)
    for style, text in lines:
        bare = printable(text).lstrip()
        # what runs over a line goes on below its own beginning
        terminal.print(Padding(Text(bare, style=style), (0, 0, 0, len(text) - len(bare)), expand=False))
