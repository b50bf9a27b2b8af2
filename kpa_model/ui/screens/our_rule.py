"""Our rule: compose it, hear it, see what it does, keep it, print it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape

import ipywidgets as widgets

from kpa_model.errors import Problem, WrongRule
from kpa_model.figures.bars import Bar, bars
from kpa_model.pay.advice import advice
from kpa_model.pay.engine import Settlement
from kpa_model.pay.promise import known_promises
from kpa_model.pay.rule import Trial
from kpa_model.pay.step import known_steps
from kpa_model.story import paper
from kpa_model.story.comparison import compare
from kpa_model.ui import pieces
from kpa_model.ui.editor import PROMISE_WORDS, STEP_WORDS, ListEditor
from kpa_model.ui.state import (
    Store,
    chain_of_named,
    library,
    read_named,
    save_rule,
    settled_until,
)
from kpa_model.words import euros, slug


@pieces.framed
def our_rule(store: Store) -> widgets.Widget:
    """Show the editor beside the rule read aloud and its result."""
    left = pieces.column(pieces.html("<h3>Les étapes, dans l'ordre</h3>"), _steps(store), _promises(store), _trial(store))
    right = pieces.column(_result(store), _aloud(store))
    both = widgets.HBox([left, right])
    both.add_class("kpa-two")
    return pieces.column(_shelf(store), both)


def _steps(store: Store) -> ListEditor:
    book, _ = read_named(store.state.book)
    editor = ListEditor(
        "etapes",
        known_steps(),
        STEP_WORDS,
        lambda steps: store.update(ours=replace(store.state.ours, steps=steps)),
        [member.name for member in book.members],
    )
    store.watch(lambda: editor.show(store.state.ours.steps))
    return editor


def _promises(store: Store) -> widgets.VBox:
    editor = ListEditor(
        "promesses",
        known_promises(),
        PROMISE_WORDS,
        lambda promises: store.update(ours=replace(store.state.ours, promises=promises)),
    )
    store.watch(lambda: editor.show(store.state.ours.promises))
    return pieces.column(pieces.html("<h3>Nos promesses</h3>"), editor)


def _trial(store: Store) -> widgets.VBox:
    """Return the two settings of the trial."""
    trial = store.state.ours.trial or Trial()
    quarters = pieces.choice("Durée de l'essai", [(str(n), f"{n} trimestre{'s' if n > 1 else ''}") for n in range(1, 5)], str(trial.quarters))
    review = widgets.DatePicker(description="On en reparle le", value=trial.review_on)

    def keep(_: object) -> None:
        when = review.value if isinstance(review.value, date) else None
        store.update(ours=replace(store.state.ours, trial=Trial(int(quarters.value), when)))

    quarters.observe(keep, "value")
    review.observe(keep, "value")
    return pieces.column(pieces.html("<h3>L'essai</h3>"), quarters, review)


def _result(store: Store) -> widgets.HTML:
    picture = pieces.html()

    def show() -> None:
        state = store.state
        ours = settled_until(state.book, state.ours, state.month)[-1:]
        today = settled_until(state.book, library()[state.today], state.month)[-1:]
        view = compare([today, ours])[1]
        rows = [Bar(each.name, each.cents, each.change, each.minutes) for each in view.people]
        picture.value = (
            "<h3>Ce que cela donne</h3>"
            + pieces.live(pieces.sentences(view.sentences) + _warnings(ours[0]))
            + bars("Coût total par personne", rows, total="Ensemble")
            + f"<p class='kpa-help'>Le trait et la flèche comparent à la règle d'aujourd'hui : {escape(library()[state.today].title)}.</p>"
        )

    store.watch(show)
    return picture


def _warnings(settled: Settlement) -> str:
    """Return promises with their verdict, what is missing, and advice on the rule."""
    said = [f"Il manque {euros(int(settled.missing))} dans l'enveloppe."] if settled.missing else []
    items = []
    for promise in settled.rule.promises:
        kept = bool(promise.kept(settled).all())
        kind, sign = ("kpa-kept", "✓ Tenu") if kept else ("kpa-broken", "✕ Non tenu")
        items.append(
            f'<li class="{kind}"><strong>{sign}</strong> {escape(promise.says())} {escape(promise.verdict(settled))}</li>'
        )
    kept_list = f'<ul class="kpa-promises">{"".join(items)}</ul>' if items else ""
    advised = [*said, *advice(settled.rule, settled.month)]
    box = "".join(f"<li>{escape(each)}</li>" for each in advised)
    return kept_list + (f'<div class="kpa-warning"><p><strong>À savoir</strong></p><ul>{box}</ul></div>' if box else "")


def _aloud(store: Store) -> widgets.HTML:
    text = pieces.html()

    def show() -> None:
        items = "".join(f"<li>{escape(said)}</li>" for said in store.state.ours.read_aloud())
        text.value = f'<h3>La règle, à lire à voix haute</h3><ol class="kpa-aloud">{items}</ol>'

    store.watch(show)
    return text


def _shelf(store: Store) -> widgets.VBox:
    """Return what opens, names, saves, undoes and prints a rule."""
    said = pieces.html()
    title = widgets.Text(value=store.state.ours.title, description="Nom de la règle", continuous_update=False)
    ready = pieces.choice("Partir d'une règle", [(name, rule.title) for name, rule in library().items()], next(iter(library())))
    undo = pieces.button("Annuler le changement", lambda: _undo(store, said))

    def rename(change: dict[str, str]) -> None:
        if change["new"].strip() != store.state.ours.title:
            store.update(ours=replace(store.state.ours, title=change["new"].strip()))

    def reopen() -> None:
        store.update(ours=library()[ready.value])
        said.value = pieces.live(f"<p>« {escape(store.state.ours.title)} » est ouverte.</p>")

    def keep() -> None:
        rule = store.state.ours
        if not rule.title:
            raise WrongRule(Problem("Nom de la règle", "il est vide.", "Écrivez un nom, puis enregistrez."))
        path = save_rule(rule, slug(rule.title))
        text = path.read_bytes()
        link = pieces.download("Prendre le fichier", path.name, text, "application/yaml")
        said.value = pieces.live(f"<p>Enregistrée sous « {escape(path.stem)} ». {link}</p>")
        _show_options()

    def print_it() -> None:
        state = store.state
        book, _ = read_named(state.book)
        settled = settled_until(state.book, state.ours, state.month)[-1:]
        money = [each for each in chain_of_named(state.book) if str(each.month) == state.month]
        content = paper.rule_paper(book, state.ours, settled, money)
        link = pieces.download("Prendre le PDF", f"{slug(state.ours.title)}.pdf", content, "application/pdf")
        said.value = pieces.live(f"<p>Le document est prêt. {link}</p>")

    def _show_options() -> None:
        chosen = ready.value
        ready.options = [(rule.title, name) for name, rule in library().items()]
        ready.value = chosen

    def show() -> None:
        undo.disabled = not store.can_undo
        if title.value.strip() != store.state.ours.title:
            title.value = store.state.ours.title

    title.observe(rename, "value")
    store.watch(show)
    return pieces.column(
        pieces.month_bar(store, ready, pieces.button("Ouvrir cette règle", reopen, said=said)),
        pieces.row(
            title,
            pieces.button("Enregistrer", keep, "kpa-primary", said),
            undo,
            pieces.button("Préparer le PDF", print_it, said=said),
        ),
        said,
    )


def _undo(store: Store, said: widgets.HTML) -> None:
    said.value = pieces.live("<p>Le dernier changement est annulé.</p>" if store.undo() else "<p>Rien à annuler.</p>")

