"""Declares arguments, calls one workflow, prints, exits. Alone knows Typer and exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from healthstats import errors
from healthstats.cli.interrupt import Interrupted, came, listen, stop_listening
from healthstats.cli.language import LANG
from healthstats.cli.streams import last_words, prepare
from healthstats.words import say

EXIT_CODES: dict[type[errors.HealthstatsError], int] = {
    errors.UsageError: 2,
    errors.Busy: 20,
    errors.StorageFailure: 21,
    errors.OutcomeUnknown: 22,
    errors.DamagedStore: 23,
    errors.NewerStore: 24,
    errors.UnsafePlace: 25,
}
EVERYWHERE = ("-w", "--workspace", "--lang")


def main() -> None:
    """Runs one command; the process ends with a code of the contract."""
    # what is loaded and read here lives to the end: looking for cycles in it again and again is a tenth of the time
    gc.set_threshold(300_000, 50, 50)
    listen()
    try:
        prepare()
        from healthstats.cli.app import app
        from healthstats.cli.usage import Misused, told

        code = app(args=_general_options_first(sys.argv[1:]), standalone_mode=False)
        last_words()
        if "duckdb" not in sys.modules:
            # else a last search for cycles goes through all that is loaded: a fifth of a night of nothing new. DuckDB's
            # binding would print what it holds as leaked
            gc.freeze()
        sys.exit(code if isinstance(code, int) else 0)
    except SystemExit as ended:
        # who read `| head` has read enough
        raise SystemExit(0 if isinstance(ended.__context__, BrokenPipeError) else ended.code) from None
    except errors.HealthstatsError as error:
        _tell(error)
        sys.exit(next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind)))
    except OSError as error:
        # a second signal breaks into what the first was tidying up: a descriptor is closed twice
        if came:
            _stop(Interrupted(came[0]))
        _say(say("error.system", LANG, path=error.filename or "", reason=error.strerror or error))
        sys.exit(EXIT_CODES[errors.StorageFailure])
    except Interrupted as interrupted:
        _stop(interrupted)
    except RuntimeError:
        if not came:
            raise
        _stop(Interrupted(came[0]))
    except Misused as error:
        # the last that is asked: what comes before it may come while it is still loaded
        for line in told(error).split("\n"):
            _say(line)
        sys.exit(EXIT_CODES[errors.UsageError])
    finally:
        # readers may still be ending
        stop_listening()


def _stop(interrupted: Interrupted) -> None:
    stop_listening()
    key = "interrupted" if interrupted.run is None else "interrupted_committed"
    print(say(f"screen.{key}", LANG, run=interrupted.run), file=sys.stderr)
    sys.exit(128 + interrupted.number)


def _tell(error: errors.HealthstatsError) -> None:
    if isinstance(error, errors.ManyFaults):
        for fault in error.faults:
            _say(fault.sentence(LANG))
    _say(error.sentence(LANG))


def _say(sentence: str) -> None:
    """One line: what it quotes could move the cursor, or hide the rest."""
    from healthstats.render.figures import clean

    print(clean(sentence), file=sys.stderr)


def _general_options_first(arguments: Sequence[str]) -> list[str]:
    """`show growth -w demo` means `-w demo show growth`: people put the workspace last."""
    first, rest = [], list(arguments)
    stop = rest.index("--") if "--" in rest else len(rest)
    place = 0
    while place < stop:
        name, assigned, _ = rest[place].partition("=")
        if name in EVERYWHERE:
            size = 1 if assigned else 2
            first += rest[place : place + size]
            del rest[place : place + size]
            stop -= size
        else:
            place += 1
    return first + rest
