"""The door of a server that others can reach: a page that asks for the password, and the way out."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bialign.web.answers import answer, messages, refusal
from bialign.web.door import Door, Wait, WrongPassword
from bialign.web.guard import cookie_name, key_of


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """Hold the password that somebody typed."""

    password: str


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


def _cookie(request: Request, value: str, more: str = "") -> str:
    return f"{cookie_name(request.app.state.port)}={value}; Path=/; HttpOnly; SameSite=Strict{more}"


async def login(request: Request) -> Response:
    """Let in who knows the password: 403 for a wrong one, 429 with Retry-After where it has to wait."""
    given = msgspec.json.decode(await request.body(), type=Given)
    address = request.client.host if request.client else ""
    try:
        key = _door(request).enter(given.password, address)
    except (Wait, WrongPassword) as refused:
        seconds = _door(request).wait(address)
        told = refusal(refused, messages(request)) | {"seconds": seconds}
        response = answer(told, refused.status)
        response.headers["Retry-After"] = str(seconds)
        return response
    response = answer({})
    response.headers["Set-Cookie"] = _cookie(request, key)
    return response


async def logout(request: Request) -> Response:
    """Take the key away from who asks."""
    _door(request).leave(key_of(request.headers, cookie_name(request.app.state.port)))
    response = answer({})
    response.headers["Set-Cookie"] = _cookie(request, "", "; Max-Age=0")
    return response


ROUTES = [
    Route("/api/login", login, methods=["POST"]),
    Route("/api/logout", logout, methods=["POST"]),
]
