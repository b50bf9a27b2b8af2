"""What a phone closes without WebCrypto is what the booklet opens, and what published vectors say."""

from __future__ import annotations

import random
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Browser

from kpa_model.story.booklet import phone

CODE = (Path(phone.__file__).parent / "phone_close.js").read_text(encoding="utf-8")
HEX = """
const lu = (hex) => new Uint8Array((hex.match(/../g) ?? []).map((deux) => parseInt(deux, 16)));
const dit = (octets) => [...octets].map((x) => x.toString(16).padStart(2, "0")).join("");
"""


def test_closing_without_help_gives_what_the_standards_and_the_booklet_expect(browser: Browser) -> None:
    page = browser.new_page()
    try:
        run = lambda body, given=None: page.evaluate(f"(given) => {{ {CODE} {HEX} {body} }}", given)  # noqa: E731
        # FIPS 180-4, "abc"; RFC 5869, A.1, its first 32 bytes; the double of the base point of P-256
        assert run("return dit(sansAide.sha256(lu('616263')))") == (
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        assert run(
            "return dit(sansAide.hkdf(lu('0b'.repeat(22)), lu('000102030405060708090a0b0c'),"
            " lu('f0f1f2f3f4f5f6f7f8f9')))"
        ) == ("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")
        assert run("return sansAide.fois(BigInt(2), sansAide.G).map((x) => x.toString(16))") == [
            "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978",
            "7775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1",
        ]
        draw, pem = random.Random(18), phone.new_phone_key()
        for size in (0, 1, 15, 16, 17, 64, 1000):
            key, nonce, clear = draw.randbytes(32), draw.randbytes(12), draw.randbytes(size)
            given = [key.hex(), nonce.hex(), clear.hex()]
            closed = run("return dit(sansAide.aesGcm(...given.map(lu)))", given)
            assert bytes.fromhex(closed) == AESGCM(key).encrypt(nonce, clear, None)
        point = phone.public_part(pem)
        told = run(
            "const clos = sansAide.fermer(Uint8Array.from(atob(given), (x) => x.charCodeAt(0)),"
            " new TextEncoder().encode('reponses-kpa-1'), new TextEncoder().encode('été'));"
            "return [clos.cle, clos.nonce, clos.ferme].map(dit)",
            point,
        )
        data = {
            name: b64encode(bytes.fromhex(each)).decode()
            for name, each in zip(("cle", "nonce", "ferme"), told, strict=True)
        }
        assert phone.opened(data, pem).decode() == "été"
    finally:
        page.close()
