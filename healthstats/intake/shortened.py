"""What files shorten in a facility's name, written out: by this names are told apart for people, and never matched."""

from __future__ import annotations

import re
from functools import lru_cache

_LONG = {
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "bvdkkv": "benh vien da khoa khu vuc",
    "dk": "da khoa",
    "dkkv": "da khoa khu vuc",
    "h": "huyen",
    "hcm": "ho chi minh",
    "kv": "khu vuc",
    "nhs": "nha ho sinh",
    "p": "phuong",
    "phcn": "phuc hoi chuc nang",
    "pk": "phong kham",
    "pkdk": "phong kham da khoa",
    "pkdkkv": "phong kham da khoa khu vuc",
    "q": "quan",
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "ttyt": "trung tam y te",
    "tw": "trung uong",
    "tx": "thi xa",
    "tyt": "tram y te",
    "x": "xa",
    "yhct": "y hoc co truyen",
}
_WORD = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]+")


@lru_cache(maxsize=65_536)
def written_out(key: str) -> str:
    """A name's key with its abbreviations in full: `bv q1` is `benh vien quan 1`."""
    return " ".join(_LONG.get(word, word) for word in _WORD.findall(key))
