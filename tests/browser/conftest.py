"""A real Chromium in front of the real server: the fixtures of every browser test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import ClassVar

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from demarrer import find_browser
from kpa_model.server.app import addresses

HERE = ", ".join(f"EXCLUDE {address}" for address in ("127.0.0.1", *addresses()))
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=fr-FR",
    f"--host-resolver-rules=MAP * ~NOTFOUND, {HERE}",  # cut from any other network
]  # fmt: skip
PROJECTOR, PHONE = (1280, 800), (360, 780)
PATIENCE = 90_000
"""Milliseconds: a machine may be busy, and what comes at once is not waited for."""
expect.set_options(timeout=PATIENCE)

# The cells are shown, no output waits for its widget, the kernel has taken all it was sent, and the page has been still
# for a third of a second. Pages that have no kernel are only still.
STILL = """async () => {
  if (document.querySelector('body.kpa-page')) {
    if (!document.body.dataset.kpaReady) { return false; }
    if (!document.querySelector('#jp-main-content-panel #rendered_cells')) { return false; }
    if (document.querySelector('script[type="application/vnd.voila.cell-output+json"]')) { return false; }
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel?.connectionStatus !== 'connected') { return false; }
    await kernel.requestKernelInfo();
  }
  return new Promise((done) => {
    let quiet = setTimeout(() => done(true), 350);
    new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(() => done(true), 350); })
      .observe(document.body, { subtree: true, childList: true });
  });
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of a Chromium-like browser; `demarrer.py tester` gives it in KPA_CHROMIUM."""
    return find_browser() or pytest.fail(
        "Aucun Chromium : lancez `python3 demarrer.py tester`, ou indiquez KPA_CHROMIUM."
    )


class RealServer:
    """One running workbook: its address, and the personal folder it writes in."""

    started: ClassVar[list[RealServer]] = []

    def __init__(self, folder: Path | None, home: Path) -> None:
        self.started.append(self)
        self.home = home
        self.personal = home / "mes_donnees"
        self.folder = folder
        where = [] if folder is None else ["--folder", str(folder)]
        page = [] if folder is None else [sorted(folder.glob("*.ipynb"))[0].stem]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kpa_model.ui.serve", *page, "--no-browser", *where],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "KPA_MES_DONNEES": str(self.personal), "HOME": str(home), "USERPROFILE": str(home)},
        )  # fmt: skip
        self.said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"(http://127\.0\.0\.1:\d+/)voila/render/([^/]+)/\S+\?token=(\w+)", line):
                self.base, self.name, self.token = found.groups()
                return
        raise AssertionError(f"le serveur ne s'est pas ouvert :\n{self.said}")

    def address(self, notebook: str) -> str:
        """Return the address of a page without code."""
        return f"{self.base}voila/render/{self.name}/{notebook}.ipynb?token={self.token}"

    def lab(self, notebook: str) -> str:
        """Return the address of the same page in JupyterLab."""
        return f"{self.base}lab/tree/{self.name}/{notebook}.ipynb?token={self.token}"

    def stop(self) -> None:
        """Stop this server, and no other."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def asleep(server: RealServer) -> Iterator[None]:
    """While it lasts, no page of this workbook is answered, as on a machine that does something else."""
    kernels = psutil.Process(server.process.pid).children()
    for each in kernels:
        each.suspend()
    try:
        yield
    finally:
        for each in kernels:
            each.resume()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path | None], RealServer]]:
    """`serve(folder)`: the server of this folder of notebooks (the workbook's own for None), started once."""
    running: dict[Path | None, RealServer] = {}

    def start(folder: Path | None = None) -> RealServer:
        if folder not in running:
            running[folder] = RealServer(folder, tmp_path_factory.mktemp("chez_soi"))
        return running[folder]

    yield start
    for server in running.values():
        server.process.kill()  # its kernels leave when it is gone: `test_opening` holds it
    for server in running.values():
        server.stop()


@pytest.fixture(scope="session")
def server(serve: Callable[[Path | None], RealServer]) -> RealServer:
    """The real workbook, on a free port, writing in a temporary folder."""
    return serve(None)


@pytest.fixture(scope="module", autouse=True)
def nothing_chosen_yet() -> None:
    """Each file of tests begins on the example cooperative, whatever another one chose or composed."""
    for each in RealServer.started:
        (each.personal / "atelier.json").unlink(missing_ok=True)


# A module at a time: while Playwright is on, its event loop runs, and would trouble the tests of notebooks.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright's own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium for the tests of a file."""
    opened = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
    yield opened
    opened.close()


