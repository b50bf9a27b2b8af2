"""What the facilitator reads about people: who answers how, paper typed in, somebody erased."""

from __future__ import annotations

from typing import Any

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, table, tag, wide
from kpa_model.declare.unit import Refused
from kpa_model.server import forms, layout
from kpa_model.server.forms import Typed
from kpa_model.server.guard import new_id
from kpa_model.server.pages.control import back
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.words import listing, of
from kpa_model.workshop.seat import PAPER, PHONE, TABLET, Person

BY = {PHONE: "téléphone", TABLET: "tablette", PAPER: "papier"}
HIDE = "Masquez le projecteur avant de taper. Ne montrez jamais la réponse d'une personne."
_CORRECTED = "Voici la réponse déjà tapée. Corrigez-la avec le papier sous les yeux."
_INSTEAD = "Cette personne a déjà répondu sur un appareil. Ce que vous tapez remplacera sa réponse."
_TWICE = (
    "Une personne compte deux fois ? Retirez sa ligne en trop. "
    "Puis, sur l'autre ligne, « Un autre téléphone » lui rend sa place et ses réponses."
)
_PAPER_HELP = "Elle répond sur le papier. Vous tapez sa réponse ici. Elle peut aussi prendre la tablette partagée."


def people(workshop: LiveWorkshop, token: Html, typed: str, wrong: Refused | None, address: str) -> Html:
    """Return who is there, how each answers, and what can be done for each."""
    live = workshop.live
    answered = workshop.current()
    rows = [
        _person(person, person.id in answered, bool(live.now and not live.now.shown), token)
        for person in sorted(live.people.values(), key=lambda each: bool(live.now) and each.id in answered)
    ]
    caption, heads = "Les personnes de l'atelier", ("Nom", "Répond par", "Maintenant", "Gestes")
    entry = ("fermer_entree", "Fermer l'entrée") if live.entry else ("ouvrir_entree", "Ouvrir l'entrée")
    fault = (
        tag("p", tag("strong", wrong.what), " ", wrong.todo, cls="faute", id="faute-nom", role="alert")
        if wrong
        else None
    )
    add = layout.button("Ajouter", "geste", "ajouter", "principal")
    box = tag("input", id="champ-nom", name="nom", value=typed, autocomplete="off", maxlength=60)
    return joined(
        back(), tag("h1", "Personnes et papier"),
        wide(table(caption, heads, rows), caption) if rows else tag("p", "Personne n'est encore entré."),
        _several() if rows else None,
        tag("h2", "Une personne sans téléphone"),
        tag("p", _PAPER_HELP, cls="aide"),
        layout.form(
            "/animation/personnes", token, layout.hidden("cle", new_id("c")),
            tag("div", tag("label", "Son nom ici", for_="champ-nom"), fault, box, cls="champ"),
            tag("div", add, layout.button("Tirer une carte", "geste", "carte"), cls="gestes"),
        ),
        tag("h2", "Une tablette partagée"),
        tag("p", f"Sur la tablette, ouvrez {address} puis « Cet appareil sert à plusieurs ».", cls="aide"),
        tag("h2", "L'entrée"),
        tag("p", "Fermer l'entrée ferme aussi la tablette. Vous pouvez encore ajouter une personne ici.", cls="aide"),
        layout.form(
            "/animation/geste", token, layout.button(entry[1], "geste", entry[0]),
            layout.button("Changer le code", "geste", "code"), cls="gestes",
        ),
    )  # fmt: skip


def _several() -> Html:
    """Return how to take out the lines ticked, and what to do of somebody who came in twice."""
    take = layout.button("Retirer les personnes cochées")
    form = tag("form", take, id="retirer", method="get", action="/animation/retirer", cls="gestes")
    return joined(form, tag("p", _TWICE, cls="aide"))


def _person(person: Person, done: bool, asks: bool, token: Html) -> tuple[Any, ...]:
    now = "a répondu" if done else "pas encore" if asks else ""
    label = "Corriger sa réponse" if done and person.by == PAPER else "Taper sa réponse"
    paper = tag("a", label, href=f"/animation/papier?qui={person.id}", cls="bouton") if asks else None
    change = layout.form(
        "/animation/remplacer", token, layout.hidden("qui", person.id), layout.button("Un autre téléphone")
    )
    tick = tag("input", type="checkbox", name="qui", value=person.id, form="retirer")
    erase = tag("label", tick, tag("span", "Retirer"), cls="coche")
    by = BY.get(person.by, person.by)
    return person.name, by, now, tag("div", paper, change, erase, cls="gestes petits")


def replaced(person: Person, code: str, address: str) -> Html:
    """Return the code by which somebody goes on with another phone."""
    half = len(code) // 2
    return joined(
        tag("p", tag("a", "Revenir aux personnes", href="/animation/personnes", cls="bouton")),
        tag("h1", f"Un autre téléphone pour {person.name}"),
        tag("p", "Sur l'autre téléphone, ouvrez ", tag("strong", address), "."),
        tag("p", "Tapez ce code à la place du code de l'écran :"),
        tag("p", tag("strong", f"{code[:half]}\u00a0{code[half:]}"), cls="code"),
        tag("p", "Il sert une fois, pendant dix minutes. L'ancien téléphone n'ouvrira plus rien.", cls="aide"),
    )


def paper(
    token: Html, person: Person, at: tuple[str, str], form: Form, typed: Typed, wrong: dict[str, Refused],
    again: bool = False,
) -> Html:  # fmt: skip
    """Return the form typed for somebody who answered on paper, or typed `again`."""
    said = _CORRECTED if person.by == PAPER else _INSTEAD
    about = [layout.hidden(name, value) for name, value in (("qui", person.id), ("etape", at[0]), ("tour", at[1]))]
    return joined(
        tag("p", tag("a", "Revenir aux personnes", href="/animation/personnes", cls="bouton")),
        tag("h1", f"Réponse {of(person.name)}"),
        tag("p", HIDE, cls="cadre attention"),
        tag("p", said, cls="cadre info") if again else None,
        tag("h2", form.title) if form.title else None,
        layout.form(
            "/animation/papier", token, about, forms.fields(form, typed, wrong),
            tag("div", layout.button("Garder sa réponse", kind="principal"), cls="gestes"),
            novalidate=True, cls="question",
        ),
    )  # fmt: skip


def remove(token: Html, found: list[Person]) -> Html:
    """Return the question asked before people are erased."""
    return joined(
        tag("h1", f"Retirer {listing([each.name for each in found])} ?"),
        tag("p", "Le nom et les réponses sont effacés, même dans le compte rendu s'il est écrit."),
        tag("p", "Cela ne se défait pas."),
        tag("p", "Un résultat déjà montré n'est plus détaillé. Un papier déjà imprimé ou signé ne change pas."),
        layout.form(
            "/animation/retirer", token, [layout.hidden("qui", each.id) for each in found],
            tag("div", layout.button("Effacer pour toujours", kind="grave"),
                tag("a", "Ne rien changer", href="/animation/personnes", cls="bouton principal"), cls="gestes"),
        ),
    )  # fmt: skip
