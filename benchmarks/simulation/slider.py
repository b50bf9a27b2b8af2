"""From a rule slider that moves to the new picture of two years on the screen, in a real Chromium.

    python -m benchmarks.simulation.slider

Page « Deux ans », room « Changer »: 1 024 histories × 24 months × 36 places, the difference told and one history.
Aim: 95 moves in 100 painted in less than 200 ms, and the whole drawn anew in less than a second.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.slider import one_by_one, open_page, prepare, quantiles

PICTURE = "svg.kpa-picture"
ANEW = """async ([label, values]) => {
  const chosen = [...document.querySelectorAll('select')].find((each) => each.labels[0]?.textContent === label
    || each.getAttribute('aria-label') === label);
  const result = document.querySelector('svg.kpa-picture').closest('.widget-html');
  const times = [];
  for (const value of values) {
    const start = performance.now();
    const changed = new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); requestAnimationFrame(() => done()); });
      seen.observe(result, { subtree: true, childList: true, characterData: true });
    });
    chosen.selectedIndex = value;
    chosen.dispatchEvent(new Event('change', { bubbles: true }));
    await changed;
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 300));
  }
  return times;
}"""


def in_python(moves: int) -> dict[str, float]:
    """Return milliseconds of settling, telling and drawing, without a browser: median and p95."""
    from dataclasses import replace

    from kpa_model.simulation.runs.studio import Studio
    from kpa_model.ui.screens.years.looking import TwoRules
    from kpa_model.ui.screens.years.supposed import plan_of
    from kpa_model.ui.state import open_store

    def shown(studio: Studio) -> None:
        """Settle, tell and draw what is beside the slider."""
        look = TwoRules.of(studio, 0)
        for part in (look.first, look.history, look.till):
            part()

    plan = plan_of(open_store().state)
    anew, moved = [], []
    for at in range(moves):
        if at % 5 == 0:
            studio = Studio(replace(plan, seed=at + 1))
            started = time.perf_counter()
            shown(studio)
            anew.append((time.perf_counter() - started) * 1e3)
        rule = replace(plan.rules[1], title=f"Règle {at}")
        studio.follow(replace(studio.plan, rules=(plan.rules[0], rule)))
        started = time.perf_counter()
        shown(studio)
        moved.append((time.perf_counter() - started) * 1e3)
    return {"régler, dire, dessiner": quantiles(moved), "tirer à neuf": quantiles(anew)}  # type: ignore[dict-item]


def main() -> None:
    """Measure, print, and write the results when asked."""
    parser = argparse.ArgumentParser(description="Du curseur à l'image des deux ans.")
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--write", type=Path, help="dossier où écrire les résultats")
    asked = parser.parse_args()
    where = measure.versions("numpy", "ipywidgets", "voila", "playwright")
    with tempfile.TemporaryDirectory(prefix="kpa_", ignore_cleanup_errors=True) as folder:
        personal = Path(folder)
        prepare(personal)
        from kpa_model.ui.state import open_store

        open_store().update(histories="1024")
        python = in_python(min(asked.moves, 30))
        with open_page(personal, "08_deux_ans", PICTURE, "Changer") as page:
            single = one_by_one(page, asked.moves, PICTURE)
            page.get_by_role("button", name="Le scénario").click()
            anew = page.evaluate(ANEW, ["Scénario", [1, 2, 3, 0] * 4])[1:]
    found: dict[str, Any] = {
        "versions": where,
        "taille": {"histoires": 1024, "mois": 24, "places": 36, "gestes": asked.moves},
        "un_geste_ms": quantiles([painted for painted, _ in single]),
        "autre_scenario_ms": quantiles(anew),
        "dans_python_ms": python,
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if asked.write:
        print(f"Écrit : {measure.write('deux_ans', found, asked.write)}")


if __name__ == "__main__":
    main()
