#!/usr/bin/env python3
"""Ouvre le cahier, ou le vérifie, sur une machine qui n'a que Python 3.11 ou plus récent.

    python3 demarrer.py                 prépare ce qu'il faut, puis ouvre le cahier dans le navigateur
    python3 demarrer.py tester          prépare ce qu'il faut, puis passe toutes les vérifications
    python3 demarrer.py tester -k mot   ce qui suit « tester » va à pytest
    python3 demarrer.py --aide          montre cette aide

Only the standard library, and words an older Python reads, so that it can refuse politely.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "kpa-liste.txt"
FORBIDDEN = ("[", "]", os.pathsep)  # pip reads brackets as a list of extras; venv refuses what separates the PATH
HELP = ("--aide", "--help", "-h", "aide")
# What packages bring for those who make them: their tests, their sources, their maps, and 700 other languages.
LEFT_OUT = re.compile(
    r"/(tests|[^/]+\.(map|c)|jupyterlab/galata|jedi/third_party/typeshed/stubs|pip(/.+)?/__pycache__"
    r"|babel/locale-data/(?!root|en|fr)[^/]+)$"
)
LOCKS = {"ouvrir": ROOT / "requirements/execution.txt", "tester": ROOT / "requirements/tests.txt"}
WEIGHTS = {"ouvrir": (175, 530), "tester": (490, 1560)}

BROWSER_COMMANDS = (
    "chromium-headless-shell",  # the same, without its window: a page costs a quarter less
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
)  # fmt: skip
BROWSER_PLACES = {
    "Darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "Windows": tuple(
        f"{{{folder}}}/{program}"
        for program in (
            "Google/Chrome/Application/chrome.exe",
            "Chromium/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        )
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    ),
}

# What a tool prints when it fails → what happened, and what to do. The first that fits is told.
CAUSES = (
    (("exit status 101", "windowsapps"),
     "ce Python vient du Microsoft Store, et ne sait pas préparer le cahier.",
     "Installez Python depuis python.org, puis relancez avec lui."),
    (("long path", "winerror 206", "file name too long"),
     "le chemin de ce dossier est trop long.",
     "Mettez le dossier du cahier près de C:\\, par exemple C:\\cahier, puis relancez."),
    (("ensurepip is not", "no module named venv", "no module named ensurepip"),
     "ce Python n'a pas le module « venv ».",
     "Sur Debian ou Ubuntu : sudo apt install python{version}-venv. Puis relancez."),
    (("no space left", "errno 28", "disk full", "espace disque"),
     "le disque est plein.", "Libérez environ 1 Go, puis relancez."),
    (("do not match the hashes",),
     "un fichier reçu n'est pas celui qui est attendu.",
     "Relancez. Si cela recommence, changez de réseau et prévenez les auteurs."),
    (("newconnectionerror", "name resolution", "getaddrinfo", "unreachable", "timed out", "connection refused",
      "proxyerror", "sslerror"),
     "le dépôt de paquets ne répond pas.",
     "Vérifiez la connexion à Internet, puis relancez. Détail : {detail}"),
    (("no matching distribution", "could not find a version", "requires a different python"),
     "cette version de Python ({version}, {bits} bits) n'a pas encore tous les paquets.",
     "Installez Python 3.13 en 64 bits (python.org), puis relancez avec lui."),
    (("permission denied", "errno 13", "read-only file system"),
     "l'écriture est interdite ici.", "Copiez le dossier du cahier dans vos documents, puis relancez."),
    (("",), "une erreur inattendue est arrivée.", "Relancez. Si cela recommence, montrez ce détail : {detail}"),
)  # fmt: skip


class Stop(Exception):
    """The start cannot go on; said in three parts: where, what, what to do."""

    def __init__(self, where, what, todo):
        super().__init__(f"{where} : {what}\n{todo}")


def explain(output, where):
    """Turn what a tool printed into a sentence a person can act on."""
    text = output.lower()
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for signs, what, todo in CAUSES:
        if any(sign in text for sign in signs):
            version = ".".join(map(str, sys.version_info[:2]))
            known = {"version": version, "bits": bits(), "detail": lines[-1] if lines else "aucun"}
            return Stop(where, what.format(**known), todo.format(**known))
    raise AssertionError("the last cause fits everything")


def bits(largest=sys.maxsize):
    return 64 if largest > 2**32 else 32


def check_folder(root=ROOT):
    """Refuse, before anything is installed, a folder whose name pip or venv cannot take."""
    for part in Path(root).parts[1:]:
        for sign in FORBIDDEN:
            if sign in part:
                raise Stop(
                    f"Dossier « {part} »",
                    f"son nom contient « {sign} », et l'installation ne le supporte pas.",
                    f"Renommez ce dossier, par exemple « {better_name(part)} », puis relancez.",
                )


def better_name(part):
    return re.sub(r"[^\w.-]+", "_", part).strip("_") or "cahier"


def check_python(version=sys.version_info, largest=sys.maxsize):
    if tuple(version[:2]) < (3, 11):
        raise Stop(
            "Python",
            f"la version {version[0]}.{version[1]} est trop ancienne, il faut 3.11 ou plus.",
            "Installez un Python récent (python.org), puis relancez avec lui : python3.12 demarrer.py",
        )
    if bits(largest) == 32:
        raise Stop(
            "Python",
            "c'est un Python en 32 bits, et les paquets n'existent qu'en 64 bits.",
            "Installez Python 3.13 en 64 bits (python.org), puis relancez avec lui.",
        )


# --- the environment --------------------------------------------------------------------------------------------------


def fingerprint(lock):
    """Say in one word what must be installed, and for which Python."""
    digest = hashlib.sha256(platform.python_version().encode())
    for each in (lock, ROOT / "pyproject.toml"):
        digest.update(each.read_bytes())
    return digest.hexdigest()


def is_ready(task, stamp=STAMP):
    """The list of the tests contains the other: where one can test, one can also open."""
    if not stamp.is_file():
        return False
    enough = {"ouvrir": ("ouvrir", "tester"), "tester": ("tester",)}[task]
    return stamp.read_text(encoding="utf-8").strip() in [fingerprint(LOCKS[each]) for each in enough]


def prepare(task):
    """Make `.venv` when it is missing or no longer fits the list, and install the project in it."""
    if is_ready(task):
        return
    started = time.monotonic()
    lock = LOCKS[task]
    received, kept = WEIGHTS[task]
    say(f"Préparation : {received} Mo à recevoir, {kept} Mo de disque, quelques minutes. Ensuite, ce sera immédiat.")
    make_venv()
    STAMP.unlink(missing_ok=True)
    # Not compiled in advance: Python compiles what is used, a fifth of it, and the first start is shorter and lighter.
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    count = lock.read_text(encoding="utf-8").count("==")
    # The list is whole: no package asks for another. So each half goes in by itself, on its own core.
    at_once = [[*pip, "--require-hashes", "-r", half] for half in halves(lock)]
    must_run(f"Installation de {count} paquets", *at_once)
    must_run("Installation du cahier", [*pip, "--no-build-isolation", "-e", ROOT])
    lighten(VENV)
    STAMP.write_text(fingerprint(lock) + "\n", encoding="utf-8")
    say(f"Tout est prêt ({time.monotonic() - started:.0f} s).")


def halves(lock):
    """Write each package of a list, with its hashes, in one of two lists of `.venv`; return both."""
    packages = re.findall(r"^[^#\s].*==.*(?:\n[ ].*)*", lock.read_text(encoding="utf-8"), re.M)
    lists = [VENV / f"kpa-liste-{half}.txt" for half in (1, 2)]
    for half, written in enumerate(lists):
        written.write_text("\n".join(packages[half::2]) + "\n", encoding="utf-8")
    return lists


def make_venv():
    if VENV.exists() and not works():
        shutil.rmtree(VENV)  # half made, or made by a Python that has gone
    if not VENV.exists():
        try:
            must_run("Création du dossier .venv", [sys.executable, "-m", "venv", VENV])
        except Stop:
            shutil.rmtree(VENV, ignore_errors=True)
            raise


def works():
    code = "import sys, pip; sys.exit(sys.version_info[:3] != ({}, {}, {}))".format(*sys.version_info[:3])
    try:
        return subprocess.run([PYTHON, "-c", code], capture_output=True).returncode == 0
    except OSError:
        return False


def lighten(folder):
    """Take away what serves nobody here, a sixth of the whole. Each package still runs, and pip still knows it."""
    for here, folders, files in os.walk(folder):
        place = Path(here).as_posix()
        for name in [each for each in folders if LEFT_OUT.search(f"{place}/{each}")]:
            shutil.rmtree(f"{place}/{name}", ignore_errors=True)
            folders.remove(name)
        for name in files:
            if LEFT_OUT.search(f"{place}/{name}"):
                Path(place, name).unlink(missing_ok=True)


def must_run(label, *commands):
    code, output = run_quiet(label, *commands)
    if code:
        raise explain(output, label)


def run_quiet(label, *commands):
    """Run, all at once when there are several, keep what is printed, and show that time goes by."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        running = [subprocess.Popen(each, cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT) for each in commands]
        try:
            for process in running:
                while wait(process, 1) is None:
                    progress(f"{label}… {time.monotonic() - started:.0f} s")
        finally:
            for process in running:
                process.kill()  # asked to stop: nothing goes on behind
        printed.seek(0)
        output = printed.read().decode(errors="replace").replace("\r\n", "\n")
    progress(f"{label} : {time.monotonic() - started:.0f} s", last=True)
    return max(abs(process.returncode) for process in running), output


