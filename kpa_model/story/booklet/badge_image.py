"""A badge that one can see: a picture that holds its own signature (« baked »), and a QR code that says whose it is.

Source:
    1EdTech, *Open Badges Specification* version 3.0, section 5.3: `openbadges:credential` just after `<svg>`, whose
    `verify` is the signed badge.
"""

from __future__ import annotations

import re
from textwrap import wrap
from xml.sax.saxutils import escape

import segno

from kpa_model.assessment.badges import Recognised, WrongBadge
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
    lines = [_line(each, 128 + 34 * at, 26, bold=True) for at, each in enumerate(title)]
    below = 128 + 34 * len(title)
    lines += [_line(each, below + 8 + 28 * at, 20) for at, each in enumerate(wrap(f"pour {badge.person}", 30)[:2])]
    given = [*wrap(f"Donné par {badge.group}", 38)[:3], f"le {day(badge.on)}"]
    lines += [_line(each, below + 76 + 24 * at, 17) for at, each in enumerate(given)]
    told = escape(f"Badge « {badge.title} », pour {badge.person}, donné par {badge.group}, le {day(badge.on)}.")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{_SPACE}"'
        f' viewBox="0 0 400 760" role="img"><openbadges:credential verify="{token.strip()}"></openbadges:credential>'
        f"<title>{curled(told)}</title>"
        '<rect x="4" y="4" width="392" height="752" rx="26" fill="#fffaf4" stroke="#a23f00" stroke-width="6"/>'
        '<path d="M200 22l11 22 24 4-17 17 4 24-22-11-22 11 4-24-17-17 24-4z" fill="#a23f00"/>'
        f"{''.join(lines)}{_qr(badge)}</svg>\n"
    )


def _line(text: str, y: int, size: int, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    style = f'font-family="system-ui, sans-serif" font-size="{size}"{weight} text-anchor="middle" fill="#1f2328"'
    return f'<text x="200" y="{y}" {style}>{curled(escape(text))}</text>'


def _qr(badge: Recognised) -> str:
    """Return what a phone reads: whose badge, which key, and how to verify it. A signed badge is too long for one."""
    said = (
        f"Badge : {badge.title}", f"Pour : {badge.person}", f"Se dit donné par : {badge.group}, le {day(badge.on)}",
        f"Numéro : {badge.id}", f"Empreinte de la clé : {badge.issuer_print}",
        "Ce code se lit, il ne prouve rien. L'image, ou son fichier, se vérifie.",
    )  # fmt: skip
    made = segno.make("\n".join(said), error="m", micro=False, encoding="utf-8")
    drawn = made.svg_inline(omitsize=True, border=2, lineclass=None, svgclass=None)
    placed = drawn.replace("<svg ", f'<svg x="{200 - _QR // 2}" y="{740 - _QR}" width="{_QR}" height="{_QR}" ', 1)
    return f'<rect x="{200 - _QR // 2}" y="{740 - _QR}" width="{_QR}" height="{_QR}" fill="#fff"/>{placed}'


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
