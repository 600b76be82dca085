"""A command line that cannot be understood: one sentence of ours, and behind it the parser's own words."""

from __future__ import annotations

import typer

from healthstats.cli.language import LANG
from healthstats.words import say

# Typer brings its own click or uses the one installed: what both raise is known by the one kind that Typer exports
Misused: type[typer.BadParameter] = typer.BadParameter.__bases__[0]


def told(error: typer.BadParameter) -> str:
    """What to print for a Misused: where nothing was asked of a command, its help."""
    problem = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        return problem
    problem = " ".join(problem.split())
    ended = problem if problem.endswith(("?", ".")) else f"{problem}."
    return say(
        "error.command_line", LANG, problem=ended, command=error.ctx.command_path if error.ctx else "healthstats"
    )
