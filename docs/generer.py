#!/usr/bin/env python3
"""Write what is made from something else: pages of reference, `data/regles/schema.json`, the messages of argparse.

python docs/generer.py            write them
python docs/generer.py verifier   say whether they are up to date, and change nothing
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kpa_model.command.french import in_french
from kpa_model.command.program import JOBS, make_parser
from kpa_model.declare.labels import Labelled, Labels
from kpa_model.declare.setting import ChoiceSetting, Names, NumberSetting, Setting, Weights, YesNo, settings_of
from kpa_model.pay.guard import Guarded
from kpa_model.pay.promise import known_promises
from kpa_model.pay.ready import ready_rules
from kpa_model.pay.rule_file import schema
from kpa_model.pay.step import Family, known_steps
from kpa_model.ui.serve import PARTS

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = ROOT / "kpa_model" / "command" / "fr" / "LC_MESSAGES" / "argparse.po"

LAWS = {
    "names": ("Les noms ne comptent pas", "Changer l'ordre ou le nom des personnes ne change aucun montant."),
    "monotone_hours": ("Une heure de plus ne nuit pas", "Qui donne une heure de plus ne reçoit jamais moins."),
    "scale": ("Deux fois plus d'argent", "Si tout l'argent double, chaque montant double, aux centimes de reste près."),
    "positive_pot": ("L'enveloppe suffit", "L'étape ne prend jamais plus que ce que contient l'enveloppe."),
}

HEAD = """# Les étapes et les promesses

*Cette page est écrite par `docs/generer.py`, à partir du programme. Ne la corrigez pas à la main.*

Une règle est une liste d'étapes. Chaque étape déplace des centimes : de l'enveloppe vers une autre poche, ou l'inverse.
L'ordre des étapes fait partie de la décision. Une promesse ne déplace rien : elle se vérifie sur chaque résultat.

Un exemple complet est dans [`data/regles/minimum_et_heures.yaml`](../data/regles/minimum_et_heures.yaml). Le schéma
des fichiers, pour un éditeur de texte, est dans [`data/regles/schema.json`](../data/regles/schema.json).
"""


GALLERY = """*Cette page est écrite par `docs/generer.py`, et ses images sont prises par `docs/photographier.py`.*

