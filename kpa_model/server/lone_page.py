"""One page for one phone: at an address that only a QR code says, it takes one answer, then it is gone.

The answer is closed on the phone for one booklet: whoever listens to the network of the room cannot read it.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from kpa_model.files.log.opened import LOCALHOST
from kpa_model.server import app, guard
from kpa_model.server.base import HEADERS
from kpa_model.server.connections import BoundedServer
from kpa_model.server.workshop import NoWorkshop

LONGEST = 60 * 60
"""Seconds after which the page is gone, answered or not."""

MOST_BYTES = 500_000
MOST_CONNECTIONS = 16
TRIES = 30
"""Answers refused before the page is gone."""

_GONE = "Cette page n'est plus là. Demandez un nouveau code au livret."
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@dataclass
class LonePage:
    """A page being served: `address` is what the phone opens; `received` is told of the one answer, True to keep it."""

    address: str
    page: str
    received: Callable[[bytes], bool]
    server: HTTPServer | None = None
    answered: bool = False
    refused: int = 0
    _end: asyncio.TimerHandle | None = field(default=None, repr=False)

    def close(self) -> None:
        """Stop to listen; an answer that is leaving leaves."""
        if self._end:
            self._end.cancel()
        if self.server:
            self.server.stop()
        self.server = self._end = None

    @property
    def open(self) -> bool:
        """Tell whether the phone can still come."""
        return self.server is not None

    def _until(self, seconds: float) -> None:
        self._end = asyncio.get_running_loop().call_later(seconds, self.close)


def serve(make: Callable[[str], str], received: Callable[[bytes], bool], seconds: float = LONGEST) -> LonePage:
    """Serve a page on the network of the room; `make` is given the path that takes its answer. Raises NoWorkshop."""
    path = f"/{secrets.token_urlsafe(16)}"
    sockets = _free_port()
    shown = next(app.addresses(), LOCALHOST)
    lone = LonePage(f"http://{shown}:{sockets[0].getsockname()[1]}{path}", make(path), received)
    told = {"lone": lone}
    application = Application(
        [(path, _Page, told)], default_handler_class=_Nowhere, default_handler_args=told,
        log_function=lambda handler: None,
    )  # fmt: skip
    lone.server = BoundedServer(
        application, max_body_size=MOST_BYTES, max_header_size=16_384, idle_connection_timeout=30, body_timeout=15,
        most=MOST_CONNECTIONS,
    )  # fmt: skip
    lone.server.add_sockets(sockets)
    lone._until(seconds)
    return lone


def _free_port() -> list[Any]:
    """Return a port from the end of the list: workshops take theirs from the beginning."""
    for port in reversed(app.PORTS):
        with contextlib.suppress(NoWorkshop):
            return app.open_port(port)
    return app.open_port(None)


class _Page(RequestHandler):
    """The page, and its answer."""

    def initialize(self, lone: LonePage) -> None:
        """Take the page served."""
        self.lone = lone

    def set_default_headers(self) -> None:
        """Say nothing of the program; let nothing from outside in."""
        self.clear_header("Server")
        for name, value in {**HEADERS, "Content-Security-Policy": POLICY}.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse borrowed names, and forms of other sites."""
        if not guard.known_host(self.request.host, self.lone.address):
            return self.refuse(421)
        origin = self.request.headers.get("Origin")
        if self.request.method == "POST" and origin and guard.place(origin) != self.request.host.lower():
            return self.refuse(403)
        return None

    def get(self) -> None:
        """Give the page."""
        if self.lone.answered:
            return self.refuse(404)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        return self.finish_with(self.lone.page)

    def post(self) -> None:
        """Take the answer: the first that is closed as it should be; no other after it."""
        if self.lone.answered:
            return self.refuse(409)
        if not self.lone.received(bytes(self.request.body)):
            self.lone.refused += 1
            if self.lone.refused >= TRIES:
                self.lone.close()
            return self.refuse(400)
        self.lone.answered = True
        self.lone.close()
        return self.finish_with("{}")

    def check_xsrf_cookie(self) -> None:
        """Do without: the address itself is the secret, and nothing is kept in the browser."""

    def finish_with(self, text: str) -> None:
        """Send a text."""
        self.finish(text.encode())

    def refuse(self, status: int) -> None:
        """Answer in plain French."""
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.finish_with(_GONE)

    def write_error(self, status_code: int, **more: Any) -> None:
        """See `refuse`."""
        self.refuse(status_code)


class _Nowhere(_Page):
    """Every other address."""

    def prepare(self) -> None:
        """Say that there is nothing here."""
        self.refuse(404)
