"""One's own figures on one's own phone: computed, answered, forgotten. No cookie, no script, no line in any log.

Nothing here reads or writes the workshop: a person who looks is not even counted as present.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kpa_model.benefits.in_hand import known_day
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.declare.unit import Refused
from kpa_model.errors import KpaError
from kpa_model.server import forms, layout, parts
from kpa_model.server.base import Desk
from kpa_model.server.workshop import journal
from kpa_model.story.pay import lens
from kpa_model.story.pay.in_hand import NOT_MODELLED

LONGEST_TYPED = 40
_PROMISES = (
    "Rien n'est gardé : ni sur ce téléphone, ni sur l'ordinateur. L'écran de la salle ne montre rien.",
    "Le Wi-Fi de la salle n'est pas chiffré. Une personne qui s'y connaît peut lire ce qui passe.",
    "Vous pouvez aussi faire ce calcul chez vous, avec le cahier.",
    "L'appareil passe de main en main ? Ne faites pas ce calcul ici.",
)


class Lens(Desk):
    """Ask, show, keep nothing. What is typed comes in the body of a request, never in an address."""

    TOKEN = False  # it changes nothing, so that nothing needs to be told from a forged form: no cookie is given

    def get(self) -> None:
        """Show the questions."""
        self._show(_ask(lens.USUAL, {}))

    def post(self) -> None:
        """Show what stays, or what is to mend."""
        form = lens.asked()
        typed = {name: self.typed(name) for name in form.inputs()}
        answer, wrong = form.read({name: text[: LONGEST_TYPED + 1] for name, text in typed.items()})
        kept = {name: text[:LONGEST_TYPED] for name, text in typed.items()}
        if wrong:
            self._show(_ask(kept, wrong), status=422)
            return
        self._show(_told(answer, kept))

    def _show(self, body: Html, status: int = 200) -> None:
        self.page("Pour moi seul·e", body, status=status, alone=True)

    def log_exception(self, kind: Any, value: Any, trace: Any) -> None:
        """Say in the journal that a defect happened here, never with what words: an error may hold what was typed."""
        if not isinstance(value, KpaError) and getattr(value, "status_code", 500) >= 500:
            journal.error("lens: %s", kind.__name__)


def _ask(typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> Html:
    return joined(_head(), _form(typed, wrong), _home())


def _head() -> Html:
    said = [tag("p", each) for each in _PROMISES]
    return joined(
        tag("p", "Pour moi seul·e", cls="surtitre"),
        tag("h1", lens.asked().title),
        tag("div", said, cls="cadre attention"),
    )


def _form(typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> Html:
    form = lens.asked()
    send = tag("div", layout.button(form.send, kind="principal"), cls="gestes")
    return layout.form("/en-main", Html(""), forms.fields(form, typed, wrong), send, novalidate=True, cls="loupe",
                       autocomplete="off")  # fmt: skip


def _told(answer: Mapping[str, Any], typed: Mapping[str, str]) -> Html:
    day, warning = known_day(date.today())
    limits = [tag("li", each) for each in NOT_MODELLED["benefits"]]
    return joined(
        tag("p", "Pour moi seul·e", cls="surtitre"),
        tag("h1", "Ce qui reste en main"),
        parts.page(lens.page(answer, day, warning)),
        tag("details", tag("summary", "Ce que ce calcul ne compte pas"), tag("ul", limits)),
        tag("details", tag("summary", "Changer un chiffre"), _form(typed, {})),
        tag("p", "Rien n'est gardé. Fermez cette page avant de prêter votre téléphone.", cls="aide"),
        tag("div", tag("a", "Tout effacer", href="/en-main", cls="bouton"), cls="gestes"),
        _home(),
    )


def _home() -> Html:
    return tag("p", tag("a", "Revenir à l'atelier", href="/", cls="lien"))
