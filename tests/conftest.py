"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A deadline is a test that asserts a time: it fails on a busy machine
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
