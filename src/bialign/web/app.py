"""The server's application: its pages, their scripts and styles, and the corpus as JSON, behind the guard."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bialign import __version__
from bialign.web import (
    api,
    arrivals,
    checking,
    concordance,
    documents,
    exporting,
    glossary,
    login,
    terms,
    versions,
    work,
)
from bialign.web.answers import answer, failed, language, messages
from bialign.web.door import Door
from bialign.web.guard import Guard
from bialign.web.limits import Limits
from bialign.web.pages import PAGES
from bialign.web.session import Session
from bialign.web.strings import LANGUAGES, page, strings

_STATIC = Path(__file__).parent / "static"


def create_app(
    session: Session, *, token: str, port: int, lang: str = "en", host: str = "127.0.0.1", password: str = ""
) -> Starlette:
    """Make the application; `token` opens it, or the `password` where there is one.

    `host` and `port` are where it listens, `lang` is what a new page speaks.
    """
    door = Door(token=token, password=password)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        session.close()

    errors: dict[Any, Any] = {404: _missing, 405: _missing, Exception: failed}
    app = Starlette(
        routes=[
            *(Route(page.path, partial(_page, name=page.name)) for page in PAGES),
            Route("/review", _some_text),
            Route("/locales/{lang:str}.json", _locale),
            *api.ROUTES,
            *work.ROUTES,
            *concordance.ROUTES,
            *glossary.ROUTES,
            *terms.ROUTES,
            *arrivals.ROUTES,
            *checking.ROUTES,
            *documents.ROUTES,
            *exporting.ROUTES,
            *versions.ROUTES,
            *login.ROUTES,
            Mount("/static", _Static(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard, door=door, host=host, port=port), Middleware(Limits), Middleware(_Faults)],
        exception_handlers=errors,
        lifespan=lifespan,
    )
    app.state.session, app.state.lang = session, lang
    app.state.door, app.state.port = door, port
    return app


class _Faults:
    """Answer what goes wrong in one line; nothing of it reaches the server, which would write a traceback."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        begun = False

        async def noted(message: Any) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                return
            response = await failed(Request(scope), error)
            await response(scope, receive, send)


class _Static(StaticFiles):
    """Let browsers keep scripts and styles, and ask each time whether they are still the same."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        response.headers["Cache-Control"] = "no-cache"
        return response


def _page(request: Request, name: str) -> Response:
    theme = request.cookies.get("bialign_theme", "")
    values = {
        "script": name,
        "version": __version__,
        "theme": theme if theme in {"light", "dark"} else "auto",
    }
    return HTMLResponse(page(f"{name}.html", language(request), **values))


def _some_text(request: Request) -> Response:
    """Lead to the text that was reviewed last, else to the first; to the first page where there is none."""
    pool = request.app.state.session.pool
    texts: list[int] = []
    if pool is not None:
        with pool.corpus() as corpus:
            texts = [entry.id for entry in corpus.store.contents.entries()]
    last = request.cookies.get("bialign_text", "")
    wanted = int(last) if last.isascii() and last.isdigit() and len(last) < 18 else 0
    goal = wanted if wanted in texts else texts[0] if texts else 0
    return RedirectResponse(f"/text/{goal}" if goal else "/")


def _locale(request: Request) -> Response:
    lang = request.path_params["lang"]
    return answer(strings(lang)) if lang in LANGUAGES else answer({}, 404)


async def _missing(request: Request, error: Exception) -> Response:
    say = messages(request)
    told = say("there is nothing at this address")
    if request.url.path.startswith(("/api", "/static", "/locales")):
        return answer({"error": told, "kind": "gone"}, 404)
    return HTMLResponse(page("missing.html", language(request), script="frame", version=__version__, theme="auto"), 404)
