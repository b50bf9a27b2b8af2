"""The booklet told: on paper, in the open, on a phone, in sentences, in a picture."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jsonschema import Draft202012Validator

from kpa_model.assessment import contract
from kpa_model.assessment.booklet import Booklet, as_data
from kpa_model.assessment.kept import (
    AnswerLine,
    BadgeKept,
    Experience,
    Goal,
    GridKept,
    Interview,
    Said,
    Talent,
    TimeOff,
    Training,
)
from kpa_model.assessment.pathway import file as pathway_file
from kpa_model.assessment.pathway.stages import Meeting, interview_form
from kpa_model.assessment.timeline import Held, timeline
from kpa_model.errors import UnreadableFile
from kpa_model.figures.pathway import pathway_svg
from kpa_model.story.booklet import (
    export as booklet_export,
)
from kpa_model.story.booklet import (
    paper as booklet_paper,
)
from kpa_model.story.booklet import (
    phone as booklet_phone,
)
from kpa_model.story.booklet import (
    told as booklet_told,
)

PATHWAY = pathway_file.ready()
ENTRY, DAY = date(2026, 1, 15), date(2026, 3, 1)
HOSTILE = "#set page() <script>alert(1)</script> {{x}} & \"'"
MINE = Booklet(
    HOSTILE, ENTRY, "Les Tilleuls",
    talents=(Talent("Cuisiner", "Le repas de quartier", DAY), Talent("Coudre")),
    experiences=(Experience("Buffet", DAY, date(2026, 3, 3), "Prestation 6 h.", "carnet"),),
    trainings=(Training("Hygiène", "le centre social", DAY),),
    badges=(BadgeKept("Prépare un buffet", "Les Tilleuls", DAY, "a.b.c"),),
    goals=(Goal("Appeler", DAY), Goal("Écrire", DAY, DAY)),
    interviews=(Interview(Meeting.INTERVIEW, DAY, "Mon bilan", (Said("q", "Quoi ?", HOSTILE),), "pair", "Aller", DAY),),
    grids=(
        GridKept("Ma part", DAY, (AnswerLine("a", "Accueillir", "Je découvre", False, "La fête"),)),
        GridKept("Ma part", DAY, (AnswerLine("a", "Accueillir", "Je prends part"),), "Bruno"),
    ),
    phone_key="secret",
)  # fmt: skip
LINE = timeline(PATHWAY, ENTRY, date(2026, 4, 1), [Held(Meeting.INTERVIEW, DAY)])


# --- in sentences


def test_the_place_and_what_comes_are_said_plainly():
    said = booklet_told.where_i_am(LINE, PATHWAY)
    assert said == (
        "Vous êtes au mois 2 sur 24.",
        "C'est le temps « Explorer tous azimuts ».",
        "Je fais avec les autres. Je participe aux commandes et au commun.",
        "Ensuite : entretien, le 1er mai 2026, dans 30\u00a0jours.",
    )


def test_before_the_first_day_and_after_the_last_it_is_said_too():
    assert booklet_told.where_i_am(timeline(PATHWAY, ENTRY, date(2026, 1, 1)), PATHWAY) == (
        "Votre parcours commence le 15 janvier 2026.",
    )
    assert "au bout" in booklet_told.where_i_am(timeline(PATHWAY, ENTRY, date(2029, 1, 1)), PATHWAY)[0]


def test_what_is_late_is_to_be_caught_up_and_never_a_reproach():
    said = booklet_told.to_catch_up(timeline(PATHWAY, ENTRY, date(2027, 3, 1), pauses=[TimeOff(DAY)]))
    assert said[-2:] == (
        "Pour un contrat, appelez la CAE sans attendre.",
        "Un contrat ne s'arrête pas pendant une pause.",
    )
    assert not re.search(r"retard|oubli|manqué|faute", " ".join(said))


def test_a_contract_in_time_is_not_told_as_late():
    assert booklet_told.to_catch_up(timeline(PATHWAY, ENTRY, ENTRY)) == ()


def test_sentences_are_short():
    said = [
        *booklet_told.BEFORE_CREATING,
        *booklet_told.BEFORE_CREATING_MORE,
        booklet_told.UNDERSTOOD,
        *booklet_told.AFTER_REVOKING,
        *booklet_told.CANNOT_DELETE,
    ]
    said += [each.sentence for each in (*PATHWAY.stages, *PATHWAY.appointments, *PATHWAY.guides)]
    said += [text for guide in PATHWAY.guides for each in guide.questions for text in (each.label, each.help)]
    for each in said:
        for sentence in filter(None, re.split(r"[.?!:]\s*", each)):
            assert len(re.findall(r"[\w’'-]+", sentence)) <= 15, sentence


# --- on paper


def test_the_booklet_on_paper_is_an_accessible_pdf_and_the_same_twice():
    made = booklet_paper.booklet_paper(MINE, LINE, PATHWAY)
    assert made == booklet_paper.booklet_paper(MINE, LINE, PATHWAY)
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made


def test_an_empty_booklet_prints_too():
    assert booklet_paper.booklet_paper(Booklet("Awa", ENTRY), LINE, PATHWAY).startswith(b"%PDF")


def test_everything_the_booklet_holds_goes_to_the_press(monkeypatch):
    sent = {}
    monkeypatch.setattr(booklet_paper, "press", lambda template, content: sent.update(content) or b"")
    booklet_paper.booklet_paper(MINE, LINE, PATHWAY, intimate=True)
    told = json.dumps(sent, ensure_ascii=False)
    for word in (
        "Cuisiner",
        "Buffet",
        "Hygiène",
        "Prépare un buffet",
        "Appeler",
        "Quoi ?",
        "Je découvre",
        "Bruno",
        "Aller",
    ):
        assert word in told
    assert "secret" not in told
    assert sent["nom"] == HOSTILE


def test_the_sheets_of_words_and_of_questions_print():
    assert booklet_paper.recovery_paper("figue-ruban", ["figue"] * 12).startswith(b"%PDF")
    for guide in PATHWAY.guides:
        assert booklet_paper.interview_paper(guide).startswith(b"%PDF")


# --- in the open


def test_the_open_folder_is_readable_documented_and_comes_back():
    folder = zipfile.ZipFile(io.BytesIO(booklet_export.open_folder(MINE)))
    assert folder.read("badges/badge_1.jwt") == b"a.b.c"
    content = json.loads(folder.read("livret.json"))
    assert content["format"] == "livret-kpa-1"
    schema = json.loads(folder.read("schema.json"))
    Draft202012Validator(schema).validate({key: value for key, value in content.items() if key != "format"})
    assert booklet_export.from_folder(booklet_export.open_folder(MINE)) == replace(MINE, phone_key="")
    assert b"secret" not in b"".join(folder.read(name) for name in folder.namelist())


def test_the_page_of_the_open_folder_holds_no_foreign_markup_nor_address():
    page = booklet_export.as_page(MINE)
    assert not re.search(r"[^\W\d_]'[^\W_]", page), "its apostrophes are curled"
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"https?:|src=|url\(", page)
    assert "Je découvre. La fête" in page


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name.replace("_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"PK\x03\x04", b"\xff\xfe", zipped(autre_json=b"{}"), zipped(livret_json=b"{"),
     zipped(livret_json=b" " * 20_000_001), b"[" * 100_000],
)  # fmt: skip
def test_what_is_not_an_open_booklet_is_refused_in_french(content):
    with pytest.raises(UnreadableFile):
        booklet_export.from_folder(content)


# --- on a phone


@pytest.fixture(scope="module")
def key() -> str:
    return booklet_phone.new_phone_key()


def closed_for(public: bytes, content: dict) -> bytes:
    """What a browser does: an ephemeral key, ECDH, HKDF, AES-GCM."""
    mine = ec.generate_private_key(ec.SECP256R1())
    point = mine.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )  # fmt: skip
    shared = mine.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))
    secret = HKDF(hashes.SHA256(), 32, salt=point, info=b"reponses-kpa-1").derive(shared)
    nonce = os.urandom(12)
    closed = AESGCM(secret).encrypt(nonce, json.dumps(content).encode(), None)
    coded = {name: b64encode(value).decode() for name, value in (("cle", point), ("nonce", nonce), ("ferme", closed))}
    return json.dumps({"format": "reponses-kpa-1", **coded}).encode()


def public_point(pem: str) -> bytes:
    import base64

    return base64.b64decode(booklet_phone.public_part(pem))


ANSWERED = {"format": "reponses-kpa-1", "genre": "bilan", "reponses": {"je_sais": "Coudre"}}


def test_what_a_phone_closed_opens_in_its_booklet_only(key):
    closed = closed_for(public_point(key), ANSWERED)
    assert b"Coudre" not in closed
    assert booklet_phone.read_answers(closed, key) == ("bilan", {"je_sais": "Coudre"})
    for other in (booklet_phone.new_phone_key(), ""):
        with pytest.raises(UnreadableFile, match="fermé pour un autre livret"):
            booklet_phone.read_answers(closed, other)


def test_a_phone_that_cannot_close_gives_a_readable_file(key):
    assert booklet_phone.read_answers(json.dumps(ANSWERED).encode(), key)[1] == {"je_sais": "Coudre"}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format":"reponses-kpa-1"}', b"x" * 600_000, b"[" * 100_000])
def test_another_file_is_refused(key, content):
    with pytest.raises(UnreadableFile, match="ce n'est pas un fichier de réponses"):
        booklet_phone.read_answers(content, key)


@pytest.mark.parametrize("guide", PATHWAY.guides, ids=lambda guide: guide.kind)
def test_the_page_asks_every_question_and_no_network(guide, key):
    form = interview_form(guide)
    page = booklet_phone.phone_page(form, str(guide.kind), booklet_phone.public_part(key))
    assert "PRIVATE" not in page
    assert not re.search(r"https?:|src=|href=", page)
    assert "default-src 'none'" in page
    for name in form.inputs():
        assert f'name="{name}"' in page
    assert "localStorage" not in page
    assert not re.search(r"\w'\w", page)  # apostrophes are curled, as on every screen


def test_a_question_cannot_break_the_page():
    guide = replace(PATHWAY.guides[0], title=HOSTILE, sentence="</script>")
    page = booklet_phone.phone_page(interview_form(guide), "</script>", None)
    assert page.count("</script>") == 1
    assert "<script>alert" not in page


# --- in a picture


def test_the_picture_says_where_the_person_is_and_stays_inside():
    for month in (0, 2, 13, 24, 90):
        svg = pathway_svg(PATHWAY.stages, month, [(0, True), (8, False)], booklet_told.picture_text(LINE, PATHWAY))
        assert 'role="img"' in svg
        assert "Vous êtes au mois 2." in svg
        places = [float(each) for each in re.findall(r' (?:x|cx)="([\d.]+)"', svg)]
        assert all(0 <= each <= 480 for each in places)


def test_data_of_a_booklet_has_only_what_is_documented():
    schema = json.loads(zipfile.ZipFile(io.BytesIO(booklet_export.open_folder(MINE))).read("schema.json"))
    assert set(as_data(MINE)) - {"format"} == set(schema["properties"])


# --- the person's own contract


LAW = contract.Limits(12, 2, "Code de commerce, article L127-2, lu le 23 novembre 2026.")


@pytest.mark.parametrize(
    ("periods", "today", "said"),
    [
        (
            [(date(2026, 3, 10), 6)],
            date(2026, 5, 1),
            (
                "Votre CAPE va du 10 mars 2026 au 9 septembre 2026.",
                "Il peut encore être renouvelé 2\u00a0fois, par écrit.",
                "Cela fait 24 mois de plus, au plus. Avec trois contrats pleins : 36 mois.",
                "Des contrats plus courts ont fait perdre 6\u00a0mois sur 36.",
            ),
        ),
        (
            [(date(2024, 3, 10), 12), (date(2025, 3, 10), 12), (date(2026, 3, 10), 12)],
            date(2027, 2, 7),
            (
                "Votre CAPE va du 10 mars 2026 au 9 mars 2027.",
                "Il finit dans 30\u00a0jours. Parlez-en à la CAE maintenant.",
                "Il ne peut plus être renouvelé.",
            ),
        ),
    ],
)
def test_a_person_reads_the_end_of_her_own_contract_and_what_the_law_still_allows(periods, today, said):
    made = contract.cape([contract.Period(*each) for each in periods], LAW)
    assert booklet_told.contract_told(made, today) == (*said, f"Source : {LAW.source}")
