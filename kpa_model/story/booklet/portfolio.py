"""A portfolio for other programs: JSON-LD, with the badges and the proofs beside it, of what a person ticked.

Vocabularies: schema.org for the person and what she did; `LearningOutcome`, `relatedESCOSkill` and `relatedSkill` of
the European Learning Model 3.2 for what she says she can do; SKOS for codes. The context is inside: no network is
asked. It is no European Digital Credential, and nothing but the badges is signed: `LISEZMOI.txt` says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.codes import ESCO, parted
from kpa_model.assessment.kept import AnswerLine, Proof
from kpa_model.story.booklet.export import badge_files, proof_files, zipped
from kpa_model.story.booklet.trust import label, standing

CONTEXT = {
    "@vocab": "https://schema.org/",
    "elm": "http://data.europa.eu/snb/model/elm/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "@language": "fr",
    "startDate": {"@type": "xsd:date"},
    "endDate": {"@type": "xsd:date"},
    "dateCreated": {"@type": "xsd:date"},
}
SAID = "Dit par la personne elle-même, dans ses mots. Rien ici n'est signé, sauf les badges joints."
_READ_ME = """Portfolio, pour un autre programme

portfolio.jsonld  ce que la personne a choisi de montrer (JSON-LD 1.1)
badges/           ses badges, signés par le groupe (Open Badges 3.0, JWT)
preuves/          ses photos et certificats

Les mots employés
- schema.org : la personne, ce qu'elle a fait, ses badges, ses fichiers.
- European Learning Model 3.2 (celui d'Europass) : LearningOutcome, relatedESCOSkill, relatedSkill.
- SKOS : les codes ROME. Un code est là seulement si la grille du groupe le déclare.

Ce que ce fichier ne dit pas
- Ce n'est pas un justificatif numérique européen (European Digital Credential). Personne ne l'a signé.
- Nous n'avons pas essayé de le faire entrer dans Europass.
- Un badge que le groupe a retiré n'est pas ici. Le nom écrit dans un badge ne prouve rien : vérifiez sa signature.
- Un niveau est celui que la personne s'est donné. Il n'a pas d'équivalent dans un cadre officiel.
- Une compétence sans code n'a été rapprochée d'aucune liste.
- Une photo ou un certificat est joint tel quel : personne ne l'a vérifié.
"""


def portfolio(extract: Booklet, today: date) -> bytes:
    """Return what was ticked as a zip; contracts, interviews, feedback and withdrawn badges are never in it."""
    extract = standing(extract, today)
    whole = json.dumps(as_linked(extract, today), ensure_ascii=False, indent=1)
    return zipped({"LISEZMOI.txt": _READ_ME, "portfolio.jsonld": whole, **badge_files(extract), **proof_files(extract)})


def as_linked(extract: Booklet, today: date) -> dict[str, Any]:
    """Return the JSON-LD document."""
    person = {
        "@type": "Person",
        "name": extract.name,
        "memberOf": {"@type": "Organization", "name": extract.group} if extract.group else None,
        "knowsAbout": [*_talents(extract), *_answers(extract)],
        "subjectOf": [*_done(extract), *_learnt(extract), *_proofs(extract)],
        "hasCredential": [*_badges(extract, today)],
    }
    document = {
        "@type": "ProfilePage",
        "dateCreated": today.isoformat(),
        "description": SAID,
        "mainEntity": _bare(person),
    }
    return {"@context": CONTEXT, **document}


def _bare(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value}


def _talents(mine: Booklet) -> Iterator[dict[str, Any]]:
    for each in mine.talents:
        yield _outcome(each.title, each.evidence, each.on)


def _answers(mine: Booklet) -> Iterator[dict[str, Any]]:
    """Yield what she said of herself, the newest of each criterion; what is not a level says nothing."""
    newest: dict[tuple[str, str], tuple[date, AnswerLine]] = {}
    for grid in sorted(mine.grids, key=lambda each: each.on):
        if not grid.by:
            newest |= {(grid.title, line.key): (grid.on, line) for line in grid.lines}
    for (grid_title, _), (on, line) in newest.items():
        if not line.aside:
            told = f"{line.level}. {line.example}".strip()
            yield {**_outcome(line.criterion, told, on), "isPartOf": grid_title, **_codes(line.codes)}


def _outcome(title: str, told: str, on: date | None) -> dict[str, Any]:
    node = {"@type": "elm:LearningOutcome", "dct:title": title, "dct:description": told, "dateCreated": _day(on)}
    return _bare(node)


def _codes(codes: tuple[str, ...]) -> dict[str, Any]:
    """Return the codes of a criterion: an address for ESCO, a notation for ROME."""
    known = [parted(each) for each in codes]
    esco = [{"@id": what, "@type": "skos:Concept"} for kind, what in known if kind == ESCO]
    others = [_notation(kind, what) for kind, what in known if kind != ESCO]
    return _bare({"elm:relatedESCOSkill": esco, "elm:relatedSkill": others})


def _notation(kind: str, what: str) -> dict[str, Any]:
    scheme = {"@type": "skos:ConceptScheme", "skos:prefLabel": kind}
    return {"@type": "skos:Concept", "skos:notation": what, "skos:inScheme": scheme}


def _done(mine: Booklet) -> Iterator[dict[str, Any]]:
    for each in mine.experiences:
        node = {"@type": "Event", "name": each.title, "description": each.detail}
        yield _bare({**node, "startDate": _day(each.first), "endDate": _day(each.last)})


def _learnt(mine: Booklet) -> Iterator[dict[str, Any]]:
    for each in mine.trainings:
        by = {"@type": "Organization", "name": each.by} if each.by else None
        yield _bare({"@type": "EducationEvent", "name": each.title, "organizer": by, "startDate": _day(each.on)})


def _proofs(mine: Booklet) -> Iterator[dict[str, Any]]:
    for name, proof in zip(proof_files(mine), mine.proofs, strict=True):
        yield _media(name, proof)


def _media(name: str, proof: Proof) -> dict[str, Any]:
    node = {"@type": "MediaObject", "name": proof.title, "encodingFormat": proof.mime, "contentUrl": name}
    return _bare({**node, "sha256": hashlib.sha256(proof.bytes).hexdigest(), "dateCreated": _day(proof.on)})


def _badges(mine: Booklet, today: date) -> Iterator[dict[str, Any]]:
    """Yield the badges, each with what is known here of its key: a name in a badge proves nothing."""
    for name, each in zip(badge_files(mine), mine.badges, strict=True):
        node = {"@type": "EducationalOccupationalCredential", "name": each.title, "credentialCategory": "badge"}
        yield {**node, "description": label(each, today), "dateCreated": _day(each.on), "encoding": _token(name)}


def _token(name: str) -> dict[str, Any]:
    return {"@type": "MediaObject", "encodingFormat": "application/jwt", "contentUrl": name}


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
