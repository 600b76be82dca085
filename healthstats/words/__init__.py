"""Every sentence a person reads, once, in Vietnamese and English."""

from __future__ import annotations

from typing import Literal

from healthstats.words import (
    book,
    commands,
    decisions,
    errors,
    estimate,
    findings,
    help,
    marks,
    models,
    proposals,
    register,
    screens,
    status,
    storage,
)

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")

CATALOGUE: dict[str, tuple[str, str]] = {
    **errors.SENTENCES,
    **storage.SENTENCES,
    **findings.SENTENCES,
    **screens.SENTENCES,
    **commands.SENTENCES,
    **decisions.SENTENCES,
    **help.SENTENCES,
    **register.SENTENCES,
    **marks.SENTENCES,
    **models.SENTENCES,
    **proposals.SENTENCES,
    **status.SENTENCES,
    **book.SENTENCES,
    **estimate.SENTENCES,
}


def say(key: str, lang: Lang = "vi", **params: object) -> str:
    """The sentence `key` in `lang`, its `{named}` places filled from `params`; KeyError names a missing sentence."""
    return CATALOGUE[key][LANGUAGES.index(lang)].format(**params)
