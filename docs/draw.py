"""Draw the pictures of docs/how-it-works.md from the article in the corpus: ``python docs/draw.py`` (`make pictures`).

Plain SVG, in English and Spanish. What is shown is chosen by rule, so that the pictures follow the aligner: the cut
with the strongest words across it, the cleanest cut, the two most contested beads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from bialign.aligner.align import AlignOptions, Decoded, decode
from bialign.aligner.constraints import Constraints, Rules
from bialign.aligner.contrast import Contrast, contrasts
from bialign.aligner.crossing import Link, word_links
from bialign.aligner.evidence import TextSide
from bialign.aligner.lattice import LONGEST_SPAN
from bialign.aligner.weights import default_weights
from bialign.bitext import Bead
from bialign.encode import default_encoder
from bialign.encode.joined import joined_words
from bialign.encode.use import pieces
from bialign.readers import read
from bialign.split import split

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SHOWN = 50  # sentences of each text in the picture of the matrix

INK, PALE, RED, BLUE, GREEN = "#222", "#999", "#c0392b", "#1f5fa8", "#2e8b57"
SPANISH = {
    "English sentences": "oraciones inglesas",
    "Spanish sentences": "oraciones españolas",
    "the band": "la banda",
    "a bead": "una correspondencia",
    "closer in meaning": "más cerca en sentido",
    "A clean cut": "Un corte limpio",
    "A cut that words cross": "Un corte que las palabras cruzan",
    "bead {number}: {type} ({percent}%)": "correspondencia {number}: {type} ({percent} %)",
    "rather than {types} ({other}%)": "en vez de {types} ({other} %)",
    "for the other": "a favor de la otra",
    "for this one": "a favor de esta",
    ".": ",",
    "closeness in meaning": "cercanía de sentido",
    "lengths": "longitudes",
    "words with a partner": "palabras con pareja",
    "shared numbers and terms": "números y términos comunes",
    "words at the cuts": "palabras en los cortes",
    "how usual such beads are": "lo habitual del tipo",
    "sentences left alone": "oraciones sin pareja",
    "paragraph borders": "límites de párrafo",
}
GROUPS = {
    "meaning": "closeness in meaning",
    "length": "lengths",
    "words": "words with a partner",
    "numbers": "shared numbers and terms",
    "cuts": "words at the cuts",
    "kind": "how usual such beads are",
    "nulls": "sentences left alone",
    "paragraphs": "paragraph borders",
}

Say = Callable[..., str]


@dataclass(frozen=True)
class Article:
    """Hold the article's two texts and what their alignment was decided on."""

    source: list[str]
    target: list[str]
    decoded: Decoded


def article() -> Article:
    """Align the article as the command line does."""
    sides, sentences = [], []
    for lang in ("en", "es"):
        document = read(ROOT / "corpus" / "texts" / f"cia-hitman-in-peru.{lang}.txt")
        segments = split(document.text, document.lang)
        texts = [segment.text for segment in segments]
        spans = default_encoder().spans(texts, LONGEST_SPAN)
        sides.append(TextSide.of(texts, spans, [segment.paragraph for segment in segments]))
        sentences.append(texts)
    rules = Rules.of(Constraints(), *map(len, sentences))
    decoded = decode(*sides, AlignOptions(), default_weights(), rules=rules, say=lambda stage, done: None)
    return Article(*sentences, decoded)


# --- SVG ------------------------------------------------------------------------------------------------------------


def svg(width: float, height: float, parts: Iterable[str]) -> str:
    """Put the parts of a picture together."""
    font = "font-family='Helvetica, Arial, sans-serif'"
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {height:.0f}' {font}>"
    return "\n".join([head, f"<rect width='{width:.0f}' height='{height:.0f}' fill='#fff'/>", *parts, "</svg>\n"])


def text(x: float, y: float, words: str, **style: object) -> str:
    """Write words, by default in ink at 12 units; `length` forces them into a width, whatever the font."""
    style = {"font_size": 12, "fill": INK} | style
    if "length" in style:
        style["textLength"], style["lengthAdjust"] = f"{style.pop('length'):.1f}", "spacingAndGlyphs"
    return f"<text x='{x:.1f}' y='{y:.1f}' {_attributes(style)}>{escape(words)}</text>"


