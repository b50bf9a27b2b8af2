"""One page for one phone: one answer, closed; nothing else is heard, and the page is gone."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse

from kpa_model.server import app, lone_page
from kpa_model.server.lone_page import LonePage
from kpa_model.story.booklet.phone import closed_shape

PART = b64encode(b"x" * 65).decode()
CLOSED = json.dumps({"format": "reponses-kpa-1", "cle": PART, "nonce": PART, "ferme": PART}).encode()
CLEAR = b'{"format": "reponses-kpa-1", "genre": "entretien", "reponses": {"a": "intime"}}'


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "addresses", lambda: iter(["127.0.0.1"]))


def served(live: Callable[[LonePage, list[bytes]], Awaitable[None]], seconds: float = 60) -> list[bytes]:
    """Serve a page, live something with it, and return what it received."""
    kept: list[bytes] = []

    def take(content: bytes) -> bool:
        if not closed_shape(content):
            return False
        kept.append(content)
        return True

    async def one() -> None:
        lone = lone_page.serve(lambda path: f"page qui répond à {path}", take, seconds)
        try:
            await asyncio.wait_for(live(lone, kept), 20)
        finally:
            lone.close()

    asyncio.run(one())
    return kept


async def ask(address: str, body: bytes | None = None, **headers: str) -> HTTPResponse | int:
    try:
        return await AsyncHTTPClient().fetch(
            address, method="POST" if body is not None else "GET", body=body, headers=headers, request_timeout=10
        )
    except HTTPClientError as error:
        return error.code


def test_a_phone_gets_the_page_and_gives_one_answer_then_the_page_is_gone() -> None:
    async def live(lone: LonePage, kept: list[bytes]) -> None:
        page = await ask(lone.address)
        assert isinstance(page, HTTPResponse)
        assert "/" + lone.address.rpartition("/")[2] in page.body.decode()
        assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"
        first = await ask(lone.address, CLOSED)
        assert isinstance(first, HTTPResponse)
        assert not lone.open
        with pytest.raises(ConnectionRefusedError):
            await ask(lone.address, CLOSED)

    assert served(live) == [CLOSED]


@pytest.mark.parametrize("body", [CLEAR, b"", b"[]", b"{", CLOSED[:-9], b"x" * 400_000])
def test_what_is_not_closed_is_never_kept(body: bytes) -> None:
    async def live(lone: LonePage, kept: list[bytes]) -> None:
        assert await ask(lone.address, body) == 400
        assert lone.open

    assert served(live) == []


def test_another_address_another_site_and_a_borrowed_name_get_nothing() -> None:
    async def live(lone: LonePage, kept: list[bytes]) -> None:
        base = lone.address.rpartition("/")[0]
        assert await ask(f"{base}/") == 404
        assert await ask(f"{base}/autre", CLOSED) == 404
        assert await ask(lone.address, CLOSED, Origin="http://ailleurs.example") == 403
        assert await ask(lone.address, Host="ailleurs.example") == 421

    assert served(live) == []


def test_the_page_is_gone_after_its_time_and_after_too_many_wrong_answers() -> None:
    async def waits(lone: LonePage, kept: list[bytes]) -> None:
        for _ in range(100):
            if not lone.open:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("still there")

    async def hammers(lone: LonePage, kept: list[bytes]) -> None:
        for _ in range(lone_page.TRIES):
            assert await ask(lone.address, CLEAR) == 400
        assert not lone.open

    assert served(waits, 0.05) == []
    assert served(hammers) == []
