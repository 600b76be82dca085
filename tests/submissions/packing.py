"""Mails and archives as people send them: zip, .eml, and the .msg that Outlook saves."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage

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


Storage = dict[str, "Storage | bytes"]


def msg(files: Mapping[str, bytes], sent: datetime | None = FIFTH, logo: bytes = b"", inner: bytes = b"") -> bytes:
    """A mail with files; `inner`, the bytes of another .msg made here, is embedded as Outlook does."""
    return compound(_mail(files, sent, logo, header=32) | _embedded(files, inner))


def _mail(files: Mapping[str, bytes], sent: datetime | None, logo: bytes, header: int) -> Storage:
    ticks = (sent - datetime(1601, 1, 1, tzinfo=UTC)) if sent else None
    times = struct.pack("<IIQ", 0x0E060040, 6, int(ticks.total_seconds()) * 10**7) if ticks else b""
    mail: Storage = {
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


FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(root: Storage) -> bytes:
    """An OLE2 container: sectors of 512 bytes, streams below 4,096 bytes in the mini stream, siblings in one chain."""
    entries: list[list[object]] = [["Root Entry", 5, FREE, END, 0, None]]
    _list(root, entries, 0)
    mini, mini_table = bytearray(), list[int]()
    sectors: list[bytes] = []
    table: list[int] = []

    def place(data: bytes) -> int:
        first = len(sectors)
        parts = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(parts)
        table.extend([*range(first + 1, first + len(parts)), END] if parts else [])
        return first if parts else END

    for entry in entries[1:]:
        data = entry[5]
        if not isinstance(data, bytes):
            continue
        entry[4] = len(data)
        if len(data) >= 4096:
            entry[3] = place(data)
        elif data:
            entry[3] = first = len(mini_table)
            count = -(-len(data) // 64)
            mini += data.ljust(count * 64, b"\0")
            mini_table += [*range(first + 1, first + count), END]
    entries[0][3], entries[0][4] = place(bytes(mini)), len(mini)
    mini_first = place(b"".join(struct.pack("<I", number) for number in mini_table))
    folder = place(b"".join(_entry(entry) for entry in entries))
    count = 1
    while count * 128 < len(sectors) + count:
        count += 1
    table_at = len(sectors)
    table += [TABLE] * count
    padded = table + [FREE] * (count * 128 - len(table))
    sectors += [struct.pack("<128I", *padded[at : at + 128]) for at in range(0, len(padded), 128)]
    heads = [*range(table_at, table_at + count)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, count, folder, 0, 4096, mini_first, 1, END, 0)
    return header + struct.pack("<109I", *heads, *[FREE] * (109 - count)) + b"".join(sectors)


def _list(storage: Storage, entries: list[list[object]], parent: int) -> None:
    """Name, kind, right sibling, first sector or child, size, content: one entry a stream or storage."""
    before = -1
    children: list[tuple[int, Storage]] = []
    for name, content in storage.items():
        number = len(entries)
        entries.append([name, 1 if isinstance(content, dict) else 2, FREE, END, 0, content])
        if before < 0:
            entries[parent].append(number)
        else:
            entries[before][2] = number
        before = number
        if isinstance(content, dict):
            children.append((number, content))
    for number, content in children:
        _list(content, entries, number)


def _entry(entry: list[object]) -> bytes:
    name, kind, right, first, size, *_ = entry
    child = entry[6] if len(entry) > 6 else FREE
    text = str(name).encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    start = first if kind != 1 else 0
    return head + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
