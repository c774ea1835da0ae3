"""The server: one socket, reachable from this machine alone unless more is asked for, and a key of its own."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from bialign.errors import BialignError
from bialign.web.session import Session

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

HOST = "127.0.0.1"
PORT = 8417
"""The port that is tried first, so that an address stays the same from day to day."""
CONNECTIONS = 200
"""Requests and connections at a time; a browser keeps six."""


def listen(port: int | None = None, host: str = HOST) -> socket.socket:
    """Open a socket on this machine: at `port`, else at PORT or, where that is taken, at any free one.

    `host` is the address it can be reached at: this machine alone, unless another of its addresses is named, or
    "0.0.0.0" or "::" for all of them. Raises BialignError where a named port is taken, or the address is none of ours.
    """
    family, address = _address(host)
    failure: OSError | None = None
    for wanted in (PORT, 0) if port is None else (port,):
        opened = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            # a server that ended a moment ago does not hold its port; elsewhere this would take a port that is in use
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((address, wanted))
            opened.listen(64)
            return opened
        except OSError as error:
            failure = error
            opened.close()
    if failure is not None and failure.errno == errno.EADDRNOTAVAIL:
        raise BialignError("{host} is no address of this machine", host=host)
    raise BialignError("port {port} is taken: name another with --port, or none", port=port)


def _address(host: str) -> tuple[int, str]:
    """Give the family and the digits of an address; a name is looked up on this machine."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise BialignError("{host} is no address of this machine", host=host) from None
    family, *_, address = min(found, key=lambda one: one[0] != socket.AF_INET)
    return family, str(address[0])


def serve(
    session: Session,
    opened: socket.socket,
    *,
    lang: str = "en",
    host: str = HOST,
    token: str = "",
    password: str = "",
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the pages until the process is interrupted; `ready` gets the address that opens them.

    The address holds a key, unless there is a `password`. Raises BialignError where `host` can be reached from other
    machines and there is none.
    """
    import uvicorn

    from bialign.web.app import create_app
    from bialign.web.guard import is_local

    port = opened.getsockname()[1]
    try:
        if not is_local(host) and not password:
            raise BialignError("others can reach {host}: a password is needed", host=host)
        token = token or secrets.token_urlsafe(24)
        app = create_app(session, token=token, port=port, lang=lang, host=host, password=password)
        # the socket listens already: a browser that comes now waits
        ready(address_of(host, port) + ("" if password else f"?token={token}"))
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config(app)).run(sockets=[opened])
    finally:
        session.close()
        opened.close()


def config(app: Starlette) -> uvicorn.Config:
    """Say how the application is served: nothing is logged, and nobody can hold it up."""
    import uvicorn

    from bialign.web.limits import Patient

    return uvicorn.Config(
        app,
        http=Patient,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=2,
    )


def address_of(host: str, port: int) -> str:
    """Write the address of the first page as a browser of this machine takes it.

    >>> address_of("127.0.0.1", 8417), address_of("0.0.0.0", 80), address_of("::1", 8417)
    ('http://127.0.0.1:8417/', 'http://127.0.0.1:80/', 'http://[::1]:8417/')
    """
    name = {"0.0.0.0": HOST, "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/"
