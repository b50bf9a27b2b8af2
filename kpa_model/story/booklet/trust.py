"""How far a badge is trusted here: whole or not, signed by our key or by one we do not know, taken back or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kpa_model.assessment import badges, withdrawn
from kpa_model.assessment.badges import Recognised
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.kept import BadgeKept
from kpa_model.declare.markup import Html, tag
from kpa_model.errors import KpaError
from kpa_model.files.closed import booklets
from kpa_model.story.booklet.badge_image import token_in
from kpa_model.words import day

OURS = "C'est la clé de notre groupe."
UNKNOWN = "Clé inconnue ici : rien ne dit qui l'a signé."


@dataclass(frozen=True)
class SeenBadge:
    """A badge that is whole: `ours` when our key signed it, `checked` the day it was known not to be taken back."""

    badge: Recognised
    token: str
    ours: bool
    checked: date | None


def our_print() -> str:
    """Return the fingerprint of our group's key; empty when it has none yet."""
    pem = booklets.group_key()
    return badges.thumbprint(badges.public_jwk(pem)) if pem else ""


def our_list(today: date) -> withdrawn.Withdrawals:
    """Return what our group took back: this machine holds its key, and knows as of today."""
    text = booklets.withdrawn_list()
    days = withdrawn.read_list(text).days if text else {}
    return withdrawn.Withdrawals(our_print(), today, days)


def seen(content: bytes, today: date, given: bytes = b"") -> SeenBadge:
    """Return what is known of a badge, from its file or its picture, with a list somebody gave.

    Raises WrongBadge when it was changed, and WithdrawnBadge when its key took it back.
    """
    token = token_in(content)
    found = badges.verify(token, today)
    lists = [our_list(today)] if our_print() else []
    if given:
        lists.append(withdrawn.read_list(given.decode("ascii", "replace")))
    return SeenBadge(found, token, found.issuer_print == our_print(), withdrawn.check(found, lists))


def told(it: SeenBadge) -> Html:
    """Return what one may say of it. A key that is not ours never looks like ours."""
    badge = it.badge
    back = f"Il n'était pas retiré le {day(it.checked)}." if it.checked else "Nous ne savons pas s'il a été retiré."
    what = f"« {badge.title} », pour {badge.person}."
    if it.ours:
        lines = [f"La signature est bonne. {OURS}", f"{what} Donné par {badge.group}, le {day(badge.on)}.", back]
    else:
        lines = [UNKNOWN, f"{what} Il se dit donné par {badge.group}, le {day(badge.on)}.", back, "Demandez au groupe."]
    printed = tag("p", f"Empreinte de la clé : {badge.issuer_print}", cls="kpa-small")
    head, *rest = lines
    return tag(
        "div", tag("p", tag("strong", head)), [tag("p", each) for each in rest], printed,
        cls="kpa-success" if it.ours else "kpa-warning",
    )  # fmt: skip


def taken_back(kept: BadgeKept, today: date) -> date | None:
    """Return the day our group took a badge back; None when it did not, as far as is known here."""
    try:
        seen(kept.token.encode(), today)
    except withdrawn.WithdrawnBadge as error:
        return error.on
    except KpaError:
        return None
    return None


def standing(mine: Booklet, today: date) -> Booklet:
    """Return a booklet without the badges that our group took back."""
    return replace(mine, badges=tuple(each for each in mine.badges if not taken_back(each, today)))


def label(kept: BadgeKept, today: date) -> str:
    """Return how a badge kept in a booklet is told, on screen and on paper: ours, of an unknown key, or taken back."""
    if back := taken_back(kept, today):
        return f"Retiré par le groupe le {day(back)}."
    try:
        ours = seen(kept.token.encode(), today).ours
    except KpaError:
        return f"Se dit donné par {kept.by}. Ce badge ne se vérifie plus."
    return f"Donné par {kept.by}, signé par notre groupe." if ours else f"Se dit donné par {kept.by}. {UNKNOWN}"
