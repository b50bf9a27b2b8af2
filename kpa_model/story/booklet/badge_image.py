"""A badge that one can see: a picture that holds its own signature (« baked »), and a QR code that says whose it is.

Source:
    1EdTech, *Open Badges Specification* version 3.0, section 5.3: `openbadges:credential` just after `<svg>`, whose
    `verify` is the signed badge.
"""

from __future__ import annotations

import re
from textwrap import wrap

from kpa_model.assessment.badges import Recognised, WrongBadge
from kpa_model.declare.markup import Html, tag
from kpa_model.errors import Problem
from kpa_model.words import curled, day

_SPACE = "https://purl.imsglobal.org/ob/v3p0"
_BAKED = re.compile(r"<openbadges:credential\b[^>]*?\bverify\s*=\s*[\"']([\w.-]+)[\"']")
_LARGEST = 2_000_000
_LETTERS = 24
_QR = 300


def badge_svg(badge: Recognised, token: str) -> str:
    """Return the picture of a badge, which holds the badge itself and can be verified as its file can."""
    title = wrap(badge.title, _LETTERS)[:4]
    below = 128 + 34 * len(title)
    given = [*wrap(f"Donné par {badge.group}", 38)[:3], f"le {day(badge.on)}"]
    told = f"Badge « {badge.title} », pour {badge.person}, donné par {badge.group}, le {day(badge.on)}."
    names = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:openbadges": _SPACE, "viewBox": "0 0 400 760"}
    drawn = tag(
        "svg",
        tag("openbadges:credential", verify=token.strip()),
        tag("title", curled(told)),
        tag("rect", x=4, y=4, width=392, height=752, rx=26, fill="#fffaf4", stroke="#a23f00", stroke_width=6),
        tag("path", d="M200 22l11 22 24 4-17 17 4 24-22-11-22 11 4-24-17-17 24-4z", fill="#a23f00"),
        [_line(each, 128 + 34 * at, 26, "bold") for at, each in enumerate(title)],
        [_line(each, below + 8 + 28 * at, 20) for at, each in enumerate(wrap(f"pour {badge.person}", 30)[:2])],
        [_line(each, below + 76 + 24 * at, 17) for at, each in enumerate(given)],
        _qr(badge),
        role="img",
        **names,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


def _line(text: str, y: int, size: int, weight: str = "normal") -> Html:
    return tag(
        "text", curled(text), x=200, y=y, font_family="system-ui, sans-serif", font_size=size, font_weight=weight,
        text_anchor="middle", fill="#1f2328",
    )  # fmt: skip


def _qr(badge: Recognised) -> Html:
    """Return what a phone reads: whose badge, which key, and how to verify it. A signed badge is too long for one."""
    import segno

    said = (
        f"Badge : {badge.title}", f"Pour : {badge.person}", f"Se dit donné par : {badge.group}, le {day(badge.on)}",
        f"Numéro : {badge.id}", f"Empreinte de la clé : {badge.issuer_print}",
        "Ce code se lit, il ne prouve rien. L'image, ou son fichier, se vérifie.",
    )  # fmt: skip
    rows = [*segno.make("\n".join(said), error="m", micro=False, encoding="utf-8").matrix_iter(border=2)]
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    scale = _QR / len(rows)
    placed = f"translate({200 - _QR // 2} {740 - _QR}) scale({scale:.4f})"
    ground = tag("rect", width=len(rows), height=len(rows), fill="#fff")
    return tag("g", ground, tag("path", d=dark, fill="#000"), transform=placed)


def token_in(content: bytes) -> str:
    """Return the signed badge of a file: the badge itself, or the picture that holds it. Raises WrongBadge."""
    text = content[:_LARGEST].decode("utf-8", "replace").strip()
    if "<svg" not in text:
        return text
    found = _BAKED.search(text)
    if found is None:
        todo = "Demandez au groupe le fichier du badge."
        raise WrongBadge(Problem("Badge", "cette image ne contient pas de badge.", todo))
    return found[1]
