"""Facility files in, the year's growth out.

`healthstats.open(".").table("growth", "2023")` gives a pandas DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthstats.version import VERSION

if TYPE_CHECKING:
    from healthstats.session import open as open

__all__ = ["__version__", "open"]
__version__ = VERSION


def __getattr__(name: str) -> Any:
    # the session stands on every floor: imported here at once, `healthstats --help` would wait for all of them
    if name == "open":
        from healthstats import session

        return session.open
    raise AttributeError(name)
