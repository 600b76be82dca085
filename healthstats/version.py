"""The version of this program, as runs and definitions record it."""

VERSION = "0.1.0"
