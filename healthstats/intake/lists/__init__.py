"""Lists: what an analyst keeps in Excel: facilities, populations, plans, decisions."""
