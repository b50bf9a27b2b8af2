"""The `kpa` command: what each job says, how it fails, how it ends."""

from __future__ import annotations

import argparse
import inspect
import io
import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from kpa_model import places
from kpa_model.command import french, main, outputs, program, screen
from kpa_model.errors import KpaError, Problem
from kpa_model.pay import rule_file
from kpa_model.ui import serve

RULE = """titre: Heures et minimum
phrase: Chaque heure compte.
etapes:
- frais_directs
- taux_horaire: {euros_par_heure: 12}
- plancher: {euros: 20}
- ramener_a_l_enveloppe
- reste_au_fonds
promesses:
- personne_sous: {euros: 500}
- enveloppe_respectee
essai: {trimestres: 1, revue_le: 2027-03-31}
"""
EQUAL = "titre: Parts égales\netapes:\n- frais_directs\n- parts_egales\n"
PEOPLE = ("Awa", "Bruno", "Chloé", "Djamila", "Élodie", "Fatou")
Run = Callable[..., tuple[int, str, str]]
THREE_PARTS = re.compile(r"\A\S.* :\s.+[.!?]\n  \S.+", re.DOTALL)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return an invented book of two months in a folder."""
    return write_book(tmp_path / "nous", PEOPLE)


def write_book(folder: Path, people: tuple[str, ...]) -> Path:
    folder.mkdir()
    months = ("01", "02")
    (folder / "cooperative.yaml").write_text("nom: Les Invités\nfictive: oui\n", "utf-8")
    tables = {
        "personnes": ["personne;statut;du;au;pole", *(f"{name};cape;01/01/2019;;" for name in people)],
        "commandes": ["commande;libelle;pole;date", *(f"C{month};Buffet;traiteur;01/{month}/2019" for month in months)],
        "factures": [
            "facture;commande;libelle;date;echeance;montant_ht;taux_tva",
            *(f"F{month};C{month};Buffet;05/{month}/2019;28/{month}/2019;1000,01;10 %" for month in months),
        ],
        "achats": ["libelle;date;montant_ht;commande", "Courses;02/02/2019;100,00;C02"],
        "heures": [
            "personne;date;genre;duree;commande",
            *(
                f"{name};03/{month}/2019;prestation;{at + 2}h00;C{month}"
                for at, name in enumerate(people)
                for month in months
            ),
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    """Return a rule file."""
    path = tmp_path / "notre_regle.yaml"
    path.write_text(RULE, "utf-8")
    return path


@pytest.fixture
def equal(tmp_path: Path) -> Path:
    """Return another rule file."""
    path = tmp_path / "egales.yaml"
    path.write_text(EQUAL, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what a command answers: exit code, output, errors, with ordinary spaces."""

    def one(*arguments: object) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out
        return code, said.out.translate(SPACES), said.err.translate(SPACES)

    return one


SPACES = {0xA0: " ", 0x202F: " "}


def refused(answer: tuple[int, str, str], code: int = 1) -> str:
    """Check that a refusal has its three parts and no traceback; return it on one line, wherever a terminal cut it."""
    got, _, said = answer
    assert got == code
    assert THREE_PARTS.match(said), said
    assert "Traceback" not in said
    return " ".join(said.split())


# --- help and language ----------------------------------------------------------------------------------------------


