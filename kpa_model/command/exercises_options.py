"""What can be asked of `kpa exercices`; apart, so that other commands do not load what prints."""

from __future__ import annotations

import argparse

ACTIONS = ("liste", "verifier", "imprimer", "atelier")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("action", nargs="?", default="liste", metavar="ACTION", help=f"{', '.join(ACTIONS)}")
    parser.add_argument(
        "quoi", nargs="?", metavar="QUOI", help="un thème, un exercice ; pour verifier, un fichier .yaml"
    )
    parser.add_argument("--graine", type=int, default=1, metavar="NOMBRE", help="la série : même graine, mêmes nombres")
    parser.add_argument("--groupes", type=int, default=1, metavar="NOMBRE", help="une fiche par groupe, séries suivies")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire les fiches")
