"""Sheets: a form found by its header, and its rows read into reports."""