def test_without_a_job_the_help_lists_every_job(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert all(job in out for job in program.JOBS)
    assert "Codes de sortie" in out


@pytest.mark.parametrize("job", ["", *program.JOBS])
def test_help_is_french(run: Run, job: str) -> None:
    code, out, _ = run(*filter(None, [job]), "--aide")
    assert code == 0
    assert not re.search(r"\b(usage:|options:|positional|arguments|show|exit|help message)\b", out)


def test_every_message_of_argparse_that_can_be_met_is_french() -> None:
    source = inspect.getsource(argparse)
    known = set(re.findall(r"""\b_\(\s*(?:'([^'\n]+)'|"([^"\n]+)")""", source))
    inside = re.compile(
        r"conflict|invalid option string|dest=|required' is|mutually|cannot|__call__|not callable|nargs|mode %r|"
        r"can't open|unexpected option|unknown parser|%\(prog\)s: (error|warning)|deprecated|invalid conflict"
    )
    catalogue = read_po((french.CATALOGUE / "fr" / "LC_MESSAGES" / "argparse.po").read_bytes().splitlines())
    missing = {one or two for one, two in known} - {str(each.id) for each in catalogue if each.string}
    assert {text for text in missing if not inside.search(text)} == set()


def test_argparse_speaks_as_before_afterwards(run: Run) -> None:
    run("--aide")
    assert argparse._("usage: ") == "usage: "  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["partage"], "Vouliez-vous dire « partager » ?"),
        (["xyz"], "Commandes connues : ouvrir,"),
        (["partager"], "il manque : DOSSIER, --regle."),
        (["partager", "tilleuls", "--regle"], "--regle : il manque une valeur."),
        (["ouvrir", "--port", "abc"], "--port : « abc » n'est pas un nombre entier."),
        (["verifier", "a", "b"], "ceci n'est pas compris : b."),
        (["--nimporte"], "ceci n'est pas compris : --nimporte."),
        (["comparer", "x", "--regles"], "--regles : il manque au moins une valeur."),
        (["partager", "x", "--sans-noms=oui", "--regle", "y"], "cette option ne prend pas de valeur"),
    ],
)
def test_a_wrong_command_says_what_and_what_to_do(run: Run, arguments: list[str], expected: str) -> None:
    said = refused(run(*arguments), program.NOT_UNDERSTOOD)
    assert expected in said
    assert said.startswith("Commande « kpa")


# --- books ----------------------------------------------------------------------------------------------------------


def test_a_good_book_is_told(run: Run, book: Path) -> None:
    code, out, err = run("verifier", book)
    assert (code, err) == (0, "")
    assert "Le carnet « Les Invités » se lit en entier." in out
    for said in ("- 6 personnes", "- 2 commandes", "- 54 h de travail"):
        assert said in out
    assert "De janvier 2019 à février 2019, les ventes sont de 2 000,02 € hors taxes." in out


def test_a_bad_book_gives_every_problem(run: Run, book: Path) -> None:
    with (book / "heures.csv").open("a", encoding="utf-8") as file:
        file.write("Awa;32/01/2019;prestation;2h00;C01\nPersonne;03/01/2019;prestation;xx;C01\n")
    code, _, err = run("verifier", book)
    assert code == 1
    assert "choses à corriger." in err
    assert "heures.csv, ligne 14" in err
    assert "heures.csv, ligne 15" in err


def test_an_unknown_book_lists_what_exists(run: Run) -> None:
    assert "Vouliez-vous dire « tilleuls » ?" in refused(run("verifier", "tileuls"))
    assert "moulins_2018_2019" in refused(run("verifier", "zzz"))


def test_examples_are_listed(run: Run) -> None:
    code, out, _ = run("exemple")
    assert code == 0
    assert "tilleuls" in out
    assert str(places.data() / "tilleuls")[-20:] in out.replace("\n  ", "")


def test_the_template_is_written_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "carnet.xlsx"
    code, out, _ = run("modele", path)
    assert code == 0
    assert "Le classeur vide est écrit" in out
    assert path.read_bytes().startswith(b"PK")
    assert "il existe déjà." in refused(run("modele", path))
    assert "ne finit pas par .xlsx" in refused(run("modele", tmp_path / "carnet.doc"))
    assert "n'existe pas." in refused(run("modele", tmp_path / "rien" / "carnet.xlsx"))


# --- rules ----------------------------------------------------------------------------------------------------------


def test_a_rule_is_read_aloud(run: Run, rule: Path) -> None:
    code, out, _ = run("lire", rule)
    assert code == 0
    for said in (
        "Heures et minimum", "Chaque heure compte.", " 1. On paie les achats et les frais du mois.",
        " 3. Chaque personne présente reçoit au moins 20,00 €.", "Nous promettons",
        "- Personne ne reçoit moins de 500,00 €.", "On en reparle le 31 mars 2027.",
    ):  # fmt: skip
        assert said in out


