"""The technical journal: one logger, `kpa_model`, in one rotated file of this person.

It never holds what people typed, nor the token that opens the workbook.
"""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler

from kpa_model import places

NAME = "journal.txt"
_LONGEST = 1_000_000
_SECRET = re.compile(r"(token(?:=|%3D| ))[^\s&\"'<>]+", re.IGNORECASE)


class _WithoutSecrets(logging.Formatter):
    """Writes a line without the token that opens the workbook, wherever it stands: address, header, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1…", super().format(record))


def handler() -> RotatingFileHandler:
    """Return what writes in the journal; the one before is kept beside it."""
    path = places.personal() / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    made = RotatingFileHandler(path, maxBytes=_LONGEST, backupCount=1, encoding="utf-8", delay=True)
    made.setFormatter(_WithoutSecrets("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return made


def keep(*others: str) -> None:
    """Write in the journal the defects of this program, and those of the libraries named; nothing in the terminal."""
    one = handler()
    for name in ("kpa_model", *others):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate, logger.level = [one], False, logging.ERROR
