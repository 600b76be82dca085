"""Mails and archives as people send them: zip, .eml, and the .msg that Outlook saves."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

from healthstats.synthetic.ole import Storage, compound

LOGO = b"\x89PNG\r\n\x1a\n" + bytes(200)
FIFTH = datetime(2026, 9, 5, 16, 30, tzinfo=UTC)
"""Half past eleven at night in Vietnam, on the last day of the deadline."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # a fixed date: the same files give the same bytes
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 5, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def eml(files: Mapping[str, bytes], sent: datetime | None = FIFTH, logo: bytes = b"") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Trạm Y tế <tram@example.vn>", "soyte@example.vn", "Báo cáo tháng 8"
    if sent:
        mail["Date"] = sent
    mail.set_content("Kính gửi Sở Y tế.\n")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if logo:
        mail.add_attachment(
            logo, maintype="image", subtype="png", filename="image001.png", disposition="inline", cid="<logo>"
        )
    return mail.as_bytes()


def msg(files: Mapping[str, bytes], sent: datetime | None = FIFTH, logo: bytes = b"", inner: bytes = b"") -> bytes:
    """A mail with files; `inner`, the bytes of another .msg made here, is embedded as Outlook does."""
    return compound(_mail(files, sent, logo, header=32) | _embedded(files, inner))


def _mail(files: Mapping[str, bytes], sent: datetime | None, logo: bytes, header: int) -> dict[str, Storage | bytes]:
    ticks = (sent - datetime(1601, 1, 1, tzinfo=UTC)) if sent else None
    times = struct.pack("<IIQ", 0x0E060040, 6, int(ticks.total_seconds()) * 10**7) if ticks else b""
    mail: dict[str, Storage | bytes] = {
        "__properties_version1.0": bytes(header) + struct.pack("<IIQ", 0x0037001F, 6, 20) + times,
        "__substg1.0_0037001F": "Báo cáo".encode("utf-16-le"),
    }
    for number, (name, data) in enumerate(files.items()):
        mail[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": data,
        }
    if logo:
        mail[f"__attach_version1.0_#{len(files):08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3704001E": b"image001.png",
            "__substg1.0_3712001F": "logo".encode("utf-16-le"),
            "__substg1.0_37010102": logo,
        }
    return mail


def _embedded(files: Mapping[str, bytes], inner: bytes) -> Storage:
    if not inner:
        return {}
    mail = _mail({"bên trong.xlsx": inner}, datetime(2026, 9, 1, tzinfo=UTC), b"", header=24)
    attachment: Storage = {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3001001F": "Thư chuyển tiếp".encode("utf-16-le"),
        "__substg1.0_3701000D": mail,
    }
    return {f"__attach_version1.0_#{len(files) + 1:08X}": attachment}


def deep_mail(depth: int) -> Storage:
    """A mail within a mail within a mail."""
    mail = _mail({"a.csv": b"1"}, FIFTH, b"", header=24)
    for _ in range(depth - 1):
        inner = mail
        mail = _mail({}, FIFTH, b"", header=24)
        mail["__attach_version1.0_#00000000"] = {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner}
    return mail
