"""The script that starts everything: what it decides, and what it says when it cannot go on."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demarrer", ROOT / "demarrer.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_old_python_is_refused_politely(start: ModuleType) -> None:
    with pytest.raises(start.Stop, match=r"la version 3\.9 est trop ancienne, il faut 3\.11 ou plus\."):
        start.check_python((3, 9, 2))
    start.check_python((3, 11, 0))


def test_a_python_of_32_bits_is_refused_before_anything_is_installed(start: ModuleType) -> None:
    with pytest.raises(start.Stop, match="32 bits"):
        start.check_python((3, 12, 0), 2**31 - 1)


@pytest.mark.parametrize("word", ["--aide", "--help", "-h"])
def test_the_help_says_what_can_be_asked(word: str) -> None:
    done = subprocess.run([sys.executable, str(ROOT / "demarrer.py"), word], capture_output=True, text=True)
    assert done.returncode == 0
    assert "demarrer.py tester" in done.stdout
    assert "Only the standard" not in done.stdout


def test_a_reader_that_leaves_is_no_failure() -> None:
    asked = subprocess.Popen(
        [sys.executable, str(ROOT / "demarrer.py"), "--aide"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    asked.stdout.close()  # type: ignore[union-attr]
    assert asked.stderr.read() == b""  # type: ignore[union-attr]
    assert asked.wait(60) == 0


@pytest.mark.parametrize(
    ("name", "told", "better"), [("cahier[1]", "[", "cahier_1"), ("a:b", ":", "a_b"), ("]", "]", "cahier")]
)
def test_a_folder_that_cannot_be_installed_in_is_told_before_anything_is(
    tmp_path: Path, name: str, told: str, better: str
) -> None:
    if os.name == "nt":
        pytest.skip("d'autres signes y sont interdits")
    home = tmp_path / name / "KPA"
    home.mkdir(parents=True)
    (home / "demarrer.py").write_bytes((ROOT / "demarrer.py").read_bytes())
    done = subprocess.run([sys.executable, str(home / "demarrer.py")], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Dossier « {name} » : son nom contient « {told} »")
    assert f"par exemple « {better} »" in done.stderr
    assert [each.name for each in home.iterdir()] == ["demarrer.py"]


def test_the_environment_is_made_again_when_the_list_changes(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = tmp_path / "execution.txt", tmp_path / "tests.txt"
    short.write_text("a==1", encoding="utf-8")
    long.write_text("a==1\nb==1", encoding="utf-8")
    monkeypatch.setattr(start, "LOCKS", {"ouvrir": short, "tester": long})
    stamp = tmp_path / "stamp"
    assert not start.is_ready("ouvrir", stamp)
    stamp.write_text(start.fingerprint(short) + "\n", encoding="utf-8")
    assert start.is_ready("ouvrir", stamp)
    assert not start.is_ready("tester", stamp)
    stamp.write_text(start.fingerprint(long), encoding="utf-8")
    assert start.is_ready("ouvrir", stamp)
    assert start.is_ready("tester", stamp)
    long.write_text("a==2", encoding="utf-8")
    assert not start.is_ready("tester", stamp)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("The virtual environment was not created: ensurepip is not available.", "n'a pas le module « venv »"),
        ("/usr/bin/python3: No module named venv", "sudo apt install python3."),
        ("ERROR: [Errno 28] No space left on device", "le disque est plein"),
        ("NewConnectionError: Failed to establish a new connection", "le dépôt de paquets ne répond pas"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE.", "n'est pas celui qui est attendu"),
        ("[Errno 13] Permission denied: '/opt/kpa/.venv'", "l'écriture est interdite ici"),
        ("[Errno 2] No such file: 'C:\\Users\\maud\\…'\nHINT: ... Windows Long Path support ...", "près de C:\\"),
        ("ERROR: [WinError 206] The filename or extension is too long", "près de C:\\"),
        ("Command '[…python.exe, -m, ensurepip]' returned non-zero exit status 101.", "Microsoft Store"),
        ("ERROR: Could not find a version that satisfies typst (from versions: none)", "n'a pas encore tous les"),
        ("ERROR: No matching distribution found for typst==0.15.2", "Installez Python 3.13 en 64 bits"),
        ("WARNING: Retrying: NewConnectionError\nERROR: No matching distribution found", "connexion à Internet"),
        ("Segmentation {fault}", "montrez ce détail : Segmentation {fault}"),
        ("", "une erreur inattendue"),
    ],
)
def test_each_usual_failure_is_told_in_three_parts(start: ModuleType, printed: str, said: str) -> None:
    message = str(start.explain(printed, "Création du dossier .venv"))
    assert message.startswith("Création du dossier .venv : ")
    assert message.count("\n") == 1
    assert said in message


def test_a_browser_asked_for_comes_first_then_the_path_then_the_usual_places(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "playwright_browser", lambda: "celui de Playwright")
    nowhere = {"PATH": str(tmp_path / "vide")}
    assert start.find_browser(nowhere, "Linux") == "celui de Playwright"
    edge = program(tmp_path / "Program Files (x86)/Microsoft/Edge/Application/msedge.exe")
    windows = {**nowhere, "ProgramFiles(x86)": str(tmp_path / "Program Files (x86)")}
    assert Path(start.find_browser(windows, "Windows")) == Path(edge)
    chrome = program(tmp_path / "Program Files/Google/Chrome/Application/chrome.exe")
    windows["ProgramFiles"] = str(tmp_path / "Program Files")
    assert Path(start.find_browser(windows, "Windows")) == Path(chrome)
    if os.name != "nt":
        program(tmp_path / "bin/google-chrome")
        debian = program(tmp_path / "bin/chromium")
        assert start.find_browser({**windows, "PATH": str(tmp_path / "bin")}, "Windows") == debian
    asked = program(tmp_path / "le mien à moi/chromium")
    assert start.find_browser({**windows, "KPA_CHROMIUM": asked}, "Windows") == asked


def test_a_browser_asked_for_that_is_not_there_is_told(start: ModuleType) -> None:
    with pytest.raises(start.Stop, match="« /pas/ici » n'existe pas"):
        start.find_browser({"KPA_CHROMIUM": "/pas/ici"})


@pytest.mark.parametrize(
    ("there", "given", "asked"),
    [
        ("/snap/bin/chromium", "", []),
        ("/usr/bin/chromium", "", ["chromium-headless-shell"]),
        (None, "chromium-headless-shell", ["chromium-headless-shell"]),
        (None, "chromium", ["chromium-headless-shell", "chromium"]),
    ],
)
def test_debian_is_asked_for_the_browser_without_a_window_first(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, there: str | None, given: str, asked: list[str]
) -> None:
    said: list[str] = []
    found = {"": there}
    monkeypatch.setattr(start, "find_browser", lambda: found[""])
    monkeypatch.setattr(start, "run_quiet", lambda *_: None)

    def debian(package: str) -> None:
        said.append(package)
        if package == given:
            found[""] = f"/usr/bin/{package}"

    monkeypatch.setattr(start, "get_from_debian", debian)
    assert start.get_browser() == (f"/usr/bin/{given}" if given else there)
    assert said == asked


def test_an_unknown_word_is_told_without_traceback_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "demarrer.py"), "ouvir"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "demarrer.py : le mot « ouvir » est inconnu.\nMots connus : ouvrir, tester.\n"


def test_a_python_without_venv_leaves_nothing_half_made(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "import sys; print('ensurepip is not available'); sys.exit(1)"
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(start.subprocess, "Popen", _instead([sys.executable, "-c", broken], start.subprocess.Popen))
    with pytest.raises(start.Stop, match="venv"):
        start.make_venv()
    assert not (tmp_path / ".venv").exists()


def _instead(command: list[str], popen: type) -> object:
    return lambda _command, **options: popen(command, **options)


def test_what_runs_quietly_gives_back_all_it_printed_and_shows_that_time_goes_by(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = tmp_path / "temps"
    monkeypatch.setattr(start, "progress", lambda _, last=False: shown.touch())
    code = "import os, sys, time; print('début é', flush=True); end = time.monotonic() + 60\n"
    code += "while not os.path.exists(sys.argv[1]) and time.monotonic() < end: pass\nprint('fin')"
    assert start.run_quiet("Essai", [sys.executable, "-X", "utf8", "-c", code, str(shown)]) == (0, "début é\nfin\n")


def test_what_runs_quietly_runs_at_once_and_one_failure_is_enough(start: ModuleType, tmp_path: Path) -> None:
    meets = "import pathlib, sys, time; end = time.monotonic() + 60; pathlib.Path(sys.argv[1]).touch()\n"
    meets += "while not pathlib.Path(sys.argv[2]).exists(): assert time.monotonic() < end, 'seul'\n"
    meets += "sys.exit(int(sys.argv[3]))"
    one, other = str(tmp_path / "un"), str(tmp_path / "autre")
    both = [[sys.executable, "-c", meets, one, other, "0"], [sys.executable, "-c", meets, other, one, "3"]]
    assert start.run_quiet("Essai", *both) == (3, "")


@pytest.mark.parametrize("task", ["ouvrir", "tester"])
def test_the_two_halves_of_a_list_hold_every_package_and_every_hash_once(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    monkeypatch.setattr(start, "VENV", tmp_path)
    whole = start.LOCKS[task].read_text(encoding="utf-8").splitlines()
    lines = [line for half in start.halves(start.LOCKS[task]) for line in half.read_text(encoding="utf-8").splitlines()]
    assert sorted(lines) == sorted(line for line in whole if line and not line.lstrip().startswith("#"))
    assert len(lines) > 1000


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C s'y envoie autrement")
def test_what_python_compiled_is_kept_for_the_next_page(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert start.call([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"]) == 0


def test_ctrl_c_lets_the_workbook_close_in_its_own_way(tmp_path: Path) -> None:
    child = """if True:
        import threading
        try:
            print("ouvert", flush=True)
            threading.Event().wait(60)
        except KeyboardInterrupt:
            print("je range", flush=True)
            input()
            print("fermé")"""
    parent = "import sys; sys.path.insert(0, sys.argv[1]); import demarrer; demarrer.call(sys.argv[2:])"
    with subprocess.Popen(
        [sys.executable, "-c", parent, str(ROOT), sys.executable, "-c", child],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ouvert\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "je range\n"
        assert process.poll() is None
        process.stdin.write("fini\n")
        process.stdin.close()
        assert process.stdout.read() == "fermé\n"
    assert process.returncode == 0


def test_what_packages_bring_for_their_makers_is_left_out_and_nothing_else(start: ModuleType, tmp_path: Path) -> None:
    useful = [
        "pandas/testing.py", "babel/locale-data/fr_CA.dat", "babel/locale-data/root.dat", "lib/app.js",
        "pip/__init__.py", "mypy/typeshed/stubs/a.pyi", "jedi/third_party/typeshed/stdlib/os.pyi", "tests.py",
        "numpy/__pycache__/a.pyc",
    ]  # fmt: skip
    useless = [
        "pandas/tests/io/test_a.py", "babel/locale-data/pt_BR.dat", "lib/app.js.map", "lib/fast.c",
        "jupyterlab/galata/a.js", "jedi/third_party/typeshed/stubs/a.pyi", "pip/_vendor/__pycache__/a.pyc",
    ]  # fmt: skip
    for name in useful + useless:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    start.lighten(tmp_path)
    assert sorted(str(path.relative_to(tmp_path).as_posix()) for path in tmp_path.rglob("*.*")) == sorted(useful)
