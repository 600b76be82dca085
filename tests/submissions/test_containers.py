"""Mails and archives taken apart: every file inside under the way to it, within bounds, and none in silence."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from healthstats.domain.reading import Reading
from healthstats.intake import read_submission
from healthstats.intake.formats import containers, mail
from healthstats.synthetic.ole import compound
from healthstats.words import LANGUAGES, say
from tests.submissions.bieu9 import Sheet, context, facility, xls, xlsx
from tests.submissions.packing import FIFTH, LOGO, deep_mail, eml, msg, zipped

GOOD = xlsx(Sheet([facility(1, "Bệnh viện Quận 1")]))
OLD = xls(Sheet([facility(1, "Bệnh viện Quận 1")]))


def opened(data: bytes, name: str) -> Reading:
    reading = read_submission(name, data, context())
    for finding in reading.findings:
        assert all(say(f"finding.{finding.code}", lang, **finding.params) for lang in LANGUAGES)
    return reading


def names(reading: Reading) -> list[str]:
    return [one.name for one in reading.attachments]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(("pack", "kind"), [(zipped, "zip"), (eml, "eml"), (msg, "msg")])
def test_each_file_inside_is_a_submission_and_the_container_is_evidence(pack: object, kind: str) -> None:
    files = (
        {"BC Tháng 8.xls": OLD, "Quận 1/BC T8.xlsx": GOOD} if kind == "zip" else {"BC Tháng 8.xls": OLD, "b.xlsx": GOOD}
    )
    reading = opened(pack(files), f"gửi Sở.{kind}")  # type: ignore[operator]
    assert (reading.media, reading.verdict, reading.counts.found) == (kind, "accepted", 0)
    assert [(one.name, one.data) for one in reading.attachments] == [
        (f"gửi Sở.{kind} › {name}", data) for name, data in files.items()
    ]
    assert codes(reading) == ["CONTAINER_OPENED"]


@pytest.mark.parametrize("pack", [eml, msg])
def test_the_date_of_a_mail_goes_with_its_files_into_an_archive_too(pack: object) -> None:
    reading = opened(pack({"a.zip": zipped({"b.xlsx": GOOD})}), "thư")  # type: ignore[operator]
    assert [(one.name, one.sent_at) for one in reading.attachments] == [("thư › a.zip › b.xlsx", FIFTH)]
    assert reading.sent_at == FIFTH
    assert opened(pack({"b.xlsx": GOOD}, sent=None), "thư").sent_at is None  # type: ignore[operator]


def test_a_mail_embedded_in_a_mail_has_its_own_date() -> None:
    reading = opened(msg({"a.xlsx": OLD}, inner=GOOD), "thư.msg")
    assert [(one.name, one.data == GOOD, one.sent_at) for one in reading.attachments] == [
        ("thư.msg › a.xlsx", False, FIFTH),
        ("thư.msg › Thư chuyển tiếp.msg › bên trong.xlsx", True, datetime(2026, 9, 1, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("pack", [eml, msg])
def test_the_logo_of_a_signature_is_passed_over_and_a_photo_is_not(pack: object) -> None:
    reading = opened(pack({"b.xlsx": GOOD}, logo=LOGO), "thư")  # type: ignore[operator]
    assert (names(reading), codes(reading)) == (["thư › b.xlsx"], ["CONTAINER_OPENED", "CLUTTER_LEFT_OUT"])
    assert "image001.png" in str(reading.findings[1].params["names"])
    photo = LOGO + bytes(70_000)
    assert names(opened(pack({"b.xlsx": GOOD}, logo=photo), "thư")) == ["thư › b.xlsx", "thư › image001.png"]  # type: ignore[operator]


def test_what_programs_add_to_an_archive_is_passed_over() -> None:
    added = ("~$BC.xlsx", "a/Thumbs.db", "desktop.ini", "__MACOSX/a/BC.xlsx", ".DS_Store", "a/._BC.xlsx")
    reading = opened(zipped({**dict.fromkeys(added, b"x"), "a/BC.xlsx": GOOD}), "a.zip")
    assert names(reading) == ["a.zip › a/BC.xlsx"]
    assert reading.findings[1].params["files"] == len(added)


def test_a_name_that_a_program_wrote_without_its_encoding() -> None:
    archive = zipped({"T__ng 8.xlsx": GOOD}).replace(b"T__ng", "Táng".encode())
    assert names(opened(archive, "a.zip")) == ["a.zip › Táng 8.xlsx"]


def nested(depth: int) -> bytes:
    data = GOOD
    for level in range(depth):
        data = zipped({f"{level}.zip" if level else "BC.xlsx": data})
    return data


def test_three_archives_deep_is_opened_and_a_fourth_is_handed_out_and_refused() -> None:
    assert [one.data == GOOD for one in opened(nested(3), "a.zip").attachments] == [True]
    (left,) = opened(nested(4), "a.zip").attachments
    reading = read_submission(left.name, left.data, replace(context(), attached=True))
    assert (reading.verdict, codes(reading)) == ("rejected", ["CONTAINER_TOO_DEEP"])


def test_what_cannot_be_opened_inside_is_handed_out_as_it_is() -> None:
    reading = opened(
        zipped({"a.zip": zipped({"b.xlsx": GOOD})[:-30], "c.rar": b"Rar!\x1a\x07\x00", "d.xlsx": GOOD}), "z.zip"
    )
    assert names(reading) == ["z.zip › a.zip", "z.zip › c.rar", "z.zip › d.xlsx"]


def test_of_an_archive_that_breaks_half_way_nothing_is_taken() -> None:
    half = zipped({"a.xlsx": GOOD, "b.csv": b"1"}).replace(b"\xb7\xef\xdc\x83", bytes(4))
    assert names(opened(zipped({"half.zip": half}), "z.zip")) == ["z.zip › half.zip"]
    assert codes(opened(half, "half.zip")) == ["FILE_DAMAGED"]


def test_the_bounds_hold_for_all_that_is_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{number}.csv": b"x" for number in range(6)})
    monkeypatch.setattr(containers, "MOST_ENTRIES", 10)
    assert opened(zipped({"a.zip": inner}), "z.zip").verdict == "accepted"
    assert codes(opened(zipped({"a.zip": inner, "b.zip": inner}), "z.zip")) == ["ZIP_BOMB"]
    monkeypatch.setattr(containers, "MOST_ENTRIES", 100)
    monkeypatch.setattr(containers, "MOST_OUT", 100_000)
    bomb = zipped({"a.csv": bytes(90_000)})
    assert codes(opened(zipped({"a.zip": bomb, "b.zip": bomb}), "z.zip")) == ["ZIP_BOMB"]


@pytest.mark.parametrize("pack", [zipped, eml])
def test_what_memory_would_not_hold_is_to_be_unpacked_first(
    pack: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = random.Random(7).randbytes(500_000).hex().encode()
    monkeypatch.setattr(containers, "MOST_OUT", 10**6)
    assert opened(pack({"a.csv": figures}), "z").verdict == "accepted"
    for inside in ({"a.csv": figures + b"1"}, {"a.csv": figures, "b.csv": b"1"}):
        (found,) = opened(pack(inside), "z").findings
        assert (found.code, found.params) == ("CONTAINER_TOO_LARGE", {"limit": 1})
        assert "giải nén" in say(f"finding.{found.code}", "vi", **found.params)


def test_an_archive_too_large_in_another_is_handed_out_and_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_OUT", 10**6)
    inner = zipped({"a.csv": random.Random(7).randbytes(600_000).hex().encode()})
    (left,) = opened(eml({"a.zip": inner}), "z.eml").attachments
    reading = read_submission(left.name, left.data, replace(context(), attached=True))
    assert codes(reading) == ["CONTAINER_TOO_LARGE"]


def endless_table() -> bytes:
    """A zip whose table of members is 5 MB long."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(60):
            archive.writestr(zipfile.ZipInfo(f"{number}" + "x" * 60_000), b"")
            archive.filelist[-1].comment = b"y" * 30_000
    return file.getvalue()


