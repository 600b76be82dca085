"""Figures: what a cell's content means as a number, its unit and its qualifier."""
