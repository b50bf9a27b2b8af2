"""« Je ne trouve pas ma règle »: words of people lead to the right rule or step, and to nothing false."""

from __future__ import annotations

import pytest

from kpa_model.pay.ready import seen_rules
from kpa_model.pay.seek import cannot, seek
from kpa_model.pay.step import known_steps
from kpa_model.words import unbroken
from tests.contract.readable import faults


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("la vaiselle compte une fois et demie", "vaisselle_une_fois_et_demie"),
        ("les heures du dimanche comptent double", "dimanche_double"),
        ("20 euros à qui apporte une commande", "vingt_euros_par_commande"),
        ("au plus trois fois le plus bas, par heure", "trois_fois_par_heure"),
        ("tant par repas vendu", "tant_par_repas"),
        ("une demi-part pour les novices", "novice_demi_part"),
        ("plafond", "plafond"),
        ("acompte", "avances"),
        ("kilomètres", "montant_par_unite"),
        ("bonus", "sommes_decidees"),
        ("pénalité", "sommes_decidees"),
        ("le samedi compte une fois et quart", "compte"),
        ("les vieux membres ont un bonus", "anciennete"),
        ("le chef gagne double", "fonction"),
        ("qui prend sa voiture est remboursé", "montant_par_unite"),
        ("on ne descend jamais sous 100 euros", "plancher"),
        ("5 % pour l'association", "part_au_fonds_commun"),
        ("un treizième mois en décembre", "sommes_decidees"),
        ("on coupe en deux : moitié pareil pour tous, moitié selon le temps", "melange"),
        ("personne ne doit gagner plus de deux fois le smic horaire", "plafond"),
        ("les réunions, c'est gratuit", "par_heures_ponderees"),
    ],
)
def test_words_of_people_lead_to_their_rule(asked: str, name: str) -> None:
    assert name in [lead.name for lead in seek(asked)[:3]]


@pytest.mark.parametrize("asked", ["", "xqzw", "le la les", "?"])
def test_words_that_mean_nothing_lead_nowhere(asked: str) -> None:
    assert seek(asked) == ()


@pytest.mark.parametrize("name", seen_rules())
def test_the_title_of_a_rule_leads_to_it(name: str) -> None:
    assert name in [lead.name for lead in seek(seen_rules()[name].title)]


@pytest.mark.parametrize("name", known_steps())
def test_the_title_of_a_step_leads_to_it(name: str) -> None:
    assert name in [lead.name for lead in seek(known_steps()[name].title, most=12)]


def test_what_a_rule_cannot_say_is_told_plainly() -> None:
    assert "où va l'argent" in cannot("un planning de remplacement")[0]
    assert "coefficient" in cannot("plus pour qui est malade")[0]
    assert "la famille" in cannot("les mamans seules ont plus")[0]
    assert "au sort" in cannot("on tire au sort")[0]
    assert cannot("parts égales") == ()


@pytest.mark.parametrize("name", seen_rules())
def test_a_rule_seen_elsewhere_reads_well(name: str) -> None:
    rule = seen_rules()[name]
    assert rule.sentence
    assert rule.seen_at
    assert not [fault for said in rule.read_aloud() for fault in faults(said)]
    assert not faults(unbroken(rule.sentence))
