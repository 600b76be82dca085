"""What is no workbook and comes all the same: a scan, a photo, a locked workbook, a .rar, what Excel leaves behind."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256

from healthstats.synthetic.ole import compound

_GLYPHS = {
    "M": ("10001", "11011", "10101", "10101", "10001", "10001", "10001"),
    "O": ("01110", "10001", "10001", "10001", "10001", "10001", "01110"),
    "P": ("11110", "10001", "10001", "11110", "10000", "10000", "10000"),
    "H": ("10001", "10001", "10001", "11111", "10001", "10001", "10001"),
    "N": ("10001", "11001", "10101", "10011", "10001", "10001", "10001"),
    "G": ("01111", "10000", "10000", "10011", "10001", "10001", "01111"),
    " ": ("00000",) * 7,
}
_WORD, _DOT = "MO PHONG", 8
_WIDTH, _HEIGHT = 480, 640


def pdf(text: str) -> bytes:
    """A page with one line of ASCII text."""
    content = f"BT /F1 14 Tf 72 760 Td ({text}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + tail


def photo(seed: str) -> bytes:
    """A PNG of a ruled sheet that says MO PHONG; `seed` makes each another picture."""
    rows = [_ruled(y, seed) for y in range(_HEIGHT)]
    for y in range(7):
        bits = "0".join(_GLYPHS[letter][y] for letter in _WORD)
        for dot in range(_DOT):
            row = rows[40 + y * _DOT + dot]
            for x, bit in enumerate(bits):
                row[40 + x * _DOT : 40 + (x + 1) * _DOT] = [1 - int(bit)] * _DOT
    packed = b"".join(b"\0" + int("".join(map(str, row)), 2).to_bytes(_WIDTH // 8, "big") for row in rows)
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tEXt", b"Comment\0Du lieu mo phong"), (b"IDAT", _stored(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def locked(seed: str) -> bytes:
    """What Excel takes for a workbook with a password; no password opens it."""
    noise = b"".join(sha256(f"{seed} {number}".encode()).digest() for number in range(400))
    return compound({"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0" + noise[:200], "EncryptedPackage": noise})


def rar(seed: str) -> bytes:
    """The signature of a .rar and noise behind it: enough to know what it is, and nothing to unpack."""
    return b"Rar!\x1a\x07\x01\x00" + b"".join(sha256(f"{seed} {number}".encode()).digest() for number in range(64))


def lock_file() -> bytes:
    """What Excel lays beside a workbook that is open."""
    name = "Mo phong"
    return bytes([len(name)]) + name.encode().ljust(54, b" ") + struct.pack("<H", len(name)) + bytes(108)


def _ruled(y: int, seed: str) -> list[int]:
    if y < 140 or y > 600:
        return [1] * _WIDTH
    if y % 20 == 0:
        return [1] * 40 + [0] * (_WIDTH - 80) + [1] * 40
    shade = sha256(f"{seed} {y // 20}".encode()).digest()
    written = y % 20 in range(7, 15)
    return [
        int(not (40 <= x < _WIDTH - 40 and (x % 40 == 0 or (written and x % 40 > 12 and shade[x // 40] >> x % 8 & 1))))
        for x in range(_WIDTH)
    ]


def _stored(data: bytes) -> bytes:
    """Stored, not deflated: builds of zlib differ in what they make of the same bytes."""
    blocks = [data[at : at + 65_535] for at in range(0, len(data), 65_535)]
    body = b"".join(
        struct.pack("<BHH", block is blocks[-1], len(block), len(block) ^ 0xFFFF) + block for block in blocks
    )
    return b"\x78\x01" + body + struct.pack(">I", zlib.adler32(data))


def _chunk(one: tuple[bytes, bytes]) -> bytes:
    kind, data = one
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
