"""The group's own two rates, read once on a real payslip: two rates are kept, never an amount, never a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kpa_model.benefits.layers import Band, Rates, band
from kpa_model.declare.entry import entry, part
from kpa_model.declare.part import Day
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import PERCENT
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.money import WHOLE
from kpa_model.whole_file import write_whole

NAME = "taux_du_bulletin.yaml"
_HEAD = (
    "# Les deux taux d'un bulletin de paie réel. Aucun montant n'est gardé ici.\n"
    "# Effacez ce fichier pour revenir aux deux cas publiés.\n"
)


@entry
class _OwnRates:
    """What the file holds; the smallest digit of the person's part is not kept."""

    employer: int = part(NumberSetting("part_employeur", "", 0, PERCENT, 0, WHOLE))
    person: int = part(NumberSetting("part_personne", "", 0, PERCENT, 0, WHOLE // 2))
    read_on: date = part(Day("lu_le"), default=date.min)


_FILE = YamlFile(
    FileKind("deux taux", "« part_employeur: »", UnreadableFile, "un bulletin de paie"), _OwnRates, "Vos deux taux"
)


def save(path: Path, rates: Rates, read_on: date) -> None:
    """Write the two rates, at once."""
    write_whole(path, _HEAD + _FILE.dumps(_OwnRates(rates.employer, rates.person, read_on)))


def load(path: Path) -> Rates | None:
    """Return the rates of the group, or None when it has none. Raises UnreadableFile."""
    if not path.is_file():
        return None
    try:
        found = _FILE.load(path)
    except UnreadableFile as error:
        todo = "Effacez ce fichier, puis recopiez un bulletin de paie."
        raise UnreadableFile(Problem(f"Fichier {path.name}", "les deux taux ne se lisent pas.", todo)) from error
    return Rates(found.employer, 100 * found.person)


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
