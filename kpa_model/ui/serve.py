"""Open the workbook: one Jupyter server on this machine only, with JupyterLab and the pages without code."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kpa_model import places
from kpa_model.errors import KpaError, Problem, nearest
from kpa_model.files import journal
from kpa_model.files.log.opened import LOCALHOST, opened_now
from kpa_model.ui.opening import early

UI = Path(__file__).resolve().parent
EXTENSION = "kpa_model.ui.opening.extension"
HOME_PAGE = "00_bienvenue"
OWN_PAGES = "nos_pages"
MOST_GIVEN = 300_000_000
"""Bytes a page can send at once. Beyond, the link is cut; well before, the reader of files says what is too big."""
STARTUP = Path("ipython", "profile_default", "startup")
"""Where IPython, when it makes the folder itself, copies a note that everybody may read."""
PARTS = {
    "partager": "Partager",
    "decider": "Décider",
    "parcours": "Mon parcours",
    "cours": "Apprendre",
    OWN_PAGES: "Nos pages",
}
"""What a page's metadata say → what the menu says; a page that a group wrote needs say nothing."""


class CannotOpen(KpaError):
    """The workbook cannot be opened: unknown page, or port already taken."""


def open_workbook(
    page: str = HOME_PAGE, browser: bool = True, port: int | None = None, folder: Path | None = None
) -> None:
    """Serve the workbook until Ctrl+C, and show one of its pages.

    Parameters
    ----------
    page
        Name of a notebook, with or without `.ipynb`.
    browser
        Whether to open the default browser on it.
    port
        Port to listen on; when it is None, the last one that served if it is free: browsers then find what they kept.
    folder
        Folder of the notebooks, the workbook's own by default.

    Raises
    ------
    CannotOpen
        When the page does not exist or the port is taken.
    """
    os.umask(0o077)  # what is written while the workbook is open is its owner's alone
    folder = (folder or places.notebooks()).resolve()
    name = page.removesuffix(".ipynb")
    _check_page(folder, name)
    if port is not None:
        _check_port(port)
    server = make_server(folder, port or _usual_port())
    _keep_port(server.port)
    where = f"voila/render/{quote(folder.name)}/{quote(name)}.ipynb"
    address = f"{server.connection_url}{where}?token={server.identity_provider.token}"
    server.io_loop.add_callback(_announce, address, browser)
    server.start()
    drop_unfinished(server.io_loop.asyncio_loop)
    print("\nLe cahier est fermé.", flush=True)
    ask_about_the_workshop()


def drop_unfinished(loop: asyncio.AbstractEventLoop, patience: float = 5) -> None:
    """Cancel what was still being answered when the loop stopped: the threads it uses would keep the terminal."""
    unfinished = asyncio.all_tasks(loop)
    for task in unfinished:
        task.cancel()
    if unfinished:
        loop.run_until_complete(asyncio.wait(unfinished, timeout=patience))


def ask_about_the_workshop() -> None:
    """Say that a workshop is still open when the workbook closes, and close it too if somebody says so."""
    opened = opened_now()
    if opened is None:
        return
    print(f"L'atelier « {opened.title} » est encore ouvert. Les téléphones peuvent répondre.", flush=True)
    if not sys.stdin.isatty():
        print("Pour le fermer : rouvrez le cahier, page de l'atelier, puis « Fermer l'atelier ».", flush=True)
        return
    try:
        said = input("Le fermer aussi ? Tapez oui, ou Entrée pour le laisser ouvert : ")
    except EOFError:
        said = ""
    if said.strip().casefold() in ("oui", "o"):
        os.kill(opened.process, signal.SIGTERM)
        print("L'atelier est fermé. Tout est gardé.", flush=True)


