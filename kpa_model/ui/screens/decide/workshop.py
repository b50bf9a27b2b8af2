"""Open a live workshop from the workbook: the phones' server runs in a process of its own, closed when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.declare.markup import Html, tag
from kpa_model.errors import KpaError, Problem
from kpa_model.files.log.opened import LOCALHOST, Opened, opened_now
from kpa_model.server import catalogue
from kpa_model.ui import pieces
from kpa_model.ui.kept_workshops import kept_workshops
from kpa_model.ui.library import known_books
from kpa_model.ui.state import OURS, Store, rules_by_name
from kpa_model.workshop import script_file

PATIENCE = 30.0
"""Seconds given to the server to answer."""

NEW = "nouveau"


class DoesNotOpen(KpaError):
    """The phones' server does not answer."""


@pieces.framed
def live_workshop(store: Store) -> widgets.Widget:
    """Choose a script, open the workshop, show how to come in, close it."""
    catalogue.load()  # a script may name any activity
    scripts = [(name, f"{each.title} ({each.minutes} min)") for name, each in script_file.ready_scripts().items()]
    which = pieces.choice("Déroulé", scripts, "deux_heures")
    again = pieces.choice("Atelier", _kept(), NEW)

    def asked() -> list[str]:
        return arguments(store, which.value) if again.value == NEW else ["--reprendre", again.value]

    door = PhonesDoor(asked, lambda: pieces.fill(again, _kept()))
    return pieces.column(pieces.row(again, which), door.widget())


class PhonesDoor:
    """Opens a workshop, tells how to come in, closes it; `asked` gives what `kpa atelier` is asked."""

    def __init__(self, asked: Callable[[], list[str]], closed: Callable[[], None] = lambda: None) -> None:
        self.asked, self.closed = asked, closed
        self.said, self.told = pieces.html(), pieces.html()
        self.start = pieces.button("Ouvrir l'atelier", self.begin, "kpa-primary", self.said)
        self.stop = pieces.button("Fermer l'atelier", self.end, "", self.said)

    def widget(self) -> widgets.Widget:
        """Return the two gestures, and how to come in."""
        pieces.guarded(self.said, self.show)
        return pieces.column(pieces.row(self.start, self.stop), self.said, self.told)

    def show(self) -> None:
        """Tell whether a workshop is open, and only offer what makes sense."""
        opened = opened_now()
        self.told.value = _told(opened) if opened else pieces.live(tag("p", "Aucun atelier n'est ouvert."))
        self.start.disabled, self.stop.disabled = opened is not None, opened is None

    def begin(self) -> None:
        """Open it, and wait until it answers. Raises DoesNotOpen."""
        self.told.value, self.said.value = "", pieces.live(tag("p", "L'atelier s'ouvre…"))
        open_workshop(self.asked())
        self.said.value = ""
        self.show()

    def end(self) -> None:
        """Close it: everything is kept."""
        close_workshop()
        self.closed()
        self.show()
        self.said.value, self.told.value = "", pieces.live(tag("p", "L'atelier est fermé. Tout est gardé."))


def _kept() -> list[tuple[str, str]]:
    """Return (id, label) of a new workshop, then of those of before."""
    return [(NEW, "Un nouvel atelier"), *((name, f"Reprendre : {label}") for name, label in kept_workshops())]


def arguments(store: Store, script: str) -> list[str]:
    """Return what `kpa atelier` is asked for a new workshop: script, book, month, rules compared in the workbook."""
    state = store.state
    known = rules_by_name(state)
    names = [each for each in dict.fromkeys((state.today, *state.compared)) if each in known and each != OURS]
    rules = ["--regles", *names[:6]] if len(names) > 1 else []
    return [script, "--carnet", str(known_books()[state.book]), "--mois", state.month, *rules]


def open_workshop(asked: list[str]) -> Opened:
    """Start the server of the phones and wait until it answers; return what is open. Raises DoesNotOpen."""
    if opened := opened_now():
        return opened
    process = subprocess.Popen(
        [sys.executable, "-m", "kpa_model.command", "atelier", *asked, "--sans-navigateur"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if (opened := opened_now()) is not None:
            return opened
        if process.poll() is not None:
            text = (process.stdout.read() if process.stdout else b"").decode("utf-8", "replace").strip()
            raise DoesNotOpen(Problem("Ouverture de l'atelier", "elle a échoué.", text or "Recommencez."))
        time.sleep(0.2)
    process.terminate()
    raise DoesNotOpen(Problem("Ouverture de l'atelier", "elle prend trop de temps.", "Recommencez dans un moment."))


def close_workshop() -> None:
    """Ask the server of the phones to end, and wait for it."""
    opened = opened_now()
    if opened is None:
        return
    os.kill(opened.process, signal.SIGTERM)
    limit = time.monotonic() + PATIENCE
    while opened_now() is not None and time.monotonic() < limit:
        time.sleep(0.1)


def _told(opened: Opened) -> Html:
    """Return how to come in, and the way to the facilitator's page."""
    from kpa_model.server.pages.control import qr

    code = f"{opened.code[:3]} {opened.code[3:]}"
    network = f"//{LOCALHOST}:" not in opened.address
    alone = (
        ""
        if network
        else tag(
            "p",
            "Aucun réseau n'est trouvé. Connectez l'ordinateur au Wi-Fi de la salle, puis fermez et rouvrez l'atelier.",
            cls="kpa-warning",
        )
    )
    return tag(
        "section",
        tag("h3", opened.title),
        tag(
            "div",
            qr(f"{opened.address}?code={opened.code}"),
            tag("p", "Sur le téléphone : ", tag("strong", opened.address)),
            tag("p", "Code : ", tag("strong", code)),
            cls="kpa-door",
        ),
        alone,
        tag(
            "p",
            tag(
                "a",
                "Ouvrir la page d'animation",
                cls="kpa-download",
                href=opened.facilitator,
                target="_blank",
                rel="noopener",
            ),
        ),
        tag("p", "Ce lien est pour la personne qui anime. Il donne la main sur l'atelier.", cls="kpa-help"),
        cls="kpa-card",
        aria_label="Pour entrer",
    )