def wait(process, seconds):
    """Return how a program ended, or None when it still runs after these seconds."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


# --- the browser ------------------------------------------------------------------------------------------------------


def find_browser(environ=os.environ, system=None):
    """Return a Chromium-like browser: the one asked for, else on the path, else in its usual place."""
    asked = environ.get("KPA_CHROMIUM")
    if asked:
        if Path(asked).is_file():
            return asked
        raise Stop("KPA_CHROMIUM", f"« {asked} » n'existe pas.", "Corrigez ce chemin, ou effacez la variable.")
    for command in BROWSER_COMMANDS:
        found = shutil.which(command, path=environ.get("PATH", ""))
        if found:
            return found
    known = {name.upper(): value for name, value in environ.items()}
    for place in BROWSER_PLACES.get(system or platform.system(), ()):
        folder = place[1:].partition("}")[0] if place.startswith("{") else ""
        path = place.replace(f"{{{folder}}}", known.get(folder, "?")) if folder else place
        if Path(path).is_file():
            return path
    return playwright_browser()


def playwright_browser():
    """Return the Chromium that Playwright installed for itself, if any."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    try:
        done = subprocess.run([PYTHON, "-c", code], capture_output=True)
    except OSError:
        return None
    path = done.stdout.decode(errors="replace").strip()
    return path if path and Path(path).is_file() else None


