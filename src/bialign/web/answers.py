"""What requests carry and answers hold: typed JSON, and every error as one line in the language of the page."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from bialign.cli.failures import failure_message
from bialign.cli.messages import Messages
from bialign.errors import BialignError, NotFound

T = TypeVar("T")

NO_SENSE = "this cannot be done here; nothing was changed"
"""What is told of an edit that makes no sense where it was asked for."""


def answer(value: Any, status: int = 200) -> Response:
    """Give a value as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def language(request: Request) -> str:
    """Tell the language of the page that asks."""
    wanted = request.headers.get("x-bialign") or request.cookies.get("bialign_lang") or ""
    return wanted if wanted in {"en", "es"} else request.app.state.lang


def messages(request: Request) -> Messages:
    """Give what says things in the language of the page that asks."""
    return Messages(language(request))


def refusal(error: Exception, say: Messages) -> dict[str, Any]:
    """Tell of an error: its line, and its kind, which a page may act on ("gone", "refused", "fault")."""
    if isinstance(error, ValueError | OverflowError | RecursionError) and not isinstance(error, BialignError):
        return {"error": say(NO_SENSE), "kind": "refused"}
    line, _ = failure_message(error, say)
    expected = isinstance(error, BialignError | OSError | MemoryError)
    kind = "gone" if isinstance(error, NotFound) else "refused" if expected else "fault"
    return {"error": line or str(error), "kind": kind}


async def failed(request: Request, error: Exception) -> Response:
    """Answer a request that raised an error; never with a traceback."""
    told = refusal(error, messages(request))
    status: int = getattr(error, "status", {"gone": 404, "refused": 400, "fault": 500}[told["kind"]])
    return answer(told, status)
