"""Papers of the real months: the request for the CAE, sheets for people, the year of the group."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.declare.markup import Html, joined, tag
from kpa_model.figures.bars import waterfall
from kpa_model.ledger.month_state import MonthState
from kpa_model.ledger.refusal import refuse, titled
from kpa_model.story.months import request, sheets, year
from kpa_model.story.months.paper import years
from kpa_model.story.months.register import NamedLedger
from kpa_model.ui import pieces
from kpa_model.ui.screens.months import tables
from kpa_model.ui.screens.months.room import MonthsRoom, info
from kpa_model.ui.state import Store
from kpa_model.words import slug

PDF, CSV = "application/pdf", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pieces.framed
def month_papers(store: Store) -> widgets.Widget:
    """Prepare the papers of a month, of a person, of a year."""
    return _Papers(store).box


class _Papers:
    """The screen of the papers: what is prepared goes under the buttons, and is forgotten at the next choice."""

    def __init__(self, store: Store) -> None:
        self.room = MonthsRoom(store)
        self.month = pieces.choice("Mois", [("", "")], "")
        self.person = pieces.choice("Personne", [("", "")], "")
        self.year = pieces.choice("Année", [("", "")], "")
        self.names = pieces.with_names()
        self.latest = ""
        self.top, self.sheet, self.said = pieces.html(), pieces.html(), pieces.html()
        makers: dict[str, Callable[[], Html]] = {
            "Demande pour la CAE": self._request,
            "Fiche du mois": self._sheet,
            "Fiche de l'année": self._year_sheet,
            "L'année du groupe": self._year,
        }
        buttons = [pieces.button(label, self._maker(make), said=self.said) for label, make in makers.items()]
        for each in (self.month, self.person, self.year, self.names):
            each.observe(lambda _: pieces.guarded(self.sheet, self.draw), "value")
        self.controls = pieces.column(
            pieces.row(self.month, self.person, self.year), self.names, self.sheet, pieces.row(*buttons), self.said
        )
        pieces.follow(store, self.top, self.show)
        self.box = pieces.column(self.top, self.controls)

    def show(self) -> None:
        """Offer the months that are frozen, and everybody who has an amount in the one chosen."""
        seen = self.room.read()
        months = [month for _, month in sorted(seen.state.months.items(), reverse=True) if month.frozen]
        self.top.value = "" if months else info("Les papiers viennent avec le premier mois arrêté.")
        self.controls.layout.display = None if months else "none"
        pieces.fill(self.month, [(each.label, titled(each.label)) for each in months])
        if months and months[0].label != self.latest:  # a month was just frozen: its papers are those wanted now
            self.latest = self.month.value = months[0].label
        pieces.fill(self.year, [(str(each), str(each)) for each in years(seen.state)])
        self.draw()

    def draw(self) -> None:
        """Show the sheet of the person on screen."""
        self.said.value = ""
        seen = self.room.read()
        if not self.month.value:
            self.sheet.value = ""
            return
        month = seen.state.month(str(self.month.value))
        pieces.fill(self.person, [(code, seen.who.name(code)) for code in month.people])
        self.sheet.value = joined(
            tables.sheet(seen, month, str(self.person.value)) if self.person.value else None, self._picture(seen)
        )

    def _picture(self, seen: NamedLedger) -> Html | None:
        if not self.year.value:
            return None
        way = waterfall(f"L'année {self.year.value} du groupe", year.year_way(seen, int(self.year.value)))
        return tag("details", tag("summary", f"L'année {self.year.value} en un regard"), way)

    def _maker(self, make: Callable[[], Html]) -> Callable[[], None]:
        return lambda: setattr(self.said, "value", pieces.live(make()))

    def _here(self) -> tuple[NamedLedger, MonthState]:
        seen = self.room.read()
        return seen, seen.state.month(str(self.month.value))

    def _request(self) -> Html:
        seen, month = self._here()
        page = request.request_paper(seen, self.room.book.cooperative, month.label, self.names.value)
        name = f"demande_{month.label}"
        links = [pieces.download("Prendre la demande (PDF)", f"{name}.pdf", page, PDF)]
        if self.names.value:  # the host needs names; a table of letters would serve nobody
            links.append(pieces.download("Tableau CSV", f"{name}.csv", request.request_csv(seen, month.label), CSV))
            links.append(
                pieces.download("Classeur XLSX", f"{name}.xlsx", request.request_xlsx(seen, month.label), XLSX)
            )
        return tag("p", joined(*links, between=" "))

    def _sheet(self) -> Html:
        seen, month = self._here()
        self._somebody()
        code = str(self.person.value)
        content = sheets.month_sheet(seen, self.room.book.cooperative, month.label, code, self.names.value)
        return pieces.download("Prendre la fiche du mois", f"{self._who(seen)}_{month.label}.pdf", content, PDF)

    def _year_sheet(self) -> Html:
        seen, _ = self._here()
        self._somebody()
        chosen, code = int(self.year.value or 0), str(self.person.value)
        content = sheets.year_sheet(seen, self.room.book.cooperative, chosen, code, self.names.value)
        return pieces.download("Prendre la fiche de l'année", f"{self._who(seen)}_{chosen}.pdf", content, PDF)

    def _year(self) -> Html:
        from kpa_model.figures import paper as pen  # imported late: matplotlib takes a third of a second

        seen, _ = self._here()
        chosen = int(self.year.value or 0)
        content = year.year_paper(seen, self.room.book.cooperative, chosen, self.names.value, pen)
        return pieces.download("Prendre l'année du groupe", f"annee_{chosen}.pdf", content, PDF)

    def _somebody(self) -> None:
        """Refuse a sheet of nobody: a month may pay nobody."""
        if not self.person.value:
            what = "personne ne reçoit d'argent pour ce mois."
            raise refuse(titled(str(self.month.value)), what, "Choisissez un autre mois.")

    def _who(self, seen: NamedLedger) -> str:
        return f"fiche_{slug(seen.who.name(str(self.person.value)))}" if self.names.value else "fiche"
