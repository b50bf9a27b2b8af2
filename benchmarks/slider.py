"""From a slider that moves to the new picture on the screen: real server, real Chromium, 25 people, 14 months.

    python -m benchmarks.slider                          200 moves one by one, then 5 fast drags
    python -m benchmarks.slider --moves 5 --drags 1      a quick look

Aim: 95 moves in 100 shown in less than 100 ms. A move starts with the `input` event. It ends when the table of results
has changed and the next frame is painted. Everything is written in a temporary folder.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks import measure
from benchmarks.big_book import FIRST, MONTHS, big_book
from demarrer import find_browser
from kpa_model.files.book.books import book_place, write_book
from kpa_model.pay.rule_file import loads

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
AIM = 100  # ms, p95
RULE = """
titre: Règle du banc d'essai
etapes:
- frais_directs
- contribution_cae_libre: {taux: '11,5 %'}
- part_au_fonds_commun: {taux: 5 %}
- commission: {taux: 5 %}
- taux_horaire: {euros_par_heure: 6}
- plancher: {euros: 50}
- solidarite: {taux: 20 %}
- ramener_a_l_enveloppe
- reste_au_fonds
promesses:
- personne_sous: {euros: 50}
- ecart_au_plus: {fois: 4}
- enveloppe_respectee
essai: {trimestres: 1}
"""
VALUES = [half / 2 for half in range(4, 25)]  # euros an hour, from 2 to 12
SLIDER = "input[type=range][data-focus$='/euros_par_heure/range']"

PICTURE = ".kpa-two .kpa-bars"

MOVE = """async ([where, values, picture]) => {
  const range = document.querySelector(where);
  const result = document.querySelector(picture).closest('.widget-html');
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const after = new MessageChannel();  // a task after the frame: the picture is painted
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(0);
  }));
  const times = [];
  for (const value of values) {
    const start = performance.now();
    const changed = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now()); });
      seen.observe(result, { subtree: true, childList: true, characterData: true });
    });
    put.call(range, value);
    range.dispatchEvent(new Event('input', { bubbles: true }));
    const there = await changed;
    times.push([(await painted()) - start, there - start]);
    await new Promise((done) => setTimeout(done, 120));
  }
  return times;
}"""

# Every frame, note which value the rule read aloud shows: a move is answered when its value, or a later one, is there.
DRAG = """async ([where, values, every]) => {
  const range = document.querySelector(where), aloud = document.querySelector('.kpa-aloud').closest('.widget-html');
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const shown = () => Number(aloud.textContent.match(/Chaque heure donne ([\\d,]+)/)[1].replace(',', '.'));
  const sent = [], frames = [];
  let going = true;
  const watch = () => { frames.push([performance.now(), shown()]); if (going) requestAnimationFrame(watch); };
  requestAnimationFrame(watch);
  range.focus();
  for (const value of values) {
    sent.push([performance.now(), value]);
    put.call(range, value);
    range.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((done) => setTimeout(done, every));
  }
  const last = values[values.length - 1], limit = performance.now() + 10000;
  while (shown() !== last && performance.now() < limit) await new Promise((done) => setTimeout(done, 5));
  await new Promise((done) => setTimeout(done, 50));
  going = false;
  return { sent, frames };
}"""


# --- the place --------------------------------------------------------------------------------------------------------


def prepare(personal: Path, months: int = MONTHS) -> None:
    """Import the big book, and leave the workshop open on its last month with the rule to move."""
    os.environ["KPA_MES_DONNEES"] = str(personal)
    from kpa_model.ui.state import FIRST_RULES, State, Store

    write_book(big_book(months=months), book_place("Banc d'essai"))
    store = Store(
        State("tilleuls", "", loads("titre: Vide\netapes: [parts_egales]"), FIRST_RULES[0], FIRST_RULES, "", ""),
        personal / "atelier.json",
    )
    store.update(book="Banc d'essai", month=str(FIRST + (months - 1)), ours=loads(RULE), person="Adèle", order="C0001")


@contextmanager
def open_page(
    personal: Path, notebook: str = "04_notre_regle", picture: str = PICTURE, room: str = ""
) -> Iterator[Page]:
    """Give a page, « Notre règle » by default, in a real Chromium in front of the real server; in one of its rooms."""
    server = subprocess.Popen(
        [sys.executable, "-m", "kpa_model.ui.serve", notebook, "--no-browser"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, "KPA_MES_DONNEES": str(personal), "HOME": str(personal), "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        said = ""
        for line in server.stdout or ():
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\S+", line):
                break
        else:
            raise SystemExit(said)
        with sync_playwright() as playwright:
            path = find_browser()
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
            page.goto(found[0], wait_until="domcontentloaded", timeout=60_000)
            page.wait_for_selector(picture, timeout=60_000)
            if room:
                page.get_by_role("button", name=room).click()
            page.wait_for_selector(SLIDER, timeout=60_000)
            page.wait_for_selector(picture, timeout=60_000)
            page.wait_for_timeout(1_500)
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(15)


# --- what is measured -------------------------------------------------------------------------------------------------


def one_by_one(page: Page, moves: int, picture: str = PICTURE) -> list[list[float]]:
    """Return, for each move, milliseconds until the picture is painted and until the page has changed."""
    there_and_back = VALUES + VALUES[-2:0:-1]
    values = [there_and_back[at % len(there_and_back)] for at in range(moves + 3)]
    return page.evaluate(MOVE, [SLIDER, values, picture])[3:]  # the first ones warm up


def dragged(page: Page, every: int = 16) -> list[float]:
    """Drag from 2 to 12 euros and back, a move each frame; return milliseconds until each, or a later one, is there."""
    there_and_back = VALUES + VALUES[-2::-1]
    seen = page.evaluate(DRAG, [SLIDER, there_and_back, every])
    times, answered = [], 0
    for when, value in seen["frames"]:  # values are shown in the order they were sent, some are skipped
        coming = list(enumerate(seen["sent"]))[answered:]
        shown = next((at + 1 for at, (start, each) in coming if each == value and start < when), answered)
        times += [when - seen["sent"][at][0] for at in range(answered, shown)]
        answered = shown
    assert answered == len(there_and_back), f"{len(there_and_back) - answered} moves were never shown"
    return times


def in_python(personal: Path, moves: int) -> dict[str, float]:
    """Return where the time of one move goes in Python, without browser: milliseconds, messages, bytes."""
    os.environ["KPA_MES_DONNEES"] = str(personal)
    import ipywidgets

    from kpa_model.ui import state as states
    from kpa_model.ui.screens.share import our_rule as screen

    spent: Counter[str] = Counter()
    places: list[tuple[Any, str, str]] = [
        (screen, "settled_until", "régler les mois"), (screen, "compare", "comparer"), (screen, "bars", "dessiner"),
        (screen, "_warnings", "promesses et conseils"), (states, "_save", "garder sur le disque"),
        (states, "library", "lire les règles"), (screen, "library", "lire les règles"),
    ]  # fmt: skip
    store = states.open_store()
    before = [(where, name, getattr(where, name)) for where, name, _ in places if hasattr(where, name)]
    for where, name, label in places:
        if hasattr(where, name):
            setattr(where, name, timed(getattr(where, name), label, spent))
    page = screen.our_rule(store)
    editor = next(each for each in walk(page) if getattr(each, "kind", "") == "etapes")
    key = next(item["key"] for item in editor.items if "par heure" in item["title"])
    send = ipywidgets.Widget._send

    def counted(widget: Any, message: Any, buffers: Any = None) -> None:
        spent["messages"] += 1
        spent["octets"] += len(json.dumps(message, default=str))
        send(widget, message, buffers)

    ipywidgets.Widget._send = counted
    spent.clear()
    try:
        start = time.perf_counter()
        for at in range(moves):
            value = str(VALUES[at % len(VALUES)])
            editor.act({"do": "set", "key": key, "name": "euros_par_heure", "value": value})
        spent["en tout"] += (time.perf_counter() - start) * 1e3
    finally:
        ipywidgets.Widget._send = send
        for where, name, original in before:
            setattr(where, name, original)
    return {name: round(value / moves, 2) for name, value in sorted(spent.items(), key=lambda item: -item[1])}


def timed(act: Callable[..., Any], label: str, spent: Counter[str]) -> Callable[..., Any]:
    """Return the same function, which adds its milliseconds to `spent`."""

    @functools.wraps(act)
    def measured(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return act(*arguments, **named)
        finally:
            spent[label] += (time.perf_counter() - start) * 1e3  # type: ignore[assignment]

    return measured


def walk(widget: Any) -> Iterator[Any]:
    """Yield a widget and everything inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def quantiles(times: list[float]) -> dict[str, float]:
    """Return median, p95 and largest, in milliseconds."""
    return {name: round(float(np.quantile(times, at)), 1) for name, at in (("p50", 0.5), ("p95", 0.95), ("max", 1))}


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and write the results when asked."""
    parser = argparse.ArgumentParser(description="Du curseur à l'image.")
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--drags", type=int, default=5)
    parser.add_argument("--months", type=int, default=MONTHS)
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args(arguments)
    where = measure.versions("numpy", "ipywidgets", "anywidget", "voila", "playwright")
    with tempfile.TemporaryDirectory(prefix="kpa_", ignore_cleanup_errors=True) as folder:
        personal = Path(folder)
        prepare(personal, asked.months)
        python = in_python(personal, max(5, asked.moves // 4))
        with open_page(personal) as page:
            single = one_by_one(page, asked.moves)
            fast = [time for _ in range(asked.drags) for time in dragged(page)]
    found = {
        "versions": where,
        "taille": {"personnes": 25, "mois": asked.months, "gestes": asked.moves, "glissements": asked.drags},
        "un_par_un_ms": quantiles([painted for painted, _ in single]),
        "un_par_un_page_changee_ms": quantiles([changed for _, changed in single]),
        "glisse_ms": quantiles(fast) if fast else {},
        "dans_python_par_geste": python,
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    print(f"\n95 fois sur 100, l'image est là en {measure.short(found['un_par_un_ms']['p95'])} ms (visé : {AIM} ms).")
    if asked.write:
        print(f"Écrit : {measure.write('slider', found, asked.write)}")


if __name__ == "__main__":
    main()
