"""How much a request may hold and how long it may take to come; what is beyond is refused before it is read."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import h11
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bialign.errors import BialignError

MEGABYTE = 1_000_000
MOST_UPLOADED = 300 * MEGABYTE
"""Bytes of files that are dropped at once."""
MOST = 4 * MEGABYTE
"""Bytes of any other request: naming 50,000 beads takes a tenth of it."""
UPLOADS = frozenset({"/api/uploads", "/api/doctor", "/api/glossary/import"})
"""Where files come in."""
IDLE, WHOLE, WHOLE_UPLOAD = 30.0, 60.0, 1_800.0
"""Seconds without a byte, and for all of them."""


class TooLarge(BialignError):
    """Refuse a request that holds too much."""

    status = 413

    def __init__(self, most: int) -> None:
        super().__init__("this is too large: {count} MB at once are the most", count=most // MEGABYTE)


class TooSlow(BialignError):
    """Refuse a request that does not come to its end."""

    status = 408

    def __init__(self) -> None:
        super().__init__("the request did not arrive whole")


class Limits:
    """Refuse bodies that are too large, by what they say of themselves or else by what comes, and those that stall."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as its body comes, or refuse it; its connection ends then."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        uploads = scope["path"] in UPLOADS
        most = MOST_UPLOADED if uploads else MOST
        until = time.monotonic() + (WHOLE_UPLOAD if uploads else WHOLE)
        got, whole = 0, False

        async def limited() -> Message:
            nonlocal got, whole
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), min(IDLE, max(0.0, until - time.monotonic())))
            except TimeoutError:
                raise TooSlow from None
            got += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if got > most:
                raise TooLarge(most)
            return message

        async def ended(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {TooLarge.status, TooSlow.status}:
                # what is still to come would be taken for the next request
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        if _length(scope) > most:
            from bialign.web.answers import failed

            response = await failed(Request(scope), TooLarge(most))
            await response(scope, receive, ended)
            return
        await self._app(scope, limited, ended)


def _length(scope: Scope) -> int:
    told = Headers(scope=scope).get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() else 0


class Patient(H11Protocol):
    """End a connection on which a request has begun and its head does not come to an end."""

    head_seconds = 20.0

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._late: Any = None
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes in; while they are the beginning of a head, time runs."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._wait_no_longer()
        elif self._late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._late = self.loop.call_later(self.head_seconds, self._give_up)

    def _wait_no_longer(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()
