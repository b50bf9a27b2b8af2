"""What can be asked of `kpa documents`; apart, so that other commands do not load what prints."""

from __future__ import annotations

import argparse

ACTIONS = ("faire", "verifier", "jeu", "mentions")
KINDS = ("devis", "facture", "avoir")
BUYERS = ("particulier", "entreprise", "association", "collectivite")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=f"{', '.join(ACTIONS)}")
    parser.add_argument(
        "quoi", nargs="?", default="", metavar="QUOI",
        help="pour faire : le numéro d'une commande ; pour verifier : un fichier de texte",
    )  # fmt: skip
    parser.add_argument("--carnet", default="tilleuls", metavar="CARNET", help="carnet de la commande")
    parser.add_argument("--genre", choices=KINDS, default="facture", metavar="GENRE", help=f"{', '.join(KINDS)}")
    parser.add_argument("--client", choices=BUYERS, metavar="CLIENT", help=f"{', '.join(BUYERS)}")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire les documents")
