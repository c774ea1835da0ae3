"""Characters of symbol fonts (w:sym, ISO/IEC 29500-1, 17.3.3.30) as the Unicode characters that look like them."""

from __future__ import annotations

_PRIVATE = 0xF000
"""Where fonts that know no Unicode have their 256 places."""

# Adobe's Symbol encoding from 0x20 on; a space where the place is empty
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ " + " " * 32 + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "
)
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """Give the character that a font has at a place given in hexadecimal; "" where nothing in Unicode is known for it.

    >>> symbol("Symbol", "F061"), symbol("Wingdings", "F0FC"), symbol("Arial", "2022"), symbol("Fancy", "F061")
    ('α', '✓', '•', '')
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    low = place - _PRIVATE if _PRIVATE <= place < _PRIVATE + 256 else place
    if font.lower() == "symbol" and low < 256:
        return _SYMBOL[low - 32].strip() if 32 <= low < 32 + len(_SYMBOL) else ""
    if font.lower() == "wingdings" and low < 256:
        return _WINGDINGS.get(low, "")
    # private places of fonts that are not here, halves of pairs and controls mean nothing
    readable = 32 <= place < 0xD800 or 0xF900 <= place < 0xFFFE
    return chr(place) if readable else ""
