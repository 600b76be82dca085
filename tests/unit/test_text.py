"""Bytes to letters, and letters to the key on which names are compared."""

from __future__ import annotations

import unicodedata

import pytest

from healthstats.intake.letters.text import UnreadableText, decode, fold, utf16_order
from tests.unit.test_oldcode import in_tcvn3, in_vni

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
    assert fold("TE<15 tuổi") == fold("TE < 15_-_ tuổi") == "te<15 tuoi"
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
        (HEADER.encode("utf-16-le"), "utf-16-le"),
        (HEADER.encode("utf-16-be"), "utf-16-be"),
        (cp1258(HEADER), "cp1258"),
        (in_tcvn3(HEADER).encode("latin-1"), "tcvn3"),
        (in_vni(HEADER).encode("latin-1"), "vni"),
        # as a program writes it that takes the letters for Latin-1
        (in_tcvn3(HEADER).encode("utf-8"), "tcvn3"),
        (in_vni(HEADER).encode("utf-16"), "vni"),
    ],
)
def test_every_encoding_gives_the_same_letters(data: bytes, encoding: str) -> None:
    assert decode(data) == (HEADER, encoding)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        # two names in TCVN3, and a byte that has no letter there
        (b"B\xd6nh vi\xd6n Qu\xcbn 1, \xff", 1),
        # half in Windows-1258, half in TCVN3
        (cp1258("Bệnh viện Quận") + in_tcvn3("; Trạm Y tế Phường").encode("latin-1"), 1),
        # a word of thirteen holds a byte that no font draws
        (in_tcvn3(HEADER * 2).encode("latin-1") + b"x\xff", 1),
        # Vietnamese in both codes: `Tân, Phó …` and `Tõn, Phú …`
        ("Tân, Phó, Lé, Bé, Tá, Nó, Cá, Mé".encode("latin-1"), 1),
        # too few words: `là c` or the French `laïc`
        ("laïc, où".encode("latin-1"), 2),
        (HEADER.encode("utf-16-le")[:-1], 2 * len(HEADER) - 2),
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


@pytest.mark.parametrize(
    "text", ["Nom;Âge\nHôpital général;5\nété;7", "Name;Value\nMüller;5\nPérez;6", "5 µm; £m; KH¹"]
)
def test_other_languages_in_utf_8_are_left_alone(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


def test_french_bytes_are_french_words() -> None:
    text = "Nom;Âge\nHôpital général;5\nété;7"
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("data", [b"", b"abcd", b"a\0\0\0b\0\0\0", b"\x01\0\x02\0", b"abcdefgh\0abcdefgh", bytes(8)])
def test_zeros_alone_make_no_utf_16(data: bytes) -> None:
    assert utf16_order(data) == ""
