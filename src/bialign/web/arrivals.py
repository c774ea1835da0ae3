"""How a text came in: what its files were, what was repaired and left out, and what the aligner made of them."""

from __future__ import annotations

from collections import Counter
from pathlib import PureWindowsPath
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.bitext import Document, Segment
from bialign.remarks import DOUBTFUL
from bialign.web.answers import answer, messages
from bialign.web.api import session_of
from bialign.web.making import remarks_of
from bialign.web.views import entry_of, thousandths

_EXAMPLES = 12
"""Repairs that are shown, the most frequent first."""
_TYPES = 6


def arrival(request: Request) -> Response:
    """Tell how a text came in."""
    say = messages(request)
    with session_of(request).needed().corpus() as corpus:
        name = entry_of(corpus, int(request.path_params["text"])).name
        info = next(info for info in corpus.bitexts() if info.name == name)
        bitext, types = corpus.bitext(name), corpus.types(name)
    dropped = bool(info.recipe.get("options", {}).get("drop"))
    sides = [(bitext.source, bitext.source_segments), (bitext.target, bitext.target_segments)]
    probabilities = [bead.probability for bead in bitext.beads]
    told = {
        "id": info.id,
        "name": name,
        "beads": len(probabilities),
        "mean": thousandths(sum(probabilities) / len(probabilities)) if probabilities else 0,
        "doubtful": sum(probability < DOUBTFUL for probability in probabilities),
        "types": [[type.replace("-", "–"), many] for type, many in list(types.items())[:_TYPES]],
        "sides": [_side(document, segments) | {"dropped": dropped} for document, segments in sides],
        "remarks": [say(one.template, **one.fields) for one in remarks_of(bitext)],
    }
    return answer(told)


def _side(document: Document, segments: tuple[Segment, ...]) -> dict[str, Any]:
    repaired = Counter((fix.before, fix.after) for fix in document.fixes)
    return {
        "file": PureWindowsPath(document.origin).name or document.id,
        "lang": document.lang,
        "encoding": document.encoding,
        "segments": len(segments),
        "fixes": len(document.fixes),
        "examples": [[before[:60], after[:60], many] for (before, after), many in repaired.most_common(_EXAMPLES)],
    }


ROUTES = [Route("/api/texts/{text:int}/arrival", arrival)]
