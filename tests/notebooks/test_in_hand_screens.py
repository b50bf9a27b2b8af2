"""Bots that play the screens of what stays in hand; what is typed in the private part is found nowhere afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pytest

import kpa_model as kpa
from kpa_model import places
from kpa_model.benefits import own_rates
from kpa_model.ui import state
from kpa_model.ui.library import months_in
from kpa_model.ui.screens.share import in_hand_parts
from tests.notebooks.screens import every, named, text

SCREENS = ["cost_to_net", "typical_in_hand", "rule_in_hand", "pay_rhythm"]
TYPED = {"Paie nette, mois 1": "137,41", "Paie nette, mois 2": "246,83", "Paie nette, mois 3": "351,97"}
OTHERS = {"Mon ARE brute par mois": "1168,53", "Paie nette du conjoint, par mois": "1579,39"}


@pytest.fixture
def store(tmp_path, monkeypatch) -> state.Store:
    monkeypatch.setenv("KPA_MES_DONNEES", str(tmp_path))
    return kpa.open_store()


@pytest.fixture(autouse=True)
def _in_june(monkeypatch) -> None:
    class June(date):
        @classmethod
        def today(cls) -> date:
            return date(2026, 6, 15)

    monkeypatch.setattr(in_hand_parts, "date", June)


def row(widget: widgets.Widget, label: str) -> str:
    """The text of one row of a table, from its label to the next row."""
    found = " ".join(each.value for each in every(widget) if isinstance(each, widgets.HTML))
    rows = [re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", each)) for each in found.split("<tr>")]
    return next(each for each in rows if label in each)


# --- for the group


@pytest.mark.parametrize("name", SCREENS)
def test_each_screen_says_what_it_leaves_out_and_whom_to_ask(store, name: str) -> None:
    said = text(getattr(kpa, name)(store))
    assert "Indicatif, à vérifier." in said
    assert "Ce que cet écran ne compte pas" in said
    assert re.search(r"Demandez à la (CAE|CAF)", said)
    assert "nan" not in said.split()
    assert "Quelque chose n'a pas marché" not in said


def test_sentences_of_the_screens_are_short(store) -> None:
    said = " ".join(text(getattr(kpa, name)(store)) for name in SCREENS) + text(kpa.my_lens())
    lengths = [len(re.findall(r"[\w'’]+", each)) for each in re.split(r"[.!?:]+", said) if len(each.split()) > 2]
    prose = [each for each in lengths if each < 60]  # a table read as one line is not a sentence
    assert sum(prose) / len(prose) <= 12


def test_no_person_is_ever_named(store) -> None:
    names = [member.name for member in state.book_of(store.state).members]
    said = text(kpa.rule_in_hand(store)) + text(kpa.pay_rhythm(store)) + text(kpa.typical_in_hand(store))
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)] == []


def test_a_cost_becomes_a_band_then_one_figure_with_a_real_payslip(store) -> None:
    screen = kpa.cost_to_net(store)
    assert "entre 54,41 € et 74,92 €" in text(screen)
    assert "79,16 % du brut" in text(screen)
    for label, typed in (("Coût total", "137,40"), ("Brut", "100"), ("Net avant impôt", "79,16")):
        named(screen, label).value = typed
    named(screen, "Garder ces deux taux").click()
    assert "100 € de coût total donnent 57,61 € nets" in text(screen)
    assert named(screen, "Brut").value == ""
    kept = (places.personal() / own_rates.NAME).read_text(encoding="utf-8")
    assert "79,16" not in kept
    assert "137,4" not in kept
    named(screen, "Revenir aux deux cas").click()
    assert "entre 54,41 € et 74,92 €" in text(screen)


def test_a_payslip_that_does_not_fit_is_framed(store) -> None:
    screen = kpa.cost_to_net(store)
    named(screen, "Brut").value = "12,5x"
    named(screen, "Garder ces deux taux").click()
    assert "ce n'est pas un montant possible" in text(screen)
    named(screen, "Brut").value = "100"
    named(screen, "Garder ces deux taux").click()
    assert "ces trois montants ne vont pas ensemble" in text(screen)


def test_damaged_own_rates_are_framed(store) -> None:
    (places.personal() / own_rates.NAME).write_text("[", encoding="utf-8")
    assert "les deux taux ne se lisent pas" in text(kpa.cost_to_net(store))


def test_typical_situations_show_thresholds_and_alarms(store) -> None:
    screen = kpa.typical_in_hand(store)
    assert "sous environ 25 € nets" in text(screen)
    assert "0 €" in row(screen, "20 € nets")
    assert "59,85 €" in row(screen, "100 € nets")
    named(screen, "Situation type").value = "ass"
    assert "L'ASS s'arrête au quatrième mois de paie. Parlez-en à votre conseiller avant." in text(screen)
    named(screen, "Situation type").value = "are"
    assert "reportés, pas perdus" in text(screen)
    named(screen, "Montants de").value = date(2019, 6, 1)
    named(screen, "Situation type").value = "seul_rsa"
    assert "61 €" in row(screen, "100 € nets")


def test_a_date_nobody_knows_is_a_warning(store, monkeypatch) -> None:
    class Later(date):
        @classmethod
        def today(cls) -> date:
            return date(2030, 1, 1)

    monkeypatch.setattr(in_hand_parts, "date", Later)
    for name in SCREENS:
        assert "n'est connu que jusqu'au 31 décembre 2026" in text(getattr(kpa, name)(store))


def test_a_rule_is_seen_through_situations_and_rounded_pays(store) -> None:
    screen = kpa.rule_in_hand(store)
    before = text(screen)
    assert "Le coût total est arrondi à 5 €." in before
    costs = [int(each) for each in re.findall(r"(\d+) € de coût total", before)]
    assert len(costs) == 2
    assert all(cost % 5 == 0 for cost in costs)
    named(screen, "Quelle paie").value = "grande"
    assert text(screen) != before
    named(screen, "Cotisations").value = "high"
    assert "Personne seule, à l'ASS" in text(screen)
    store.update(month=months_in(state.book_of(store.state))[0].label)
    assert text(screen)


def test_small_pays_grouped_pass_the_threshold(store) -> None:
    screen = kpa.pay_rhythm(store)
    assert "0 €" in row(screen, "Chaque trimestre")
    assert "143,64 €" in row(screen, "Deux fois par an")
    named(screen, "Situation type").value = "ass"
    assert "9 mois sans ASS" in row(screen, "Chaque mois")
    assert "240 €" in row(screen, "Deux fois par an")
    named(screen, "Paie nette moyenne par mois").value = 0
    assert "Quelque chose" not in text(screen)


# --- for oneself


def play_the_lens() -> widgets.Widget:
    """Type marked amounts in every field, under every benefit."""
    screen = kpa.my_lens()
    named(screen, "Mon foyer").value = "couple"
    for benefit in ("rsa", "ass", "are", "aah", "aucune", "rsa"):
        named(screen, "Mon aide principale").value = benefit
        for label, typed in {**TYPED, **OTHERS}.items():
            named(screen, label).value = typed
        for children in ("2", "0"):
            named(screen, "Enfants à charge").value = children
    named(screen, "Mon foyer").value = "seul"
    return screen


def test_the_lens_tells_now_later_and_what_stays() -> None:
    screen = play_the_lens()
    said = text(screen)
    assert "Le dernier mois, la paie est de 351,97 €." in said
    assert "736,21 € de paie sur trois mois" in said
    assert "Le RSA baisse de 245,41 € par mois" in said
    assert "La prime d'activité monte de 146,87 € par mois" in said
    assert "il reste 440,59 € en main" in said
    assert "Mois 4" in said
    assert "Demandez à France Travail" in said


def test_the_lens_raises_the_alarm_of_ass() -> None:
    screen = kpa.my_lens()
    named(screen, "Mon aide principale").value = "ass"
    named(screen, "Paie nette, mois 1").value = "20"
    assert "Il vous reste 2 mois." in text(screen)
    named(screen, "Mois de paie déjà comptés par l'ASS").value = "3"
    said = text(screen)
    assert "L'ASS s'arrête. Parlez-en à votre conseiller avant." in said
    assert "Une seule petite paie suffit." in said
    assert "en main." not in said


def test_the_lens_postpones_days_of_are() -> None:
    screen = kpa.my_lens()
    named(screen, "Mon aide principale").value = "are"
    named(screen, "Mon ARE brute par mois").value = "1 000"
    named(screen, "Paie nette, mois 1").value = "118,74"
    said = text(screen)
    assert "L'ARE baisse tout de suite de 105" in said
    assert "3 jours d'ARE sont reportés. Ils ne sont pas perdus." in said


def test_the_lens_asks_only_what_matters() -> None:
    screen = kpa.my_lens()
    hidden = [each.description for each in every(screen) if getattr(each.layout, "display", None) == "none"]
    assert set(hidden) == {
        "J'ai le RSA majoré de parent isolé", "Mon ARE brute par mois", "Paie nette du conjoint, par mois",
        "Mois de paie déjà comptés par l'ASS",
    }  # fmt: skip


def test_a_wrong_amount_is_framed_and_not_repeated() -> None:
    screen = kpa.my_lens()
    named(screen, "Paie nette, mois 2").value = "987secret"
    assert "« Paie nette, mois 2 »" in text(screen)
    assert "987secret" not in text(screen)


def test_clearing_empties_everything() -> None:
    screen = play_the_lens()
    named(screen, "Tout effacer").click()
    assert [each.value for each in every(screen) if isinstance(each, widgets.Text)] == [""] * 5
    assert "351,97" not in text(screen)


def test_nothing_typed_is_found_on_disk(store, tmp_path, capfd, caplog) -> None:
    play_the_lens()
    said = capfd.readouterr()
    everything = said.out + said.err + caplog.text
    for path in tmp_path.rglob("*"):
        everything += path.read_bytes().decode("utf-8", "replace") if path.is_file() else str(path)
    for typed in [*TYPED.values(), *OTHERS.values()]:
        assert typed not in everything
        assert typed.replace(",", "") not in everything
        assert typed.replace(",", ".") not in everything


def test_the_lens_opens_no_file_to_write_and_knows_no_store(tmp_path: Path) -> None:
    """In a process of its own, since an audit hook stays until the end."""
    code = (
        "import sys, os\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "import test_in_hand_screens as bots\n"
        "bots.play_the_lens()\n"  # parameters are read here
        "written = []\n"
        "def hook(name, args):\n"
        "    other = ('socket.connect', 'os.rename', 'os.mkdir', 'sqlite3.connect')\n"
        "    if name == 'open' and (args[1] or 'r')[0] in 'wax' or name in other:\n"
        "        written.append((name, str(args[0])))\n"
        "sys.addaudithook(hook)\n"
        "bots.play_the_lens()\n"
        "assert not written, written\n"
        "lens = vars(sys.modules['kpa_model.ui.screens.share.my_lens'])\n"
        "assert not {'Store', 'open_store', 'places', 'state'} & set(lens)\n"
    )
    from os import environ

    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=tmp_path,
        env={**environ, "KPA_MES_DONNEES": str(tmp_path / "m"), "PYTHONPATH": str(Path(kpa.__file__).parents[1])},
    )  # fmt: skip
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
