"""`kpa ouvrir`: the workbook in the browser."""

from __future__ import annotations

import argparse

from kpa_model.command.screen import Screen


def open_workbook_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("--page", default="00_bienvenue", metavar="PAGE", help="page à ouvrir (sinon : l'accueil)")
    parser.add_argument("--sans-navigateur", action="store_true", help="ne pas ouvrir le navigateur")
    parser.add_argument("--port", type=int, metavar="NOMBRE", help="port à utiliser (sinon : un port libre)")


def open_workbook(asked: argparse.Namespace, screen: Screen) -> int:
    """Serve the workbook until Ctrl+C."""
    from kpa_model.ui import serve  # takes a second: only when asked

    screen.say("Le cahier se prépare…")
    serve.open_workbook(asked.page, not asked.sans_navigateur, asked.port)
    return 0
