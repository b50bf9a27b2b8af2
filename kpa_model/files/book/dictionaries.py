"""The dictionaries of `data/dictionnaires/`: the one declaration of every table, which drives the reader.

Add a usual name of a column in `autres_noms`, and the reader knows it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from kpa_model.errors import Problem, UnreadableFile
from kpa_model.files.book.cells import bare
from kpa_model.places import data
from kpa_model.words import month_names

TYPES = ("texte", "nom", "date", "mois", "euros", "taux", "duree", "heure", "nombre", "ouinon", "choix")
_NEEDED = (
    *("colonne", "champ", "libelle", "type", "unite", "valeurs_permises", "obligatoire", "par_defaut", "autres_noms"),
    *("confidentialite", "definition", "source"),
)
_EXAMPLES = {
    "texte": "un texte court",
    "nom": "un nom ou un numéro",
    "date": "28/02/2019",
    "mois": "2019-02",
    "euros": "1 234,56",
    "taux": "20 %",
    "duree": "3h30",
    "heure": "9h30",
    "nombre": "1,5",
    "ouinon": "oui",
}
MADE = {"factures": frozenset({"commande"})}
"""What may stay empty though a book needs it, by table: an invoice without an order makes its own."""
_SHOWN = {
    "personne": "Awa",
    "commande": "C1",
    "facture": "F1",
    "libelle": "Buffet de rentrée",
    "statut": "cape",
    "genre": "prestation",
    "pole": "Cuisine",
    "client": "association",
    "mois": "2026-01",
    "points": "8",
}
"""What the example line of the empty workbook shows, besides the example of each kind of column."""


@dataclass(frozen=True)
class Column:
    """One column of a table, as declared. `choices` gives each permitted value with its other spellings.

    `field` is the attribute that the column fills, in the noun that one line of the table is; empty when no use is made
    of the column. An attribute that the noun does not have is kept among its `others`.
    """

    name: str
    field: str
    label: str
    kind: str
    unit: str
    choices: Mapping[str, tuple[str, ...]]
    required: bool
    default: str
    other_names: tuple[str, ...]
    privacy: str
    definition: str
    source: str

    @property
    def example(self) -> str:
        """Return something one could write in a cell."""
        return next(iter(self.choices)) if self.kind == "choix" else _EXAMPLES[self.kind]

    @property
    def shown(self) -> str:
        """Return what the example line of the empty workbook shows."""
        return _SHOWN.get(self.name, self.example if self.required else "")

    @cached_property
    def content(self) -> str:
        """Return what tells the content of this column from that of others of its kind."""
        return "|".join(self.choices) or self.unit

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """Return the words of the unit, one or several of each: « pièces ou km » is pièces, pièce, km."""
        words = re.split(r", | ou ", self.unit) if self.unit else []
        return tuple(form for word in words for form in dict.fromkeys((word, word.removesuffix("s"))))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return every title that leads to this column."""
        return (self.name, self.label, *self.other_names)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Return every way to write its permitted values, in their bare form."""
        return frozenset(bare(each) for value, others in self.choices.items() for each in (value, *others))

    @cached_property
    def alone(self) -> Dictionary:
        """Return the table of this column only: what leads to it, whatever stands beside it."""
        return Dictionary("", "", False, (), "", (self,))


@dataclass(frozen=True, eq=False)
class Dictionary:
    """One table: its names and its columns, in the order in which they are written. Each is only itself."""

    table: str
    label: str
    required: bool
    other_names: tuple[str, ...]
    definition: str
    columns: tuple[Column, ...]
    aids: tuple[Column, ...] = ()
    """Columns of other programs, read and never kept: what they say gives a missing column, or sets a line aside."""

    @cached_property
    def titles(self) -> dict[str, Column]:
        """Return the column of every title, in its bare form."""
        own = {bare(name): column for column in self.columns for name in column.names}
        return {bare(name): column for column in self.aids for name in column.names} | own

    def column(self, name: str) -> Column:
        """Return the column, or the aid, of that name."""
        return next(each for each in (*self.columns, *self.aids) if each.name == name)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Return the bare names under which a file or a sheet can hold this table."""
        return frozenset(map(bare, (self.table, *self.other_names)))


