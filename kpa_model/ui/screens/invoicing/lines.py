"""The lines of a document, to type: label, quantity, unit, price before tax, VAT rate; and what is typed, read back."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from kpa_model.declare.unit import EURO, Refused, Unit
from kpa_model.errors import KpaError, Problem
from kpa_model.invoicing.document import HUNDREDTHS, DocumentLine
from kpa_model.ui import pieces
from kpa_model.words import percent

RATES = (55_000, 100_000, 200_000)
MOST_LINES = 8
PIECES = Unit("", HUNDREDTHS)
NEW = DocumentLine("", HUNDREDTHS, "forfait", 0, 100_000)


class WrongLine(KpaError):
    """Something typed in a line cannot be read."""


class LineBoxes:
    """What one line is typed in."""

    def __init__(self, rank: int, line: DocumentLine) -> None:
        self.rank = rank
        self.label = widgets.Text(description=f"Ligne {rank}", value=line.label)
        self.quantity = widgets.Text(description=f"Quantité {rank}", value=PIECES.show(line.quantity).strip())
        self.unit = widgets.Text(description=f"Unité {rank}", value=line.unit)
        self.price = widgets.Text(description=f"Prix HT {rank}", value=EURO.show(line.price))
        known = sorted({*RATES, line.vat_rate})
        self.rate = widgets.Dropdown(
            description=f"TVA {rank}", options=[(percent(each), each) for each in known], value=line.vat_rate
        )
        self.boxes = (self.label, self.quantity, self.unit, self.price, self.rate)

    def read(self) -> DocumentLine:
        """Return the line. Raises WrongLine, with every problem."""
        found: dict[str, int] = {}
        problems = []
        asked = (
            ("Quantité", self.quantity, PIECES, -1_000_000, HUNDREDTHS * 40),
            ("Prix HT", self.price, EURO, 0, 1400),
        )
        for name, box, unit, low, usual in asked:
            try:
                found[name] = unit.read(box.value, low, 100_000_00, usual)
            except Refused as refused:
                problems.append(Problem(f"{name}, ligne {self.rank}", refused.what, refused.todo))
        if problems:
            raise WrongLine(*problems)
        label = self.label.value.strip()[:200]
        return DocumentLine(label, found["Quantité"], self.unit.value.strip()[:20], found["Prix HT"], self.rate.value)


class LinesEditor:
    """Every line of a document, with a discount; `changed` is called after each change, with the lines read."""

    def __init__(self, changed: Callable[[tuple[DocumentLine, ...], int], None]) -> None:
        self._changed = changed
        self._quiet = False
        self._lines: list[LineBoxes] = []
        self._box = pieces.column()
        self.said = pieces.html()
        self.discount = widgets.Text(description="Remise HT", placeholder="0 €")
        self.discount.observe(self._typed, "value")
        buttons = pieces.row(
            pieces.button("Ajouter une ligne", self._add, said=self.said),
            pieces.button("Retirer la dernière ligne", self._remove, said=self.said),
        )
        self.widget = pieces.column(self._box, self.discount, buttons, self.said)

    def fill(self, lines: tuple[DocumentLine, ...], discount: int) -> None:
        """Show other lines, without saying that they changed."""
        self._quiet = True
        self._lines = [LineBoxes(rank, line) for rank, line in enumerate(lines, 1)]
        for each in self._lines:
            for box in each.boxes:
                box.observe(self._typed, "value")
        self._box.children = [pieces.row(*each.boxes) for each in self._lines]
        self.discount.value = EURO.show(discount) if discount else ""
        self.said.value = ""
        self._quiet = False

    def _typed(self, _: object) -> None:
        if not self._quiet:
            self.said.value = ""
            pieces.guarded(self.said, self._tell)

    def _tell(self) -> None:
        self._changed(*self.read())

    def read(self) -> tuple[tuple[DocumentLine, ...], int]:
        """Return the lines and the discount, in cents, as typed. Raises WrongLine, with every problem."""
        problems: list[Problem] = []
        lines = []
        for each in self._lines:
            try:
                lines.append(each.read())
            except WrongLine as wrong:
                problems += wrong.problems
        discount = 0
        try:
            discount = EURO.read(self.discount.value.strip() or "0", 0, 100_000_00, 1000)
        except Refused as refused:
            problems.append(Problem("Remise HT", refused.what, refused.todo))
        if problems:
            raise WrongLine(*problems)
        return tuple(lines), discount

    def _add(self) -> None:
        if len(self._lines) >= MOST_LINES:
            todo = "Regroupez des lignes."
            raise WrongLine(Problem("Lignes", f"un document d'exercice en a {MOST_LINES} au plus.", todo))
        self._refill([*(each.read() for each in self._lines), NEW])

    def _remove(self) -> None:
        if len(self._lines) > 1:
            self._refill([each.read() for each in self._lines][:-1])

    def _refill(self, lines: list[DocumentLine]) -> None:
        discount = self.discount.value
        self.fill(tuple(lines), 0)
        self._quiet = True
        self.discount.value = discount
        self._quiet = False
        self._tell()
