"""The veil of ignorance: rate rules, draw a character, see what each rule gives to it, rate again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kpa_model.decision import telling
from kpa_model.decision.activities.vote import ALL, ballot, counted, leaders, reason, stacks, what_divides
from kpa_model.decision.majority import GRADES, majority_grade, ranking
from kpa_model.decision.options import Option, named, options_of
from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Bar, Bars, Page, Sentence, Table
from kpa_model.randomness import Purpose, stream
from kpa_model.words import count, euros, listing
from kpa_model.workshop.activity import PaperCard, Room, Round, activity

BEFORE, CARD, AFTER = "avant", "carte", "apres"


@activity("voile", "Le voile d'ignorance", "On note les règles avant de savoir qui l'on est, puis après.")
class Veil(telling.Discreet):
    """Rates before the card, the card, rates after it, and how many moved."""

    kept: ClassVar[bool] = True

    def rounds(self) -> tuple[Round, ...]:
        """Return rate, look at one's card, rate again."""
        return (
            Round(BEFORE, "Notez les règles, sans savoir qui vous serez"),
            Round(CARD, "Votre personnage"),
            Round(AFTER, "Notez les règles encore une fois"),
        )

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask grades, or which rule is best for one's character."""
        options = options_of(room, ())
        if key == BEFORE:
            return ballot(options, self.title, f"Vous pourriez être à n'importe quelle place. {self.promise()}")
        if key == AFTER:
            again = "Vous avez vu les personnages. Notez encore, pour tout le groupe."
            return ballot(options, self.title, f"{again} {self.promise()}")
        card = card_of(room, person)
        if not card or not options:
            return Form((), title=self.title, intro="Il n'y a pas de cartes pour cet atelier.", send="Continuer")
        best = Choice(
            "meilleure",
            f"Quelle règle est la meilleure pour {card['name']} ?",
            options={option.key: f"{option.title} : {_pay(card, option)}" for option in options},
        )
        return Form((best,), title=f"Vous êtes {card['name']}", intro=str(card["text"]))

    def asked(self, key: str, room: Room) -> Page:
        """Return the rules to rate; cards are on phones alone."""
        if key == CARD:
            return (
                Sentence("Votre personnage est sur votre téléphone. Quelle règle est la meilleure pour lui ?", "big"),
            )
        return super().asked(key, room)

    def page(self, key: str, room: Room) -> Page:
        """Tell who comes first, the grades and how they moved; what each rule gives to each character."""
        options = options_of(room, ())
        if not options:
            return (Sentence("Il n'y a pas de règle à noter. Choisissez-en dans le cahier."),)
        if key == CARD:
            return self._cards(room, options)
        grades, ballots = counted(room.given(key), options, ALL)
        if self.hidden(ballots):
            return telling.small_group(len(room.given(key)))
        moved = self._moved(room, options) if key == AFTER else ()
        divides = Sentence(what_divides(grades, options))
        head = _head(grades, options)
        return (*head, stacks(grades, options), divides, *moved, telling.answered(room, key))

    def own_page(self, key: str, room: Room, person: str) -> Page:
        """Show one's own character, once the cards are on the table."""
        card = card_of(room, person)
        if key != CARD or not card:
            return ()
        options = options_of(room, ())
        return (
            Sentence(f"Votre personnage est {card['name']}.", tone="big"),
            Sentence(str(card["text"])),
            Bars(f"Ce que chaque règle donne à {card['name']}", _bars(card, options)),
        )

    def leading(self, room: Room) -> tuple[str, ...]:
        """Return what comes first after the cards, once revealed and when enough people answered."""
        options = options_of(room, ())
        grades, ballots = counted(room.given(AFTER), options, ALL)
        shown = AFTER in room.shown and options and ballots and not self.hidden(ballots)
        return leaders(grades, options) if shown else ()

    def _cards(self, room: Room, options: Sequence[Option]) -> Page:
        """Return what each rule gives to every character, and which rule the characters prefer."""
        cards = room.facts.get("characters") or ()
        if not cards:
            return (Sentence("Il n'y a pas de cartes pour cet atelier."),)
        rows = tuple((str(card["name"]), *(_pay(card, option) for option in options)) for card in cards)
        table = Table("Ce que chaque règle donne, en coût total", ("Personnage", *(o.title for o in options)), rows)
        given = [answer.get("meilleure") for answer in room.given(CARD).values()]
        if self.hidden(len(given)):
            return (Sentence("Comparez les personnages à voix haute.", tone="big"), table)
        bars = tuple(Bar(o.title, given.count(o.key), count(given.count(o.key), "personnage")) for o in options)
        chosen = sum(bar.length > 0 for bar in bars)
        said = (
            "Tous les personnages préfèrent la même règle."
            if chosen == 1
            else "Les personnages ne préfèrent pas tous la même règle."
        )
        return (Sentence(said, tone="big"), table, Bars("La meilleure règle, selon les personnages", bars))

    def cards(self, facts: Mapping[str, Any]) -> tuple[PaperCard, ...]:
        """Return every character, with what each rule gives to it."""
        options = options_of(Room(facts=facts), ())
        return tuple(
            PaperCard(card["name"], card["text"], tuple((o.title, _pay(card, o)) for o in options if _paid(card, o)))
            for card in facts.get("characters") or ()
        )

    def _moved(self, room: Room, options: Sequence[Option]) -> Page:
        """Return, rule by rule, how many grades went up or down, and the middle grade before and after."""
        before, after = room.given(BEFORE), room.given(AFTER)
        both = [who for who in after if who in before]
        if self.hidden(len(both)):
            return ()
        rows, moves = [], 0
        for option in options:
            old, new = _pairs(before, after, both, option.key)
            if not old:
                continue
            up = sum(b > a for a, b in zip(old, new, strict=True))
            down = sum(b < a for a, b in zip(old, new, strict=True))
            moves += up + down
            rows.append((option.title, str(up), str(down), GRADES[majority_grade(old)], GRADES[majority_grade(new)]))
        said = "Aucune mention n'a bougé." if not moves else f"{count(moves, 'mention')} ont bougé."
        said = "Une mention a bougé." if moves == 1 else said
        head = ("Règle", "Montent", "Baissent", "Mention du milieu, avant", "Après")
        return (Sentence(said), Table("Ce que les personnages ont changé", head, tuple(rows)))


