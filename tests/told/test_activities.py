"""Everything an activity shows, word for word: what is asked, what the room and each person read, round after round."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from kpa_model.decision import activities as package
from kpa_model.declare.setting import ChoiceSetting, YesNo, settings_of
from kpa_model.workshop.activity import HOST, Activity, Room, known_activities
from kpa_model.workshop.proposal import Proposal
from tests.contract.activities import FACTS, played
from tests.told.golden import Golden, of_data, of_page

for _module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"{package.__name__}.{_module.name}")

OURS = {name: cls for name, cls in known_activities().items() if cls.__module__.startswith(package.__name__)}
GROUPS = [(number, seed) for number in (0, 1, 4, 5, 6, 12) for seed in (1, 2)]
WEEKS = [
    {**FACTS, "lundi": monday, "under_way": [{"order": "C1", "label": "Un buffet"}]}
    for monday in ("2027-03-29", "2027-06-14", "2027-05-31")
]
TEXT = Proposal(words="Nous partageons selon les heures.", trial_ends="2027-06-30")


def asked(one: Activity, key: str, room: Room) -> Iterator[str]:
    """Yield what is asked in a round: of the room, of one person, of the facilitator."""
    yield f"-- {key}"
    yield from of_page(one.asked(key, room))
    yield from of_data(one.form(key, room, "p0"))
    if host := one.host_form(key, room):
        yield from of_data(host)


def answered(one: Activity, key: str, room: Room) -> Iterator[str]:
    """Yield what the answers of a round say: to the room, to one person, to the record."""
    page, kept = one.page(key, room), one.kept_page(key, room)
    yield from of_page(page)
    yield from (f"p0 : {line}" for line in of_page(one.own_page(key, room, "p0")))
    yield from (f"compte rendu : {line}" for line in of_page(() if kept == page else kept))


def whole(one: Activity, room: Room) -> Iterator[str]:
    """Yield everything that an activity says of a room."""
    for each in one.rounds():
        yield from asked(one, each.key, room)
        yield from answered(one, each.key, room)
    yield f"obtenu : {one.obtained(room)} · en tête : {one.leading(room)} · dernier tour : {one.last_round(room)}"
    yield f"objections : {one.objections(room)} · réserves : {one.concerns(room)} · semaine : {one.agreed_week(room)}"


def without(room: Room, person: str, facts: Mapping[str, Any] = FACTS) -> Room:
    """Return the room where one person never answered."""
    given = {key: {who: each for who, each in all_.items() if who != person} for key, all_ in room.answers.items()}
    return replace(room, answers=given, facts=facts)


def other_ways(cls: type[Activity]) -> Iterator[tuple[str, Any]]:
    """Yield each yes or no the other way, and each choice that is not the usual one."""
    for at, each in settings_of(cls).items():
        values = each.options if isinstance(each, ChoiceSetting) else [not each.default] * isinstance(each, YesNo)
        yield from ((at, value) for value in values if value != each.default)


@pytest.mark.parametrize("name", OURS)
def test_an_activity_says_what_it_said(name: str) -> None:
    golden, cls = Golden(name), OURS[name]
    golden.scene(cls.title, (cls.sentence, *(line for each in settings_of(cls).values() for line in of_data(each))))
    others = [(cls(), ""), *((replace(cls(), **{at: value}), f"{at} {value}") for at, value in other_ways(cls))]
    for one, called in others:
        for number, seed in GROUPS:
            golden.scene(
                f"{number} personnes, tirage {seed}{called and f', {called}'}", whole(one, played(one, number, seed))
            )
    one, room = cls(), played(cls(), 6, 1)
    golden.scene("sans l'animation", whole(one, without(room, HOST)))
    golden.scene("une personne se tait", whole(one, without(room, "p3")))
    golden.scene("sans rien du cahier", whole(one, without(room, "p3", {})))
    golden.scene("une proposition ensuite", whole(one, replace(room, proposals=(TEXT,))))
    golden.scene(
        "rien n'est montré",
        (line for each in one.rounds() for line in asked(one, each.key, replace(room, shown=frozenset()))),
    )
    for facts in WEEKS:
        room = played(one, 6, 3, facts)
        alone = replace(room, alone=frozenset({"p0", "p1"}), seats={who: 5 - at for at, who in enumerate(room.people)})
        golden.scene(f"chacun son téléphone, semaine du {facts['lundi']}", whole(one, alone))
    moved = {key: {who: at for at, who in enumerate(given)} for key, given in room.answers.items()}
    golden.scene("une réponse est venue après", whole(one, replace(alone, ranks=moved)))
    golden.scene("les cartes", (str(card) for card in one.cards(FACTS)))
    golden.check()