Voici chaque page telle qu'elle s'ouvre, sur la coopérative inventée « Les Tilleuls ».
"""


def reference() -> str:
    """Return the whole page of reference."""
    return "\n".join([HEAD, *_laws(), *_steps(), *_guards(), *_promises(), *_ready()]).rstrip() + "\n"


def _laws() -> Iterator[str]:
    yield "## Ce que toute étape respecte\n"
    yield "Les tests le vérifient sur des milliers de mois tirés au hasard :\n"
    yield "- aucun centime n'apparaît, aucun ne se perd ;"
    yield "- personne n'est payé sans CAPE, aucune poche ne passe sous zéro ;"
    yield "- l'étape ne change rien aux faits qu'on lui donne ;"
    yield "- le fichier dit tout : relu, il donne la même règle.\n"
    yield "Quatre lois de plus sont respectées, sauf si l'étape dit pourquoi elle ne peut pas :\n"
    yield from (f"- **{title}.** {about}" for title, about in LAWS.values())
    yield ""


def _steps() -> Iterator[str]:
    for family in Family:
        yield f"## {family}\n"
        for name, step in known_steps().items():
            if step.family == family:
                yield from _one(name, step)
                yield from (f"Loi non tenue, « {LAWS[law][0]} » : {why}\n" for law, why in step.breaks.items())


def _guards() -> Iterator[str]:
    yield "## Pour qui, quand, avec quel argent\n"
    yield "Toute étape peut avoir une partie `pour`, `quand` ou `avec`, quand cela a un sens. Par exemple :\n"
    yield "```yaml\n- parts_egales: {pour: {arrivees_depuis_moins_de: 3 mois}, quand: {mois: décembre}}\n```\n"
    yield "| réglage | ce que c'est | au départ | possible |"
    yield "|---|---|---|---|"
    yield from (_row(each) for each in settings_of(Guarded).values())
    yield ""


def _promises() -> Iterator[str]:
    yield "## Les promesses\n"
    for name, promise in known_promises().items():
        yield from _one(name, promise)


def _one(name: str, item: Any) -> Iterator[str]:
    yield f"### `{name}` : {item.title}\n"
    yield f"{item.about}\n"
    settings = [each for each in settings_of(item).values() if "." not in each.name]
    if settings:
        yield "| réglage | ce que c'est | au départ | possible |"
        yield "|---|---|---|---|"
        yield from (_row(each) for each in settings)
        yield ""
    yield f"> {item().says()}\n"


def _row(setting: Setting) -> str:
    return f"| `{setting.name}` | {setting.label} | {setting.show(setting.default)} | {_possible(setting)} |"


def _possible(setting: Setting) -> str:
    match setting:
        case NumberSetting():
            return f"de {setting.show(setting.low)} à {setting.show(setting.high)}"
        case ChoiceSetting():
            return ", ".join(f"`{value}` ({label})" for value, label in setting.options.items())
        case YesNo():
            return "`oui`, `non`"
        case Names():
            return "des noms de personnes"
        case Labels():
            return ", ".join(f"`{word}`" for word in setting.known) or "des mots du groupe"
        case Labelled():
            return "des mots du groupe et leur poids"
        case Weights():
            return ", ".join(f"`{part}`" for part in setting.parts)
    raise TypeError(f"teach this page what {type(setting).__name__} can be")


def _ready() -> Iterator[str]:
    yield "## Les règles prêtes\n"
    yield "| fichier | nom | en une phrase | ce qu'elle favorise | ce qu'on lui reproche | où |"
    yield "|---|---|---|---|---|---|"
    for name, rule in ready_rules().items():
        cells = (rule.title, rule.sentence, rule.favours, rule.objections, rule.seen_at)
        yield f"| `{name}` | " + " | ".join(" ".join(cell.split()) for cell in cells) + " |"
    yield ""


def messages() -> bytes:
    """Return the French of argparse as `gettext` reads it: what is kept when it says the same, whoever compiled it."""
    made, kept = BytesIO(), MESSAGES.with_suffix(".mo")
    write_mo(made, read_po(MESSAGES.read_bytes().splitlines()))
    said = [GNUTranslations(BytesIO(each))._catalog for each in (made.getvalue(), kept.read_bytes())]
    same = [{key: text for key, text in each.items() if key} for each in said]
    return kept.read_bytes() if same[0] == same[1] else made.getvalue()


PLACE = r"""Après la préparation, elle est dans le dossier du cahier : écrivez `.venv/bin/kpa`
(sous Windows, `.venv\Scripts\kpa`).
"""


def commands() -> str:
    """Return the page of the command: every job, what it asks and its options."""
    parts = [
        "# La commande `kpa`\n",
        "*Cette page est écrite par `docs/generer.py`. Ne la corrigez pas à la main.*\n",
        PLACE,
    ]
    with in_french():
        for job, (_, about) in JOBS.items():
            parts.append(f"## `kpa {job}`\n\n{about[:1].upper()}{about[1:]}.\n")
            parts += [*_asked(job), ""]
    return "\n".join(parts).rstrip() + "\n"


def _asked(job: str) -> Iterator[str]:
    """Yield one line for each thing that a job can be given."""
    jobs = next(each for each in make_parser(job)._actions if each.dest == "job")
    for each in jobs.choices[job]._actions:
        if each.dest not in ("aide", "help", "details"):
            names = each.metavar if isinstance(each.metavar, tuple) else (each.metavar or "",)
            written = " ".join([", ".join(each.option_strings), *names]).strip()
            yield f"- `{written}` : {each.help}"


def gallery() -> str:
    """Return the page of the pages: each one by its question, with its picture."""
    parts = ["# Les pages, en images\n", GALLERY]
    told = {path.stem: json.loads(path.read_bytes())["metadata"] for path in sorted(ROOT.glob("notebooks/*.ipynb"))}
    for part, title in PARTS.items():
        parts.append(f"## {title}\n")
        parts += [
            f"### {each['menu']}\n\n{each['title']}\n\n![La page « {each['menu']} »](../images/pages/{name}.png)\n"
            for name, each in told.items()
            if each["part"] == part
        ]
    return "\n".join(parts).rstrip() + "\n"


def pages() -> dict[Path, bytes]:
    """Return what must be in each generated file."""
    return {
        ROOT / "docs" / "regles.md": reference().encode(),
        ROOT / "data" / "regles" / "schema.json": json.dumps(schema(), ensure_ascii=False, indent=1).encode() + b"\n",
        ROOT / "docs" / "reference" / "commandes.md": commands().encode(),
        ROOT / "docs" / "reference" / "pages.md": gallery().encode(),
        MESSAGES.with_suffix(".mo"): messages(),
    }


def main(arguments: list[str]) -> int:
    """Write the pages, or only tell whether they are up to date."""
    old = [path for path, made in pages().items() if not path.exists() or path.read_bytes() != made]
    if arguments == ["verifier"]:
        print("À jour." if not old else f"À refaire : {', '.join(path.name for path in old)}")
        return len(old)
    for path in old:
        path.write_bytes(pages()[path])
    print("Écrit : " + (", ".join(path.name for path in old) or "rien, tout est à jour") + ".")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