def card_of(room: Room, person: str) -> Mapping[str, Any] | None:
    """Return the character of a person: cards are shuffled by the seed, then dealt in the order people came.

    Somebody who leaves takes her card away: the others keep theirs.
    """
    cards = room.facts.get("characters") or ()
    if person not in room.people or not cards:
        return None
    order = stream(int(room.facts.get("seed") or 0), 1, Purpose.WORKSHOP).permutation(len(cards))
    seat = room.seats.get(person, [*room.people].index(person))
    return cards[int(order[seat % len(cards)])]  # type: ignore[no-any-return]


def _paid(card: Mapping[str, Any], option: Option) -> bool:
    return card["pay"].get(option.key) is not None


def _pay(card: Mapping[str, Any], option: Option) -> str:
    cents = card["pay"].get(option.key)
    return "—" if cents is None else euros(int(cents))


def _bars(card: Mapping[str, Any], options: Sequence[Option]) -> tuple[Bar, ...]:
    return tuple(Bar(o.title, int(card["pay"].get(o.key) or 0), _pay(card, o)) for o in options)


def _pairs(
    before: Mapping[str, Any], after: Mapping[str, Any], both: Sequence[str], rule: str
) -> tuple[list[int], list[int]]:
    """Return the grades of the people who graded a rule twice, before and after."""
    known = [who for who in both if before[who].get(rule) and after[who].get(rule)]
    return [int(before[who][rule]) for who in known], [int(after[who][rule]) for who in known]


def _head(grades: Mapping[str, Sequence[int]], options: Sequence[Option]) -> Page:
    """Return who comes first, and why; this round only prepares the talk, it decides nothing."""
    ranks = ranking(grades)
    first = named(ranks[0], options)
    tied = len(first) > 1
    said = f"{listing(first)} sont à égalité." if tied else f"{first[0]} arrive en tête pour le moment."
    why = (Sentence(reason(grades, ranks, options)),) if len(ranks) > 1 and not tied else ()
    return (Sentence(said, tone="big"), *why)
