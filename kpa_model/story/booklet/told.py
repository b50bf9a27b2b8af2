"""What the screens and the paper say of a person's pathway. Never a judgement: what is late is to be caught up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.contract import Cape
from kpa_model.assessment.pathway.stages import Meeting, Pathway
from kpa_model.assessment.timeline import Timeline, TimelineEvent, When
from kpa_model.words import count, day, uncapital

BESIDE = {
    "seul": "Par moi-même",
    "pair": "En binôme, avec une personne du groupe",
    "accompagnement": "Avec la personne qui m'accompagne",
}
"""How an interview was held."""

WHEN = {
    When.DONE: "✓ fait",
    When.LATE: "quand vous pourrez",
    When.NEXT: "○ à venir",
    When.WAITING: "… après la pause",
}

BEFORE_CREATING = ("Une phrase secrète ferme votre livret.", "Vous la notez sur papier.")
"""Said before anything is made."""

BEFORE_CREATING_MORE = (
    "Le cahier vous donne la phrase, une seule fois.",
    "Ensuite, il vous donne douze mots de secours. Ils ouvrent aussi le livret.",
    "Il ne garde ni la phrase, ni les mots que vous avez notés. Personne ne peut les retrouver.",
    "Sans la phrase et sans les mots, le livret reste fermé pour toujours.",
)
"""Said too, to whoever wants to know more."""

UNDERSTOOD = "J'ai compris : sans phrase ni mots, personne ne rouvrira mon livret."

AFTER_REVOKING = (
    "Le partage est retiré de cet ordinateur. Son code ne l'ouvre plus ici.",
    "Une copie déjà emportée reste lisible. Ce qui a été lu ne s'oublie pas.",
)

CANNOT_DELETE = (
    "Nous effaçons le livret, ses brouillons et ses partages gardés ici.",
    "Nous ne pouvons pas effacer vos copies, vos impressions et les partages emportés.",
)


def where_i_am(line: Timeline, pathway: Pathway) -> tuple[str, ...]:
    """Return where the person is, what comes next."""
    if line.today < line.entry:
        return (f"Votre parcours commence le {day(line.entry)}.",)
    if line.finished:
        return ("Votre parcours est arrivé au bout.", "Le livret reste à vous.")
    first = f"Votre parcours commence : {pathway.end} mois devant vous."
    place = f"Vous êtes au mois {line.month} sur {pathway.end}." if line.month else first
    said = [place, f"C'est le temps « {line.stage.title} ».", line.stage.sentence]
    if line.paused:
        said.append("Vous êtes en pause : le parcours vous attend.")
    coming = next((each for each in line.coming if each.when is When.NEXT), None)
    if coming:
        said.append(f"Ensuite : {uncapital(coming.title)}, {in_days(coming.due, line.today)}.")
    return tuple(each for each in said if each)


def contract_told(cape: Cape | None, today: date) -> tuple[str, ...]:
    """Return what a person knows of her own contract: its days, what the law still allows, where it says so."""
    if cape is None:
        return ("Notez les dates de votre CAPE : le cahier dira quand il finit.",)
    law = cape.limits
    said = [f"Votre CAPE va du {day(cape.periods[-1].start)} au {day(cape.end)}."]
    if cape.stopped:
        return (f"Votre CAPE s'est arrêté le {day(cape.end)}.",)
    if cape.end < today:
        said.append("Cette date est passée. Est-il renouvelé ? Notez-le, ou appelez la CAE.")
    elif (cape.end - today).days <= SOON:
        said.append(f"Il finit dans {count((cape.end - today).days, 'jour')}. Parlez-en à la CAE maintenant.")
    said += _renewals(cape)
    return (*said, f"Source : {law.source}")


SOON = 60
"""Days before the end of a contract from which one says so: a renewal is written and signed before the end."""


def _renewals(cape: Cape) -> list[str]:
    law = cape.limits
    if cape.beyond:
        return [
            f"La loi ne prévoit que {count(law.renewals, 'renouvellement')}.",
            "Pour plusieurs CAPE de suite, avec d'autres structures, nous ne savons pas : demandez à la CAE.",
        ]
    if not cape.renewals_left:
        return ["Il ne peut plus être renouvelé."]
    whole = law.months * (1 + law.renewals)
    said = [f"Il peut encore être renouvelé {count(cape.renewals_left, 'fois', 'fois')}, par écrit."]
    said.append(f"Cela fait {cape.months_left} mois de plus, au plus. Avec trois contrats pleins : {whole} mois.")
    if cape.months_lost:
        said.append(f"Des contrats plus courts ont fait perdre {count(cape.months_lost, 'mois', 'mois')} sur {whole}.")
    return said


def to_catch_up(line: Timeline) -> tuple[str, ...]:
    """Return what should have been done, oldest first."""
    said = [f"{each.title} : c'était prévu le {day(each.due)}." for each in line.late]
    contracts = [each for each in line.late if each.kind is Meeting.CONTRACT]
    if contracts:
        said.append("Pour un contrat, appelez la CAE sans attendre.")
    if line.paused:
        said.append("Un contrat ne s'arrête pas pendant une pause.")
    return tuple(said)


def in_days(due: date, today: date) -> str:
    """Return `le 15 mai 2026, dans 12 jours`, or `c'était prévu le 15 mars 2026`."""
    left = (due - today).days
    if left < 0:
        return f"c'était prévu le {day(due)}"
    if left == 0:
        return "aujourd'hui"
    near = f", dans {count(left, 'jour')}" if left < 60 else ""
    return f"le {day(due)}{near}"


def rows(line: Timeline) -> list[tuple[str, str, str]]:
    """Return (day, title, state) of each event."""
    return [(day(each.done or each.due), each.title, _state(each)) for each in line.events]


def _state(event: TimelineEvent) -> str:
    moved = event.done and event.done != event.due and event.key.startswith("entretien") is False
    return f"{WHEN[event.when]} (prévu le {day(event.due)})" if moved else WHEN[event.when]


def picture_text(line: Timeline, pathway: Pathway) -> str:
    """Return what the picture of the pathway shows, for whoever does not see it."""
    stages = ", ".join(f"{each.title} du mois {each.start} au mois {each.end}" for each in pathway.stages)
    return f"Le parcours : {stages}. Vous êtes au mois {line.month}."


def proofs(booklet: Booklet) -> list[str]:
    """Return what the booklet holds, counted in things, never in points."""
    kinds = (
        (booklet.talents, "talent"), (booklet.experiences, "expérience"), (booklet.trainings, "formation"),
        (booklet.badges, "badge"), (booklet.interviews, "entretien"),
    )  # fmt: skip
    return [count(len(each), word) for each, word in kinds if each]


def sorted_by_day(items: Sequence[object], name: str) -> list[object]:
    """Return items newest first; those without a day come last."""
    return sorted(items, key=lambda each: getattr(each, name) or date.min, reverse=True)
