"""What a workbook that is a zip (.xlsx, .ods) says beside its values: what is hidden, struck, commented, units."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Set
from html import unescape
from xml.etree import ElementTree

from kpa_model.files.book.inside.beside import MONEY, Beside, Spot, without_author

_CELL = re.compile(r'[<]c r="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)[<]/c>)', re.DOTALL)
_LINE = re.compile(r'[<]row\b[^>]*?\br="(\d+)"([^>]*)>')
_COLUMN = re.compile(r"[<]col\b([^>]*)/?>")
_MERGED = re.compile(r'[<]mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_WORD = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(%)')
_STRUCK = "barré"
"""What stands for a unit where a style strikes its cells through."""
_OTHER_MONEY = re.compile(r"\[\$(?!€|EUR|-)([^\]-]+)|\b(CHF|USD|GBP|CAD|XPF|XOF|FCFA)\b|(?<!\[)([$£¥])", re.IGNORECASE)
"""The sign of a money that is not the euro, in a format of numbers."""
_LETTERS = re.compile(r"[^\W\d_]|%")
_SIGN = re.compile(r"['\u2032\u2019]")
_MINUTES = re.compile(r"""[^"]*[0#?] ?(?:" ?['\u2032\u2019]"|\\?['\u2032\u2019])""")
"""A format that writes the sign of minutes after its number: « 45' »."""


def rank(letters: str) -> int:
    """Return 0 for A, 25 for Z, 26 for AA."""
    total = 0
    for each in letters:
        total = total * 26 + ord(each) - ord("A") + 1
    return total - 1


