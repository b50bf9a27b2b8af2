#!/usr/bin/env python3
"""Take the picture of each page as it opens today, in `docs/images/pages/`; say which pages show an error.

python docs/photographier.py                              every page
python docs/photographier.py 04_notre_regle               some pages
python docs/photographier.py --avec CHEMIN/bin/python     look at the pages of another installation, keep no picture

It needs Chromium: its place is in KPA_CHROMIUM, or on the path. Personal data are those of a new group: none.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images" / "pages"
SIZE, SCALE = {"width": 1280, "height": 1400}, 0.75
COLOURS = 128
WAIT = 120
"""Seconds a page has to open on a busy machine."""

STILL = """() => new Promise((done) => {
  const shown = document.querySelector('#jp-main-content-panel #rendered_cells');
  if (!document.body.dataset.kpaReady || !shown) { return done(false); }
  if (document.querySelector('script[type="application/vnd.voila.cell-output+json"]')) { return done(false); }
  let quiet = setTimeout(() => done(true), 500);
  new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(() => done(true), 500); })
    .observe(document.body, { subtree: true, childList: true });
})"""


def names() -> list[str]:
    """Return the names of the pages."""
    return [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


@contextmanager
def workbook(python: str) -> Iterator[str]:
    """Open the workbook of an installation, away from the repository; give the address of its pages, with `{}`."""
    with tempfile.TemporaryDirectory(prefix="kpa_", ignore_cleanup_errors=True) as home:
        environ = {**os.environ, "KPA_MES_DONNEES": f"{home}/mes_donnees", "PYTHONUTF8": "1"}
        command = [python, "-m", "kpa_model", "ouvrir", "--sans-navigateur"]
        process = subprocess.Popen(
            command, cwd=home, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        try:
            assert process.stdout is not None
            said = (re.search(r"(http://\S+/)[^/]+\.ipynb(\?token=\w+)", line) for line in process.stdout)
            opened = next(filter(None, said), None)
            if opened is None:
                raise SystemExit("Le cahier ne s'est pas ouvert.")
            yield f"{opened[1]}{{}}.ipynb{opened[2]}"
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def troubles_of(page: Page, address: str) -> list[str]:
    """Open a page and wait until it is still; return what went wrong."""
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    late = time.monotonic() + WAIT
    try:
        page.goto(address, wait_until="domcontentloaded", timeout=1000 * WAIT)
    except TimeoutError:
        return [*troubles, "la page ne s'ouvre pas"]
    while not page.evaluate(STILL):
        if time.monotonic() > late:
            return [*troubles, "la page ne finit pas de s'ouvrir"]
        page.wait_for_timeout(200)
    if "Traceback" in page.inner_text("body"):
        troubles.append("la page montre une erreur du programme")
    return troubles


def keep(name: str, shot: bytes) -> None:
    """Write a picture with few colours: a page is mostly flat."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def main(arguments: list[str]) -> int:
    """Open each page, keep its picture, and return how many show an error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--avec", default="")
    asked, wrong = parser.parse_args(arguments), 0
    browser_path = os.environ.get("KPA_CHROMIUM") or shutil.which("chromium")
    with workbook(asked.avec or sys.executable) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--lang=fr-FR"])
        for name in asked.pages or names():
            page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, locale="fr-FR")
            started = time.monotonic()
            troubles = troubles_of(page, address.format(name))
            if not asked.avec:
                keep(name, page.screenshot())
            print(f"{name} : {time.monotonic() - started:.1f} s. {' '.join(troubles)}".strip(), flush=True)
            wrong += bool(troubles)
            page.close()
        browser.close()
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
