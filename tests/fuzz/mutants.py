"""Files gone wrong at random: in their bytes, in a member of their zip, in their tags and numbers, in their fields."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from random import Random

MEANT = (b"<", b">", b"&", b'"', b"/", b"\0", b"99999999", b"-1", b"XFD1048576", b"&#0;", b"&#xFFFE;", b"\xff\xfe")
"""Bytes to which XML, CSV or a spreadsheet gives a meaning."""
ODD = (
    *(b"", b"-1", b"0", b"1e309", b"NaN", b"inf", b"1e-400", b"99999999999999999999", b"2147483648", b"65536", b"0x10"),
    *(
        b"1.5",
        b"1.234.567,8",
        b"=1+1",
        b"#DIV/0!",
        "１２".encode(),
        b"\xc2\xa0",
        b"T13/2026",
        b"31/02/2026",
        b"A" * 40_000,
    ),
)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_NUMBER = re.compile(rb"(?<=[>\"=,;\t])[0-9][0-9.,]*|(?<=r=\")[A-Z]+[0-9]+")
_ENDS = (b"\n", b"\r", b"\r\n", b"\n\n")


def mutant(data: bytes, chance: Random) -> bytes:
    """The file with one to three faults; a zip mostly in what is packed inside, so that it still opens."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = _packed(data, chance) if data.startswith(b"PK") and chance.random() < 0.9 else _plain(data, chance)
    return data


def _plain(data: bytes, chance: Random) -> bytes:
    return chance.choice((bytes_changed, tags_changed, numbers_changed, numbers_changed, lines_changed))(data, chance)


def _packed(data: bytes, chance: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return bytes_changed(data, chance)
    if not members:
        return bytes_changed(data, chance)
    # most members of a workbook are its styles and properties: its sheets and texts are what is read
    read = [name for name in members if re.search(r"sheet\d|sharedStrings|workbook|content|styles|BC", name)]
    name = chance.choice(read or list(members))
    match chance.randrange(12):
        case 0:
            del members[name]
        case 1:
            members[name] = members[chance.choice(list(members))]
        case _:
            members[name] = _plain(members[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def bytes_changed(data: bytes, chance: Random) -> bytes:
    """Bytes replaced, dropped, doubled, cut off, or turned into what a format gives a meaning."""
    some = bytearray(data or b"\0")
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(some) + 1)
        match chance.randrange(6):
            case 0:
                some[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del some[at : at + chance.choice((1, 40))]
            case 2:
                some[at:at] = some[chance.randrange(len(some) + 1) :][:40]
            case 3:
                some[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x80", b"\x01\0\0\0"))
            case 4 if chance.random() < 0.2:
                del some[at:]
            case _:
                some[at : at + 1] = chance.choice(MEANT)
    return bytes(some)


def tags_changed(data: bytes, chance: Random) -> bytes:
    """A tag dropped, doubled, or put where another stood."""
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return bytes_changed(data, chance)
    one, other = chance.choice(tags), chance.choice(tags)
    new = (b"", one[0] + one[0], other[0], b"<!--" + one[0], one[0] * 300)[chance.randrange(5)]
    return data[: one.start()] + new + data[one.end() :]


def numbers_changed(data: bytes, chance: Random) -> bytes:
    """Numbers, addresses and attributes turned into odd ones, or into one another."""
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return bytes_changed(data, chance)
    for _ in range(chance.choice((1, 3))):
        one = chance.choice(numbers)
        new = chance.choice(ODD) if chance.random() < 0.7 else chance.choice(numbers)[0]
        data = data[: one.start()] + new.ljust(len(one[0])) + data[one.end() :]
        numbers = list(_NUMBER.finditer(data))
        if not numbers:
            break
    return data


def lines_changed(data: bytes, chance: Random) -> bytes:
    """Lines doubled, dropped, joined, exchanged, quoted, cut by another separator, ended otherwise, in another code."""
    lines = data.splitlines(keepends=True) or [b""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            lines[at:at] = [lines[other]] * chance.choice((1, 50))
        case 1:
            del lines[at]
        case 2:
            lines[at] = lines[at].rstrip(b"\r\n") + chance.choice((b"", b",", b";", b"\t", b'"', b'""'))
        case 3:
            lines[at], lines[other] = lines[other], lines[at]
        case 4:
            lines[at] = lines[at].replace(b",", chance.choice((b",,", b";", b"\t", b'","', b"|", b'"')))
        case 5:
            lines = [line.rstrip(b"\r\n") + chance.choice(_ENDS) for line in lines]
        case 6:
            whole = data.decode("utf-8", "replace")
            return whole.encode(chance.choice(("utf-16", "utf-16-be", "cp1258", "utf-8-sig", "utf-7")), "replace")
        case _:
            lines[at] = chance.choice(ODD) + b"," + lines[at]
    return b"".join(lines)
