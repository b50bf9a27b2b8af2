"""The mix of principles wished of a rule: typed out of ten, or fetched from a workshop that shared cases."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.money import split_cents
from kpa_model.ui import pieces

PRINCIPLES = {
    "equal": "parts égales",
    "hours": "heures",
    "brought": "commandes apportées",
    "welcome": "heures pour le commun",
    "need": "besoin",
    "points": "points",
}
WHOLE, FINE = 10, 10_000
HELP = "Quels principes voulez-vous, sur 10 ? Un atelier où le groupe a partagé des cas le dit aussi."
NONE = "Aucun atelier gardé ici n'a montré de partages de cas, par assez de personnes."


class WishedMix:
    """The boxes of a mix, how much it counts, and the button that fetches the one of the last workshop."""

    def __init__(self, weights: Mapping[str, str]) -> None:
        self.asked = {
            name: widgets.BoundedIntText(value=0, min=0, max=WHOLE, description=label.capitalize())
            for name, label in PRINCIPLES.items()
        }
        self.nearer = pieces.choice("Ressembler à ce mélange compte", weights, "0")
        self.said = pieces.html()
        fetch = pieces.button("Reprendre le mélange de notre dernier atelier", self.fetch, said=self.said)
        text = pieces.html(tag("p", HELP, cls="kpa-help"))
        self.box = pieces.column(text, fetch, self.said, pieces.row(*self.asked.values()), self.nearer)

    @property
    def parts(self) -> dict[str, Fraction]:
        """Return the principles wished, each with its weight."""
        return {name: Fraction(each.value) for name, each in self.asked.items() if each.value}

    def fetch(self) -> None:
        """Fill the boxes with the mix of the latest workshop that has one, its doubt said first. Raises KpaError."""
        from kpa_model.decision.activities.cases import Vignettes  # late: the server is only loaded when asked
        from kpa_model.ui.kept_workshops import kept_workshops, played_in

        for workshop, title in kept_workshops():
            for activity, room in reversed(played_in(workshop, Vignettes)):
                if found := activity.mix(room):
                    self._fill(found[0])
                    self.said.value = pieces.live(tag("p", f"Atelier : {title}."), pieces.sentences(found[1]))
                    return
        self.said.value = pieces.live(tag("p", NONE))

    def _fill(self, mix: Mapping[str, Fraction]) -> None:
        """Write a mix out of ten, to the nearest whole that adds up."""
        tenths = split_cents(WHOLE, [round(FINE * mix.get(name, 0)) for name in self.asked])
        for box, tenth in zip(self.asked.values(), tenths.tolist(), strict=True):
            box.value = int(tenth)
        if self.nearer.value == "0":
            self.nearer.value = "1"