def rect(x: float, y: float, width: float, height: float, **style: object) -> str:
    """Draw a rectangle."""
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' {_attributes(style)}/>"


def path(commands: str, **style: object) -> str:
    """Draw a path."""
    return f"<path d='{commands}' {_attributes(style)}/>"


def _attributes(style: dict[str, object]) -> str:
    # class_ is the attribute class, font_size is font-size
    return " ".join(f"{name.rstrip('_').replace('_', '-')}='{value}'" for name, value in style.items())


# --- the matrix -----------------------------------------------------------------------------------------------------

SHADES = ("#f1f4f8", "#d9e3ee", "#b6cbe0", "#85a9cd", "#4f82b5", "#245a94")  # closeness from 0.15 in steps of 0.12


def matrix(article: Article, say: Say) -> str:
    """Draw how close each sentence is to each of the other text, the band, and the beads of the path."""
    cell, left, top = 11, 60, 60
    evidence = article.decoded.evidence
    source, target = (side.spans.vectors(1, np.arange(SHOWN)) for side in (evidence.source, evidence.target))
    means = evidence.similarities
    far = 2 - means.source.mean[0, :SHOWN, None] - means.target.mean[0, None, :SHOWN]
    close = 1 - 2 * (1 - source @ target.T) / far
    levels = np.floor((close - 0.15) / 0.12).astype(int).clip(-1, len(SHADES) - 1)
    parts = []
    for level, shade in enumerate(SHADES):
        cells = [f"M{left + cell * i} {top + cell * j}h{cell}v{cell}h-{cell}z" for i, j in np.argwhere(levels == level)]
        parts.append(path("".join(cells), class_="closeness", fill=shade))
    side = cell * SHOWN
    parts.append(rect(left, top, side, side, fill="none", stroke=PALE))
    parts.append(_band(article, cell, left, top))
    whole = [bead for bead in article.decoded.beads if bead.source.stop <= SHOWN and bead.target.stop <= SHOWN]
    parts += [_box(bead, cell, left, top) for bead in whole]
    parts += _axes(say, left, top, cell)
    return svg(left + side + 20, top + side + 46, parts)


def _band(article: Article, cell: int, left: int, top: int) -> str:
    band = article.decoded.evidence.band
    rows = range(SHOWN + 1)
    lows = [(i, min(int(band.lo[i]), SHOWN)) for i in rows]
    highs = [(i, min(int(band.hi[i]), SHOWN)) for i in reversed(rows)]
    points = " ".join(f"{left + cell * i},{top + cell * j}" for i, j in [*lows, *highs])
    return f"<polygon class='band' points='{points}' fill='none' stroke='{GREEN}' stroke-width='1.5'/>"


def _box(bead: Bead, cell: int, left: int, top: int) -> str:
    x, y = left + cell * bead.source.start, top + cell * bead.target.start
    width, height = cell * len(bead.source), cell * len(bead.target)
    if bead.is_null:
        return path(f"M{x} {y}h{width}v{height}", class_="bead", stroke=RED, stroke_width=3, fill="none")
    return rect(x, y, width, height, class_="bead", fill="none", stroke=RED, stroke_width=1.6)


def _axes(say: Say, left: int, top: int, cell: int) -> list[str]:
    parts = [
        text(left, top - 30, say("English sentences") + " →"),
        text(18, top, say("Spanish sentences") + " →", transform=f"rotate(90 18 {top})"),
    ]
    for n in range(0, SHOWN, 10):
        parts.append(text(left + cell * (n + 0.5), top - 8, str(n + 1), text_anchor="middle", fill=PALE))
        parts.append(text(left - 8, top + cell * (n + 0.5) + 4, str(n + 1), text_anchor="end", fill=PALE))
    y = top + cell * SHOWN + 26
    for n, shade in enumerate(SHADES):
        parts.append(rect(left + 16 * n, y - 10, 16, 12, fill=shade))
    parts.append(text(left + 104, y, say("closer in meaning")))
    parts.append(rect(left + 268, y - 10, 14, 12, fill="none", stroke=RED, stroke_width=1.6))
    parts.append(text(left + 288, y, say("a bead")))
    parts.append(path(f"M{left + 430} {y - 4}h20", stroke=GREEN, stroke_width=1.5))
    parts.append(text(left + 456, y, say("the band")))
    return parts


