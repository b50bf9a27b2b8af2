"""`kpa payer`, `kpa regulariser` and `kpa demande`: what is paid, corrected, asked of the CAE."""

from __future__ import annotations

import argparse
import secrets

from kpa_model.command.french import WrongCommand
from kpa_model.command.months.common import (
    MonthsDesk,
    amounts_typed,
    book_options,
    cents_of,
    code_of,
    day_of,
    month_of,
    show_month,
)
from kpa_model.command.outputs import Output
from kpa_model.command.screen import Screen
from kpa_model.errors import Problem
from kpa_model.ledger import correcting, paying
from kpa_model.ledger.events import Regularised
from kpa_model.ledger.refusal import called, titled
from kpa_model.story.months import proposal, request
from kpa_model.story.months.register import NamedLedger
from kpa_model.words import euros, of, signed_euros


def pay_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument("--personne", default="", metavar="NOM", help="une seule personne (sinon : toutes)")
    parser.add_argument("--montant", default="", metavar="EUROS", help="avec --personne : le montant versé")
    parser.add_argument("--moyen", default="", metavar="TEXTE", help="comment : virement, espèces")
    parser.add_argument("--avance", action="store_true", help="au-delà de ce qui est dû : une avance")
    parser.add_argument("--reporter", default="", metavar="RAISON", help="reporter ce qui reste au mois suivant")
    said = "mot à vous : le même versement, envoyé deux fois, n'est écrit qu'une fois"
    parser.add_argument("--cle", default="", metavar="MOT", help=said)


def pay(asked: argparse.Namespace, screen: Screen) -> int:
    """Note what was paid, to one person or to all, and carry the rest when asked."""
    desk = MonthsDesk(asked)
    seen = desk.read()
    label, day, key = month_of(asked, seen), day_of(asked.le), asked.cle or secrets.token_hex(8)
    if asked.personne:
        code, cents = code_of(seen, asked.personne), cents_of(asked.montant, "Option --montant")
        desk.register.commit(
            lambda now: paying.pay(
                now.state, label, code, cents, day, key, means=now.who.hidden(asked.moyen), advance=asked.avance
            )
        )
    elif asked.montant:
        what = "il manque la personne."
        raise WrongCommand(Problem("Option --montant", what, "Ajoutez --personne, ou enlevez --montant."))
    elif not asked.reporter:
        desk.register.commit(lambda now: paying.pay_all(now.state, label, day, key, now.who.hidden(asked.moyen)))
    if asked.reporter:
        desk.register.commit(lambda now: paying.carry(now.state, label, now.who.hidden(asked.reporter)))
    seen = desk.read()
    show_month(seen, seen.state.month(label), screen)
    return 0


def correct_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument(
        "--raison", default="", metavar="TEXTE", help="ce qui était faux ; sans elle, on montre l'écart"
    )
    parser.add_argument(
        "--remettre", nargs="+", default=[], metavar="PERSONNE", help="remettre l'écart à ces personnes"
    )


def correct(asked: argparse.Namespace, screen: Screen) -> int:
    """Show what changed in closed months; with a reason, bring it into the open one."""
    desk = MonthsDesk(asked)
    seen = desk.read()
    found = proposal.drifts(seen, desk.book)
    if asked.mois:
        label = month_of(asked, seen)
        found = {label: found[label]} if label in found else {}
    if not found:
        screen.say("Le carnet dit toujours ce qui a été payé. Il n'y a rien à régulariser.")
        return 0
    forgiven = [code_of(seen, name) for name in asked.remettre]
    for label, drift in found.items():
        screen.title(titled(label))
        screen.listing(seen.who.told(each) for each in drift.changes)
        made = correcting.regularise(seen.state, label, drift, asked.raison or "…", forgiven)
        screen.listing(f"{seen.who.name(code)} : {signed_euros(cents)}" for code, cents in made.pay.items())
        if asked.raison:
            _bring(desk, label, asked.raison, forgiven)
            screen.say(f"L'écart entre dans {called(made.into)}, sur une ligne à part.")
            seen = desk.read()
    if not asked.raison:
        screen.say("Rien n'est écrit. Pour régulariser, recommencez avec --raison.")
    return 0


def _bring(desk: MonthsDesk, label: str, reason: str, forgiven: list[str]) -> None:
    def command(now: NamedLedger) -> Regularised | list[Regularised]:
        drift = proposal.drifts(now, desk.book).get(label)
        return correcting.regularise(now.state, label, drift, now.who.hidden(reason), forgiven) if drift else []

    desk.register.commit(command)


def ask_options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    book_options(parser)
    parser.add_argument("--limite", default="", metavar="DATE", help="date limite de la CAE")
    parser.add_argument("--reference", default="", metavar="TEXTE", help="référence de la demande")
    parser.add_argument("--sortie", metavar="DOSSIER", help="dossier où écrire la page et les tableaux")
    parser.add_argument("--reponse", choices=list(paying.OUTCOMES), metavar="REPONSE", help=", ".join(paying.OUTCOMES))
    said = "avec --reponse payee : ce que la CAE a payé, NOM=MONTANT (sinon : ce qui reste à verser)"
    parser.add_argument("--paye", nargs="+", default=[], metavar="NOM=MONTANT", help=said)


def ask(asked: argparse.Namespace, screen: Screen) -> int:
    """Note a request and write its papers, or note what the CAE answered."""
    desk = MonthsDesk(asked)
    seen = desk.read()
    label, day = month_of(asked, seen), day_of(asked.le)
    if asked.reponse:
        figures = seen.state.month(label).awaited(seen.state.limit) | amounts_typed(seen, asked.paye)
        desk.register.commit(lambda now: paying.answer(now.state, label, day, asked.reponse, figures))
        screen.say(f"La demande est {paying.OUTCOMES[asked.reponse]}.")
    elif not seen.state.month(label).requested:
        due = day_of(asked.limite, "--limite") if asked.limite else None
        desk.register.commit(lambda now: paying.request(now.state, label, day, due, now.who.hidden(asked.reference)))
    seen = desk.read()
    if not asked.reponse:
        amounts = request.asked(seen, seen.state.month(label))
        screen.say(f"Demande {of(called(label))} : {euros(sum(amounts.values()))}.")
    if asked.sortie:
        _write(desk, label, asked.sortie, screen)
    show_month(seen, seen.state.month(label), screen)
    return 0


def _write(desk: MonthsDesk, label: str, folder: str, screen: Screen) -> None:
    seen, about = desk.read(), desk.book.cooperative
    out = Output(folder, f"demande_{label}")
    out.add("pdf", request.request_paper(seen, about, label))
    out.add("csv", request.request_csv(seen, label))
    out.add("xlsx", request.request_xlsx(seen, label))
    out.finish({"Registre": seen.kept.mark})
    screen.listing(str(path) for path in out.written)
