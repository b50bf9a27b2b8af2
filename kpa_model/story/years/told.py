"""Possible years in whole people and whole years: « sur 10 années simulées, 3 passent sous le minimum »."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpa_model.pay.rule import PayRule
from kpa_model.simulation.calibration.abc import Posterior
from kpa_model.simulation.calibration.checks import Prediction
from kpa_model.simulation.results.reading import Estimate, Reading, difference, member_differences
from kpa_model.simulation.results.tally import Tally
from kpa_model.simulation.sensitivity import ANSWERS, Sensitivity
from kpa_model.story.pay.comparison import Figure
from kpa_model.words import count, euros, listing, number, round_euros, whole_euros

TOLD = {"yes": "bien dit par les faits", "partly": "un peu dit par les faits", "no": "non dit : à choisir ensemble"}
PEOPLE = ("Personne", "Huit mois sur dix", "Mois le plus bas", "Mois sous le minimum")
KINDS = ("Prestation", "Appui", "Commun", "Formation")


def out_of_ten(found: Estimate, what: str, whats: str, kind: str = "années") -> str:
    """Return a chance in whole years: `Sur 10 années simulées, 3 …`; near 0 or 10, out of a hundred.

    Args:
        found: the chance.
        what: the end of the sentence for one.
        whats: the same for several.
        kind: what is counted, plural feminine.
    """
    return whole(found.value, what, whats, kind)


def whole(part: float, what: str, whats: str, kind: str = "années") -> str:
    """Return a part between 0 and 1 in whole years, as `out_of_ten`."""
    for out_of in (10, 100, 1000):
        many = round(part * out_of)
        if 0 < many < out_of or out_of == 1000:
            break
    if many == 0:
        no = "n'" if what[:1] in "aeiouéè" else "ne "
        return f"Sur {number(out_of)} {kind} simulées, aucune {no}{what}."
    if many == out_of:
        return f"Toutes les {kind} simulées {whats}."
    return f"Sur {number(out_of)} {kind} simulées, {number(many)} {what if many == 1 else whats}."


EMPTY = "La caisse est vide quand nous avons payé plus que ce qui est rentré. Quelqu'un avance alors l'argent."


def words_told(months: int, floor: int) -> tuple[str, ...]:
    """Return what the words of `rule_told` mean, to say once whatever the rules."""
    return (
        f"Une histoire simulée dure {number(months)} mois.",
        *meanings(floor),
    )


def meanings(floor: int) -> tuple[str, str]:
    """Return what a low month and an empty till are; `floor` in cents."""
    return f"Un mois est bas quand plus de la moitié reçoit moins de {round_euros(floor)}.", EMPTY


def rule_told(read: Reading, rule: PayRule) -> tuple[str, ...]:
    """Return what may happen under a rule, the most useful first; `words_told` says what its words mean."""
    said = [
        out_of_ten(read.most_under, "a un mois bas", "ont un mois bas"),
        out_of_ten(read.dry, "a un mois sans rien à partager", "ont un mois sans rien à partager", "histoires"),
        out_of_ten(read.short, "a un mois où la caisse est vide", "ont un mois où la caisse est vide", "histoires"),
    ]
    for promise, kept in zip(rule.promises, read.kept, strict=True):
        said.append(f"Promesse : {promise.says()} Tenue {kept_told(kept)}.")
    return tuple(said)


def kept_told(kept: Estimate) -> str:
    """Return how often a promise is kept, and how sure that is: `78 mois sur 100, à 1 près`."""
    half = 100 * kept.half_width
    near = f", à {number(max(1, round(half)))} près" if half >= 0.5 else ""
    return f"{number(round(100 * kept.value))} mois sur 100{near}"


def sure(read: Reading) -> str:
    """Return how sure the mean month is, and how many histories would be enough."""
    half = round(read.each.half_width / 100, 1)
    said = f"{count(read.replicates, 'histoire simulée', 'histoires simulées')}."
    said += f" Le mois moyen est connu à {number(str(half))}\u00a0€ près, 95 fois sur 100."
    if read.enough > read.replicates:
        said += f" Pour le connaître à 1\u00a0€ près, il en faudrait {number(read.enough)}."
    return said


def figures(read: Reading) -> tuple[Figure, ...]:
    """Return the few figures of a rule."""
    low, middle, high = (int(read.fund[at]) for at in (0, 2, 4))
    worst = [int(each) for each in read.worst if each >= 0]
    hours = [
        f"{kind} {euros(round(float(cents)))}"
        for kind, cents in zip(KINDS, read.per_hour, strict=True)
        if not np.isnan(cents)
    ]
    return (
        Figure(
            "Un mois, en moyenne", euros(round(read.each.value)), "Par personne qui peut être payée, en coût total."
        ),
        Figure(
            "Le mois le plus bas",
            f"{euros(min(worst))} à {euros(max(worst))}" if worst else "personne",
            "Selon la personne.",
        ),
        Figure("Le fonds à la fin", euros(middle), f"Huit fois sur dix entre {euros(low)} et {euros(high)}."),
        Figure("Une heure donne", ", ".join(hours) if hours else "pas d'heures", "Selon le genre de travail."),
        Figure(
            "Écart entre deux personnes",
            f"{number(round(200 * read.gini))}\u00a0% du montant moyen",
            "Prises au hasard, sur toute la durée. Qui reste peu compte aussi. "
            f"Indice de Gini : {number(str(round(read.gini, 2)))}.",
        ),
        Figure("Commandes refusées", number(str(round(read.refused, 1))), "Faute de bras, par histoire."),
        Figure("Personnes sans place", number(str(round(read.turned_away, 1))), "Arrivées en trop, par histoire."),
    )


def moved_told(pair: Tally, members: Sequence[str]) -> tuple[str, ...]:
    """Return what changes from the first rule, under the same weather; only what is clear is said to change."""
    amounts = (
        ("Un mois moyen", difference(pair, "each"), "€", 100),
        ("Le fonds à la fin", difference(pair, "fund"), "€", 1),
        ("Les mois sous le minimum", difference(pair, "under"), "par histoire, toutes personnes ensemble", 1),
    )
    said = [_moved(found, what, unit, scale) for what, found, unit, scale in amounts if found.clear]
    same = [what for what, found, _, _ in amounts if not found.clear]
    gini = difference(pair, "gini")
    if gini.clear:
        how = "se rapprochent" if gini.value < 0 else "s'écartent"
        said.append(f"Les montants {how}, d'une personne à l'autre.")
    else:
        same.append("l'écart entre les personnes")
    if same:
        said.append(f"Pas de différence sûre : {listing([each[:1].lower() + each[1:] for each in same])}.")
    return (*said, _people(member_differences(pair), members))


def _people(found: Sequence[Estimate], members: Sequence[str]) -> str:
    """Return who gains and who loses among the people of the start; the others are not hidden."""
    here = [each for _, each in zip(members, found, strict=False)]
    up = sum(each.clear and each.value > 0 for each in here)
    down = sum(each.clear and each.value < 0 for each in here)
    told = [
        count(many, *words) for many, *words in ((up, "y gagne", "y gagnent"), (down, "y perd", "y perdent")) if many
    ]
    who = f"Sur {count(len(here), 'personne')} au départ, en moyenne :"
    if not told:
        return f"{who} pas de différence sûre."
    others = " Pour les autres, pas de différence sûre." if up + down < len(here) else ""
    return f"{who} {', '.join(told)}.{others}"


def people_rows(read: Reading, members: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Return (person, a month eight times in ten, worst month, low months in ten), in the order of the group."""
    rows = []
    for at, name in enumerate(members):
        low, high, worst = (int(each) for each in (read.members[0, at], read.members[4, at], read.worst[at]))
        if high < 0:
            rows.append((name, "jamais sous contrat", "", ""))
            continue
        under = f"{number(round(10 * float(read.under[at])))} sur 10"
        rows.append((name, f"{number(round(low / 100))} à {whole_euros(high)}", whole_euros(worst), under))
    return rows


