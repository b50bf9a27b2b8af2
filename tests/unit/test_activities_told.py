"""What some activities say in situations made by hand: ties, shortages, objections, movements, protections."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from kpa_model.decision.activities.budget import Budget
from kpa_model.decision.activities.cases import Vignettes
from kpa_model.decision.activities.circle import Circle
from kpa_model.decision.activities.claims import Claims
from kpa_model.decision.activities.consent import Consent
from kpa_model.decision.activities.debate import MovingDebate
from kpa_model.decision.activities.estimate import Estimate
from kpa_model.decision.activities.last_word import LastWord
from kpa_model.decision.activities.thermometer import Thermometer
from kpa_model.decision.activities.veil import Veil, card_of
from kpa_model.decision.activities.vote import Vote
from kpa_model.declare.page import Page, Sentence, Table
from kpa_model.workshop.activity import HOST, Activity, Room
from kpa_model.workshop.proposal import Proposal
from tests.contract.activities import FACTS


def room(answers: dict[str, list[dict[str, Any] | None]], **facts: Any) -> Room:
    """Return a room whose person `pN` gave the Nth answer of each round; None is no answer."""
    most = max(map(len, answers.values()), default=0)
    given = {
        key: {f"p{at}": each for at, each in enumerate(listed) if each is not None} for key, listed in answers.items()
    }
    people = {f"p{at}": name for at, name in enumerate(["Awa", "Bruno", "Chloé", "Driss", "Eva", "Fanny"][:most])}
    return Room(people, given, {**FACTS, **facts}, frozenset(answers))


def said(page: Page) -> str:
    return " ".join(part.text for part in page if isinstance(part, Sentence)).replace("\u00a0", " ")


def table(page: Page, caption: str) -> list[list[str]]:
    found = next(part for part in page if isinstance(part, Table) and part.caption.startswith(caption))
    return [[cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row] for row in found.rows]


def asked(one: Activity, key: str, seen: Room, who: str = "p0") -> str:
    return one.form(key, seen, who).intro.replace("\u00a0", " ").replace("\u202f", " ")


# Estimation, debate, thermometer


def test_an_estimate_tells_the_spread_then_the_middle():
    seen = room({"avant": [{"montant": cents} for cents in (8_000, 9_000, 12_000, 15_000, 20_000)]})
    assert said(Estimate().page("avant", seen)).startswith(
        "Les montants vont de 80 € à 200 €. L'écart est de 120 €. La moitié dit 120 € ou moins, en coût total."
    )


def test_a_second_estimate_tells_whether_talking_brought_us_closer():
    first = [{"montant": cents} for cents in (1_000, 2_000, 3_000, 4_000, 9_000)]
    second = [{"montant": cents} for cents in (2_000, 2_000, 3_000, 4_000, 5_000)]
    page = Estimate(twice=True).page("apres", room({"avant": first, "apres": second}))
    assert "L'écart a diminué de 50 € depuis le premier tour." in said(page)


@pytest.mark.parametrize("answers", [1, 4])
def test_under_five_answers_the_detail_stays_hidden_unless_the_group_decided(answers):
    seen = room({"avant": [{"montant": 5_000 + at} for at in range(answers)]})
    assert said(Estimate().page("avant", seen)).startswith("Moins de cinq réponses : le détail reste caché.")
    assert "50" in said(Estimate(in_the_open=True).page("avant", seen))
    assert said(Estimate().page("avant", room({"avant": []}))) == "Personne n'a encore répondu."


def test_a_debate_tells_what_divides_and_how_many_moved():
    one = MovingDebate(statements=("Un.", "Deux."), scale="deux_camps")
    before = [{"affirmation_1": "oui", "affirmation_2": side} for side in ("oui", "oui", "oui", "non", "non")]
    after = [{"affirmation_1": "oui", "affirmation_2": side} for side in ("oui", "oui", "non", "non", "non")]
    page = one.page("apres", room({"avant": before, "apres": after}))
    assert said(page).startswith("Ce qui nous partage le plus : « Deux ». 1 personne a changé de place.")
    assert table(page, "Combien") == [["Un.", "0", "0", "5"], ["Deux.", "0", "1", "4"]]


def test_a_thermometer_tells_its_range():
    page = Thermometer().page("mesure", room({"mesure": [{"niveau": step} for step in "22455"]}))
    assert said(page).startswith("Les réponses vont de 2 à 5. La moitié au moins répond 4 ou plus.")


def test_last_words_are_shown_in_an_order_drawn_by_the_seed():
    seen = [room({"mot": [{"phrase": word} for word in "abcdef"]}, seed=seed) for seed in (1, 1, 2)]
    first, again, other = (said(LastWord().page("mot", each)) for each in seen)
    assert first == again != other
    assert sorted(first.split()) == sorted(other.split()) == [*"abcdef"]


# Claims


def claims(*amounts: int) -> list[dict[str, Any] | None]:
    return [{"montant": 100 * euros} for euros in amounts]


def test_claims_above_the_pot_show_each_treatment():
    seen = room({"demande": claims(120, 240, 90, 350, 200)}, pot=70_000)
    page = Claims().page("demande", seen)
    assert "Ensemble, nous demandons 1 000,00 €. Il manque 300,00 €." in said(page).replace("\u202f", " ")
    assert table(page, "Ce que donne") == [
        ["90,00 €", "63,00 €", "90,00 €", "30,00 €"],
        ["120,00 €", "84,00 €", "120,00 €", "60,00 €"],
        ["200,00 €", "140,00 €", "163,33 €", "140,00 €"],
        ["240,00 €", "168,00 €", "163,34 €", "180,00 €"],
        ["350,00 €", "245,00 €", "163,33 €", "290,00 €"],
    ]


def test_claims_in_the_open_are_listed_by_name_and_never_ranked():
    seen = room({"demande": claims(300, 100)}, pot=20_000)
    page = Claims(named=True).page("demande", seen)
    assert [row[:2] for row in table(page, "Ce que donne")] == [["Awa", "300,00 €"], ["Bruno", "100,00 €"]]
    assert "avec votre nom" in asked(Claims(named=True), "demande", seen)


def test_the_total_is_told_in_the_second_form_only_once_revealed():
    answers = {"demande": claims(100, 100, 100, 100, 100)}
    seen = room(answers, pot=60_000)
    assert "Il reste 100,00 €." in asked(Claims(), "seconde", seen)
    hidden = Room(seen.people, seen.answers, seen.facts, frozenset())
    assert "Il reste" not in asked(Claims(), "seconde", hidden)


def test_claims_within_the_pot_need_no_treatment():
    page = Claims().page("demande", room({"demande": claims(10, 10, 10, 10, 20)}, pot=6_000))
    assert "C'est juste l'enveloppe." in said(page)
    assert not any(isinstance(part, Table) and part.caption.startswith("Ce que donne") for part in page)


# Majority judgment and veil


def ballots(*grades: tuple[int, ...]) -> list[dict[str, Any] | None]:
    names = ("un", "deux", "trois")
    return [{name: str(grade) for name, grade in zip(names, each, strict=False)} for each in grades]


def test_a_vote_explains_why_the_first_comes_before_the_second():
    one = Vote(own=("Un", "Deux"), in_the_open=True)
    page = one.page("vote", room({"vote": ballots((3, 5), (3, 2), (2, 2), (1, 2))}))
    assert "« Un » arrive en tête." in said(page)
    assert "« Un » et « Deux » ont la même mention du milieu : « Passable »." in said(page)
    assert "On met une fois de côté la mention du milieu, la même pour les deux." in said(page)
    assert "Alors la première passe à « Assez bien », l'autre à « Passable »." in said(page)


def test_a_true_tie_is_told_and_left_to_people():
    one = Vote(own=("Un", "Deux", "Trois"))
    page = one.page("vote", room({"vote": ballots((4, 3, 0), (3, 4, 0), (2, 2, 1), (5, 5, 0), (1, 1, 0))}))
    assert "« Un » et « Deux » sont à égalité. Elles ont reçu exactement les mêmes mentions." in said(page)


def test_a_vote_tells_the_rule_that_divides():
    one = Vote(own=("Un", "Deux"))
    page = one.page("vote", room({"vote": ballots((0, 3), (0, 3), (5, 3), (5, 3), (4, 3))}))
    assert "« Un » partage le groupe : des mentions hautes et basses." in said(page)


@pytest.mark.parametrize(
    ("grades", "told"),
    [
        ([(0, 3), (1, 3), (2, 3), (2, 3), (5, 3)], "Les mentions les plus éloignées : « Un »."),
        ([(2, 3), (2, 3), (3, 3), (3, 4), (3, 4)], "Pour chaque règle, nos mentions sont proches."),
    ],
)
def test_grades_that_are_scattered_are_not_called_close(grades, told):
    page = Vote(own=("Un", "Deux")).page("vote", room({"vote": ballots(*grades)}))
    assert said(page).startswith("« Deux » arrive en tête.")  # the answer first
    assert told in said(page)


@pytest.mark.parametrize(("missing", "winner"), [("plus_basse", "Deux"), ("complets", "Un")])
def test_what_a_missing_grade_means_is_declared(missing, winner):
    some = [*ballots((5, 2), (5, 2), (5, 2), (5, 2), (5, 2)), *([{"deux": "5", "un": None}] * 6)]
    people = {f"p{at}": f"x{at}" for at in range(11)}
    seen = Room(people, {"vote": {f"p{at}": each for at, each in enumerate(some)}}, FACTS)
    one = Vote(own=("Un", "Deux"), missing=missing)
    assert f"« {winner} » arrive en tête." in said(one.page("vote", seen))
    assert not one.form("vote", seen, "p0").fields[0].needed


def test_a_ballot_tells_the_effect_of_each_rule():
    helps = [field.help.replace("\u00a0", " ") for field in Vote().form("vote", room({}), "p0").fields]
    assert helps[0].endswith("Chaque personne reçoit 75,00 €. C'est la règle de départ.")
    assert helps[1].endswith("Celui du milieu est 68,00 €. 3 personnes perdent plus d'un cinquième.")
    assert helps[2].endswith("1 personne perd plus d'un cinquième.")


def test_each_person_draws_a_card_and_everybody_a_different_one():
    seen = room({"avant": [{}] * 3})
    names = [card_of(seen, who)["name"] for who in seen.people]
    assert sorted(names) == sorted(card["name"] for card in FACTS["characters"])
    assert card_of(seen, "p9") is None


def test_a_card_stays_the_same_when_somebody_else_leaves():
    before = Room({"a": "Awa", "b": "Bruno"}, {}, FACTS, frozenset(), {"a": 0, "b": 1})
    after = Room({"b": "Bruno"}, {}, FACTS, frozenset(), {"b": 1})
    assert card_of(before, "b") == card_of(after, "b")


def test_the_veil_tells_how_many_grades_moved():
    keys = ("parts_egales", "heures", "besoin")
    before = [dict.fromkeys(keys, "2")] * 5
    after = [{**before[0], "heures": grade} for grade in ("2", "2", "4", "4", "1")]
    page = Veil().page("apres", room({"avant": before, "apres": after}))
    assert "3 mentions ont bougé." in said(page)
    assert table(page, "Ce que les personnages ont changé")[1] == ["Selon les heures", "2", "1", "Passable", "Passable"]


# Consent


def stances(*each: tuple[str, str]) -> list[dict[str, Any] | None]:
    return [{"position": stance, "raison": reason} for stance, reason in each]


def treated(one: Consent, seen: Room, key: str, **written: str) -> Room:
    """Return the room once the facilitator filled the form of a round; `levee=mot` lifts the objection that says it."""
    form = one.host_form(key, seen)
    named = {field.help: field.name.removeprefix("reponse_") for field in form.fields if field.name[:4] == "repo"}
    answer = {f"suite_{mark}": "levee" for said_, mark in named.items() if said_ == written.get("levee")}
    return Room(seen.people, {**seen.answers, key: {**seen.answers[key], HOST: answer}}, seen.facts, seen.shown)


def test_a_text_nobody_objects_to_is_adopted():
    one = Consent(proposal="On essaie les heures.")
    seen = room({"objections_1": stances(("oui", ""), ("reserve", "Un trimestre, pas plus."), ("oui", ""))})
    assert one.adopted(seen)
    page = one.page("objections_1", seen)
    assert said(page).startswith("Personne ne s'y oppose. Le texte est adopté.")
    assert "Un trimestre, pas plus." in said(page)


def test_an_objection_stops_until_it_is_lifted():
    one = Consent(proposal="On essaie les heures.")
    seen = room(
        {"objections_1": stances(("oui", ""), ("objection", "Le jardin perd trop."), ("objection", "Trop vite."))}
    )
    assert not one.adopted(seen)
    assert "2 objections à entendre. Le texte n'est pas adopté." in said(one.page("objections_1", seen))
    half = treated(one, seen, "objections_1", levee="Trop vite.")
    assert [(each.text, each.lifted) for each in one.treated(half, "objections_1")].count(("Trop vite.", True)) == 1
    assert not one.adopted(half)


def test_lifting_every_objection_adopts_the_text():
    one = Consent(proposal="On essaie les heures.")
    seen = room({"objections_1": stances(("oui", ""), ("objection", "Trop vite."))})
    done = treated(one, seen, "objections_1", levee="Trop vite.")
    assert one.adopted(done)
    assert "Les objections sont levées. Le texte est adopté." in said(one.page("objections_1", done))


def test_an_amended_text_is_asked_about_again_before_it_is_adopted():
    one = Consent(proposal="On essaie les heures.")
    seen = room({"objections_1": stances(("oui", ""), ("objection", "Trop vite."))})
    amended = replace(
        treated(one, seen, "objections_1", levee="Trop vite."), proposals=(Proposal("On essaie un mois."),)
    )
    amended = replace(amended, shown=frozenset({"objections_1"}))
    assert one.text_now(amended) == "On essaie un mois."
    assert not one.adopted(amended)
    assert asked(one, "objections_2", amended) == "« On essaie un mois. »"
    again = {**amended.answers, "objections_2": {"p0": {"position": "oui"}, "p1": {"position": "oui"}}}
    heard = {"objections_2": {"p0": 1, "p1": 1}}
    assert one.adopted(replace(amended, answers=again, heard=heard))
    assert not one.adopted(replace(amended, answers=again))  # they answered before the text changed


def test_silence_is_not_consent():
    one = Consent()
    seen = room({"objections_1": [*stances(("oui", "")), None, None]})
    seen = Room({"p0": "Awa", "p1": "Bruno"}, seen.answers, seen.facts)
    told = said(one.page("objections_1", seen))
    assert "1 personne sans réponse. Se taire n'est pas consentir" in told
    assert "adopté" not in told
    assert not one.adopted(seen)
    assert not one.adopted(room({}))


# Peers, budget, vignettes


def test_the_circle_tells_each_person_her_amount_and_the_group_only_the_spread():
    people = ["p0", "p1", "p2", "p3", "p4"]
    points = [{"points": {who: 25 for who in people if who != f"p{at}"}} for at in range(4)]
    points.append({"points": {"p0": 100, "p1": 0, "p2": 0, "p3": 0}})
    seen = room({"points": points}, pot=50_000)
    amounts = Circle().amounts("points", seen)
    assert sum(amounts.values()) == 50_000
    assert amounts["p0"] == 17_500  # 25 points of 100 from three people, 100 of 100 from one: 35 % of the pot
    assert said(Circle().own_page("points", seen, "p0")).startswith("Le cercle vous donne 175,00 €.")
    assert "les avis diffèrent de 75 points au plus" in said(Circle().page("points", seen))
    assert "Awa" not in said(Circle().page("points", seen))
    assert table(Circle(named=True).page("points", seen), "Le montant")[0] == ["Awa", "175,00 €"]


def test_the_circle_is_not_for_two():
    two = room({"points": [{}, {}]})
    assert Circle().form("points", two, "p0").fields == ()
    assert Circle().own_page("points", two, "p0") == ()


def test_impartial_shares_say_their_limit():
    points = [{"points": {f"p{who}": 25 for who in range(5) if who != at}} for at in range(5)]
    page = Circle(method="impartial").page("points", room({"points": points}))
    assert "Mais on peut aider un ami." in said(page)
    assert "Personne ne compte plus de 9 fois plus qu'une autre" in said(page)


def test_a_budget_is_shared_as_in_the_worked_example():
    projects = (("Fête", 20_000), ("Formation", 20_000), ("Outils", 30_000), ("Site", 10_000), ("Vélo", 40_000))
    ticks = [("1", "2"), ("1", "2"), ("1", "2", "3"), ("0", "3"), ("0", "3")]
    answers = [{"projets": [f"projet_{at}" for at in each]} for each in ticks]
    page = Budget(projects=projects).page("choix", room({"choix": answers}))
    assert sorted(row[0] for row in table(page, "Les projets payés")) == ["Formation", "Fête", "Site"]
    assert "3 projets sont payés. Il reste 100,00 €." in said(page)
    assert table(page, "Et si l'on comptait")[-1] == ["Personnes sans aucun de leurs choix", "0", "0"]


def test_vignettes_tell_a_person_what_seems_to_guide_her_and_nobody_else():
    one = Vignettes()
    hours = {
        case.key: {
            who.key: round(case.pot * share) for who, share in zip(case.people, case.shares("hours"), strict=True)
        }
        for case in one.cases()
    }
    equal = {case.key: {who.key: case.pot // len(case.people) for who in case.people} for case in one.cases()}
    seen = room({"partages": [hours, equal, equal, equal, equal]})
    assert said(one.own_page("partages", seen, "p0")).startswith("Presque seulement : les heures.")
    assert one.own_page("partages", seen, "p9") == ()
    page = said(one.page("partages", seen))
    assert page.startswith("Là où nous différons le plus : Zoé reçoit de 60 € à 140 €.")
    assert "Surtout : les parts égales. Un peu : les heures." in page


def test_shares_made_at_random_name_no_principle():
    """People who share at random are told that no mix says it, nineteen times out of twenty or so."""
    one, draws, named = Vignettes(), random.Random(7), 0
    for _ in range(40):
        shared = {}
        for case in one.cases():
            cuts = sorted(draws.randrange(case.pot + 1) for _ in case.people[1:])
            parts = [high - low for low, high in zip([0, *cuts], [*cuts, case.pot], strict=True)]
            shared[case.key] = dict(zip((who.key for who in case.people), parts, strict=True))
        told = said(one.own_page("partages", room({"partages": [shared]}), "p0"))
        named += "Surtout" in told or "Presque seulement" in told or "En partie" in told
        assert told.startswith("Aucun mélange ne dit bien ces partages") or "Ce mélange le dit bien" in told
    assert named <= 4


def test_what_is_proposed_is_read_before_each_question():
    one = Consent()
    seen = room({"questions": [{"texte": "C'est quoi ?"}]})
    assert asked(one, "questions", seen) == "La proposition est lue à voix haute."
    rule = Proposal(rule="heures", title="Selon les heures", sentences=("Les heures partagent le reste.",))
    then = replace(seen, proposals=(rule,))
    assert asked(one, "ressentis", then) == "« Les heures partagent le reste. »"
    better = replace(seen, proposals=(rule, Proposal("Un mois d'essai.")))
    assert one.text_now(better) == "Un mois d'essai."


def test_who_answered_before_the_text_changed_is_asked_again():
    one = Consent()
    seen = room({"objections_1": stances(("oui", ""), ("oui", ""))})
    seen = replace(seen, proposals=(Proposal("Un mois."), Proposal("Deux mois.")),
                   heard={"objections_1": {"p0": 1, "p1": 2}})  # fmt: skip
    assert [*one.current("objections_1", seen)] == ["p1"]
    assert one.obtained(seen).silent == 1
