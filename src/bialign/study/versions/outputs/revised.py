"""A page of a revised source: what is to be done first, then all passages with the changes marked."""

from __future__ import annotations

from collections.abc import Iterator

from bialign.formats.characters import html_text
from bialign.study.saying import Saying
from bialign.study.versions.outputs.marks import Part, changes
from bialign.study.versions.outputs.page import drawn, framed, lang_attribute, nothing
from bialign.study.versions.revision import NEW, OLD, TRANSLATION, Entry, Kind, Revision


def kind_name(kind: Kind, say: Saying) -> str:
    """Say what became of a passage."""
    names = {
        "unchanged": say("unchanged"),
        "moved": say("elsewhere"),
        "changed": say("changed"),
        "added": say("new"),
        "removed": say("removed"),
        "translation only": say("only in the translation"),
    }
    return names[kind]


def task(entry: Entry, say: Saying) -> str:
    """Say what is to be done with the translation of a passage, "" for nothing."""
    if entry.kind == "changed":
        return say("revise the translation") if entry.translation else say("translate")
    if entry.kind == "added":
        return say("translate")
    return say("take the translation out") if entry.out_of_date else ""


def source_parts(revision: Revision, entry: Entry) -> list[Part]:
    """Give the source of a passage in pieces, with what was removed and added."""
    old, new = revision.text(entry.old, OLD), revision.text(entry.new, NEW)
    if entry.kind == "changed":
        return changes(old, new, revision.versions[NEW].lang)
    if entry.kind == "removed":
        return [Part("removed", old, glued=True)]
    return [Part("added" if entry.kind == "added" else "same", new, glued=True)] if new else []


def figures(revision: Revision, say: Saying) -> str:
    """Say in one line how many passages are of which kind, and how many are to be worked on."""
    counts = [f"{kind_name(kind, say)}: {say.number(count)}" for kind, count in revision.counts().items() if count]
    to_do = sum(entry.out_of_date for entry in revision.entries)
    return ", ".join([*counts, say("to be done: {count}", count=say.number(to_do))])


def chunks(revision: Revision, say: Saying) -> Iterator[str]:
    """Give the page piece by piece."""
    new = revision.versions[NEW]
    return framed(
        _parts(revision, say),
        say,
        title=new.document.title or new.name,
        eyebrow=say("What a revised source changes"),
        facts=figures(revision, say),
        key=["removed", "added"],
        signature=revision.signature,
    )


def _parts(revision: Revision, say: Saying) -> Iterator[str]:
    label = html_text(say("Only what is to be done"))
    yield f'<label class="only"><input type="checkbox" id="only"> {label}</label>\n'
    heads = [say("row"), f"{revision.versions[OLD].name} → {revision.versions[NEW].name}", revision.versions[2].name]
    cells = "".join(
        f'<th scope="col"{" class=m" if not n else ""}>{html_text(head)}</th>' for n, head in enumerate(heads)
    )
    yield f'<table class="rows"><thead><tr>{cells}</tr></thead>\n<tbody>\n'
    for number, entry in enumerate(revision.entries, 1):
        yield _row(revision, entry, number, say)
    yield "</tbody></table>\n"


def _row(revision: Revision, entry: Entry, number: int, say: Saying) -> str:
    done = task(entry, say)
    about = f"<strong>{number}</strong> {html_text(kind_name(entry.kind, say))}"
    about += f'<span class="kind">{html_text(done)}</span>' if done else ""
    source, translation = source_parts(revision, entry), revision.text(entry.translation, TRANSLATION)
    langs = [lang_attribute(revision.versions[side].document.lang) for side in (NEW, TRANSLATION)]
    left = f"<span{langs[0]}>{drawn(source)}</span>" if source else nothing(None, say)
    gone = entry.kind == "removed" and translation
    parts = [Part("removed" if gone else "same", translation, glued=True)]
    right = f"<span{langs[1]}>{drawn(parts)}</span>" if translation else nothing(None, say)
    names = [html_text(revision.versions[side].name) for side in (NEW, TRANSLATION)]
    cells = f'<td data-name="{names[0]}">{left}</td><td data-name="{names[1]}">{right}</td>'
    attribute = "" if done else ' class="done"'
    return f'<tr id="r{number}"{attribute}><th scope="row" class="m">{about}</th>{cells}</tr>\n'
