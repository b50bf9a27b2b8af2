"""The booklet in the open: a folder that anybody can read without this workbook, and that can come back.

`livret.html` is for reading, `livret.json` for another program, `schema.json` says what each part is, `badges/` holds
the badges as the group signed them, `LISEZMOI.txt` says all this. Nothing in it is closed: the screen says so first.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from kpa_model.assessment.booklet import Booklet, as_data, evolution, from_data, open_copy
from kpa_model.assessment.contract import Period
from kpa_model.assessment.kept import Contract, Feedback, Proof
from kpa_model.declare.markup import Html, definitions, items, joined, standalone, tag
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.story.booklet.trust import label
from kpa_model.words import day, of, slug

_LARGEST = 20_000_000
KINDS = {"image/jpeg": "Une photo", "application/pdf": "Un certificat (PDF)"}
"""What each type of proof is called."""

_ENDS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
_READ_ME = """Livret personnel, version ouverte

Ce dossier n'est pas fermé à clé. Gardez-le en lieu sûr.

livret.html   se lit dans un navigateur
livret.json   le même contenu, pour un autre programme (format « livret-kpa-1 »)
schema.json   ce que veut dire chaque partie de livret.json (JSON Schema)
badges/       les badges ouverts, signés par le groupe (Open Badges 3.0, JWT)
preuves/      les photos et les certificats ; livret.json les contient aussi

