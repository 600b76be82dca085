"""The language of this process: help is written before any option is parsed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from healthstats.words import LANGUAGES, Lang


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """`--lang en`, else HEALTHSTATS_LANG, else Vietnamese."""
    asked = environment.get("HEALTHSTATS_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            asked = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return next((lang for lang in LANGUAGES if lang == asked), "vi")


LANG: Lang = chosen(sys.argv[1:], os.environ)
