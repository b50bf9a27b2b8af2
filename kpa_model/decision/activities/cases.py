"""Case vignettes: share a few invented pots as you find fair; then the mix of principles closest to you, and to us."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from kpa_model.decision import telling, vignettes
from kpa_model.decision.principles import Fit
from kpa_model.decision.vignettes import PRINCIPLES, Cases
from kpa_model.decision.written_cases import case_lines, cases_in
from kpa_model.declare.form import Form, Parts
from kpa_model.declare.page import Bar, Bars, Heading, Page, Sentence, Table
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import EURO, Unit
from kpa_model.declare.worded import text
from kpa_model.words import count, euros, number, round_euros
from kpa_model.workshop.activity import Addable, Answer, Room, Round, activity

WELL = Fraction(17, 20)
"""Part explained from which a mix is said to tell the shares. Of people who share at random, one in twenty reaches it:
see docs/choix/vignettes.md for the measure."""
DOUBT = "Aucun mélange ne dit bien ces partages : d'autres raisons comptent."
CHANCE = "Des partages faits au hasard s'en approchent parfois autant."


@activity("vignettes", "Partager quelques cas", "Chaque personne partage. Nous cherchons quels principes la guident.")
class Vignettes(telling.Discreet):
    """Pots of invented people to share; the principles behind, for oneself and for the group."""

    added: ClassVar[Addable | None] = Addable("Partager un cas que vous écrivez", "own", {"most": 0})

    game: str = text("jeu", "Le jeu de cas", vignettes.READY)
    most: int = setting("cas", Unit("", 1), "Nombre de cas de ce jeu", default=4, low=0, high=vignettes.MOST_CASES)
    own: tuple[str, ...] = case_lines("nos_cas", "Nos cas, en plus")

    def rounds(self) -> tuple[Round, ...]:
        """Return the one time of asking."""
        return (Round("partages", "Partagez comme vous trouvez juste"),)

    def cases(self) -> Cases:
        """Return the cases asked, the group's own first; never none. Raises WrongCards."""
        own = cases_in(self.own)
        known = {each.key for each in own}
        ready = vignettes.named(self.game)[: self.most if own else max(self.most, 1)]
        return (*own, *(each for each in ready if each.key not in known))[: vignettes.MOST_CASES]

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask to share each pot whole."""
        fields = tuple(
            Parts(
                case.key,
                f"{case.title} : {euros(case.pot)} à partager",
                help=case.story,
                things={one.key: one.about() for one in case.people},
                unit=EURO,
                total=case.pot,
            )
            for case in self.cases()
        )
        intro = f"Il n'y a pas de bonne réponse. Partagez tout. {self.promise()}"
        return Form(fields, title=self.title, intro=intro)

    def page(self, key: str, room: Room) -> Page:
        """Tell where we differ most, case after case, then the mix closest to the group and how well it tells."""
        given = [vignettes.shares_given(self.cases(), answer) for answer in room.given(key).values()]
        if self.hidden(len(given)):
            return telling.small_group(len(given))
        together = vignettes.mean(given)
        found = vignettes.explain(self.cases(), together)
        return (
            Sentence(self._widest(given), tone="big"),
            self._strongest(given),
            Heading("Le mélange le plus proche de notre moyenne"),
            *self._mix(found, together),
            Heading("Cas par cas"),
            *self._tables(given),
            telling.answered(room, key),
        )

    def mix(self, room: Room) -> tuple[dict[str, Fraction], tuple[str, ...]] | None:
        """Return the mix closest to a group whose answers were shown, and what is said of it, its doubt first.

        Nothing when no answer was shown, when one was taken back since, or when too few people answered.
        """
        key = self.last_round(room)
        given = [vignettes.shares_given(self.cases(), each) for each in room.given(key).values()] if key else []
        if key in room.withdrawn or not given or self.hidden(len(given)):
            return None
        found = vignettes.explain(self.cases(), vignettes.mean(given))
        well = found.explained >= WELL
        doubts = vignettes.confused(self.cases()) if well else (DOUBT, CHANCE, *vignettes.confused(self.cases()))
        words = vignettes.in_words(found.weights)
        said = words if well else f"Le mélange le moins loin, à titre d'indice. {words}"
        people = f"C'est la moyenne de {count(len(given), 'personne')}."
        return dict(zip(PRINCIPLES, found.weights, strict=True)), (*doubts, said, people)

    def own_page(self, key: str, room: Room, person: str) -> Page:
        """Tell a person the mix closest to her own shares; nobody else sees it."""
        answer: Answer | None = room.given(key).get(person)
        if not answer:
            return ()
        given = vignettes.shares_given(self.cases(), answer)
        only = Sentence("Personne d'autre ne voit ceci. Ce n'est pas une note.", tone="help")
        return (Heading("Ce qui semble vous guider"), *self._mix(vignettes.explain(self.cases(), given), given), only)

    def _widest(self, given: Sequence[Sequence[Fraction]]) -> str:
        """Return the person of a case on whom the group differs most."""
        people = [(case, one) for case in self.cases() for one in case.people]
        gaps = [max(column) - min(column) for column in zip(*given, strict=True)]
        at = max(range(len(gaps)), key=lambda each: gaps[each])
        if not gaps[at]:
            return "Nous partageons tous de la même façon."
        case, one = people[at]
        column = [shares[at] for shares in given]
        low, high = (round_euros(round(case.pot * share)) for share in (min(column), max(column)))
        return f"Là où nous différons le plus : {one.name} reçoit de {low} à {high}."

    def _tables(self, given: Sequence[Sequence[Fraction]]) -> Page:
        """Return, for each case, the smallest, middle and largest amount given to each person."""
        columns, tables, at = [*zip(*given, strict=True)], [], 0
        for case in self.cases():
            rows = []
            for one in case.people:
                cents = [round(case.pot * share) for share in columns[at]]
                shown = (min(cents), telling.middle(cents), max(cents))
                rows.append((one.about(), *(euros(each) for each in shown)))
                at += 1
            head = ("Qui", "Le moins", "Au milieu", "Le plus")
            tables.append(Table(f"{case.title} : {euros(case.pot)}", head, tuple(rows)))
        return tuple(tables)

    def _strongest(self, given: Sequence[tuple[Fraction, ...]]) -> Bars:
        """Return how many people each principle guides most."""
        found = [vignettes.explain(self.cases(), shares) for shares in given]
        first = [each.weights.index(max(each.weights)) if each.explained >= WELL else None for each in found]
        names = [*enumerate(PRINCIPLES.values()), (None, "aucun ne le dit bien")]
        bars = tuple(Bar(name, first.count(at), count(first.count(at), "personne")) for at, name in names)
        return Bars("Le principe le plus fort, personne par personne", bars)

    def _mix(self, found: Fit, given: Sequence[Fraction]) -> Page:
        """Return how well a mix tells the shares given, doubts first; the mix in words only when it tells well."""
        bars = tuple(
            Bar(name, float(weight), f"{round(100 * weight)}\u00a0%")
            for name, weight in zip(PRINCIPLES.values(), found.weights, strict=True)
        )
        equal = [Fraction(not at) for at in range(len(PRINCIPLES))]
        gap, plain = (vignettes.cents_apart(self.cases(), given, weights) for weights in (found.weights, equal))
        far = f"Il s'écarte de {round_euros(round(gap))} par personne, en moyenne."
        beside = f"Les parts égales s'écarteraient de {round_euros(round(plain))}."
        doubts = [Sentence(said, tone="warning") for said in vignettes.confused(self.cases())]
        if found.explained < WELL:
            caption = "Le mélange le moins loin, à titre d'indice"
            return (
                Sentence(DOUBT, tone="big"),
                Sentence(f"{CHANCE} {far} {beside}"),
                *doubts,
                Bars(caption, bars, full=1),
            )
        well = f"Ce mélange le dit bien, à {number(int(10 * found.explained))} sur 10."
        told = well if found.from_equal else "Ce sont exactement des parts égales."
        words = Sentence(vignettes.in_words(found.weights), tone="big")
        return (*doubts, words, Bars("Le poids de chaque principe", bars, full=1), Sentence(f"{told} {far} {beside}"))