def make_server(folder: Path, port: int) -> Any:
    """Return the Jupyter server, ready to start, with `folder` as its folder of notebooks."""
    places.keep_private(places.personal())
    _settle_environment()
    early.begin()
    # To check addresses that nobody writes here, it compiles for a second while it is imported: taken for absent.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # Imported late: Jupyter reads the environment while it is imported, and takes a second.
    from jupyter_server.serverapp import ServerApp

    class Server(ServerApp):  # type: ignore[misc]
        """Jupyter's server, which asks for no confirmation in English after Ctrl+C."""

        def init_signal(self) -> None:
            """Listen to Ctrl+C wherever the workbook was started from."""
            super().init_signal()
            signal.signal(signal.SIGINT, self._handle_sigint)

        def _handle_sigint(self, sig: Any, frame: Any) -> None:
            self.stop(from_signal=True)

    server = Server.instance(config=make_config(folder, port), static_custom_path=[str(UI / "jupyter" / "custom")])
    server.initialize(argv=[], find_extensions=False)
    return server


def make_config(folder: Path, port: int) -> Any:
    """Return the whole configuration of the server; see Jupyter's and Voilà's own reference for each name."""
    from traitlets.config import Config

    c = Config()
    c.ServerApp.ip = LOCALHOST
    c.ServerApp.port = port
    c.ServerApp.port_retries = 0
    _set_folders(c, folder)
    c.ServerApp.default_url = f"/voila/render/{quote(folder.name)}/{HOME_PAGE}.ipynb"
    c.ServerApp.open_browser = False
    c.IdentityProvider.token = secrets.token_hex(24)  # one that Jupyter draws itself, it writes in its log
    c.ServerApp.tornado_settings = {
        "mathjax_url": "/kpa/no-mathjax.js",  # else Voilà asks a public server
        "websocket_max_message_size": MOST_GIVEN,
    }
    c.KernelManager.transport_encryption = "auto"
    c.ServerApp.allow_root = True  # safe here: nobody reaches 127.0.0.1 from outside, and a token is asked
    c.ServerApp.jpserver_extensions = {"jupyterlab": True, "voila.server_extension": True, EXTENSION: True}
    c.Application.logging_config = _log_to_journal()
    c.LabApp.custom_css = True
    c.LabApp.extra_labextensions_path = [str(UI / "jupyter" / "labextensions")]
    c.LabApp.extension_manager = "readonly"
    c.LabApp.news_url = None
    c.VoilaConfiguration.template = "kpa"
    c.VoilaConfiguration.allow_template_override = "NO"
    c.VoilaConfiguration.allow_theme_override = "NO"
    c.VoilaConfiguration.show_tracebacks = True  # the template folds them under a French message
    c.VoilaConfiguration.resources = {
        "kpa": {"home": c.ServerApp.default_url.lstrip("/"), "folder": folder.name, "menu": _menu(folder)}
    }
    # A page that was closed frees its memory; a page left open during a workshop stays alive.
    c.MappingKernelManager.cull_idle_timeout = 600
    c.MappingKernelManager.cull_interval = 60
    c.MappingKernelManager.cull_connected = False
    c.ZMQChannelsWebsocketConnection.iopub_msg_rate_limit = 100_000.0  # a slider that moves fast
    c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = 1e8
    return c


def _set_folders(c: Any, folder: Path) -> None:
    """What Jupyter lists and writes is the person's own folder; the pages are beside it, to read only."""
    home = places.own_notebooks()
    home.mkdir(parents=True, exist_ok=True)
    c.ServerApp.root_dir = str(home)
    c.ServerApp.contents_manager_class = "kpa_model.ui.desk.OwnNotebooks"
    c.OwnNotebooks.pages = str(folder)
    c.ServerApp.kernel_manager_class = "kpa_model.ui.opening.kernels.PageKernels"
    c.PageKernels.kernel_manager_class = "kpa_model.ui.opening.launching.PageKernel"
    c.PageKernels.pages, c.PageKernels.place = folder.name, str(folder)


