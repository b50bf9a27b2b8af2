"""What the workbook adds to Jupyter's server: its pages, its files, one script for all of Voilà's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tornado.web import StaticFileHandler
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from kpa_model.ui.desk import CopyHandler, NewHandler, StudyHandler
from kpa_model.ui.opening import scripts
from kpa_model.ui.opening.kernels import KernelWire
from kpa_model.ui.opening.pages import LeaveHandler, PageHandler, PageMaker

UI = Path(__file__).resolve().parents[1]
OWN = ("style.css", "access.js", "link.js", "listen.js", "no-mathjax.js")


def _load_jupyter_server_extension(server: Any) -> None:
    """Add routes before Voilà's own, and begin to warm what the first page needs."""
    settings = server.web_app.settings
    base = settings["base_url"]
    # The names of these files hold their fingerprints: the browser keeps them for ever.
    settings.setdefault("static_immutable_cache", []).append(f"{base}voila/labextensions/")
    maker = PageMaker(server)
    pieces = scripts.bundle(_script_folders(maker))
    maker.own_resources(script=f"{base}kpa/scripts.js?v={scripts.version(pieces)}", version=_version(maker))
    server.web_app.add_handlers(
        ".*$",
        [
            (rf"{base}kpa/({'|'.join(map(_dotted, OWN))})", StaticFileHandler, {"path": str(UI)}),
            (rf"{base}kpa/scripts\.js", scripts.BundleHandler, {"content": pieces.encode()}),
            (rf"{base}kpa/copie/([^/]+)", CopyHandler, {"pages": Path(server.contents_manager.pages)}),
            (rf"{base}kpa/carnet", NewHandler),
            (rf"{base}kpa/comprendre/(\w*)", StudyHandler, {"pages": Path(server.contents_manager.pages)}),
            (rf"{base}voila/render/(.*\.ipynb)", PageHandler, {"maker": maker}),
            (rf"{base}voila/api/shutdown/(.*)", LeaveHandler),
            (rf"{base}api/kernels/([\w-]+)/channels", KernelWire),
        ],
    )
    server.io_loop.add_callback(server.kernel_manager.fill)  # the loop that will run: the current one may be another
    server.io_loop.add_callback(maker.compile)


def _dotted(name: str) -> str:
    return name.replace(".", r"\.")


def _script_folders(maker: PageMaker) -> list[Path]:
    """Return where Voilà's pieces are, then those of each extension that a page loads."""
    extensions = [Path(each) for each in get_voila_labextensions_path(maker.voila.extra_labextensions_path)]
    found = [Path(each) for each in collect_static_paths(["voila", "nbconvert"], maker.voila.template)]
    for asked in maker.config["federated_extensions"]:
        places = [root / asked["name"] / "static" for root in extensions]
        found += [each for each in places if each.is_dir()][:1]
    return found


def _version(maker: PageMaker) -> str:
    """Return what changes when a stylesheet, a script of ours or Voilà's loader does."""
    loaders = [Path(each) / "voila.js" for each in collect_static_paths(["voila", "nbconvert"], maker.voila.template)]
    read = [path.read_text(encoding="utf-8") for path in (*(UI / each for each in OWN), *loaders) if path.is_file()]
    return scripts.version("".join(read))
