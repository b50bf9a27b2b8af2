"""A live workshop served for a test, and a browser reduced to its cookies: it sends what a form holds."""

from __future__ import annotations

import asyncio
import http.client
import re
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from kpa_model.files.log.events import EventLog
from kpa_model.server import app, catalogue
from kpa_model.server.workshop import LiveWorkshop, begin
from kpa_model.workshop import script_file

SCRIPT = """
titre: Un atelier d'essai
etapes:
- titre: Bienvenue
  minutes: 5
  dire: Bonjour à toutes et à tous.
- cle: estimer
  titre: Combien pour ce travail ?
  minutes: 10
  activite:
    estimation: {travail: Un buffet, second_tour: oui}
- cle: humeur
  titre: Le thermomètre
  minutes: 5
  activite: thermometre
"""
AMOUNT = ("estimer", "avant")


class Served:
    """A workshop that answers on 127.0.0.1, in a thread of its own."""

    def __init__(
        self, base: str, workshop: str = "", script: str = SCRIPT, facts: Mapping[str, Any] | None = None,
        proxy: str = "",
    ) -> None:  # fmt: skip
        catalogue.load()
        self.proxy = proxy
        self.log = EventLog(base)
        self.id = workshop or begin(self.log, script_file.loads(script), {"seed": 1, **(facts or {})})
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    async def _serve(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        self.workshop = LiveWorkshop(self.log, self.id)
        sockets = app.open_port(0, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        address = self.proxy or f"http://127.0.0.1:{self.port}/"
        self.application = app.make_application(self.workshop, address, behind_proxy=bool(self.proxy))
        self.key = self.application.settings["key"]
        server = app.serve_on(self.application, sockets)
        self._ready.set()
        await self._ended.wait()
        await app.close(self.application, server)

    def stop(self) -> None:
        """Stop answering, and close the log; once is enough."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(20)
        self.log.close()

    def browser(self) -> Visitor:
        """Return a browser that never came here."""
        return Visitor(self.port)

    def facilitator(self) -> Visitor:
        """Return the browser of the facilitator, let in by her key."""
        visitor = self.browser()
        visitor.get(f"/animation/entrer?jeton={self.key}")
        visitor.get("/animation")
        return visitor

    def guest(self, name: str) -> Visitor:
        """Return the browser of somebody who came in under a name."""
        visitor = self.browser()
        visitor.get("/")
        visitor.post("/entrer", code=self.workshop.code, nom=name)
        assert visitor.get("/") == 200, visitor.text
        return visitor


class Visitor:
    """Cookies, the last page, and the token of its forms."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.content, self.text, self.status = port, dict[str, str](), b"", "", 0
        self.headers: Mapping[str, str] = {}
        self.token = ""

    def get(self, where: str, **headers: str) -> int:
        """Ask for a page; return its status."""
        return self.ask("GET", where, b"", headers)

    def post(self, where: str, _headers: Mapping[str, str] | None = None, **typed: str) -> int:
        """Send a form with the token of the last page; return the status."""
        body = urlencode({"_jeton": self.token, **typed}).encode()
        sent = {"Content-Type": "application/x-www-form-urlencoded", **(_headers or {})}
        return self.ask("POST", where, body, sent)

    def act(self, **typed: str) -> int:
        """Do a gesture of the facilitator; a question just met is opened, as she does once it is explained."""
        status = self.post("/animation/geste", **typed)
        self.get("/animation")
        if typed.get("geste") in ("suivant", "precedent", "aller", "passer") and 'value="ouvrir"' in self.text:
            self.post("/animation/geste", geste="ouvrir")
            self.get("/animation")
        return status

    def answer(self, **typed: str) -> int:
        """Open the question, and send its form with these answers."""
        self.get("/?changer=oui")
        return self.post("/repondre", **{**self.hidden(), **typed})

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the last page."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.text))

    def ask(self, method: str, where: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send a request as it is; keep cookies and the page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            link.request(method, where, body or None, {"Cookie": cookie, **headers} if cookie else dict(headers))
            answer = link.getresponse()
            self.content, self.status = answer.read(), answer.status
            self.text = self.content.decode("utf-8", "replace")
            self.headers = {name.lower(): value for name, value in answer.getheaders()}
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
        finally:
            link.close()
        if found := re.search(r'name="_jeton" value="([^"]+)"', self.text):
            self.token = found[1]
        return self.status

    @property
    def path(self) -> str:
        """Return where the last answer sends."""
        return urlsplit(self.headers.get("location", "")).path
