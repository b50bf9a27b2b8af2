"""The versions of the grid on the bench: keep one, compare two, take one back."""

from __future__ import annotations

from dataclasses import replace

import ipywidgets as widgets

from kpa_model.assessment import versions
from kpa_model.declare.markup import items, tag
from kpa_model.ui import pieces
from kpa_model.ui.screens.grids.bench import bench
from kpa_model.ui.state import Store
from kpa_model.words import day, slug

_DECIDE = tag(
    "p", "Pour choisir entre deux versions, l'atelier en direct propose le jugement majoritaire et le consentement."
)


def version_shelf(store: Store, said: widgets.HTML) -> widgets.VBox:
    """Return what keeps the grid as a version, and what looks at the versions kept."""
    return _Shelf(store, said).box


class _Shelf:
    """The versions kept under the title of the grid; nothing is ever erased."""

    def __init__(self, store: Store, said: widgets.HTML) -> None:
        self._store, self._ours, self._said = store, bench(store), said
        self._title = widgets.Text(description="Titre de notre grille", continuous_update=False)
        self._older, self._newer = widgets.Dropdown(description="Comparer"), widgets.Dropdown(description="avec")
        self._told = pieces.html()
        self._compare = pieces.button("Montrer ce qui change", self._differ, said=said)
        self._back = pieces.button("Reprendre la première", self._again, said=said)
        self.box = pieces.column(
            pieces.row(self._title, pieces.button("Garder cette version", self._keep, "kpa-primary", said)),
            pieces.row(self._older, self._newer, self._compare, self._back),
            self._told,
            pieces.html(_DECIDE, "kpa-help"),
        )
        store.watch(self._show)

    def _known(self) -> dict[str, versions.Version]:
        return {str(each.number): each for each in versions.versions(slug(self._ours.grid.title))}

    def _show(self) -> None:
        self._title.value = self._ours.grid.title
        options = [(key, f"Version {key}, {day(each.on)}") for key, each in self._known().items()]
        for made in (self._older, self._newer):
            pieces.fill(made, options)
        self._compare.disabled = self._back.disabled = not options
        self._told.value = "" if options else tag("p", "Aucune version gardée sous ce titre.")

    def _keep(self) -> None:
        kept = versions.keep(replace(self._ours.grid, title=self._title.value.strip()))
        self._ours.change(kept.grid)
        self._ours.name = slug(kept.grid.title)
        self._store.refresh()
        self._said.value = pieces.live(tag("p", f"« {kept.grid.title} » est gardée : version {kept.number}."))

    def _differ(self) -> None:
        one, other = (self._known()[each.value] for each in (self._older, self._newer))
        found = versions.changes(one.grid, other.grid) or ("Ces deux versions disent la même chose.",)
        self._told.value = pieces.live(items(found))

    def _again(self) -> None:
        chosen = self._older.value
        self._ours.change(self._known()[chosen].grid)
        self._said.value = pieces.live(tag("p", f"La version {chosen} est de retour. Gardez-la si elle convient."))