def test_a_rule_that_surprises_comes_with_advice(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "seule.yaml"
    path.write_text("titre: Rien\netapes:\n- reste_au_fonds\n", "utf-8")
    code, out, _ = run("lire", path)
    assert code == 0
    assert "À regarder ensemble" in out


def test_ready_rules_are_listed_and_read(run: Run) -> None:
    code, out, _ = run("regles")
    assert code == 0
    assert "parts_egales : " in out
    assert run("lire", "parts_egales")[0] == 0


def test_a_wrong_rule_gives_every_problem(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "fausse.yaml"
    path.write_text("titre: X\netapes:\n- planché\n- par_heurs\n", "utf-8")
    code, _, err = run("lire", path)
    assert code == 1
    assert "2 choses à corriger." in err
    assert "Vouliez-vous dire « plancher » ?" in err


def test_an_unknown_rule_says_where_to_look(run: Run) -> None:
    assert "Vouliez-vous dire « heures » ?" in refused(run("lire", "heure"))
    assert "kpa regles" in refused(run("lire", "zzz"))
    assert "il n'existe pas." in refused(run("lire", "rien.yaml"))


# --- sharing --------------------------------------------------------------------------------------------------------


def test_a_month_is_shared_on_the_terminal(run: Run, book: Path, rule: Path) -> None:
    code, out, err = run("partager", book, "--regle", rule, "--mois", "2019-02")
    assert (code, err) == (0, "")
    for said in (
        "Les Invités, février 2019 : « Heures et minimum »", "Les ventes du mois sont de 1 000,01 € hors taxes.",
        "Awa ", "24,00 €", "Ensemble", "324,00 €", "NON TENUE : Personne ne reçoit moins de 500,00 €.",
        "Tenue : On ne paie jamais plus que l'enveloppe.", "le net est plus petit. À vérifier avec la CAE.",
        "La règle est appliquée depuis janvier 2019",
    ):  # fmt: skip
        assert said in out, said


def test_the_last_month_of_sales_is_the_default(run: Run, book: Path, rule: Path) -> None:
    assert "février 2019" in run("partager", book, "--regle", rule)[1]


def test_everything_is_written_together(run: Run, book: Path, rule: Path, tmp_path: Path) -> None:
    out = tmp_path / "sortie"
    code, said, _ = run("partager", book, "--regle", rule, "--mois", "2019-01", "2019-02", "--sortie", out, "--fiches")
    assert code == 0
    name = "heures_et_minimum_2019-01"
    written = {path.name for path in out.iterdir()}
    assert {f"{name}.pdf", f"{name}.csv", f"{name}.yaml", f"{name}_origine.json", "fiche_01_awa.pdf"} <= written
    assert len(written) == 4 + len(PEOPLE)
    assert all(each in said.replace("\n  ", "") for each in written)
    table = (out / f"{name}.csv").read_text("utf-8-sig").splitlines()
    assert table[:2] == ["personne;minutes;cout_total;reste_du", "Awa;240;48,00;0,00"]
    assert rule_file.load(out / f"{name}.yaml") == rule_file.loads(RULE)
    origin = json.loads((out / f"{name}_origine.json").read_text("utf-8"))
    assert origin["Tirage au sort"] == "aucun, calcul exact"
    assert origin["Mois"] == ["2019-01", "2019-02"]
    assert set(origin["Fichiers"]) == written - {f"{name}_origine.json"}


def test_the_same_command_writes_the_same_bytes(run: Run, book: Path, rule: Path, tmp_path: Path) -> None:
    for folder in ("un", "deux"):
        assert run("partager", book, "--regle", rule, "--sortie", tmp_path / folder)[0] == 0
    for path in (tmp_path / "un").iterdir():
        assert path.read_bytes() == (tmp_path / "deux" / path.name).read_bytes()


def test_without_names_no_name_leaves(run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "regle.yaml"
    path.write_text(RULE.replace("Chaque heure compte.", "Idée d'Awa et de bruno."), "utf-8")
    out = tmp_path / "sortie"
    code, said, _ = run("partager", book, "--regle", path, "--sortie", out, "--fiches", "--sans-noms")
    assert code == 0
    whole = [said, *(each.name for each in out.iterdir()), *(inflated(each.read_bytes()) for each in out.iterdir())]
    for name in PEOPLE:
        pattern = re.compile(rf"(?<!\w){name}(?!\w)", re.IGNORECASE)
        assert not [text for text in whole if pattern.search(text)], name
    assert "Personne A" in said


def inflated(content: bytes) -> str:
    """Return what a file holds, compressed parts included."""
    parts = [content]
    for stream in re.findall(rb"(?s)stream\n(.*?)\nendstream", content):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    hexa = re.findall(rb"<FEFF([0-9A-F]+)>", content)
    parts += [bytes.fromhex(each.decode()).decode("utf-16-be", "ignore").encode() for each in hexa]
    return b"\n".join(parts).decode("utf-8", "ignore")


def test_a_small_group_without_names_has_no_line(run: Run, rule: Path, equal: Path, tmp_path: Path) -> None:
    few = write_book(tmp_path / "peu", PEOPLE[:3])
    out = tmp_path / "sortie"
    code, said, _ = run("partager", few, "--regle", rule, "--sans-noms", "--sortie", out)
    assert code == 0
    assert "moins de 5 personnes" in said
    assert "Personne A" not in said
    assert len(next(out.glob("*.csv")).read_text("utf-8-sig").splitlines()) == 2
    assert "Personne A" not in run("comparer", few, "--regles", equal, rule, "--sans-noms")[1]
    assert "trop petit" in refused(
        run("partager", few, "--regle", rule, "--sans-noms", "--sortie", tmp_path / "x", "--fiches")
    )
    assert not (tmp_path / "x").exists()


def test_letters_of_payslips_are_those_of_the_document(run: Run, book: Path, rule: Path, tmp_path: Path) -> None:
    asked = ("partager", book, "--regle", rule, "--sortie", tmp_path / "x", "--fiches", "--sans-noms")
    assert "Donnez un seul mois" in refused(run(*asked, "--mois", "2019-01", "2019-02"))
    assert run(*asked, "--mois", "2019-01")[0] == 0


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (["2031-01"], "ce mois n'est pas dans le carnet."),
        (["février"], "ce mois n'est pas compris."),
        (["2019-02", "2019-01"], "les mois ne sont pas dans l'ordre"),
        (["2019-01", "2019-02", "2019-02"], "ou il y en a trop"),
    ],
)
def test_a_wrong_month_says_which_exist(run: Run, book: Path, rule: Path, months: list[str], expected: str) -> None:
    assert expected in refused(run("partager", book, "--regle", rule, "--mois", *months))


def test_an_output_that_is_a_file_is_refused(run: Run, book: Path, rule: Path) -> None:
    assert "ce n'est pas un dossier." in refused(run("partager", book, "--regle", rule, "--sortie", rule))


def test_rules_are_compared(run: Run, book: Path, rule: Path, equal: Path, tmp_path: Path) -> None:
    out = tmp_path / "sortie"
    code, said, _ = run("comparer", book, "--regles", equal, rule, "--mois", "2019-01", "2019-02", "--sortie", out)
    assert code == 0
    assert "Règle 1 : Parts égales, la règle de départ." in said
    for expected in ("6 personnes perdent.", "Le plus petit montant", "(−"):
        assert expected in said, expected
    assert {path.suffix for path in out.iterdir()} == {".pdf", ".json"}
    assert len(json.loads(next(out.glob("*.json")).read_text("utf-8"))["Règles"]) == 2
    assert "il y a 1 règle." in refused(run("comparer", book, "--regles", equal))


def test_a_name_never_becomes_a_formula(tmp_path: Path) -> None:
    out = outputs.Output(str(tmp_path), "x")
    out.add_table(("personne",), [("=1+1",), ("Awa",)])
    out.finish({})
    assert (tmp_path / "x.csv").read_text("utf-8-sig").splitlines() == ["personne", "'=1+1", "Awa"]


@pytest.mark.parametrize(("text", "name"), [("Été, à 50 % !", "ete_a_50"), ("漢字", "regle"), ("../../etc", "etc")])
def test_file_names_are_plain(text: str, name: str) -> None:
    assert outputs.slug(text) == name


# --- ends -----------------------------------------------------------------------------------------------------------


def test_the_workbook_is_opened_as_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(serve, "open_workbook", lambda *arguments: asked.append(arguments))
    assert run("ouvrir", "--page", "04_notre_regle", "--sans-navigateur", "--port", "8899")[0] == 0
    assert run("ouvrir")[0] == 0
    assert asked == [("04_notre_regle", False, 8899), ("00_bienvenue", True, None)]


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "Arrêté."),
        (ZeroDivisionError("secret"), 3, "un défaut du programme a tout arrêté."),
        (RecursionError(), 3, "un défaut du programme a tout arrêté."),
        (FileNotFoundError(2, "No such file", "/a/b/x.csv"), 1, "Fichier x.csv : il n'existe pas."),
        (PermissionError(13, "Permission denied", "y.pdf"), 1, "Fichier y.pdf : l'accès est refusé."),
        (OSError(28, "No space left", "z"), 1, "Fichier z : la machine a refusé."),
        (KpaError(Problem("Ici", "c'est faux.", "Corrigez.")), 1, "Ici : c'est faux.\n  Corrigez."),
        (BrokenPipeError(), 0, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_nothing_that_is_raised_reaches_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr(serve, "open_workbook", fail)
    got, _, err = run("ouvrir")
    assert got == code
    assert said in err
    assert "secret" not in err
    assert "No such file" not in err


def test_details_show_the_technical_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(serve, "open_workbook", fail)
    code, _, err = run("ouvrir", "--details")
    assert code == program.DEFECT
    assert "Détail technique" in err
    assert "ZeroDivisionError: secret" in err


def test_the_reader_of_a_pipe_may_leave(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["verifier", str(book)]) == 0


# --- terminals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8", "latin-1"])
def test_any_console_can_show_any_text(encoding: str) -> None:
    raw = io.BytesIO()
    console = screen.Screen(io.TextIOWrapper(raw, encoding=encoding, write_through=True))
    console.say("Marge : −1\u202f234,56\u00a0€ « œuvre » … ’ → Zoé 🎉 漢字 \ud83d")
    console.table(["Personne", "Coût"], [["Élodie 漢", "1\u202f234,56\u00a0€"]])
    said = raw.getvalue().decode(encoding)
    assert "234,56" in said
    assert "lodie" in said
    if encoding == "cp1252":
        assert "Marge\u00a0: -1\u00a0234,56\u00a0€ «\u00a0œuvre\u00a0»" in said


@pytest.mark.parametrize("columns", ["0", "20", "44", "80", "300"])
def test_lines_never_run_out_of_the_terminal(
    run: Run, book: Path, rule: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    width = max(screen.NARROW, min(screen.WIDEST, int(columns) or screen.WIDEST))
    out = run("partager", book, "--regle", rule)[1] + run("lire", rule)[1]
    assert max(map(len, out.splitlines())) <= width


def test_a_name_cannot_move_the_cursor() -> None:
    assert screen.plain("\x1b[2JAwa\u202e\n") == "[2JAwa "


def test_no_colour_is_ever_written(run: Run, book: Path) -> None:
    assert "\x1b" not in "".join(map(str, run("verifier", book)))


def test_progress_is_silent_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(screen.progress(range(3), 3, "Mois")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_the_command_runs_as_a_module() -> None:
    assert os.path.isfile(Path(program.__file__).with_name("__main__.py"))


def test_the_package_itself_is_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "kpa_model", "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kpa_model ")


def test_a_job_declares_its_options_beside_itself_and_loads_nobody_else() -> None:
    with french.in_french():
        program.make_parser("lire").parse_args(["lire", "heures"])
        with pytest.raises(french.WrongCommand):
            program.make_parser("lire").parse_args(["partager", "tilleuls"])
