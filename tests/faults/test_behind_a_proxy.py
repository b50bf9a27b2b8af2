"""Behind a real nginx, over HTTPS: forty people at one address come in, and nobody is near the facilitator's page."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from kpa_model.server.guard import Limiter
from tests.live_server import Served

NGINX, OPENSSL = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"), shutil.which("openssl")
pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx et openssl ne sont pas installés")
PEOPLE = 40
CONFIG = """
daemon off; pid {here}/nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {here}/b; proxy_temp_path {here}/p; fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u;
  scgi_temp_path {here}/s;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {here}/cert.pem; ssl_certificate_key {here}/key.pem;
    location / {{
      proxy_pass http://127.0.0.1:{inner};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}
  }}
}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, int]]:
    here, port = tmp_path_factory.mktemp("proxy"), free_port()
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", here / "key.pem", "-out", here / "cert.pem"], check=True, capture_output=True,
    )  # fmt: skip
    served = Served(str(here / "a.sqlite"), proxy=f"https://localhost:{port}/")
    (here / "nginx.conf").write_text(CONFIG.format(here=here, port=port, inner=served.port), encoding="utf-8")
    with subprocess.Popen([NGINX, "-c", here / "nginx.conf", "-p", here]) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield served, port
        process.terminate()
    served.stop()


class Https:
    """A browser behind the proxy: cookies and the token of the last form."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.text, self.set = port, dict[str, str](), "", ""

    def ask(self, method: str, where: str, body: str = "", **headers: str) -> int:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        link = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=context)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        link.request(method, where, body or None, {"Cookie": cookie, **kind, **headers} if cookie else headers)
        answer = link.getresponse()
        self.text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.set = value
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        link.close()
        return answer.status

    def enter(self, code: str, name: str, **headers: str) -> int:
        self.ask("GET", "/")
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.text))
        return self.ask("POST", "/entrer", urlencode({**hidden, "code": code, "nom": name}), **headers)


def test_forty_people_at_one_address_come_in_over_https(door: tuple[Served, int]) -> None:
    served, port = door
    for at in range(PEOPLE):
        phone = Https(port)
        assert phone.enter(served.workshop.code, f"Personne {at}") == 303, phone.text
        assert "Secure" in phone.set
        assert phone.ask("GET", "/moi") == 200
    assert len(served.workshop.live.people) == PEOPLE


def test_nobody_is_near_the_facilitator_s_page_behind_the_proxy(door: tuple[Served, int]) -> None:
    served, port = door
    stranger = Https(port)
    assert stranger.ask("GET", "/animation") == 403
    assert stranger.ask("GET", "/animation/entrer?jeton=faux") == 403
    host = Https(port)
    assert host.ask("GET", f"/animation/entrer?jeton={served.key}") == 303
    assert host.ask("GET", "/animation") == 200


def test_the_address_counted_is_the_one_the_proxy_saw(
    door: tuple[Served, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends a false address is still counted under her own."""
    served, port = door
    limit = Limiter(3, 300)
    monkeypatch.setitem(served.application.settings["limits"], "codes_address", limit)
    wrong = "000000" if served.workshop.code != "000000" else "111111"
    tries = [
        Https(port).enter(wrong, "Intrus", **{"X-Forwarded-For": f"10.0.0.{at}", "X-Real-Ip": f"10.0.1.{at}"})
        for at in range(5)
    ]
    assert tries == [422, 422, 422, 429, 429]


def test_news_pass_through_the_proxy_at_once(door: tuple[Served, int]) -> None:
    served, port = door
    phone = Https(port)
    phone.enter(served.workshop.code, "Guetteuse")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    link = http.client.HTTPSConnection("localhost", port, timeout=10, context=context)
    link.request("GET", "/suivre", headers={"Cookie": "; ".join(f"{k}={v}" for k, v in phone.cookies.items())})
    assert link.getresponse().readline().startswith(b"data: ")
    link.close()