def cut(data: bytes) -> bytes:
    return data[: data.rindex(b"--==")]


REFUSED = {
    "ZIP_BOMB": [zipped({"a.csv": bytes(20 << 20)}), endless_table()],
    "FILE_DAMAGED": [
        zipped({"a.csv": b"1"}).replace(b"\xb7\xef\xdc\x83", bytes(4)),
        zipped({"A.csv": b"1", "a.csv": b"2"}),
        eml({"a.csv": b"1,2,3,4,5,6"}).replace(b"MSwyLDMs", b"MSwy\xffLDMs"),
    ],
    "FILE_TRUNCATED": [zipped({"a.csv": b"1"})[:-20], cut(eml({"a.csv": b"1"})), msg({"a.xls": OLD})[:-4000]],
    "FILE_EMPTY": [zipped({}), zipped({"Thumbs.db": b"x"})],
    "FILE_ARCHIVE": [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"],
    "FILE_ENCRYPTED": [zipped({"a.csv": b"1"}).replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\x01")],
    "CONTAINER_TOO_DEEP": [compound(deep_mail(4))],
}


@pytest.mark.parametrize(("code", "data"), [(code, data) for code, files in REFUSED.items() for data in files])
def test_refused_whole_with_a_sentence_of_its_own(code: str, data: bytes) -> None:
    reading = opened(data, "thư")
    assert (reading.verdict, codes(reading), reading.attachments) == ("rejected", [code], ())


@pytest.mark.parametrize("data", [eml({}), eml({}, logo=LOGO), msg({})])
def test_a_mail_without_files_waits_for_a_person(data: bytes) -> None:
    reading = opened(data, "thư")
    assert (reading.verdict, codes(reading)) == ("quarantined", ["MAIL_WITHOUT_FILES"])


@pytest.mark.parametrize("data", [LOGO, b"%PDF-1.7\n"])
def test_a_picture_and_a_pdf_are_kept_and_wait_to_be_typed_in(data: bytes) -> None:
    reading = opened(data, "BC T8")
    assert (reading.verdict, reading.kept, reading.counts.found) == ("quarantined", "by_hand", 0)


MAIL = b"From: a@b.vn\nTo: c@d.vn\n"
CSV = b"Content-Type: text/csv; name=a.csv\n\na,b\n"


def within(depth: int) -> bytes:
    """A file in a part within a part within a part."""
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(depth))
    return MAIL + opening + CSV + b"".join(b"\n--%d--\n" % n for n in reversed(range(depth)))


def test_parts_within_parts_are_opened_and_too_many_refused() -> None:
    assert [one.data for one in opened(within(mail.NESTED), "a.eml").attachments] == [b"a,b\n"]
    assert codes(opened(within(mail.NESTED + 1), "a.eml")) == ["CONTAINER_TOO_DEEP"]


def beside(parts: int) -> bytes:
    return (
        MAIL + b"Content-Type: multipart/mixed; boundary=b\n" + b"\n--b\n\nx" * parts + b"\n--b\n" + CSV + b"\n--b--\n"
    )


def test_a_mail_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_ENTRIES", 10)
    assert names(opened(beside(9), "a.eml")) == ["a.eml › a.csv"]
    assert codes(opened(beside(10), "a.eml")) == ["ZIP_BOMB"]
    inner = beside(5).replace(b"=b\n", b"=i\n").replace(b"--b", b"--i")
    spread = beside(0).replace(b"\n--b\n", b"\n--b\n" + inner + b"\n--b\n" + inner + b"\n--b\n")
    assert codes(opened(spread, "a.eml")) == ["ZIP_BOMB"]


def test_of_too_many_parts_none_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A header takes as long to read as a thousand boundaries: of a million parts it would be minutes."""
    opened_parts: list[bytes] = []
    real = mail._opened
    monkeypatch.setattr(mail, "MOST_ENTRIES", 10)
    monkeypatch.setattr(mail, "_opened", lambda data: (opened_parts.append(data), real(data))[1])
    assert codes(opened(beside(10), "a.eml")) == ["ZIP_BOMB"]
    assert len(opened_parts) == 1


@pytest.mark.parametrize("line", [b"Content-Type: text/csv; name=a.csv", b"Subject: x", b"Date: x", b"Content-ID: x"])
def test_a_line_of_a_header_is_bounded(line: bytes) -> None:
    long, short = line + b"; a=b" * (mail.MOST_LINE // 4), line + b"; a=b" * (mail.MOST_LINE // 10)
    assert codes(opened(MAIL + short + b"\n" + CSV, "a.eml")) == ["CONTAINER_OPENED"]
    assert codes(opened(MAIL + long + b"\n" + CSV, "a.eml")) == ["FILE_DAMAGED"]


def test_a_header_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_HEAD", 200)
    assert codes(opened(MAIL + b"X-Y: z\n" * 10 + CSV, "a.eml")) == ["CONTAINER_OPENED"]
    assert codes(opened(MAIL + b"X-Y: z\n" * 40 + CSV, "a.eml")) == ["FILE_DAMAGED"]


def test_a_forwarded_mail_is_opened_as_it_was_sent() -> None:
    inner = MAIL + b"Subject: BC\n" + CSV
    outer = MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n%b\n--b--\n"
    assert names(opened(outer % inner, "a.eml")) == ["a.eml › BC.eml › a.csv"]
    digest = outer.replace(b"/mixed", b"/digest").replace(b"Content-Type: message/rfc822\n", b"")
    assert names(opened(digest % inner, "a.eml")) == ["a.eml › BC.eml › a.csv"]
    said = outer.replace(b"message/rfc822", b"message/delivery-status; name=a.txt")
    assert codes(opened(said % inner, "a.eml")) == ["MAIL_WITHOUT_FILES"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_mail_with_any_line_ends(end: bytes) -> None:
    (left,) = opened(within(2).replace(b"\n", end), "a.eml").attachments
    assert left.data == b"a,b" + end


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_damaged_nothing_raises_and_no_half_is_taken(seed: int) -> None:
    chance = random.Random(seed)
    whole = [zipped({"a.xls": OLD, "b.xlsx": GOOD}), eml({"a.xls": OLD}), msg({"a.xls": OLD}, inner=GOOD)]
    for _ in range(150):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 5))):
            at = chance.randrange(len(data))
            data[at] = chance.randrange(256)
        reading = opened(bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))]), "a")
        assert bool(reading.attachments) == (reading.kept == "opened")
        assert reading.attachments or any(finding.severity == "error" for finding in reading.findings)
