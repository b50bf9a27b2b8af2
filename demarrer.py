#!/usr/bin/env python3
"""Ouvre le cahier, ou le vérifie, sur une machine qui n'a que Python 3.11 ou plus récent.

    python3 demarrer.py                 prépare ce qu'il faut, puis ouvre le cahier dans le navigateur
    python3 demarrer.py tester          prépare ce qu'il faut, puis passe toutes les vérifications
    python3 demarrer.py tester -k mot   ce qui suit « tester » va à pytest

Only the standard library, and a syntax that an old Python reads, so that it can refuse politely.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "kpa-liste.txt"
OLDEST = (3, 11)

BROWSER_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
BROWSER_PLACES = {
    "Darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "Windows": (
        "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
        "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
        "%LocalAppData%/Google/Chrome/Application/chrome.exe",
        "%LocalAppData%/Chromium/Application/chrome.exe",
        "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
        "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
    ),
}


class Stop(Exception):
    """The start cannot go on; said in three parts: where, what, what to do."""

    def __init__(self, where, what, todo):
        Exception.__init__(self, "{} : {}\n{}".format(where, what, todo))


# --- the environment --------------------------------------------------------------------------------------------------


def check_python(version=sys.version_info):
    if tuple(version[:2]) < OLDEST:
        raise Stop(
            "Python",
            "la version {}.{} est trop ancienne, il faut 3.11 ou plus.".format(*version[:2]),
            "Installez un Python récent (python.org), puis relancez avec lui : python3.12 demarrer.py",
        )


def lock_for(task):
    return ROOT / "requirements" / ("tests.txt" if task == "tester" else "execution.txt")


def fingerprint(*files):
    """Say in one word what must be installed, and for which Python."""
    digest = hashlib.sha256(platform.python_version().encode())
    for each in files:
        digest.update(each.read_bytes())
    return digest.hexdigest()


def is_ready(task, stamp=STAMP):
    """The tests' list contains the other: whoever can test can also open."""
    if not stamp.is_file() or not venv_python().is_file():
        return False
    written = stamp.read_text(encoding="utf-8").split()
    wanted = [lock_for("tester")] if task == "tester" else [lock_for("ouvrir"), lock_for("tester")]
    return any(fingerprint(lock, ROOT / "pyproject.toml") in written for lock in wanted)


def venv_python(venv=VENV):
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(task):
    """Make `.venv` when it is missing or no longer fits the list, and install the project in it."""
    if is_ready(task):
        return
    started = time.monotonic()
    lock = lock_for(task)
    say("Première préparation : quelques minutes, et 500 Mo de disque. Ensuite, ce sera immédiat.")
    make_venv()
    pip = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    count = lock.read_text(encoding="utf-8").count("==")
    STAMP.unlink(missing_ok=True)
    install([*pip, "--require-hashes", "-r", str(lock)], "Installation de {} paquets".format(count))
    install([*pip, "--no-build-isolation", "--no-deps", "-e", str(ROOT)], "Installation du cahier")
    STAMP.write_text(fingerprint(lock, ROOT / "pyproject.toml") + "\n", encoding="utf-8")
    say("Tout est prêt ({:.0f} s).".format(time.monotonic() - started))


def make_venv():
    if VENV.exists() and not works(venv_python()):
        shutil.rmtree(str(VENV))  # made by a Python that has gone, or half made
    if VENV.exists():
        return
    done = run_quiet([sys.executable, "-m", "venv", str(VENV)], "Création du dossier .venv")
    if done.returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise explain(done.stdout, "Création du dossier .venv")


