"""The ledger as a file: a copy to keep elsewhere, a copy to bring here, a name to erase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.files.ledger import archive
from kpa_model.ledger.refusal import refuse
from kpa_model.story.months.who import unnamed
from kpa_model.ui import pieces
from kpa_model.ui.screens.months.room import MonthsRoom, success
from kpa_model.ui.state import Store
from kpa_model.words import count, slug


@pieces.framed
def months_copy(store: Store) -> widgets.Widget:
    """Take a copy of the ledger, bring one, erase the name of a person who left."""
    return _Copy(store).box


class _Copy:
    """The screen of the copies."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.top, self.said = pieces.html(), pieces.html()
        self.names = widgets.Checkbox(value=True, description="Avec les prénoms", indent=False)
        self.upload = widgets.FileUpload(accept=".jsonl", multiple=False, description="Choisir une copie")
        self.person = pieces.choice("Personne", [("", "")], "")
        self.sure = widgets.Checkbox(description="Effacer ce prénom du registre, pour toujours", indent=False)
        self.before = pieces.choice("Dans le registre", [("", "")], "")
        self.now = pieces.choice("Dans le carnet", [("", "")], "")
        take = pieces.button("Préparer une copie", self.take, said=self.said)
        bring = pieces.button("Reprendre cette copie", self.bring, said=self.said)
        erase = pieces.button("Effacer le prénom", self.erase, said=self.said)
        same = pieces.button("C'est la même personne", self.same, said=self.said)
        pieces.follow(store, self.top, self.show)
        self.box = pieces.column(
            self.top,
            pieces.row(take, self.names),
            pieces.fold("Reprendre une copie faite ailleurs", self.upload, bring),
            pieces.fold("Une personne a changé de prénom dans le carnet", pieces.row(self.before, self.now), same),
            pieces.fold("Une personne part : effacer son prénom", self.person, self.sure, erase),
            self.said,
        )

    def show(self) -> None:
        """Say how long the ledger is, and that its chain holds."""
        seen = self.room.read()
        pieces.fill(self.person, [(code, name) for code, name in seen.who.names.items() if name])
        names = [member.name for member in self.room.book.members]
        here = {name.casefold() for name in names}
        gone = [(code, name) for code, name in seen.who.names.items() if name and name.casefold() not in here]
        new = [(name, name) for name in names if not seen.writes_of(seen.who.code(name))]
        pieces.fill(self.before, gone)
        pieces.fill(self.now, new)
        many = count(len(seen.kept.entries), "écriture")
        whole = f"Chacune s'appuie sur celle d'avant. Empreinte du tout : {seen.kept.mark[:12]}."
        self.top.value = tag(
            "p", f"Le registre compte {many}. {whole}" if seen.kept.entries else "Le registre est vide."
        )

    def take(self) -> None:
        """Hand the file out."""
        name = f"registre_{slug(self.room.store.state.book)}.jsonl"
        content = archive.export(self.room.register.base, self.room.store.state.book, self.names.value)
        self.said.value = pieces.live(pieces.download("Prendre la copie", name, content, "application/jsonl"))

    def bring(self) -> None:
        """Put a copy in place of nothing; a ledger that is here is never written over."""
        given: tuple[Mapping[str, Any], ...] = tuple(self.upload.value)
        if not given:
            raise refuse("Copie du registre", "aucun fichier n'est choisi.", "Choisissez d'abord une copie.")
        ledger = self.room.store.state.book
        archive.restore(self.room.register.base, bytes(given[0]["content"]), ledger, str(given[0]["name"]))
        self.room.store.refresh()
        self.said.value = success(f"Le registre de « {ledger} » est repris.")

    def same(self) -> None:
        """Give somebody the name the book says now; her code and every sum stay."""
        if not self.before.value or not self.now.value:
            todo = "Changez d'abord le prénom dans le carnet, partout."
            raise refuse("Prénom changé", "il faut un prénom qui n'est plus dans le carnet, et un nouveau.", todo)
        before, now = self.room.read().who.name(str(self.before.value)), str(self.now.value)
        self.room.register.same_person(str(self.before.value), now)
        self.room.store.refresh()
        self.said.value = success(f"{before} s'appelle maintenant {now} dans le registre. Les sommes restent.")

    def erase(self) -> None:
        """Erase a name; her code and every sum stay."""
        if not self.sure.value or not self.person.value:
            raise refuse("Prénom à effacer", "la case n'est pas cochée.", "Cochez-la d'abord, pour être sûr.")
        code = str(self.person.value)
        name, left = self.room.read().who.name(code), unnamed(code)
        if any(member.name.casefold() == name.casefold() for member in self.room.book.members):
            todo = f"Remplacez-le par « {left} » dans le carnet, partout. Puis recommencez ici."
            raise refuse(f"Prénom « {name} »", "le carnet le porte encore.", todo)
        self.room.register.rename(code)
        self.sure.value = False
        self.room.store.refresh()
        self.said.value = success(f"Le prénom est effacé. Le registre dit maintenant « {left} ». Les sommes restent.")