# --- words at cuts --------------------------------------------------------------------------------------------------

HALF, MARGIN, LINE = 400.0, 20.0, 20.0
LEAST_LINKS, MOST_TOKENS = 6, 170  # of cuts that make a picture


def cuts(article: Article, say: Say) -> str:
    """Draw the words on both sides of the cleanest cut and of the one that the strongest words cross."""
    spelt = pieces(article.source), pieces(article.target)
    found = []
    for bead in article.decoded.beads[1:]:
        i, j = bead.source.start, bead.target.start
        links = [
            link
            for link in word_links(article.decoded.evidence, *spelt, i, j)
            if min(link.source.weight, link.target.weight) > 1.5
        ]
        if len(links) < LEAST_LINKS:
            continue
        if sum(len(side[n]) for side, k in zip(spelt, (i, j), strict=True) for n in (k - 1, k)) <= MOST_TOKENS:
            crossing = sum(link.leak * link.source.weight for link in links if link.crosses)
            staying = sum(link.source.weight for link in links if not link.crosses)
            found.append((crossing, staying, i, j, links))
    clean = max(found, key=lambda cut: cut[1] - 10 * cut[0])
    dirty = max(found, key=lambda cut: cut[0])
    parts: list[str] = []
    y = 30.0
    for title, (_, _, i, j, links) in ((say("A clean cut"), clean), (say("A cut that words cross"), dirty)):
        panel, y = _panel(title, (i, j), links, spelt, y)
        parts += panel
    return svg(2 * (HALF + MARGIN) + MARGIN, y, parts)


def _panel(
    title: str, cut: tuple[int, int], links: Sequence[Link], spelt: tuple[list[list[str]], list[list[str]]], y: float
) -> tuple[list[str], float]:
    """Draw the four sentences at a cut and the links of their words; give the parts and where the next panel begins."""
    parts = [text(MARGIN, y, title, font_size=15, font_weight="bold")]
    top, places, bottom = y + 30, [], y + 30
    linked = [
        {(word.segment, word.place): link.crosses for link in links for word in [getattr(link, side)]}
        for side in ("source", "target")
    ]
    for number, place in enumerate(cut):
        begin = bottom if not number else bottom + 50
        where: dict[tuple[int, int], tuple[float, float, float]] = {}
        for right, segment in enumerate((place - 1, place)):
            x = MARGIN + right * (HALF + MARGIN)
            words, end = _set_words(spelt[number][segment], x, begin)
            bottom = max(bottom, end)
            for n, (word, at, line, width) in enumerate(words):
                where[segment, n] = (at + width / 2, line, width)
                crosses = linked[number].get((segment, n))
                fill = INK if crosses is None else RED if crosses else BLUE
                parts.append(text(at, line, word, length=width, fill=fill))
        places.append(where)
    drawn = [_link(link, *places) for link in links]
    middle = 1.5 * MARGIN + HALF - 5
    rule = path(f"M{middle} {top - 18}V{bottom - 8}", class_="cut", stroke=INK, stroke_dasharray="2 3")
    return [*drawn, rule, *parts], bottom + 36


def _link(link: Link, source: dict, target: dict) -> str:
    (x, y, _), (u, v, _) = (
        source[link.source.segment, link.source.place],
        target[link.target.segment, link.target.place],
    )
    colour, name = (RED, "crossing") if link.crosses else (BLUE, "staying")
    return path(
        f"M{x:.1f} {y + 4:.1f}C{x:.1f} {y + 40:.1f} {u:.1f} {v - 50:.1f} {u:.1f} {v - 12:.1f}",
        class_=name, stroke=colour, fill="none", stroke_width=1.3, opacity=0.6,
    )  # fmt: skip


def _set_words(spelt: Sequence[str], left: float, top: float) -> tuple[list[tuple[str, float, float, float]], float]:
    """Set words in lines: (word, x, y, width) each, and where the lines end."""
    x, y, out = left, top, []
    for tokens in joined_words(spelt):
        word = "".join(spelt[token] for token in tokens)
        width = _width(word.replace("▁", ""))
        if word.startswith("▁") and out:
            x += 4
        if x + width > left + HALF - 10 and word.startswith("▁"):
            x, y = left, y + LINE
        out.append((word.replace("▁", ""), x, y, width))
        x += width
    return out, y + LINE


