"""What every page of the small server does: it says little, trusts nothing, and answers in French."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from kpa_model.declare.markup import Html, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.files.log.schema import CannotKeep
from kpa_model.server import guard, layout
from kpa_model.server.arrivals import Arrivals
from kpa_model.server.workshop import LiveWorkshop, journal

MOST_BYTES = 64_000
BEAT_SECONDS, ROOM_BEAT_SECONDS = 20, 5
"""How often a stream says that it is alive: to phones, to the pages of the room."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
SAID = {
    400: ("Cette demande n'est pas comprise.", "Revenez à la page précédente, puis recommencez."),
    403: ("Cette page n'est pas pour vous.", "Revenez à l'accueil de l'atelier."),
    404: ("Cette page n'existe pas.", "Revenez à l'accueil de l'atelier."),
    405: ("Cette demande n'est pas comprise.", "Revenez à l'accueil de l'atelier."),
    409: ("Le groupe a continué.", "Revenez à l'accueil de l'atelier."),
    413: ("Ce texte est trop long.", "Raccourcissez-le, puis recommencez."),
    421: ("Cette adresse n'est pas celle de l'atelier.", "Tapez l'adresse écrite sur l'écran de la salle."),
    429: ("Il y a eu trop d'essais.", "Attendez quelques minutes, puis recommencez."),
    500: ("Un défaut du programme a arrêté cette page.", "Vos réponses envoyées sont gardées. Rechargez la page."),
    503: ("L'atelier ne peut rien garder pour l'instant.", "Prévenez la personne qui anime."),
}


class Refusal(HTTPError):
    """A page refused, with its own three parts: where, what, what to do."""

    def __init__(self, status: int, *problems: Problem, wait: int = 0) -> None:
        super().__init__(status)
        self.problems, self.wait = problems, wait


