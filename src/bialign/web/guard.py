"""Who may talk to the server, and what its pages may do: no other site, no other machine, no other origin's code.

Three locks, each enough against what it is for: the Host header must name this machine (no name of another site can be
made to point here), a request from another site's page is refused by its Origin, and everything but the door itself
needs the token that only the browser which was opened from the command line has.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_SAFE = frozenset({"GET", "HEAD"})


class Guard:
    """Refuse what does not come from the page that was opened on this machine."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.cookie = f"bialign_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        opens = bool(given) and secrets.compare_digest(given.encode(), self._token.encode())

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out[name] = value
                out.setdefault("Cache-Control", "no-store")
                if opens:
                    out.append("Set-Cookie", f"{self.cookie}={self._token}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        if not self._is_ours(scope["method"], headers):
            refused = PlainTextResponse("refused: this server answers its own pages only\n", 403)
            await refused(scope, receive, send_guarded)
        elif not opens and not self._knows(headers):
            answer = PlainTextResponse(
                "Open the address that bialign serve has shown: it holds the key to this page.\n"
                "Abra la dirección que mostró bialign serve: contiene la llave de esta página.\n",
                403,
            )
            await answer(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    def _is_ours(self, method: str, headers: Headers) -> bool:
        host = headers.get("host", "")
        if host not in self._hosts:
            return False
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        if method in _SAFE:
            return True
        # a browser says so of every request; what is no browser has no cookies of one
        return headers.get("sec-fetch-site", "same-origin") == "same-origin" and "x-bialign" in headers

    def _knows(self, headers: Headers) -> bool:
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return held is not None and secrets.compare_digest(held.value.encode(), self._token.encode())
