"""Bytes to letters, and letters to the key on which names are compared."""

from __future__ import annotations

import unicodedata

import pytest

from healthstats.intake.text import UnreadableText, decode, fold

HEADER = "cơ sở,kỳ,chỉ tiêu,giá trị\nBệnh viện Quận 1,T8/2026,Lượt khám,12\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("ĐÀ  NẴNG", "Đà Nẵng"),
        (unicodedata.normalize("NFD", "Số lượt điều trị"), "Số lượt điều trị"),
        ("Giường bệnh\nthực tế", "Giường bệnh thực tế"),
        ("TE < 15 tuổi", "TE<15 tuổi"),
        ("BV_Quận-1", "BV Quận 1"),
        ("Mã\u00a0cơ sở:", "Mã cơ sở"),
    ],
)
def test_spellings_of_one_label_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_under_fifteen_is_not_fifteen() -> None:
    assert fold("TE<15 tuổi") == "te<15 tuoi"
    assert fold("TE<15 tuổi") != fold("TE 15 tuổi")
    assert fold("Tỷ lệ (%)") != fold("Tỷ lệ")


def cp1258(text: str) -> bytes:
    """Windows-1258 as Windows writes it: a letter with its hat, then the tone."""
    marks = {"\u0300": b"\xcc", "\u0301": b"\xec", "\u0303": b"\xde", "\u0309": b"\xd2", "\u0323": b"\xf2"}
    written = b""
    for letter in text:
        tone = next((mark for mark in unicodedata.normalize("NFD", letter) if mark in marks), "")
        bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(tone, "")) if tone else letter
        written += bare.encode("cp1258") + (marks[tone] if tone else b"")
    return written


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (HEADER.encode("utf-8"), "utf-8"),
        (unicodedata.normalize("NFD", HEADER).encode("utf-8"), "utf-8"),
        (HEADER.encode("utf-8-sig"), "utf-8-sig"),
        (HEADER.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + HEADER.encode("utf-16-be"), "utf-16"),
        (cp1258(HEADER), "cp1258"),
    ],
)
def test_every_encoding_gives_the_same_letters(data: bytes, encoding: str) -> None:
    assert decode(data) == (HEADER, encoding)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"B\xd6nh vi\xd6n Qu\xcbn 1", 1),  # TCVN3: read as Windows-1258 it would be another name
        ("Malmö, Göteborg".encode("latin-1"), 4),
        (b"\xef\xbb\xbfabc\xff", 3),
        ("Bệnh viện".encode()[:-2] + b"\xff", 9),
        ("là ".encode() + b"\xfd", 4),
        (b"\xca\xd5\x81", 0),
    ],
)
def test_what_fits_no_encoding_is_refused_with_its_place(data: bytes, offset: int) -> None:
    with pytest.raises(UnreadableText) as refused:
        decode(data)
    assert refused.value.offset == offset
