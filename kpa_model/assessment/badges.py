"""Open badges: what the group recognised, signed, so that anybody may check it without asking us.

Source:
    1EdTech, *Open Badges Specification* version 3.0, section 8.2 (JSON Web Token proof): RS256, the public key as a JWK
    in the header, the credential itself as payload, with `iss`, `jti`, `nbf` and `sub`. The issuer is named by its key
    (`did:jwk`), since a neighbourhood group has no web address that lasts.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from kpa_model.errors import KpaError, Problem

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
STATUS = "1EdTechRevocationList"
"""How a badge says where one looks whether it was taken back: see `withdrawn`."""

BITS = 2048
_PUBLIC = ("kty", "n", "e")


class WrongBadge(KpaError):
    """A badge cannot be trusted."""


@dataclass(frozen=True)
class Recognised:
    """What a badge says. `issuer_print` names the key that signed it."""

    title: str
    description: str
    criteria: str
    person: str
    group: str
    on: date
    issuer_print: str
    evidence: str = ""
    id: str = ""


def new_group_key() -> bytes:
    """Return a new private key (PEM) for a group; to be kept in its personal folder."""
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_jwk(pem: bytes) -> dict[str, str]:
    """Return the public half of a key, as a JWK that holds nothing else."""
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("the key of a group is an RSA key")
    made: Mapping[str, Any] = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: str(made[name]) for name in _PUBLIC}


def thumbprint(jwk: Mapping[str, str]) -> str:
    """Return the fingerprint of a public key (RFC 7638), to compare two keys by eye."""
    canonical = json.dumps({name: jwk[name] for name in sorted(_PUBLIC)}, separators=(",", ":"))
    return urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()


def did_of(jwk: Mapping[str, str]) -> str:
    """Return the name of an issuer made of its key: `did:jwk:…`."""
    canonical = json.dumps({name: jwk[name] for name in sorted(_PUBLIC)}, separators=(",", ":"))
    return "did:jwk:" + urlsafe_b64encode(canonical.encode()).rstrip(b"=").decode()


def list_of(issuer: str) -> str:
    """Return the name of the list of the badges that an issuer took back."""
    return f"{issuer}#badges-retires"


def issue(
    pem: bytes, group: str, person: str, title: str, description: str, criteria: str, on: date, evidence: str = ""
) -> str:
    """Return a signed badge: a compact JWS that holds an OpenBadgeCredential.

    Args:
        pem: the private key of the group.
        group: name of the group.
        person: the name the person wants to see on the badge.
        title: what is recognised, in a few words.
        description: what it means.
        criteria: how one obtains it.
        on: day of the recognition.
        evidence: what was seen, or nothing.
    """
    jwk = public_jwk(pem)
    start = datetime.combine(on, time(), UTC)
    credential = _credential(did_of(jwk), group, person, title, description, criteria, start, evidence)
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(start.timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    return jwt.encode({**credential, **claims}, pem, algorithm="RS256", headers={"typ": "JWT", "jwk": jwk})


def _credential(
    issuer: str, group: str, person: str, title: str, description: str, criteria: str, start: datetime, evidence: str
) -> dict[str, Any]:
    name = {"type": "IdentityObject", "hashed": False, "identityHash": person, "identityType": "name"}
    achievement = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer} {title}").urn,
        "type": ["Achievement"],
        "name": title,
        "description": description or title,
        "criteria": {"narrative": criteria or description or title},
    }
    credential: dict[str, Any] = {
        "@context": [*CONTEXT],
        "id": uuid.uuid4().urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": issuer, "type": ["Profile"], "name": group},
        "validFrom": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialStatus": {"id": list_of(issuer), "type": STATUS},
        "credentialSubject": {
            "id": uuid.uuid4().urn,
            "type": ["AchievementSubject"],
            "identifier": [name],
            "achievement": achievement,
        },
    }
    if evidence:
        credential["evidence"] = [{"type": ["Evidence"], "narrative": evidence}]
    return credential


def verify(token: str, today: date) -> Recognised:
    """Return what a badge says, once its signature and its claims are checked as the specification asks.

    A good signature says that the badge is whole and comes from the holder of that key: compare `issuer_print`, or ask
    the group. Raises WrongBadge.
    """
    whole, jwk = opened(token)
    try:
        return _checked(whole, jwk, today)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        raise _refused("il lui manque une partie obligatoire.") from None


def opened(token: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a signed text holds, and the public key that signed it. Raises WrongBadge."""
    jwk = _key_of(token)
    try:
        whole: dict[str, Any] = jwt.decode(
            token.strip(), RSAAlgorithm.from_jwk(dict(jwk)), algorithms=["RS256"],  # type: ignore[arg-type]
            options={"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False},
        )  # fmt: skip
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise _refused("la signature ne correspond pas : il a été changé.") from None
    return whole, jwk


def _key_of(token: str) -> dict[str, str]:
    """Return the public key that the header carries. Raises WrongBadge."""
    try:
        header = jwt.get_unverified_header(token.strip())
        jwk = header["jwk"]
        size = int.from_bytes(b64decode(jwk["n"] + "==", b"-_")).bit_length()
        if header["alg"] != "RS256" or jwk["kty"] != "RSA" or "d" in jwk or not BITS <= size <= 4 * BITS:
            raise ValueError
        return {name: str(jwk[name]) for name in _PUBLIC}
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
        raise _refused("ce n'est pas un badge ouvert signé (Open Badges 3.0).") from None


def _checked(whole: Mapping[str, Any], jwk: Mapping[str, str], today: date) -> Recognised:
    subject, issuer = whole["credentialSubject"], whole["issuer"]
    start = datetime.fromisoformat(whole["validFrom"])
    same = (
        whole["iss"] == issuer["id"]
        and whole["sub"] == subject["id"]
        and whole["jti"] == whole["id"]
        and whole["nbf"] == int(start.timestamp())
    )
    if not same or "OpenBadgeCredential" not in whole["type"] or [*whole["@context"]][:2] != [*CONTEXT]:
        raise _refused("ses parties se contredisent.")
    if issuer["id"].startswith("did:jwk:") and issuer["id"] != did_of(jwk):
        raise _refused("la clé n'est pas celle du groupe qu'il nomme.")
    if start.date() > today:
        raise _refused(f"il ne vaut qu'à partir du {start:%d/%m/%Y}.")
    if whole.get("validUntil") and datetime.fromisoformat(whole["validUntil"]).date() < today:
        raise _refused("sa durée est passée.")
    achievement = subject["achievement"]
    seen = " ".join(each.get("narrative", "") for each in whole.get("evidence", []))
    return Recognised(
        achievement["name"], achievement["description"], achievement["criteria"].get("narrative", ""),
        next((each["identityHash"] for each in subject.get("identifier", []) if not each["hashed"]), ""),
        issuer.get("name", ""), start.date(), thumbprint(jwk), seen, whole["id"],
    )  # fmt: skip


def _refused(what: str) -> WrongBadge:
    return WrongBadge(Problem("Badge", what, "Demandez au groupe de vous le donner de nouveau."))
