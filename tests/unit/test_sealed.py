"""Closed files: nothing readable on the disk, clear messages, and never half a file."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kpa_model import whole_file
from kpa_model.files.closed import recovery, sealed
from kpa_model.files.closed.sealed import Damaged, WrongSecret, new_key, unseal

FAST = sealed.LEAST_COST
PHRASE = "Le chat dort sous l'olivier"
CONTENT = "Awa Diallo sait préparer un buffet pour trente personnes".encode()
WORDS = " ".join(recovery.known_words()[:12])


@pytest.fixture(scope="module")
def closed() -> bytes:
    return new_key({"phrase": PHRASE, "mots": WORDS}, FAST).seal(CONTENT)


def test_each_secret_opens_the_same_content(closed):
    assert unseal(closed, PHRASE, "phrase")[1] == CONTENT
    assert unseal(closed, WORDS, "mots")[1] == CONTENT


def test_capitals_apostrophes_and_spaces_do_not_matter_letters_do(closed):
    assert unseal(closed, "  le CHAT dort  sous l’olivier ", "phrase")[1] == CONTENT
    with pytest.raises(WrongSecret):
        unseal(closed, "le chat dort sous l'oliviers", "phrase")


def test_no_part_of_the_content_nor_of_the_secrets_is_in_the_bytes(closed):
    for coded in (closed, *(base64.b64decode(closed[at:] + b"==", validate=False) for at in range(4))):
        # Six letters at least: three are met by chance in a few thousand random bytes.
        for word in ("Diallo", "buffet", "olivier", "chat dort", *WORDS.split()[:3]):
            assert word.encode() not in coded.replace(b"phrase", b"").replace(b"mots", b"")


def test_the_size_tells_little():
    key = new_key({"phrase": PHRASE}, FAST)
    assert len(key.seal(b"a")) == len(key.seal(b"a" * 4000))


def test_closing_twice_never_gives_the_same_bytes():
    key = new_key({"phrase": PHRASE}, FAST)
    assert key.seal(CONTENT)[-5000:] != key.seal(CONTENT)[-5000:]


def test_a_wrong_secret_and_a_damaged_file_are_told_apart(closed):
    with pytest.raises(WrongSecret) as wrong:
        unseal(closed, "autre chose de long", "phrase", "Livret « figue »")
    assert str(wrong.value) == (
        "Livret « figue » : ces mots ne l'ouvrent pas.\nVérifiez chaque mot, puis recommencez. Rien n'a changé."
    )
    with pytest.raises(Damaged, match="abîmé"):
        unseal(closed[:-1], PHRASE, "phrase")


@pytest.mark.parametrize("at", [0, 12, 14, 20, 60, 200, 400, 800, 2000, -40, -1])
def test_one_byte_changed_anywhere_is_seen(closed, at):
    changed = bytearray(closed)
    changed[at] ^= 1
    with pytest.raises(Damaged):
        unseal(bytes(changed), PHRASE, "phrase")


def test_whoever_rewrites_the_checksum_too_is_still_seen(closed):
    """The checksum is for accidents; the seal itself refuses what somebody changed on purpose."""
    changed = bytearray(closed[:-32])
    changed[-100] ^= 1
    with pytest.raises(Damaged):
        unseal(bytes(changed) + hashlib.sha256(changed).digest(), PHRASE, "phrase")


def rewritten(data: bytes, change) -> bytes:
    """The same file with another head, and a checksum that fits: what somebody could do on purpose."""
    end = 17 + int.from_bytes(data[13:17], "big")
    head = json.loads(data[17:end])
    change(head)
    written = json.dumps(head, separators=(",", ":")).encode()
    body = sealed.MAGIC + len(written).to_bytes(4, "big") + written + data[end:-32]
    return body + hashlib.sha256(body).digest()


def test_the_head_is_authenticated(closed):
    assert unseal(rewritten(closed, lambda head: None), PHRASE, "phrase")[1] == CONTENT
    with pytest.raises(Damaged):
        unseal(rewritten(closed, lambda head: head["cle"].pop()), PHRASE, "phrase")  # without the recovery words


@pytest.mark.parametrize("cost", [2, 2**13, 2**19, 2**20, 2**40, 2**17 + 1, -1])
def test_a_cost_made_to_hurt_is_refused_before_any_work(closed, monkeypatch, cost):
    monkeypatch.setattr(sealed, "_derived", lambda *_: pytest.fail("work was done"))
    with pytest.raises(Damaged):
        unseal(rewritten(closed, lambda head: head["cle"][0].update(scrypt=cost)), PHRASE, "phrase")


@pytest.mark.parametrize(
    "slots",
    [
        lambda ours: [dict(ours[0]) for _ in range(15)],
        lambda ours: [ours[0], ours[0]],
        lambda ours: [{**ours[0], "genre": f"phrase{at}"} for at in range(sealed.MOST_SLOTS + 1)],
        lambda ours: [],
        lambda ours: {"0": ours[0]},
    ],
    ids=["fifteen", "two of one kind", "too many kinds", "none", "not a list"],
)
def test_slots_made_to_freeze_the_page_are_refused_before_any_work(closed, monkeypatch, slots):
    monkeypatch.setattr(sealed, "_derived", lambda *_: pytest.fail("work was done"))
    with pytest.raises(Damaged):
        unseal(rewritten(closed, lambda head: head.update(cle=slots(head["cle"]))), PHRASE, "phrase")


def test_a_wrong_secret_is_tried_on_one_slot_in_two_spellings_at_most(closed, monkeypatch):
    costs, derived = [], sealed._derived
    monkeypatch.setattr(sealed, "_derived", lambda *each: (costs.append(each[2]), derived(*each))[1])
    with pytest.raises(WrongSecret):
        unseal(closed, "L'Été, déjà : autre chose", "phrase")
    assert costs == [FAST, FAST]


def test_a_file_too_big_is_refused_before_it_is_read(monkeypatch, closed):
    monkeypatch.setattr(sealed, "LARGEST", 100)
    with pytest.raises(Damaged, match="trop gros"):
        unseal(closed, PHRASE, "phrase")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"KPA", sealed.MAGIC, sealed.MAGIC + b"\xff" * 80])
def test_what_is_not_a_closed_file_is_refused(data):
    with pytest.raises(Damaged):
        unseal(data, PHRASE, "phrase")


def test_a_forgotten_key_closes_nothing():
    key = new_key({"phrase": PHRASE}, FAST)
    key.forget()
    with pytest.raises(ValueError, match="forgotten"):
        key.seal(CONTENT)
    assert bytes(key._key) == bytes(32)


def test_the_ordinary_cost_is_the_one_written_in_the_choices():
    assert sealed.COST == 2**17


# --- recovery words


def test_the_list_has_256_plain_words_told_by_four_letters():
    words = recovery.known_words()
    assert len(words) == 256
    assert len({word[:4] for word in words}) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 9 for word in words)


def test_recovery_words_hold_88_bits_and_a_check():
    drawn = recovery.draw_recovery()
    assert len(drawn) == 12
    assert recovery.DRAWN * 8 >= 80
    assert recovery.read_recovery(" ".join(drawn)) == " ".join(drawn)


def test_words_may_be_typed_with_capitals_accents_dashes_or_only_four_letters():
    drawn = recovery.draw_recovery()
    typed = "-".join(word[:4].upper().replace("E", "É") for word in drawn)
    assert recovery.read_recovery(typed) == " ".join(drawn)


def test_a_mistake_in_the_words_is_found_before_trying():
    *words, _ = recovery.draw_recovery()
    others = [word for word in recovery.known_words() if word != recovery._check(words)]
    with pytest.raises(recovery.WrongWords, match="un mot est faux"):
        recovery.read_recovery(" ".join([*words, others[0]]))
    with pytest.raises(recovery.WrongWords, match="il y a 11 mots"):
        recovery.read_recovery(" ".join(words))
    with pytest.raises(recovery.WrongWords) as caught:
        recovery.read_recovery(" ".join([*words[:-1], "abricaut", "xyz"]).replace("abricaut", "abbricot"))
    assert (
        str(caught.value)
        == "Mots de secours : le mot « abbricot » n'est pas dans la liste.\nVouliez-vous dire « abricot » ?"
    )


# --- a whole file, or the one before

CRASH = """
import os, signal, sys
from pathlib import Path
from kpa_model import whole_file
step, path = sys.argv[1], Path(sys.argv[2])
def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
if step == "half":
    class Half:
        def __init__(self, file): self.file = file
        def __enter__(self): return self
        def __exit__(self, *a): pass
        def write(self, content):
            self.file.write(content[: len(content) // 2]); self.file.flush(); die()
    real = open
    whole_file.open = lambda *a, **k: Half(real(*a, **k))
elif step == "after":
    whole_file._settle = die
else:
    setattr(os, step, die)
whole_file.write_whole(path, b"NEW" * 5000)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize(
    ("step", "kept"), [("half", b"old"), ("fsync", b"old"), ("replace", b"old"), ("after", b"NEW" * 5000)]
)
def test_a_process_killed_in_the_middle_leaves_a_whole_version(tmp_path, step, kept):
    path = tmp_path / "a.livret"
    path.write_bytes(b"old")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CRASH, step, str(path)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == kept
    left = [each for each in tmp_path.iterdir() if each != path]
    assert len(left) == (step != "after")
    assert whole_file.forget_drafts(path) == len(left)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_version_before_and_says_it(tmp_path, monkeypatch, step):
    path = tmp_path / "a.livret"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(whole_file.CannotWrite, match="La version d'avant est intacte"):
        whole_file.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_the_file_is_for_this_account_alone(tmp_path):
    whole_file.write_whole(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0


def test_destroying_overwrites_then_removes_with_what_a_crash_left(tmp_path):
    path = tmp_path / "a.livret"
    path.write_bytes(b"secret" * 100)
    other = tmp_path / "twin"
    os.link(path, other)  # another name of the same blocks shows what became of them
    (tmp_path / f"a.livret.1234{whole_file.DRAFT}").write_bytes(b"x")
    whole_file.destroy(path)
    assert [*tmp_path.iterdir()] == [other]
    assert b"secret" not in other.read_bytes()
