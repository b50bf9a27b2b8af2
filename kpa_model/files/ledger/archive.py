"""A whole ledger in one file, to keep elsewhere or to bring to another machine.

JSON lines: a header with the SHA-256 of what follows, the names (or none), then one entry a line.
"""

from __future__ import annotations

import hashlib
import json

from kpa_model.errors import KpaError, Problem
from kpa_model.files.ledger.entries import BrokenChain, KeptLedger, LedgerBase, LedgerEntry, verified

FORMAT, LARGEST = "registre-kpa-1", 100_000_000
_FIELDS = ("kind", "key", "payload", "seq", "at", "previous")


class WrongLedgerFile(KpaError):
    """A file of ledger cannot be taken as it is."""


def export(base: LedgerBase, ledger: str, names: bool = True) -> bytes:
    """Return the file of a ledger, with the names of people or without. Raises WrongLedgerFile when it is empty."""
    kept = base.read(ledger)
    if not kept.entries:
        raise WrongLedgerFile(Problem(f"Registre « {ledger} »", "il est vide.", "Commencez-le d'abord."))
    known = dict(kept.names) if names else dict.fromkeys(kept.names, "")
    lines = [known, *({name: getattr(each, name) for name in _FIELDS} for each in kept.entries)]
    body = "".join(f"{json.dumps(line, sort_keys=True, ensure_ascii=False)}\n" for line in lines).encode()
    header = {"format": FORMAT, "registre": ledger, "ecritures": len(kept.entries), "empreinte": kept.mark,
              "sha256": _print(ledger, body)}  # fmt: skip
    return json.dumps(header).encode() + b"\n" + body


def restore(base: LedgerBase, content: bytes, book: str, where: str = "Fichier du registre") -> None:
    """Put the ledger of a book back from its file. Raises WrongLedgerFile, CannotKeep; then nothing is written."""
    ledger, kept = _opened(content, where)
    if ledger != book:
        todo = f"Ouvrez le carnet « {ledger} », ou donnez ce nom à votre carnet. Puis recommencez."
        raise WrongLedgerFile(Problem(where, f"c'est le registre de « {ledger} ».", todo))
    base.put(ledger, kept)


def _opened(content: bytes, where: str) -> tuple[str, KeptLedger]:
    damaged = WrongLedgerFile(Problem(where, "il est abîmé ou incomplet.", "Reprenez la copie d'origine."))
    head, _, body = content[: LARGEST + 1].partition(b"\n")
    try:
        header = json.loads(head)
        if header["format"] != FORMAT:
            raise WrongLedgerFile(
                Problem(where, "ce n'est pas un registre de ce cahier.", "Choisissez un autre fichier.")
            )
        if len(content) > LARGEST or header["sha256"] != _print(header["registre"], body):
            raise damaged
        names, *lines = [json.loads(line) for line in body.splitlines()]
        kept = KeptLedger(
            tuple(LedgerEntry(**{name: line[name] for name in _FIELDS}) for line in lines),
            {str(code): str(name) for code, name in names.items()},
        )
        verified(kept.entries)
        ledger = str(header["registre"])
    except BrokenChain:
        raise damaged from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged from None
    whole = kept.mark == header.get("empreinte") and len(kept.entries) == header.get("ecritures")
    if not kept.entries or not whole or not 0 < len(ledger) <= 80:
        raise damaged
    return ledger, kept


def _print(ledger: str, body: bytes) -> str:
    return hashlib.sha256(ledger.encode() + b"\n" + body).hexdigest()
