"""Our rule: compose it, hear it, see what it does, keep it, print it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import ipywidgets as widgets

from kpa_model.declare.markup import Html, items, joined, tag
from kpa_model.figures.bars import AmountBar, bars
from kpa_model.pay.advice import advice
from kpa_model.pay.crossed import crossings, crossings_told
from kpa_model.pay.engine import Settlement
from kpa_model.pay.promise import Promise, known_promises
from kpa_model.pay.rule import MOST_QUARTERS, Trial
from kpa_model.pay.step import known_steps
from kpa_model.story.pay.comparison import compare
from kpa_model.ui import pieces
from kpa_model.ui.editor import PROMISE_WORDS, STEP_WORDS, ListEditor
from kpa_model.ui.library import library, settled_until
from kpa_model.ui.screens.share.balance import balance
from kpa_model.ui.screens.share.rule_shelf import rule_shelf
from kpa_model.ui.state import Store, book_of
from kpa_model.words import count, euros


@pieces.framed
def our_rule(store: Store) -> widgets.Widget:
    """Show the editor beside the rule read aloud and its result."""
    title = tag("h3", "Les étapes, dans l'ordre", id="kpa-etapes", tabindex="-1")
    title = pieces.html(title + _jump("kpa-resultat", "Voir ce que cela donne"))
    left = pieces.column(title, steps_editor(store), _promises(store), _trial(store))
    right = pieces.column(_result(store), _aloud(store))
    both = widgets.HBox([left, right])
    both.add_class("kpa-two")
    return pieces.column(rule_shelf(store), both, _summary(store))


def _summary(store: Store) -> widgets.HTML:
    """Return the result on one line, that stays in sight on a phone while one changes a setting."""
    line = pieces.html(kind="kpa-summary")

    def show() -> None:
        settled = settled_until(book_of(store.state), store.state.ours, store.state.month)[-1]
        paid = settled.pay[settled.month.paid]
        ends = f"de {euros(int(paid.min()))} à {euros(int(paid.max()))}" if paid.size else "personne à payer"
        left = int(settled.closing.pot)
        rest = f"il manque {euros(-left)}" if left < 0 else f"il reste {euros(left)}"
        broken = f" ✕ {count(len(settled.broken()), 'promesse')}." if settled.broken() else ""
        line.value = tag("p", tag("strong", f"Ensemble {euros(int(settled.pay.sum()))}"), f", {ends}, {rest}.{broken}")

    pieces.follow(store, line, show)
    return line


def steps_editor(store: Store) -> ListEditor:
    """Return the editor of the steps of our rule."""
    book = book_of(store.state)
    editor = ListEditor(
        "etapes",
        known_steps(),
        STEP_WORDS,
        lambda steps, gesture: store.update(gesture, ours=store.state.ours.recomposed(steps)),
        [member.name for member in book.members],
    )
    store.watch(lambda: editor.show(store.state.ours.steps))
    return editor


def _promises(store: Store) -> widgets.VBox:
    editor = ListEditor(
        "promesses",
        known_promises(),
        PROMISE_WORDS,
        lambda promises, gesture: store.update(gesture, ours=replace(store.state.ours, promises=promises)),
    )
    store.watch(lambda: editor.show(store.state.ours.promises))
    return pieces.column(pieces.html(tag("h3", "Nos promesses")), editor, _promised(store))


def _promised(store: Store) -> widgets.Widget:
    """Return the button that makes a promise of each limit that a later step breaks: then it is checked every month."""

    def broken() -> list[Promise]:
        settled = settled_until(book_of(store.state), store.state.ours, store.state.month)[-1]
        return [each.claim for each in crossings(settled) if each.claim not in store.state.ours.promises]

    def keep() -> None:
        ours = store.state.ours
        store.update(ours=replace(ours, promises=(*ours.promises, *broken())))

    button = pieces.button("Faire une promesse de la limite dépassée", keep)
    store.watch(lambda: setattr(button.layout, "display", "" if broken() else "none"))
    return button


def _trial(store: Store) -> widgets.VBox:
    """Return the two settings of the trial."""
    trial = store.state.ours.trial or Trial()
    lengths = [(str(n), count(n, "trimestre")) for n in range(1, MOST_QUARTERS + 1)]
    quarters = pieces.choice("Durée de l'essai", lengths, str(trial.quarters))
    review = widgets.DatePicker(description="On en reparle le", value=trial.review_on)

    def keep(_: object) -> None:
        when = review.value if isinstance(review.value, date) else None
        store.update(ours=replace(store.state.ours, trial=Trial(int(quarters.value), when)))

    def show() -> None:
        now = store.state.ours.trial or Trial()
        if (quarters.value, review.value) != (str(now.quarters), now.review_on):
            for each in (quarters, review):
                each.unobserve_all("value")
            quarters.value, review.value = str(now.quarters), now.review_on
            for each in (quarters, review):
                each.observe(keep, "value")

    quarters.observe(keep, "value")
    review.observe(keep, "value")
    store.watch(show)
    return pieces.column(pieces.html(tag("h3", "L'essai")), quarters, review)


def _result(store: Store) -> widgets.HTML:
    picture = pieces.html()

    def show() -> None:
        state = store.state
        lived = settled_until(book_of(state), state.ours, state.month)
        ours = lived[-1:]
        today = settled_until(book_of(state), library()[state.today], state.month)[-1:]
        view = compare([today, ours])[1]
        rows = [AmountBar(each.name, each.cents, each.change, each.minutes) for each in view.people]
        picture.value = joined(
            tag("h3", "Ce que cela donne", id="kpa-resultat", tabindex="-1"),
            _jump("kpa-etapes", "Revenir aux étapes"),
            pieces.live(pieces.sentences(view.sentences) + _warnings(ours[0], crossings_told(lived))),
            bars("Coût total par personne", rows, total="Ensemble"),
            balance(view.balance),
            tag(
                "p",
                f"Le trait et la flèche comparent à la règle de départ : {library()[state.today].title}.",
                cls="kpa-help",
            ),
        )

    pieces.follow(store, picture, show)
    return picture


def _jump(to: str, label: str) -> Html:
    """Return a link that only small screens show: there, the result lies far below the steps."""
    return tag("p", tag("a", label, href=f"#{to}"), cls="kpa-jump")


def _warnings(settled: Settlement, crossed: tuple[str, ...]) -> Html:
    """Return promises with their verdict, what is missing, and advice on the rule."""
    said = [f"Il manque {euros(int(settled.missing))} dans l'enveloppe."] if settled.missing else []
    verdicts = []
    for promise in settled.rule.promises:
        kept = bool(promise.kept(settled).all())
        kind, sign = ("kpa-kept", "✓ Tenu") if kept else ("kpa-broken", "✕ Non tenu")
        told = f" {promise.says()} {promise.verdict(settled)}"
        verdicts.append(tag("li", tag("strong", sign), told, cls=kind))
    advised = items([*said, *crossed, *advice(settled.rule, settled.month)])
    return joined(
        tag("ul", verdicts, cls="kpa-promises") if verdicts else None,
        tag("div", tag("p", tag("strong", "À savoir")), advised, cls="kpa-warning") if advised else None,
    )


def _aloud(store: Store) -> widgets.HTML:
    text = pieces.html()

    def show() -> None:
        listed = items(store.state.ours.read_aloud(), "ol", "kpa-aloud")
        text.value = joined(tag("h3", "La règle, à lire à voix haute"), listed)

    pieces.follow(store, text, show)
    return text