def _moved(found: Estimate, what: str, unit: str, scale: int) -> str:
    sign = "+" if found.value > 0 else "−"
    value, half = (number(str(round(abs(each) / scale, 1))) for each in (found.value, found.half_width))
    return f"{what} : {sign}{value} {unit} (à {half} près)."


AMOUNT_OF = {
    "mois": lambda value: f"{number(round(value))}\u00a0€",
    "minimum": lambda value: f"{number(round(100 * value))} mois sur 100",
    "fonds": lambda value: f"{number(round(value))}\u00a0€",
    "ecart": lambda value: f"{number(round(200 * value))}\u00a0% du moyen",
}
"""How each answer of `ANSWERS` is written."""

MOVED = (
    "Chaque supposition bouge seule, d'environ 40 % en moins à 40 % en plus. "
    "La barre dit ce que cela change. Le trait noir dit à combien près."
)


def sensitivity_told(found: Sensitivity, answer: str) -> str:
    """Return which assumptions matter most, those that cannot be told apart together, and what is only noise."""
    first, *others = found.ranking()
    least = found.size[first] - found.error[first]
    tied = [first, *(at for at in others if found.size[at] + found.error[at] >= least)][:3]
    names = [f"«\u00a0{found.assumptions[at].label}\u00a0»" for at in tied]
    said = f"Ce qui compte le plus pour {ANSWERS[answer][0]} : {listing(names)}."
    if len(tied) > 1:
        said += " Le calcul ne les départage pas."
    return f"{said} Le hasard seul fait {number(round(100 * found.noise))} % des différences."


