"""Whether a word can be a Vietnamese syllable: its spelling is so narrow that a text in the wrong code fails it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# the last of the onsets are of the highlands: Krông, Plei, Brâu, M'Đrắk
_BEGINNINGS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x bl br dr đr gr hr j kl kr pl pr y"
_ENDINGS = """
a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âk âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi ok om on ong
ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh uêt uêu ui uk um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh yt
"""
_ONSETS = frozenset(["", *_BEGINNINGS.split()])
_RHYMES = frozenset(_ENDINGS.split())
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOPPED = frozenset("\u0301\u0323")
_HATTED = "ăâêôơư"
_LONGEST = 8


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """In any case and normal form; a syllable that ends in c, ch, k, p or t needs the tone that goes with it."""
    if len(word) > _LONGEST * 2:
        return False
    apart = _apart(word.lower())
    tones = [letter for letter in apart if ord(letter) in _TONES]
    bare = unicodedata.normalize("NFC", apart.translate(_TONES))
    if len(tones) > 1 or not any(_fits(bare[:cut], bare[cut:]) for cut in range(min(4, len(bare)))):
        return False
    if bare.endswith(("c", "ch", "k", "p", "t")) and not _STOPPED.issuperset(tones or " "):
        return False
    hatted = [place for place, letter in enumerate(bare) if letter in _HATTED]
    # the tone stands on the hatted letter: `ươ` has it on the second
    return not (tones and hatted) or _toned(word) == hatted[-1]


def _fits(onset: str, rhyme: str) -> bool:
    return onset in _ONSETS and rhyme in _RHYMES


def _toned(word: str) -> int:
    letters = map(_apart, unicodedata.normalize("NFC", word))
    return next(place for place, letter in enumerate(letters) if any(ord(mark) in _TONES for mark in letter))


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)