def get_browser():
    """Find a browser, or fetch one: by Playwright, else by Debian, which has one without a window."""
    found = find_browser()
    if not found:
        run_quiet("Téléchargement de Chromium", [PYTHON, "-m", "playwright", "install", "chromium"])
        found = find_browser()
    if found in (None, "/usr/bin/chromium"):
        get_from_debian("chromium-headless-shell")
        found = find_browser()
    if not found:
        get_from_debian("chromium")
        found = find_browser()
    if not found:
        raise Stop(
            "Navigateur des tests",
            "ni Chromium, ni Chrome, ni Edge n'a été trouvé.",
            "Installez l'un d'eux, ou indiquez-le : KPA_CHROMIUM=/chemin/vers/chromium",
        )
    return found


def get_proxy():
    """Fetch what stands before a hosted workshop, when Debian can give it: the tests put a real one there."""
    if not shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])):
        get_from_debian("nginx-light", "openssl")


def get_from_debian(*packages):
    """Install packages of Debian, where there is one and we may."""
    if not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not sudo or shutil.which("sudo"):
        names = ", ".join(packages)
        run_quiet(f"Recherche dans Debian : {names}", [*sudo, "apt-get", "update"])
        run_quiet(f"Installation par Debian : {names}", [*sudo, "apt-get", "install", "-y", *packages])


