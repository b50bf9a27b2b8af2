"""What stays in hand, said in French: short sentences, nobody judged, nobody named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpa_model.benefits import parameters
from kpa_model.benefits.allowances import ass_month
from kpa_model.benefits.in_hand import InHand, least_useful_pay
from kpa_model.benefits.layers import Band, supposed
from kpa_model.benefits.rhythm import RhythmOutcome, months_without_ass
from kpa_model.benefits.situations import Situation
from kpa_model.declare.rows import Between, Kept, PurseMonth
from kpa_model.words import count, number, percent, round_euros

INDICATIVE = "Indicatif, à vérifier."
ASS_ALARM = "L'ASS s'arrête au quatrième mois de paie. Parlez-en à votre conseiller avant."
NOTES = {
    "ass": "trois premiers mois, puis l'ASS s'arrête",
    "are": "le reste est reporté, pas perdu",
    "aah": "après les six premiers mois",
    "jeune": "si la prime d'activité est demandée",
}
"""Small text under a typical situation."""
ASS_STOPS = "L'ASS s'arrête. Parlez-en à votre conseiller avant."
NOT_MODELLED = {
    "layers": (
        "Ni la mutuelle, ni l'Alsace-Moselle, ni l'impôt sur le revenu.",
        "Pour les vrais taux, demandez à la personne qui fait la paie dans la CAE.",
    ),
    "benefits": (
        "Ni les aides au logement, ni la santé solidaire, ni la prime de Noël, ni les transports.",
        "Ni les allocations familiales, ni les pensions, ni l'épargne, ni les études.",
        "Avec trois enfants, le RSA montré peut ainsi être trop haut de 34 € par mois.",
        "La prime d'activité est avant CRDS (0,5 %). L'ARE est brute. L'AAH est celle d'après les six premiers mois.",
        "L'AAH et l'ASS ensemble : cela finirait après le 31 décembre 2026, dit la presse. Demandez à la CAF.",
        "La paie du CAPE est comptée comme une paie ordinaire.",
        "Demandez à la CAF pour le RSA, la prime et l'AAH. Demandez à France Travail pour l'ASS et l'ARE.",
        "La CAE renseigne sur la paie. Votre accompagnateur ou accompagnatrice peut aider.",
    ),
}  # fmt: skip


def band_rows(band: Band, cost: int) -> tuple[Between, ...]:
    """Return a total cost, its gross and its net, each between its two bounds."""
    low, high = band.low, band.high
    rows = (
        Between("Ce que la paie coûte", cost, cost, "coût total"),
        Between("Ce qui est écrit en haut du bulletin", int(low.gross(cost)), int(high.gross(cost)), "brut"),
        Between("Ce qui arrive sur le compte", int(low.net(cost)), int(high.net(cost)), "net"),
    )
    if band.unpensioned is None:
        return rows
    alone = int(band.unpensioned.net(cost))
    return (*rows, Between("La même paie, sans Agirc-Arrco", alone, alone, "net"))


def band_sentences(band: Band, cost: int) -> list[str]:
    """Say what a total cost becomes, and why there are two cases."""
    low, high = int(band.low.net(cost)), int(band.high.net(cost))
    if band.known:
        return [
            f"Avec les taux de votre bulletin, {round_euros(cost)} de coût total donnent {round_euros(low)} nets.",
            f"Un euro de coût total donne {percent_of_euro(band.low.net_per_cost)} net.",
        ]
    return [
        f"{round_euros(cost)} de coût total donnent entre {round_euros(low)} et {round_euros(high)} nets.",
        f"Le net est {share(1_000_000 - band.low.person)} du brut.",
        "Le petit montant est sans allègement de cotisations. Le grand est avec tout l'allègement.",
        "Aucun texte public ne dit lequel vaut pour une paie en CAPE.",
        *_unpensioned_sentences(band, cost),
        "Demandez un bulletin à la CAE : il donne les vrais taux.",
    ]


def _unpensioned_sentences(band: Band, cost: int) -> list[str]:
    """Say the case without complementary pension, with its source and how sure it is."""
    if band.unpensioned is None:
        return []
    net = round_euros(int(band.unpensioned.net(cost)))
    return [
        "Une circulaire de 2007 dit que le CAPE n'a pas de retraite complémentaire (Agirc-Arrco).",
        f"Sans allègement, la même paie donne alors {net} nets.",
        "Source : Agirc-Arrco, 2007-6 DRE, lue le 23 novembre 2026. À vérifier avec la CAE.",
    ]


def supposed_sentences(day: date) -> list[str]:
    """Say which rates are only supposed that day."""
    return [f"{label} : {percent(rate)}." for label, rate in supposed(day).items()]


def share(ppm: int) -> str:
    """Return a rate with two decimals: `79,16 %`."""
    return percent(round(ppm / 100) * 100)


def percent_of_euro(ppm: int) -> str:
    """Return parts per million of a euro as cents: `54 centimes`."""
    return f"{number(round(ppm / 10_000))}\u00a0centimes"


def kept_row(label: str, seen: InHand, *, months: int = 1, note: str = "") -> Kept:
    """Return one bar; when ASS stops, the alarm takes the place of the amount.

    Args:
        label: name of the line.
        seen: pays of one sequence.
        months: what to divide by: 3 shows an average month of a quarter.
        note: small text under the label.
    """
    paid, kept = int(seen.paid) // months, round(int(seen.kept) / months)
    return Kept(label, paid, kept, note, ASS_STOPS if int(months_without_ass(seen)) else "")


def rhythm_row(outcome: RhythmOutcome) -> Kept:
    """Return one rhythm as a bar."""
    if not outcome.rhythm.every:
        return Kept(outcome.rhythm.label, 0, 0, "rien en main, rien ne change")
    stops = outcome.ass_stops
    alarm = f"{count(stops, 'mois', 'mois')} sans ASS. Parlez-en à votre conseiller avant." if stops else ""
    return Kept(outcome.rhythm.label, outcome.paid, outcome.kept, alarm=alarm)


def rhythm_caption(outcomes: Sequence[RhythmOutcome]) -> str:
    """Return the title of the table: the same total, paid several ways."""
    return f"Le même total sur un an, {round_euros(outcomes[0].paid)} nets : ce qui reste en main"


def typical_pay(cost: int, net: int) -> str:
    """Say a typical pay of a rule."""
    if not cost:
        return "aucune paie ce mois-là."
    return f"{round_euros(cost)} de coût total, donc {round_euros(net)} nets par mois."


def rhythm_sentences(situation: Situation, outcomes: Sequence[RhythmOutcome], day: date) -> list[str]:
    """Say what the rhythm changes for one situation."""
    paid = [each for each in outcomes if each.rhythm.every]
    said = []
    if situation.benefit == "rsa" and situation.home.rsa:
        said += threshold_sentences(day)
        if all(each.kept == paid[0].kept for each in paid):
            said.append("Ici, le rythme ne change rien sur un an.")
        elif paid[0].kept == paid[1].kept:
            said.append("Payer au mois ou au trimestre revient au même : trois mois comptent ensemble.")
    if situation.benefit == "ass":
        said.append("Trois mois sans paie redonnent trois mois de cumul.")
    if situation.benefit == "are":
        said.append("Le rythme change peu : les jours d'ARE retirés sont reportés, pas perdus.")
    said.append("Mis de côté, l'argent reste dans la coopérative, avec ses cotisations.")
    return [*said, "Toute paie se déclare le mois où elle arrive."]


def threshold_sentences(day: date) -> list[str]:
    """Say below what pay a person at RSA keeps nothing."""
    least = least_useful_pay(day)
    slope = percent(parameters.ppm("ppa_part_gardee", day))
    return [
        f"Au RSA, sous environ {round_euros(round(least / 100) * 100)} nets par mois en moyenne, il ne reste rien.",
        f"Au-dessus, il reste environ {slope} de la paie, tant que le RSA est versé.",
    ]


def situation_alarms(situation: Situation, seen: InHand, day: date) -> list[str]:
    """Return what must be seen before anything else; empty for most situations."""
    if situation.benefit != "ass":
        return []
    if not int(months_without_ass(seen)):
        left = int(parameters.amount("ass_mois_cumul", day)) - situation.ass_used - int((seen.pays > 0).sum())
        return [
            ASS_ALARM,
            f"Tout mois avec une paie compte, même petite. Il vous reste {count(max(left, 0), 'mois', 'mois')}.",
        ]
    return [
        ASS_STOPS,
        f"L'ASS est d'environ {round_euros(ass_month(day))} par mois. Une seule petite paie suffit.",
        "Le RSA peut la remplacer en partie. Il faut le demander, et attendre.",
    ]


def profile_alarms(situation: Situation) -> list[str]:
    """Return the alarm of a typical situation, empty for most."""
    if situation.benefit != "ass":
        return []
    return [ASS_ALARM, "Tout mois avec une paie compte, même petite. Le tableau montre les trois premiers mois."]


def profile_sentences(situation: Situation, day: date) -> list[str]:
    """Say what to look at for one typical situation."""
    if situation.benefit == "rsa" and situation.home.rsa:
        return threshold_sentences(day)
    if situation.benefit == "rsa":
        return ["Avant 25 ans sans enfant, il n'y a pas de RSA à perdre. La prime d'activité s'ajoute, sur demande."]
    if situation.benefit == "are":
        return ["L'ARE baisse de 70 % de la paie brute. Les jours retirés sont reportés, pas perdus."]
    if situation.benefit == "aah":
        return ["Une petite paie baisse l'AAH d'un cinquième de son montant, après six mois."]
    if situation.benefit == "ass":
        return ["Pendant trois mois, l'ASS et la paie s'ajoutent."]
    return ["Sans aide, toute la paie reste. Une prime d'activité est peut-être possible : voyez caf.fr."]


def now_sentences(situation: Situation, seen: InHand) -> list[str]:
    """Say what the months of pay bring at once."""
    last = int(seen.pays[0, -1])
    said = [
        f"Le dernier mois, la paie est de {round_euros(last)}.",
        f"Cela fait {round_euros(int(seen.paid))} de paie sur trois mois.",
    ]
    if situation.benefit == "are":
        days = int(seen.postponed.sum())
        said.append(f"L'ARE baisse tout de suite de {round_euros(-int(seen.change_at_once))}.")
        said.append(f"Environ {number(round(days / 100))} jours d'ARE sont reportés. Ils ne sont pas perdus.")
    elif situation.benefit == "rsa":
        said.append("Vos aides ne bougent pas encore.")
    return said


def later_sentences(seen: InHand) -> list[str]:
    """Say what the declaration of the quarter will change, each month for three months."""
    said = []
    for name, label in (("rsa", "Le RSA"), ("ppa", "La prime d'activité"), ("aah", "L'AAH")):
        before, after = (int(getattr(each, name).sum()) for each in (seen.without, seen.with_pay))
        if before != after:
            word = "monte" if after > before else "baisse"
            said.append(f"{label} {word} de {round_euros(abs(after - before))} par mois, à {round_euros(after)}.")
    if not said:
        return ["La déclaration du trimestre ne change rien ici.", "Déclarez quand même chaque paie."]
    return [*said, "Cela dure les trois mois de droits suivants."]


def kept_sentences(situation: Situation, seen: InHand, day: date) -> list[str]:
    """Say what stays of the quarter's pay, and the threshold that matters."""
    paid, kept = int(seen.paid), int(seen.kept)
    if int(months_without_ass(seen)):
        return ["L'ASS arrêtée change tout. Le cahier ne peut pas dire ce qui reste.", "Voyez votre conseiller."]
    if kept <= 0:
        said = [f"Sur {round_euros(paid)} de paie, il ne reste rien en main."]
    else:
        said = [f"Sur {round_euros(paid)} de paie, il reste {round_euros(kept)} en main."]
    if situation.benefit == "rsa" and situation.home.rsa:
        said.append(threshold_sentences(day)[0])
    return said


def purse_months(seen: InHand, day: date) -> tuple[PurseMonth, ...]:
    """Return the purse month by month: the three months of pay, the month skipped, the three months of rights."""
    gap = int(parameters.amount("trimestre_decalage", day))
    before, after = (int((each.rsa + each.ppa + each.aah).sum()) for each in (seen.without, seen.with_pay))
    at_once = (seen.with_pay.ass + seen.with_pay.are)[0]
    usual = int((seen.without.ass + seen.without.are)[0, 0])
    pays = seen.pays[0]
    rows = [PurseMonth(f"Mois {at + 1}", int(pays[at]), before + int(at_once[at]), "paie") for at in range(3)]
    rows += [PurseMonth(f"Mois {at + 4}", 0, before + usual, "déclaration") for at in range(max(gap, 0))]
    first = len(rows) + 1
    return (*rows, *(PurseMonth(f"Mois {first + at}", 0, after + usual, "nouveaux droits") for at in range(3)))
