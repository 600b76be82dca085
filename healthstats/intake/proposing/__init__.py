"""Proposing: a definition for a table that fits no form; everything here is a guess, to be reviewed."""
