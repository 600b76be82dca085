"""TCVN3 and VNI: their letters, and which code a text is in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthstats.intake.letters import tcvn3, vni
from healthstats.intake.letters.syllables import is_syllable
from healthstats.intake.letters.textcode import Font, draws_capitals, font_code, judge
from healthstats.words import CATALOGUE

TONED = """
a á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ e é è ẻ ẽ ẹ ê ế ề ể ễ ệ i í ì ỉ ĩ ị
o ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ u ú ù ủ ũ ụ ư ứ ừ ử ữ ự y ý ỳ ỷ ỹ ỵ
"""
VOWELS = TONED.split()
ACCENTED = [letter for letter in [*VOWELS, "đ"] if not letter.isascii()]
AREAS = [line.split(",")[1] for line in Path("pipelines/registers/areas.csv").read_text("utf-8").splitlines()[1:]]
CATALOGUED = " ".join(vietnamese for vietnamese, _ in CATALOGUE.values())
FONTS: tuple[Font, ...] = ("", "tcvn3", "vni")
PHRASES = re.findall(r"[^\W\d_]+(?: [^\W\d_]+)+", CATALOGUED) + AREAS


def in_tcvn3(text: str) -> str:
    """As typed in a font of TCVN3: a capital with a tone is its small letter."""
    codes = {letter: code for code, letter in tcvn3.LETTERS.items()}
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


def in_vni(text: str) -> str:
    codes = {letter: code for code, letter in reversed(vni.LETTERS.items())}
    return "".join(codes.get(letter, letter) for letter in text)


def test_every_letter_has_its_code() -> None:
    assert sorted(ACCENTED + list("ĂÂÊÔƠƯĐ")) == sorted(tcvn3.LETTERS.values())
    assert {*ACCENTED, *map(str.upper, ACCENTED)} == set(vni.LETTERS.values())


@pytest.mark.parametrize(
    ("text", "in_the_font", "in_vni_font"),
    [
        ("Bệnh viện Đa khoa Quảng Ngãi", "BÖnh viÖn §a khoa Qu¶ng Ng·i", "Beänh vieän Ña khoa Quaûng Ngaõi"),
        ("Trạm Y tế Phường Bến Nghé", "Tr¹m Y tÕ Ph\u00adêng BÕn NghÐ", "Traïm Y teá Phöôøng Beán Ngheù"),
        ("Số lượt khám chữa bệnh", "Sè l\u00adît kh¸m ch÷a bÖnh", "Soá löôït khaùm chöõa beänh"),
        ("ngày điều trị nội trú", "ngµy ®iÒu trÞ néi tró", "ngaøy ñieàu trò noäi truù"),
        ("Ỷ lại, kỹ thuật, Mỵ Châu", None, "YÛ laïi, kyõ thuaät, Mî Chaâu"),
        ("ẵm, ẩn, ẻo, ễnh, ỉu, ĩ, ỗ, ỡ, ủ, ũ, ở, ẳng", None, "aüm, aån, eûo, eãnh, æu, ó, oã, ôõ, uû, uõ, ôû, aúng"),
        ("THÀNH PHỐ HỒ CHÍ MINH", None, "THAØNH PHOÁ HOÀ CHÍ MINH"),
    ],
)
def test_as_the_fonts_draw_it(text: str, in_the_font: str | None, in_vni_font: str) -> None:
    assert vni.decode(in_vni_font) == text
    assert in_the_font is None or tcvn3.decode(in_the_font) == text


@pytest.mark.parametrize("letter", range(0x80, 0x100))
def test_a_byte_without_a_letter_is_not_decoded(letter: int) -> None:
    given_letters = {*tcvn3.LETTERS, "\xa0"}
    assert (tcvn3.decode(chr(letter)) is None) == (chr(letter) not in given_letters)
    assert (vni.decode("x" + chr(letter)) is None) == (
        "x" + chr(letter) not in {"x" + one for one in vni.LETTERS} | {"x\xa0"}
    )


@given(st.lists(st.sampled_from([*VOWELS, *map(str.upper, VOWELS), *"bcdđghklmnpqrstvxĐ 0123,.-/"])).map("".join))
def test_vni_gives_back_what_was_typed(text: str) -> None:
    assert vni.decode(in_vni(text)) == text


@given(st.lists(st.sampled_from([*VOWELS, *"ĂÂÊÔƠƯĐbcdđghklmnpqrstvxBCDGH 0123,.-/"])).map("".join))
def test_tcvn3_gives_back_what_was_typed(text: str) -> None:
    assert tcvn3.decode(in_tcvn3(text)) == text


@given(st.sampled_from(PHRASES), st.sampled_from(["NFC", "NFD"]))
def test_unicode_is_left_alone(phrase: str, form: str) -> None:
    for font in FONTS:
        judged = judge(unicodedata.normalize(form, phrase), font)
        # `Tân` in .VnTime is `Tõn`, perhaps: other cells tell
        assert judged.text == phrase
        assert judged.code == "unicode" or (judged.plain and judged.by_others)


@given(st.sampled_from([phrase for phrase in PHRASES if not phrase.isascii()]))
def test_old_code_is_read_or_left_but_never_as_other_words(phrase: str) -> None:
    for code, typed in (("tcvn3", in_tcvn3(phrase)), ("vni", in_vni(phrase))):
        by_letters, by_font = judge(typed), judge(typed, "vni" if code == "vni" else "tcvn3")
        for judged in (by_letters, by_font):
            if judged.code == code:
                assert judged.text.lower() == phrase.lower()
            else:
                assert judged.text == typed
        assert by_font.code == code or phrase.lower() in (by_font.meant.lower(), by_font.text.lower())


def test_most_names_need_no_font() -> None:
    names = [name for name in AREAS if not name.isascii()]
    for code, typed in (("tcvn3", in_tcvn3), ("vni", in_vni)):
        read = [judge(typed(name)).code == code for name in names]
        assert sum(read) / len(read) > 0.95, code


WESTERN = """
Hôpital général · Médecine préventive · Pédiatrie · Santé publique · Noël · naïf · maïs · laïc · où · déjà vu
été · très · près · dès · tôt · côté · côte · forêt · fenêtre · Île-de-France · Besançon · Orléans · français · garçon
œuvre · cœur · Düsseldorf · Köln · Zürich · Malmö · Göteborg · Ærø · Español · niño · São Paulo · Curaçao · Café · naïve
résumé · façade · 37 °C · m² · 5 µm · 10 µg · ±2 · ½ · £m · §5 · © 2023 · Excel® · KH¹ · 1ª · «été» · coût · goût · août
sûr · mûr · dû · crû · poêle · aîné · haïr · ambiguë · Saül · Raúl · Perú · Bogotá · más · según · tú · Müller · Jürgen
Bär · für · Öl · Åse · Übung · Straße · Grüße · l'hôpital · aujourd\u00adhui · co\u00adoperation
"""


@pytest.mark.parametrize("text", [text.strip() for text in re.split("[·\n]", WESTERN) if not text.isascii()])
def test_other_languages_and_signs_are_left_alone(text: str) -> None:
    judged = judge(text)
    assert judged.text == text
    assert judged.code == "unicode" or judged.by_others


@pytest.mark.parametrize(
    ("typed", "font", "text"),
    [
        ("Tân", "", None),
        ("Tân", "tcvn3", None),
        ("§K", "tcvn3", "ĐK"),
        ("§K", "", "§K"),
        ("BV§K TØnh §¾k L¾k", "", "BVĐK Tỉnh Đắk Lắk"),
        ("Phó Thä", "", "Phú Thọ"),
        ("Thä", "", None),
        ("Thä", "tcvn3", "Thọ"),
        ("BÖNH VIÖN", "", "BỆNH VIỆN"),
        ("“BÖnh viÖn” – Quý I", "tcvn3", "“Bệnh viện” – Quý I"),
        ("B\u00d6nh vi\u00d6n Qu\u00cbn\u00a01", "", "Bệnh viện Quận\u00a01"),
        ("Krông Búk", "tcvn3", "Krông Búk"),
        ("Kr«ng Bóc", "tcvn3", "Krông Búc"),
        ("Bệnh viện", "tcvn3", "Bệnh viện"),
        ("Hà Nội", "vni", "Hà Nội"),
        ("laïc", "vni", "lạc"),
        ("Sơn La", "tcvn3", "Sơn La"),
        # a keyboard of Windows-1258 made other letters of the bytes D2 and DE
        ("§i\u0309u tr\u0303", "", "Điều trị"),
    ],
)
def test_a_cell_by_its_letters_and_its_font(typed: str, font: Font, text: str | None) -> None:
    judged = judge(typed, font)
    assert (judged.text if judged.code else None) == text


def test_fonts() -> None:
    assert [
        font_code(name) for name in (".VnTime", ".vnarial narrow", "VnTimes", "VNI-Times", "Times New Roman", "")
    ] == [
        *["tcvn3"] * 3,
        "vni",
        "",
        "",
    ]
    assert [draws_capitals(name) for name in (".VnTimeH", ".VnTime", "VNI-TimesH")] == [True, False, False]


SYLLABLES = "bệnh viện nghiêng quyền khuỷu hoà hòa thuở giếng gì yếu Đắk ngoằn quốc ƯỚC ỷ huýt xoong"
NO_SYLLABLES = "cafộ bênhh tac bàc điêù nhg a1 tôt Hụpital xàá ừơ"


def test_syllables() -> None:
    for word in SYLLABLES.split():
        assert is_syllable(word), word
        assert is_syllable(unicodedata.normalize("NFD", word)), word


def test_no_syllables() -> None:
    for word in NO_SYLLABLES.split():
        assert not is_syllable(word), word
