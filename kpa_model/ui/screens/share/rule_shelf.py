"""Around the rule being composed: open another, name it, save it, undo, put it on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, count
from typing import Any

import ipywidgets as widgets

from kpa_model.declare.markup import tag
from kpa_model.errors import Problem, WrongRule
from kpa_model.pay import ready, rule_file
from kpa_model.story.paper import documents as paper
from kpa_model.ui import pieces
from kpa_model.ui.library import (
    chain_in,
    find_again,
    free_title,
    library,
    own_rules,
    put_away,
    read_named,
    rules_away,
    save_rule,
    settled_until,
)
from kpa_model.ui.screens.share.seeking import rule_search
from kpa_model.ui.state import Store, book_of
from kpa_model.words import slug


def rule_shelf(store: Store) -> widgets.VBox:
    """Return the controls around the rule, and a place where they answer."""
    said = pieces.html()
    names = pieces.with_names()
    save = pieces.button("Enregistrer", lambda: _save(store, said), "kpa-primary", said)
    undo = pieces.button("Annuler le changement", lambda: _undo(store, said))
    printed = pieces.button("Préparer le PDF", lambda: _print(store, names.value, said), said=said)

    def show() -> None:
        undo.disabled = not store.can_undo
        said.value = ""  # a paper made before the change is no longer this rule

    store.watch(show)
    return pieces.column(
        pieces.month_bar(store, *_opener(store, said)),
        pieces.row(_title(store), save, pieces.button("Copier", lambda: _copy(store, said), said=said), undo),
        pieces.row(printed, names, _taken_back(store, said)),
        _away(store, said),
        said,
        rule_search(store),
    )


def _opener(store: Store, said: widgets.HTML) -> tuple[widgets.Widget, ...]:
    """Return the list of rules, kept up to date, the button that opens one, and the one that puts one away."""
    rules = widgets.Dropdown(description="Partir d'une règle")

    def show(_: object = None) -> None:
        pieces.fill(rules, [(name, rule.title) for name, rule in library().items()])
        remove.layout.display = "" if rules.value in own_rules() else "none"

    def reopen() -> None:
        store.update(ours=library()[rules.value])
        said.value = pieces.live(tag("p", f"« {store.state.ours.title} » est ouverte."))

    def away() -> None:
        title = library()[rules.value].title
        kept = put_away(rules.value)
        store.refresh()
        said.value = pieces.live(tag("p", f"« {title} » est retirée. Son fichier reste : {kept.name}."))

    remove = pieces.button("Retirer cette règle", away, said=said)
    rules.observe(show, "value")
    store.watch(show)
    return rules, pieces.button("Ouvrir cette règle", reopen, said=said), remove


def _away(store: Store, said: widgets.HTML) -> widgets.Widget:
    """Return the rules put away, when there are some, and the button that brings one back."""
    rules = widgets.Dropdown(description="Règles retirées")

    def back() -> None:
        name = find_again(rules.value)
        title = library()[name].title
        store.refresh()
        said.value = pieces.live(tag("p", f"« {title} » est de nouveau dans la liste."))

    line = pieces.row(rules, pieces.button("Remettre cette règle", back, said=said))

    def show() -> None:
        away = rules_away()
        titles = [rule.title for rule in away.values()]
        told = {name: rule.title if titles.count(rule.title) == 1 else name for name, rule in away.items()}
        pieces.fill(rules, list(told.items()))
        line.layout.display = "" if away else "none"

    store.watch(show)
    return line


def _taken_back(store: Store, said: widgets.HTML) -> widgets.FileUpload:
    """Return what reads a rule file that somebody took away."""
    upload = widgets.FileUpload(accept=".yaml,.yml", multiple=False, description="Reprendre un fichier de règle")

    def read(change: Mapping[str, Any]) -> None:
        for given in change["new"]:
            text = bytes(given["content"]).decode("utf-8", "replace")
            store.update(ours=rule_file.loads(text, f"Fichier {given['name']}"))
            said.value = pieces.live(tag("p", f"« {store.state.ours.title} » est ouverte."))

    upload.observe(lambda change: pieces.guarded(said, lambda: read(change)), "value")
    return upload


def _title(store: Store) -> widgets.Text:
    title = widgets.Text(value=store.state.ours.title, description="Nom de la règle", continuous_update=False)

    def rename(change: dict[str, str]) -> None:
        if change["new"].strip() != store.state.ours.title:
            store.update(ours=replace(store.state.ours, title=change["new"].strip()))

    def show() -> None:
        if title.value.strip() != store.state.ours.title:
            title.value = store.state.ours.title

    title.observe(rename, "value")
    store.watch(show)
    return title


def _save(store: Store, said: widgets.HTML) -> None:
    rule = store.state.ours
    name = _free_name(rule.title)
    replaces = name in library() and library()[name] != rule
    path = save_rule(rule, name)
    store.refresh()
    link = pieces.download("Prendre le fichier", path.name, path.read_bytes(), "application/yaml")
    before = "Elle remplace celle du même nom. " if replaces else ""
    said.value = pieces.live(tag("p", f"« {rule.title} » est enregistrée. {before}", link))


def _copy(store: Store, said: widgets.HTML) -> None:
    """Go on with a copy, under a name that no rule bears: the first one stays as it is."""
    store.update(ours=replace(store.state.ours, title=free_title(f"{store.state.ours.title}, copie")))
    said.value = pieces.live(tag("p", f"Vous composez « {store.state.ours.title} ». Enregistrez pour la garder."))


def _free_name(title: str) -> str:
    """Return the file name of a title: the same rule again, or a name nobody has. Raises WrongRule."""
    name = slug(title)
    if not any(letter.isalnum() for letter in title) or name == slug(""):
        raise WrongRule(Problem("Nom de la règle", "il est vide.", "Écrivez un nom, puis enregistrez."))
    if name in ready.ready_rules():
        todo = f"Ajoutez un mot, par exemple « {title}, notre essai »."
        raise WrongRule(Problem("Nom de la règle", "c'est déjà le nom d'une règle prête.", todo))
    tried = chain([name], (f"{name}_{at}" for at in count(2)))
    return next(each for each in tried if each not in library() or library()[each].title == title)


def _undo(store: Store, said: widgets.HTML) -> None:
    said.value = pieces.live(
        tag("p", "Le dernier changement est annulé.") if store.undo() else tag("p", "Rien à annuler.")
    )


def _print(store: Store, names: bool, said: widgets.HTML) -> None:
    state, book = store.state, book_of(store.state)
    settled = settled_until(book, state.ours, state.month)[-1:]
    money = [each for each in chain_in(book) if str(each.month) == state.month]
    from kpa_model.figures import paper as pen  # late: matplotlib takes half a second

    notes = read_named(state.book)[1]
    content = paper.rule_paper(book, state.ours, settled, money, pen=pen, names=names, notes=notes)
    link = pieces.download("Prendre le PDF", f"{slug(state.ours.title)}.pdf", content, "application/pdf")
    said.value = pieces.live(tag("p", "Le document est prêt. ", link))