def works(python):
    try:
        found = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0
        same = subprocess.run([str(python), "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True)
    except OSError:
        return False
    return found and same.stdout.decode().split() == [str(part) for part in sys.version_info[:3]]


def install(command, label):
    done = run_quiet(command, label)
    if done.returncode:
        raise explain(done.stdout, label)


def explain(output, where):
    """Turn what a tool printed into a sentence a person can act on."""
    text = output.lower()
    last = [line.strip() for line in output.splitlines() if line.strip()][-1:] or ["(aucun détail)"]
    if "ensurepip is not" in text or "no module named venv" in text or "no module named ensurepip" in text:
        version = "{}.{}".format(*sys.version_info[:2])
        return Stop(
            where,
            "ce Python n'a pas le module « venv ».",
            "Sur Debian ou Ubuntu : sudo apt install python{}-venv. Puis relancez.".format(version),
        )
    if "no space left" in text or "errno 28" in text or "disk full" in text:
        return Stop(where, "le disque est plein.", "Libérez environ 1 Go, puis relancez.")
    if "do not match the hashes" in text:
        return Stop(
            where,
            "un fichier reçu n'est pas celui qui est attendu.",
            "Relancez. Si cela recommence, changez de réseau et prévenez les auteurs.",
        )
    if any(sign in text for sign in ("newconnectionerror", "name resolution", "network is unreachable", "timed out",
                                     "no matching distribution", "connection refused", "proxyerror", "sslerror")):
        return Stop(
            where,
            "le dépôt de paquets ne répond pas.",
            "Vérifiez la connexion à Internet, puis relancez. Détail : " + last[0],
        )
    if "permission denied" in text or "errno 13" in text:
        return Stop(where, "l'écriture est interdite ici.", "Copiez le dossier du cahier chez vous, puis relancez.")
    return Stop(where, "une erreur inattendue est arrivée.", "Relancez. Si cela recommence, détail : " + last[0])


def run_quiet(command, label):
    """Run, keep what is printed, and show that time goes by."""
    started = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        cwd=str(ROOT),
    ) as process:
        output = []
        while True:
            try:
                text, _ = process.communicate(timeout=2)
                output.append(text or "")
                break
            except subprocess.TimeoutExpired:
                progress("{}… {:.0f} s".format(label, time.monotonic() - started))
    progress("{} : {:.0f} s".format(label, time.monotonic() - started), last=True)
    return subprocess.CompletedProcess(command, process.returncode, "".join(output))


# --- the browser ------------------------------------------------------------------------------------------------------


def find_browser(environ=os.environ, system=None):
    """Return a Chromium-like browser: the one asked for, else on the path, else in its usual place."""
    asked = environ.get("KPA_CHROMIUM")
    if asked:
        if Path(asked).is_file():
            return asked
        raise Stop("KPA_CHROMIUM", "« {} » n'existe pas.".format(asked), "Corrigez ce chemin, ou effacez la variable.")
    for command in BROWSER_COMMANDS:
        found = shutil.which(command, path=environ.get("PATH"))
        if found:
            return found
    for place in BROWSER_PLACES.get(system or platform.system(), ()):
        for name in ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData"):
            place = place.replace("%" + name + "%", environ.get(name, environ.get(name.upper(), "")))
        if Path(place).is_file():
            return place
    return playwright_browser()


def playwright_browser():
    """Return the Chromium that Playwright installed for itself, if any."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    try:
        done = subprocess.run([str(venv_python()), "-c", code], capture_output=True)
    except OSError:
        return None
    path = done.stdout.decode(errors="replace").strip()
    return path if path and Path(path).is_file() else None


def get_browser():
    """Find a browser, or fetch one: by Playwright, else by Debian."""
    found = find_browser()
    if found:
        return found
    run_quiet([str(venv_python()), "-m", "playwright", "install", "chromium"], "Téléchargement de Chromium")
    found = find_browser()
    if not found and shutil.which("apt-get"):
        sudo = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo", "-n"]
        run_quiet([*sudo, "apt-get", "update"], "Recherche de Chromium dans Debian")
        run_quiet([*sudo, "apt-get", "install", "-y", "chromium"], "Installation de Chromium par Debian")
        found = find_browser()
    if not found:
        raise Stop(
            "Navigateur des tests",
            "ni Chromium, ni Chrome, ni Edge n'a été trouvé.",
            "Installez l'un d'eux, ou indiquez-le : KPA_CHROMIUM=/chemin/vers/chromium",
        )
    return found


# --- what people ask --------------------------------------------------------------------------------------------------


def open_workbook():
    kpa = venv_python().with_name("kpa.exe" if os.name == "nt" else "kpa")
    return call([str(kpa), "ouvrir"])


def test(extra):
    """Run every check even when one fails; pytest comes last, so that its closing line is the last one."""
    environ = dict(os.environ, KPA_CHROMIUM=get_browser(), PYTHONUTF8="1")
    python = [str(venv_python()), "-m"]
    scripts = venv_python().parent
    checks = {
        "Style (ruff)": [*python, "ruff", "check", "."],
        "Étages (import-linter)": [str(scripts / "lint-imports"), "--no-cache"],
        "Types (mypy)": [*python, "mypy"],
        "Carnets sans sorties (nbstripout)": [*python, "nbstripout", "--verify", "--keep-id", *notebooks()],
    }
    failed = [name for name, command in checks.items() if not check(name, command, environ)]
    if failed:
        say("À corriger : {}.".format(", ".join(failed)))
    say("Tests (pytest)")
    parallel = [] if extra else ["-n", "2", "--nbval-lax", "notebooks", "tests"]
    code = call([*python, "pytest", "-q", *parallel, *extra], environ)
    return code or int(bool(failed))


def notebooks():
    return sorted(str(path) for path in (ROOT / "notebooks").glob("*.ipynb"))


def check(name, command, environ):
    say(name)
    return call(command, environ) == 0


def call(command, environ=None):
    try:
        return subprocess.run(command, cwd=str(ROOT), env=environ).returncode
    except KeyboardInterrupt:
        return 130


def say(text):
    print(text, flush=True)


def progress(text, last=False):
    """Rewrite one line in a terminal; in a file, write only the last state."""
    if sys.stdout.isatty():
        print("\r" + text.ljust(70), end="\n" if last else "", flush=True)
    elif last:
        say(text)


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        check_python()
        if arguments and arguments[0] not in ("ouvrir", "tester"):
            raise Stop("demarrer.py", "le mot « {} » est inconnu.".format(arguments[0]), "Mots connus : ouvrir, tester.")
        task = arguments[0] if arguments else "ouvrir"
        prepare(task)
        return test(arguments[1:]) if task == "tester" else open_workbook()
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as error:
        print(explain(str(error), "Préparation"), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nArrêté à votre demande.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
