"""Changing one criterion, or the levels, of the grid on the bench: each gesture is seen at once and can be undone."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.assessment import editing
from kpa_model.assessment.grid import MOST_WEIGHT
from kpa_model.assessment.grid_file import WrongGrid
from kpa_model.assessment.wording import Wording, wording
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.declare.unit import PLAIN, Refused
from kpa_model.errors import Problem
from kpa_model.ui import pieces
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.state import Store


def criterion_editor(store: Store, said: widgets.HTML) -> widgets.VBox:
    """Return what rewords, moves, adds and removes a criterion."""
    editor = _CriterionEditor(store, said)
    return editor.box


class _CriterionEditor:
    """The words of one criterion; the boxes follow the grid, and the grid follows « Garder ces mots »."""

    def __init__(self, store: Store, said: widgets.HTML) -> None:
        self._ours, self._said = bench(store), said
        self._which = widgets.Dropdown(description="Critère")
        self._name = widgets.Text(description="Son nom")
        self._example = widgets.Text(description="Un exemple")
        self._weight = widgets.Text(description="Son poids, pour les points")
        self._levels = pieces.column()
        self._new = widgets.Text(description="Un critère de plus")
        self._hint = pieces.html()
        self._which.observe(lambda _: self._fill(), "value")
        moves = pieces.row(
            pieces.button("Garder ces mots", self._keep, "kpa-primary", said),
            pieces.button("Monter", lambda: self._move(-1), said=said),
            pieces.button("Descendre", lambda: self._move(1), said=said),
            pieces.button("Retirer ce critère", self._remove, said=said),
        )
        add = pieces.row(self._new, pieces.button("Ajouter ce critère", self._add, said=said))
        words = (self._which, self._name, self._levels, self._example, self._weight, self._hint)
        self.box = pieces.column(*words, moves, add)
        store.watch(self._show)

    def _show(self) -> None:
        pieces.fill(self._which, [(each.key, each.name) for each in self._ours.grid.criteria])
        self._fill()

    def _fill(self) -> None:
        """Put the words of the chosen criterion in the boxes."""
        if self._which.value not in self._ours.grid.keys:
            return
        each, levels = self._ours.grid.criterion(self._which.value), self._ours.grid.levels
        self._name.value, self._example.value, self._weight.value = each.name, each.example, PLAIN.show(each.weight)
        if [box.description for box in self._levels.children] != [level.name for level in levels]:
            self._levels.children = tuple(widgets.Text(description=level.name) for level in levels)
        for box, told in zip(self._levels.children, each.descriptors, strict=True):
            box.value = told
        self._hint.value = _hint(wording(self._ours.grid, each.key))

    def _keep(self) -> None:
        told = tuple(" ".join(box.value.split()) for box in self._levels.children)
        name = " ".join(self._name.value.split())
        if not name:
            raise WrongGrid(Problem("Ce critère", "il n'a pas de nom.", "Écrivez son nom."))
        try:
            weight = PLAIN.read(self._weight.value, 0, MOST_WEIGHT, 100)
        except Refused as refused:
            raise WrongGrid(Problem(f"« {name} », poids", refused.what, refused.todo)) from None
        ours = self._ours
        ours.change(editing.reworded(ours.grid, self._which.value, name, told, self._example.value.strip(), weight))
        self._said.value = pieces.live(tag("p", f"« {name} » est changé."))

    def _move(self, by: int) -> None:
        self._ours.change(editing.moved(self._ours.grid, self._which.value, by))

    def _remove(self) -> None:
        name = self._ours.grid.criterion(self._which.value).name
        self._ours.change(editing.without_criterion(self._ours.grid, self._which.value))
        self._said.value = pieces.live(tag("p", f"« {name} » est retiré."))

    def _add(self) -> None:
        name = " ".join(self._new.value.split())
        self._ours.change(editing.with_criterion(self._ours.grid, name))
        self._new.value = ""
        self._which.value = self._ours.grid.keys[-1]
        self._said.value = pieces.live(tag("p", f"« {name} » est ajouté. Écrivez une phrase par niveau."))


def _hint(found: Wording) -> Html:
    """Return what to look at again in the words of a criterion, or that they are plain."""

    told = [f"Phrase longue : « {each.text} »." for each in found.long_sentences]
    told += [f"Négation : « {each.text} »." for each in found.negations]
    if not told:
        return tag("p", "Phrases courtes, sans négation.", cls="kpa-help")
    return tag("p", joined(*told, between=tag("br")), cls="kpa-help")


def level_editor(store: Store, said: widgets.HTML) -> widgets.VBox:
    """Return what adds a level at the end, or removes one everywhere."""
    ours = bench(store)
    which = widgets.Dropdown(description="Niveau")
    name, meaning = widgets.Text(description="Un niveau de plus"), widgets.Text(description="Ce qu'il veut dire")

    def show() -> None:
        pieces.fill(which, [(str(at), each.name) for at, each in enumerate(ours.grid.levels, start=1)])

    def add() -> None:
        ours.change(editing.with_level(ours.grid, name.value, meaning.value))
        name.value = meaning.value = ""
        said.value = pieces.live(tag("p", "Le niveau est ajouté. Écrivez sa phrase pour chaque critère."))

    def remove() -> None:
        ours.change(editing.without_level(ours.grid, int(which.value)))
        said.value = pieces.live(tag("p", "Le niveau est retiré partout."))

    store.watch(show)
    return pieces.column(
        pieces.row(which, pieces.button("Retirer ce niveau", remove, said=said)),
        pieces.row(name, meaning, pieces.button("Ajouter ce niveau", add, said=said)),
    )