def beside(archive: zipfile.ZipFile) -> dict[str, Beside]:
    """Return what each sheet of an xlsx or an ods says beside its values, by name."""
    names = set(archive.namelist())
    if "content.xml" in names:
        return _ods(archive.read("content.xml"))
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    try:
        parts = list(_parts(archive))
        formats = _formats(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
    except ElementTree.ParseError:
        return {}
    found = {
        name: _xlsx(archive.read(part).decode("utf-8", "replace"), formats) for name, part in parts if part in names
    }
    for name, part in parts:
        if name in found and (links := part.replace("worksheets/", "worksheets/_rels/") + ".rels") in names:
            found[name].comments |= _comments(archive, archive.read(links).decode("utf-8", "replace"))
    return found


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")).removeprefix("/").removeprefix("xl/") for link in links}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            yield str(sheet.get("name")), f"xl/{targets.get(link)}"


# --- xlsx -------------------------------------------------------------------------------------------------------------


def _formats(xml: bytes) -> dict[str, str]:
    """Return the words that a style of cell adds to a number, by rank of style: `min`, `h`, `€ TTC`, `%`."""
    root = ElementTree.fromstring(xml)
    space = root.tag.split("}")[0] + "}"
    told = {each.get("numFmtId"): str(each.get("formatCode")) for each in root.iter(f"{space}numFmt")}
    fonts = root.find(f"{space}fonts")
    struck = {
        str(at)
        for at, font in enumerate(fonts if fonts is not None else ())
        if (line := font.find(f"{space}strike")) is not None and line.get("val", "1") not in ("0", "false")
    }
    styles = root.find(f"{space}cellXfs")
    found = {}
    for at, style in enumerate(styles if styles is not None else ()):
        if style.get("fontId") in struck:
            found[str(at)] = _STRUCK
        elif word := unit_of(told.get(style.get("numFmtId"), "")):
            found[str(at)] = word
    return found


def unit_of(code: str) -> str:
    r"""Return the words that a format of numbers writes after them, or a sign of money; nothing for a bare number.

    >>> unit_of('0" min"'), unit_of('#,##0.00 "€"'), unit_of("0.0#%"), unit_of("#,##0.00"), unit_of("[$CHF] 0.00")
    ('min', '€', '', '', 'CHF')
    >>> unit_of('0.0," k€"'), unit_of('0.0 "k€"')
    ('euros', 'k€')
    >>> unit_of('0"\'"'), unit_of(r"#\'##0.00"), unit_of(r"0\'")
    ("'", '', "'")
    """
    code = code.split(";")[0]
    if _MINUTES.fullmatch(code):
        return "'"
    if MONEY in code and re.search(r"[0#?],+(?=[^0#?]*$)", re.sub(r'"[^"]*"|\\.', "", code)):
        return "euros"  # shown in thousands, kept in euros
    first = re.search(r"[0#?]", code)
    if first is None:
        return ""
    words = ["".join(found) for found in _WORD.findall(code[first.start() :])]
    word = " ".join("".join(words).split())
    plain = "%" in re.sub(r'"[^"]*"|\\.', "", code) or not _LETTERS.search(word)
    other = _OTHER_MONEY.search(code)
    return ((other[1] or other[2] or other[3]) if other else MONEY if MONEY in code else "") if plain else word


def _xlsx(xml: str, formats: Mapping[str, str]) -> Beside:
    found = Beside()
    for line, told in _LINE.findall(xml):
        if re.search(r'\bhidden="(1|true)"', told):
            found.hidden_lines.add(int(line))
    head = xml.split("<sheetData", 1)[0]
    for told in _COLUMN.findall(head):
        if re.search(r'\bhidden="(1|true)"', told):
            first, last = (
                int(each[1]) if (each := re.search(rf'\b{key}="(\d+)"', told)) else 0 for key in ("min", "max")
            )
            found.hidden_columns.update(range(first - 1, min(last, 300)))
    for first, top, last, bottom in _MERGED.findall(xml):
        found.merged.append(((int(top), rank(first)), (int(bottom), rank(last))))
    if formats or "<f" in xml:
        _xlsx_cells(xml, formats, found)
    return found


def _xlsx_cells(xml: str, formats: Mapping[str, str], found: Beside) -> None:
    for letters, line, told, content in _CELL.findall(xml):
        if not content:
            continue
        spot = int(line), rank(letters)
        if "<f" in content and not re.search(r"[<]v>[^<]|[<]is>", content) and 't="str"' not in told:
            found.uncomputed.add(spot)
        style = re.search(r'\bs="(\d+)"', told)
        if style and formats.get(style[1]) == _STRUCK:
            found.struck.add(spot)
        elif style and style[1] in formats and not re.search(r'\bt="(s|str|inlineStr|b|e)"', told):
            found.units[spot] = formats[style[1]]


_COMMENTED = re.compile(r'[<](?:\w+:)?comment\b[^>]*?\bref="([A-Z]+)(\d+)"[^>]*>(.*?)[<]/(?:\w+:)?comment>', re.DOTALL)


def _comments(archive: zipfile.ZipFile, links: str) -> dict[Spot, str]:
    """Return the comments of a sheet, by cell, without their author; `links` are those of the sheet to other parts."""
    found: dict[Spot, str] = {}
    for target in re.findall(r'Target="[^"]*?(comments/?\w*\.xml)"', links):
        part = next((name for name in archive.namelist() if name.endswith(f"/{target}")), "")
        xml = archive.read(part).decode("utf-8", "replace") if part else ""
        for letters, line, content in _COMMENTED.findall(xml):
            text = unescape("".join(re.findall(r"[<](?:\w+:)?t\b[^>]*>([^<]*)", content))).strip()
            found[int(line), rank(letters)] = without_author(text)
    return found


# --- ods --------------------------------------------------------------------------------------------------------------

_ODS = re.compile(
    r"[<]table:table (?P<table>[^>]*)>"
    r"|[<]table:table-row\b(?P<row>[^>]*)>"
    r"|[<]table:table-column\b(?P<column>[^>]*)>"
    r"|[<]table:(?:covered-)?table-cell\b(?P<cell>[^>]*?)(?:/>|>(?P<content>.*?)[<]/table:(?:covered-)?table-cell>)",
    re.DOTALL,
)


_ODS_STYLE = re.compile(r'[<]style:style\b[^>]*?style:name="([^"]*)"[^>]*?[^/]>(.*?)[<]/style:style>', re.DOTALL)
_THROUGH = re.compile(r'text-line-through-(?:style|type)="(?!none)')


def _ods(xml: bytes) -> dict[str, Beside]:
    sheets: dict[str, Beside] = {}
    text = xml.decode("utf-8", "replace")
    struck = {name for name, told in _ODS_STYLE.findall(text) if _THROUGH.search(told)}
    now, line, next_line, column, place = Beside(), 0, 1, 0, 0
    for each in _ODS.finditer(text):
        if (told := each["table"]) is not None:
            name = re.search(r'table:name="([^"]*)"', told)
            now = sheets.setdefault(unescape(name[1]) if name else "", Beside())
            line, next_line, column, place = 0, 1, 0, 0
        elif (told := each["row"]) is not None:
            line, column = next_line, 0
            next_line += (times := _times(told, "rows"))
            if 'table:visibility="' in told and 'visibility="visible"' not in told and times < 10_000:
                now.hidden_lines.update(range(line, next_line))
        elif (told := each["column"]) is not None:
            times = _times(told, "columns")
            if 'table:visibility="collapse"' in told and times < 300:
                now.hidden_columns.update(range(place, place + times))
            place += times
        else:
            _ods_cell(now, (line, column), each["cell"] or "", each["content"] or "", struck)
            column += _times(each["cell"] or "", "columns")
    return sheets


def _times(told: str, what: str) -> int:
    found = re.search(rf'number-{what}-repeated="(\d+)"', told)
    return int(found[1]) if found else 1


_NOTED = re.compile(r"[<]office:annotation\b[^>]*>(.*?)[<]/office:annotation>", re.DOTALL)


def _ods_cell(now: Beside, spot: Spot, told: str, content: str, struck: Set[str]) -> None:
    for note in _NOTED.findall(content):
        now.comments[spot] = unescape(re.sub(r"<[^>]+>", "", " ".join(re.findall(r"[<]text:p.*?[<]/text:p>", note))))
    content = _NOTED.sub("", content)
    if content and struck & set(re.findall(r'(?:table|text):style-name="([^"]*)"', told + content)):
        now.struck.add(spot)
    kind = re.search(r'office:value-type="(\w+)"', told)
    if "table:formula=" in told and kind is None and not content:
        now.uncomputed.add(spot)
    spans = [
        int(found[1]) if (found := re.search(rf'number-{what}-spanned="(\d+)"', told)) else 1
        for what in ("rows", "columns")
    ]
    if spans != [1, 1]:
        now.merged.append((spot, (spot[0] + spans[0] - 1, spot[1] + spans[1] - 1)))
    if kind and kind[1] == "float":
        shown = unescape(re.sub(r"<[^>]+>", "", content)).strip()
        after = re.match(r"^[-+]?[\d\s.,\u202f]+(.*)$", shown)
        if after and (_LETTERS.search(after[1]) or _SIGN.fullmatch(after[1].strip())) and "%" not in after[1]:
            now.units[spot] = after[1].strip()
    if kind and kind[1] == "currency" and MONEY in content:
        now.units[spot] = MONEY
