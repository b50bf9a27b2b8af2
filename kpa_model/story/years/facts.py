"""What facts tell of our suppositions, which one matters most, and how well the model predicts: in French."""

from __future__ import annotations

from collections.abc import Sequence

from kpa_model.simulation.calibration.abc import Marginal
from kpa_model.simulation.calibration.checks import Prediction
from kpa_model.simulation.sensitivity import ANSWERS, Sensitivity
from kpa_model.words import listing, number

TOLD = {"yes": "bien dit par les faits", "partly": "un peu dit par les faits", "no": "non dit : à choisir ensemble"}

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


def posterior_rows(found: Sequence[Marginal]) -> list[tuple[str, str, str]]:
    """Return (parameter, range, what the facts say of it), as French text."""
    rows = []
    for each in found:
        low, middle, high = (_short(value, each.name) for value in (each.low, each.middle, each.high))
        rows.append((each.label, f"{middle} (de {low} à {high})", TOLD[each.told]))
    return rows


def _short(value: float, name: str) -> str:
    if name == "leaving":
        return f"{number(str(round(100 * value, 1)))} %"
    return number(round(value)) if value >= 20 else number(str(round(value, 1 if value >= 1 else 2)))
