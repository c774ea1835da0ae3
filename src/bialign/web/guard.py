"""Who may talk to the server, and what its pages may do: no other site, no stranger, no code of another origin.

Locks, each enough against what it is for: the Host header must name this machine (no name of another site can be made
to point here), a request from another site's page is refused by its Origin and by what the browser says of where it
came from, and everything but the door itself needs a key (see `door`).
"""

from __future__ import annotations

import ipaddress
import socket
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bialign.web.door import Door

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
)
"""Only what this server gives is loaded, and no string can become markup or code."""
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
_SAFE = frozenset({"GET", "HEAD"})
_OUTSIDE = ("/static/", "/locales/")
"""What the page with the password is made of."""


def is_local(host: str) -> bool:
    """Tell whether an address or a name is this very machine, seen from nowhere else.

    >>> is_local("127.0.0.1"), is_local("::1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class Hosts:
    """Know by which names a request may call the server.

    Bound to this machine it has two; open to others it may be called by its own names and by any address in digits:
    a site that lets its name point here (DNS rebinding) needs a name.
    """

    def __init__(self, host: str, port: int) -> None:
        self._port, self._digits = port, not is_local(host)
        names = {"localhost", "127.0.0.1", host.casefold()}
        if self._digits:
            own = socket.gethostname().casefold()
            names |= {own, f"{own.partition('.')[0]}.local"}
        self._names = names

    def __contains__(self, told: str) -> bool:
        """Tell whether a Host header names this server."""
        name, _, port = told.casefold().rpartition(":")
        # a browser leaves the port out where it is the usual one
        if port != str(self._port) and not (self._port == 80 and not name):
            return False
        name = (name or port).removeprefix("[").removesuffix("]")
        return name in self._names or (self._digits and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Refuse what does not come from a page that was opened with a key."""

    def __init__(self, app: ASGIApp, *, door: Door, host: str, port: int) -> None:
        self._app, self._door = app, door
        self._hosts = Hosts(host, port)
        self.cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 403, or with the way to the door."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        opens = self._door.opens(parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0])

        passed = False

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out[name] = value
                out.setdefault("Cache-Control", "no-store")
                if not passed and scope["method"] not in _SAFE:
                    # nobody reads what a stranger still wants to send
                    out["Connection"] = "close"
                if opens:
                    out.append("Set-Cookie", f"{self.cookie}={self._door.key}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        if not self._is_ours(scope["method"], headers):
            refused = PlainTextResponse("refused: this server answers its own pages only\n", 403)
            await refused(scope, receive, send_guarded)
        elif opens or self._is_outside(scope["path"]) or self._door.knows(key_of(headers, self.cookie)):
            passed = True
            await self._app(scope, receive, send_guarded)
        else:
            await self._at_the_door(Request(scope))(scope, receive, send_guarded)

    def _is_ours(self, method: str, headers: Headers) -> bool:
        host = headers.get("host", "")
        if host not in self._hosts:
            return False
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        # a browser says so of every request; what is no browser has no cookies of one
        came = headers.get("sec-fetch-site", "same-origin")
        if method in _SAFE:
            # a link on another page may lead here, and brings no key; nothing of ours is a part of another's page
            return came in {"same-origin", "none"} or headers.get("sec-fetch-mode") == "navigate"
        return came == "same-origin" and "x-bialign" in headers

    def _is_outside(self, path: str) -> bool:
        """Tell whether a path is part of the page that asks for the password."""
        return self._door.asks and (path in {"/login", "/api/login"} or path.startswith(_OUTSIDE))

    def _at_the_door(self, request: Request) -> Response:
        if not self._door.asks:
            return PlainTextResponse(
                "Open the address that bialign serve has shown: it holds the key to this page.\n"
                "Abra la dirección que mostró bialign serve: contiene la llave de esta página.\n",
                403,
            )
        if request.method == "GET" and not request.url.path.startswith("/api/"):
            return RedirectResponse(f"/login?to={quote(request.url.path)}", 303)
        from bialign.web.answers import answer, messages

        return answer({"error": messages(request)("the password is wanted again"), "kind": "login"}, 401)


def cookie_name(port: int) -> str:
    """Name the cookie that holds the key: one of its own for each port, as browsers keep them by machine."""
    return f"bialign_{port}"


def key_of(headers: Headers, cookie: str) -> str:
    """Give the key that a request brings, "" where none."""
    try:
        held = SimpleCookie(headers.get("cookie", "")).get(cookie)
    except CookieError:
        return ""
    return held.value if held is not None else ""
