"""Our hours of a week, noted together: each types her own, the room sees the total by kind, each confirms.

What is confirmed may go in the group's own book; the facilitator does it, from her page (`server.our_figures`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from kpa_model.cooperative.work import KIND_LABELS, AgreedWeek, Kind, Slot
from kpa_model.decision import telling
from kpa_model.declare.form import Choice, Form, Parts
from kpa_model.declare.page import Bar, Bars, Page, Sentence
from kpa_model.declare.setting import declared
from kpa_model.declare.unit import HOURS, ClockTime, Refused, quoted
from kpa_model.declare.worded import Words
from kpa_model.words import count, day, hours
from kpa_model.workshop.activity import Answer, Room, Round, activity

FIRST, SECOND = "heures", "accord"
YES, NO = "oui", "non"
FEWEST = 3
"""Under so many answers, a total tells each of two people what the other did."""
INVISIBLE = {
    Kind.SUPPORT: "Appui : courses, devis, vaisselle",
    Kind.COMMONS: "Commun : réunions, accueil, entretien",
    Kind.LEARNING: "Formation : apprendre, montrer à une autre personne",
}
"""What is forgotten first is asked first."""
_DAY, _TYPED = 24 * 60, ClockTime("h", 60)
_ORDER = ":"


@dataclass(frozen=True)
class AnyDay(Words):
    """A day, by which a week is known; nothing for the week under way."""

    def read(self, value: Any) -> str:
        """Return `2026-11-25` from that or from `25/11/2026`. Raises Refused."""
        text = super().read(value)
        try:
            parts = [int(each) for each in reversed(text.split("/"))] if "/" in text else []
            return date(*parts).isoformat() if parts else date.fromisoformat(text).isoformat() if text else ""
        except (TypeError, ValueError):
            raise Refused(f"{quoted(text)} n'est pas une date.", "Écrivez par exemple 25/11/2026.") from None


@activity("nos_heures", "Nos heures de la semaine", "Chaque personne note ses heures, puis nous regardons le total.")
class OurHours(telling.Discreet):
    """Hours of one week, by kind of work and by order; then each says that these are hers."""

    fills: ClassVar[bool] = True
    week: str = declared(AnyDay("semaine", "Un jour de la semaine à noter (vide : la semaine en cours)", ""))
    in_the_open: bool = telling.open_by_default("Montrer le total, même à moins de cinq réponses")

    def brings(self) -> Mapping[str, Any]:
        """Return the Monday of the day the workshop opens: the log tells which week it was."""
        return {"lundi": _monday(date.today()).isoformat()}

    def rounds(self) -> tuple[Round, ...]:
        """Return the hours, then the agreement of each person on hers."""
        return (Round(FIRST, "Vos heures"), Round(SECOND, "Ce sont bien vos heures ?"))

    def monday(self, room: Room) -> date | None:
        """Return the first day of the week, None when nothing says which."""
        said = self.week or str(room.facts.get("lundi") or "")
        return _monday(date.fromisoformat(said)) if said else None

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask the time given to each kind of work and each order, then whether this is right."""
        if key == SECOND:
            return self._agreement(room, person)
        things = {**{str(kind): label for kind, label in INVISIBLE.items()}, **_paid_work(room)}
        asked = tuple(
            Parts(
                name,
                label,
                _HELP if name == "temps" else "",
                things=things,
                unit=_TYPED,
                most=days * _DAY,
                usual=90,
            )
            for name, label, days in self._spans(room)
        )
        whose = "Le groupe verra le total de chaque genre de travail. Personne ne verra vos heures avant votre accord."
        return Form(asked, title=self._title(room), intro=whose, send="Envoyer mes heures")

    def _title(self, room: Room) -> str:
        monday = self.monday(room)
        return (
            f"Vos heures, {_span(monday, monday + timedelta(days=6))}" if monday else "Vos heures de la semaine du ………"
        )

    def _spans(self, room: Room) -> list[tuple[str, str, int]]:
        """Return (field, question, days): a week over two months is asked in two parts, since each month is paid."""
        parts = self.parts(room)
        if len(parts) < 2:
            return [("temps", "Combien de temps avez-vous donné ?", 7)]
        asked = zip(("temps", "temps_apres"), parts, strict=True)
        return [(name, f"Combien de temps, {_span(*part)} ?", (part[1] - part[0]).days + 1) for name, part in asked]

    def parts(self, room: Room) -> list[tuple[date, date]]:
        """Return the days of the week, cut where a month ends."""
        monday = self.monday(room)
        if monday is None:
            return []
        sunday = monday + timedelta(days=6)
        if monday.month == sunday.month:
            return [(monday, sunday)]
        turn = sunday.replace(day=1)
        return [(monday, turn - timedelta(days=1)), (turn, sunday)]

    def _agreement(self, room: Room, person: str) -> Form:
        options = {YES: "Oui, vous pouvez les mettre dans nos chiffres", NO: "Non, pas encore"}
        asked = Choice("accord", "Ce que vous avez noté, ce sont bien vos heures ?", options=options, help=_ALONE)
        mine = [
            f"{_called(thing, room)} {hours(spent)}" for thing, spent in _summed(room.given(FIRST).get(person)) if spent
        ]
        told = f"Vous avez noté : {', '.join(mine)}." if mine else "Vous n'avez rien noté."
        return Form((asked,), title="Votre accord", intro=told if FIRST in room.shown and person in room.alone else "")

    def current(self, key: str, room: Room) -> Mapping[str, Answer]:
        """Return the answers that count: an agreement is about the hours of then, not about those typed since."""
        given, ranks = room.given(key), room.ranks
        if key != SECOND:
            return given
        first, second = ranks.get(FIRST, {}), ranks.get(SECOND, {})
        return {who: each for who, each in given.items() if first.get(who, 0) <= second.get(who, 0)}

    def page(self, key: str, room: Room) -> Page:
        """Tell the total by kind of work, the invisible work first; then how many have agreed, and nothing more.

        The total of those who agreed, beside the total of everybody, would tell the hours of the one who did not.
        """
        given = room.given(FIRST)
        counted = len(self.current(key, room))
        if self.hidden(counted) or (key == FIRST and counted < FEWEST):
            few = "Le total reste caché : nous sommes trop peu. Parlez-en à voix haute, si vous voulez."
            return (Sentence(few if counted else "Personne n'a encore répondu."),)
        if key == SECOND:
            agreed = len(self.confirmed(room))
            done = "a donné son accord" if agreed < 2 else "ont donné leur accord"
            return (Sentence(f"{count(agreed, 'personne')} sur {len(given)} {done}.", "big"), Sentence(_THEN))
        return (*_totals(given.values()), telling.answered(room, key))

    def agreed_week(self, room: Room) -> AgreedWeek | None:
        """Return the hours of who agreed; None when nothing says which week it is."""
        monday = self.monday(room)
        return AgreedWeek(monday, self.confirmed(room)) if monday else None

    def confirmed(self, room: Room) -> dict[str, dict[Slot, int]]:
        """Return person's id → slot → minutes, for who agreed on the hours she typed."""
        agreed = {who for who, each in self.current(SECOND, room).items() if each.get("accord") == YES}
        spans = dict(zip(("temps", "temps_apres"), self.parts(room), strict=False))
        found: dict[str, dict[Slot, int]] = {}
        for who, answer in room.given(FIRST).items():
            if who in agreed:
                found[who] = {
                    (*spans[name], *_kind_and_order(thing)): int(minutes)
                    for name in spans
                    for thing, minutes in (answer.get(name) or {}).items()
                    if minutes
                }
        return found


