"""One phone in a workshop: it comes in, follows, answers, reads its page again; a page of the room is one too."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Phone:
    """One phone: its address, its cookie, its form token, and how long it waited."""

    port: int
    address: str = ""
    cookie: str = ""
    token: str = ""
    version: str = ""
    waited: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    refused: str = ""
    stream: asyncio.Task[None] | None = None
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a link from this phone's own address, where this machine has several."""
        if self.address:
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method: str, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request; return status and the whole text."""
        body = urlencode({"_jeton": self.token, **(typed or {})}) if method == "POST" else ""
        lines = [
            f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Cookie: {self.cookie}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", body,
        ]  # fmt: skip
        reader, writer = await self.opened()
        try:
            writer.write("\r\n".join(lines).encode())
            answer = (await reader.read()).decode()
        finally:
            writer.close()
        for found in re.findall(r"^Set-Cookie: ([^;]+)", answer, re.M):
            self.cookie = found
        for name, pattern in (("token", r'name="_jeton" value="([^"]+)"'), ("version", r'data-version="([^"]+)"')):
            if found := re.search(pattern, answer):
                setattr(self, name, found[1])
        return int(answer.split(" ", 2)[1]) if answer else 0, answer

    async def come_in(self, code: str, name: str) -> None:
        """Enter the workshop, or keep what it said instead."""
        await self.ask("GET", "/")
        status, answer = await self.ask("POST", "/entrer", {"code": code, "nom": name})
        if status != 303:
            told = re.search(r"<h1[^>]*>(.*?)</h1>", answer, re.S)
            self.refused = f"{status or 'fermée sans un mot'} : {told[1] if told else ''}"
            return
        await self.ask("GET", "/")
        self.follow()

    def follow(self, path: str = "/suivre") -> None:
        """Keep a stream of news open; the one before is closed, as when a page is read again."""
        if self.stream:
            self.stream.cancel()
        self.stream = asyncio.create_task(self._follow(path))

    async def _follow(self, path: str) -> None:
        reader, writer = await self.opened()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n\r\n".encode())
        try:
            async for line in reader:
                if line.startswith(b"data: ") and line[6:].strip().decode() not in ("ici", self.version):
                    self.moved.set()
        finally:
            writer.close()

    async def live(self, seconds: float, draws: random.Random) -> None:
        """Answer every 2 to 4 seconds, and remember how long each answer took to be acknowledged."""
        end = time.monotonic() + seconds
        await asyncio.sleep(draws.uniform(0, 3))
        while time.monotonic() < end:
            typed = {"etape": "estimer", "tour": "avant", "cle": f"c{draws.random()}"}
            start = time.perf_counter()
            status, answer = await self.ask("POST", "/repondre", typed | {"montant": str(draws.randrange(900))})
            self.waited.append(time.perf_counter() - start)
            assert status == 303, answer
            await self.read_again()
            await asyncio.sleep(draws.uniform(2, 4))

    async def read_again(self) -> None:
        """Read the whole page again, and follow anew."""
        start = time.perf_counter()
        await self.ask("GET", "/")
        self.read.append(time.perf_counter() - start)
        self.moved.clear()
        self.follow()

    async def read_once_moved(self) -> float:
        """Wait for the group to move, read the page; return when it was read."""
        await asyncio.wait_for(self.moved.wait(), 60)
        await self.read_again()
        return time.perf_counter()

    async def show(self, page: str) -> None:
        """Be a page of the room: read it again at each news, at most every 400 ms, for ever."""
        self.follow("/animation/suivre")
        while True:
            await self.moved.wait()
            self.moved.clear()
            await self.ask("GET", page)
            await asyncio.sleep(0.4)