def sensitivity_rows(found: Sensitivity, answer: str) -> list[tuple[str, float, float, str]]:
    """Return (label, size, half-width, size in words), the largest first."""
    return [
        (found.assumptions[at].label, size, float(found.error[at]), AMOUNT_OF[answer](size))
        for at in found.ranking()
        for size in [float(found.size[at])]
    ]


def prediction_told(seen: Prediction, simple: Prediction) -> tuple[str, ...]:
    """Return the verdict on 7 February 2019, good or bad."""
    out = "y arrive aussi" if simple.inside else "n'y arrive pas"
    return (
        "Le modèle apprend les chiffres de 2018. Il prévoit les cinq premières semaines de 2019.",
        *_verdict(seen),
        f"Un modèle sans croissance ni grosses commandes {out}.",
    )


def own_prediction_told(seen: Prediction, known: int, hidden: int) -> tuple[str, ...]:
    """Return the verdict on the last months of the group's own book, good or bad."""
    return (
        f"Le modèle apprend vos {number(known)} premiers mois. Il prévoit les {number(hidden)} derniers.",
        *_verdict(seen),
    )


def _verdict(seen: Prediction) -> tuple[str, ...]:
    low, middle, high, happened = (number(round(each)) for each in (seen.low, seen.middle, seen.high, seen.observed))
    inside = "C'est dans l'intervalle" if seen.inside else "C'est hors de l'intervalle"
    edge = ", mais près du bord" if seen.inside and not 0.1 <= seen.chance <= 0.9 else ""
    return (
        f"Il attendait entre {low} et {high}\u00a0€, neuf fois sur dix. Le milieu était {middle}\u00a0€.",
        f"Il est arrivé {happened}\u00a0€. {inside}{edge}.",
        f"Le modèle atteint ce montant {number(round(100 * seen.chance))} fois sur 100.",
    )


def left_out_rows(found: Sequence[tuple[str, Prediction]]) -> list[tuple[str, str, str]]:
    """Return (fact left aside, what the others let expect, what happened), as French text."""
    return [
        (
            name,
            f"{number(round(each.middle))} (de {number(round(each.low))} à {number(round(each.high))})",
            f"{number(round(each.observed))}, {'dedans' if each.inside else 'dehors'}",
        )
        for name, each in found
    ]


def left_out_told(found: Sequence[tuple[str, Prediction]]) -> tuple[str, ...]:
    """Return what leaving each fact aside tells of the model."""
    inside = sum(each.inside for _, each in found)
    return (
        "Nous cachons un fait au modèle. Il le devine avec les autres.",
        f"Le vrai chiffre est dans l'intervalle {number(inside)} fois sur {number(len(found))}.",
        "L'intervalle est large : il tient neuf fois sur dix.",
    )


CAVEATS = (
    "La publication ne dit pas si ces ventes comptent la TVA.",
    "On se souvient des grosses commandes parce qu'elles étaient grosses.",
    "Rien de publié ne permet de vérifier les heures, les points ou la rémunération.",
)


def posterior_rows(found: Posterior) -> list[tuple[str, str, str]]:
    """Return (parameter, range, what the facts say of it), as French text."""
    rows = []
    for prior in found.priors:
        low, middle, high = (_short(found.quantile(prior.name, part), prior.name) for part in (0.05, 0.5, 0.95))
        rows.append((prior.label, f"{middle} (de {low} à {high})", TOLD[found.told(prior.name)]))
    return rows


def _short(value: float, name: str) -> str:
    if name == "leaving":
        return f"{number(str(round(100 * value, 1)))} %"
    return number(round(value)) if value >= 20 else number(str(round(value, 1 if value >= 1 else 2)))