def _width(word: str) -> float:
    """Estimate how wide a word is in a sans-serif font of 12 units."""
    narrow, wide = "iljtfrI.,:;'’!|()[]", "mwMWQGOÑ"
    return sum(3.4 if c in narrow else 9.6 if c in wide else 7.8 if c.isupper() else 6.5 for c in word)


# --- reasons as bars ------------------------------------------------------------------------------------------------


CENTRE, UNIT, WIDEST = 400.0, 40.0, 6.0


def bars(article: Article, say: Say) -> str:
    """Draw what speaks for the two most contested beads and what for the best other path."""
    decoded = article.decoded
    parts: list[str] = []
    y, drawn = 30.0, set[int]()
    for position in sorted(range(len(decoded.path)), key=lambda n: decoded.beads[n].probability):
        found = contrasts(decoded, default_weights(), position, 0.0, 1)
        if decoded.beads[position].is_null or not found or drawn & set(found[0].own):
            continue
        parts += _bar_chart(decoded, position, found[0], say, y)
        y += 62 + 24 * len(_gains(found[0]))
        if drawn:
            break
        drawn |= set(found[0].own)
    return svg(2 * CENTRE, y - 12, parts)


def _gains(contrast: Contrast) -> list[tuple[str, float]]:
    return sorted(((group, gain) for group, gain in contrast.gains.items() if abs(gain) >= 0.1), key=lambda g: -g[1])


def _bar_chart(decoded: Decoded, position: int, contrast: Contrast, say: Say, y: float) -> list[str]:
    """Draw the grouped gains of a bead's path over another: to the right what speaks for it, to the left against."""
    bead = decoded.beads[position]
    percent = f"{100 * bead.probability:.0f}"
    title = say("bead {number}: {type} ({percent}%)", number=position + 1, type=bead.type, percent=percent)
    types = " + ".join(decoded.bead(edge).type for edge in contrast.other)
    other = say("rather than {types} ({other}%)", types=types, other=f"{100 * contrast.probability:.0f}")
    gains = _gains(contrast)
    parts = [
        text(20, y, f"{title} {other}", font_size=15, font_weight="bold"),
        text(CENTRE - 10, y + 20, "← " + say("for the other"), text_anchor="end", fill=PALE),
        text(CENTRE + 10, y + 20, say("for this one") + " →", fill=PALE),
        path(f"M{CENTRE} {y + 8}v{24 * len(gains) + 22}", stroke=PALE),
    ]
    for n, (group, gain) in enumerate(gains):
        top, width = y + 28 + 24 * n, UNIT * min(abs(gain), WIDEST)
        left = CENTRE if gain > 0 else CENTRE - width
        parts.append(
            rect(left, top, width, 16, class_="for" if gain > 0 else "against", fill=BLUE if gain > 0 else RED)
        )
        parts.append(text(20, top + 13, say(GROUPS[group])))
        at, anchor = (left + width + 6, "start") if gain > 0 else (left - 6, "end")
        parts.append(
            text(at, top + 13, f"{gain:+.1f}".replace("-", "−").replace(".", say(".")), text_anchor=anchor, fill=PALE)
        )
    return parts


# --- all of them ----------------------------------------------------------------------------------------------------


def speaker(lang: str) -> Say:
    """Give what says the pictures' words in a language."""

    def say(english: str, **fields: object) -> str:
        said = SPANISH[english] if lang == "es" else english
        return said.format(**fields) if fields else said

    return say


def draw(folder: Path) -> list[Path]:
    """Draw all pictures into a folder; give their paths."""
    shown = article()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for picture in (matrix, cuts, bars):
        for lang in ("en", "es"):
            paths.append(folder / f"{picture.__name__}.{lang}.svg")
            paths[-1].write_text(picture(shown, speaker(lang)), encoding="utf-8", newline="\n")
    return paths


if __name__ == "__main__":
    for drawn in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES):
        print(drawn)
