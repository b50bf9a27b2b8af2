"""Write `data/parametres/*.yaml` from OpenFisca-France, so that nobody retypes a value.

`parametres_openfisca.csv` says what to take: path « a+b » when the second series goes on where the first one ends.
`parametres_ajoutes.csv` holds what OpenFisca-France does not have, or has wrong, each with its source.

Run in an environment of its own (see LISEZMOI.md): `python tests/openfisca/extract_parameters.py`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from openfisca_core.parameters import ParameterScale
from openfisca_france import FranceTaxBenefitSystem

TARGET = Path(__file__).parents[2] / "data" / "parametres"
RATE = "%"
START = "2018-01-01"
HEAD = """# {title}
#
# Écrit par tests/openfisca/extract_parameters.py : ne retapez rien, relancez l'outil.
# Pour chaque valeur : depuis, jusqu_a (compris), source, et confiance parmi publie, calcule, a_confirmer.
# Le dernier « jusqu_a » est la veille de la prochaine révision prévue par la loi. Après, le cahier avertit.
"""
TITLES = {
    "smic": "SMIC", "rsa": "RSA", "prime_activite": "Prime d'activité", "ass": "Allocation de solidarité spécifique",
    "are": "Allocation d'aide au retour à l'emploi", "aah": "Allocation aux adultes handicapés (bases)",
    "cotisations": "Cotisations : de coût total à net", "tva": "TVA", "cape": "Règles du CAPE",
}  # fmt: skip

Span = tuple[str, str, str, str]
"""depuis, jusqu_a, valeur, source."""


def find(system: FranceTaxBenefitSystem, path: str):
    """Return a parameter; of a scale, the rate of its first bracket."""
    node = system.parameters
    for part in path.split("."):
        node = getattr(node, part)
    return node.brackets[0].children["rate"] if isinstance(node, ParameterScale) else node


def spans(parameter, unit: str, until: str, path: str) -> list[Span]:
    """Return the values in force since START, each with its last day."""
    dated = sorted((each.instant_str, each.value) for each in parameter.values_list)
    found = []
    for at, (since, value) in enumerate(dated):
        last = until if at + 1 == len(dated) else day_before(dated[at + 1][0])
        if value is not None and last >= START:
            found.append((max(since, START), last, written(value, unit), law(parameter, since) or path))
    return found


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def written(value: float, unit: str) -> str:
    """Return the value as French people write it; a rate becomes a percentage, exactly."""
    exact = Decimal(repr(value)) * (100 if unit == RATE else 1)
    return format(exact.normalize(), "f").replace(".", ",")


def law(parameter, since: str) -> str:
    """Return the title of the text that fixed the value, as OpenFisca quotes it."""
    quoted = (parameter.metadata or {}).get("reference")
    if not isinstance(quoted, dict):
        return ""
    one = {str(key): value for key, value in quoted.items()}.get(since)
    one = one[0] if isinstance(one, list) and one else one
    return str(one.get("title", "")) if isinstance(one, dict) else ""


def entry(name: str, label: str, unit: str, source: str, values: list[Span], confidence: str, read: str) -> str:
    lines = [f"{name}:", f"  nom: {label}" if ":" not in label else f'  nom: "{label}"', f'  unite: "{unit}"',
             f'  source: "{source}"', f"  lu_le: {read}", "  valeurs:"]  # fmt: skip
    for since, last, value, text in values:
        lines += [f"  - depuis: {since}", f"    jusqu_a: {last}"]
        lines += [f'    valeur: "{value}"', f"    confiance: {confidence}"]
        if text and text != source:
            lines.append(f"    source: {quoted(text)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def main() -> None:
    system = FranceTaxBenefitSystem()
    read = date.today().isoformat()
    origin = f"OpenFisca-France {version('openfisca-france')}"
    files: dict[str, list[str]] = defaultdict(list)
    for spec in rows("parametres_openfisca.csv"):
        files[spec["fichier"]].append(taken(system, spec, origin, read))
    added: dict[str, list[dict[str, str]]] = defaultdict(list)
    for each in rows("parametres_ajoutes.csv"):
        added[each["nom"]].append(each)
    for name, lines in added.items():
        head = lines[0]
        dated = [(each["depuis"], each["jusqu_a"], each["valeur"], "") for each in lines]
        text = entry(name, head["libellé"], head["unité"], head["source"], dated, head["confiance"], read)
        files[head["fichier"]].append(text)
    for file, entries in files.items():
        text = HEAD.format(title=TITLES[file]) + "\n" + "\n".join(entries)
        (TARGET / f"{file}.yaml").write_text(text, encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def taken(system: FranceTaxBenefitSystem, spec: dict[str, str], origin: str, read: str) -> str:
    found: list[Span] = []
    for path in spec["chemin"].split("+"):
        dated = spans(find(system, path), spec["unité"], spec["jusqu_a"], "")
        found += [each for each in dated if each not in found]
    source = f"{origin}, {spec['chemin'].replace('+', ' puis ')}"
    return entry(spec["nom"], spec["libellé"], spec["unité"], source, cut(sorted(found)), "publie", read)


def cut(found: list[Span]) -> list[Span]:
    """End each span where the next begins: a series that goes on another one."""
    return [
        (since, min(last, day_before(found[at + 1][0])) if at + 1 < len(found) else last, value, text)
        for at, (since, last, value, text) in enumerate(found)
    ]


if __name__ == "__main__":
    main()
