"""Plots as SVG that are legible on screen, in print and for colour-blind readers, the same bytes for the same data.

Series differ by more than their colour: bars by hatching, lines by their dashes and marks. The colours are those of
Okabe and Ito (2008, "Color Universal Design"). Text stays text, so that it can be searched and read aloud.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bialign.errors import MissingExtra
from bialign.study.saying import Saying

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
HATCHES = ("", "///", "...", "xx", "\\\\\\", "++", "oo", "--")
DASHES: tuple[Any, ...] = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 2)), (0, (3, 1)))
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")

_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bialign",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica", "sans-serif"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#d0d0d0",
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "figure.facecolor": "white",
}


def svg(
    draw: Callable[[Axes], object], *, title: str, description: str, width: float = 7.0, height: float = 3.0,
    lang: str = "en",
) -> str:  # fmt: skip
    """Draw a plot and give it as an ``<svg>`` element; sizes are in inches.

    `draw` draws into the axes. `title` and `description` are what a screen reader says; the title is not drawn, since
    a caption stands beside the plot. Numbers on the axes are written as `lang` ("en", "es") writes them. Raises
    MissingExtra where matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
        from matplotlib.ticker import FuncFormatter, ScalarFormatter
    except ImportError:
        raise MissingExtra("a plot", "study") from None
    say = Saying(lang)
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.subplots()
        draw(axes)
        for axis in (axes.xaxis, axes.yaxis):
            # names on an axis stay as they are, and so do formats that the plot has chosen
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(FuncFormatter(lambda value, _: say.number(value)))
        held = io.StringIO()
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None})
    return _accessible(held.getvalue(), title, description)


def _accessible(text: str, title: str, description: str) -> str:
    """Give the element alone, with a name and a description, ids that no other plot of a page has, any width."""
    element = text[text.index("<svg") :]
    element = re.sub(r"<metadata>.*?</metadata>\s*", "", element, flags=re.DOTALL)
    mark = "p" + format(abs(_hash(title + description + element)), "x")
    element = re.sub(r'(?<=\bid=")', f"{mark}-", element)
    element = re.sub(r"(?<=url\(#)|(?<=href=\"#)", f"{mark}-", element)
    labels = f'role="img" aria-labelledby="{mark}-t {mark}-d"'
    head = f'<title id="{mark}-t">{html.escape(title)}</title><desc id="{mark}-d">{html.escape(description)}</desc>'
    element = re.sub(r'<svg ([^>]*?)width="[^"]*" height="[^"]*"|<svg ', r"<svg \1", element, count=1)
    return re.sub(r"<svg ([^>]*)>", lambda found: f"<svg {labels} {found[1]}>{head}", element, count=1)


def _hash(text: str) -> int:
    import zlib

    return zlib.crc32(text.encode("utf-8", "replace"))
