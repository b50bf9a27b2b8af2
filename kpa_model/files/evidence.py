"""A photo or a certificate that a person gives: known by its content, small, silent on where it was taken.

A photo is drawn again from its points: place, day, device, thumbnails and anything hidden in the file stay behind. A
PDF is kept as it is, and what it says of its author with it.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from kpa_model.errors import Problem, UnreadableFile

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG, PDF = "image/jpeg", "application/pdf"
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
LARGEST_GIVEN = 20_000_000
LARGEST_PDF = LARGEST_PHOTO = 1_000_000
MOST_POINTS = 80_000_000
"""Points of a photo given: more is a trap, or a poster."""

SIDE = 1600
"""Points of the longest side of a photo kept: a certificate photographed whole can still be read."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_WHERE = "Preuve"


def kept(content: bytes) -> tuple[str, bytes]:
    """Return the type and the bytes to keep of a file that somebody chose. Raises UnreadableFile."""
    if len(content) > LARGEST_GIVEN:
        raise _refused(
            f"le fichier est trop gros : {LARGEST_GIVEN // 1_000_000} Mo au plus.", "Choisissez-en un autre."
        )
    if content.startswith(b"%PDF-"):
        return PDF, _certificate(content)
    return JPEG, _photo(content)


def _certificate(content: bytes) -> bytes:
    if len(content) > LARGEST_PDF:
        todo = "Photographiez-le, et donnez la photo."
        raise _refused(f"ce PDF est trop gros : {LARGEST_PDF // 1_000_000} Mo au plus.", todo)
    if b"%%EOF" not in content[-2048:]:
        raise _refused("ce PDF est coupé.", "Enregistrez-le de nouveau, ou photographiez-le.")
    return content


def _photo(content: bytes) -> bytes:
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as given:
            if given.width * given.height > MOST_POINTS:
                raise _refused("cette photo est trop grande.", "Choisissez une photo prise avec un téléphone.")
            given.draft("RGB", (SIDE, SIDE))
            return _small(_on_white(ImageOps.exif_transpose(given)))
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError):
        todo = "Choisissez une photo JPEG, PNG ou WebP, ou un PDF."
        raise _refused("ce n'est ni une photo, ni un PDF que nous savons lire.", todo) from None


def _on_white(given: Image) -> Image:
    from PIL.Image import new

    given.thumbnail((SIDE, SIDE))
    if "A" not in given.getbands() and "transparency" not in given.info:
        return given.convert("RGB")
    clear = given.convert("RGBA")
    ground = new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _small(photo: Image) -> bytes:
    """Return a JPEG of the points alone, as good as fits."""
    from PIL.Image import new

    bare = new("RGB", photo.size)
    bare.paste(photo)  # nothing of the file follows: neither EXIF, nor profile, nor comment
    for quality in (82, 65, 45):
        made = io.BytesIO()
        bare.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() <= LARGEST_PHOTO:
            return made.getvalue()
    raise _refused("cette photo reste trop lourde.", "Recadrez-la, puis recommencez.")


def _refused(what: str, todo: str) -> UnreadableFile:
    return UnreadableFile(Problem(_WHERE, what, todo))