def _menu(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Return (title, pages) of each part of the workbook; pages are name → short title, in the order of the files."""
    menu: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for path in sorted(folder.glob("*.ipynb")):
        with contextlib.suppress(ValueError, KeyError, TypeError):  # a damaged page is not in the menu
            told = json.loads(path.read_bytes())["metadata"]
            part = told.get("part") if told.get("part") in PARTS else OWN_PAGES
            menu[part][path.stem] = str(told["menu"])
    return [(PARTS[part], pages) for part, pages in menu.items() if pages]


def _settle_environment() -> None:
    """Keep this workbook apart from any other Jupyter of the same person."""
    private = places.personal() / ".jupyter"
    private.mkdir(parents=True, exist_ok=True)  # it keeps its own state there: say now when it cannot
    (private / STARTUP).mkdir(parents=True, exist_ok=True)
    shared = Path(sys.prefix) / "share" / "jupyter"
    os.environ.update(
        JUPYTER_PREFER_ENV_PATH="1",
        JUPYTER_CONFIG_DIR=str(private / "config"),
        JUPYTER_DATA_DIR=str(private / "data"),
        IPYTHONDIR=str(private / "ipython"),
        JUPYTER_CONFIG_PATH=str(UI / "jupyter"),
        # The environment first: Voilà takes its themes from the first folder that exists.
        JUPYTER_PATH=os.pathsep.join([str(shared), str(UI / "voila_template")]),
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )


def _log_to_journal() -> dict[str, Any]:
    """Return a logging configuration that keeps English warnings out of the terminal."""
    applications = ("kpa_model", "Server", "LabApp", "ServerApp")  # each of Jupyter's has its own logger
    return {
        "handlers": {"journal": {"()": journal.handler, "level": "WARNING"}},
        "loggers": {name: {"handlers": ["journal"]} for name in applications},
    }


def _announce(address: str, browser: bool) -> None:
    """Say where the workbook is and how to stop it; then show it."""
    print(f"Le cahier est ouvert : {address}", flush=True)
    print("Gardez cette fenêtre ouverte. Pour arrêter le cahier, tapez Ctrl+C ici.", flush=True)
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _check_page(folder: Path, name: str) -> None:
    if (folder / f"{name}.ipynb").is_file():
        return
    known = sorted(path.stem for path in folder.glob("*.ipynb"))
    todo = " ".join(part for part in (nearest(name, known), f"Pages connues : {', '.join(known) or 'aucune'}.") if part)
    raise CannotOpen(Problem("Ouverture du cahier", f"la page « {name} » n'existe pas.", todo))


def _port_file() -> Path:
    return places.personal() / ".jupyter" / "port.txt"


def _usual_port() -> int:
    """Return the port of the last time when it is still free, 0 otherwise: the machine then gives one."""
    try:
        port = int(_port_file().read_text(encoding="ascii"))
        _check_port(port)
    except (OSError, ValueError, CannotOpen):
        return 0
    return port


def _keep_port(port: int) -> None:
    with contextlib.suppress(OSError):  # a convenience: without it, another port serves as well
        _port_file().parent.mkdir(parents=True, exist_ok=True)
        _port_file().write_text(str(port), encoding="ascii")


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there, this option would let two servers share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except (OSError, OverflowError) as reason:
            raise CannotOpen(
                Problem(
                    "Ouverture du cahier",
                    f"le port {port} est déjà pris, ou interdit.",
                    "Fermez l'autre cahier, ou n'indiquez pas de port : un port libre sera choisi.",
                )
            ) from reason


def main(arguments: list[str] | None = None) -> int:
    """Open the workbook from `python -m kpa_model.ui.serve`, as the browser tests do."""
    parser = argparse.ArgumentParser(description="Ouvre le cahier.")
    parser.add_argument("page", nargs="?", default=HOME_PAGE)
    parser.add_argument("--no-browser", action="store_true", help="ne pas ouvrir le navigateur")
    parser.add_argument("--port", type=int, help="port à utiliser")
    parser.add_argument("--folder", type=Path, help="dossier des pages")
    asked = parser.parse_args(arguments)
    try:
        open_workbook(asked.page, not asked.no_browser, asked.port, asked.folder)
    except KpaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
