"""Badges that a group took back: one list, signed with its key, that travels as a file as badges do.

Source:
    1EdTech, *Revocation List Status Method* version 1.0 (`1EdTechRevocationList`), named by `credentialStatus`. A group
    has no web address that lasts: the list has the name of its key, and is given by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import jwt

from kpa_model.assessment import badges
from kpa_model.assessment.badges import Recognised, WrongBadge
from kpa_model.errors import Problem


class WithdrawnBadge(WrongBadge):
    """A badge was signed by this key, which took it back since: `on` that day."""

    def __init__(self, on: date) -> None:
        super().__init__(Problem("Badge", f"le groupe l'a retiré le {on:%d/%m/%Y}.", "Demandez au groupe pourquoi."))
        self.on = on


@dataclass(frozen=True)
class Withdrawals:
    """What a key took back, as it said on one day: identity of a badge → day."""

    issuer_print: str
    on: date
    days: dict[str, date]


def sign_list(pem: bytes, days: dict[str, date], on: date) -> str:
    """Return the signed list of the badges a group took back, as known on a day."""
    jwk = badges.public_jwk(pem)
    issuer = badges.did_of(jwk)
    rows = [{"id": each, "revoked": True, "statusDate": day.isoformat()} for each, day in sorted(days.items())]
    whole = {
        "iss": issuer, "id": badges.list_of(issuer), "type": [badges.STATUS], "issuer": issuer,
        "revokedCredential": rows, "iat": int(datetime.combine(on, time(), UTC).timestamp()),
    }  # fmt: skip
    return jwt.encode(whole, pem, algorithm="RS256", headers={"typ": "JWT", "jwk": jwk})


def read_list(token: str) -> Withdrawals:
    """Return what a signed list says. Raises WrongBadge when it is not one, or was changed."""
    whole, jwk = badges.opened(token)
    try:
        issuer = badges.did_of(jwk)
        if whole["iss"] != issuer or badges.STATUS not in whole["type"]:
            raise ValueError
        days = {str(each["id"]): date.fromisoformat(each["statusDate"]) for each in whole["revokedCredential"]}
        return Withdrawals(badges.thumbprint(jwk), datetime.fromtimestamp(whole["iat"], UTC).date(), days)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        what, todo = "ce n'est pas une liste de badges retirés.", "Demandez au groupe sa liste."
        raise WrongBadge(Problem("Liste", what, todo)) from None


def check(badge: Recognised, lists: Iterable[Withdrawals]) -> date | None:
    """Return the day of the newest list of its own key that does not hold a badge; None when no list is known.

    Raises WithdrawnBadge. A list signed by another key says nothing of this badge.
    """
    known = [each for each in lists if each.issuer_print == badge.issuer_print]
    for each in known:
        if badge.id in each.days:
            raise WithdrawnBadge(each.days[badge.id])
    return max((each.on for each in known), default=None)
