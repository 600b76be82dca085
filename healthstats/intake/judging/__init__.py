"""Judging: a reading in the making, and the rules within a report and between files."""
