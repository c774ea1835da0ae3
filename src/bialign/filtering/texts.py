"""What can be told of a text by itself: damaged, unprintable, repeated, tags and addresses only."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter

from bialign.mojibake import find_utf8_mojibake

_TAGS = re.compile(
    r"<[/!?]?[A-Za-z][^<>]{0,300}>|&(?:[a-z]{2,8}|#\d{2,5});|\{\{?[^{}]{0,100}\}\}?|%[sd]\b|\$\{[^}]{0,100}\}"
)
_ADDRESSES = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)(?:[\w-]+\.)+(?:com|org|net|html?)\S*"
)
_SIGNS_OF_ADDRESSES = ("://", "www.", "@", ".com", ".org", ".net", ".htm")
# tab, line ends and the marks that tell where a word may break or which way it runs are part of good texts
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff\ue000-\uf8ff]")
_SIGNS = re.compile(r"[ÂÃâðÅ√├┬‚Ô]")
_LOST = re.compile(r"[a-zñáéíóúü]\?[a-zñáéíóúü]")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+")


def folded(text: str) -> str:
    """Give what two texts must share to be the same: without case, double spaces and forms of characters.

    >>> folded("El  SIN“ﬁrmó”") == folded("el sin“firmó”")
    True
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(plain.casefold().split())


def bare(text: str) -> str:
    """Give a text without tags, placeholders and addresses.

    >>> bare("<b>See</b> https://example.org/a").split()
    ['See']
    """
    if "<" in text or "&" in text or "{" in text or "%" in text:
        text = _TAGS.sub(" ", text)
    return _ADDRESSES.sub(" ", text) if any(sign in text for sign in _SIGNS_OF_ADDRESSES) else text


def letter_share(text: str) -> float:
    """Give the share of letters among the characters of a text that are no spaces (0 for none).

    >>> letter_share("12 ab"), letter_share("")
    (0.5, 0.0)
    """
    if not text.isascii() or "_" in text:
        # marks that stand behind their letter belong to it
        text = unicodedata.normalize("NFC", text)
    size = sum(map(len, text.split()))
    return sum(map(len, _LETTERS.findall(text))) / size if size else 0.0


def is_damaged(text: str) -> bool:
    """Tell whether a text was read in the wrong encoding, or has lost letters to question marks.

    >>> is_damaged("espaÃ±ol"), is_damaged("espa?ol"), is_damaged("español, ¿no?")
    (True, True, False)
    """
    if "?" in text and _LOST.search(bare(text)):
        return True
    return not text.isascii() and bool(_SIGNS.search(text)) and bool(find_utf8_mojibake(text, ""))


def unprintable(text: str) -> int:
    """Count control characters, halves of letters, private characters and those that stand for lost ones.

    >>> unprintable("a\\x00b\\ufffd"), unprintable("a\\tb\\xad")
    (2, 0)
    """
    return len(_CONTROLS.findall(text)) if not text.isprintable() or "\ufffd" in text else 0


def has_run(text: str, size: int) -> bool:
    """Tell whether a character, digits and spaces aside, stands as many times in a row.

    >>> has_run("Nooooo!", 5), has_run("1000000", 5)
    (True, False)
    """
    return _run_of(size).search(text) is not None


@functools.lru_cache
def _run_of(size: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s\d])\1{{{size - 1},}}")


def words_of(text: str) -> list[str]:
    """Give the words and numbers of a text, without case.

    >>> words_of("No, it was 3 p.m.")
    ['no', 'it', 'was', '3', 'p', 'm']
    """
    return _WORDS.findall(text.casefold())


def has_echo(words: list[str], times: int) -> bool:
    """Tell whether one to four words come as many times in a row.

    >>> has_echo("no no no and no".split(), 3), has_echo("to be or to be or to be or".split(), 3)
    (True, True)
    >>> has_echo("a b a c a".split(), 3)
    False
    """
    if len(words) < times or Counter(words).most_common(1)[0][1] < times:
        return False
    for size in range(1, 5):
        run = size
        for before, after in zip(words, words[size:], strict=False):
            run = run + 1 if before == after else size
            if run >= times * size:
                return True
    return False
