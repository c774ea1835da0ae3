"""Subtitles: SubRip (srt), WebVTT (vtt) and SubStation (ass, ssa), their cues put together to sentences.

Read here and not with pysubs2, which leaves the identifiers and notes of WebVTT in the text of the cue before, and
takes a number that ends the last cue for that of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bialign.bitext import Document
from bialign.errors import ReadError
from bialign.readers.draft import Draft, Mark
from bialign.readers.source import Source

_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-{{1,3}}>\s*{_STAMP}(?:\s.*)?", re.ASCII)
_TAG = re.compile(
    r"<\s*/?\s*(?:i|b|u|s|em|strong|font|span|c|v|lang|ruby|rt)(?:[.\s][^<>]*)?\s*/?>|<(?:\d+:)?\d+:\d+\.\d+>"
    r"|\{\\[^{}]*\}|\{[A-Za-z]:[^{}]*\}",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile(r"\\N|\\n|<\s*br\s*/?>", re.IGNORECASE)
_ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&nbsp;": " ",
    "&quot;": '"',
    "&#39;": "'",
    "&lrm;": "",
    "&rlm;": "",
}
_ENTITY = re.compile("|".join(_ENTITIES))
_VOICE = re.compile(r"\s*<v[.\s][^<>]*>", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]\s*(?![-\d\s])|[\u2014\u2015])")
_ASIDE = re.compile(r"\s*(?:\[[^]]*\]|\([^)]*\)|[♪♫#].*)\s*")
_ENDED = re.compile(r"[.?!…:。][\"'”’»)\]♪\s]*$")
_SUBSTATION = re.compile(r"\s*\[Script Info\]|\s*\[V4\+? Styles\]", re.IGNORECASE)
_WORD_TIMES = re.compile(r"<(?:\d+:)?\d\d:\d\d\.\d{3}>")

LONGEST_GAP = 4_000
"""Milliseconds without a subtitle, from which one without a full stop is taken to be over."""
MOST_CUES = 12
"""Cues that one sentence may run over; captions without any punctuation would have no paragraph but one."""


class _Cue(NamedTuple):
    """Hold one cue: its times in milliseconds and its lines, markup and all."""

    start: int
    stop: int
    lines: list[str]


class _Speech(NamedTuple):
    """Hold what one voice says in one cue; `opens` tells that nothing before it can be of the same sentence."""

    start: int
    stop: int
    text: str
    opens: bool


def document(source: Source) -> Document:
    """Read subtitles; each sentence is a paragraph, however many cues it runs over, with the time of each cue.

    Markup, positions and names of voices are left out, what is written for the deaf stays. Raises ReadError where there
    is no cue in the file.
    """
    text, encoding = source.decoded()
    cues = list(_substation(text) if _SUBSTATION.match(text) else _timed(text))
    if not cues:
        reason = "no subtitle found: each begins with a line of times, as 00:00:01,000 --> 00:00:02,500"
        raise ReadError(source.file, reason)
    if _WORD_TIMES.search(text):
        cues = _unrolled(cues)
    draft = Draft()
    for sentence in _sentences([speech for cue in cues for speech in _speeches(cue)]):
        parts: list[str | Mark] = []
        for speech in sentence:
            parts += (Mark("time", _clock(speech.start)), speech.text, " ")
        draft.add(parts[:-1], "cue")
    return draft.document(source, encoding)


def _timed(text: str) -> Iterator[_Cue]:
    """Give the cues of SubRip or WebVTT: what follows each line of times, up to the next or what belongs to it."""
    lines = text.removeprefix("\ufeff").split("\n")
    found = [(number, match) for number, line in enumerate(lines) if (match := _TIMES.fullmatch(line))]
    strict = text.lstrip("\ufeff \n").startswith("WEBVTT")
    borders = [number for number, _ in found] + [len(lines)]
    for (number, match), stop in zip(found, borders[1:], strict=True):
        body = lines[number + 1 : stop]
        if stop < len(lines) and body and body[-1].strip().isdecimal():
            # the number of the next cue, whether or not a blank line parts it from this one's text
            body.pop()
        if strict:
            # a blank line ends a cue; what follows is a note, a style or the name of the next cue
            blank = next((at for at, line in enumerate(body) if not line.strip()), len(body))
            body = body[:blank]
        yield _Cue(_time(match.group(1, 2, 3, 4)), _time(match.group(5, 6, 7, 8)), body)


def _substation(text: str) -> Iterator[_Cue]:
    """Give the cues of SubStation in the order of their times; comments and drawings are none."""
    stamp, names, found = re.compile(r"\s*" + _STAMP + r"\s*", re.ASCII), list[str](), list[_Cue]()
    for line in text.split("\n"):
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format":
            names = [name.strip().lower() for name in rest.split(",")]
        elif kind.strip() == "Dialogue" and {"start", "end", "text"} <= set(names):
            fields = dict(zip(names, rest.split(",", len(names) - 1), strict=False))
            times = [stamp.fullmatch(fields[name]) if name in fields else None for name in ("start", "end")]
            if times[0] and times[1] and not re.search(r"\\p[1-9]", fields.get("text", "")):
                start, stop = (_time(match.groups()) for match in times if match)
                found.append(_Cue(start, stop, [re.sub(r"\{[^{}]*\}", "", fields.get("text", ""))]))
    yield from sorted(found, key=lambda cue: cue.start)


def _time(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, part = groups
    # 1.5 is a second and a half
    milliseconds = int((part or "0").ljust(3, "0"))
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + milliseconds


def _clock(milliseconds: int) -> str:
    """Write a time.

    >>> _clock(3_723_045)
    '01:02:03.045'
    """
    seconds, part = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{part:03d}"


def _unrolled(cues: Sequence[_Cue]) -> list[_Cue]:
    """Take from each cue the line that rolled up from the one before, as in captions made word by word."""
    kept, before = [], ""
    for cue in cues:
        lines = [line for line in cue.lines if line.strip()]
        if lines and _plain(lines[0]) == before:
            lines = lines[1:]
        if lines:
            before = _plain(lines[-1])
            kept.append(cue._replace(lines=lines))
    return kept


def _plain(line: str) -> str:
    """Give a line without its markup.

    >>> _plain("<i>Tom &amp; Ana</i>{\\\\an8}")
    'Tom & Ana'
    """
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], _TAG.sub("", line.replace("\\h", " "))).strip()


def _speeches(cue: _Cue) -> Iterator[_Speech]:
    """Part a cue where another voice begins; lines of one voice are one text."""
    text, opens = "", False
    for line in (piece for whole in cue.lines for piece in _LINE_BREAK.split(whole)):
        plain = _plain(line)
        if not plain:
            continue
        begins = bool(_VOICE.match(line) or _DASH.match(plain))
        if begins and text:
            yield _Speech(cue.start, cue.stop, text, opens)
            text = ""
        opens = opens if text else begins
        text = f"{text} {plain}" if text else plain
    if text:
        yield _Speech(cue.start, cue.stop, text, opens)


def _sentences(speeches: Sequence[_Speech]) -> Iterator[list[_Speech]]:
    sentence: list[_Speech] = []
    for speech in speeches:
        if sentence and (len(sentence) >= MOST_CUES or not _goes_on(sentence[-1], speech)):
            yield sentence
            sentence = []
        sentence.append(speech)
    if sentence:
        yield sentence


def _goes_on(before: _Speech, after: _Speech) -> bool:
    """Tell whether a cue goes on with the sentence of the one before."""
    if after.opens or _ASIDE.fullmatch(before.text) or _ASIDE.fullmatch(after.text):
        return False
    if before.text.isupper() != after.text.isupper():
        # a sign in the picture, beside what is said
        return False
    first = after.text.lstrip("\"'“‘«(¿¡ ")
    if first[:1].islower() or first.startswith(("...", "…")):
        return True
    return not _ENDED.search(before.text) and after.start - before.stop <= LONGEST_GAP