@cache
def dictionaries(folder: Path | None = None) -> dict[str, Dictionary]:
    """Return the dictionary of every table, `cooperative` included, by name.

    Raises:
        UnreadableFile: a dictionary was edited in a way that cannot be used.
    """
    place = folder or data() / "dictionnaires"
    return {
        row["table"]: Dictionary(
            table=row["table"],
            label=row["libelle"],
            required=row["obligatoire"] == "oui",
            other_names=_cut(row["autres_noms"]),
            definition=row["definition"],
            columns=_columns(place / f"{row['table']}.csv"),
            aids=tuple(_aid(each) for each in _aids(place / "appuis.csv") if each["table"] == row["table"]),
        )
        for row in _rows(place / "tables.csv", ("table", "libelle", "obligatoire", "autres_noms", "definition"))
    }


def _columns(path: Path) -> tuple[Column, ...]:
    columns = tuple(_column(path.name, row) for row in _rows(path, _NEEDED))
    owner: dict[str, str] = {}
    if len({column.name for column in columns}) < len(columns):
        what = "une colonne est déclarée deux fois."
        raise UnreadableFile(Problem(f"Dictionnaire {path.name}", what, "Gardez une seule ligne par colonne."))
    for column in columns:
        for name in map(bare, column.names):
            if owner.setdefault(name, column.name) != column.name:
                what = f"le nom « {name} » mène à deux colonnes, {owner[name]} et {column.name}."
                raise UnreadableFile(Problem(f"Dictionnaire {path.name}", what, "Retirez ce nom de l'une des deux."))
    return columns


def _aids(path: Path) -> list[dict[str, str]]:
    return _rows(path, ("table", "colonne", "type", "autres_noms")) if path.exists() else []


def _aid(row: dict[str, str]) -> Column:
    absent = dict.fromkeys(("champ", "libelle", "obligatoire", "par_defaut", "confidentialite", "source"), "")
    return _column("appuis.csv", {**absent, **row, "libelle": row["colonne"]})


def _column(file: str, row: dict[str, str]) -> Column:
    if row["type"] not in TYPES:
        what = f"colonne {row['colonne']} : le type « {row['type']} » n'existe pas."
        raise UnreadableFile(Problem(f"Dictionnaire {file}", what, f"Les types sont : {', '.join(TYPES)}."))
    return Column(
        name=row["colonne"],
        field=row["champ"],
        label=row["libelle"],
        kind=row["type"],
        unit=row["unite"],
        choices=_choices(row["valeurs_permises"]),
        required=row["obligatoire"] == "oui",
        default=row["par_defaut"],
        other_names=_cut(row["autres_noms"]),
        privacy=row["confidentialite"],
        definition=row["definition"],
        source=row["source"],
    )


def _rows(path: Path, needed: Iterable[str]) -> list[dict[str, str]]:
    """Return the lines of one dictionary, checked to have the columns it needs."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        todo = "Remettez le fichier d'origine, enregistré en UTF-8."
        raise UnreadableFile(Problem(f"Dictionnaire {path.name}", "il manque ou il est illisible.", todo)) from None
    rows = list(csv.DictReader(text.splitlines(), delimiter=";", restkey="", restval=""))
    if missing := [name for name in needed if not rows or name not in rows[0]]:
        what = f"il manque la colonne {missing[0]}."
        raise UnreadableFile(Problem(f"Dictionnaire {path.name}", what, "Remettez la première ligne d'origine."))
    return [{str(key): str(value).strip() for key, value in row.items()} for row in rows]


def _cut(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _choices(text: str) -> dict[str, tuple[str, ...]]:
    """Read `cape=contrat cape, sous cape|benevole=bénévole`: each value, then its other spellings."""
    choices = {}
    for part in _cut(text):
        value, _, others = part.partition("=")
        choices[value.strip()] = tuple(each.strip() for each in others.split(",") if each.strip())
    return choices


def table_named(name: str, known: Mapping[str, Dictionary]) -> str:
    """Return the table a file or sheet name speaks of, or an empty text: `Ventes mars 2019 (v2)` is `factures`."""
    said = _subject(name)
    for dictionary in known.values():
        if said and said in dictionary.own_names:
            return dictionary.table
    starts = [each.table for each in known.values() if said.startswith(bare(each.table))]
    return starts[0] if len(starts) == 1 else ""


@lru_cache(maxsize=4096)
def _subject(name: str) -> str:
    """Return what a name speaks of, in its bare form, without whose it is, its month, its version."""
    name = re.sub(r"^((nos|mes|notre|les|exports?|listes?|tableau|des?)[ _-]+)+", "", name, flags=re.IGNORECASE)
    months = rf"(?<=[ _-])({'|'.join(month_names())})(?![^\W_])"
    return bare(re.sub(rf"[\d_-]+|\bv\d+\b|{months}", " ", name, flags=re.IGNORECASE))
