"""The choices of the game, on phones: prices for the orders of a month, then how to share. The group decides."""

from __future__ import annotations

from collections import Counter

from kpa_model.declare.form import Choice, Form
from kpa_model.declare.page import Page, Sentence, Stack, Stacks
from kpa_model.declare.setting import setting
from kpa_model.declare.unit import Unit
from kpa_model.lessons.game import cards
from kpa_model.lessons.game.cards import MONTHS, NEEDED, PAID_WHEN, PRICES, OrderCard, PriceLevel
from kpa_model.words import count, hours, round_euros
from kpa_model.workshop.activity import SMALLEST, Activity, Room, Round, activity

NOTHING = "rien"
KEEPING = {"rien": "Ne rien garder", "quart": "Garder un quart", "moitie": "Garder la moitié"}
KEPT_RATES = {"rien": 0, "quart": 250_000, "moitie": 500_000}
"""What each answer keeps of the till, ppm."""

WHOLE = Unit("", 1)
SMALL = "Moins de cinq réponses : le détail reste caché. Dites-le à voix haute, si vous voulez."


@activity("trimestre_choix", "Nos choix du trimestre", "Chacun dit quels devis envoyer, puis comment nous payer.")
class QuarterChoices(Activity):
    """One month of the game of the quarter; alone, the screen of the game does without it."""

    seed: int = setting("tirage", WHOLE, "Le numéro du tirage", default=7, high=999_999)
    month: int = setting("mois", WHOLE, "Le mois du jeu", default=1, low=1, high=MONTHS)

    def rounds(self) -> tuple[Round, ...]:
        """Return the two times of asking."""
        return (Round("prix", "Quels devis, à quel prix ?"), Round("paie", "Comment nous payons-nous ?"))

    def form(self, key: str, room: Room, person: str) -> Form:
        """Ask for a price per order, or for a rule and what stays in the till."""
        if key == "paie":
            asked = (
                Choice("regle", "Quelle règle ?", options=cards.rule_titles()),
                Choice("garder", "Que gardons-nous pour le mois suivant ?", options=KEEPING),
            )
            return Form(asked, title=self.title, intro="Chacun donne son avis. Le groupe décide ensuite.")
        prices = tuple(
            Choice(card.key, card.title, help=_about(card), options=price_options(card)) for card in self._table()
        )
        intro = "Un dé répond pour le client. Plus le prix est haut, plus il refuse."
        return Form(prices, title=self.title, intro=intro)

    def page(self, key: str, room: Room) -> Page:
        """Tell how many chose each option, and what more than half want; nothing under five answers."""
        given = [*room.given(key).values()]
        if not given:
            return (Sentence("Personne n'a encore répondu."),)
        if len(given) < SMALLEST:
            return (Sentence(SMALL),)
        asked = self._asked(key)
        votes = {name: Counter(str(answer.get(name)) for answer in given) for name, _, _ in asked}
        lines = tuple(
            Stack(title, tuple((label, votes[name][option]) for option, label in options.items()))
            for name, title, options in asked
        )
        answered = Sentence(f"{count(len(given), 'réponse')}.", tone="help")
        if key == "paie":
            stacks = tuple(Stacks(line.label, (line,)) for line in lines)
            return (Sentence("Le groupe choisit maintenant sa règle."), *stacks, answered)
        return (*self._wanted(votes, len(given)), Stacks("Ce que chacun propose", lines), answered)

    def chosen(self, key: str, room: Room) -> dict[str, str]:
        """Return question → what the group chose there; a question whose first options are equal is left out.

        A card gets a quote when more than half want one, at the price most chosen. Nothing under five answers.
        """
        given = [*room.given(key).values()]
        if len(given) < SMALLEST:
            return {}
        found = {}
        for name, _, options in self._asked(key):
            counted = Counter(option for answer in given if (option := str(answer.get(name))) in options)
            if key == "prix" and 2 * counted.pop(NOTHING, 0) >= len(given):
                found[name] = NOTHING
            elif len(first := [each for each, times in counted.items() if times == max(counted.values())]) == 1:
                found[name] = first[0]
        return found

    def _table(self) -> tuple[OrderCard, ...]:
        return cards.table(self.seed, self.month)

    def _asked(self, key: str) -> list[tuple[str, str, dict[str, str]]]:
        """Return (name, title, options) of each question of a round."""
        if key == "paie":
            return [("regle", "La règle", dict(cards.rule_titles())), ("garder", "Ce que nous gardons", dict(KEEPING))]
        short = {NOTHING: "Pas de devis", **{level.value: PRICES[level] for level in PriceLevel}}
        return [(card.key, card.title, short) for card in self._table()]

    def _wanted(self, votes: dict[str, Counter[str]], number: int) -> tuple[Sentence, ...]:
        """Return the orders that more than half of the answers want to quote for, one sentence each."""
        wanted = [card.title for card in self._table() if 2 * votes[card.key][NOTHING] < number]
        if not wanted:
            return (Sentence("Aucun devis n'a plus de la moitié des voix.", tone="big"),)
        return tuple(Sentence(f"Plus de la moitié veut ce devis : {title}.", tone="big") for title in wanted)


def _about(card: OrderCard) -> str:
    return f"{hours(card.minutes)} de travail, {round_euros(card.purchases)} d'achats, {PAID_WHEN[card.delay]}."


def price_options(card: OrderCard) -> dict[str, str]:
    """Return value → label of what may be asked for a card, with the chance stated; no quote comes first."""
    prices = {
        level.value: f"{PRICES[level]}, {round_euros(card.prices[level])} : accepté dès le {NEEDED[level]}"
        for level in PriceLevel
    }
    return {NOTHING: "Pas de devis", **prices}
