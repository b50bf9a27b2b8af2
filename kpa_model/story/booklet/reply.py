"""What an adviser writes back: a comment, or an action plan that both sign. Only the booklet it is for can read it.

It is closed with the public key that the shared extract carries (see `phone`, whose keys and ciphers these are).
"""

from __future__ import annotations

import json
from base64 import b64encode
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter, ValidationError

from kpa_model.assessment.kept import Feedback
from kpa_model.errors import Problem, UnreadableFile
from kpa_model.story.booklet.phone import agreed, opened

FORMAT = "retour-kpa-1"
LARGEST = 100_000
_ADAPTER = TypeAdapter(Feedback)


def close_reply(public: bytes, feedback: Feedback) -> bytes:
    """Return the file of what was written, that the booklet of this public key alone can read."""
    other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    mine = ec.generate_private_key(ec.SECP256R1())
    point = mine.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    nonce = urandom(12)
    key = agreed(mine.exchange(ec.ECDH(), other), point)
    closed = AESGCM(key).encrypt(nonce, _ADAPTER.dump_json(feedback, by_alias=True), None)
    coded = {"cle": point, "nonce": nonce, "ferme": closed}
    return json.dumps({"format": FORMAT, **{name: b64encode(each).decode() for name, each in coded.items()}}).encode()


def read_reply(content: bytes, pem: str) -> Feedback:
    """Return what an adviser wrote, for the booklet of this private key. Raises UnreadableFile."""
    where = "Ce qu'on vous a écrit"
    try:
        data = json.loads(content) if len(content) <= LARGEST else {}
        if data["format"] != FORMAT:
            raise ValueError
        return _ADAPTER.validate_json(opened(data, pem))
    except InvalidTag:
        todo = "Demandez à la personne qui l'a écrit de repartir de votre dernier partage."
        raise UnreadableFile(Problem(where, "ce fichier est fermé pour un autre livret.", todo)) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        todo = "Choisissez le fichier « .retour » que la personne vous a donné."
        raise UnreadableFile(Problem(where, "ce n'est pas un retour.", todo)) from None
