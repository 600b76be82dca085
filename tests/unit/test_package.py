"""A zip's members unpacked at once are what zipfile reads, and what zipfile refuses is refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from healthstats.intake.formats.package import Package

NAME, CONTENT = "xl/styles.xml", b"<styleSheet>" + b"<xf numFmtId='0'/>" * 40 + b"</styleSheet>"


def packed(how: int = zipfile.ZIP_DEFLATED, content: bytes = CONTENT) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("mimetype", "x")
        archive.writestr(NAME, content)
    return file.getvalue()


def streamed() -> bytes:
    """Sizes stand behind the content, as a program that writes to a pipe leaves them."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

    file = Pipe()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, CONTENT)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        packed(),
        packed(zipfile.ZIP_STORED),
        packed(zipfile.ZIP_BZIP2),
        packed(content=b""),
        streamed(),
        b"MZ" + packed(),
    ],
    ids=["deflated", "stored", "bzip2", "empty", "streamed", "behind a program"],
)
def test_a_member_is_what_zipfile_reads(data: bytes) -> None:
    assert Package(data).read(NAME) == zipfile.ZipFile(io.BytesIO(data)).read(NAME)


def test_the_usual_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("zipfile was asked"))
    assert Package(packed()).read(NAME) == CONTENT


def in_directory(data: bytes, at: int, by: int) -> bytes:
    """The zip with one byte of the entry in its table changed."""
    place = data.rindex(b"PK\x01\x02") + at
    return data[:place] + bytes([data[place] ^ by]) + data[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: in_directory(data, 16, 1),
        lambda data: in_directory(data, 8, 1),
        lambda data: data.replace(NAME.encode(), b"xl/other_.xml", 1),
        lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05"),
        lambda data: data[: data.index(NAME.encode()) + 20] + b"\xff" * 9 + data[data.index(NAME.encode()) + 29 :],
    ],
    ids=["checksum", "encrypted", "another name", "no header", "damaged content"],
)
def test_what_zipfile_refuses_is_refused(damage: Callable[[bytes], bytes]) -> None:
    data = damage(packed())
    with pytest.raises((zipfile.BadZipFile, RuntimeError, zlib.error)) as expected:
        zipfile.ZipFile(io.BytesIO(data)).read(NAME)
    with pytest.raises(expected.type):
        Package(data).read(NAME)
