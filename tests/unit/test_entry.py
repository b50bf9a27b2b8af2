"""A file from declared parts: read in order, every problem at once, written back the same."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from kpa_model.declare.entry import entries, entry, part, twice
from kpa_model.declare.part import Day, Member, Notes, Text, Texts
from kpa_model.declare.plain_yaml import FileKind
from kpa_model.declare.setting import NumberSetting
from kpa_model.declare.unit import EURO
from kpa_model.declare.yaml_file import YamlFile
from kpa_model.errors import KpaError


class Colour(StrEnum):
    RED = "rouge"
    BLUE = "bleu"


@entry
class Tool:
    WHOSE = "d'un outil"

    name: str = part(Text("nom", 20))
    price: int = part(NumberSetting("prix", "", 1000, EURO, 0, 100_00), default=0, always=False)
    colour: Colour = part(Member("couleur", Colour), default=Colour.RED)
    bought: date | None = part(Day("achete_le"), default=None)

    def settled(self, notes: Notes) -> Tool:
        if self.name == "clou" and self.price > 5_00:
            notes.add("un clou ne coûte pas cela.", "Vérifiez le prix.")
        return self


@entry
class Box:
    title: str = part(Text("titre"))
    note: str = part(Text("note", lines=True), default="", kw_only=True)
    tools: tuple[Tool, ...] = entries(Tool, "outils", "outil", most=3)
    places: tuple[str, ...] = part(Texts("lieux"), default=())


class WrongBox(KpaError):
    """A box, as written, cannot be opened."""


FILE = YamlFile(FileKind("une boîte", "« titre: »", WrongBox, "une boîte prête"), Box, "Boîte")
TEXT = """titre: La nôtre
note: |-
  Un.
  Deux.
outils:
- {nom: marteau, prix: 12,50, couleur: bleu, achete_le: 03/04/2026}
- nom: scie
lieux: atelier
"""


def test_a_file_is_read_from_what_its_fields_declare_and_written_back() -> None:
    box = FILE.loads(TEXT)
    hammer = Tool("marteau", 12_50, Colour.BLUE, date(2026, 4, 3))
    assert box == Box("La nôtre", (hammer, Tool("scie")), ("atelier",), note="Un.\nDeux.")
    assert FILE.loads(FILE.dumps(box)) == box
    assert "prix" not in FILE.as_data(box)["outils"][1]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("titre: La nôtre\n", "", "Boîte : il manque « titre ».\nAjoutez « titre: » et quelques mots."),
        ("lieux", "lieu", ("Boîte : « lieu » n'est pas une partie connue ici.\nVouliez-vous dire « lieux » ?\n"
         "Parties connues : titre, note, outils, lieux.")),
        ("couleur", "teinte", ("Boîte, outil 1 « marteau » : « teinte » n'est pas une partie d'un outil.\n"
         "Parties connues : nom, prix, couleur, achete_le.")),
        ("bleu", "bleue", ("Boîte, outil 1 « marteau », « couleur » : « bleue » n'est pas un choix.\n"
         "Vouliez-vous dire « bleu » ? Choix : rouge ou bleu.")),
        ("12,50", "cher", ("Boîte, outil 1 « marteau », « prix » : « cher » n'est pas un nombre.\n"
         "Écrivez par exemple 10\u00a0€.")),
        ("03/04", "31/04", ("Boîte, outil 1 « marteau », « achete_le » : « 31/04/2026 » n'est pas une date.\n"
         "Écrivez par exemple 2027-03-31.")),
        ("nom: scie", "scie", "Boîte, outil 2 : ce n'est pas compris.\nCommencez chaque outil par « - nom: »."),
        ("lieux: atelier", "lieux: {a: b}", ("Boîte, « lieux » : ce n'est pas une liste de textes.\n"
         "Écrivez une chose par ligne, après un tiret.")),
        ("marteau", "clou", "Boîte, outil 1 « clou » : un clou ne coûte pas cela.\nVérifiez le prix."),
        ("marteau", "x" * 21, (f"Boîte, outil 1 « {'x' * 21} », « nom » : le texte est trop long (21 signes).\n"
         "Gardez 20 signes au plus : une idée, une phrase.")),
        ("lieux:", "- {nom: a}\n- {nom: b}\nlieux:", "Boîte : il y a 4\u00a0outils.\nGardez-en 3 au plus."),
    ],
)  # fmt: skip
def test_a_mistake_says_where_what_and_what_to_do(before: str, after: str, said: str) -> None:
    with pytest.raises(WrongBox) as caught:
        FILE.loads(TEXT.replace(before, after))
    assert str(caught.value) == said


def test_all_the_problems_come_at_once_in_the_order_of_the_parts() -> None:
    with pytest.raises(WrongBox) as caught:
        FILE.loads("note: [a]\noutils: [{nom: scie, prix: x, couleur: x}]")
    assert [each.where for each in caught.value.problems] == [
        "Boîte", "Boîte, « note »", "Boîte, outil 1 « scie », « prix »", "Boîte, outil 1 « scie », « couleur »",
    ]  # fmt: skip


def test_a_name_written_twice_is_told_once() -> None:
    assert twice(["Couper", "couper", "Cuire", "", ""]) == ["couper"]
