"""So many connections for each address, and enough files for all: one phone cannot stop the room."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

from kpa_model.server import guard

WANTED, USUAL = 8_192, 1_024
SHARE, MOST = 4, 1_000
"""An address holds at most one file out of four, and never more than a large room with several connections each."""


def raise_the_limit() -> int:
    """Ask the system for many files at once; return how many it gives."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return WANTED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    found = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return WANTED if found == resource.RLIM_INFINITY else int(found)


class BoundedServer(HTTPServer):
    """A server that closes at once what an address opens beyond its share. A trusted proxy is everybody."""

    def initialize(self, *args: Any, **more: Any) -> None:
        """Take the limits, then those of Tornado."""
        self.most: int = more.pop("most", MOST)
        self.trusts_here: bool = more.pop("trusts_here", False)
        self._held: Counter[str] = Counter()
        self._whose: dict[object, str] = {}
        super().initialize(*args, **more)

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Serve a connection, unless its address has too many."""
        who = str(address[0])
        if not (self.trusts_here and guard.is_here(who)):
            if self._held[who] >= self.most:
                stream.close()
                return
            self._held[who] += 1
        super().handle_stream(stream, address)
        for each in self._connections - self._whose.keys():
            self._whose[each] = who

    def on_close(self, server_conn: object) -> None:
        """Give the place back."""
        who = self._whose.pop(server_conn, "")
        if self._held[who] > 1:
            self._held[who] -= 1
        else:
            del self._held[who]
        super().on_close(server_conn)


def share_of(files: int) -> int:
    """Return how many connections one address may hold.

    >>> share_of(256), share_of(8192)
    (64, 1000)
    """
    return max(8, min(MOST, files // SHARE))