class Desk(RequestHandler):
    """Base of every page. `ROLE` says whose cookie is read: `invite` for guests, `animation` for the facilitator.

    `TOKEN` says that a form needs the token of its session; only a page that keeps and changes nothing does without.
    """

    ROLE = "invite"
    TOKEN = True

    def initialize(self) -> None:
        """Take what all pages share."""
        self.workshop: LiveWorkshop = self.settings["workshop"]
        self.arrivals: Arrivals = self.settings["arrivals"]
        self.limits: dict[str, guard.Limiter] = self.settings["limits"]

    def set_default_headers(self) -> None:
        """Say nothing of the program; let nothing from outside in."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    # --- what is refused before anything ------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Refuse borrowed names, requests of other sites, and bodies too long; then ask who it is."""
        if not guard.known_host(self.request.host, self.settings["address"]):
            raise Refusal(421)
        if self.request.method in ("GET", "HEAD"):
            return self.admit()
        if len(self.request.body) > MOST_BYTES:
            raise Refusal(413)
        if not self._from_here():
            raise Refusal(403)
        if not self.request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            raise Refusal(400)
        self.admit()
        if self.TOKEN and not (self.secret and guard.same(self.typed("_jeton"), guard.form_token(self.secret))):
            if not self.secret:
                todo = "Acceptez les cookies de cette page, ou répondez sur la tablette ou sur le papier."
                raise Refusal(403, Problem("Entrée", "Votre téléphone refuse les cookies de l'atelier.", todo))
            where = "Formulaire"
            todo = "Rechargez la page, puis envoyez encore. Ce que vous avez tapé est gardé par le navigateur."
            raise Refusal(403, Problem(where, "il n'est plus valable.", todo))
        return None

    def _from_here(self) -> bool:
        """Tell whether a form comes from our own pages. On plain HTTP, browsers send `Origin` and not the other one."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return False
        ours = (self.request.host.lower(), guard.place(self.settings["address"]))
        origin = self.request.headers.get("Origin")
        return origin is None or guard.place(origin) in ours

    def admit(self) -> None:
        """Refuse who may not see this page. Everyone may, unless a page says otherwise."""

    def check_xsrf_cookie(self) -> None:
        """Leave it to `prepare`, whose token is tied to the session."""

    # --- what is asked ------------------------------------------------------------------------------------------------

    @property
    def secret(self) -> str:
        """Return the secret of this browser for this workshop, or nothing."""
        return self.get_cookie(self.cookie_name) or ""

    @property
    def cookie_name(self) -> str:
        """Return the name of the cookie: one per workshop, so that two workshops do not mix."""
        return f"kpa_{self.ROLE}_{self.workshop.id[-10:]}"

    @property
    def address(self) -> str:
        """Return where the request comes from: behind a proxy of this machine, the last address it adds."""
        peer = self.request.remote_ip or ""
        if not (self.settings["behind_proxy"] and guard.is_here(peer)):
            return peer
        return self.request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer

    def keep_secret(self, secret: str, path: str = "/") -> None:
        """Give its secret to this browser: no script reads it, no other site sends it."""
        secure = self.settings["address"].startswith("https:")
        self.set_cookie(
            self.cookie_name, secret, path=path, httponly=True, samesite="Strict", expires_days=30, secure=secure
        )

    def typed(self, name: str) -> str:
        """Return what a form sent under this name, nothing when absent."""
        return self.get_body_argument(name, "", strip=False)

    def asked(self, name: str) -> str:
        """Return what the address says under this name."""
        return self.get_query_argument(name, "")

    def token(self) -> Html:
        """Return the hidden field every form carries."""
        return tag("input", type="hidden", name="_jeton", value=guard.form_token(self.secret))

    @property
    def visitor(self) -> str:
        """Return a name for this browser in the limits: forty people may share one address."""
        return f"navigateur {guard.fingerprint(self.secret)}" if self.secret else self.address

    def count_try(self, limit: str, visitor: str, address: str) -> None:
        """Count a try of a browser, and of its address."""
        self.limits[limit].count(visitor)
        self.limits[f"{limit}_address"].count(address)

    def wait_too_many(self, limit: str, name: str, address: str = "") -> None:
        """Raise a refusal when this browser tried too often, or everybody at its address."""
        if seconds := self.limits[limit].wait(name) or (address and self.limits[f"{limit}_address"].wait(address)):
            minutes = seconds // 60 + 1
            todo = f"Attendez {minutes} min, puis recommencez."
            raise Refusal(429, Problem("Entrée de l'atelier", "il y a eu trop d'essais.", todo), wait=seconds)

    # --- what is answered ---------------------------------------------------------------------------------------------

    def page(self, title: str, *inside: Any, status: int = 200, **more: Any) -> None:
        """Answer with a page."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(layout.page(title, *inside, role=self.ROLE, **more).encode())

    def go(self, where: str) -> None:
        """Send the browser to another page, so that reloading sends nothing twice."""
        self.redirect(where, status=303)

    def write_error(self, status_code: int, **more: Any) -> None:
        """Answer in French, in words or, for a script, in JSON."""
        error = more.get("exc_info", (None, None, None))[1]
        status, problems = _meaning(status_code, error)
        self.set_status(status)
        for name, value in HEADERS.items():
            self.set_header(name, value)
        if isinstance(error, Refusal) and error.wait:
            self.set_header("Retry-After", str(error.wait))
        if self.request.headers.get("Accept", "").startswith("application/json"):
            self.finish({"erreur": "\n".join(f"{layout.told(each)} {each.todo}" for each in problems)})
        else:
            home = "/animation" if self.ROLE == "animation" and status != 403 else "/"
            self.page(layout.told(problems[0]).rstrip("."), layout.problems(problems, home), status=status)

    def log_exception(self, kind: Any, value: Any, trace: Any) -> None:
        """Keep defects in the journal, without what people typed."""
        if not isinstance(value, HTTPError | KpaError | StreamClosedError):
            journal.error("%s %s", self.request.method, self.request.path, exc_info=(kind, value, trace))

    # --- news ---------------------------------------------------------------------------------------------------------

    async def stream(self, say: Callable[[], str], everything: bool = False) -> None:
        """Send `say()` each time it changes, and a beat between, until the browser leaves or the server closes."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")  # a proxy must not keep the news
        woken, last, beat = asyncio.Event(), "", False
        stop = self.workshop.listen(woken.set, everything)
        try:
            while not self.settings["closing"].is_set():
                now = say()
                if now != last or beat:
                    self.write(f"data: {now}\n\n" if now != last else "event: ici\ndata: ici\n\n")
                    await self.flush()
                last, beat = now, False
                try:
                    await asyncio.wait_for(woken.wait(), ROOM_BEAT_SECONDS if everything else BEAT_SECONDS)
                except TimeoutError:
                    beat = True
                woken.clear()
        except StreamClosedError:
            pass
        finally:
            stop()


def _meaning(status: int, error: Any) -> tuple[int, tuple[Problem, ...]]:
    """Return the status and the problems of an error."""
    if isinstance(error, CannotKeep):
        return 503, error.problems
    if isinstance(error, KpaError):
        return 409, error.problems
    if isinstance(error, Refusal) and error.problems:
        return status, error.problems
    what, todo = SAID.get(status, SAID[500 if status >= 500 else 400])
    return status, (Problem("Atelier", what, todo),)


class Nowhere(Desk):
    """Every other address."""

    def admit(self) -> None:
        """Say that there is nothing here."""
        raise Refusal(404)