def until(page: Page, true: Callable[[], object], otherwise: str) -> None:
    """Wait for what `expect` does not see, as long as it would; else fail with what is said."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < deadline, otherwise
        page.wait_for_timeout(100)


def at_rest(page: Page) -> None:
    """Wait until all that was done on a page is taken and drawn: then what it shows may be read once."""
    # evaluated here: `wait_for_function` takes a pending promise for a yes
    until(page, lambda: page.evaluate(STILL), "the page never comes to rest")


def question(page: Page) -> Locator:
    """Return the question asked on a page of the workshop, once it is whole there."""
    form = page.locator("form.question")
    expect(form).to_be_visible()
    page.wait_for_load_state()
    return form


def up_to_date(page: Page, version: str) -> None:
    """Wait until a page of the workshop follows what the server has now."""
    expect(page.locator("body")).to_have_attribute("data-version", re.compile(f"^{version}"))


def press(lead: Page, *names: str) -> None:
    """Press buttons of the bar of who leads, one after the other; each leads to the page where the next one is."""
    for name in names:
        before = lead.locator("body").get_attribute("data-version")
        with lead.expect_navigation():
            lead.get_by_role("navigation", name="Conduire l'atelier").get_by_role("button", name=name).click()
        expect(lead.locator("body")).not_to_have_attribute("data-version", before or "")


def _pages(browser: Browser, serve: Callable[[Path | None], RealServer]) -> Iterator[Callable[..., Page]]:
    opened = []

    def go(notebook: str, size: tuple[int, int] = PROJECTOR, folder: Path | None = None, lab: bool = False) -> Page:
        running = serve(folder)
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.foreign, page.troubles = [], []  # type: ignore[attr-defined]
        page.on("request", lambda asked: _is_foreign(asked.url, running.base) and page.foreign.append(asked.url))  # type: ignore[attr-defined]
        page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
        if lab:
            page.goto(running.lab(notebook), wait_until="domcontentloaded")
            return page
        page.goto(running.address(notebook), wait_until="domcontentloaded")
        at_rest(page)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.fixture
def page_at(browser: Browser, serve: Callable[[Path | None], RealServer]) -> Iterator[Callable[..., Page]]:
    """`page_at(notebook, size, folder)`: the page, wholly shown, cut from any other network.

    The page carries two lists: `foreign`, the addresses it asked outside this machine, and `troubles`, what it wrote
    as errors in the console.
    """
    yield from _pages(browser, serve)


@pytest.fixture(scope="module")
def same_page(browser: Browser, serve: Callable[[Path | None], RealServer]) -> Iterator[Callable[..., Page]]:
    """`same_page(notebook, size, folder)`: as `page_at`, but left as it is for the next test of the file."""
    yield from map(cache, _pages(browser, serve))


BY_NIGHT = os.environ.get("KPA_HYPOTHESIS") == "nightly"

# What a finger touches; for a button of a choice, its label.
SMALL = """() => [...document.querySelectorAll('[role=main] :is(button, select, input)')]
  .filter((each) => each.offsetParent && each.type !== 'range' && each.type !== 'checkbox')
  .map((each) => (each.type === 'radio' && each.closest('label')) || each)
  .filter((each) => each.getBoundingClientRect().height < 43).map((each) => each.outerHTML.slice(0, 120))"""


def within(page: Page) -> bool:
    """Tell whether nothing goes beyond the edge of the screen, at the size it has."""
    width: int = page.viewport_size["width"]  # type: ignore[index]
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


# The page was laid out and drawn again since its size changed.
DRAWN = """() => new Promise((done) => {
  setTimeout(done, 2000);  // where nothing is drawn
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def _fits(page: Page) -> None:
    kept = page.viewport_size
    for width, height in (PHONE, PROJECTOR):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(DRAWN)
        assert within(page), width
        assert page.evaluate(SMALL) == [], width
    page.set_viewport_size(kept)  # type: ignore[arg-type]


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """`fits(page)`: on the phone and on the projector, nothing goes beyond the edge, and fingers find every gesture."""
    return _fits


@pytest.fixture
def everyone(axe: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    """`everyone(page)`: it fits, axe-core finds nothing, nothing was asked outside, the console is silent.

    By day axe-core looks at the size the page has; at night, at the projector's too.
    """

    def usable(page: Page) -> None:
        at_rest(page)
        _fits(page)
        assert axe(page) == []
        if BY_NIGHT:
            page.set_viewport_size({"width": PROJECTOR[0], "height": PROJECTOR[1]})
            assert axe(page) == []
        assert page.foreign == []  # type: ignore[attr-defined]
        assert page.troubles == []  # type: ignore[attr-defined]

    return usable


@pytest.fixture(
    params=[pytest.param(PHONE, id="phone"), pytest.param(PROJECTOR, id="projector", marks=pytest.mark.nightly)]
)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The screen on which a whole story is played: the phone's; at night, the projector's too."""
    screen: tuple[int, int] = request.param
    return screen


def _is_foreign(asked: str, base: str) -> bool:
    return not asked.startswith((base, base.replace("http", "ws"), "data:", "blob:"))


def run_all(page: Page) -> None:
    """Run every cell in JupyterLab: once its kernel is there, and again if it did not hear."""
    page.locator(".jp-StatusBar-GroupItem, .jp-StatusBar-Left", has_text="Inactif").first.wait_for()
    for _ in range(4):
        page.locator("[role=menuitem]", has_text="Exécution").click()
        page.locator(".lm-Menu-item", has_text="Exécuter toutes les cellules").first.click()
        try:
            page.locator(".jp-InputPrompt", has_text=re.compile(r"\[(\*|\d+)\]")).first.wait_for(timeout=15_000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError("no cell was run")


@pytest.fixture(name="run_all")
def run_all_fixture() -> Callable[[Page], None]:
    """`run_all(page)`: run every cell of a page opened in JupyterLab."""
    return run_all


AXE = f"""{Axe().axe_script};
(() => {{  // read again for each text, the few colours of a page took a third of the time of axe-core
  const color = axe.commons.color.Color.prototype, parse = color.parseString, known = new Map();
  color.parseString = function (text) {{
    if (!known.has(text)) {{
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }}
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  }};
}})();"""


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, one line each (its script is in the package)."""
    page.evaluate(DRAWN)  # names are given to what is new as it is drawn
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] }).then((said) => said.violations)")
    return [
        f"{each['id']} ({each['impact']}) : {node['html'][:200]} | {node.get('failureSummary', '')[:300]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: the accessibility violations axe-core finds, one line each."""
    return violations
