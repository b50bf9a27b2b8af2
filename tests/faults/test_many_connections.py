"""One phone that opens hundreds of half requests does not stop the room, even with few files."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SERVE = Path(__file__).with_name("serve.py")
FILES, HALF = 256, 250

pytestmark = pytest.mark.skipif(os.name == "nt", reason="les fichiers s'y comptent autrement")


@pytest.fixture
def port(tmp_path: Path):
    command = f"ulimit -n {FILES}; exec {sys.executable} {SERVE} {tmp_path / 'a.sqlite'}"
    environment = {**os.environ, "PYTHONPATH": str(SERVE.parents[2])}
    with subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        yield int(process.stdout.readline().split()[1])
        process.kill()


def half_open(port: int, whence: str) -> socket.socket | None:
    """Open a connection from an address of this machine, and send half a request."""
    link = socket.socket()
    link.bind((whence, 0))
    try:
        link.connect(("127.0.0.1", port))
        link.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    except OSError:
        link.close()
        return None
    return link


def test_a_phone_that_opens_everything_leaves_room_for_the_others(port: int) -> None:
    held = [half_open(port, "127.0.0.2") for _ in range(HALF)]
    try:
        for _ in range(20):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=("127.0.0.3", 0))
            link.request("GET", "/")
            assert link.getresponse().status == 200
            link.close()
    finally:
        for each in held:
            if each:
                each.close()


def test_what_an_address_gives_back_it_may_take_again(port: int) -> None:
    for _ in range(3):
        held = [half_open(port, "127.0.0.2") for _ in range(40)]
        for each in held:
            if each:
                each.close()
        assert answered(port, "127.0.0.2")


def answered(port: int, whence: str) -> bool:
    """Ask until the server has seen that the others went away."""
    for _ in range(50):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=(whence, 0))
        try:
            link.request("GET", "/")
            return link.getresponse().status == 200
        except OSError:
            time.sleep(0.1)
        finally:
            link.close()
    return False
