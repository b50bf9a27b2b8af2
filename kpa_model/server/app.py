"""The small server of a live workshop: its pages, its limits, its port on the network of the room."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from kpa_model.errors import Problem
from kpa_model.files.log.opened import LOCALHOST
from kpa_model.server import asking, facilitator, guest, lasting, lens, mine, our_figures, record, typing_in
from kpa_model.server.arrivals import Arrivals
from kpa_model.server.base import HEADERS, Nowhere
from kpa_model.server.connections import BoundedServer, raise_the_limit, share_of
from kpa_model.server.guard import Limiter, new_secret
from kpa_model.server.workshop import LiveWorkshop, NoWorkshop, journal

FILES = Path(__file__).resolve().parent / "static"
PORTS = range(8765, 8795)
MOST_SENT = 1_000_000


class Files(StaticFileHandler):
    """The stylesheet, the three scripts and the icon: nothing else is in the folder."""

    def set_extra_headers(self, path: str) -> None:
        """Send the same precautions as every page; these files may be kept a little."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")
        self.set_header("Cache-Control", "max-age=3600")


def routes() -> list[tuple[str, Any]]:
    """Return every address that answers."""
    return [
        (r"/", guest.Home),
        (r"/entrer", guest.Enter),
        (r"/repondre", guest.Reply),
        (r"/brouillon", guest.Draft),
        (r"/moi", mine.Mine),
        (r"/partir", mine.Leave),
        (r"/suivre", guest.Follow),
        (r"/en-main", lens.Lens),
        (r"/animation", facilitator.RoomPage),
        (r"/animation/entrer", facilitator.Unlock),
        (r"/animation/ecran", facilitator.ProjectorPage),
        (r"/animation/inviter", facilitator.Invite),
        (r"/animation/geste", facilitator.Gesture),
        (r"/animation/deroule", facilitator.ScriptPage),
        (r"/animation/personnes", typing_in.PeoplePage),
        (r"/animation/papier", typing_in.Paper),
        (r"/animation/ecrire", typing_in.HostPage),
        (r"/animation/nos-chiffres", our_figures.OurFigures),
        (r"/animation/question", asking.Reword),
        (r"/animation/ajouter", asking.AddQuestion),
        (r"/animation/durer", lasting.Lasting),
        (r"/animation/reponses\.(csv|xlsx)", record.AnswersFile),
        (r"/animation/proposition", typing_in.Propose),
        (r"/animation/remplacer", typing_in.ReplacePhone),
        (r"/animation/retirer", typing_in.Remove),
        (r"/animation/compte-rendu", record.Record),
        (r"/animation/decision/([a-z_]+\.[a-z]+)", record.RecordFile),
        (r"/animation/registre", record.Register),
        (r"/animation/exporter", facilitator.Export),
        (r"/animation/suivre", facilitator.FollowAll),
    ]


def make_application(
    workshop: LiveWorkshop, address: str, from_afar: bool = False, behind_proxy: bool = False
) -> Application:
    """Return the application of one workshop; `address` is what guests type.

    Behind a proxy of this machine, who asks is who the proxy says; nobody is near, so the facilitator's key is enough.
    """
    served = r"/fichiers/(atelier\.css|atelier\.js|animation\.js|ecouter\.js|lettres\.js|icone\.svg)"
    files = (served, Files, {"path": str(FILES)})
    return Application(
        [*routes(), files],
        default_handler_class=Nowhere,
        log_function=lambda handler: None,  # who asked what, and when, is nobody's business
        workshop=workshop,
        arrivals=Arrivals(workshop),
        address=address,
        from_afar=from_afar or behind_proxy,
        behind_proxy=behind_proxy,
        key=new_secret(),
        limits={
            "codes": Limiter(10, 300),
            "codes_address": Limiter(120, 300),
            "keys": Limiter(10, 300),
            "people": Limiter(120, 600),
        },
        closing=asyncio.Event(),
        compress_response=True,
    )


def open_port(asked: int | None, host: str = "") -> list[socket.socket]:
    """Return the sockets listening on a port: the one asked, or the first free one. Raises NoWorkshop."""
    for port in [asked] if asked is not None else PORTS:
        if not 0 <= port <= 65_535:  # the system would take another one in silence
            continue
        with contextlib.suppress(OSError, OverflowError):
            return bind_sockets(port, host or "0.0.0.0", family=socket.AF_INET)
    what = f"le port {asked} est déjà pris, ou interdit." if asked is not None else "aucun port n'est libre."
    todo = "Fermez l'autre atelier, ou donnez un autre port."
    raise NoWorkshop(Problem("Ouverture de l'atelier", what, todo))


def serve_on(application: Application, sockets: list[socket.socket]) -> HTTPServer:
    """Start to answer; return the server."""
    server = BoundedServer(
        application, max_body_size=MOST_SENT, max_header_size=16_384, idle_connection_timeout=75, body_timeout=15,
        most=share_of(raise_the_limit()), trusts_here=application.settings["behind_proxy"],
    )  # fmt: skip
    server.add_sockets(sockets)
    return server


def check_address(application: Application, port: int) -> bool:
    """Look again at which address this machine has: a network may change during a workshop. Tell whether it did."""
    now = f"http://{next(addresses(), LOCALHOST)}:{port}/"
    if now == application.settings["address"]:
        return False
    application.settings["address"] = now
    application.settings["workshop"].tell()
    return True


async def close(application: Application, server: HTTPServer) -> None:
    """Stop answering, and let the pages that wait go."""
    application.settings["closing"].set()
    server.stop()
    application.settings["workshop"].wake_all()
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(server.close_all_connections(), 3)
    journal.info("closed")


def addresses() -> Iterator[str]:
    """Yield the addresses of this machine on its networks, the most likely first."""
    seen = set()
    for far in ("10.255.255.255", "192.168.255.255", "172.31.255.255"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 1))  # sends nothing: it only asks which card would be used
            seen.add(found := probe.getsockname()[0])
            if not found.startswith(("127.", "0.")):
                yield found
    with contextlib.suppress(OSError):
        for *_, where in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            if where[0] not in seen and not str(where[0]).startswith("127."):
                yield str(where[0])
