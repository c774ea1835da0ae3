"""The server on this machine: one socket, reachable from nowhere else, with a key that only its own browser has."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from collections.abc import Callable

from bialign.errors import BialignError
from bialign.web.session import Session

HOST = "127.0.0.1"
PORT = 8417
"""The port that is tried first, so that an address stays the same from day to day."""


def listen(port: int | None = None) -> socket.socket:
    """Open a socket on this machine: at `port`, else at PORT or, where that is taken, at any free one.

    Raises BialignError where a named port is taken.
    """
    for wanted in (PORT, 0) if port is None else (port,):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":
            # a server that ended a moment ago does not hold its port; elsewhere this would take a port that is in use
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((HOST, wanted))
            opened.listen(64)
            return opened
        except OSError:
            opened.close()
    raise BialignError("port {port} is taken: name another with --port, or none", port=port)


def serve(
    session: Session,
    opened: socket.socket,
    *,
    lang: str = "en",
    token: str = "",
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the pages until the process is interrupted; `ready` gets the address, with its key, that opens them."""
    import uvicorn

    from bialign.web.app import create_app

    token = token or secrets.token_urlsafe(24)
    port = opened.getsockname()[1]
    app = create_app(session, token=token, port=port, lang=lang)
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=2
    )
    # the socket listens already: a browser that comes now waits
    ready(f"http://{HOST}:{port}/?token={token}")
    try:
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[opened])
    finally:
        session.close()
        opened.close()
