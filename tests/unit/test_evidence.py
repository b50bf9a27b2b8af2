"""A photo or a certificate kept in a booklet, and the portfolio it goes out with."""

from __future__ import annotations

import io
import json
import re
import zipfile
from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from kpa_model.assessment import booklet, grid_file
from kpa_model.assessment.booklet import Booklet
from kpa_model.assessment.grid_file import WrongGrid
from kpa_model.assessment.kept import (
    AnswerLine,
    BadgeKept,
    Contract,
    Experience,
    GridKept,
    Interview,
    Proof,
    Said,
    Talent,
)
from kpa_model.assessment.pathway.stages import Meeting
from kpa_model.errors import UnreadableFile
from kpa_model.files import evidence
from kpa_model.files.closed import sealed
from kpa_model.story.booklet import export, portfolio
from kpa_model.story.booklet.paper import extract_paper
from kpa_model.ui.screens.booklet.door import NotYet
from kpa_model.ui.screens.booklet.proofs import MOST, MOST_LETTERS, with_proof
from tests.pdf import text_of

DAY = date(2026, 3, 1)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SKILL = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000"


def photo(size: tuple[int, int] = (40, 30), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 0)).save(made, kind, **more)
    return made.getvalue()


def told() -> bytes:
    """Return a photo that says where, when and with what it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = 6, "TelephoneSecret", "2026:03:01 10:00:00"
    exif.get_ifd(0x8825)[2] = (50.0, 37.0, 42.0)
    comment = b"commentaire secret"
    return photo(exif=exif.tobytes(), comment=comment)


def test_a_photo_loses_its_place_its_day_its_device_and_stands_up() -> None:
    given = told()
    assert b"TelephoneSecret" in given
    kind, kept = evidence.kept(given)
    seen = Image.open(io.BytesIO(kept))
    assert (kind, seen.format, seen.size) == (evidence.JPEG, "JPEG", (30, 40))
    assert dict(seen.getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(seen.info)
    assert b"Secret" not in kept
    assert b"secret" not in kept


@pytest.mark.parametrize("given", [photo(kind="PNG", mode="RGBA"), photo(kind="WEBP"), photo((5000, 4000))])
def test_a_photo_of_any_kind_becomes_a_jpeg_of_a_size_one_can_keep(given: bytes) -> None:
    kind, kept = evidence.kept(given)
    seen = Image.open(io.BytesIO(kept))
    assert (kind, seen.format, seen.mode) == (evidence.JPEG, "JPEG", "RGB")
    assert max(seen.size) <= evidence.SIDE
    assert len(kept) <= evidence.LARGEST_PHOTO


def test_what_is_clear_in_a_picture_becomes_white_not_black() -> None:
    _, kept = evidence.kept(photo(kind="PNG", mode="RGBA"))
    assert Image.open(io.BytesIO(kept)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "ni une photo, ni un PDF"),
        (b"GIF89a" + bytes(40), "ni une photo, ni un PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "ni une photo, ni un PDF"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "ni une photo, ni un PDF"),
        (photo()[:200], "ni une photo, ni un PDF"),
        (b"MZ" + bytes(100), "ni une photo, ni un PDF"),
        (PDF[:20], "coupé"),
        (b"%PDF-1.4" + bytes(evidence.LARGEST_PDF) + b"%%EOF", "trop gros"),
        (bytes(evidence.LARGEST_GIVEN + 1), "trop gros"),
        (photo((10_000, 8_500), "PNG"), "trop grande"),
    ],
)  # fmt: skip
def test_what_is_not_a_photo_nor_a_certificate_is_refused_by_its_content(given: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        evidence.kept(given)


def proof(title: str = "Devant le buffet", content: bytes | None = None) -> Proof:
    kind, kept = evidence.kept(content or told())
    return Proof(title, kind, b64encode(kept).decode(), DAY)


MINE = Booklet(
    "Awa <b>", DAY, "Les Tilleuls", talents=(Talent("Cuisiner", "Le repas", DAY), Talent("Coudre")),
    experiences=(Experience("Buffet", DAY, date(2026, 3, 3), "Six heures"),),
    badges=(BadgeKept("Buffet", "Les Tilleuls", DAY, "a.b.c"),), proofs=(proof(), proof("Attestation", PDF)),
    contracts=(Contract(DAY, 12),),
    interviews=(Interview(Meeting.INTERVIEW, DAY, "Mon entretien", (Said("a", "Quoi ?", "intime"),)),),
    grids=(
        GridKept("Cuisine", DAY, (AnswerLine("recette", "Recettes", "Je fais", codes=("ROME G1602",)),)),
        GridKept("Cuisine", date(2026, 4, 1), (
            AnswerLine("recette", "Recettes", "Je montre", example="Un curry", codes=(f"ESCO {SKILL}", "ROME G1602")),
            AnswerLine("froid", "Le froid", "Pas encore rencontré", True),
        )),
        GridKept("Cuisine", date(2026, 4, 1), (AnswerLine("recette", "Recettes", "Vu par Bruno"),), "Bruno"),
    ),
)  # fmt: skip


def test_a_proof_is_closed_with_the_booklet_and_comes_back_the_same() -> None:
    key = sealed.new_key({"phrase": "un lilas sous la pluie fine"}, sealed.LEAST_COST)
    closed = key.seal(json.dumps(booklet.as_data(MINE)).encode())
    assert MINE.proofs[0].content.encode() not in closed
    assert booklet.from_data(json.loads(key.unseal(closed) or b"")) == MINE
    assert MINE.proofs[1].bytes == PDF


def test_a_proof_of_another_type_in_a_file_is_refused() -> None:
    data = booklet.as_data(MINE)
    data["preuves"][0]["type"] = "image/svg+xml"
    with pytest.raises(UnreadableFile, match="preuves, 0, type"):
        booklet.from_data(data)


def test_proofs_are_bounded_and_the_refusal_says_what_to_do() -> None:
    full = replace(MINE, proofs=tuple(proof(f"{at}", PDF) for at in range(MOST)))
    heavy = replace(MINE, proofs=(Proof("lourde", evidence.JPEG, "A" * (MOST_LETTERS // 2)),) * 2)
    for each in (full, heavy):
        with pytest.raises(NotYet, match="Retirez une preuve"):
            with_proof(each, proof())
    assert len(with_proof(MINE, proof()).proofs) == 3


def test_a_proof_is_seen_in_the_open_booklet_shared_when_ticked_and_taken_out() -> None:
    page = export.as_page(MINE)
    assert 'alt="Photo : Devant le buffet"' in page.replace("\u00a0", " ")
    with zipfile.ZipFile(io.BytesIO(export.open_folder(MINE))) as folder:
        assert folder.read("preuves/1_devant_le_buffet.jpg") == MINE.proofs[0].bytes
        assert folder.read("preuves/2_attestation.pdf") == PDF
    assert export.from_folder(export.open_folder(MINE)).proofs == MINE.proofs
    ticked = booklet.extract(MINE, frozenset([MINE.proofs[0].id]))
    assert ticked.proofs == MINE.proofs[:1]
    assert "Devant le buffet" in text_of(extract_paper(ticked, DAY))
    assert booklet.removed(MINE, MINE.proofs[0].id).proofs == MINE.proofs[1:]


def test_a_portfolio_says_what_was_ticked_with_the_codes_of_the_grid_and_no_more() -> None:
    with zipfile.ZipFile(io.BytesIO(portfolio.portfolio(MINE, DAY))) as folder:
        names, text = set(folder.namelist()), folder.read("portfolio.jsonld").decode()
    document = json.loads(text)
    person = document["mainEntity"]
    known = {each["dct:title"]: each for each in person["knowsAbout"]}
    assert set(known) == {"Cuisiner", "Coudre", "Recettes"}  # « not met » says nothing, others are not her
    assert known["Recettes"]["dct:description"] == "Je montre. Un curry"
    assert [each["@id"] for each in known["Recettes"]["elm:relatedESCOSkill"]] == [SKILL]
    assert [each["skos:notation"] for each in known["Recettes"]["elm:relatedSkill"]] == ["G1602"]
    assert "elm:relatedSkill" not in known["Cuisiner"]
    assert {each["contentUrl"] for each in person["subjectOf"] if "contentUrl" in each} < names
    assert {each["encoding"]["contentUrl"] for each in person["hasCredential"]} < names
    assert "intime" not in text
    assert "CAPE" not in text


def test_every_word_of_a_portfolio_is_in_a_vocabulary_its_context_names() -> None:
    document = portfolio.as_linked(MINE, DAY)
    names = set(re.findall(r'"([\w@:]+)":', json.dumps({k: v for k, v in document.items() if k != "@context"})))
    prefixes = {each.partition(":")[0] for each in names if ":" in each}
    assert prefixes == {"elm", "dct", "skos"}
    assert prefixes < set(portfolio.CONTEXT)
    schema = {each for each in names if ":" not in each and not each.startswith("@")}
    assert schema <= {
        "name", "memberOf", "knowsAbout", "subjectOf", "hasCredential", "dateCreated", "description", "mainEntity",
        "isPartOf", "startDate", "endDate", "organizer", "encodingFormat", "contentUrl", "sha256", "recognizedBy",
        "credentialCategory", "encoding",
    }  # fmt: skip


GRID = """titre: En cuisine
niveaux:
- {nom: Je regarde, sens: Je regarde.}
- {nom: Je fais, sens: Je fais.}
criteres:
- nom: Suivre une recette
  codes: [%s]
  niveaux: [Je lis., Je fais.]
"""


def test_a_grid_declares_its_codes_and_a_code_written_otherwise_is_refused() -> None:
    grid = grid_file.loads(GRID % f"ROME G1602, ESCO {SKILL}")
    assert grid.criteria[0].codes == ("ROME G1602", f"ESCO {SKILL}")
    assert grid_file.loads(grid_file.dumps(grid)) == grid
    for wrong in ("G1602", "ROME Z1602", "ESCO cuisiner", "RNCP 37875"):
        with pytest.raises(WrongGrid, match="n'est pas un code"):
            grid_file.loads(GRID % wrong)
