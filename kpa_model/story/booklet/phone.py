"""A form for a phone, in one page that asks nothing from any network, and the file it gives back.

The page holds a public key of the booklet: what it saves can be read by that booklet alone (ECDH on P-256, HKDF,
AES-GCM, all of them built into browsers). A browser that cannot says so before saving in clear.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kpa_model.declare.form import Choice, Day, Field, Form, Several, Text
from kpa_model.declare.markup import Html, joined, tag
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.story.booklet.page_alone import page_alone, text_beside
from kpa_model.words import curled

FORMAT = "reponses-kpa-1"
_INFO = b"reponses-kpa-1"
_LARGEST = 500_000


def new_phone_key() -> str:
    """Return a new private key (PEM), to be kept inside the booklet."""
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def _private(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key of a phone page is on a curve")
    return key


def public_part(pem: str) -> str:
    """Return the public half, as the page holds it (a point of the curve, base64)."""
    point = (
        _private(pem)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return b64encode(point).decode()


def read_answers(content: bytes, pem: str) -> tuple[str, dict[str, str]]:
    """Return the kind of interview and what was typed, from the file of a phone.

    Raises:
        UnreadableFile: it is not such a file, or it was closed for another booklet.
    """
    where = "Fichier du téléphone"
    try:
        if len(content) > _LARGEST:
            raise ValueError
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError
        inside = data if "reponses" in data else json.loads(opened(data, pem))
        raw = {str(name): str(text) for name, text in inside["reponses"].items()}
        return str(inside["genre"]), raw
    except InvalidTag:
        todo = "Ouvrez le livret qui a donné la page, puis recommencez."
        raise UnreadableFile(Problem(where, "il est fermé pour un autre livret.", todo)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        todo = "Choisissez le fichier que la page du téléphone a enregistré."
        raise UnreadableFile(Problem(where, "ce n'est pas un fichier de réponses.", todo)) from None


def opened(data: Mapping[str, Any], pem: str) -> bytes:
    """Return what was closed for the holder of a private key. Raises InvalidTag, ValueError, KeyError."""
    if not pem:
        raise InvalidTag
    point, nonce, closed = (b64decode(data[name], validate=True) for name in ("cle", "nonce", "ferme"))
    other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return AESGCM(agreed(_private(pem).exchange(ec.ECDH(), other), point)).decrypt(nonce, closed, None)


def agreed(shared: bytes, point: bytes) -> bytes:
    """Return the key both sides make of what they share; `point` is the public half of who closes."""
    return HKDF(hashes.SHA256(), 32, salt=point, info=_INFO).derive(shared)


def phone_page(form: Form, kind: str, public: str | None, sends_to: str = "") -> str:
    """Return the whole page: one HTML text, without any address of another machine.

    Args:
        form: texts, choices, several choices and days; other fields are asked as texts.
        kind: what the file gives back beside the answers.
        public: the public half of the booklet's key; without it the file is in clear, and the page says so.
        sends_to: the path of the same server that takes closed answers; without it, the page gives a file.
    """
    fields = joined(_drawn(each) for each in form.fields)
    told = {"format": FORMAT, "genre": kind, "cle": public or "", "envoi": sends_to}
    settings = json.dumps(told).replace("<", "\\u003c")
    page = page_alone("phone_page.html", form.title, sends=bool(sends_to)).replace("@PHRASE@", joined(form.intro))
    page = page.replace("@ENVOYER@", "Envoyer au livret" if sends_to else "Enregistrer")
    page = curled(page.replace("@CHAMPS@", fields))
    return page.replace("@REGLAGES@", settings).replace("@FERMER@", text_beside("phone_close.js"))


def closed_shape(content: bytes) -> bool:
    """Tell whether some bytes look like closed answers: nothing in clear, nothing too long; no key is needed."""
    try:
        data = json.loads(content) if len(content) <= _LARGEST else {}
        parts = [b64decode(data[name], validate=True) for name in ("cle", "nonce", "ferme")]
        return set(data) == {"format", "cle", "nonce", "ferme"} and data["format"] == FORMAT and all(parts)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _drawn(each: Field) -> Html:
    aid = tag("p", each.help, cls="aide", id=f"{each.name}-aide") if each.help else None
    about = f"{each.name}-aide" if each.help else None
    if isinstance(each, Choice | Several):
        options = [_option(each, key, shown) for key, shown in each.options.items()]
        return tag("fieldset", tag("legend", each.label), aid, options, aria_describedby=about)
    common = {"id": each.name, "name": each.name, "aria_describedby": about}
    if isinstance(each, Text) and each.lines > 1:
        field = tag("textarea", rows=5, maxlength=each.longest, **common)
    else:
        field = tag("input", type="date" if isinstance(each, Day) else "text", **common)
    return tag("div", tag("label", each.label, for_=each.name), aid, field, cls="champ")


def _option(each: Choice | Several, key: str, shown: str) -> Html:
    if isinstance(each, Choice):
        box = tag("input", type="radio", name=each.name, value=key)
    else:
        box = tag("input", type="checkbox", name=f"{each.name}.{key}", value="1")
    return tag("label", box, f" {shown}", cls="choix")