# --- what people ask --------------------------------------------------------------------------------------------------


def open_workbook():
    return call([BIN / ("kpa.exe" if os.name == "nt" else "kpa"), "ouvrir"])


def test(extra):
    """Run every check even when one fails; pytest comes last, so that its closing line is the last one."""
    with tempfile.TemporaryDirectory(prefix="kpa_", ignore_cleanup_errors=True) as personal:
        environ = {**os.environ, "KPA_CHROMIUM": get_browser(), "KPA_MES_DONNEES": personal,
                   "PYTHONUTF8": "1", "JUPYTER_PREFER_ENV_PATH": "1"}  # fmt: skip
        get_proxy()
        module = [PYTHON, "-m"]
        pytest = [*module, "pytest", "-q", "-p", "tests.quick"]
        checks = {
            "Style (ruff)": [*module, "ruff", "check", "."],
            "Étages (import-linter)": [BIN / "lint-imports", "--no-cache"],
            "Types (mypy)": [*module, "mypy"],
            "Carnets sans sorties (nbstripout)": [
                *module, "nbstripout", "--verify", "--keep-id", *sorted(ROOT.glob("notebooks/*.ipynb"))
            ],
        }  # fmt: skip
        chosen = any((ROOT / word.partition("::")[0]).exists() for word in extra)
        where = [] if chosen else ["--nbval-lax", "tests", "notebooks"]
        # The checks keep one core busy: the other one compiles the tests meanwhile, and what it compiles is kept.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with begin([*pytest, "--collect-only", *where, *extra], environ, **quiet):
            failed = [name for name, command in checks.items() if say(name) or call(command, environ)]
        say("Tests (pytest)" + (f". À corriger avant : {', '.join(failed)}" if failed else ""))
        # A file at a time: the cells of a notebook share a kernel, the tests of a screen share a browser.
        # In their order: the long files of the browser come first, and both halves end together.
        shared = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
        return call([*pytest, *shared, *where, *extra], environ) or bool(failed)


def begin(command, environ, **options):
    # Each page is a process of its own: without what Python keeps of a module, every one would compile them all again.
    kept = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(command, cwd=ROOT, env=kept, **options)


def call(command, environ=os.environ):
    process = begin(command, environ)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # Ctrl+C reaches the other program too: let it close in its own way


def say(text):
    print(text, flush=True)


def progress(text, last=False):
    """Rewrite one line in a terminal; in a file, write only its last state."""
    if sys.stdout.isatty():
        print("\r" + text.ljust(70), end="\n" if last else "", flush=True)
    elif last:
        say(text)


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    task = arguments[0] if arguments else "ouvrir"
    try:
        if task in HELP:
            say(__doc__.rpartition("\n\n")[0])
            return 0
        check_python()
        check_folder()
        if task not in LOCKS:
            raise Stop("demarrer.py", f"le mot « {task} » est inconnu.", f"Mots connus : {', '.join(LOCKS)}.")
        prepare(task)
        return int(test(arguments[1:]) if task == "tester" else open_workbook())
    except Stop as stop:
        print(stop, file=sys.stderr)
    except BrokenPipeError:  # the reader of a pipe left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as error:
        print(explain(str(error), "Préparation"), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nArrêté à votre demande.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