Ces fichiers vous appartiennent. Vous pouvez les donner, les changer, les effacer.
"""


def open_folder(booklet: Booklet) -> bytes:
    """Return the whole booklet as a zip; the same booklet gives the same bytes."""
    mine = open_copy(booklet)
    schema = TypeAdapter(Booklet).json_schema(by_alias=True)
    files = {
        "LISEZMOI.txt": _READ_ME,
        "livret.html": as_page(mine),
        "livret.json": json.dumps(as_data(mine), ensure_ascii=False, indent=1),
        "schema.json": json.dumps(schema, ensure_ascii=False, indent=1),
    }
    return zipped({**files, **badge_files(mine), **proof_files(mine)})


def badge_files(booklet: Booklet) -> dict[str, str]:
    """Return the badges as files: name → signed badge, in the order of the booklet."""
    return {f"badges/badge_{at}.jwt": each.token for at, each in enumerate(booklet.badges, start=1)}


def proof_files(booklet: Booklet) -> dict[str, bytes]:
    """Return the proofs as files: name → content, in the order of the booklet."""
    return {f"preuves/{at}_{proof_name(each)}": each.bytes for at, each in enumerate(booklet.proofs, start=1)}


def proof_name(proof: Proof) -> str:
    """Return the name of the file of a proof: `devant_le_buffet.jpg`."""
    return f"{slug(proof.title)[:40] or 'preuve'}{_ENDS[proof.mime]}"


def proof_shown(proof: Proof) -> Html:
    """Return a proof to look at: the photo itself, or what it is; words say the same."""
    said = tag("figcaption", tag("strong", proof.title), f" ({day(proof.on)})" if proof.on else "")
    if proof.mime != "image/jpeg":
        return tag("figure", tag("p", KINDS[proof.mime]), said)
    photo = tag("img", src=f"data:{proof.mime};base64,{proof.content}", alt=f"Photo : {proof.title}")
    return tag("figure", photo, said, cls="kpa-photo")


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return files as a zip; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            whole = content.encode() if isinstance(content, str) else content
            folder.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), whole, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def from_folder(content: bytes) -> Booklet:
    """Return the booklet of such a zip, or of its `livret.json` alone. Raises UnreadableFile."""
    where = "Livret ouvert"
    try:
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as folder:
                if folder.getinfo("livret.json").file_size > _LARGEST:
                    raise ValueError
                content = folder.read("livret.json")
        return from_data(json.loads(content), where)
    except (ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, RecursionError):
        todo = "Choisissez le dossier « .zip » que le cahier vous a donné."
        raise UnreadableFile(Problem(where, "ce n'est pas un livret ouvert.", todo)) from None


def as_page(booklet: Booklet) -> Html:
    """Return the booklet as one HTML page that asks nothing from any network."""
    told = [tag("h2", title) + body for title, body in parts(booklet) if body]
    since = f"{booklet.group}, depuis" if booklet.group else "Depuis"
    head = tag("h1", booklet.name) + tag("p", f"{since} le {day(booklet.entry)}.")
    return standalone(f"Livret {of(booklet.name)}", _STYLE, tag("main", head, told))


_STYLE = (
    "body{margin:0 auto;max-width:44rem;padding:1rem;font:18px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff}"
    "h1{border-bottom:4px solid #a23f00}img{max-width:100%;height:auto}"
    "h2{color:#a23f00}dt{color:#4a5058}dd{margin:0 0 .6em}"
)


def parts(booklet: Booklet) -> list[tuple[str, Html]]:
    """Return the title and the elements of each part."""
    return [
        ("Mes talents", _list([(each.title, each.evidence, each.on) for each in booklet.talents])),
        ("Mes expériences", _list([(e.title, e.detail, e.last or e.first) for e in booklet.experiences])),
        ("Mes formations", _list([(each.title, each.by, each.on) for each in booklet.trainings])),
        ("Mes badges", _list([(each.title, label(each, date.today()), each.on) for each in booklet.badges])),
        ("Mes preuves", joined(proof_shown(each) for each in booklet.proofs)),
        ("Mes prochains pas", _list([(each.title, "fait" if each.done else "", each.due) for each in booklet.goals])),
        ("Mon contrat", _list([(each.title, contract_span(each), None) for each in booklet.contracts])),
        ("Ce qu'on m'a écrit", joined(feedback_told(each) for each in booklet.feedback)),
        ("Ce que j'ai dit, et quand", _said(booklet)),
        ("Ce que d'autres ont dit", _others(booklet)),
        ("Mes entretiens", joined(_interview(each) for each in booklet.interviews)),
    ]


def feedback_told(each: Feedback) -> Html:
    """Return what somebody wrote back, its steps, and who signed it when."""
    kind = "Plan d'action" if each.steps else "Commentaire"
    signed = f"Signé par {each.by} le {day(each.on)}."
    mine = f"La personne l'a signé le {day(each.signed)}." if each.signed else "La personne ne l'a pas encore signé."
    return joined(
        tag("h3", f"{kind} {of(each.by)}"),
        [tag("p", line) for line in each.text.splitlines() if line.strip()],
        items(each.steps, "ol") if each.steps else None,
        tag("p", signed, " ", mine if each.steps or each.signed else "", cls="kpa-small"),
    )


def contract_span(each: Contract) -> str:
    """Return `du 1er mars 2026 au 28 février 2027`."""
    return f"du {day(each.start)} au {day(Period(each.start, each.months, each.stopped).last)}"


def _list(rows: Sequence[tuple[str, str, date | None]]) -> Html:
    return items(
        joined(tag("strong", title), f" : {more}" if more else "", f" ({day(on)})" if on else "")
        for title, more, on in rows
    )


def _said(booklet: Booklet) -> Html:
    told = list[Html]()
    for grid, criteria in evolution(booklet).items():
        told.append(tag("h3", grid))
        for name, said in criteria.items():
            lines = [(day(on), f"{each.level}. {each.example}".strip(), None) for on, each in said]
            told.append(joined(tag("p", tag("strong", name)), _list(lines)))
    return joined(told)


def _others(booklet: Booklet) -> Html:
    told = list[Any]()
    for each in booklet.grids:
        if each.by:
            lines = [(line.criterion, f"{line.level}. {line.example}".strip(), None) for line in each.lines]
            told += [tag("h3", f"{each.by}, le {day(each.on)} ({each.title})"), _list(lines)]
    return joined(told)


def _interview(each: Any) -> Html:
    told = definitions((said.question, said.answer) for said in each.said)
    step = tag("p", tag("strong", "Prochain pas :"), f" {each.step}") if each.step else None
    return joined(tag("h3", f"{each.title}, {day(each.on)}"), told, step)
