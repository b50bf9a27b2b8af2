"""Pathway files: French YAML that a group may change. `loads(dumps(pathway)) == pathway`, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kpa_model import places
from kpa_model.assessment.pathway.stages import INTERVIEWS, Appointment, Guide, Meeting, Pathway, Question, Stage
from kpa_model.declare.plain_yaml import Kind, read_mapping, read_text
from kpa_model.declare.unit import quoted
from kpa_model.errors import KpaError, Problem, nearest

LONGEST = 60
"""Most months of a pathway: five years."""

MOST = 60
"""Most stages, appointments or questions."""

_TEXTS = {"titre": "title", "phrase": "sentence", "source": "source", "licence": "licence"}
_KEYS = (*_TEXTS, "etapes", "rendez_vous", "entretiens")
_STAGE = ("cle", "titre", "debut", "fin", "entretien_tous_les", "phrase")
_APPOINTMENT = ("cle", "titre", "genre", "mois", "phrase")
_GUIDE = ("genre", "titre", "phrase", "questions")
_QUESTION = ("cle", "question", "aide", "choix")


class WrongPathway(KpaError):
    """A pathway, as written, cannot be followed."""


_KIND = Kind("un parcours", "« titre: » puis « etapes: »", WrongPathway, "le parcours prêt", deepest=7)


def load(path: Path) -> Pathway:
    """Read a pathway file. Raises WrongPathway with every problem at once."""
    return loads(read_text(path, WrongPathway), f"Fichier {path.name}")


def ready() -> Pathway:
    """Return the pathway that comes with the workbook."""
    return load(places.data() / "parcours" / "kpa_cite.yaml")


def ours() -> Pathway:
    """Return the group's own pathway (`mes_donnees/parcours.yaml`) when there is one, else the ready one.

    Raises WrongPathway when the group's own file has a mistake.
    """
    own = places.personal() / "parcours.yaml"
    return load(own) if own.exists() else ready()


def keep(text: str) -> Pathway:
    """Make a text the group's own pathway; nothing is written when it has a mistake. Raises WrongPathway."""
    found = loads(text)
    places.put(places.personal() / "parcours.yaml", dumps(found))
    return found


def forget() -> None:
    """Come back to the ready pathway: the group's own is put aside as `parcours.ancien.yaml`."""
    own = places.personal() / "parcours.yaml"
    if own.exists():
        own.replace(own.with_name("parcours.ancien.yaml"))


def loads(text: str, where: str = "Parcours") -> Pathway:
    """Read a pathway from text. Raises WrongPathway with every problem at once."""
    reader = _Reader(where)
    content = read_mapping(text, where, _KIND)
    reader.known(content, _KEYS, "")
    texts = {name: reader.text(content, key, "", needed=key == "titre") for key, name in _TEXTS.items()}
    stages = reader.each(content, "etapes", "étape", _stage)
    appointments = reader.each(content, "rendez_vous", "rendez-vous", _appointment)
    guides = reader.each(content, "entretiens", "entretien", _guide)
    if not stages and "etapes" not in reader.refused:
        reader.add("", "il manque les étapes.", "Ajoutez « etapes: », puis une ligne « - cle: immersion ».")
    _follow_each_other(reader, stages)
    _once(reader, [each.key for each in (*stages, *appointments)])
    _asked(reader, appointments, guides)
    if reader.problems:
        raise WrongPathway(*reader.problems)
    return Pathway(stages=tuple(stages), appointments=tuple(appointments), guides=tuple(guides), **texts)


def dumps(pathway: Pathway) -> str:
    """Return the file of a pathway."""
    content: dict[str, Any] = {key: getattr(pathway, name) for key, name in _TEXTS.items() if getattr(pathway, name)}
    content["etapes"] = [
        _kept(_STAGE, (each.key, each.title, each.start, each.end, each.every, each.sentence))
        for each in pathway.stages
    ]
    content["rendez_vous"] = [
        _kept(_APPOINTMENT, (each.key, each.title, str(each.kind), each.month, each.sentence))
        for each in pathway.appointments
    ]
    content["entretiens"] = [
        _kept(_GUIDE, (str(each.kind), each.title, each.sentence, [_question_data(one) for one in each.questions]))
        for each in pathway.guides
    ]
    yaml = YAML()
    yaml.width = 120
    written = StringIO()
    yaml.dump({key: value for key, value in content.items() if value}, written)
    return written.getvalue()


def _question_data(question: Question) -> dict[str, Any]:
    return _kept(_QUESTION, (question.key, question.label, question.help, [*question.choices]))


