"""Booklets on the disk: each is one closed file, whose name says nothing of the person.

What is open lives in memory only. Saving closes it again with the same key and a fresh nonce: the passphrase is not
kept, and is not asked for again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from kpa_model import places
from kpa_model.errors import KpaError, Problem
from kpa_model.files.closed import recovery, sealed
from kpa_model.files.closed.merge import merged
from kpa_model.whole_file import destroy, forget_drafts, locked, write_whole

SUFFIX, SHARED = ".livret", ".partage"
FEWEST_LETTERS, FEWEST_WORDS, FEWEST_RARE = 14, 4, 3
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl")
GROUP_KEY, WITHDRAWN = "cle_du_groupe.pem", "badges_retires.jwt"


class WeakPhrase(KpaError):
    """A passphrase would be guessed too soon."""


class ChangedElsewhere(KpaError):
    """The file on the disk is no longer the one that was opened."""


def folder() -> Path:
    """Return the folder of the closed booklets, which only this account of the machine may look at."""
    return places.personal() / "livrets"


def known() -> list[str]:
    """Return the names of the booklets of this machine: two words each, drawn by chance."""
    return sorted(path.stem for path in folder().glob(f"*{SUFFIX}"))


def check_phrase(phrase: str, own: Mapping[str, Any] | None = None) -> None:
    """Raise WeakPhrase for a passphrase that would be guessed too soon; a better one is offered.

    Words that everybody tries first do not count, nor the name and the group of the booklet (`own`), nor « aaaa ».
    """
    told = sealed.normal(phrase)
    words = set(_WORD.findall(told))
    todo = f"Écrivez quatre mots sans rapport entre eux. Par exemple : « {' '.join(recovery.draw(recovery.PHRASE))} »."
    if len(told) < FEWEST_LETTERS or len(words) < FEWEST_WORDS:
        raise WeakPhrase(Problem("Phrase secrète", "elle est trop courte : on la devinerait.", todo))
    known = {
        each for name in ("nom", "groupe") for each in _WORD.findall(sealed.normal(str((own or {}).get(name, ""))))
    }
    rare = {each for each in words - _easy_words() - known if not _run(each)}
    if len(rare) < FEWEST_RARE or any(line in told or told in line for line in _easy_lines() if " " in line):
        raise WeakPhrase(Problem("Phrase secrète", "elle est trop facile : on la devinerait.", todo))


_WORD = re.compile(r"[^\W\d_]{2,}")


def _run(word: str) -> bool:
    """Tell whether a word is one or two letters again and again, or letters in the order of a keyboard."""
    return len(set(word)) < 3 or any(word in row or word[::-1] in row for row in _ROWS)


@lru_cache(maxsize=1)
def _easy_lines() -> frozenset[str]:
    text = (places.data() / "livret" / "faciles.txt").read_text(encoding="utf-8")
    return frozenset(sealed.normal(line) for line in text.splitlines() if line and not line.startswith("#"))


def _easy_words() -> frozenset[str]:
    """Return the words that everybody tries first: each is a line of its own."""
    return frozenset(line for line in _easy_lines() if " " not in line)


class OpenBooklet:
    """A booklet open in memory: its two-word name, its content (JSON values), its key."""

    def __init__(self, name: str, key: sealed.Key, content: dict[str, Any], digest: str) -> None:
        self.name = name
        self.content = content
        self._key = key
        self._digest = digest

    @property
    def path(self) -> Path:
        """Where it is on the disk."""
        return folder() / f"{self.name}{SUFFIX}"

    def save(self, content: dict[str, Any]) -> None:
        """Close the new content on the disk, whole or not at all; what another page saved since is kept with it.

        `content` is then what is on the disk: see `merge.merged`.

        Raises:
            ChangedElsewhere: it was taken away, or closed with another phrase; nothing is written.
            CannotWrite: the disk refused; the version before is still there.
        """
        with locked(places.personal() / "livrets.verrou"):
            if self._digest and _digest(self.path) != self._digest:
                content = merged(self.content, content, self._elsewhere())
            data = self._key.seal(json.dumps(content, ensure_ascii=False).encode())
            write_whole(self.path, data)
        self.content, self._digest = content, hashlib.sha256(data).hexdigest()

    def _elsewhere(self) -> dict[str, Any]:
        """Return what another page saved. Raises ChangedElsewhere."""
        found = self._key.unseal(self.path.read_bytes()) if self.path.is_file() else None
        if found is None:
            todo = "Recopiez d'abord ce que vous venez d'écrire. Fermez-le ici, puis ouvrez-le de nouveau."
            what = "sa phrase a changé dans une autre page." if self.path.is_file() else "il a été effacé ailleurs."
            raise ChangedElsewhere(Problem("Votre livret", what, todo))
        content: dict[str, Any] = json.loads(found)
        return content

    def sealed_copy(self) -> bytes:
        """Return the closed file, to keep elsewhere: it opens with the same secrets."""
        return self.path.read_bytes()

    def change_phrase(self, phrase: str, cost: int = sealed.COST) -> tuple[str, ...]:
        """Close the booklet with a new key, a new passphrase and new recovery words, which are returned.

        The old ones no longer open it; they still open copies made before. Raises WeakPhrase.
        """
        check_phrase(phrase, self.content)
        words = recovery.draw_recovery()
        self.save(self.content)  # what another page saved comes in first, while the key still opens it
        before, self._key = self._key, sealed.new_key({"phrase": phrase, "mots": " ".join(words)}, cost)
        try:
            self.save(self.content)
        except KpaError:
            self._key = before
            raise
        before.forget()
        return words

    def close(self) -> None:
        """Forget the key and the content."""
        self._key.forget()
        self.content = {}

    def delete(self, shares: tuple[str, ...] = ()) -> None:
        """Remove the file, what a crash may have left beside it, and the shared extracts kept on this machine."""
        for each in shares:
            withdraw(each)
        destroy(self.path)
        self.close()


def create(content: dict[str, Any], phrase: str, cost: int = sealed.COST) -> tuple[OpenBooklet, tuple[str, ...]]:
    """Make a booklet; return it with its recovery words, which it does not hold. Raises WeakPhrase.

    It is in memory alone until it is saved: nobody finds a booklet whose phrase was never noted.
    """
    check_phrase(phrase, content)
    words = recovery.draw_recovery()
    key = sealed.new_key({"phrase": phrase, "mots": " ".join(words)}, cost)
    return OpenBooklet(_free_name(), key, content, ""), words


def open_booklet(name: str, secret: str, kind: str = "phrase") -> OpenBooklet:
    """Open a booklet with its passphrase, or with its recovery words (`kind="mots"`).

    Raises:
        WrongSecret: the file is sound, these words do not open it.
        Damaged: the file is cut or was changed.
        WrongWords: these cannot be recovery words.
    """
    path = folder() / f"{Path(name).name}{SUFFIX}"
    where = f"Livret « {path.stem} »"
    if not path.is_file():
        raise sealed.Damaged(
            Problem(where, "il n'est plus sur cet ordinateur.", "Reprenez votre copie, si vous en avez une.")
        )
    forget_drafts(path)
    data = path.read_bytes()
    key, content = _opened(data, secret, kind, where)
    return OpenBooklet(path.stem, key, content, hashlib.sha256(data).hexdigest())


def _opened(data: bytes, secret: str, kind: str, where: str) -> tuple[sealed.Key, dict[str, Any]]:
    secret = recovery.read_recovery(secret) if kind == "mots" else secret
    key, content = sealed.unseal(data, secret, kind, where)
    return key, json.loads(content)


def bring_back(data: bytes, secret: str, kind: str = "phrase") -> OpenBooklet:
    """Put a closed copy on this machine, once its passphrase or its recovery words open it.

    When the same booklet is here already, both become one (see `merge`): nothing of either is lost.

    Raises:
        WrongSecret, WrongWords, Damaged, CannotWrite.
    """
    key, content = _opened(data, secret, kind, "Cette copie")
    for name in known():
        made = OpenBooklet(name, key, content, "")
        with suppress(sealed.Damaged):
            here = key.unseal(made.path.read_bytes())
            if here is not None:
                made.save(merged(None, json.loads(here), content))
                return made
    made = OpenBooklet(_free_name(), key, content, "")
    made.save(content)
    return made


def _free_name() -> str:
    while True:
        name = "-".join(recovery.draw(2))
        if not (folder() / f"{name}{SUFFIX}").exists():
            return name


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "gone"


# --- extracts shared with one person


def share(identity: str, content: dict[str, Any], cost: int = sealed.COST) -> tuple[str, bytes]:
    """Close an extract with a code of its own; return the code, kept nowhere, and the file.

    The file is kept here too, under a random name, until it is withdrawn.
    """
    code = " ".join(recovery.draw(recovery.CODE))
    data = sealed.new_key({"code": code}, cost).seal(json.dumps(content, ensure_ascii=False).encode())
    write_whole(_shared(identity), data)
    return code, data


def _shared(identity: str) -> Path:
    return folder() / f"{Path(identity).name}{SHARED}"


def open_share(
    code: str, data: bytes | None = None, tried: Callable[[int, int], None] = lambda done, total: None
) -> dict[str, Any]:
    """Return the extract that a code opens: the file given, else one of those kept here.

    `tried` is told which share is being tried, out of how many: each takes about a second. Raises WrongSecret, or
    Damaged for a file given.
    """
    if data is not None:
        return json.loads(sealed.unseal(data, code, "code", "Ce partage")[1])
    kept = sorted(folder().glob(f"*{SHARED}"))
    for done, path in enumerate(kept, start=1):
        tried(done, len(kept))
        try:
            return json.loads(sealed.unseal(path.read_bytes(), code, "code", "Ce partage")[1])
        except (sealed.WrongSecret, sealed.Damaged):
            continue
    todo = "Vérifiez le code. Le partage a peut-être été arrêté par la personne."
    raise sealed.WrongSecret(Problem("Ce partage", "ce code n'ouvre aucun partage ici.", todo))


def withdraw(identity: str) -> bool:
    """Remove a shared extract from this machine; tell whether it was there. Copies already given stay."""
    path = _shared(identity)
    there = path.exists()
    destroy(path)
    return there


def group_key() -> bytes | None:
    """Return the private key the group signs its badges with, None when it has none yet."""
    path = places.personal() / GROUP_KEY
    return path.read_bytes() if path.is_file() else None


def keep_group_key(pem: bytes) -> None:
    """Keep the key of the group in its personal folder, readable by this account alone. Raises CannotWrite."""
    path = places.personal() / GROUP_KEY
    write_whole(path, pem)
    path.chmod(0o600)


def withdrawn_list() -> str:
    """Return the signed list of the badges our group took back; empty when it took none back."""
    path = places.personal() / WITHDRAWN
    return path.read_text(encoding="ascii") if path.is_file() else ""


def keep_withdrawn_list(token: str) -> None:
    """Keep the signed list of the badges our group took back. Raises CannotWrite."""
    write_whole(places.personal() / WITHDRAWN, token)
