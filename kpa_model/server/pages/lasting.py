"""Questions open for a few days, before or after the room: which ones, until when, the reminder to paste."""

from __future__ import annotations

from datetime import date

from kpa_model.declare.form import Form
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.server import layout
from kpa_model.server.forms import Typed, fields
from kpa_model.server.pages.control import back
from kpa_model.server.workshop import LiveWorkshop
from kpa_model.words import count, curled, day
from kpa_model.workshop.activity import Activity
from kpa_model.workshop.seat import Person

_STAYS = (
    "L'atelier doit rester ouvert sur cet ordinateur, ou être rouvert chaque jour. "
    "Les réponses restent cachées jusqu'à ce qu'on les montre."
)
Place = tuple[str, str]


def openable(workshop: LiveWorkshop) -> dict[str, Place]:
    """Return the steps whose question may be opened now, step → place: its first round that is not shown yet."""
    found = {}
    for step in workshop.script.steps:
        if step.activity is None or (step.activity.proposes and not workshop.live.proposals):
            continue
        shown = workshop.room(step.key).shown
        wanted = next((each.key for each in step.activity.rounds() if each.key not in shown), None)
        if wanted is not None:
            found[step.key] = (step.key, wanted)
    return found


def opened(workshop: LiveWorkshop) -> list[Place]:
    """Return the questions left open for days, in the order of the script, ended or not."""
    return [at for at in workshop.places if at in workshop.live.asked and workshop.live.asked[at].until]


def answered(workshop: LiveWorkshop) -> bool:
    """Tell whether somebody has already answered a question left open for days."""
    return any(workshop.live.asked[at].answers for at in opened(workshop))


def until(workshop: LiveWorkshop, at: Place) -> str:
    """Return the last day of a question, as it is read: `1er décembre`."""
    return day(date.fromisoformat(workshop.live.asked[at].until)).rpartition(" ")[0]


def _called(workshop: LiveWorkshop, at: Place) -> str:
    """Return the title of the step, and of its round after the first one."""
    step = workshop.script.step(at[0])
    first = step.activity.rounds()[0].key if step.activity else ""
    return step.title if at[1] == first else f"{step.title}, {workshop.round_title(at)}"


# --- the facilitator --------------------------------------------------------------------------------------------------


def host(workshop: LiveWorkshop, token: Html, form: Form, typed: Typed, wrong: dict, address: str) -> Html:  # type: ignore[type-arg]
    """Return the questions to open, those that are, and the reminder."""
    send = tag("div", layout.button(form.send, kind="principal"), cls="gestes")
    return joined(
        back(), tag("h1", form.title), tag("p", form.intro, cls="intro"),
        layout.form("/animation/durer", token, fields(form, typed, wrong), send, novalidate=True, cls="question"),
        _opened(workshop, token), _reminder(workshop, address),
    )  # fmt: skip


def _opened(workshop: LiveWorkshop, token: Html) -> Html | None:
    rows = []
    for at in opened(workshop):
        step = workshop.script.step(at[0])
        given = len(step.activity.current(at[1], workshop.room(at[0]))) if step.activity else 0
        state = f"ouverte jusqu'au {until(workshop, at)} au soir" if workshop.takes(at) else "finie"
        shut = layout.form("/animation/durer", token, layout.button("Fermer", "fermer", "/".join(at)))
        said = tag("span", tag("strong", _called(workshop, at)), f" · {count(given, 'réponse')} · {state}")
        rows.append(tag("li", said, shut))
    return joined(tag("h2", "Les questions laissées ouvertes"), tag("ul", rows, cls="ouvertes")) if rows else None


def _reminder(workshop: LiveWorkshop, address: str) -> Html | None:
    text = reminder(workshop, address)
    if not text:
        return None
    said = tag("textarea", text, rows=9, readonly=True, aria_label="Le rappel à copier")
    return joined(tag("h2", "Le rappel, à copier dans un message"), said, tag("p", _STAYS, cls="aide"))


def reminder(workshop: LiveWorkshop, address: str) -> str:
    """Return a message ready to paste: what is asked, until when, where, what is promised; nothing when nothing is."""
    places = [at for at in opened(workshop) if workshop.takes(at)]
    if not places:
        return ""
    asked = [f"« {_called(workshop, at)} », jusqu'au {until(workshop, at)} au soir" for at in places]
    first = (
        [f"Bonjour. Une question vous attend : {asked[0]}."]
        if len(asked) == 1
        else [f"Bonjour. {len(asked)} questions vous attendent :", *(f"- {each}" for each in asked)]
    )
    code = f"{workshop.code[:3]} {workshop.code[3:]}"
    return curled("\n".join([
        *first,
        f"Ouvrez {address} et tapez le code {code}.",
        "Choisissez le nom que vous voulez. Gardez le même téléphone pour la séance : vos réponses y comptent.",
        _promise([workshop.script.step(step).activity for step, _ in places]),
    ]))  # fmt: skip


def _promise(asked: list[Activity | None]) -> str:
    """Return what is promised of the answers; a question that names people says so itself."""
    if any(getattr(each, "named", False) for each in asked):
        return "Chaque question dit ce qui sera montré."
    return "Les réponses seront montrées ensemble, sans les noms."


# --- a guest ----------------------------------------------------------------------------------------------------------


def to_answer(workshop: LiveWorkshop, person: Person, tablet: bool) -> Html | None:
    """Return the questions that a person may answer now, beside what the room does."""
    rows, here = [], (workshop.live.step, workshop.live.round)
    for at in opened(workshop):
        if at == here or not workshop.takes(at):
            continue
        done = "répondu" if person.id in workshop.live.asked[at].answers else "à répondre"
        state = tag("span", f"{done} · jusqu'au {until(workshop, at)} au soir", cls="etat")
        who = f"&qui={person.id}" if tablet else ""
        where = f"/?etape={at[0]}&tour={at[1]}{who}"
        rows.append(tag("li", tag("a", _called(workshop, at), state, href=where, cls="bouton ligne-question")))
    return joined(tag("h2", "À répondre chez vous"), tag("ul", rows, cls="personnes")) if rows else None
