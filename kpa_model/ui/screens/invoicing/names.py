"""The names of a document, typed by the group: host and end of the CAPE, then the customer; each is a form."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.invoicing import own_names, parties
from kpa_model.invoicing.document import Buyer, Document
from kpa_model.ui import pieces
from kpa_model.ui.form_view import FormView

FOLDS = ("Écrire notre structure porteuse, et la fin du CAPE", "Écrire le client, et où le travail est fait")


class NamesEditor:
    """Two folded forms, filled with what the document says; `changed` is called once names are kept."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._buyer: Buyer | None = None
        self._host, self._customer = pieces.column(), pieces.column()
        self.widget = pieces.folds(dict(zip(FOLDS, (self._host, self._customer), strict=True)))
        self._views: dict[str, FormView] = {}
        self._filled: dict[str, dict[str, object]] = {}
        self._show_form(self._host, parties.HOST_SECTION, FormView(parties.HOST_FORM))

    def fill(self, document: Document) -> None:
        """Show the names of a document; a customer of another kind has another form."""
        buyer = document.customer.buyer
        if buyer is not self._buyer:
            self._buyer = buyer
            self._show_form(self._customer, buyer.value, FormView(parties.customer_form(buyer)))
        self._put(parties.HOST_SECTION, parties.host_answers(document))
        self._put(buyer.value, parties.customer_answers(document))

    def _put(self, section: str, answers: dict[str, object]) -> None:
        """Fill a form whose names changed; what is being typed in the other one stays."""
        if self._filled.get(section) == answers:
            return
        self._filled[section], view = answers, self._views[section]
        view.clear()
        view.fill(own_names.typed(view.form, answers))

    def _show_form(self, box: widgets.VBox, section: str, view: FormView) -> None:
        """Put a form in its fold, with what keeps it and what goes back to the invented names."""
        self._views[section], said = view, pieces.html()
        self._filled.pop(section, None)

        def keep() -> None:
            answers, wrong = view.read()
            if wrong:
                said.value = pieces.live(tag("p", "Rien n'est changé. Corrigez ce qui est dit plus haut."))
                return
            own_names.keep(section, answers)
            self._changed()
            said.value = pieces.live(tag("p", "C'est gardé. Le document est un nouveau brouillon."))

        def back() -> None:
            own_names.keep(section, None)
            self._changed()
            said.value = pieces.live(tag("p", "Les noms inventés sont revenus. Les vôtres sont effacés."))

        buttons = pieces.row(
            pieces.button("Garder ces noms", keep, "kpa-primary", said),
            pieces.button("Revenir aux noms inventés", back, said=said),
        )
        box.children = [view.box, buttons, said]