def _kept(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {key: value for key, value in zip(keys, values, strict=True) if value not in ("", [])}


class _Reader:
    """Reads parts of a file and gathers every problem."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.refused: set[str] = set()

    def add(self, here: str, what: str, todo: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(f"{self.where}{here}", what, todo))

    def known(self, content: Mapping[str, Any], keys: Sequence[str], here: str) -> None:
        """Note the names that mean nothing here."""
        for key in content:
            if key not in keys:
                todo = f"{nearest(key, keys)}\nNoms connus : {', '.join(keys)}.".strip()
                self.add(here, f"{quoted(key)} n'est pas un nom connu ici.", todo)

    def text(self, content: Mapping[str, Any], key: str, here: str, needed: bool = False) -> str:
        """Return a text of the file."""
        value = content.get(key) or ""
        if not isinstance(value, str):
            self.add(here, f"« {key} » n'est pas un texte.", "Écrivez une phrase sur une ligne.")
            return ""
        if needed and not value.strip():
            self.add(here, f"il manque « {key} ».", f"Ajoutez une ligne « {key}: … ».")
        return " ".join(value.split())

    def month(self, content: Mapping[str, Any], key: str, here: str, least: int = 0) -> int:
        """Return a whole number of months."""
        value = content.get(key)
        if isinstance(value, str) and value.strip().isdecimal() and least <= int(value) <= LONGEST:
            return int(value)
        what = f"il manque « {key} »." if value in (None, "") else f"« {key} » vaut {quoted(value)}."
        self.add(here, what, f"Écrivez un nombre entier de mois, de {least} à {LONGEST}.")
        return least

    def meeting(self, content: Mapping[str, Any], here: str, allowed: Sequence[Meeting]) -> Meeting:
        """Return a kind of meeting."""
        value = str(content.get("genre", ""))
        if value in allowed:
            return Meeting(value)
        todo = f"{nearest(value, allowed)}\nGenres connus : {', '.join(allowed)}.".strip()
        self.add(here, f"le genre {quoted(value)} n'existe pas." if value else "il manque « genre ».", todo)
        return allowed[0]

    def each(
        self, content: Mapping[str, Any], key: str, word: str, read: Callable[..., Any], here: str = ""
    ) -> list[Any]:
        """Return what `read` makes of each mapping of a list."""
        entries = content.get(key)
        if entries in (None, ""):
            return []
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries) or len(entries) > MOST:
            self.refused.add(key)
            todo = f"Pour chaque {word}, écrivez « - » puis ses lignes, {MOST} au plus."
            self.add(here, f"« {key} » n'est pas une liste.", todo)
            return []
        return [read(self, each, f"{here}, {word} {at}") for at, each in enumerate(entries, start=1)]


def _stage(reader: _Reader, content: Mapping[str, Any], here: str) -> Stage:
    reader.known(content, _STAGE, here)
    before = len(reader.problems)
    made = Stage(
        reader.text(content, "cle", here, needed=True),
        reader.text(content, "titre", here, needed=True),
        reader.month(content, "debut", here),
        reader.month(content, "fin", here, 1),
        reader.month(content, "entretien_tous_les", here, 1),
        reader.text(content, "phrase", here),
    )
    if made.end <= made.start and len(reader.problems) == before:
        reader.add(here, f"elle finit au mois {made.end}, avant son début.", "Corrigez « debut » ou « fin ».")
    return made


def _appointment(reader: _Reader, content: Mapping[str, Any], here: str) -> Appointment:
    reader.known(content, _APPOINTMENT, here)
    return Appointment(
        reader.text(content, "cle", here, needed=True),
        reader.text(content, "titre", here, needed=True),
        reader.meeting(content, here, tuple(Meeting)),
        reader.month(content, "mois", here),
        reader.text(content, "phrase", here),
    )


def _guide(reader: _Reader, content: Mapping[str, Any], here: str) -> Guide:
    reader.known(content, _GUIDE, here)
    questions = reader.each(content, "questions", "question", _question, here)
    if not questions and "questions" not in reader.refused:
        reader.add(here, "il manque les questions.", "Ajoutez « questions: », puis « - cle: je_sais ».")
    _once(reader, [each.key for each in questions], here)
    return Guide(
        reader.meeting(content, here, INTERVIEWS),
        reader.text(content, "titre", here, needed=True),
        reader.text(content, "phrase", here),
        tuple(questions),
    )


def _question(reader: _Reader, content: Mapping[str, Any], here: str) -> Question:
    reader.known(content, _QUESTION, here)
    choices = content.get("choix") or []
    if not isinstance(choices, list) or not all(isinstance(each, str) and each.strip() for each in choices):
        reader.add(here, "les choix ne sont pas une liste de textes.", "Écrivez « - » devant chaque choix.")
        choices = []
    key = reader.text(content, "cle", here, needed=True)
    if "." in key:
        reader.add(here, f"la clé {quoted(key)} contient un point.", "Gardez des lettres, des chiffres et « _ ».")
    label = reader.text(content, "question", here, needed=True)
    return Question(key, label, reader.text(content, "aide", here), tuple(" ".join(each.split()) for each in choices))


def _follow_each_other(reader: _Reader, stages: Sequence[Stage]) -> None:
    """Note a hole or an overlap between two stages."""
    if reader.problems:
        return
    expected = 0
    for at, each in enumerate(stages, start=1):
        if each.start != expected:
            what = f"elle commence au mois {each.start}, et non au mois {expected}."
            reader.add(f", étape {at} {quoted(each.title)}", what, "Les étapes se suivent, sans trou, dès le mois 0.")
        expected = each.end


def _once(reader: _Reader, keys: Sequence[str], here: str = "") -> None:
    for key, times in Counter(keys).items():
        if key and times > 1:
            reader.add(here, f"la clé {quoted(key)} sert {times} fois.", "Donnez une clé différente à chacun.")


def _asked(reader: _Reader, appointments: Sequence[Appointment], guides: Sequence[Guide]) -> None:
    """Note the kinds of interviews that have no question, or two lists of them."""
    if reader.problems:
        return
    have = Counter(each.kind for each in guides)
    for kind in {Meeting.INTERVIEW: 0, **{each.kind: 0 for each in appointments if each.kind in INTERVIEWS}}:
        if not have[kind]:
            todo = f"Ajoutez à « entretiens: » un entretien « genre: {kind} »."
            reader.add("", f"aucune question pour le genre « {kind} ».", todo)
    for kind, times in have.items():
        if times > 1:
            reader.add("", f"le genre « {kind} » a {times} listes de questions.", "Gardez une seule liste.")
