"""What can be asked of `kpa atelier`."""

from __future__ import annotations

import argparse

from kpa_model import places

DEFAULT_SCRIPT = "deux_heures"


def ready() -> list[str]:
    """Return the names of the ready scripts, without reading them."""
    return sorted(path.stem for path in (places.data() / "ateliers").glob("*.yaml"))


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument(
        "deroule", nargs="?", default=DEFAULT_SCRIPT, metavar="DEROULE",
        help=f"fichier .yaml, ou un déroulé prêt : {', '.join(ready())} (sinon : {DEFAULT_SCRIPT})",
    )  # fmt: skip
    parser.add_argument("--activite", metavar="NOM", help="une seule activité, sans déroulé")
    parser.add_argument("--carnet", default="tilleuls", metavar="CARNET", help="carnet dont on parle")
    parser.add_argument("--mois", metavar="MOIS", help="mois dont on parle (sinon : le dernier avec des ventes)")
    parser.add_argument("--regles", nargs="+", default=[], metavar="REGLE", help="deux à six règles à comparer")
    parser.add_argument("--graine", type=int, metavar="NOMBRE", help="mêmes cartes tirées, même ordre des textes")
    parser.add_argument("--base", metavar="ADRESSE", help="fichier ou postgresql://… (sinon : mes_donnees/ateliers)")
    parser.add_argument("--port", type=int, metavar="NOMBRE", help="port à utiliser (sinon : 8765 ou le suivant libre)")
    parser.add_argument("--adresse", default="", metavar="ADRESSE", help="adresse à montrer aux téléphones")
    parser.add_argument("--animer-de-loin", action="store_true", help="laisser animer depuis un autre appareil")
    parser.add_argument("--sans-navigateur", action="store_true", help="ne pas ouvrir le navigateur")
    done = parser.add_mutually_exclusive_group()
    done.add_argument("--reprendre", nargs="?", const="dernier", metavar="ATELIER", help="rouvrir un atelier gardé")
    done.add_argument("--liste", action="store_true", help="donner la liste des ateliers gardés, et des déroulés prêts")
    done.add_argument("--exporter", nargs=2, metavar=("ATELIER", "FICHIER"), help="écrire un atelier dans un fichier")
    done.add_argument("--importer", metavar="FICHIER", help="remettre un atelier depuis un fichier")
    done.add_argument("--effacer", metavar="ATELIER", help="effacer tout un atelier")
    done.add_argument("--imprimer", metavar="FICHIER.pdf", help="écrire le déroulé à jouer sans ordinateur")
    done.add_argument("--copier", metavar="FICHIER.yaml", help="écrire ce déroulé dans un fichier, pour le changer")
    parser.add_argument("--personnes", type=int, default=12, metavar="NOMBRE", help="avec --imprimer (sinon : 12)")
