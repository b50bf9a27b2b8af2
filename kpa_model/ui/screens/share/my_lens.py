"""One's own figures, for oneself: nothing typed here is kept, sent or written anywhere.

This screen knows no store and opens no file to write. What is typed lives in the page and in the memory of the
computer, until the page is closed or cleared.
"""

from __future__ import annotations

from datetime import date

import ipywidgets as widgets

from kpa_model.benefits.in_hand import InHand, in_hand
from kpa_model.benefits.situations import BENEFITS, Situation
from kpa_model.declare.markup import joined, tag
from kpa_model.figures.kept import kept_bars, purse
from kpa_model.story.pay import in_hand as told
from kpa_model.story.pay import lens
from kpa_model.ui import pieces
from kpa_model.ui.screens.share import in_hand_parts as parts
from kpa_model.words import round_euros

CHILDREN = [(str(at), "Aucun" if not at else str(at)) for at in range(lens.MOST_CHILDREN + 1)]
PRIVATE = tag(
    "p",
    tag("strong", "Rien de ce que vous écrivez ici n'est gardé."),
    " N'écrivez aucun nom. Ne montrez pas cet écran au projecteur. Effacez avant de partir.",
)


class Answers:
    """What a person says, in widgets only; `situation` and `pays` read it for the time of one drawing."""

    def __init__(self) -> None:
        self.home = pieces.choice(lens.HOME, list(lens.HOMES.items()), "seul")
        self.children = pieces.choice(lens.KIDS, CHILDREN, "0")
        self.benefit = pieces.choice(lens.BENEFIT, list(BENEFITS.items()), "rsa")
        self.housed = _yes(lens.HOUSED, True)
        self.old = _yes(lens.OLD, True)
        self.recent = _yes(lens.RECENT, False)
        self.months = [parts.amount_text(f"Paie nette, mois {at}") for at in (1, 2, 3)]
        self.allowance = parts.amount_text(lens.ALLOWANCE)
        self.partner = parts.amount_text(lens.PARTNER)
        used = [(str(at), str(at)) for at in range(lens.MOST_MONTHS + 1)]
        self.used = pieces.choice(lens.USED, used, "0")
        self.day, self.warning = parts.day_choice()

    @property
    def inputs(self) -> list[widgets.Widget]:
        """Everything that can be changed."""
        return [
            self.home, self.children, self.benefit, self.housed, self.old, self.recent,
            *self.months, self.allowance, self.partner, self.used, self.day,
        ]  # fmt: skip

    def situation(self) -> Situation:
        """Return the situation said. Raises WrongAmount."""
        couple, benefit = self.home.value == "couple", self.benefit.value
        return lens.situation(
            couple, int(self.children.value), benefit,
            housed=self.housed.value, old=self.old.value, recent=self.recent.value,
            allowance=parts.typed_cents(self.allowance) if benefit == "are" else 0,
            partner=parts.typed_cents(self.partner) if couple else 0,
            used=int(self.used.value),
        )  # fmt: skip

    def pays(self) -> list[int]:
        """Return the three pays in cents. Raises WrongAmount."""
        return [parts.typed_cents(each) for each in self.months]

    def clear(self) -> None:
        """Empty everything."""
        for box in (*self.months, self.allowance, self.partner):
            box.value = ""
        self.home.value, self.children.value, self.benefit.value, self.used.value = "seul", "0", "rsa", "0"
        self.housed.value, self.old.value, self.recent.value = True, True, False

    def show_what_matters(self) -> None:
        """Hide the questions that do not concern the answers given so far."""
        couple, children = self.home.value == "couple", self.children.value != "0"
        _shown(self.partner, couple)
        _shown(self.recent, children and not couple)
        _shown(self.old, not children)
        _shown(self.allowance, self.benefit.value == "are")
        _shown(self.used, self.benefit.value == "ass")


def _yes(label: str, value: bool) -> widgets.Checkbox:
    return widgets.Checkbox(description=label, value=value, indent=False)


def _shown(widget: widgets.Widget, yes: bool) -> None:
    widget.layout.display = None if yes else "none"


@pieces.framed
def my_lens() -> widgets.Widget:
    """Ask, show, keep nothing."""
    asked, picture = Answers(), pieces.html()

    def show() -> None:
        asked.show_what_matters()
        situation = asked.situation()
        seen = in_hand(situation, asked.pays(), asked.day.value)
        picture.value = parts.warned(asked.warning) + view(situation, seen, asked.day.value) + parts.limits("benefits")

    parts.redrawn(picture, show, *asked.inputs)
    who = pieces.row(asked.home, asked.children, asked.benefit)
    more = pieces.row(asked.old, asked.housed, asked.recent)
    what = pieces.row(*asked.months)
    rest = pieces.row(asked.partner, asked.allowance, asked.used, asked.day)
    box = pieces.column(
        pieces.html(PRIVATE), who, more, what, rest, pieces.button("Tout effacer", asked.clear), picture
    )
    box.add_class("kpa-private")
    return pieces.folds({"Ouvrir ma partie privée, pas au projecteur": box})


def view(situation: Situation, seen: InHand, day: date) -> str:
    """Return this quarter, its declaration, and what stays, as cards; the alarm first."""
    if not int(seen.paid):
        return tag("p", "Écrivez la paie d'un mois ou de plusieurs. Le reste est facultatif.")
    panels = joined(
        [
            tag("section", tag("h3", title), parts.paragraphs(said), cls="kpa-card")
            for title, said in lens.cards(situation, seen, day)
        ]
    )
    first = joined(parts.alarm(told.situation_alarms(situation, seen, day)), tag("div", panels, cls="kpa-panels"))
    row = told.kept_row("Ce trimestre", seen)
    if row.alarm:  # no amount would mean anything
        return first
    return (
        first
        + parts.legend()
        + kept_bars(f"Sur {round_euros(int(seen.paid))} de paie en trois mois", [row])
        + parts.legend(parts.PURSE)
        + purse("Mois par mois", told.purse_months(seen, day))
    )
