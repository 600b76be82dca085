"""The fonts of a workbook's cells, looked up only where some cell's letters could be of an old font."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping

from healthstats.intake.formats import ole
from healthstats.intake.formats.biff import BOF, FORMULA, book_of, records, worksheets
from healthstats.intake.formats.guard import BROKEN
from healthstats.intake.formats.package import elements, read_xml, sheet_entries, targets
from healthstats.intake.formats.sheetbuilder import walk_xml
from healthstats.intake.formats.sheetscan import SheetFault, column_number
from healthstats.intake.formats.xlsb import ROW, STYLE, STYLES, TEXTS, sheets_of
from healthstats.intake.formats.xlsbstyles import read_styles, walk
from healthstats.intake.letters.textcode import font_code

Place = tuple[int, int]
Fonts = Mapping[str, Mapping[Place, str]]
"""Sheet → (row, column), 1-based → the font's name, for cells of text in a font of TCVN3 or VNI."""
_OLD = re.compile(rb"(?i)v\0?n\0?(?:[a-z]\0?){2}|v\0?n\0?i\0?[- ]")
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_FONT, _XF = 0x31, 0xE0
_TEXTS = frozenset((FORMULA, 0xFD, 0x204, 0xD6))
_LEFT_OUT = 4
"""No font has this number: the fifth is called 5."""


def fonts_of_xls(data: bytes) -> Fonts:
    """Empty where the workbook has no old font, or its records cannot be walked."""
    try:
        content = book_of(data)
        drawn = _drawn(content) if _OLD.search(content) else {}
        return {name: _cells(content, place, drawn) for name, place, _ in worksheets(content)} if drawn else {}
    except (ole.Damaged, struct.error, IndexError, UnicodeDecodeError):
        return {}


def fonts_of_xlsx(data: bytes) -> Fonts:
    """Empty where the workbook has no old font, or its styles cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            drawn = _drawn_in_xlsx(read_xml(archive, "xl/styles.xml"))
            if not drawn:
                return {}
            paths = targets(read_xml(archive, "xl/_rels/workbook.xml.rels"))
            entries = sheet_entries(read_xml(archive, "xl/workbook.xml"))
            return {name: _cells_of_xml(read_xml(archive, paths[relation]), drawn) for name, relation, _ in entries}
    except (*BROKEN, SheetFault):
        return {}


def fonts_of_xlsb(data: bytes) -> Fonts:
    """Empty where the workbook has no old font, or its records cannot be walked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = archive.read(STYLES)
            if not _OLD.search(styles):
                return {}
            fonts = read_styles(walk(styles), ()).fonts
            drawn = {number: font for number, font in enumerate(fonts) if font_code(font)}
            return {name: _cells_of_xlsb(archive.read(path), drawn) for name, path, _ in sheets_of(archive)}
    except (*BROKEN, SheetFault, IndexError):
        return {}


def _cells_of_xlsb(sheet: bytes, drawn: Mapping[int, str]) -> dict[Place, str]:
    found = {}
    row = 0
    for kind, body in walk(sheet):
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in TEXTS:
            column, style = struct.unpack_from("<II", body)
            if (number := style & STYLE) in drawn:
                found[row, column + 1] = drawn[number]
    return found


def _drawn_in_xlsx(styles: bytes) -> dict[str, str]:
    """The formats whose font is an old one, by number."""
    if not _OLD.search(styles):
        return {}
    fonts: list[str] = []
    formats: list[int] = []
    path: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        path.append(tag.rpartition(" ")[2])
        if path[1:] == ["fonts", "font"]:
            fonts.append("")
        elif path[1:] == ["fonts", "font", "name"]:
            fonts[-1] = said.get("val", "")
        elif path[1:] == ["cellXfs", "xf"]:
            formats.append(int(said.get("fontId", 0)))

    def end(_: str) -> None:
        path.pop()

    walk_xml(styles, start, end, lambda _: None)
    named = {str(number): fonts[font] for number, font in enumerate(formats) if font < len(fonts)}
    return {number: font for number, font in named.items() if font_code(font)}


def _cells_of_xml(xml: bytes, drawn: Mapping[str, str]) -> dict[Place, str]:
    found = {}
    for said in elements(xml, "c"):
        if said.get("s") in drawn and (place := place_of(said.get("r", ""))):
            found[place] = drawn[said["s"]]
    return found


def place_of(address: str) -> Place | None:
    """`F12` → (12, 6); None where it is no address."""
    found = _ADDRESS.fullmatch(address)
    return (int(found[2]), column_number(found[1].encode())) if found else None


def _drawn(content: bytes) -> dict[int, str]:
    """The formats whose font is an old one."""
    fonts: list[str] = []
    formats: list[int] = []
    is_biff8 = True
    for kind, body in records(content, 0):
        if kind == BOF:
            is_biff8 = struct.unpack_from("<H", body)[0] >= 0x600
        elif kind == _FONT:
            fonts.append(_name(body, is_biff8))
            if len(fonts) == _LEFT_OUT:
                fonts.append("")
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body)[0])
    named = {number: fonts[font] for number, font in enumerate(formats) if font < len(fonts)}
    return {number: font for number, font in named.items() if font_code(font)}


def _name(body: bytes, is_biff8: bool) -> str:
    length = body[14]
    if not is_biff8:
        return body[15 : 15 + length].decode("latin-1")
    return body[16 : 16 + 2 * length].decode("utf-16-le") if body[15] & 1 else body[16 : 16 + length].decode("latin-1")


def _cells(content: bytes, place: int, drawn: Mapping[int, str]) -> dict[Place, str]:
    found = {}
    for kind, body in records(content, place):
        if kind in _TEXTS:
            row, column, number = struct.unpack_from("<HHH", body)
            if number in drawn:
                found[row + 1, column + 1] = drawn[number]
    return found
