"""Formulas' results put back into a workbook: openpyxl writes a formula without the value that it last gave."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

Result = tuple[str, str]
"""The cell's type as it is spelt in XML (`n`, `str`, `b`, `e`) and its text."""
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f(?:[^>]*/>|[^>]*>[^<]*</f>))(?:<v ?/>|<v></v>)?</c>')


def put_back(saved: bytes, results: Mapping[str, Mapping[str, Result]]) -> bytes:
    """`results` of each part (`xl/worksheets/sheet2.xml`) by cell; a formula without one stays without."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(saved)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            known = results.get(member.filename)
            new.writestr(member, _filled(content, known) if known else content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _filled(xml: bytes, known: Mapping[str, Result]) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        result = known.get(found[1].decode())
        if result is None:
            return found[0]
        kind, text = result
        spelt = b"" if kind == "n" else f' t="{kind}"'.encode()
        return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (found[1], found[2], spelt, found[3], escape(text).encode())

    return _FORMULA.sub(fill, xml)
