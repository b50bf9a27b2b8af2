"""The group's own two rates, read once on a real payslip: two rates are kept, never an amount, never a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kpa_model.benefits.layers import Band, Rates, band
from kpa_model.declare.unit import PERCENT
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.money import WHOLE
from kpa_model.whole_file import write_whole
from kpa_model.words import percent

NAME = "taux_du_bulletin.yaml"


def save(path: Path, rates: Rates, read_on: date) -> None:
    """Write the two rates, at once."""
    text = (
        "# Les deux taux d'un bulletin de paie réel. Aucun montant n'est gardé ici.\n"
        "# Effacez ce fichier pour revenir aux deux cas publiés.\n"
        f'part_employeur: "{percent(rates.employer)}"\npart_personne: "{percent(rates.person)}"\n'
        f"lu_le: {read_on.isoformat()}\n"
    )
    write_whole(path, text)


def load(path: Path) -> Rates | None:
    """Return the rates of the group, or None when it has none. Raises UnreadableFile."""
    if not path.is_file():
        return None
    try:
        found = YAML(typ="safe", pure=True).load(path)
        employer, person = PERCENT.exact(found["part_employeur"]), PERCENT.exact(found["part_personne"])
    except (YAMLError, OSError, UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        todo = "Effacez ce fichier, puis recopiez un bulletin de paie."
        raise UnreadableFile(Problem(f"Fichier {path.name}", "les deux taux ne se lisent pas.", todo)) from error
    if not (0 <= employer <= WHOLE and 0 <= person <= WHOLE // 2):
        todo = "Effacez ce fichier, puis recopiez un bulletin de paie."
        raise UnreadableFile(Problem(f"Fichier {path.name}", "un taux est impossible.", todo))
    return Rates(employer, 100 * person)


def forget(path: Path) -> None:
    """Come back to the two published cases."""
    path.unlink(missing_ok=True)


def group_band(path: Path, day: date) -> Band:
    """Return the group's own rates when it has some, else the two published cases of that day.

    Raises:
        UncoveredDay: no own rates, and the contributions of that day are not known.
    """
    own = load(path)
    return Band(own, own) if own else band(day)
