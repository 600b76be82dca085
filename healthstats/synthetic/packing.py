"""Files as people send them on: a zip, a mail saved as .eml, a mail saved by Outlook as .msg."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO
from urllib.parse import quote
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from healthstats.synthetic.ole import Storage, compound

Files = Mapping[str, bytes]
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOUNDARY = "----=_mo_phong_0001"
_TICKS_FROM = datetime(1601, 1, 1, tzinfo=UTC)
_UNICODE, _TIME, _NUMBER = 0x1F, 0x40, 0x03
_DELIVERED, _SUBMITTED = 0x0E06, 0x0039


def zipped(files: Files) -> bytes:
    """A zip of stored members: deflate gives other bytes from other builds of zlib."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, data in files.items():
            member = ZipInfo(name, _ZIP_EPOCH)
            member.create_system = 3
            archive.writestr(member, data)
    return buffer.getvalue()


def eml(subject: str, sent: datetime, text: str, files: Files) -> bytes:
    """A mail with attachments; written out here because the library draws its boundaries by lot."""
    lines = [
        "From: =?utf-8?B?{}?= <mophong@example.vn>".format(_base64("Cơ sở mô phỏng")),
        "To: baocao@example.vn",
        f"Subject: =?utf-8?B?{_base64(subject)}?=",
        f"Date: {format_datetime(sent)}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_folded(_base64(text)),
    ]
    for name, data in files.items():
        lines += [
            f"--{_BOUNDARY}",
            "Content-Type: application/octet-stream",
            "Content-Transfer-Encoding: base64",
            f"Content-Disposition: attachment; filename*=utf-8''{quote(name)}",
            "",
            *_folded(b64encode(data).decode()),
        ]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode("ascii")


def msg(subject: str, sent: datetime, text: str, files: Files) -> bytes:
    """The same as Outlook saves it. [MS-OXMSG]"""
    ticks = int((sent - _TICKS_FROM).total_seconds()) * 10**7
    times = b"".join(struct.pack("<HHIQ", _TIME, number, 6, ticks) for number in (_SUBMITTED, _DELIVERED))
    header = struct.pack("<8xIIII8x", 0, len(files), 0, len(files))
    texts = {"001A": "IPM.Note", "0037": subject, "0C1A": "Cơ sở mô phỏng", "1000": text}
    mail: dict[str, Storage | bytes] = {
        "__nameid_version1.0": {f"__substg1.0_{number}0102": b"" for number in ("0002", "0003", "0004")},
        "__properties_version1.0": header + times + _sizes(texts),
        **_texts(texts),
    }
    for number, (name, data) in enumerate(files.items()):
        names = {"3001": name, "3704": name, "3707": name}
        by_value = struct.pack("<HHIII", _NUMBER, 0x3705, 6, 1, 0)
        content = struct.pack("<HHIII", 0x0102, 0x3701, 6, len(data), 0)
        mail[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8) + by_value + content + _sizes(names),
            "__substg1.0_37010102": data,
            **_texts(names),
        }
    return compound(mail)


def _texts(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {f"__substg1.0_{number}{_UNICODE:04X}": text.encode("utf-16-le") for number, text in texts.items()}


def _sizes(texts: Mapping[str, str]) -> bytes:
    sizes = ((int(number, 16), len(text.encode("utf-16-le")) + 2) for number, text in texts.items())
    return b"".join(struct.pack("<HHIII", _UNICODE, number, 6, size, 0) for number, size in sizes)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _folded(text: str) -> list[str]:
    return [text[at : at + 76] for at in range(0, len(text), 76)]
