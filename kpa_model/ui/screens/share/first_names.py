"""« d'Hélène » or « de Hélène »: the group says it, name by name, where a name could be said both ways."""

from __future__ import annotations

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.files import first_names
from kpa_model.ui import pieces
from kpa_model.ui.state import Store, book_of

_HELP = "Le cahier écrit les prénoms comme vous les dites : à l'écran, sur le papier, dans les fichiers."


def our_first_names(store: Store) -> widgets.Widget:
    """Return the names that could be said both ways, folded; nothing when the book has none."""
    inside, said = pieces.column(), pieces.html()
    folded = pieces.fold("Comment dire nos prénoms", pieces.html(tag("p", _HELP)), inside, said)

    def ask(name: str, now: str, other: str) -> widgets.Widget:
        made = pieces.choice(name, [(now, now), (other, other)], now)

        def keep(change: dict) -> None:
            others = [each for each in first_names.said() if each not in (now, other)]
            pieces.guarded(said, lambda: first_names.keep([*others, change["new"]]))

        made.observe(keep, "value")
        return made

    def show() -> None:
        found = first_names.doubtful(each.name for each in book_of(store.state).members)
        pieces.turn(inside, *(ask(*each) for each in found))
        folded.layout.display = None if found else "none"

    store.watch(show)
    show()
    return folded
