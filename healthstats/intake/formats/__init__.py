"""Formats: bytes → sheets of plain cells, guarded, whatever kind of file they are."""
