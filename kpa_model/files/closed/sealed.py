"""A file that nobody reads without its secret, and that nobody changes without it showing.

```
KPA-COFFRE-1 · length of the head, 4 bytes · head (JSON) · closed content · SHA-256 of all that comes before
```

A random key of 256 bits closes the content (ChaCha20-Poly1305, RFC 8439); the head is authenticated with it. Each
*slot* of the head holds that key, closed by a key made from a secret (scrypt, RFC 7914). Several secrets can thus open
the same file: a passphrase, recovery words. The last 32 bytes tell a damaged file from a wrong secret, no more.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from kpa_model.errors import KpaError, Problem, UnreadableFile

MAGIC = b"KPA-COFFRE-1\n"
COST = 2**17
"""Work asked by scrypt for one try: 128 MiB and about one second."""

LEAST_COST, MOST_COST = 2**14, 2**18
MOST_SLOTS = 4
"""Ways into one file, each of its own kind: a secret is tried on one slot at most."""

LARGEST = 20_000_000
"""Most bytes of a closed file."""

_BLOCK = 4096
_DIGEST, _NONCE, _SALT, _KEY = 32, 12, 32, 32


class WrongSecret(KpaError):
    """The file is sound, and this secret does not open it."""


class Damaged(UnreadableFile):
    """The file is not whole, or somebody changed it."""


@dataclass(frozen=True)
class Slot:
    """A way in: `kind` says which secret (`phrase`, `mots`, `code`); `closed` is the key of the file, closed."""

    kind: str
    cost: int
    salt: bytes
    nonce: bytes
    closed: bytes

    def about(self) -> bytes:
        """Return what is authenticated with the closed key."""
        return MAGIC + f"{self.kind} {self.cost} ".encode() + self.salt


class Key:
    """The key of an open file, in memory only. `forget` overwrites it."""

    def __init__(self, key: bytes, slots: tuple[Slot, ...]) -> None:
        self._key = bytearray(key)
        self.slots = slots

    def forget(self) -> None:
        """Overwrite the key: nothing can be closed or opened any more."""
        self._key[:] = bytes(len(self._key))
        self.slots = ()

    def seal(self, content: bytes) -> bytes:
        """Return the whole file for some content; never twice the same bytes."""
        if not self.slots:
            raise ValueError("this key was forgotten")
        nonce = secrets.token_bytes(_NONCE)
        head = {"cle": [_slot_data(each) for each in self.slots], "nonce": b64encode(nonce).decode()}
        written = json.dumps(head, separators=(",", ":")).encode()
        before = MAGIC + len(written).to_bytes(4, "big") + written
        closed = ChaCha20Poly1305(bytes(self._key)).encrypt(nonce, _padded(content), before)
        return before + closed + hashlib.sha256(before + closed).digest()

    def unseal(self, data: bytes, where: str = "Ce fichier") -> bytes | None:
        """Return the content of a file closed with this same key; None when it has another. Raises Damaged."""
        before, closed, slots, nonce = _taken_apart(data, where)
        if slots != self.slots:
            return None
        try:
            return _bare(ChaCha20Poly1305(bytes(self._key)).decrypt(nonce, closed, before))
        except InvalidTag:
            raise Damaged(_damage(where)) from None


def new_key(ways: Mapping[str, str], cost: int = COST) -> Key:
    """Return a fresh random key, and one way in per secret: `{"phrase": "…", "mots": "…"}`."""
    key = secrets.token_bytes(_KEY)
    return Key(key, tuple(_slot(kind, secret, key, cost) for kind, secret in ways.items()))


def _slot(kind: str, secret: str, key: bytes, cost: int) -> Slot:
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    bare = Slot(kind, cost, salt, nonce, b"")
    closed = ChaCha20Poly1305(_derived(normal(secret), salt, cost)).encrypt(nonce, key, bare.about())
    return Slot(kind, cost, salt, nonce, closed)


def normal(secret: str) -> str:
    """Return a secret as it counts: its letters and digits. Capitals, accents, signs and spaces do not matter.

    >>> normal("Un éléphant, l’été.")
    'un elephant l ete'
    """
    bare = unicodedata.normalize("NFKD", secret.casefold())
    letters = (each if each.isalnum() else " " for each in bare if not unicodedata.combining(each))
    return " ".join("".join(letters).split()) or _as_first(secret)


def _as_first(secret: str) -> str:
    """Return a secret as it counted first: files closed then still open."""
    return " ".join(unicodedata.normalize("NFKC", secret).replace("’", "'").casefold().split())


def _derived(counted: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=_KEY, n=cost, r=8, p=1).derive(counted.encode())


def _bare(padded: bytes) -> bytes:
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]


def _padded(content: bytes) -> bytes:
    """Return the content with its length, filled up to whole blocks: its size tells little."""
    whole = len(content).to_bytes(8, "big") + content
    return whole + bytes(-len(whole) % _BLOCK)


def unseal(data: bytes, secret: str, kind: str, where: str = "Ce fichier") -> tuple[Key, bytes]:
    """Return the key and the content of a closed file.

    Raises:
        Damaged: it is not such a file, it is cut, or a byte changed.
        WrongSecret: it is sound, and the secret is not the right one.
    """
    before, closed, slots, nonce = _taken_apart(data, where)
    counted = dict.fromkeys((normal(secret), _as_first(secret)))  # two tries of one slot, at most
    for told, slot in ((told, slot) for told in counted for slot in slots if slot.kind == kind):
        try:
            key = ChaCha20Poly1305(_derived(told, slot.salt, slot.cost)).decrypt(slot.nonce, slot.closed, slot.about())
        except InvalidTag:
            continue
        try:
            padded = ChaCha20Poly1305(key).decrypt(nonce, closed, before)
        except InvalidTag:
            raise Damaged(_damage(where)) from None
        return Key(key, slots), _bare(padded)
    todo = "Vérifiez chaque mot, puis recommencez. Rien n'a changé."
    raise WrongSecret(Problem(where, "ces mots ne l'ouvrent pas.", todo))


def _damage(where: str) -> Problem:
    todo = "Reprenez une copie plus ancienne. Gardez celui-ci de côté, il n'a pas été changé."
    return Problem(where, "il est abîmé : il ne peut pas être ouvert.", todo)


def _taken_apart(data: bytes, where: str) -> tuple[bytes, bytes, tuple[Slot, ...], bytes]:
    """Return the head as written, the closed content, the slots and the nonce. Raises Damaged."""
    if not data.startswith(MAGIC[:-2]):
        raise Damaged(Problem(where, "ce n'est pas un fichier fermé par ce cahier.", "Choisissez un autre fichier."))
    if len(data) > LARGEST:
        what = f"il est trop gros : {LARGEST // 1_000_000} Mo au plus."
        raise Damaged(Problem(where, what, "Choisissez le fichier que ce cahier a donné."))
    start = len(MAGIC) + 4
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if not data.startswith(MAGIC) or len(data) < start + _DIGEST or hashlib.sha256(body).digest() != digest:
        raise Damaged(_damage(where))
    end = start + int.from_bytes(data[len(MAGIC) : start], "big")
    try:
        head = json.loads(body[start:end])
        slots = _slots_from(head["cle"])
        return body[:end], body[end:], slots, b64decode(head["nonce"], validate=True)
    except (ValueError, KeyError, TypeError):
        raise Damaged(_damage(where)) from None


def _slot_data(slot: Slot) -> dict[str, Any]:
    coded = {name: b64encode(getattr(slot, name)).decode() for name in ("salt", "nonce", "closed")}
    return {"genre": slot.kind, "scrypt": slot.cost, **coded}


def _slots_from(told: Any) -> tuple[Slot, ...]:
    """Return the slots; more of them than anybody writes would be work for whoever opens the file."""
    if not isinstance(told, list) or not 0 < len(told) <= MOST_SLOTS:
        raise ValueError("a number of slots nobody would choose")
    slots = tuple(_slot_from(each) for each in told)
    if len({each.kind for each in slots}) < len(slots):
        raise ValueError("two ways of one kind")
    return slots


def _slot_from(data: Mapping[str, Any]) -> Slot:
    cost = int(data["scrypt"])
    if not LEAST_COST <= cost <= MOST_COST or cost & (cost - 1):
        raise ValueError("a cost nobody would choose")
    return Slot(
        str(data["genre"]), cost, *(b64decode(data[name], validate=True) for name in ("salt", "nonce", "closed"))
    )
