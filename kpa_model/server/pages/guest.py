"""What a guest reads: welcome, question, waiting, result, and what is kept about her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, definitions, joined, tag
from kpa_model.declare.unit import Refused
from kpa_model.server import forms, layout, parts
from kpa_model.server.guard import TICKET_DIGITS, new_id
from kpa_model.server.names import LONGEST
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.words import day
from kpa_model.workshop.live import Live
from kpa_model.workshop.seat import Asked, Person

_WHO_SEES = (
    "L'écran de la salle montre qui a répondu. Il ne montre pas quoi. "
    "Les réponses y viennent ensemble, quand tout le monde a fini. Une question dit si elle fait exception."
)
_WHAT_IS_KEPT = (
    "Le nom que vous choisissez et vos réponses. Ils restent dans l'ordinateur de l'atelier. "
    "Vous pouvez partir et tout effacer."
)
_TOLD = "Les réponses ont déjà été montrées. Si vous êtes la seule personne à changer, cela se verra."
_CHANGED = "Le texte a changé depuis votre réponse. Lisez-le, puis répondez à nouveau."
_MORE = "Qui voit quoi, et ce qui est gardé"
_SHORT = "On montre vos réponses sans votre nom. Le Wi-Fi n'est pas secret."
_TWICE = (
    "Vous avez répondu chez vous, sur un autre téléphone ?",
    "N'entrez pas ici : vous compteriez deux fois. Demandez un code à la personne qui anime.",
)
_PROMISES = {
    "Ce qu'on vous demande": "Quelques réponses, en même temps que les autres. Vous pouvez ne pas répondre.",
    "Qui voit quoi": _WHO_SEES,
    "Ce qui est gardé": _WHAT_IS_KEPT,
    "Attention": "Le Wi-Fi de la salle n'est pas secret. N'écrivez rien que vous voulez cacher.",
}
_LEAVING = (
    "Vos réponses sont effacées. Votre nom aussi, même dans le compte rendu s'il est écrit. "
    "Un résultat déjà montré n'est plus détaillé. Un papier déjà imprimé ou signé ne change pas."
)


def welcome(
    token: Html, title: str, typed: Mapping[str, str], wrong: Mapping[str, Refused], shared: bool, before: bool = False
) -> Html:
    """Return the page read before being counted; `before` says that some have answered from home."""
    known = bool(typed.get("code")) and "code" not in wrong and not shared
    return joined(
        tag("p", "Bienvenue", cls="surtitre"),
        tag("h1", title),
        tag("p", _SHORT),
        tag("p", tag("strong", _TWICE[0]), " ", _TWICE[1], cls="cadre info") if before and not shared else None,
        layout.form(
            "/entrer",
            token,
            layout.hidden("cle", new_id("c")),
            layout.hidden("code", typed["code"]) if known else _code(typed, wrong),
            _shared_tablet() if shared else _own_phone(typed, wrong),
        ),
        tag("details", tag("summary", _MORE), definitions(_PROMISES.items(), "promesses")),
        tag("p", _other_way(shared)),
        tag("p", tag("a", "J'étais déjà là : reprendre", href="/", cls="lien")) if typed.get("code") else None,
    )


def _code(typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> Html:
    """Return the box of the code; who scanned it does not see it."""
    box = tag(
        "input", id="champ-code", name="code", value=typed.get("code", ""), inputmode="numeric", autocomplete="off",
        maxlength=TICKET_DIGITS + 4, cls="code", aria_describedby="faute-code" if "code" in wrong else None,
        aria_invalid="true" if "code" in wrong else None,
    )  # fmt: skip
    label = tag("label", "Le code écrit sur l'écran", for_="champ-code")
    return tag("div", label, _fault("code", wrong), box, cls="champ")


def _own_phone(typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> Html:
    name = tag(
        "input", id="champ-nom", name="nom", value=typed.get("nom", ""), autocomplete="off", maxlength=2 * LONGEST,
        aria_describedby="faute-nom" if "nom" in wrong else "aide-nom", aria_invalid="true" if "nom" in wrong else None,
    )  # fmt: skip
    return joined(
        tag(
            "div",
            tag("label", "Le nom que vous choisissez", for_="champ-nom"),
            tag("p", "Les autres verront ce nom.", cls="aide", id="aide-nom"),
            _fault("nom", wrong),
            name,
            cls="champ",
        ),
        tag(
            "div",
            layout.button("Entrer", kind="principal"),
            layout.button("Tirer une carte", "carte", "oui"),
            cls="gestes",
        ),
        tag("p", "La carte donne un nom inventé.", cls="aide"),
    )


def _shared_tablet() -> Html:
    return joined(
        layout.hidden("partage", "oui"),
        tag("p", "Cet appareil passera de main en main. Chaque personne y choisira son nom.", cls="aide"),
        tag("div", layout.button("Ouvrir la tablette partagée", kind="principal"), cls="gestes"),
    )


def _other_way(shared: bool) -> Html:
    if shared:
        return tag("a", "Cet appareil est seulement à moi", href="/", cls="lien")
    return tag("a", "Cet appareil sert à plusieurs", href="/?partage=oui", cls="lien")


def _fault(name: str, wrong: Mapping[str, Refused]) -> Html | None:
    if name not in wrong:
        return None
    said = wrong[name]
    return tag("p", tag("strong", said.what), " ", said.todo, cls="faute", id=f"faute-{name}", role="alert")


# --- once inside ------------------------------------------------------------------------------------------------------


def head(workshop: LiveWorkshop, person: Person, tablet: bool) -> Html:
    """Return the top of a page: who one is, how to leave."""
    back = tag("a", "Passer la tablette", href="/", cls="lien") if tablet else None
    mine = tag("a", "Ce qui est gardé", href=f"/moi?qui={person.id}" if tablet else "/moi", cls="lien")
    return tag("header", tag("span", person.name, cls="qui"), tag("nav", back, mine, aria_label="Vous"))


def question(
    token: Html, workshop: LiveWorkshop, form: Form, typed: Mapping[str, str], wrong: Mapping[str, Refused],
    about: Mapping[str, str], again: bool = False,
) -> Html:  # fmt: skip
    """Return the form of a round, `again` when it has changed. `about` holds the hidden fields: who, where, key."""
    at = (about["etape"], about["tour"])
    sent = [layout.hidden(name, value) for name, value in about.items()]
    label = "Changer ma réponse" if about.get("change") else form.send
    return joined(
        tag("p", workshop.title((at[0], "")), cls="surtitre"),
        tag("h1", form.title or workshop.title(at)),
        tag("p", form.intro, cls="intro") if form.intro else None,
        tag("p", _CHANGED, cls="cadre attention") if again else None,
        _again(workshop.live.asked[at]),
        layout.form(
            "/repondre", token, sent, forms.fields(form, typed, wrong),
            tag("div", layout.button(label, kind="principal"), cls="gestes"),
            tag("p", cls="garde", role="status", aria_live="polite"),
            cls="question", novalidate=True,
        ),
    )  # fmt: skip


def _again(asked: Asked) -> Html | None:
    """Return what one should know of this question: until when it is open, whether it was already shown."""
    said = []
    if asked.until:
        last = day(date.fromisoformat(asked.until))
        said.append(tag("p", f"Vous pouvez répondre jusqu'au {last} au soir.", cls="cadre info"))
    if asked.told:
        said.append(tag("p", _TOLD, cls="cadre attention"))
    return joined(said)


def waiting(workshop: LiveWorkshop, answered: bool) -> Html:
    """Return what is read when there is nothing to do: before, between, after."""
    live, step = workshop.live, workshop.step
    if live.ended:
        return joined(tag("h1", "L'atelier est fini"), tag("p", "Merci. Vous pouvez fermer cette page."))
    if step is None:
        soon = ("Nous commençons bientôt.", "Gardez cette page. Elle change toute seule.")
        if any(asked.until for asked in live.asked.values()):  # some answer from home, days before
            soon = ("La séance n'a pas commencé.", "Le jour venu, prenez le même téléphone.")
        when, keep = tag("p", soon[0], cls="grand"), tag("p", soon[1], cls="aide")
        return joined(tag("h1", "Vous êtes dans l'atelier"), when, keep)
    said = tag("p", "Regardez l'écran de la salle.", cls="grand")
    if live.now and not live.now.shown:
        never = not (live.now.open or live.now.answers or live.now.until)
        done = "Écoutez d'abord. La question s'ouvre ensuite." if never else "Cette question est fermée."
        done = "Votre réponse est gardée." if answered else done
        said = joined(tag("p", done, cls="cadre bien" if answered else "cadre info"), said)
    title = workshop.round_title() or step.title
    above = tag("p", step.title, cls="surtitre") if title != step.title else None
    return joined(above, tag("h1", title), said)


def sent(shown: str, change: str, tablet: bool) -> Html:
    """Return what is read after an answer: it is kept, and it can be changed."""
    next_ = tag("a", "Passer la tablette", href="/", cls="bouton principal") if tablet else None
    return joined(
        tag("div", tag("h1", "C'est envoyé"), tag("p", shown), cls="cadre bien", role="status"),
        tag("div", next_, tag("a", "Changer ma réponse", href=change, cls="bouton"), cls="gestes"),
    )


def result(workshop: LiveWorkshop, person: Person) -> Html:
    """Return the result of the round, as on the screen of the room, then what this person alone sees."""
    title = workshop.step.title if workshop.step else ""
    own = workshop.own_result(person.id)
    mine = tag("section", tag("h2", "Pour vous seul·e"), parts.page(own), cls="pour-vous") if own else None
    return joined(
        tag("p", "Ensemble", cls="surtitre"),
        tag("h1", workshop.round_title() or title),
        parts.page(workshop.result()),
        mine,
    )


# --- the shared tablet ------------------------------------------------------------------------------------------------


def hand_over(token: Html, live: Live, people: list[Person], name: Any) -> Html:
    """Return the list of the people of a tablet: each picks her own name, nothing else is shown."""
    answered = live.now.answers if live.now else {}
    rows = []
    for person in people:
        done = "a répondu" if person.id in answered else "n'a pas encore répondu"
        state = tag("span", done if live.now else "", cls="etat")
        rows.append(tag("li", tag("a", person.name, state, href=f"/?qui={person.id}", cls="bouton ligne-personne")))
    return joined(
        tag("p", "Tablette partagée", cls="surtitre"),
        tag("h1", "Qui tient la tablette ?"),
        tag("ul", rows, cls="personnes") if rows else tag("p", "Personne n'est encore inscrit ici."),
        tag("h2", "Une personne de plus"),
        layout.form("/entrer", token, layout.hidden("cle", new_id("c")), name),
    )


def another(typed: Mapping[str, str], wrong: Mapping[str, Refused]) -> Html:
    """Return the fields that add somebody on a tablet."""
    return _own_phone(typed, wrong)


# --- what is kept -----------------------------------------------------------------------------------------------------


def kept(token: Html, person: Person, answers: list[tuple[str, str]]) -> Html:
    """Return what is kept about a person, and how to leave."""
    back = f"/?qui={person.id}" if person.by != "phone" else "/"
    sure = tag("input", type="checkbox", name="sur", value="oui")
    return joined(
        tag("h1", "Ce qui est gardé de vous"),
        definitions([("Votre nom ici", person.name), *answers], "promesses"),
        tag("p", tag("a", "Revenir à l'atelier", href=back, cls="bouton")),
        tag("h2", "Partir et tout effacer"),
        tag("p", _LEAVING),
        layout.form(
            "/partir",
            token,
            layout.hidden("qui", person.id),
            tag("label", sure, tag("span", "Oui, je veux tout effacer"), cls="coche"),
            tag("div", layout.button("Effacer et partir", kind="grave"), cls="gestes"),
        ),
    )


def gone() -> Html:
    """Return what is read after leaving."""
    return joined(
        tag("h1", "Vos réponses sont effacées"),
        tag("p", "Merci d'être venu·e. Vous pouvez fermer cette page."),
        tag("p", tag("a", "Revenir à l'entrée", href="/", cls="bouton")),
    )
