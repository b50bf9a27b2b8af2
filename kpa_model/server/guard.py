"""Who may do what: secrets, fingerprints, form tokens, and how often one may try."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
import time
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CODE_DIGITS, TICKET_DIGITS = 6, 8


def new_secret() -> str:
    """Return 256 random bits, as text."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return the code people type to come in."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digits(written: str) -> str:
    """Return the digits of a code, whatever the script they are written in.

    >>> digits("٩٥٥ 627")
    '955627'
    """
    return "".join(str(unicodedata.decimal(each)) for each in written if each.isdecimal())


def new_id(start: str) -> str:
    """Return a short random name."""
    return f"{start}{secrets.token_hex(5)}"


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret: enough to know it again, not enough to find it."""
    return hashlib.sha256(f"session:{secret}".encode()).hexdigest()


def form_token(secret: str) -> str:
    """Return what every form of this session carries; another site cannot guess it."""
    return hashlib.sha256(f"formulaire:{secret}".encode()).hexdigest()[:43]


def same(given: str, expected: str) -> bool:
    """Compare two secrets in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), expected.encode())


def is_here(address: str) -> bool:
    """Tell whether a request comes from this very machine."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def place(address: str) -> str:
    """Return the machine and the port of an address, `example.org:8765`; nothing for what is not one."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def known_host(host: str, shown: str = "") -> bool:
    """Tell whether a page was asked by an address, by the name of this machine, or by the address `shown` to guests.

    A name that somebody else owns may be pointed here to borrow the pages of a visitor (DNS rebinding).
    """
    if shown and host.lower() == place(shown):
        return True
    name = host.rsplit(":", 1)[0] if host.count(":") == 1 or "]" in host else host
    name = name.strip("[]").lower().rstrip(".")
    own = socket.gethostname().lower()
    if name in {"localhost", own, f"{own}.local", own.partition(".")[0] + ".local"}:
        return True
    try:
        ipaddress.ip_address(name)
        return True
    except ValueError:
        return False


@dataclass
class Limiter:
    """At most `most` tries in `seconds` for each name, in memory; old names are forgotten."""

    most: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _tries: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, name: str) -> int:
        """Return how many seconds to wait before another try, 0 when it may be now."""
        tries = self._recent(name)
        return int(tries[0] + self.seconds - self.clock()) + 1 if len(tries) >= self.most else 0

    def count(self, name: str) -> None:
        """Count a try."""
        if len(self._tries) > 5_000:
            self._tries = {each: tries for each in list(self._tries) if (tries := self._recent(each))}
        self._recent(name).append(self.clock())

    def _recent(self, name: str) -> deque[float]:
        tries = self._tries.setdefault(name, deque(maxlen=self.most))
        while tries and tries[0] <= self.clock() - self.seconds:
            tries.popleft()
        return tries


@dataclass
class Tickets:
    """Codes given by the facilitator, each good once, for a few minutes: a phone replaced, a screen, her own phone."""

    seconds: float = 600
    clock: Callable[[], float] = time.monotonic
    _given: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def give(self, kind: str, who: str = "", long: bool = False) -> str:
        """Return a new code of a kind for somebody; the one she had is no longer good."""
        self._given = {code: kept for code, kept in self._given.items() if kept[:2] != (kind, who)}
        code = new_secret() if long else f"{secrets.randbelow(10**TICKET_DIGITS):0{TICKET_DIGITS}d}"
        self._given[code] = (kind, who, self.clock() + self.seconds)
        return code

    def take(self, kind: str, code: str) -> str | None:
        """Return for whom a code of this kind was given, once; None when it is not known, or too old."""
        found = self._given.get(code)
        if found is None or found[0] != kind:
            return None
        del self._given[code]
        return found[1] if found[2] > self.clock() else None
