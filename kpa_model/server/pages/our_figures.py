"""What the facilitator reads before hours go in the group's own book, and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpa_model.cooperative.work import KIND_LABELS
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.declare.page import Table
from kpa_model.declare.unit import HOURS, Refused
from kpa_model.files.importing.week import SlotChange
from kpa_model.server import forms, layout, parts
from kpa_model.server.pages.control import back
from kpa_model.words import count, day

_REPLACES = "Ce que chaque personne confirme remplace ses heures de cette semaine. Les autres restent comme elles sont."
_SPREAD = "Le temps de la semaine est réparti du lundi au vendredi."


def difference(
    token: Html, seen: Any, confirmed: int, labels: Mapping[str, str], typed: Mapping[str, str],
    wrong: Mapping[str, Refused],
) -> Html:  # fmt: skip
    """Return what is already done, the difference, who is who, and the gestures.

    Args:
        token: what tells this form from a forged one.
        seen: what the page shows, see `server.our_figures.PutHours`.
        confirmed: how many people confirmed their hours.
        labels: order → its label.
        typed: who is who, as it was typed.
        wrong: what is wrong there.
    """
    change = seen.change
    some = bool(change.slots)
    asks = bool(seen.form.fields)
    who = joined(forms.fields(seen.form, typed, wrong), _gesture("Voir la différence", "voir")) if asks else None
    put = _gesture("Mettre dans nos chiffres", "mettre", "principal") if some else None
    sent = (layout.hidden("vu", change.fingerprint), who, put)
    form = layout.form("/animation/nos-chiffres", token, *sent, novalidate=True)
    return joined(
        tag("p", f"Semaine du {day(change.monday)}", cls="surtitre"),
        tag("h1", "Mettre nos heures dans nos chiffres"),
        _done(token, some) if seen.done else None,
        tag("p", _said(confirmed, some, bool(seen.done), asks and not typed), cls="grand"),
        _table(change.slots, labels) if some else None,
        tag("p", f"{_REPLACES} {_SPREAD}", cls="aide") if confirmed else None,
        form if some or asks else None,
        back(),
    )


def _said(confirmed: int, some: bool, done: bool, asks: bool) -> str:
    if not confirmed:
        return "Personne n'a encore donné son accord."
    agreed = "a donné son accord" if confirmed == 1 else "ont donné leur accord"
    told = f"{count(confirmed, 'personne')} {agreed}."
    if some:
        return told
    if asks:
        return f"{told} Dites qui est qui, puis regardez la différence."
    return f"{told} {'Rien de plus à mettre.' if done else 'Rien ne change dans nos chiffres.'}"


def _done(token: Html, more: bool) -> Html:
    those = "Des heures de cette semaine sont déjà" if more else "Les heures de cette semaine sont"
    said = tag("p", f"{those} dans nos chiffres.", role="status")
    undo = layout.form("/animation/nos-chiffres", token, _gesture("Défaire", "defaire"), cls="gestes petits")
    return tag("div", said, undo, cls="cadre bien")


def _gesture(label: str, what: str, kind: str = "") -> Html:
    return tag("div", layout.button(label, "geste", what, kind), cls="gestes")


def _table(slots: tuple[SlotChange, ...], labels: Mapping[str, str]) -> Html:
    rows = tuple(
        (each.member, _work(each, labels), HOURS.show(each.before), HOURS.show(each.after), _moved(each))
        for each in slots
    )
    moved = sum(each.after - each.before for each in slots)
    before, after = (sum(getattr(each, name) for each in slots) for name in ("before", "after"))
    total = ("Ensemble", "Tout le travail", HOURS.show(before), HOURS.show(after), _signed(moved))
    head = ("Personne", "Travail", "Avant", "Après", "Différence")
    return parts.page((Table("Ce qui change dans nos chiffres", head, (*rows, total)),))


def _work(slot: SlotChange, labels: Mapping[str, str]) -> str:
    return labels.get(slot.order) or slot.order or KIND_LABELS[slot.kind]


def _moved(slot: SlotChange) -> str:
    return _signed(slot.after - slot.before)


def _signed(minutes: int) -> str:
    return f"{'−' if minutes < 0 else '+'}\u00a0{HOURS.show(abs(minutes))}" if minutes else HOURS.show(0)
