"""The pathway file that a group may change, see `stages`. `loads(dumps(pathway)) == pathway`, always."""

from __future__ import annotations

from kpa_model import places
from kpa_model.assessment.pathway.stages import Pathway
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import KpaError
from kpa_model.whole_file import write_whole


class WrongPathway(KpaError):
    """A pathway, as written, cannot be followed."""


_KIND = FileKind("un parcours", "« titre: » puis « etapes: »", WrongPathway, "le parcours prêt", deepest=7)
FILE = YamlFile(_KIND, Pathway, "Parcours")
load, loads, dumps = FILE.load, FILE.loads, FILE.dumps


def ready() -> Pathway:
    """Return the pathway that comes with the workbook."""
    return load(places.data() / "parcours" / "kpa_cite.yaml")


def ours() -> Pathway:
    """Return the group's own pathway (`mes_donnees/parcours.yaml`) when there is one, else the ready one.

    Raises WrongPathway when the group's own file has a mistake.
    """
    own = places.personal() / "parcours.yaml"
    return load(own) if own.exists() else ready()


def keep(text: str) -> Pathway:
    """Make a text the group's own pathway; nothing is written when it has a mistake. Raises WrongPathway."""
    found = loads(text)
    write_whole(places.personal() / "parcours.yaml", dumps(found))
    return found


def forget() -> None:
    """Come back to the ready pathway: the group's own is put aside as `parcours.ancien.yaml`."""
    own = places.personal() / "parcours.yaml"
    if own.exists():
        own.replace(own.with_name("parcours.ancien.yaml"))