_HELP = "Écrivez par exemple 2, 1,5 ou 1 h 30. Laissez vide ce que vous n'avez pas fait."
_ALONE = "Si vous êtes la seule personne à dire non, vos heures se devinent."
_THEN = "Les heures de ces personnes peuvent aller dans nos chiffres. La différence est montrée avant."


def _monday(any_day: date) -> date:
    return any_day - timedelta(days=any_day.weekday())


def _span(first: date, last: date) -> str:
    """Return `du 23 au 29 novembre 2026`, or one day."""
    if first == last:
        return f"le {day(first)}"
    short = str(first.day) if first.month == last.month else day(first).rpartition(" ")[0]
    return f"du {'1er' if short == '1' else short} au {day(last)}"


def _paid_work(room: Room) -> dict[str, str]:
    """Return the orders under way, then the work that has none."""
    orders = {f"{Kind.JOB}{_ORDER}{each['order']}": str(each["label"]) for each in room.facts.get("under_way") or ()}
    return {**orders, str(Kind.JOB): "Prestation, sans commande" if orders else "Prestation"}


def _kind_and_order(thing: str) -> tuple[str, str]:
    kind, _, order = thing.partition(_ORDER)
    return kind, order


def _called(thing: str, room: Room) -> str:
    kind, order = _kind_and_order(thing)
    return _paid_work(room).get(thing, KIND_LABELS[kind]) if order else KIND_LABELS[kind]


def _summed(answer: Answer | None) -> Iterator[tuple[str, int]]:
    """Yield each thing and its minutes over the parts of the week."""
    parts = [each for each in (answer or {}).values() if isinstance(each, Mapping)]
    for thing in dict.fromkeys(thing for part in parts for thing in part):
        yield thing, sum(int(part.get(thing, 0)) for part in parts)


def _totals(answers: Any) -> Page:
    minutes = dict.fromkeys(map(str, (*INVISIBLE, Kind.JOB)), 0)
    for answer in answers:
        for thing, given in _summed(answer):
            minutes[_kind_and_order(thing)[0]] += given
    whole = sum(minutes.values())
    unseen = whole - minutes[str(Kind.JOB)]
    bars = tuple(Bar(KIND_LABELS[kind], given, HOURS.show(given)) for kind, given in minutes.items())
    return (
        Sentence(f"Ensemble, nous avons donné {HOURS.show(whole)} cette semaine.", "big"),
        Sentence(f"Le travail qui ne se facture pas prend {HOURS.show(unseen)}."),
        Bars("Nos heures, par genre de travail", bars),
    )
