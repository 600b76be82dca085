"""docs/findings.md, made from the catalogue: `python -m healthstats.words.page > docs/findings.md`."""

from __future__ import annotations

from healthstats.words import findings


def findings_page() -> str:
    """Every finding's code, title and sentence in both languages, as Markdown."""
    codes = sorted(key.partition(".")[2] for key in findings.SENTENCES if key.startswith("finding."))
    lines = [
        "# Findings",
        "",
        "What ingest can find in a submission, and register import in a list.",
        "Made from the catalogue by `make docs`; do not edit.",
        "`{…}` is filled with what was found.",
    ]
    for code in codes:
        lines += ["", f"## {code}", ""]
        for place, lang in enumerate(("vi", "en")):
            title = findings.SENTENCES.get(f"title.{code}", ("", ""))[place]
            lines.append(f"- {lang}: {title + ': ' if title else ''}{findings.SENTENCES[f'finding.{code}'][place]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(findings_page(), end="")
