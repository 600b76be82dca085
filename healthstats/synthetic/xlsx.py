"""Sheets as an .xlsx: the same bytes for the same sheets, on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from healthstats.synthetic.packing import zipped
from healthstats.synthetic.workbook import Formula, Line, Sheet, Style, Value, address, lines, merged, width

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES: dict[Style, str] = {
    "plain": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "title": '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    "header": '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" '
    'applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>',
    "numbers": '<xf numFmtId="0" fontId="2" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" '
    'applyAlignment="1"><alignment horizontal="center"/></xf>',
    "text": '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>',
    "figure": '<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" '
    'applyAlignment="1"><alignment horizontal="right"/></xf>',
    "strong text": '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>',
    "strong figure": '<xf numFmtId="3" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" '
    'applyFont="1" applyBorder="1"/>',
}
_NUMBER = {style: number for number, style in enumerate(_STYLES)}
_FONT = '<font>{}<sz val="11"/><name val="Times New Roman"/><family val="1"/></font>'
_SIDES = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
_STYLE_SHEET = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.###"/></numFmts>'
    f'<fonts count="3">{_FONT.format("")}{_FONT.format("<b/>")}{_FONT.format("<i/>")}</fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_SIDES}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_STYLES)}">{"".join(_STYLES.values())}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes."""
    numbers = range(1, len(sheets) + 1)
    texts: dict[str, int] = {}
    pages = [_page(sheet, texts) for sheet in sheets]
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_title(sheets))}</dc:title></cp:coreProperties>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, sheet in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{len(sheets) + 2}" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLE_SHEET,
        **{f"xl/worksheets/sheet{number}.xml": page for number, page in zip(numbers, pages, strict=True)},
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in texts)
        + "</sst>",
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def _title(sheets: Sequence[Sheet]) -> str:
    return "".join(sheets[0].heading[:1])


def _content_types(numbers: Sequence[int]) -> str:
    kinds = {
        "workbook.xml": "sheet.main",
        "styles.xml": "styles",
        "sharedStrings.xml": "sharedStrings",
        **{f"worksheets/sheet{number}.xml": "worksheet" for number in numbers},
    }
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_PROPERTIES}"/>'
        + "".join(f'<Override PartName="/xl/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in kinds.items())
        + "</Types>"
    )


def _page(sheet: Sheet, texts: dict[str, int]) -> str:
    rows = [*lines(sheet)]
    below = sheet.top + sheet.depth + 1
    last = address(rows[-1].row, len(sheet.columns) - 1)
    spans = [f'<mergeCell ref="{address(*span[:2])}:{address(*span[2:])}"/>' for span in merged(sheet)]
    widths = (
        f'<col min="{number}" max="{number}" width="{width(column)}" customWidth="1"/>'
        for number, column in enumerate(sheet.columns, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/><sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="{below}" '
        f'topLeftCell="{address(below, 2)}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{"".join(widths)}</cols>'
        f"<sheetData>{''.join(_row(line, texts) for line in rows)}</sheetData>"
        + (f'<mergeCells count="{len(spans)}">{"".join(spans)}</mergeCells>' if spans else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _row(line: Line, texts: dict[str, int]) -> str:
    look = ' hidden="1"' if line.hidden else f' ht="{line.height}" customHeight="1"' if line.height else ""
    return f'<row r="{line.row + 1}"{look}>{"".join(_cells(line, texts))}</row>'


def _cells(line: Line, texts: dict[str, int]) -> Iterator[str]:
    for column, value, style in line.cells:
        yield f'<c r="{_letters(column)}{line.row + 1}" s="{_NUMBER[style]}"{_content(value, texts)}'


def _content(value: Value, texts: dict[str, int]) -> str:
    if value is None:
        return "/>"
    if isinstance(value, Formula):
        # without <v> nobody has calculated it
        formula = f"<f>{escape(value.expression)}</f>"
        return f">{formula}</c>" if value.shown is None else f' t="e">{formula}<v>{value.shown}</v></c>'
    if isinstance(value, str):
        return f' t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    return f"><v>{value!r}</v></c>"


@lru_cache(maxsize=256)
def _letters(column: int) -> str:
    return address(0, column)[:-1]
