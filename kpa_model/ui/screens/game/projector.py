"""The game of the quarter on the projector: one question at a time, few controls, big amounts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.declare.unit import HOURS
from kpa_model.lessons.game import cards
from kpa_model.lessons.game.activity import KEEPING, KEPT_RATES, NOTHING, price_options
from kpa_model.lessons.game.play import pot
from kpa_model.lessons.game.quarter import Phase, Quarter
from kpa_model.story.lessons import game_pay
from kpa_model.ui import pieces
from kpa_model.ui.screens.game import view
from kpa_model.ui.screens.game.phones import phones_button
from kpa_model.ui.screens.game.table import GameTable
from kpa_model.ui.screens.share.in_hand_parts import amount_text, typed_cents
from kpa_model.ui.state import Store
from kpa_model.words import hours, of, round_euros

EFFORTS = (("0", "Pas ce mois-ci"), ("1", "Un peu"), ("2", "Beaucoup"))
PAPER = tag(
    "p",
    "Sur les téléphones : ouvrez l'atelier, déroulé « Le jeu du trimestre ». "
    "Chacun vote, montrez les votes, puis prenez ici le choix du groupe. Sur papier : imprimez les cartes, plus bas.",
    cls="kpa-help",
)


@pieces.framed
def quarter_game(store: Store) -> widgets.Widget:
    """Play three months: quote, work, pay."""
    return _Game(store).widget()


class _Game:
    """The screen of the game; what changes at each turn is in `area`."""

    def __init__(self, store: Store) -> None:
        self.store, self.table = store, GameTable()
        self.head, self.said, self.area = pieces.html(), pieces.html(), pieces.column()
        self.seed = widgets.BoundedIntText(description="Numéro du tirage", value=self.table.seed, min=0, max=999_999)

    def widget(self) -> widgets.Widget:
        """Return the head, the turn, and the way back."""
        self._show()
        back = pieces.button("Reprendre le dernier coup", self._undo, said=self.said)
        again = pieces.button("Recommencer avec ce tirage", self._start, said=self.said)
        fold = pieces.fold("Recommencer une partie", self.seed, again)
        box = pieces.column(self.head, self.area, self.said, pieces.row(back), fold, pieces.html(PAPER))
        box.add_class("kpa-game")
        return box

    def _show(self) -> None:
        game = self.table.game()
        draw = {Phase.QUOTE: self._quotes, Phase.WORK: self._work, Phase.PAY: self._pay, Phase.END: self._end}
        self.area.children = draw[game.phase](game)
        self.head.value = view.head(game)  # after what one presses: who reads the month finds its own quotes

    def _played(self, *turns: dict[str, object]) -> None:
        """Play, redraw, and let the debrief redraw too."""
        self.said.value = ""
        self.table.play(*turns)
        self._show()
        self.store.refresh()

    def _undo(self) -> None:
        self.table.undo()
        self._show()
        self.store.refresh()

    def _start(self) -> None:
        self.table.start(self.seed.value)
        self._show()
        self.store.refresh()

    def _quotes(self, game: Quarter) -> Sequence[widgets.Widget]:
        """Ask for a price per card, and say what it would take."""
        dealt = cards.table(game.seed, game.month)
        asked = {card: pieces.choice(f"Devis : {card.title}", price_options(card), NOTHING) for card in dealt}
        cells = [pieces.column(pieces.html(view.order_card(card)), box) for card, box in asked.items()]
        shown = pieces.row(*cells)
        shown.add_class("kpa-game-cards")
        told = pieces.html()

        def tell() -> None:
            chosen = [card for card, box in asked.items() if box.value != NOTHING]
            team = sum(person.minutes for person in game.setup.people) + game.bonus
            told.value = pieces.live(
                tag(
                    "p",
                    "Ces devis demandent ",
                    HOURS.show(sum(card.minutes for card in chosen)),
                    ". L'équipe a ",
                    HOURS.show(team),
                    f". Achats : {round_euros(sum(card.purchases for card in chosen))}.",
                )
            )

        for box in asked.values():
            box.observe(lambda _: tell(), "value")
        tell()

        def send() -> None:
            prices = {card.key: box.value for card, box in asked.items() if box.value != NOTHING}
            self._played({"tour": "devis", "prix": prices})

        before = view.happened(game, len(game.records) - 2) if game.month > 1 else ""
        fold = tag("details", tag("summary", "Le mois d'avant"), before) if before else ""
        return (
            *([pieces.html(fold)] if fold else []), shown, told,
            pieces.row(
                pieces.button("Envoyer les devis", send, "kpa-primary", self.said),
                phones_button(game, "prix", {card.key: box for card, box in asked.items()}, self.said),
            ),
        )  # fmt: skip

    def _work(self, game: Quarter) -> Sequence[widgets.Widget]:
        """Say what customers answered, ask who works, let people put money in ours or take it back."""
        asked = {name: pieces.choice(f"Temps {of(name)}", EFFORTS, "1") for name in game.setup.names}
        who = pieces.choice("Qui", [(name, name) for name in game.setup.names], game.setup.names[0])
        amount = amount_text("Combien")

        def move(sign: int) -> None:
            self._played({"tour": "bourse", "qui": who.value, "centimes": sign * typed_cents(amount)})

        def work() -> None:
            self._played({"tour": "travail", "efforts": {name: int(box.value) for name, box in asked.items()}})

        purse = pieces.row(
            who, amount,
            pieces.button("Mettre dans la caisse", partial(move, 1), said=self.said),
            pieces.button("Reprendre de la caisse", partial(move, -1), said=self.said),
        )  # fmt: skip
        return (
            pieces.html(view.happened(game, -1) + self._needs(game)), pieces.row(*asked.values()), purse,
            pieces.row(pieces.button("Au travail", work, "kpa-primary", self.said)),
        )  # fmt: skip

    def _needs(self, game: Quarter) -> str:
        """Return what the accepted work needs, and a warning when the till is short."""
        known = cards.order_cards()
        accepted = [known[answer.card] for answer in game.now.answers if answer.accepted]
        if not accepted:
            return tag("p", "Aucun client n'a dit oui ce mois-ci.")
        cash, time = sum(card.purchases for card in accepted), sum(card.minutes for card in accepted)
        said = tag("p", f"Travail accepté : {hours(time)}, et {round_euros(cash)} d'achats à payer maintenant.")
        if cash > game.till:
            short = round_euros(cash - game.till)
            said += tag(
                "p", "Il manque ", short, " en caisse. Sans cela, un travail ne se fera pas.", cls="kpa-warning"
            )
        return said

    def _pay(self, game: Quarter) -> Sequence[widgets.Widget]:
        """Say what happened, ask for a rule and for what stays."""
        rule = pieces.choice("Notre règle", cards.rule_titles(), cards.FIRST_RULE)
        keep = pieces.choice("Pour le mois suivant", KEEPING, "rien")
        shown = pieces.html()

        def tell() -> None:
            costs = game_pay.amounts(rule.value, game, pot(game, KEPT_RATES[keep.value]))
            shown.value = view.pay_table(game.setup.names, costs, game.setup.net_rate)

        for box in (rule, keep):
            box.observe(lambda _: pieces.guarded(shown, tell), "value")
        tell()

        def pay() -> None:
            self._played({"tour": "paie", "regle": rule.value, "garder": KEPT_RATES[keep.value]})

        return (
            pieces.html(view.happened(game, -1)), pieces.row(rule, keep), shown,
            pieces.row(
                pieces.button("Payer, et finir le mois", pay, "kpa-primary", self.said),
                phones_button(game, "paie", {"regle": rule, "garder": keep}, self.said),
            ),
        )  # fmt: skip

    def _end(self, game: Quarter) -> Sequence[widgets.Widget]:
        """Send to the talk."""
        return (
            pieces.html(tag("p", "Trois mois sont passés. La suite compte le plus : parlez-en.", cls="kpa-success")),
        )
